"""The numbers are computed here, for days and serials that the test makes up; none belongs to anyone."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings, strategies as st

from secretariat.core.text.identity import IDENTITY_NUMBER_REASON, find_identity_numbers

FIRST, SECOND = (3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)


def _check_digit(weights: tuple[int, ...], digits: str) -> str:
    return str(-sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True)) % 11)


def _completed(serials: range, date: str) -> Iterator[str]:
    for serial in serials:
        digits = f"{date}{serial:03d}"
        digits += _check_digit(FIRST, digits)
        if len(digits) == 10:
            digits += _check_digit(SECOND, digits)
            if len(digits) == 11:
                yield digits


def _number(day: int = 1, month: int = 2, year: int = 60, serials: range = range(300, 400)) -> str:
    return next(_completed(serials, f"{day:02d}{month:02d}{year:02d}"))


NUMBER = _number()


@pytest.mark.parametrize("day", [1, 41], ids=["fødselsnummer", "D-nummer"])
@pytest.mark.parametrize("added", [0, 40, 65, 80], ids=["virkelig", "H-nummer", "Nav", "Skatteetaten"])
def test_every_kind_of_identity_number_is_found(day: int, added: int) -> None:
    number = _number(day=day, month=2 + added)
    assert find_identity_numbers(f"Pasienten ({number}) ble innlagt.") == [number]


@pytest.mark.parametrize(
    "pattern",
    [
        "{0}{1}{2}{3}",
        "{0}{1}{2} {3}",
        "{0}{1}{2}-{3}",
        "{0}{1}{2}.{3}",
        "{0}.{1}.{2} {3}",
        "{0} {1} {2} {3}",
        "{0}{1}{2}\u00a0{3}",
        "{0}{1}{2}\u202f{3}",
        "{0}{1}{2}–{3}",
        "{0}{1}{2}\u00ad{3}",
        "{0}-{1}-{2}-{3}",
        "{0}{1}{2}\n{3}",
        "{0}.{1}.19{2} {3}",
        "{0}{1}19{2}{3}",
    ],
)
def test_a_number_is_found_however_it_is_spaced(pattern: str) -> None:
    written = pattern.format(NUMBER[:2], NUMBER[2:4], NUMBER[4:6], NUMBER[6:])
    assert find_identity_numbers(f"fnr. {written}, født") == [NUMBER]


def test_a_number_beside_other_numbers_is_found_once() -> None:
    assert find_identity_numbers(f"Sak 12/2026 {NUMBER} og {NUMBER}, tlf. 74 00 00 00") == [NUMBER]


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**11 - 1).map("{:011d}".format))
def test_eleven_digits_are_stopped_only_with_both_check_digits_right(digits: str) -> None:
    right = digits[9] == _check_digit(FIRST, digits[:9]) and digits[10] == _check_digit(SECOND, digits[:10])
    assert right or not find_identity_numbers(digits)


def test_one_digit_wrong_is_no_identity_number() -> None:
    for place in range(11):
        wrong = str((int(NUMBER[place]) + 1) % 10)
        assert find_identity_numbers(NUMBER[:place] + wrong + NUMBER[place + 1 :]) == []


@pytest.mark.parametrize(
    ("day", "month", "year", "serials"),
    [(32, 1, 60, range(400)), (30, 2, 60, range(400)), (1, 13, 60, range(400)), (1, 1, 45, range(500, 900))],
)
def test_a_number_needs_a_day_that_was(day: int, month: int, year: int, serials: range) -> None:
    assert find_identity_numbers(_number(day, month, year, serials)) == []


def test_the_century_follows_from_the_serial() -> None:
    leap_day_2000 = _number(29, 2, 0, range(500, 600))
    assert find_identity_numbers(leap_day_2000) == [leap_day_2000]
    assert find_identity_numbers(_number(29, 2, 0, range(100, 200))) == []


@pytest.mark.parametrize(
    "text",
    [
        f"1{NUMBER}",
        f"{NUMBER}0",
        f"00{NUMBER}99",
        f"{NUMBER[:4]}.{NUMBER[4:6]}.{NUMBER[6:]}",
        "Telefon 74 00 00 00 eller 900 00 000",
        "+47 740 00 000",
        "3. desember 2026 kl. 10.05, sak 2026/1234-12",
        "PS 49/17, arkivref. 2017/7525, 13/01746-1",
        "Org.nr. 974 753 898",
        "",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert find_identity_numbers(text) == []


def test_the_writer_is_told_what_to_do() -> None:
    assert "Fjern nummeret" in str(IDENTITY_NUMBER_REASON)
