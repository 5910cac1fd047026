"""A municipality joins, leaves, is merged or split: rights follow the day, open matters a choice, history stays."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from secretariat.accounts.models import Office
from secretariat.bodies.models import Appointment, Seat
from secretariat.cases.models import Case, CaseState
from secretariat.core import clock, outbox
from secretariat.core.access import AccessGrant
from secretariat.core.actions import writing
from secretariat.core.actor import Role
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Hindered
from secretariat.decisions.models import Implementation, ImplementationState, Task
from secretariat.directory import names
from secretariat.directory.models import (
    Membership,
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    Person,
    Region,
    RegionMember,
)
from secretariat.directory.parties import Party
from secretariat.directory.queries import organisation_choices
from secretariat.meetings.appointments_since import ProposalKind, proposals
from secretariat.meetings.calling import call
from secretariat.meetings.models import Meeting, Participant
from secretariat.transitions import starting
from secretariat.transitions.models import MatterKind, TransitionKind
from tests.factories import LONG_AGO, Factory
from tests.factories.transitions import NEW_YEAR, Coast, again, broken_promises, settle

EVE = date(2026, 12, 31)


@pytest.fixture
def coast(a: Factory) -> Coast:
    """The partnership with one municipality of its own."""
    return settle(a)


def start(coast: Coast, kind: TransitionKind, leaving: list[Organisation], **given: Any) -> UUID:
    """Begin to prepare the change."""
    values = {"effective_on": NEW_YEAR, "organisations": tuple(one.id for one in leaving)} | given
    return again(starting.start_membership, coast.secretary, coast.partnership, kind=kind, **values)


def memberships(coast: Coast, organisation: Organisation) -> list[tuple[date, date | None]]:
    """When it has been a member."""
    query = sa.select(Membership.starts_on, Membership.ends_on).where(
        Membership.organisation_id == organisation.id, Membership.partnership_id == coast.partnership.id
    )
    return [tuple(row) for row in session().execute(query.order_by(Membership.starts_on))]


def named(name: str) -> Organisation:
    """The organisation of this name."""
    return session().scalars(sa.select(Organisation).where(Organisation.name == name)).one()


def representative(coast: Coast, organisation: Organisation, name: str = "Anne Fjell") -> tuple[Seat, Person]:
    """A place that represents it, with its holder, and a contact."""
    person = coast.a.person(name, organisation=organisation)
    seat = coast.a.seat(coast.bodies["OSU"], Party.M, organisation_id=organisation.id)
    coast.a.appointment(seat, person)
    coast.a.office(
        person, Role.CONTACT, party=Party.M, organisation_id=organisation.id, partnership_id=coast.partnership.id
    )
    return seat, person


def test_a_municipality_that_leaves_is_a_member_until_the_eve_and_so_are_its_rights(coast: Coast) -> None:
    leaver = coast.a.organisation("Vestnes kommune", partnership=coast.partnership)
    seat, person = representative(coast, leaver)
    transition_id = start(coast, TransitionKind.LEAVE, [leaver])
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    assert memberships(coast, leaver) == [(LONG_AGO, EVE)]
    assert session().get_one(Seat, seat.id, populate_existing=True).ends_on == EVE
    held = session().scalars(sa.select(Appointment).where(Appointment.person_id == person.id)).one()
    office = session().scalars(sa.select(Office).where(Office.person_id == person.id)).one()
    assert (held.ends_on, office.ends_on) == (EVE, EVE)
    assert coast.a.actor(person).organisations == {leaver.id}
    with clock.at(datetime(2027, 1, 1, 9, tzinfo=UTC)):
        assert coast.a.actor(person).organisations == frozenset()


def test_what_a_municipality_owes_goes_to_the_successor_chosen(coast: Coast) -> None:
    merged = coast.a.organisation("Eide kommune", partnership=coast.partnership)
    decision = coast.decision("OSU")
    line, task = coast.line(decision, merged), coast.task(decision, responsible_organisation_id=merged.id)
    case = coast.a.case("Felles rutine", partnership=coast.partnership, organisation=merged)
    transition_id = start(coast, TransitionKind.MERGER, [merged], new_names="Hustadvika kommune")
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    successor = named("Hustadvika kommune")
    lines = session().scalars(sa.select(Implementation).where(Implementation.decision_id == decision.id))
    states = {one.organisation_id: (one.state, one.note) for one in lines}
    assert states[merged.id] == (ImplementationState.NOT_RELEVANT, "Føres videre av Hustadvika kommune.")
    assert states[successor.id] == (ImplementationState.OPEN, "")
    assert line.id is not None
    assert session().get_one(Task, task.id, populate_existing=True).responsible_organisation_id == successor.id
    stays = session().get_one(Case, case.id, populate_existing=True)
    assert stays.raised_by_organisation_id == merged.id
    door = sa.select(AccessGrant.organisation_id).where(AccessGrant.subject_id == case.id)
    assert session().scalars(door).all() == [successor.id]
    assert memberships(coast, successor) == [(NEW_YEAR, None)]
    assert broken_promises() == []


def test_two_municipalities_become_one_and_its_place_is_made_once(coast: Coast) -> None:
    first = coast.a.organisation("Eide kommune", partnership=coast.partnership)
    second = coast.a.organisation("Fræna kommune", partnership=coast.partnership)
    representative(coast, first), representative(coast, second, "Berit Vik")
    transition_id = start(coast, TransitionKind.MERGER, [first, second], new_names="Hustadvika kommune")
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    successor = named("Hustadvika kommune")
    places = sa.select(Seat).where(Seat.organisation_id == successor.id, Seat.body_id == coast.bodies["OSU"].id)
    assert [seat.starts_on for seat in session().scalars(places)] == [NEW_YEAR]
    rows = session().execute(sa.select(OrganisationSuccession.organisation_id, OrganisationSuccession.successor_id))
    assert {tuple(row) for row in rows} == {(first.id, successor.id), (second.id, successor.id)}


def test_snillfjord_is_split_into_three_and_each_matter_goes_where_it_was_chosen(coast: Coast) -> None:
    split = coast.a.organisation("Snillfjord kommune", partnership=coast.partnership)
    people = [coast.a.person(f"Person {name}", organisation=split) for name in ("Aa", "Bb", "Cc")]
    for number in range(3):
        coast.a.case(f"Sak {number}", partnership=coast.partnership, organisation=split)
    new = "Orkland kommune\nHeim kommune\nHitra kommune"
    transition_id = start(coast, TransitionKind.SPLIT, [split], new_names=new)
    with pytest.raises(Hindered, match="3 mangler valg"):
        coast.carry_out(transition_id)

    parts = [named(name) for name in new.splitlines()]
    cases = {f"Sak {number}": f"org:{part.id}" for number, part in enumerate(parts)}
    employers = {f"Person {name}": f"org:{part.id}" for name, part in zip(("Aa", "Bb", "Cc"), parts, strict=True)}
    for kind in coast.open(transition_id):
        coast.choose(transition_id, kind, **(cases | employers))
    done = coast.carry_out(transition_id)

    assert {line["kind"]: line["hand_over"] for line in done.counts} == {
        "seat": 0,
        "case": 3,
        "task": 0,
        "implementation": 0,
        "person": 3,
    }
    assert memberships(coast, split) == [(LONG_AGO, EVE)]
    assert [memberships(coast, part) for part in parts] == [[(NEW_YEAR, None)]] * 3
    assert session().get_one(Person, people[0].id, populate_existing=True).organisation_id == split.id
    _at_work_on(datetime(2027, 1, 1, 1, tzinfo=UTC))
    employed = [session().get_one(Person, one.id, populate_existing=True).organisation_id for one in people]
    assert employed == [part.id for part in parts]


def _at_work_on(moment: datetime) -> None:
    """The worker does what is due at this moment."""
    with clock.at(moment):
        while outbox.work_once():
            pass
        failed = session().scalars(
            sa.select(outbox.Errand.last_failure).where(outbox.Errand.kind == "directory.employ")
        )
        assert set(failed) == {None}


def test_who_was_in_a_meeting_keeps_the_name_of_the_municipality_as_it_was(coast: Coast) -> None:
    merged = coast.a.organisation("Eide kommune", partnership=coast.partnership)
    representative(coast, merged)
    meeting = coast.meeting("OSU", date(2026, 10, 1))
    with writing("factory"):
        call(session().get_one(Meeting, meeting.id))
    before = _participants(meeting)
    transition_id = start(coast, TransitionKind.MERGER, [merged], new_names="Hustadvika kommune")
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)
    _at_work_on(datetime(2027, 1, 1, 1, tzinfo=UTC))

    assert _participants(meeting) == before
    assert "Eide kommune" in {organisation for _name, organisation, _seats in before}


def _participants(meeting: Meeting) -> list[tuple[str, str, str]]:
    session().rollback()
    query = sa.select(Participant).where(Participant.meeting_id == meeting.id).order_by(Participant.sort_key)
    return [(row.name, row.organisation, str(row.seats)) for row in session().scalars(query)]


def test_a_called_meeting_proposes_that_the_municipality_is_no_longer_there(coast: Coast) -> None:
    leaver = coast.a.organisation("Vestnes kommune", partnership=coast.partnership)
    _seat, person = representative(coast, leaver)
    meeting = coast.meeting("OSU", date(2027, 2, 3))
    with writing("factory"):
        call(session().get_one(Meeting, meeting.id))
    transition_id = start(coast, TransitionKind.LEAVE, [leaver])
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    stored = session().get_one(Meeting, meeting.id, populate_existing=True)
    proposed = [(one.kind, one.person_id) for one in proposals(stored)]
    assert (ProposalKind.REMOVED, person.id) in proposed
    assert (
        person.id in session().scalars(sa.select(Participant.person_id).where(Participant.removed_at.is_(None))).all()
    )


def test_who_joins_is_a_member_and_in_the_region_from_the_day(coast: Coast) -> None:
    region = coast.a._store(Region(partnership_id=coast.partnership.id, name="Nordmøre"))
    transition_id = start(coast, TransitionKind.JOIN, [], new_names="Rindal kommune", region_id=region.id)
    assert coast.open(transition_id) == {MatterKind.BODY: []}
    coast.carry_out(transition_id)

    newcomer = named("Rindal kommune")
    assert memberships(coast, newcomer) == [(NEW_YEAR, None)]
    row = session().scalars(sa.select(RegionMember).where(RegionMember.region_id == region.id)).one()
    assert (row.organisation_id, row.starts_on) == (newcomer.id, NEW_YEAR)


def test_who_joins_gets_a_place_where_the_others_have_one(coast: Coast) -> None:
    representative(coast, coast.municipality)
    transition_id = start(coast, TransitionKind.JOIN, [], new_names="Rindal kommune")
    matters = coast.open(transition_id)[MatterKind.BODY]
    assert [(one.title, one.where) for one in matters] == [("Overordnet samhandlingsutvalg", "1 kommune har plass her")]
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    place = session().scalars(sa.select(Seat).where(Seat.organisation_id == named("Rindal kommune").id)).one()
    assert (place.body_id, place.starts_on) == (coast.bodies["OSU"].id, NEW_YEAR)


def test_a_municipality_comes_back_after_it_left_with_a_stretch_of_its_own(coast: Coast) -> None:
    leaver = coast.a.organisation("Vestnes kommune", partnership=coast.partnership)
    leaving = start(coast, TransitionKind.LEAVE, [leaver])
    coast.choose_all(leaving)
    coast.carry_out(leaving)
    back = start(coast, TransitionKind.JOIN, [], successors=(leaver.id,), effective_on=date(2028, 1, 1))
    coast.carry_out(back)

    assert memberships(coast, leaver) == [(LONG_AGO, EVE), (date(2028, 1, 1), None)]


def test_a_case_of_a_municipality_that_leaves_is_closed_with_the_reason_told(coast: Coast) -> None:
    leaver = coast.a.organisation("Vestnes kommune", partnership=coast.partnership)
    case = coast.a.case("Felles rutine", partnership=coast.partnership, organisation=leaver)
    transition_id = start(coast, TransitionKind.LEAVE, [leaver])
    coast.choose(transition_id, MatterKind.CASE)
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    assert session().get_one(Case, case.id, populate_existing=True).state is CaseState.WITHDRAWN


@pytest.mark.parametrize(
    ("kind", "given", "sentence"),
    [
        (TransitionKind.LEAVE, {}, "Velg kommunen som går ut"),
        (TransitionKind.MERGER, {"new_names": "Hustadvika kommune"}, "Velg kommunene som slås sammen"),
        (TransitionKind.MERGER, {"own": True}, "Velg den ene kommunen de blir til"),
        (TransitionKind.MERGER, {"own": True, "new_names": "Fjordnes kommune"}, "kan ikke etterfølge seg selv"),
        (TransitionKind.SPLIT, {"own": True, "new_names": "Heim kommune"}, "Velg minst to kommuner"),
        (TransitionKind.JOIN, {}, "Velg den ene kommunen som går inn"),
        (TransitionKind.JOIN, {"new_names": "Fjordnes kommune"}, "er alt med i samarbeidet"),
        (TransitionKind.STRUCTURE, {}, "Velg hva som endres"),
        (TransitionKind.LEAVE, {"own": True, "effective_on": date(2019, 1, 1)}, "er ikke med i samarbeidet"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    coast: Coast, kind: TransitionKind, given: dict[str, Any], sentence: str
) -> None:
    whom = [coast.municipality] if given.get("own") else []
    with pytest.raises(DomainError, match=sentence):
        start(coast, kind, whom, **{name: value for name, value in given.items() if name != "own"})


def test_a_municipality_of_another_partnership_cannot_leave_this_one(coast: Coast) -> None:
    other = coast.a.partnership("Et annet")
    stranger = coast.a.organisation("Fremmed kommune", partnership=other)
    with pytest.raises(DomainError, match="er ikke med i samarbeidet"):
        start(coast, TransitionKind.LEAVE, [stranger])


def test_another_name_keeps_the_one_before(coast: Coast) -> None:
    again(names.rename, coast.secretary, coast.municipality, name="Fjordnes herad", starts_on=date(2026, 9, 1))

    assert session().get_one(Organisation, coast.municipality.id, populate_existing=True).name == "Fjordnes herad"
    kept = session().scalars(sa.select(OrganisationName)).one()
    assert (kept.name, kept.ends_on) == ("Fjordnes kommune", date(2026, 8, 31))
    with pytest.raises(DomainError, match="fikk sitt nåværende navn"):
        again(names.rename, coast.secretary, coast.municipality, name="Fjordnes", starts_on=date(2026, 8, 1))


def test_who_has_left_stands_last_in_lists_of_choices_with_its_last_day(coast: Coast) -> None:
    leaver = coast.a.organisation("Averøy kommune", partnership=coast.partnership)
    transition_id = start(coast, TransitionKind.LEAVE, [leaver])
    coast.choose_all(transition_id)
    coast.carry_out(transition_id)

    assert (str(leaver.id), "Averøy kommune") in organisation_choices(coast.secretary, coast.partnership.id)
    with clock.at(datetime(2027, 1, 2, 9, tzinfo=UTC)):
        later = coast.a.actor(coast.people["secretary"])
        last = organisation_choices(later, coast.partnership.id)[-1]
    assert (last[0], str(last[1])) == (str(leaver.id), "Averøy kommune (til 31.12.2026)")
