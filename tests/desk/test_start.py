"""Min uke: each sees what concerns them, and nothing else; it costs the same however much there is."""

from datetime import date, time, timedelta
from typing import Any

import pytest

from secretariat.bodies.models import Body
from secretariat.cases.models import CaseState
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.decisions.models import Decision, DecisionState, Implementation, Task
from secretariat.desk.concerns import concerns
from secretariat.desk.deadlines import DueKind
from secretariat.desk.week import Awaited
from secretariat.directory.parties import Party
from secretariat.meetings.models import (
    AgendaAgreement,
    AgendaItem,
    ItemKind,
    Meeting,
    MeetingState,
    Participant,
    ParticipantRole,
    Reply,
)
from secretariat.messages.models import Mail
from secretariat.minutes.models import Minutes, MinutesState
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

TODAY = date(2026, 9, 7)


def store(row: Any) -> Any:
    with writing("factory") as work:
        work.add(row)
    return row


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def called(a: Factory, cast: Cast, days: int = 5, **values: Any) -> Meeting:
    return a.meeting(cast.body, day=after(days), **({"state": MeetingState.CALLED, "called_at": clock.now()} | values))


def call(cast: Cast, meeting: Meeting, role: str, reply: Reply = Reply.NONE) -> Participant:
    person = cast.person[role]
    row = Participant(
        partnership_id=meeting.partnership_id,
        meeting_id=meeting.id,
        person_id=person.id,
        name=person.name,
        party=Party.M,
        role=ParticipantRole.MEMBER,
        seats=[],
        reply=reply,
    )
    store(row)
    return row


def decide(cast: Cast, item: AgendaItem, **values: Any) -> Decision:
    return store(
        Decision(
            partnership_id=item.partnership_id,
            meeting_id=item.meeting_id,
            agenda_item_id=item.id,
            body_id=item.body_id,
            decided_on=after(-60),
            **({"state": DecisionState.IN_FORCE} | values),
        )
    )


def give(item: AgendaItem, text: str, **values: Any) -> Task:
    values = {"in_force": True} | values
    return store(
        Task(
            partnership_id=item.partnership_id,
            meeting_id=item.meeting_id,
            agenda_item_id=item.id,
            text=text,
            **values,
        )
    )


def held(a: Factory, cast: Cast, days: int = -60) -> AgendaItem:
    meeting = a.meeting(cast.body, day=after(days), state=MeetingState.HELD, called_at=clock.now())
    store(_minutes(meeting, MinutesState.APPROVED, approved_on=after(-1)))
    return a.item(meeting, "Felles rutine", kind=ItemKind.DECISION)


def _minutes(meeting: Meeting, state: MinutesState, **values: Any) -> Minutes:
    return Minutes(partnership_id=meeting.partnership_id, meeting_id=meeting.id, state=state, **values)


def dues(cast: Cast, role: str) -> list[tuple[DueKind, date | None]]:
    return [(due.kind, due.day) for due in concerns(cast.actor(role)).dues]


# ---- the secretariat


def test_the_week_counts_deadlines_from_the_bodys_own_settings(a: Factory, cast: Cast) -> None:
    with writing("test") as work:
        body = work.get_one(Body, cast.body.id)
        body.intake_days, body.dispatch_days = 14, 7
    a.meeting(cast.body, day=after(21))
    assert dues(cast, "secretary") == [(DueKind.INTAKE, after(7)), (DueKind.DISPATCH, after(14))]


@pytest.mark.parametrize(
    ("state", "kind", "day"),
    [
        (None, DueKind.MINUTES, -3),
        (MinutesState.DRAFT, DueKind.MINUTES, -3),
        (MinutesState.COMMENTING, DueKind.COMMENTS, 4),
    ],
)
def test_a_held_meeting_stays_on_the_desk_until_its_minutes_are_approved(
    a: Factory, cast: Cast, state: MinutesState | None, kind: DueKind, day: int
) -> None:
    meeting = a.meeting(cast.body, day=after(-10), state=MeetingState.HELD)
    if state is not None:
        store(_minutes(meeting, state, comments_until=after(4)))
    assert dues(cast, "secretary") == [(kind, after(day))]


