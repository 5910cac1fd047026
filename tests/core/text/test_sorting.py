import pytest

from secretariat.core.text.sorting import folded, sort_key


@pytest.mark.parametrize(
    "names",
    [
        ["Aure", "Zakariassen", "Ærlig", "Østby", "Ås", "Aas"],
        ["Agdenes", "Bjugn", "Hitra", "Ørland", "Åfjord"],
        ["Sak 2", "Sak 10", "Sak 10 a", "Saksliste"],
        ["PS 9/2026", "PS 10/2026", "PS 10/2027"],
        ["Indre Fosen", "Inderøy"][::-1],
        ["Nord-Fron", "Nord-Odal", "Nordre Follo"],
        ["Moen", "Möller", "Møllevik"],
        ["Ekern", "Étienne", "Evensen"],
        ["Aarhus", "Aasen", "Åsnes"],
        ["Dagali", "Đavvi", "Ebba"],
        ["", "1", "A"],
    ],
)
def test_names_stand_in_norwegian_order(names: list[str]) -> None:
    assert sorted(reversed(names), key=sort_key) == names


def test_capital_letters_and_composition_make_no_difference() -> None:
    assert sort_key("ÅS") == sort_key("a\u030as") == sort_key(" ås ")


def test_search_finds_a_name_however_its_accents_are_typed() -> None:
    assert folded("Évå RØDØY Æ") == "evå rødøy æ"
    assert folded("Müller à la carte") == "muller a la carte"
    assert folded("A\u030as") == "ås"


def test_sami_letters_are_letters_in_search() -> None:
    assert folded("Kárášjohka ČĐŊŠŦŽ") == "kárášjohka čđŋšŧž"


def test_swedish_and_south_sami_letters_are_found_as_norwegian_ones() -> None:
    assert folded("Sörensen, Snåase, Röörvïhke") == "sørensen, snåase, røørvihke"
