"""A faulty structure file is refused with the file, the place and a reason a secretary understands."""

import copy
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.bodies.actions import load_structure
from secretariat.bodies.models import Authority, Body
from secretariat.bodies.structures import Level, StructureFault, parse_structure, read_structure, reading
from secretariat.directory.models import Organisation, Partnership

GOOD: dict[str, Any] = {
    "name": "Kommunene og Sykehuset HF",
    "valid_from": date(2020, 1, 1),
    "hospitals": ["Sykehuset"],
    "municipalities": ["Vik", "Nes"],
    "regions": [{"name": "Kysten", "municipalities": ["Vik"]}],
    "agreements": [{"no": "1", "title": "Innleggelse"}],
    "patterns": {"fag": {"level": "professional"}},
    "bodies": [
        {"short": "PSU", "name": "Politisk utvalg", "level": "political", "term": {"years": 4}},
        {
            "short": "ASU",
            "name": "Administrativt utvalg",
            "level": "strategic",
            "reports_to": "PSU",
            "chair": {"starts_with": "M", "every_years": 1},
            "seats": [
                {"party": "M", "one_per": "municipality", "role": "Leder"},
                {"party": "H", "count": 2, "role": "Leder"},
            ],
        },
    ],
}
ASU, SEAT = ("bodies", 1), ("bodies", 1, "seats", 1)
IS_PSU = "bodies[PSU]"
IS_ASU = "bodies[ASU]"

FAULTS = [
    ("a name is missing", ("name",), "", "name", "må fylles ut"),
    ("a text is a number", ("name",), 7, "name", "en tekst"),
    ("the first day is missing", ("valid_from",), None, "valid_from", "en dato"),
    ("the first day is a text", ("valid_from",), "i fjor", "valid_from", "en dato"),
    ("the dates are reversed", ("valid_to",), date(2019, 12, 31), "valid_to", "før første dag"),
    ("a key is misspelt", ("hospital",), ["Sykehuset"], "hospital", "ukjent"),
    ("a municipality stands twice", ("municipalities",), ["Vik", "Vik"], "municipalities[Vik]", "mer enn én gang"),
    ("the municipalities are miscounted", ("municipality_count",), 3, "municipality_count", "stemmer ikke"),
    (
        "a region has a stranger",
        ("regions", 0, "municipalities"),
        ["Fjell"],
        "regions[Kysten].municipalities",
        "«Fjell» finnes ikke",
    ),
    ("a year is no number", ("source_years",), ["2020"], "source_years", "hele tall"),
    ("bodies are no list", ("bodies",), {}, "bodies", "en liste"),
    ("a body is no table", ("bodies", 0), "PSU", "bodies[1]", "tabell"),
    ("a body has no short name", ("bodies", 0, "short"), "", "bodies[1].short", "må fylles ut"),
    ("two bodies have one short name", (*ASU, "short"), "PSU", IS_PSU, "mer enn én gang"),
    ("a body's key is misspelt", (*ASU, "raport"), "PSU", f"{IS_ASU}.raport", "ukjent"),
    ("a level is unknown", (*ASU, "level"), "galactic", f"{IS_ASU}.level", "Nivået finnes ikke"),
    ("a level is missing", (*ASU, "level"), "", f"{IS_ASU}.level", "må fylles ut"),
    ("a parent does not exist", (*ASU, "reports_to"), "XYZ", f"{IS_ASU}.reports_to", "«XYZ» finnes ikke"),
    ("a body is its own parent", (*ASU, "reports_to"), "ASU", f"{IS_ASU}.reports_to", "seg selv"),
    ("a body is its own ancestor", ("bodies", 0, "reports_to"), "ASU", f"{IS_PSU}.reports_to", "seg selv"),
    ("an agreement does not exist", (*ASU, "agreements"), ["2"], f"{IS_ASU}.agreements", "«2» finnes ikke"),
    ("an area does not exist", (*ASU, "area"), "Innlandet", f"{IS_ASU}.area", "«Innlandet» finnes ikke"),
    ("a pattern does not exist", (*ASU, "pattern"), "råd", f"{IS_ASU}.pattern", "«råd» finnes ikke"),
    ("a pattern is no table", ("patterns", "fag"), "råd", "patterns.fag", "tabell"),
    ("an authority is unknown", (*ASU, "authority"), "rules", f"{IS_ASU}.authority", "ikke blant dem"),
    ("users have a room", (*ASU, "room"), "U", f"{IS_ASU}.room", "kommunene (M) eller helseforetaket (H)"),
    ("the other side sits in a party's room", (*ASU, "room"), "M", f"{IS_ASU}.seats[2].party", "én part alene"),
    ("many is no yes or no", (*ASU, "many"), "ja", f"{IS_ASU}.many", "true eller false"),
    ("there is a thirteenth month", (*ASU, "meeting_month"), 13, f"{IS_ASU}.meeting_month", "fra 1 til 12"),
    ("a chair comes from nowhere", (*ASU, "chair"), {"every_years": 2}, f"{IS_ASU}.chair.starts_with", "fylles ut"),
    (
        "a chair comes from the users",
        (*ASU, "chair", "starts_with"),
        "U",
        f"{IS_ASU}.chair.starts_with",
        "kommunene (M) eller helseforetaket (H)",
    ),
    ("a chair's key is misspelt", (*ASU, "chair", "years"), 2, f"{IS_ASU}.chair.years", "ukjent"),
    ("a term has neither years nor days", ("bodies", 0, "term"), {}, f"{IS_PSU}.term", "enten"),
    ("a term never ends", ("bodies", 0, "term"), {"begins": "04-01"}, f"{IS_PSU}.term", "enten"),
    (
        "a term begins on no day",
        ("bodies", 0, "term"),
        {"begins": "02-30", "ends": "03-31"},
        f"{IS_PSU}.term.begins",
        "måned og dag",
    ),
    ("a party is unknown", (*SEAT, "party"), "X", f"{IS_ASU}.seats[2].party", "Parten finnes ikke"),
    ("a party is missing", (*SEAT, "party"), "", f"{IS_ASU}.seats[2].party", "må fylles ut"),
    ("a count is negative", (*SEAT, "count"), -1, f"{IS_ASU}.seats[2].count", "fra 1"),
    ("a count is no number", (*SEAT, "count"), True, f"{IS_ASU}.seats[2].count", "helt tall"),
    ("a count and one per region", (*SEAT, "one_per"), "region", f"{IS_ASU}.seats[2].count", "ikke begge"),
    ("a right is unknown", (*SEAT, "rights"), ["veto"], f"{IS_ASU}.seats[2].rights", "ikke blant dem"),
    ("two seats, one constituency", (*SEAT, "represents"), ["Vik"], f"{IS_ASU}.seats[2].represents", "det samme"),
    (
        "a constituency does not exist",
        (*SEAT, "represents"),
        ["Vik", "Fjell"],
        f"{IS_ASU}.seats[2].represents",
        "«Fjell» finnes ikke",
    ),
    (
        "a seat per clinic",
        (*ASU, "seats", 0, "one_per"),
        "clinic",
        f"{IS_ASU}.seats[1].one_per",
        "Én plass per klinikk",
    ),
]


