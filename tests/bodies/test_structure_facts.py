"""Every fact that the agreements give of the seven structures is found again on the pages of a loaded partnership."""

import json
import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from secretariat.bodies import actions
from secretariat.bodies.models import Body
from secretariat.bodies.structures import Level, structure_keys
from secretariat.core.actor import Role
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Region
from secretariat.directory.parties import Party, label
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser, Page

FACTS: dict[str, Any] = json.loads((Path(__file__).parent / "structure_facts.json").read_text(encoding="utf-8"))
HEADINGS = {"M": "Fra kommunene", "H": "Fra helseforetaket"}
TURNS = {1: "hvert år", 2: "hvert annet år"}
SIDES = {"M": "kommunene", "H": "helseforetaket"}


@cache
def heading(party: str) -> str:
    return HEADINGS.get(party) or str(label(Party(party)))


def places(page: Page) -> dict[str, int]:
    """How many places the page shows under each party's heading."""
    markup = page.response.get_data(as_text=True)
    found = {}
    for section in markup.split('<section class="party-group">')[1:]:
        title = re.sub(r"<[^>]+>", "", section.partition("</h2>")[0]).strip()
        found[unescape(title)] = section.partition("</section>")[0].count('<th scope="row">')
    return found


def check_body(page: Page, facts: dict[str, Any], names: dict[str, str]) -> None:
    shown = places(page)
    conference = facts["level"] == Level.CONFERENCE
    for party, count in facts.get("counts", {}).items():
        assert shown[heading(party)] >= count if party in facts.get("present", ()) else shown[heading(party)] == count
    assert conference or {heading(party) for party in facts.get("present", ())} <= set(shown)
    assert str(Level(facts["level"]).word) in page.text
    if facts["reports_to"] in names:
        assert f"rapporterer til {names[facts['reports_to']]}" in page.text
    for sentence in sentences(facts):
        assert sentence in page.text, sentence
    if "purpose" in facts or "tasks" in facts:
        mandate = page.response.get_data(as_text=True).partition("<h2>Mandat</h2>")[2].partition("</section>")[0]
        assert mandate.count("<li>") == facts.get("tasks", 0)
        assert "purpose" not in facts or "<p>" in mandate


def sentences(facts: dict[str, Any]) -> list[str]:
    """What the page of the body must say."""
    said = [f"Avtale {number}:" for number in facts.get("agreements", ())]
    if "meetings_per_year" in facts:
        said.append(f"Møter i året{facts['meetings_per_year']}")
    if "term_years" in facts:
        said.append(f"Funksjonstid{facts['term_years']} år")
    if "term" in facts:
        first, last = (f"{int(day[3:])}.{int(day[:2])}." for day in facts["term"])
        said.append(f"Funksjonstid{first}–{last}")
    if "chair" in facts:
        turns, side = TURNS[facts["chair"]["every_years"]], SIDES[facts["chair"]["first"]]
        said.append(f"Skifter mellom partene {turns}; først leder {side}")
    said += ["Sekretær"] if "secretary" in facts else []
    said += ["mars"] if facts.get("month") == 3 else []
    said += ["Ekstraordinære møter kan kalles inn."] if "extraordinary" in facts else []
    return said + (["Det kan være flere slike utvalg."] if "many" in facts else [])


def check_whole(page: Page, facts: dict[str, Any]) -> None:
    """The agreements, the patient groups and the secretariat stand on the page of agreements."""
    for number in facts["agreements"]:
        assert re.search(rf"\b{number} \w", page.text)
    assert ("Pasientgrupper" in page.text) == bool(facts["patient_groups"])
    for office in (body for body in facts["bodies"].values() if body["level"] == Level.SECRETARIAT):
        assert f"Rapporterer til {office['reports_to']}." in page.text
        for party, count in office.get("counts", {}).items():
            told = re.findall(rf"{label(Party(party))}: (\d+) ", page.text)
            assert sum(map(int, told)) == count
        if "chair" in office:
            assert "Ledelsen skifter mellom partene hvert 2. år; først leder helseforetaket." in page.text


def organisations(database: sa.orm.Session, partnership_id: UUID, kind: OrganisationKind) -> int:
    here = sa.select(Membership.organisation_id).where(Membership.partnership_id == partnership_id)
    found = sa.select(sa.func.count()).select_from(Organisation).where(Organisation.id.in_(here))
    return database.scalar(found.where(Organisation.kind == kind)) or 0


@pytest.mark.parametrize("key", structure_keys())
def test_every_fact_of_the_agreement_is_found_again_on_the_pages(
    database: sa.orm.Session, browse: Browser, cast: Cast, a: Factory, key: str
) -> None:
    facts, partnership_id = FACTS[key], actions.load_structure(key)
    assert partnership_id is not None
    a.office(cast.person["secretary"], Role.SECRETARY, party=Party.M, partnership_id=partnership_id)
    rows = {
        row.short_name: row for row in database.scalars(sa.select(Body).where(Body.partnership_id == partnership_id))
    }
    served = {short: body for short, body in facts["bodies"].items() if body["level"] != Level.SECRETARIAT}
    assert set(rows) == set(served)
    reader, names = browse.as_("secretary"), {short: row.name for short, row in rows.items()}
    for short, body in served.items():
        check_body(reader.open(f"/utvalg/{rows[short].id}"), body, names)
    check_whole(reader.open(f"/utvalg/avtaler/{partnership_id}"), facts)
    assert organisations(database, partnership_id, OrganisationKind.CLINIC) == facts["hospitals"]
    regions = sa.select(sa.func.count()).select_from(Region).where(Region.partnership_id == partnership_id)
    assert database.scalar(regions) == facts["regions"]


def test_all_seven_in_one_installation_and_each_twice_change_nothing(database: sa.orm.Session) -> None:
    first = [actions.load_structure(key) for key in structure_keys()]
    before = contents(database)
    assert [actions.load_structure(key) for key in structure_keys()] == first
    assert contents(database) == before
    assert len(set(first)) == len(FACTS) == 7


def contents(database: sa.orm.Session) -> dict[str, list[Any]]:
    """Every row of every table that a structure fills, as it is stored."""
    database.rollback()
    tables = (Body.metadata.tables[name] for name in FILLED)
    return {table.name: sorted(map(repr, database.execute(sa.select(table)))) for table in tables}


FILLED = (
    "partnership",
    "organisation",
    "membership",
    "region",
    "region_member",
    "agreement",
    "body",
    "body_agreement",
    "seat",
    "chair_term",
    "secretariat_term",
    "composition_rule",
    "audit_entry",
    "outbox",
)
