"""The language the reader is spoken to in: bokmål is the source, nynorsk and English are catalogues.

The language lies in a context variable, so that a web request, the worker and a mail can each speak their reader's.
A server that keeps its threads must set it at the start of every request.
"""

from collections import UserString
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from babel.dates import format_date as babel_date, format_time as babel_time
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

SOURCE_LANGUAGE = "nb"
TRANSLATED_LANGUAGES = ("nn", "en")
LANGUAGES = (SOURCE_LANGUAGE, *TRANSLATED_LANGUAGES)
TEXT_LANGUAGES = (*LANGUAGES, "se")  # what a text may be written in; the pages themselves are not in Northern Sámi

TRANSLATIONS = Path(__file__).parents[2] / "translations"
OSLO = ZoneInfo("Europe/Oslo")

CONTEXT_ENDS = "\N{END OF TRANSMISSION}"

Forms = tuple[str, ...]
Moment = TypeVar("Moment", bound=date | time)

_language: ContextVar[str] = ContextVar("language", default=SOURCE_LANGUAGE)


def current_language() -> str:
    """The language being spoken now."""
    return _language.get()


def set_language(code: str) -> None:
    """From here on in this context, speak this language."""
    _language.set(_known(code))


@contextmanager
def use_language(code: str) -> Iterator[None]:
    """Speak this language for a while, as in a mail to one reader."""
    token = _language.set(_known(code))
    try:
        yield
    finally:
        _language.reset(token)


def _known(code: str) -> str:
    if code not in TEXT_LANGUAGES:
        raise ValueError(f"{code!r} is not one of the languages {', '.join(TEXT_LANGUAGES)}")
    return code


def _(message: str, /, **values: object) -> str:
    """The sentence in the reader's language, now."""
    (translated,) = _catalogue(current_language()).get((message,), (message,))
    return translated % values if values else translated


def _n(singular: str, plural: str, number: int, /, **values: object) -> str:
    """The sentence for one or for many; `%(number)s` is at hand in both."""
    forms = _catalogue(current_language()).get((singular, plural), (singular, plural))
    return forms[0 if number == 1 else 1] % {"number": number, **values}


def _p(context: str, message: str, /) -> str:
    """A word that is two words elsewhere: «Vedtak» over a list is many («Decisions»), over one thing it is one."""
    (translated,) = _catalogue(current_language()).get(in_context(context, message), (message,))
    return translated


class LazySentence(UserString):
    """A sentence written once, at class level, and spoken in the language of each reader."""

    def __init__(self, message: str, values: dict[str, object] | None = None) -> None:
        self._message = message
        self._values = values or {}

    @property
    def data(self) -> str:  # type: ignore[override]  # the text is found anew at each reading
        """The text as the present reader sees it."""
        return _(self._message, **self._values)

    def __format__(self, pattern: str) -> str:
        return format(self.data, pattern)


def _l(message: str, /, **values: object) -> LazySentence:
    """The sentence in the reader's language, when it is shown."""
    return LazySentence(message, values)


@cache
def _catalogue(language: str) -> dict[Forms, Forms]:
    return read_catalogue(TRANSLATIONS, language) if language in TRANSLATED_LANGUAGES else {}


def read_catalogue(translations: Path, language: str) -> dict[Forms, Forms]:
    """The translated sentences of one language; one is translated when every form of it has words."""
    with (translations / language / "messages.po").open("rb") as file:
        written = read_po(file, locale=language)
    found = {in_context(one.context, one.id): as_forms(one.string or "") for one in written}
    return {source: translated for source, translated in found.items() if all(source) and all(translated)}


def in_context(context: str | None, sentence: str | Sequence[str]) -> Forms:
    """A sentence as its forms; one that has a context carries it in front, as gettext has it."""
    return (f"{context}{CONTEXT_ENDS}{sentence}",) if context else as_forms(sentence)


def as_forms(sentence: str | Sequence[str]) -> Forms:
    """A sentence as its forms: one alone, or one for one and one for many."""
    return (sentence,) if isinstance(sentence, str) else tuple(sentence)


_LOCALES = {"nb": "nb", "nn": "nn", "se": "nb", "en": "en_GB"}
_NORWEGIAN = {
    "long": "d. MMMM y",
    "short": "dd.MM.y",
    "weekday": "EEEE d. MMMM y",
    "in_month": "EEEE d.",
    "time": "HH.mm",
}
_ENGLISH = {"long": "d MMMM y", "short": "d MMM y", "weekday": "EEEE d MMMM y", "in_month": "EEEE d", "time": "HH:mm"}


def _pattern(style: str) -> str:
    return (_ENGLISH if current_language() == "en" else _NORWEGIAN)[style]


def _locale() -> str:
    return _LOCALES[current_language()]


def _on_the_wall(moment: Moment, tz: tzinfo | None) -> Moment | datetime:
    """The moment as the clock on the wall shows it; one without a zone is wall clock already."""
    if isinstance(moment, datetime) and moment.tzinfo:
        return moment.astimezone(tz or OSLO)
    return moment


def format_date(day: date, style: str = "long", tz: tzinfo | None = None) -> str:
    """3. desember 2026 (long), 03.12.2026 (short), torsdag 3. desember 2026 (weekday); torsdag 3. (in_month)."""
    return _written_day(_on_the_wall(day, tz), _pattern(style), _locale())


@lru_cache(maxsize=4096)
def _written_day(day: date, pattern: str, locale: str) -> str:
    """A page names the same few days again and again."""
    return babel_date(day, pattern, locale=locale)


def format_time(moment: time | datetime, tz: tzinfo | None = None) -> str:
    """10.05 in Norwegian, 10:05 in English."""
    local = _on_the_wall(moment, tz)
    return _written_time(local.hour, local.minute, _pattern("time"))


@lru_cache(maxsize=4096)
def _written_time(hour: int, minute: int, pattern: str) -> str:
    return babel_time(time(hour, minute), pattern)


def format_datetime(moment: datetime, style: str = "weekday", tz: tzinfo | None = None) -> str:
    """Torsdag 3. desember 2026 kl. 10.05: the day in the wanted style, and the time."""
    joined = "%s at\N{NO-BREAK SPACE}%s" if current_language() == "en" else "%s kl.\N{NO-BREAK SPACE}%s"
    return joined % (format_date(moment, style, tz), format_time(moment, tz))


def format_number(number: int | float | Decimal) -> str:
    """12 345,5 in Norwegian (the space does not break), 12,345.5 in English."""
    return _written_number(number, _locale())


@lru_cache(maxsize=4096)
def _written_number(number: int | float | Decimal, locale: str) -> str:
    return format_decimal(number, locale=locale)


def format_size(size: int) -> str:
    """How large a file of so many bytes is: 12 kB (begun thousands), 1,5 MB."""
    if size < 1_000_000:
        return f"{format_number(-(-size // 1000))}\N{NO-BREAK SPACE}kB"
    return f"{format_number(round(size / 1_000_000, 1))}\N{NO-BREAK SPACE}MB"
