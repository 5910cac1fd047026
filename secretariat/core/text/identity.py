"""The guard against national identity numbers in texts. No patient data belongs here.

Known: fødselsnummer, D-number (day + 40), H-number (month + 40), and the made-up ones of Skatteetaten (month + 80)
and Nav (month + 40, + 65), however they are spaced. A number that only looks like one fails its two check digits.
"""

import re
from collections.abc import Iterator
from datetime import date

from secretariat.core.text.language import _l

IDENTITY_NUMBER_REASON = _l(
    "Teksten inneholder et gyldig fødselsnummer eller D-nummer. Opplysninger om enkeltpersoner hører ikke hjemme her. "
    "Fjern nummeret før du lagrer."
)

_GAP = "[\\s.\u00ad\u200b\u2060\ufeff\u2010-\u2015\u2212-]{0,2}"
_ELEVEN_DIGITS = re.compile(rf"(?<!\d)(?=(\d(?:{_GAP}\d){{10}})(?!\d))")
_FULL_YEAR = re.compile(rf"(?<!\d)(\d\d{_GAP}\d\d){_GAP}(?:18|19|20)(\d\d{_GAP}\d{{5}})(?!\d)")
_ACCOUNT = re.compile(r"\d{4}([.\s])\d{2}\1\d{5}")  # how a bank account is written, and an identity number never is
_NOT_DIGIT = re.compile(r"\D")

_FIRST_WEIGHTS = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_WEIGHTS = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
_MONTHS_ADDED = (80, 65, 40, 0)


def find_identity_numbers(text: str) -> list[str]:
    """The valid identity numbers in a text, as eleven digits each, in the order they stand."""
    return list(dict.fromkeys(digits for digits in _candidates(text) if _is_valid(digits)))


def _candidates(text: str) -> Iterator[str]:
    for found in _ELEVEN_DIGITS.finditer(text):
        if not _ACCOUNT.fullmatch(found[1]):
            yield _NOT_DIGIT.sub("", found[1])
    for found in _FULL_YEAR.finditer(text):
        yield _NOT_DIGIT.sub("", found[1] + found[2])


def _is_valid(written: str) -> bool:
    digits = [int(digit) for digit in written]
    checks = (_FIRST_WEIGHTS, _SECOND_WEIGHTS)
    return all(_divides(weights, digits) for weights in checks) and _has_birthday(digits)


def _divides(weights: tuple[int, ...], digits: list[int]) -> bool:
    return sum(weight * digit for weight, digit in zip(weights, digits, strict=False)) % 11 == 0


def _has_birthday(digits: list[int]) -> bool:
    day, month, year, individual = (int("".join(map(str, digits[a:b]))) for a, b in ((0, 2), (2, 4), (4, 6), (6, 9)))
    day -= 40 if day > 40 else 0
    month -= next(added for added in _MONTHS_ADDED if month > added or not added)
    return any(_is_day(century + year, month, day) for century in _centuries(year, individual))


def _centuries(year: int, individual: int) -> Iterator[int]:
    """The century lies in the three digits after the date."""
    if individual < 500 or (individual >= 900 and year >= 40):
        yield 1900
    if 500 <= individual < 750 and year >= 54:
        yield 1800
    if individual >= 500 and year < 40:
        yield 2000


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        return bool(date(year, month, day))
    except ValueError:
        return False