def with_changed(path: tuple[str | int, ...], value: Any) -> dict[str, Any]:
    mapping = copy.deepcopy(GOOD)
    target: Any = mapping
    for step in path[:-1]:
        target = target[step]
    target[path[-1]] = value
    return mapping


def test_a_sound_file_is_read_with_its_key_from_the_file_name() -> None:
    structure = parse_structure(GOOD, source="vik-og-nes.toml")
    assert structure.key == "vik-og-nes"
    assert [seat.represents for seat in structure.seats_of(structure.body("ASU"))] == ["Vik", "Nes", "", ""]
    assert structure.body("ASU").authority is Authority.CONSENSUS


@pytest.mark.parametrize(("path", "value", "place", "reason"), [pytest.param(*f[1:], id=f[0]) for f in FAULTS])
def test_a_faulty_file_is_refused_with_file_place_and_reason(
    path: tuple[str | int, ...], value: Any, place: str, reason: str
) -> None:
    with pytest.raises(StructureFault, match=re.escape(reason)) as refusal:
        parse_structure(with_changed(path, value), source="feil.toml")
    assert (refusal.value.file, refusal.value.place) == ("feil.toml", place)
    assert reason in str(refusal.value.reason)


def test_a_structure_without_a_first_day_is_refused() -> None:
    mapping = {key: value for key, value in GOOD.items() if key != "valid_from"}
    with pytest.raises(StructureFault, match="må fylles ut") as refusal:
        parse_structure(mapping, source="feil.toml")
    assert refusal.value.place == "valid_from"


def test_a_structure_that_is_not_shipped_is_refused_by_name() -> None:
    with pytest.raises(StructureFault, match="finnes ikke"):
        read_structure("atlantis")


def test_a_body_follows_its_pattern_where_it_says_nothing_itself() -> None:
    mapping = copy.deepcopy(GOOD)
    mapping["bodies"].append({"short": "FR", "name": "Fagråd", "pattern": "fag"})
    assert parse_structure(mapping, source="fag.toml").body("FR").level is Level.PROFESSIONAL


FAULTY = [
    ('level = "political"', 'level = "galaktisk"', "ostfold.toml: bodies[PM].level: Nivået finnes ikke."),
    ('reports_to = "PM"', 'reports_to = "XYZ"', "ostfold.toml: bodies[SSU].reports_to: «XYZ» finnes ikke i filen."),
    ("municipality_count = 13", "municipality_count = ", "ostfold.toml: Filen er ikke gyldig TOML"),
]


@pytest.mark.parametrize(("sound", "faulty", "told"), FAULTY)
def test_nothing_is_stored_of_a_faulty_file_and_the_reason_names_file_and_place(
    database: sa.orm.Session, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sound: str, faulty: str, told: str
) -> None:
    text = (reading._FILES / "ostfold.toml").read_text(encoding="utf-8")
    assert sound in text
    (tmp_path / "ostfold.toml").write_text(text.replace(sound, faulty, 1), encoding="utf-8")
    monkeypatch.setattr(reading, "_FILES", tmp_path)
    with pytest.raises(StructureFault) as refused:
        load_structure("ostfold")
    assert told in str(refused.value)
    assert refused.value.fields == {None: [str(refused.value)]}
    for kind in (Partnership, Organisation, Body):
        assert database.scalar(sa.select(sa.func.count()).select_from(kind)) == 0
