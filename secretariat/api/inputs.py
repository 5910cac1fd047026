"""What an action takes in, read from JSON and described as JSON Schema; both from the action's own input dataclass."""

from dataclasses import MISSING, Field, fields
from datetime import time
from functools import cache
from typing import Any, get_type_hints

from secretariat.core.actions import Action
from secretariat.core.errors import Invalid
from secretariat.core.inputs import Words, rules_of
from secretariat.core.text.document import Document
from secretariat.core.text.language import _
from secretariat.core.text.markdown import read_markdown


@cache
def model_of(verb: Action) -> Any:
    """The pydantic model of an action's input; unknown fields are refused, so a misspelt one is never silently lost."""
    from pydantic import ConfigDict, create_model

    hints = get_type_hints(verb.input)
    declared: Any = {field.name: (_typed(hints[field.name]), _default(field)) for field in fields(verb.input)}
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    return create_model(verb.input.__name__, __config__=config, **declared)


def _typed(hint: Any) -> Any:
    """The field's own type; a text with headings and lists is Markdown in JSON."""
    from typing import Annotated

    from pydantic import BeforeValidator, WithJsonSchema

    written = WithJsonSchema({"type": "string", "format": "markdown"})
    markdown = Annotated[Document, BeforeValidator(_document), written]
    kinds = {Document: markdown, Document | None: markdown | None}
    return kinds.get(hint, hint)


def _document(value: Any) -> Any:
    return read_markdown(value) if isinstance(value, str) else value


def _default(field: "Field[Any]") -> Any:
    if field.default is not MISSING:
        return field.default
    return field.default_factory() if field.default_factory is not MISSING else ...


def read(verb: Action, body: dict[str, Any]) -> Any:
    """The action's input from a JSON object.

    Raises Invalid with the reason at each field.
    """
    from pydantic import ValidationError

    try:
        parsed = model_of(verb).model_validate(body)
    except ValidationError as error:
        raise Invalid(_reasons(error)) from error
    values = {field.name: getattr(parsed, field.name) for field in fields(verb.input)}
    _demand_wall_clock(values)
    return verb.input(**values)


def _demand_wall_clock(values: dict[str, Any]) -> None:
    """A time of day is what the clock on the wall shows; the meeting itself has the zone."""
    sentence = _("Skriv klokkeslettet uten tidssone, slik klokken på veggen viser det, for eksempel 09:30.")
    zoned = [name for name, value in values.items() if isinstance(value, time) and value.tzinfo is not None]
    if zoned:
        raise Invalid({name: [sentence] for name in zoned})


def _reasons(error: Any) -> dict[str | None, list[Any]]:
    reasons: dict[str | None, list[Any]] = {}
    for found in error.errors(include_url=False, include_context=False):
        name = str(found["loc"][0]) if found["loc"] else None
        reasons.setdefault(name, []).append(_sentence(found["type"]))
    return reasons


def _sentence(kind: str) -> str:
    if kind == "missing":
        return _("Feltet må fylles ut.")
    if kind == "extra_forbidden":
        return _("Feltet finnes ikke.")
    if kind.startswith(("date", "time")):
        return _("Skriv en dato eller et klokkeslett som finnes, for eksempel 2026-12-03 eller 09:30.")
    if kind.startswith("uuid"):
        return _("Dette er ikke en gyldig id.")
    if kind == "enum":
        return _("Verdien er ikke blant dem som kan velges.")
    return _("Verdien kan ikke brukes her.")


def schema(verb: Action) -> dict[str, Any]:
    """The JSON Schema of what is posted: the subject's id and the fields, with their longest lengths."""
    described: dict[str, Any] = model_of(verb).model_json_schema(ref_template="#/components/schemas/{model}")
    for name, rule in rules_of(verb.input).items():
        _limit(described["properties"][name], rule)
    if verb.load is not None:
        described.setdefault("properties", {})["subject"] = {"type": "string", "format": "uuid"}
        described["required"] = ["subject", *described.get("required", [])]
    return described


def _limit(described: dict[str, Any], rule: Words) -> None:
    described["maxLength"] = rule.most
    if rule.shape:
        described["pattern"] = f"^{rule.shape}$"
    if rule.required:
        described["minLength"] = 1
