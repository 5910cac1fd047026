"""One person registered twice: read as one everywhere, with the rights of both, and set apart as if never merged."""

from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.accounts import actions as accounts
from secretariat.accounts.models import User
from secretariat.accounts.recognition import actor_of, recognise, secret_hash
from secretariat.bodies.sitting import sitting_on
from secretariat.core import access, clock
from secretariat.core.access import visible
from secretariat.core.actions import writing
from secretariat.core.actor import Actor, Role
from secretariat.core.errors import Denied, DomainError, Hindered, NotFound
from secretariat.decisions.models import Task
from secretariat.directory import merging, queries
from secretariat.directory.imports import actions as importing
from secretariat.directory.models import ImportKind, Person, PersonMerge
from secretariat.directory.parties import Party
from secretariat.meetings import queries as meetings
from secretariat.meetings.appointments_since import proposals
from secretariat.meetings.calling import called_people
from secretariat.meetings.models import Meeting, MeetingState, Participant, ParticipantRole
from secretariat.messages import links, queries as messages
from secretariat.messages.models import Link, Mail
from secretariat.web.tables import METADATA
from secretariat.web.verifying import findings
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

CHANGES_WITH_EVERY_ACTION = ("audit_", "outbox", "request_key", "person_merge", "sign_in")


class Twice:
    """Somebody who is registered twice: the one who stays, and the duplicate."""

    def __init__(self, cast: Cast, a: Factory) -> None:
        self.cast, self.a = cast, a
        self.kept = a.person("Kari Nordmann", organisation=cast.municipality, email="kari@stedet.example")
        self.double = a.person("Kari Nordmann", organisation=cast.municipality, email="kari.n@stedet.example")
        for person in (self.kept, self.double):
            a.user(person, token=f"token-{person.email}")

    def merge(self, role: str = "secretary") -> Any:
        return merging.merge(self.cast.actor(role), self.kept.id, duplicate_id=self.double.id)


@pytest.fixture
def twice(cast: Cast, a: Factory) -> Twice:
    return Twice(cast, a)


def broken() -> list[str]:
    """What is not as the directory promises."""
    return [str(one) for one in findings() if one.id == "MERGED_ONCE"]


def dump(database: sa.orm.Session) -> dict[str, list[Any]]:
    """All that is stored, but what every action writes besides."""
    database.rollback()
    tables = [t for t in METADATA.sorted_tables if not t.name.startswith(CHANGES_WITH_EVERY_ACTION)]
    return {t.name: sorted(map(repr, database.execute(sa.select(t)))) for t in tables}


def called_to(a: Factory, cast: Cast, person: Person) -> Meeting:
    meeting = a.meeting(cast.body, state=MeetingState.CALLED, called_at=clock.now())
    row = Participant(
        partnership_id=meeting.partnership_id,
        meeting_id=meeting.id,
        person_id=person.id,
        name=person.name,
        party=Party.M,
        role=ParticipantRole.GUEST,
        seats=[],
    )
    with writing("test") as work:
        work.add(row)
        access.grant(meeting, because="called", start=clock.today(), person_id=person.id)
    return meeting


def test_the_rights_of_both_are_the_rights_of_one(cast: Cast, a: Factory, twice: Twice) -> None:
    a.appointment(a.seat(cast.body), twice.double)
    a.office(twice.double, Role.CONTACT, organisation_id=cast.municipality.id, partnership_id=cast.partnership.id)
    assert actor_of(twice.kept.id).bodies == frozenset()
    merge_id = twice.merge("administrator")
    for one in (twice.kept, twice.double):
        actor = actor_of(one.id)
        assert actor.person_id == twice.kept.id
        assert actor.person_ids == {twice.kept.id, twice.double.id}
        assert actor.bodies == {cast.body.id}
        assert actor.organisations == {cast.municipality.id}
    merging.part(cast.actor("administrator"), merge_id)
    assert actor_of(twice.kept.id).bodies == frozenset()
    assert actor_of(twice.double.id).person_id == twice.double.id


def test_either_address_signs_in_as_the_one_who_stays(twice: Twice) -> None:
    twice.merge()
    for person in (twice.kept, twice.double):
        asking = type("Asking", (), {"headers": {"Authorization": f"Bearer token-{person.email}"}})()
        assert secret_hash(f"token-{person.email}")
        assert recognise(asking).person_id == twice.kept.id


def test_who_is_recognised_still_costs_one_statement(twice: Twice) -> None:
    twice.merge()
    with count_statements() as asked:
        actor_of(twice.double.id)
    assert asked.count == 1


