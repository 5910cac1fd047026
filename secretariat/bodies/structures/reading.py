"""From a structure file to a structure."""

import tomllib
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from secretariat.bodies.models import Authority
from secretariat.bodies.structures.checks import check
from secretariat.bodies.structures.fields import Fields, StructureFault
from secretariat.bodies.structures.plan import (
    AgreementPlan,
    BodyPlan,
    ChairPlan,
    Constituency,
    Level,
    RegionPlan,
    Right,
    SeatPlan,
    Structure,
    TermPlan,
    usual_rights,
)
from secretariat.core.text.language import SOURCE_LANGUAGE, _l
from secretariat.directory.parties import EQUAL_PARTIES, Party

_FILES = files(__package__) / "files"
_UNKNOWN_PARTY = _l("Parten finnes ikke.")
_UNKNOWN_WORD = _l("Ordet er ikke blant dem som kan brukes her.")
_LENGTH_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def structure_keys() -> tuple[str, ...]:
    """The structures that the product brings along, the national model first."""
    keys = sorted(file.name.removesuffix(".toml") for file in _FILES.iterdir() if file.name.endswith(".toml"))
    return tuple(sorted(keys, key=lambda key: key != "helsefellesskap"))


def read_structure(key: str, language: str = SOURCE_LANGUAGE) -> Structure:
    """The structure with this key; in nynorsk as far as its file has the words."""
    if key not in structure_keys():
        raise StructureFault(f"{key}.toml", "", _l("Strukturen finnes ikke."))
    source = f"{key}.toml"
    content = _content((_FILES / source).read_text(encoding="utf-8"), source)
    return parse_structure(_in_nynorsk(content) if language == "nn" else content, source=source)


