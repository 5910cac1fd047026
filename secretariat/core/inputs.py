"""What an action takes in: frozen dataclasses whose fields say what they may hold.

The rules stand on the type (``title: Annotated[str, Words(most=200)]``) and are checked by every action before it
runs, so browser, API and command line obey the same. The identity-number guard stands on every text (invariant
``NO_IDENTITY_NUMBER``).
"""

import re
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from secretariat.core.errors import DomainError, Invalid
from secretariat.core.text.document import Document
from secretariat.core.text.identity import IDENTITY_NUMBER_REASON, find_identity_numbers
from secretariat.core.text.language import LANGUAGES, TEXT_LANGUAGES, _l
from secretariat.core.text.plain import to_plain

LONGEST_TEXT = 200_000
FIRST_YEAR, LAST_YEAR = 1900, 2200
LARGEST_NUMBER = 2**31 - 1


@dataclass(frozen=True)
class Words:
    """A text field: at most ``most`` characters; empty only if not ``required``; line breaks only if ``lines``; one of
    those it is chosen ``among``. What a program ``computed`` is not searched for identity numbers, and may have a
    ``shape`` (a regular expression), since a program can send anything.
    """

    most: int = 200
    required: bool = True
    lines: bool = False
    computed: bool = False
    among: tuple[str, ...] = ()
    shape: str = ""


Line = Annotated[str, Words()]
OptionalLine = Annotated[str, Words(required=False)]
Note = Annotated[str, Words(most=4000, required=False, lines=True)]
RequiredNote = Annotated[str, Words(most=4000, lines=True)]
Fingerprint = Annotated[str, Words(most=64, required=False, computed=True)]
"""A SHA-256: one in some thousands holds eleven digits that happen to be a valid identity number."""
Language = Annotated[str, Words(most=2, among=LANGUAGES)]
"""The language in which somebody is spoken to."""
OptionalLanguage = Annotated[str, Words(most=2, among=LANGUAGES, required=False)]
"""The same; empty: the one that is spoken there."""
TextLanguage = Annotated[str, Words(most=2, among=TEXT_LANGUAGES)]
"""The language in which a text is written."""
OptionalTextLanguage = Annotated[str, Words(most=2, among=TEXT_LANGUAGES, required=False)]
"""The same; empty: the one that is written there."""


@dataclass(frozen=True)
class Nothing:
    """An action that needs no more than its subject."""


@dataclass(frozen=True)
class LastDay:
    """The last day on which something holds, counted."""

    ends_on: date


def in_order(starts_on: date, ends_on: date | None) -> None:
    """The last day, where there is one, is not before the first (invariant ``DATES_IN_ORDER``)."""
    if ends_on is not None and ends_on < starts_on:
        raise DomainError(_l("Siste dag kan ikke være før første dag."), "ends_on")


_rules: dict[type[Any], dict[str, Words]] = {}


def rules_of(kind: type[Any]) -> dict[str, Words]:
    """The text rules of an input dataclass, by field; read from its types once."""
    if kind not in _rules:
        hints = get_type_hints(kind, include_extras=True)
        _rules[kind] = {name: rule for name, hint in hints.items() if (rule := _rule(hint)) is not None}
    return _rules[kind]


def _rule(hint: Any) -> Words | None:
    if get_origin(hint) is not Annotated:
        return None
    return next((extra for extra in get_args(hint)[1:] if isinstance(extra, Words)), None)


def checked(given: Any) -> Any:
    """The same input with its texts trimmed.

    Raises Invalid with every reason at its field.
    """
    rules = rules_of(type(given))
    reasons: dict[str | None, list[Any]] = {}
    trimmed: dict[str, str] = {}
    for field in fields(given):
        value = getattr(given, field.name)
        if isinstance(value, str) and not isinstance(value, Enum):
            value = trimmed[field.name] = _trim(value, rules.get(field.name))
        reason = _reason(value, rules.get(field.name))
        if reason is not None:
            reasons[field.name] = [reason]
    if reasons:
        raise Invalid(reasons)
    return replace(given, **trimmed)


def _trim(value: str, rule: Words | None) -> str:
    clean = "".join(c for c in value.replace("\r\n", "\n") if c >= " " or c in "\n\t").strip()
    return clean if rule is not None and rule.lines else " ".join(clean.split())


def _reason(value: Any, rule: Words | None) -> Any:
    if isinstance(value, Document):
        return _text_reason(to_plain(value), Words(most=LONGEST_TEXT))
    if isinstance(value, date):
        return _day_reason(value)
    if isinstance(value, int) and abs(value) > LARGEST_NUMBER:
        return _l("Skriv et tall fra %(least)s til %(most)s.", least=-LARGEST_NUMBER, most=LARGEST_NUMBER)
    if not isinstance(value, str) or isinstance(value, Enum):
        return None
    if rule is not None and rule.required and not value:
        return _l("Feltet må fylles ut.")
    return _text_reason(value, rule or Words(most=LONGEST_TEXT))


def _day_reason(day: date) -> Any:
    """A slip of the finger in the year would lie where no deadline can be counted from it."""
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return None
    return _l("Skriv et år fra %(first)s til %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)


def _text_reason(text: str, rule: Words) -> Any:
    if text and rule.among and text not in rule.among:
        return _l("Velg en av disse: %(choices)s.", choices=", ".join(rule.among))
    if text and rule.shape and not re.fullmatch(rule.shape, text):
        return _l("Dette er ikke regnet ut slik det skal.")
    if len(text) > rule.most:
        return _l("Teksten er for lang: %(length)s tegn. Den kan ha høyst %(most)s.", length=len(text), most=rule.most)
    if not rule.computed and find_identity_numbers(text):
        return IDENTITY_NUMBER_REASON
    return None