def test_what_was_opened_to_either_is_open_to_the_one(
    cast: Cast, a: Factory, twice: Twice, database: sa.orm.Session
) -> None:
    meeting = called_to(a, cast, twice.double)
    letter = Mail(
        person_id=twice.double.id,
        partnership_id=cast.partnership.id,
        to_name="Kari",
        to_address="kari.n@stedet.example",
        subject="Innkalling",
        text="Hei",
        message_id="<1@test.example>",
        subject_kind="meeting",
    )
    item = a.item(meeting)
    task = Task(
        partnership_id=meeting.partnership_id,
        meeting_id=meeting.id,
        agenda_item_id=item.id,
        text="Gjør det",
        responsible_person_id=twice.double.id,
        in_force=True,
    )
    with writing("test") as work:
        work.add_all([letter, task])
    before = actor_of(twice.kept.id)
    assert meetings.own_reply(before, meeting.id) is None
    twice.merge()
    one = actor_of(twice.kept.id)
    for model, row in ((Meeting, meeting), (Mail, letter), (Task, task)):
        assert database.scalar(sa.select(model.id).where(model.id == row.id, visible(one, model)))
    assert meetings.own_reply(one, meeting.id) is not None
    opened = messages.mail(one, letter.id)
    assert opened is not None
    assert opened.is_mine


def test_one_stands_in_lists_pickers_and_meetings(cast: Cast, a: Factory, twice: Twice) -> None:
    for person in (twice.kept, twice.double):
        a.appointment(a.seat(cast.body), person)
    meeting = a.meeting(cast.body)
    secretary = cast.actor("secretary")
    assert [one.name for one in queries.people(secretary, "kari")] == ["Kari Nordmann"] * 2
    assert sum(one.name == "Kari Nordmann" for one in called_people(meeting)) == 2
    twice.merge()
    assert [one.id for one in queries.people(secretary, "kari")] == [twice.kept.id]
    called = [one for one in called_people(meeting) if one.name == "Kari Nordmann"]
    assert [(one.person_id, len(one.seats)) for one in called] == [(twice.kept.id, 2)]
    sitting = {one.person_id for one in sitting_on(cast.body.id, clock.today())}
    assert twice.kept.id in sitting
    assert twice.double.id not in sitting


def test_the_chair_of_a_meeting_leads_it_under_either_registration(cast: Cast, a: Factory, twice: Twice) -> None:
    a.appointment(a.seat(cast.body), twice.kept)
    meeting = a.meeting(cast.body, chair_person_id=twice.double.id)
    twice.merge()
    assert [one.person_id for one in called_people(meeting) if one.role is ParticipantRole.CHAIR] == [twice.kept.id]


def test_a_file_with_the_duplicates_address_changes_nothing(cast: Cast, twice: Twice) -> None:
    twice.merge()
    rows = [("Kari", "Nordmann", "Stedet kommune", person.email or "") for person in (twice.kept, twice.double)]
    cells = (("Fornavn", "Etternavn", "Organisasjon", "E-post"), *rows)
    batch_id = importing.read_rows(cast.actor("secretary"), cast.partnership, kind=ImportKind.PEOPLE, cells=cells)
    preview = importing.preview(cast.actor("secretary"), batch_id)
    assert preview is not None
    assert preview.changes_nothing


def test_a_sign_in_link_to_either_address_leads_to_the_one_who_stays(
    browse: Browser, twice: Twice, database: sa.orm.Session
) -> None:
    twice.merge()
    for person in (twice.kept, twice.double):
        accounts.ask_for_link(Actor.system(), email=person.email)
        link = database.scalars(sa.select(Link).where(Link.person_id == person.id)).one()
        browser = browse.as_("anonymous")
        browser.open(f"/lenke/{links.token(link)}").press("Logg meg inn")
        assert twice.kept.email in browser.open("/min-side/lagret").text


def test_a_meeting_that_was_called_before_proposes_nothing_new(cast: Cast, a: Factory, twice: Twice) -> None:
    a.appointment(a.seat(cast.body), twice.double)
    meeting = called_to(a, cast, twice.double)
    with writing("test") as work:
        row = work.scalars(sa.select(Participant).where(Participant.meeting_id == meeting.id)).one()
        row.role = ParticipantRole.MEMBER
    before = {one.name for one in proposals(meeting)}
    twice.merge()
    assert {one.name for one in proposals(meeting)} == before - {"Kari Nordmann"}


def test_no_key_is_moved_and_parting_restores_all(
    cast: Cast, a: Factory, twice: Twice, database: sa.orm.Session
) -> None:
    a.appointment(a.seat(cast.body), twice.double)
    called_to(a, cast, twice.double)
    before = dump(database)
    merge_id = twice.merge()
    assert dump(database) == before
    assert database.get_one(PersonMerge, merge_id).undone_at is None
    merging.part(cast.actor("secretary"), merge_id)
    assert dump(database) == before
    assert [one.id for one in queries.people(cast.actor("secretary"), "kari")] == [twice.kept.id, twice.double.id]
    assert broken() == []
    assert twice.merge()