def _content(text: str, source: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise StructureFault(source, "", _l("Filen er ikke gyldig TOML: %(fault)s.", fault=fault)) from fault


def _in_nynorsk(content: Mapping[str, Any]) -> Mapping[str, Any]:
    """The same with every text that has a nynorsk wording in that wording."""
    words = {body["name"]: body["name_nn"] for body in content["bodies"] if body.get("name_nn")}
    words |= content.get("nynorsk", {})
    return {key: value if key == "nynorsk" else _reworded(value, words) for key, value in content.items()}


def _reworded(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return words.get(value, value)
    if isinstance(value, list):
        return [_reworded(each, words) for each in value]
    return {key: _reworded(each, words) for key, each in value.items()} if isinstance(value, dict) else value


def parse_structure(mapping: Mapping[str, Any], *, source: str) -> Structure:
    """The structure that a file's content describes; ``source`` is the file's name, whose stem becomes the key.

    Raises StructureFault at the first thing that is not as it must be.
    """
    fields = Fields(mapping, source)
    patterns = _patterns(fields)
    fields.table("nynorsk")
    structure = Structure(
        key=source.rpartition("/")[2].partition(".")[0],
        name=fields.text("name"),
        valid_from=_required_day(fields, "valid_from"),
        valid_to=fields.day("valid_to"),
        source_years=fields.numbers("source_years"),
        trusts=fields.texts("trusts"),
        hospitals=fields.texts("hospitals"),
        municipalities=fields.texts("municipalities"),
        municipality_count=fields.number("municipality_count"),
        municipalities_year=fields.number("municipalities_year", most=9999),
        regions=tuple(_region(region) for region in fields.tables("regions", name="name")),
        patient_groups=fields.texts("patient_groups"),
        agreements=tuple(_agreement(agreement) for agreement in fields.tables("agreements", name="no")),
        bodies=tuple(_body(body, patterns) for body in fields.tables("bodies", name="short")),
        note=fields.optional_text("note"),
    )
    fields.done()
    check(structure, source)
    return structure


def _required_day(fields: Fields, key: str) -> Any:
    day = fields.day(key)
    if day is None:
        raise fields.fault(key, _l("Feltet må fylles ut."))
    return day


def _patterns(fields: Fields) -> Mapping[str, Mapping[str, Any]]:
    patterns = fields.table("patterns")
    return {} if patterns is None else patterns.all_tables()


def _region(fields: Fields) -> RegionPlan:
    region = RegionPlan(fields.text("name"), fields.texts("municipalities"), fields.yes("assumed"))
    fields.done()
    return region


def _agreement(fields: Fields) -> AgreementPlan:
    agreement = AgreementPlan(fields.text("no"), fields.text("title"), fields.yes("sub", usual=True))
    fields.done()
    return agreement


def _body(fields: Fields, patterns: Mapping[str, Mapping[str, Any]]) -> BodyPlan:
    _follow_pattern(fields, patterns)
    body = BodyPlan(
        short=fields.text("short"),
        name=fields.text("name"),
        name_nn=fields.optional_text("name_nn"),
        level=_level(fields),
        reports_to=fields.optional_text("reports_to") or None,
        many=fields.yes("many"),
        room=_equal_party(fields, "room"),
        area=fields.optional_text("area"),
        agreements=fields.texts("agreements"),
        authority=fields.choice("authority", Authority, unknown=_UNKNOWN_WORD) or Authority.CONSENSUS,
        chair=_chair(fields.table("chair")),
        term=_term(fields.table("term")),
        meetings_per_year=fields.number("meetings_per_year"),
        meeting_month=fields.number("meeting_month", most=12),
        extraordinary=fields.yes("extraordinary"),
        secretary=fields.optional_text("secretary"),
        purpose=fields.optional_text("purpose"),
        tasks=fields.texts("tasks"),
        note=fields.optional_text("note"),
        seats=tuple(_seat(seat) for seat in fields.tables("seats")),
    )
    fields.done()
    return body


def _follow_pattern(fields: Fields, patterns: Mapping[str, Mapping[str, Any]]) -> None:
    name = fields.optional_text("pattern")
    if name and name not in patterns:
        raise fields.fault("pattern", _l("Mønsteret «%(name)s» finnes ikke i filen.", name=name))
    fields.fill(patterns.get(name, {}))


def _level(fields: Fields) -> Level:
    level = fields.choice("level", Level, unknown=_l("Nivået finnes ikke."))
    if level is None:
        raise fields.fault("level", _l("Feltet må fylles ut."))
    return level


def _equal_party(fields: Fields, key: str) -> Party | None:
    party = fields.choice(key, Party, unknown=_UNKNOWN_PARTY)
    if party is not None and party not in EQUAL_PARTIES:
        raise fields.fault(key, _l("Her kan det bare stå kommunene (M) eller helseforetaket (H)."))
    return party


def _chair(fields: Fields | None) -> ChairPlan | None:
    if fields is None:
        return None
    first = _equal_party(fields, "starts_with")
    if first is None:
        raise fields.fault("starts_with", _l("Feltet må fylles ut."))
    deputy = _equal_party(fields, "deputy_from") or _other_side(first)
    chair = ChairPlan(first, fields.number("every_years", most=10), deputy)
    fields.done()
    return chair


def _other_side(party: Party) -> Party:
    return Party.H if party is Party.M else Party.M


def _term(fields: Fields | None) -> TermPlan | None:
    if fields is None:
        return None
    term = TermPlan(fields.number("years", most=10), _day_of_year(fields, "begins"), _day_of_year(fields, "ends"))
    if (term.years is None) == (term.begins is None) or (term.begins is None) != (term.ends is None):
        raise fields.fault("", _l("Funksjonstiden må ha enten et antall år eller både første og siste dag."))
    fields.done()
    return term


def _day_of_year(fields: Fields, key: str) -> tuple[int, int] | None:
    text = fields.optional_text(key)
    if not text:
        return None
    month, _, day = text.partition("-")
    if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= 12):
        raise fields.fault(key, _l("Her skal det stå måned og dag, for eksempel 04-01."))
    if not 1 <= int(day) <= _LENGTH_OF_MONTH[int(month) - 1]:
        raise fields.fault(key, _l("Her skal det stå måned og dag, for eksempel 04-01."))
    return int(month), int(day)


def _seat(fields: Fields) -> SeatPlan:
    party = fields.choice("party", Party, unknown=_UNKNOWN_PARTY)
    if party is None:
        raise fields.fault("party", _l("Feltet må fylles ut."))
    seat = SeatPlan(
        party=party,
        role=fields.text("role"),
        count=fields.number("count"),
        one_per=fields.choice("one_per", Constituency, unknown=_UNKNOWN_WORD),
        represents=fields.texts("represents"),
        rights=fields.choices("rights", Right, unknown=_UNKNOWN_WORD) or usual_rights(party),
        nominated_by=fields.optional_text("nominated_by"),
    )
    _check_count(fields, seat)
    fields.done()
    return seat


def _check_count(fields: Fields, seat: SeatPlan) -> None:
    if seat.count and seat.one_per:
        raise fields.fault("count", _l("Oppgi enten et antall eller én plass per region eller kommune, ikke begge."))
    if seat.one_per is Constituency.CLINIC:
        raise fields.fault("one_per", _l("Én plass per klinikk kan ikke telles. Oppgi antallet."))
    if seat.represents and len(seat.represents) != seat.count:
        raise fields.fault("represents", _l("Antallet som representeres, må være det samme som antallet plasser."))
