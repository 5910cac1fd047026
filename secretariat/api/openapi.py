"""The description of the interface, made from the lists and the registry, so it cannot say anything else than what is
there.
"""

from enum import Enum
from functools import cache
from typing import Any

import sqlalchemy as sa

from secretariat.api.inputs import schema
from secretariat.api.lists import LISTS, LONGEST, USUAL, Listed
from secretariat.core.actions import Action, registry
from secretariat.core.text.column import RichText

PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
REFUSALS = {
    "400": "The request cannot be read",
    "401": "Nobody has signed in",
    "403": "Visible, but not allowed",
    "404": "Unknown or invisible",
    "409": "Somebody else saved first",
    "422": "A rule of the trade says no",
}


@cache
def description() -> dict[str, Any]:
    """The whole OpenAPI document."""
    schemas: dict[str, Any] = {"Problem": _problem()}
    paths: dict[str, Any] = {}
    for listed in LISTS.values():
        schemas[listed.model.__name__] = row_schema(listed)
        paths[f"/api/v1/{listed.name}"] = {"get": _list_operation(listed)}
        paths[f"/api/v1/{listed.name}/{{id}}"] = {"get": _one_operation(listed)}
    paths["/api/v1/uploads"] = {"post": _upload_operation()}
    for name, verb in sorted(registry.items()):
        paths[f"/api/v1/actions/{name}"] = {"post": _verb_operation(verb, schemas)}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Sekretariatet", "version": "1"},
        "security": [{"token": []}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
    }


def _problem() -> dict[str, Any]:
    lists = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
    text, number = {"type": "string"}, {"type": "integer"}
    properties = {"type": text, "title": text, "status": number, "errors": lists}
    return {"type": "object", "properties": properties, "required": ["type", "title", "status"]}


def row_schema(listed: Listed) -> dict[str, Any]:
    """The JSON Schema of one row of a list."""
    properties = {column.name: _column(column) for column in listed.columns}
    return {"type": "object", "properties": properties, "required": sorted(properties)}


def _column(column: Any) -> dict[str, Any]:
    described = _type(column.type)
    if getattr(column, "nullable", True):
        described = {"anyOf": [described, {"type": "null"}]}
    return described


def _type(kind: Any) -> dict[str, Any]:
    if isinstance(kind, sa.Enum):
        values = kind.enum_class or ()
        return {"type": "string", "enum": [member.value for member in values if isinstance(member, Enum)]}
    if isinstance(kind, RichText):
        return {"type": "string", "format": "markdown"}
    for known, described in _TYPES:
        if isinstance(kind, known):
            return dict(described)
    return {"type": "string"}


_TYPES: tuple[tuple[Any, dict[str, Any]], ...] = (
    (sa.Uuid, {"type": "string", "format": "uuid"}),
    (sa.Boolean, {"type": "boolean"}),
    (sa.Integer, {"type": "integer"}),
    (sa.Date, {"type": "string", "format": "date"}),
    (sa.Time, {"type": "string", "format": "time"}),
    (sa.types.TypeDecorator, {"type": "string", "format": "date-time"}),
    (sa.JSON, {}),
)


def _answers(good: dict[str, Any], *refusals: str) -> dict[str, Any]:
    return {"200": good} | {status: {"description": REFUSALS[status], "content": PROBLEM} for status in refusals}


def _json(described: dict[str, Any], words: str) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": {"schema": described}}}


def _list_operation(listed: Listed) -> dict[str, Any]:
    items = {"type": "array", "items": {"$ref": f"#/components/schemas/{listed.model.__name__}"}}
    whole = {"type": "object", "properties": {"items": items, "next": {"type": ["string", "null"]}}}
    whole["properties"]["changed_until"] = {"type": "integer"}  # type: ignore[index]
    parameters = [
        _query("after", {"type": "string", "format": "uuid"}, "the key after which the stretch begins"),
        _query("limit", {"type": "integer", "minimum": 1, "maximum": LONGEST, "default": USUAL}, "how many rows"),
        _query("changed_since", {"type": "integer", "minimum": 0}, "only rows changed after this number of the chain"),
    ]
    good = _json(whole, "Rows the caller may see, oldest first")
    return {"operationId": f"list_{listed.name}", "parameters": parameters, "responses": _answers(good, "400", "401")}


def _query(name: str, described: dict[str, Any], words: str, *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": required, "schema": described, "description": words}


def _one_operation(listed: Listed) -> dict[str, Any]:
    key = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "format": "uuid"}}
    good = _json({"$ref": f"#/components/schemas/{listed.model.__name__}"}, "The row")
    return {"operationId": f"one_{listed.name}", "parameters": [key], "responses": _answers(good, "401", "404")}


def _upload_operation() -> dict[str, Any]:
    identity, text = {"type": "string", "format": "uuid"}, {"type": "string"}
    content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    note = {"type": "object", "properties": {"note": text}, "required": ["note"]}
    return {
        "operationId": "upload",
        "parameters": [
            _query("partnership", identity, "where the file belongs", required=True),
            _query("filename", text, "its name", required=True),
        ],
        "requestBody": {"required": True, "content": content},
        "responses": _answers(_json(note, "A note of the file, for the verb that files it"), "401", "404", "422"),
    }


def _verb_operation(verb: Action, schemas: dict[str, Any]) -> dict[str, Any]:
    described = schema(verb)
    schemas.update(described.pop("$defs", {}))
    name = "".join(part.title() for part in verb.name.replace(".", "_").split("_"))
    schemas[name] = described
    result = {
        "type": "object",
        "properties": {"id": {"anyOf": [{"type": "string", "format": "uuid"}, {"type": "null"}]}},
    }
    return {
        "operationId": verb.name,
        "summary": (verb.body.__doc__ or "").strip().split("\n")[0],
        "parameters": [{"name": "Idempotency-Key", "in": "header", "required": False, "schema": {"type": "string"}}],
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
        },
        "responses": _answers(_json(result, "Done; the id of what was made or changed"), *REFUSALS),
    }
