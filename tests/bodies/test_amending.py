"""Terms, levels, mistakes: what may be put right in an appointment, and what stays because it is over."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from secretariat.appointing.models import Campaign, Nomination, NominationLetter
from secretariat.bodies import actions
from secretariat.bodies.corrections import actions as correcting
from secretariat.bodies.models import Appointment, Body, Capacity, Leave, Seat, Tier
from secretariat.bodies.sitting import sitting_on
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.directory.parties import Party
from secretariat.dispatch.models import Dispatch
from secretariat.meetings.calling import rows_of
from secretariat.meetings.models import Participant
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda, send_notice
from tests.meetings.test_life import called
from tests.pages import Browser

TODAY = date(2026, 9, 7)
SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 30)


def refusal(verb: Any, *args: Any, **values: Any) -> tuple[str | None, str]:
    """The field and the sentence of a refusal."""
    with pytest.raises(DomainError) as refused:
        verb(*args, **values)
    return refused.value.field, str(refused.value.reason)


def stored(database: sa.orm.Session, key: Any) -> Appointment:
    """The appointment as it is stored now."""
    database.rollback()
    return database.get_one(Appointment, key, populate_existing=True)


@pytest.fixture
def seat(a: Factory, cast: Cast) -> Seat:
    """A vacant seat of the municipalities."""
    return a.seat(cast.body, Party.M)


# ---- terms and levels


def test_the_term_is_shown_and_after_it_that_one_sits_until_a_successor_is_named(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    a.appointment(a.seat(cast.body), a.person("Kari Nordmann"), term_ends_on=date(2026, 12, 31))
    member = browse.as_("member")
    during, after = (member.open(f"/utvalg/{cast.body.id}?dato={day}").text for day in ("31.12.2026", "1.1.2027"))
    assert "Perioden ut 31.12.2026" in during
    assert "Sitter til ny er oppnevnt" not in during
    assert "Sitter til ny er oppnevnt" in after
    assert "Perioden gikk ut 31.12.2026" in after


def test_the_form_asks_for_the_term_and_proposes_the_bodys_own(browse: Browser, cast: Cast, a: Factory) -> None:
    with writing("test") as work:
        work.execute(sa.update(Body).where(Body.id == cast.body.id).values(term_begins="04-01"))
    seat = a.seat(cast.body)
    page = browse.as_("secretary").open(f"/utvalg/plass/{seat.id}/oppnevn")
    proposed = {element.get("name"): element.get("value") for element in page.html.all("input")}
    assert proposed["term_ends_on"] == "2027-03-31"
    refused = page.fill("Person", "Contact Testesen").fill("Perioden går ut", "1.1.2020").press("Oppnevn")
    assert refused.status == 422
    assert "Perioden kan ikke gå ut før oppnevningen begynner." in refused.text
    done = refused.fill("Person", "Contact Testesen").fill("Perioden går ut", "31.3.2027").press("Oppnevn", tier="top")
    assert "Perioden ut 31.03.2027" in done.text
    assert "nivå: toppledelse" in done.text


def test_without_a_rule_the_form_proposes_the_term_that_the_others_sit_for(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    for day in (date(2027, 10, 31), date(2027, 10, 31), date(2026, 12, 31), date(2026, 9, 6)):
        a.appointment(a.seat(cast.body), term_ends_on=day)
    page = browse.as_("secretary").open(f"/utvalg/plass/{a.seat(cast.body).id}/oppnevn")
    proposed = {element.get("name"): element.get("value") for element in page.html.all("input")}
    assert proposed["term_ends_on"] == "2027-10-31"


def test_the_level_follows_the_title_unless_another_is_given(
    a: Factory, cast: Cast, seat: Seat, database: sa.orm.Session
) -> None:
    secretary = cast.actor("secretary")
    mayor = a.person("Odd Ordfører", title="Ordfører")
    made = actions.appoint(secretary, seat, person_id=mayor.id, starts_on=TODAY)
    assert stored(database, made).tier == Tier.POLITICAL
    correcting.change_appointment(secretary, made, tier=Tier.PROFESSIONAL, term_ends_on=date(2027, 12, 31))
    assert (stored(database, made).tier, stored(database, made).term_ends_on) == ("professional", date(2027, 12, 31))
    correcting.change_appointment(secretary, made)
    assert (stored(database, made).tier, stored(database, made).term_ends_on) == ("political", None)


def test_the_level_is_shown_to_secretariat_and_chairs_alone(browse: Browser, cast: Cast, a: Factory) -> None:
    a.appointment(a.seat(cast.body), tier=Tier.TOP.value)
    for role, shown in {"secretary": True, "chair": True, "member": False, "contact": False}.items():
        assert ("toppledelse" in browse.as_(role).open(f"/utvalg/{cast.body.id}").text) is shown, role


def test_the_level_stands_neither_in_the_api_nor_in_what_is_sent(app: Flask, cast: Cast, a: Factory) -> None:
    a.appointment(a.seat(cast.body), tier=Tier.TOP.value)
    client = app.test_client()
    for role in ("member", "secretary"):
        answer = client.get("/api/v1/appointments", headers={"Authorization": f"Bearer token-{role}"})
        assert not any("tier" in row for row in answer.json["items"])
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    sent = session().scalars(sa.select(Dispatch).where(Dispatch.meeting_id == meeting.id)).one()
    assert "recipients" in str(sent.manifest)
    assert "tier" not in str(sent.manifest)


def test_term_and_level_are_changed_on_a_page(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}").follow("Endre periode og nivå: Member Testesen")
    done = page.fill("Perioden går ut", "31.12.2027").press("Lagre", tier="manager")
    assert "Oppnevningen er endret." in done.text
    assert "Perioden ut 31.12.2027" in done.text


# ---- what is over, and what was a mistake


def test_what_has_ended_is_never_rewritten(cast: Cast, seat: Seat, database: sa.orm.Session) -> None:
    secretary, person = cast.actor("secretary"), cast.person["contact"].id
    held = actions.appoint(secretary, seat, person_id=person, starts_on=SPRING, ends_on=SUMMER)
    sentence = "Siste dag var 30. juni 2026. Det som er over, kan ikke endres."
    assert refusal(actions.end_appointment, secretary, held, ends_on=TODAY) == ("ends_on", sentence)
    assert refusal(correcting.change_appointment, secretary, held, tier=Tier.TOP)[1] == sentence
    assert refusal(correcting.withdraw_appointment, secretary, held)[1] == sentence
    assert stored(database, held).ends_on == SUMMER


def test_an_appointment_made_by_mistake_is_withdrawn_as_if_it_had_never_been(
    cast: Cast, seat: Seat, database: sa.orm.Session
) -> None:
    secretary = cast.actor("secretary")
    made = actions.appoint(secretary, seat, person_id=cast.person["contact"].id, starts_on=TODAY)
    actions.give_leave(secretary, made, starts_on=TODAY)
    correcting.withdraw_appointment(secretary, made)
    database.rollback()
    assert database.get(Appointment, made, populate_existing=True) is None
    assert database.scalar(sa.select(sa.func.count()).select_from(Leave)) == 0
    assert seat.id not in {sitting.seat_id for sitting in sitting_on(cast.body.id, TODAY)}


def test_who_was_named_in_a_round_is_still_named_when_the_appointment_is_withdrawn(
    cast: Cast, seat: Seat, database: sa.orm.Session
) -> None:
    secretary, here = cast.actor("secretary"), {"partnership_id": cast.partnership.id}
    made = actions.appoint(secretary, seat, person_id=cast.person["contact"].id, starts_on=TODAY)
    term = {"starts_on": date(2027, 1, 1), "term_ends_on": date(2030, 12, 31), "answer_by": date(2026, 12, 1)}
    campaign = Campaign(**here, title="Ny periode", **term)
    letter = NominationLetter(**here, campaign_id=campaign.id, nominator="Stedet kommune", party=Party.M)
    named = Nomination(**here, letter_id=letter.id, seat_id=seat.id, appointment_id=made)
    for row in (campaign, letter, named):
        with writing("test") as work:
            work.add(row)
    correcting.withdraw_appointment(secretary, made)
    database.rollback()
    assert database.get_one(Nomination, named.id, populate_existing=True).appointment_id is None


def test_an_appointment_is_not_withdrawn_once_a_meeting_was_called_with_it(cast: Cast, a: Factory, seat: Seat) -> None:
    secretary = cast.actor("secretary")
    made = actions.appoint(secretary, seat, person_id=cast.person["contact"].id, starts_on=TODAY)
    meeting = called(a.meeting(cast.body, day=date(2026, 10, 1)))
    sentence = "Møte i ASU 1. oktober 2026 er innkalt med denne oppnevningen."
    assert refusal(correcting.withdraw_appointment, secretary, made)[1] == sentence
    assert cast.person["contact"].id in {row.person_id for row in rows_of(meeting)}


def test_only_secretaries_withdraw(cast: Cast, seat: Seat) -> None:
    made = actions.appoint(cast.actor("secretary"), seat, person_id=cast.person["contact"].id, starts_on=TODAY)
    for role in ("chair", "member"):
        with pytest.raises(Denied):
            correcting.withdraw_appointment(cast.actor(role), made)
    with pytest.raises(NotFound):
        correcting.withdraw_appointment(cast.actor("stranger"), made)


def test_the_page_of_withdrawing_says_what_is_in_the_way(browse: Browser, cast: Cast, a: Factory, seat: Seat) -> None:
    secretary = cast.actor("secretary")
    made = actions.appoint(secretary, seat, person_id=cast.person["contact"].id, starts_on=TODAY)
    browser = browse.as_("secretary")
    page = browser.open(f"/utvalg/oppnevning/{made}/avslutt").follow("Var oppnevningen en feil?")
    assert "Contact Testesen" in page.text
    called(a.meeting(cast.body, day=date(2026, 10, 1)))
    refused = page.press("Trekk tilbake")
    assert refused.status == 422
    assert "er innkalt med denne oppnevningen" in refused.text
    other = actions.appoint(secretary, a.seat(cast.body), person_id=cast.person["archivist"].id, starts_on=TODAY)
    done = browser.open(f"/utvalg/oppnevning/{other}/trekk").press("Trekk tilbake")
    assert "Oppnevningen er trukket tilbake." in done.text
    assert browser.open(f"/utvalg/oppnevning/{other}/trekk").status == 404


def test_ending_an_appointment_before_a_meeting_that_was_held_leaves_the_meeting_its_people(
    cast: Cast, a: Factory, database: sa.orm.Session
) -> None:
    meeting = called(a.meeting(cast.body, day=TODAY - timedelta(days=5)))
    person = cast.person["member"]
    held = database.scalars(
        sa.select(Appointment.id).where(Appointment.person_id == person.id, Appointment.capacity == Capacity.HOLDER)
    ).one()
    actions.end_appointment(cast.actor("secretary"), held, ends_on=TODAY - timedelta(days=10))
    database.rollback()
    row = database.scalars(sa.select(Participant).where(Participant.person_id == person.id)).one()
    assert (row.meeting_id, row.removed_at, len(row.seats)) == (meeting.id, None, 1)
    assert person.id not in {sitting.person_id for sitting in sitting_on(cast.body.id, meeting.day)}


def test_a_seat_is_not_filled_twice_on_one_day(cast: Cast, seat: Seat) -> None:
    secretary = cast.actor("secretary")
    actions.appoint(secretary, seat, person_id=cast.person["contact"].id, starts_on=TODAY)
    twice = refusal(actions.appoint, secretary, seat, person_id=cast.person["archivist"].id, starts_on=TODAY)
    assert twice == (
        "starts_on",
        "Contact Testesen har plassen fra 7. september 2026 og sitter til ny er oppnevnt.",
    )
    same_day = {"person_id": cast.person["archivist"].id, "starts_on": TODAY, "replaces": True}
    assert refusal(actions.appoint, secretary, seat, **same_day)[0] == "starts_on"