def test_nobody_is_read_as_one_who_is_read_as_a_third(cast: Cast, a: Factory, twice: Twice) -> None:
    """Invariant MERGED_ONCE."""
    third = a.person("Kari Nordmann", organisation=cast.municipality)
    secretary = cast.actor("secretary")
    twice.merge()
    for person_id, duplicate_id in (
        (third.id, twice.kept.id),
        (twice.double.id, third.id),
        (third.id, twice.double.id),
        (twice.kept.id, twice.kept.id),
    ):
        with pytest.raises(DomainError):
            merging.merge(secretary, person_id, duplicate_id=duplicate_id)
    assert merging.merge(secretary, twice.kept.id, duplicate_id=third.id)
    assert broken() == []


def test_a_merge_opens_no_room_to_the_one_who_makes_it(cast: Cast, a: Factory) -> None:
    secretary, person = cast.actor("secretary"), cast.person
    for kept, double in (("member", "hospital_member"), ("secretary", "hospital_secretary"), ("member", "contact")):
        with pytest.raises(Hindered):
            merging.merge(secretary, person[kept].id, duplicate_id=person[double].id)
        assert merging.merge(cast.actor("administrator"), person[kept].id, duplicate_id=person[double].id)


def test_only_those_who_register_people_merge_them(cast: Cast, twice: Twice) -> None:
    for role, refusal in (("member", NotFound), ("stranger", NotFound), ("contact", NotFound)):
        with pytest.raises(refusal):
            twice.merge(role)
    with pytest.raises(Denied):
        merging.merge(cast.actor("member"), cast.person["member"].id, duplicate_id=twice.double.id)
    stranger = cast.person["stranger"]
    with pytest.raises(DomainError):
        merging.merge(cast.actor("secretary"), twice.kept.id, duplicate_id=stranger.id)


def test_probable_duplicates_are_shown_compared_merged_and_parted_on_pages(
    browse: Browser, cast: Cast, a: Factory, twice: Twice
) -> None:
    a.person("Karin Annen", organisation=cast.trust, phone="900 11 222")
    a.person("Ulik Person", organisation=cast.municipality, phone="900 11 222")
    a.appointment(a.seat(cast.body), twice.double)
    listed = browse.as_("secretary").open("/personer").follow("Mulige dubletter")
    assert "Samme navn" in listed.text
    assert "Samme telefon" in listed.text
    side = browse.as_("secretary").open(f"/personer/{twice.kept.id}/sammen?med={twice.double.id}")
    assert side.status == 200
    assert cast.body.name in side.text
    merged = side.press("Slå sammen")
    assert "Kari Nordmann er lest som Kari Nordmann" in merged.text
    parted = merged.press("Skill dem igjen Kari Nordmann")
    assert "De står hver for seg igjen." in parted.text
    person = browse.as_("secretary").open(f"/personer/{twice.kept.id}").follow("Slå sammen med en annen registrering")
    assert "kari.n@stedet.example" in person.text


def test_my_page_shows_the_one_who_stays(browse: Browser, cast: Cast, twice: Twice, database: sa.orm.Session) -> None:
    twice.merge()
    cast.person["double"] = twice.double
    page = browse.as_("double").open("/min-side").fill("Telefon", "900 00 111").press("Lagre")
    assert "Opplysningene er lagret." in page.text
    database.rollback()
    phones = dict(database.execute(sa.select(Person.id, Person.phone)).all())
    assert (phones[twice.kept.id], phones[twice.double.id]) == ("900 00 111", "")


@pytest.mark.parametrize("address", ["/personer/like", "/personer/{kept}/sammen?med={double}"])
def test_the_pages_cost_as_many_statements_with_many_as_with_few(
    browse: Browser, cast: Cast, a: Factory, twice: Twice, address: str
) -> None:
    secretary, counts = browse.as_("secretary"), []
    for more in (0, 8):
        for _ in range(more):
            a.person("Ola Hansen", organisation=cast.municipality)
            a.appointment(a.seat(cast.body), twice.double)
        with count_statements() as statements:
            assert secretary.open(address.format(kept=twice.kept.id, double=twice.double.id)).status == 200
        counts.append(statements.count)
    assert counts[0] == counts[1] <= 15


def test_users_stay_each_their_own(twice: Twice, database: sa.orm.Session) -> None:
    twice.merge()
    ids = (twice.kept.id, twice.double.id)
    assert database.scalar(sa.select(sa.func.count()).where(User.person_id.in_(ids))) == 2