def test_a_called_meeting_whose_day_has_come_is_to_be_closed(a: Factory, cast: Cast) -> None:
    called(a, cast, days=0)
    assert dues(cast, "hospital_secretary") == [(DueKind.CLOSE, TODAY)]


def test_deadlines_stand_in_the_order_of_the_days(a: Factory, cast: Cast) -> None:
    for days in (40, 12, 25):
        a.meeting(cast.body, day=after(days))
    item = held(a, cast)
    give(item, "Min oppgave", responsible_person_id=cast.person["secretary"].id, deadline=after(3))
    days = [day for _kind, day in dues(cast, "secretary")]
    assert days == sorted(days)
    assert after(3) in days


def test_a_chair_who_has_not_answered_about_the_agenda_is_waited_for(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body, day=after(12))
    store(_agreement(cast, meeting, "chair", agreed=True))
    week = concerns(cast.actor("secretary")).week
    assert [(one.kind, one.who) for one in week.waiting] == [
        (Awaited.AGREEMENT, f"Nestleder {cast.person['deputy_chair'].name}")
    ]
    assert "Nestleder har ikke svart" in week.next[0].lacks


def test_chairs_and_participants_who_are_silent_are_reminded_from_the_desk(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    a.item(a.meeting(cast.body, day=after(12)), "Orientering om øvelsen")
    call(cast, called(a, cast), "member")
    chair, deputy_chair, member = (cast.person[role].name for role in ("chair", "deputy_chair", "member"))
    page = browse.as_("secretary").open("/").press(f"Purr Leder {chair} og nestleder {deputy_chair}")
    assert "Påminnelsen er sendt." in page.text
    page = page.press("Purr 1 deltaker")
    assert "Påminnelsen er sendt." in page.text

    with writing("look") as work:
        assert {mail.to_name for mail in work.query(Mail)} == {chair, deputy_chair, member}
    assert page.text.count("Fikk e-post i dag") == 2
    assert "Purr 1 deltaker" not in page.text


def test_nobody_is_reminded_of_a_meeting_that_has_begun(a: Factory, cast: Cast) -> None:
    call(cast, called(a, cast, 0, starts=time(7)), "member")
    (waiting,) = concerns(cast.actor("secretary")).week.waiting
    assert (waiting.kind, waiting.purr) == (Awaited.REPLIES, ())


def _agreement(cast: Cast, meeting: Meeting, role: str, *, agreed: bool) -> AgendaAgreement:
    person_id = cast.person[role].id
    return AgendaAgreement(
        partnership_id=meeting.partnership_id, meeting_id=meeting.id, person_id=person_id, agreed=agreed
    )


def test_participants_who_have_not_answered_are_counted(a: Factory, cast: Cast) -> None:
    meeting = called(a, cast)
    call(cast, meeting, "member")
    call(cast, meeting, "chair", Reply.ATTENDING)
    week = concerns(cast.actor("secretary")).week
    assert [(one.kind, one.who) for one in week.waiting] == [(Awaited.REPLIES, "1 deltaker")]


def test_the_next_meetings_say_what_each_lacks(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body, day=after(12), place="")
    a.item(meeting, "Uten papir", kind=ItemKind.DECISION)
    a.item(meeting, "Trenger ikke papir", kind=ItemKind.INFORMATION)
    with_paper = a.treatment(a.case(), cast.body)
    a.item(meeting, "Med papir", kind=ItemKind.DECISION, treatment_id=with_paper.id)
    lacks = concerns(cast.actor("secretary")).week.next[0].lacks
    assert lacks[:2] == ("Sted eller lenke mangler", "1 sak mangler saksframlegg")


def test_three_meetings_are_shown_and_no_more(a: Factory, cast: Cast) -> None:
    for days in (10, 20, 30, 40):
        a.meeting(cast.body, day=after(days))
    shown = [each.meeting.day for each in concerns(cast.actor("secretary")).week.next]
    assert shown == [after(10), after(20), after(30)]


def test_raised_cases_are_counted_with_the_oldest(a: Factory, cast: Cast) -> None:
    for days in (-9, -2):
        a.case(state=CaseState.RAISED, raised_on=after(days), organisation=cast.municipality)
    a.case(organisation=cast.municipality)
    raised = concerns(cast.actor("secretary")).week.raised
    assert (raised.count, raised.oldest) == (2, after(-9))


def test_the_other_partys_room_is_not_on_my_desk(a: Factory, cast: Cast) -> None:
    a.meeting(cast.body, day=after(12), room="H", title="Formøte i helseforetaket")
    a.case(state=CaseState.RAISED, room="H", organisation=cast.trust)
    mine, theirs = concerns(cast.actor("secretary")), concerns(cast.actor("hospital_secretary"))
    assert (mine.dues, mine.week.next, mine.week.raised.count) == ((), (), 0)
    assert [each.meeting.title for each in theirs.week.next] == ["Formøte i helseforetaket"]
    assert theirs.week.raised.count == 1


def test_late_municipalities_are_reminded_with_one_press(a: Factory, cast: Cast, browse: Browser) -> None:
    decision = decide(cast, held(a, cast), deadline=after(-5))
    for organisation in (cast.municipality, a.organisation("Annen kommune", partnership=cast.partnership)):
        store(
            Implementation(partnership_id=cast.partnership.id, decision_id=decision.id, organisation_id=organisation.id)
        )
    page = browse.as_("secretary").open("/")
    assert "2 kommuner" in page.text
    done = page.press("Purr 2 kommuner")
    assert "Påminnelsen er sendt." in done.text
    with writing("look") as work:
        assert [mail.to_address for mail in work.query(Mail)] == [cast.person["contact"].email]
    (waiting,) = concerns(cast.actor("secretary")).week.waiting
    assert (len(waiting.purr), waiting.asked_today) == (1, True), "the one that has no contact is still to be asked"
    assert "ingen kontakt" in done.press("Purr 2 kommuner").text.lower()


def test_one_person_with_two_late_tasks_is_one_line(a: Factory, cast: Cast) -> None:
    item = held(a, cast)
    for text in ("Lag rutinen", "Send rutinen"):
        give(item, text, responsible_person_id=cast.person["member"].id, deadline=after(-3))
    waiting = concerns(cast.actor("secretary")).week.waiting
    assert [(one.who, one.what, len(one.purr)) for one in waiting] == [
        (cast.person["member"].name, "2 oppgaver over fristen", 2)
    ]


# ---- those who meet


def test_a_member_sees_the_next_meeting_and_answers_it(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = called(a, cast, place="Levanger rådhus", digital_link="https://video.example/rom")
    call(cast, meeting, "member")
    a.item(meeting, "Varsling om utskrivning")
    page = browse.as_("member").open("/")
    for words in ("Levanger rådhus", "Bli med digitalt", "Varsling om utskrivning", "Meld forfall", "Alle papirer"):
        assert words in page.text
    assert "Svaret er lagret." in page.press("Kommer").text
    assert "Kommer du?" in browse.as_("member").open("/").text


def test_a_members_desk_holds_nothing_of_other_bodies(a: Factory, cast: Cast) -> None:
    other = a.body("Fagråd for fødsel", short_name="FFF", partnership=cast.partnership)
    meeting = a.meeting(other, day=after(3), state=MeetingState.CALLED, called_at=clock.now())
    item = a.item(meeting, "Ikke din sak")
    decide(cast, item, deadline=after(-2))
    give(item, "Ikke din oppgave", responsible_person_id=cast.person["chair"].id, deadline=after(2))
    mine = concerns(cast.actor("member"))
    assert mine.week is None
    assert (mine.place.next, mine.place.later, mine.place.decisions, mine.dues, mine.tasks) == (None, (), (), (), ())


def test_a_meeting_of_the_other_party_is_not_a_members(a: Factory, cast: Cast) -> None:
    a.meeting(cast.body, day=after(3), room="H")
    assert concerns(cast.actor("member")).place.next is None
    assert concerns(cast.actor("hospital_member")).place.next is not None


def test_the_chairs_are_asked_about_the_agenda_once_it_is_made(a: Factory, cast: Cast) -> None:
    early, near = a.meeting(cast.body, day=after(60)), a.meeting(cast.body, day=after(12))
    assert dues(cast, "chair") == [(DueKind.AGREE, after(2))]
    store(_agreement(cast, near, "chair", agreed=True))
    assert dues(cast, "chair") == []
    assert early.day != near.day


def test_a_member_is_asked_to_remark_on_the_draft(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body, day=after(-10), state=MeetingState.HELD, called_at=clock.now())
    call(cast, meeting, "member", Reply.ATTENDING)
    store(_minutes(meeting, MinutesState.COMMENTING, comments_until=after(4)))
    assert dues(cast, "member") == [(DueKind.REMARK, after(4))]
    assert dues(cast, "hospital_member") == []


def test_a_deputy_sees_the_meeting_only_when_called_in(a: Factory, cast: Cast, browse: Browser) -> None:
    called(a, cast)
    assert "Du får beskjed når du blir kalt inn" in browse.as_("deputy").open("/").text


def test_open_decisions_of_my_bodies_stand_with_the_nearest_deadline_first(a: Factory, cast: Cast) -> None:
    item = held(a, cast)
    for ordinal, days in enumerate((30, 10), 1):
        decide(cast, item, deadline=after(days), ordinal=ordinal)
    assert [each.deadline for each in concerns(cast.actor("observer")).place.decisions] == [after(10), after(30)]


def test_the_open_decisions_of_the_desk_lead_to_the_open_ones_of_the_register(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    item = held(a, cast)
    decide(cast, item)
    closed = decide(cast, item, ordinal=2, closed_on=TODAY)
    register = browse.as_("observer").open("/").follow("Åpne vedtak")
    assert register.text.count("Felles rutine") == 1
    assert str(closed.id) not in register.response.text


# ---- the rest


def test_the_administrator_is_led_to_the_administration(browse: Browser) -> None:
    page = browse.as_("administrator").open("/")
    assert "leser ikke rommene" in page.text
    assert page.follow("Til administrasjonen").status == 200


def test_the_archivist_is_told_where_the_decisions_are_and_who_gives_the_papers(browse: Browser) -> None:
    page = browse.as_("archivist").open("/")
    assert "Innkallinger og referater som skal arkiveres, får du av sekretariatet." in page.text
    assert page.follow("Se vedtakene").title == "Vedtak"


def test_who_has_not_signed_in_is_asked_to(browse: Browser) -> None:
    response = browse.as_("anonymous").client.get("/")
    assert (response.status_code, response.headers["Location"].split("?")[0]) == (303, "/logg-inn")


@pytest.mark.parametrize("role", ["secretary", "chair", "member", "deputy", "observer", "contact", "archivist"])
def test_an_empty_desk_says_what_will_come(browse: Browser, role: str) -> None:
    page = browse.as_(role).open("/")
    assert page.status == 200
    assert "kommer hit" in page.text


KINDS = {"secretary": 1, "chair": 3, "member": 2, "deputy": 2, "contact": 2}


def fill(a: Factory, cast: Cast, number: int) -> None:
    """So many of everything."""
    for n in range(number):
        meeting = called(a, cast, days=3 + n)
        for role in ("chair", "member"):
            call(cast, meeting, role)
        for _each in range(number):
            a.item(meeting, treatment_id=a.treatment(a.case(organisation=cast.municipality), cast.body).id)
        a.meeting(cast.body, day=after(15 + n))
        item = held(a, cast, days=-60 - n)
        decision = decide(cast, item, deadline=after(-5))
        here = {"partnership_id": cast.partnership.id, "decision_id": decision.id}
        store(Implementation(**here, organisation_id=cast.municipality.id))
        for role in KINDS:
            give(item, "Gjør det", responsible_person_id=cast.person[role].id, deadline=after(-1))
        a.case(state=CaseState.RAISED, organisation=cast.municipality)


@pytest.mark.parametrize(("role", "kinds"), KINDS.items())
def test_a_desk_costs_the_same_however_much_there_is(
    a: Factory, cast: Cast, browse: Browser, role: str, kinds: int
) -> None:
    reader = browse.as_(role)
    fill(a, cast, 1)
    reader.open("/")
    with count_statements() as few:
        reader.open("/")
    fill_more = 4
    for n in range(fill_more):
        a.body(f"Utvalg {n}", partnership=cast.partnership)
    with writing("test") as work:
        for meeting in work.query(Meeting):
            meeting.state = MeetingState.CANCELLED
    fill(a, cast, fill_more)
    with count_statements() as many:
        reader.open("/")
    assert few.count == many.count, "\n".join(many.said)
    assert many.count <= 15 + kinds
