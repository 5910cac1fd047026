"""A party meets alone in a joint body: its own secretary plans it, its own seats are called, and nothing tells the
other party that it was held.
"""

from datetime import date, time
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.cases.models import TreatmentState
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError
from secretariat.decisions.implementation import Whom, require_implementation
from secretariat.decisions.models import Decision, DecisionState, Implementation
from secretariat.decisions.tasks import add_task
from secretariat.meetings import actions, calling, numbers, queries
from secretariat.meetings.calling import called_people
from secretariat.meetings.invariants import parties_count_alone
from secretariat.meetings.models import AgendaItem, ItemKind, Meeting, MeetingState, ParticipantRole
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser

WHEN = {"day": date(2026, 10, 1), "starts": time(9), "ends": time(12)}
SECRETARY = {"M": "secretary", "H": "hospital_secretary"}


def planned(cast: Cast, room: str = "M", **values: Any) -> Meeting:
    given = WHEN | {"room": room} | values
    meeting_id = actions.plan(cast.actor(SECRETARY.get(room, "secretary")), cast.body.id, **given)
    return session().get_one(Meeting, meeting_id)


def numbered(cast: Cast, meeting: Meeting, *titles: str) -> list[str]:
    """The items get their numbers, as when the notice is sent; the numbers as they are written."""
    body = session().get_one(Body, cast.body.id)
    for title in titles:
        actions.add_item(cast.actor(SECRETARY.get(meeting.room, "secretary")), meeting.id, title=title)
    with_numbers = numbers.planned_numbers(meeting, body, _items(meeting))
    with writing("test"):
        numbers.give(session().get_one(Meeting, meeting.id))
    given = {item.id: (item.series, item.year, item.number) for item in _items(meeting)}
    assert given == with_numbers
    return [numbers.written(body, item.year or 0, item.number or 0, item.series) for item in _items(meeting)]


def _items(meeting: Meeting) -> list[AgendaItem]:
    here = sa.select(AgendaItem).where(AgendaItem.meeting_id == meeting.id).order_by(AgendaItem.position)
    return list(session().scalars(here))


@pytest.mark.parametrize(
    ("room", "own", "other"), [("M", "member", "hospital_member"), ("H", "hospital_member", "member")]
)
def test_only_the_seats_and_the_secretary_of_the_party_are_called(cast: Cast, room: str, own: str, other: str) -> None:
    called = {person.name for person in called_people(planned(cast, room))}
    assert cast.person[own].name in called
    assert cast.person[SECRETARY[room]].name in called
    assert cast.person[other].name not in called
    assert cast.person["observer"].name not in called
    assert not called & {cast.person[role].name for side, role in SECRETARY.items() if side != room}


def test_the_deputy_chair_leads_when_the_chair_is_of_the_other_party(cast: Cast) -> None:
    leading = [p.name for p in called_people(planned(cast, "H")) if p.role is ParticipantRole.CHAIR]
    assert leading == [cast.person["deputy_chair"].name]


@pytest.mark.parametrize(("role", "room"), [("secretary", "H"), ("hospital_secretary", "M"), ("secretary", "U")])
def test_nobody_plans_for_the_other_party(cast: Cast, role: str, room: str) -> None:
    with pytest.raises(Denied):
        actions.plan(cast.actor(role), cast.body.id, **WHEN, room=room)


def test_the_page_offers_both_parties_or_ones_own_alone(browse: Browser, cast: Cast) -> None:
    form = browse.as_("hospital_secretary").open("/moter/ny")
    assert "Bare helseforetaket" in form.text
    assert "Bare kommunene" not in form.text
    form.fill("Utvalg", str(cast.body.id)).fill("Hvem møtes?", "H").fill("Dato", "1.10.2026")
    page = form.fill("Begynner", "9").fill("Slutter", "12").press("Planlegg")
    assert page.title == "Helseforetakets møte i Administrativt samarbeidsutvalg"
    assert "den andre parten ser ikke dette møtet" in page.text
    assert "Fra kommunene" not in page.text
    assert browse.as_("secretary").open(page.address).status == 404


def test_a_party_meeting_at_the_same_time_is_not_betrayed_by_a_refusal(cast: Cast) -> None:
    planned(cast, "M")
    assert planned(cast, "H")
    assert planned(cast, "common")
    with pytest.raises(DomainError, match="alt et møte"):
        planned(cast, "M")


def test_the_joint_numbers_run_on_as_if_the_party_had_not_met(cast: Cast) -> None:
    """PARTYS_OWN_SERIES."""
    first = numbered(cast, planned(cast, "common"), "En", "To")
    alone = numbered(cast, planned(cast, "M", day=date(2026, 10, 8)), "Vår linje", "Vårt krav")
    trust = numbered(cast, planned(cast, "H", day=date(2026, 10, 9)), "Vårt svar")
    after = numbered(cast, planned(cast, "common", day=date(2026, 10, 15)), "Tre")
    assert [*first, *after] == ["01/2026", "02/2026", "03/2026"]
    assert alone == ["K 01/2026", "K 02/2026"]
    assert trust == ["HF 01/2026"]
    assert list(parties_count_alone()) == []


def test_a_series_of_its_own_is_marked_too_when_the_party_meets_alone(cast: Cast) -> None:
    meeting = planned(cast, "M")
    actions.add_item(cast.actor("secretary"), meeting.id, title="Til orientering", series="RS")
    assert numbered(cast, meeting) == ["K RS 01/2026"]


@pytest.mark.parametrize("series", ["K", "HF", "K RS"])
def test_nobody_learns_a_partys_count_by_choosing_the_name_of_its_series(cast: Cast, series: str) -> None:
    meeting = planned(cast, "common")
    with pytest.raises(DomainError) as refused:
        actions.add_item(cast.actor("hospital_secretary"), meeting.id, title="Prøver", series=series)
    assert refused.value.field == "series"


def test_a_party_alone_takes_up_its_own_cases_and_leaves_the_common_ones_in_their_queue(a: Factory, cast: Cast) -> None:
    meeting, secretary = planned(cast, "M"), cast.actor("secretary")
    own = a.treatment(a.case("Vår egen sak", room="M", organisation=cast.municipality), cast.body)
    common = a.treatment(a.case("Felles sak", organisation=cast.municipality), cast.body)
    with pytest.raises(DomainError, match="Saken er felles"):
        actions.add_item(secretary, meeting.id, treatment_id=common.id)
    assert actions.add_item(secretary, meeting.id, treatment_id=own.id)
    assert session().get_one(type(common), common.id).state is TreatmentState.WAITING


def test_the_queue_beside_the_agenda_holds_what_may_be_taken_up(a: Factory, cast: Cast, browse: Browser) -> None:
    a.treatment(a.case("Vår egen sak", room="M", organisation=cast.municipality), cast.body)
    a.treatment(a.case("Felles sak", organisation=cast.municipality), cast.body)
    alone = browse.as_("secretary").open(f"/moter/{planned(cast, 'M').id}/saksliste").text
    joint = browse.as_("secretary").open(f"/moter/{planned(cast, 'common').id}/saksliste").text
    assert ("Vår egen sak" in alone, "Felles sak" in alone) == (True, False)
    assert ("Vår egen sak" in joint, "Felles sak" in joint) == (False, True)


def test_only_the_partys_own_chair_is_asked_about_the_agenda(cast: Cast) -> None:
    secretary = cast.actor("secretary")
    page = queries.meeting(secretary, planned(cast, "M").id)
    assert page is not None
    assert [row.name for row in queries.chairs(secretary, page)] == [cast.person["chair"].name]


@pytest.mark.parametrize("role", ["hospital_secretary", "deputy_chair", "hospital_member", "observer", "administrator"])
def test_neither_the_other_party_nor_the_administrator_knows_of_it(cast: Cast, role: str) -> None:
    meeting = planned(cast, "M")
    actor = cast.actor(role)
    assert session().scalar(sa.select(Meeting.id).where(Meeting.id == meeting.id, visible(actor, Meeting))) is None
    assert queries.count_meetings(actor, queries.Wanted()) == 0
    assert queries.years(actor) == []


def test_what_a_party_decided_alone_is_carried_out_by_its_own_organisations(a: Factory, cast: Cast) -> None:
    """The other party's contacts would be told of it by mail."""
    meeting = planned(cast, "M")
    place = {"meeting_id": meeting.id, "agenda_item_id": a.item(meeting).id, "body_id": cast.body.id, "room": "M"}
    given = {"partnership_id": cast.partnership.id, "state": DecisionState.IN_FORCE, "decided_on": clock.today()}
    decision = Decision(**given, **place)
    with writing("test") as work:
        work.add(decision)
    with pytest.raises(DomainError):
        require_implementation(cast.actor("secretary"), decision.id, organisations=(cast.trust.id,))
    require_implementation(cast.actor("secretary"), decision.id, whom=Whom.MEMBERS)
    asked = session().scalars(sa.select(Implementation.organisation_id)).all()
    assert asked == [cast.municipality.id]


def test_a_task_of_a_party_alone_goes_to_its_own_people_and_organisations(a: Factory, cast: Cast) -> None:
    """Whoever gets a task is told by mail: a stranger to the room would learn of the meeting."""
    meeting, secretary = planned(cast, "M"), cast.actor("secretary")
    item = a.item(meeting)
    with writing("test"):
        session().get_one(Meeting, meeting.id).state = MeetingState.CALLED
    for responsible in (
        {"responsible_person_id": cast.person["hospital_secretary"].id},
        {"responsible_organisation_id": cast.trust.id},
    ):
        with pytest.raises(DomainError) as refused:
            add_task(secretary, item.id, text="Skrive notatet", **responsible)
        assert refused.value.field == next(iter(responsible))
    assert add_task(secretary, item.id, text="Skrive notatet", responsible_person_id=cast.person["member"].id)


def test_only_the_partys_own_are_offered_where_a_task_is_given(a: Factory, cast: Cast, browse: Browser) -> None:
    """What the action refuses is not offered: neither in the meeting nor when the task is changed later."""
    meeting, secretary = planned(cast, "M", day=clock.today()), cast.actor("secretary")
    item = a.item(meeting, "Eventuelt", kind=ItemKind.ANY_OTHER)
    with writing("test"):
        calling.call(session().get_one(Meeting, meeting.id))
    task_id = add_task(secretary, item.id, text="Skrive notatet", responsible_person_id=cast.person["member"].id)
    offered = {
        address: {option.text for option in browse.as_("secretary").open(address).html.all("option")}
        for address in (f"/moter/{meeting.id}/foring?sak={item.id}", f"/oppgaver/{task_id}/endre")
    }
    for names in offered.values():
        assert any(cast.person["member"].name in name for name in names)
        assert cast.municipality.name in names
        assert cast.trust.name not in names
        assert not any(cast.person["hospital_member"].name in name for name in names)
