"""What is held on a person is shown to that person; and when its time has passed, it is erased but for old meetings."""

import csv
import io
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.accounts.models import User
from secretariat.accounts.recognition import actor_of
from secretariat.core import audit, clock
from secretariat.core.actions import writing
from secretariat.core.actor import Role
from secretariat.core.errors import DomainError, NotFound
from secretariat.directory import actions, forgetting, merging, queries
from secretariat.directory.imports import actions as importing
from secretariat.directory.models import ImportKind, Notification, Person
from secretariat.directory.parties import Party
from secretariat.meetings.models import MeetingState, Participant, ParticipantRole, Reply
from secretariat.messages import links, mail
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import LinkPurpose, Mail, MailState
from secretariat.web.tables import METADATA
from secretariat.web.verifying import findings
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

LONG_GONE = date(2021, 5, 1)
MAY_NAME = ("participant", "dispatch", "delivery", "minutes", "item_text", "publication", "copy_")
OLD = {"organisation_id": None, "language": "nb", "notification": Notification.EACH, "title": "rådgiver"}


def someone_of_old(cast: Cast, a: Factory, day: date = LONG_GONE) -> Person:
    """Somebody who sat, was called, answered, had a user and got mail, and whom nothing has been kept for since."""
    reached = {"email": "gunnvor@stedet.example", "phone": "90 11 22"}
    person = a.person("Gunnvor Åstveit", organisation=cast.municipality, **reached)
    a.appointment(a.seat(cast.body), person, ends_on=day)
    a.office(person, Role.CONTACT, organisation_id=cast.municipality.id, ends_on=day)
    meeting = a.meeting(cast.body, day=day, state=MeetingState.HELD, called_at=clock.now(), held_at=clock.now())
    called = Participant(
        partnership_id=meeting.partnership_id,
        meeting_id=meeting.id,
        person_id=person.id,
        name=person.name,
        party=Party.M,
        role=ParticipantRole.MEMBER,
        seats=[],
        reply=Reply.ATTENDING,
        reply_note="Gunnvor Åstveit kommer litt sent",
    )
    a.user(person, token="token-gunnvor")
    given = {"given_name": "Gunnvor", "family_name": "Åstveit"} | reached
    kept = OLD | {"organisation_id": cast.municipality.id}
    actions.change_person(cast.actor("secretary"), person.id, **kept | given | {"phone": "90 11 23"})
    actions.change_person(cast.actor("secretary"), person.id, **kept | given)
    with writing("test") as work:
        work.add(called)
        links.make(LinkPurpose.REPLY, person.id)
        mail.write(
            LetterKind.NOTICE,
            to=person,
            subject="Innkalling til Gunnvor Åstveit",
            text="Hei Gunnvor Åstveit",
            about=meeting,
        )
        mail.write(
            LetterKind.NOTICE, to=cast.person["secretary"], subject="Svar", text="Gunnvor Åstveit kommer", about=meeting
        )
        person = work.merge(person)
        person.created_at = datetime(2020, 1, 1, tzinfo=UTC)
        for letter in work.scalars(sa.select(Mail)):
            letter.state, letter.attempts, letter.sent_at = MailState.SENT, 1, clock.now()
            letter.raw = f"Message-ID: {letter.message_id}\r\nTo: gunnvor@stedet.example\r\n\r\nHei".encode()
    return person


def as_text(value: Any) -> str:
    """What a column holds, to be searched."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def places_that_name(database: sa.orm.Session, *words: str) -> set[str]:
    """Every table with one of the words in it."""
    database.rollback()
    found = set()
    for table in METADATA.sorted_tables:
        for row in database.execute(sa.select(table)):
            said = json.dumps([as_text(value) for value in row], ensure_ascii=False)
            if any(word in said or json.dumps(word)[1:-1] in said for word in words):
                found.add(table.name)
    return found


def old(cast: Cast) -> list[str]:
    return [one.name for one in forgetting.outlived(cast.actor("secretary"), cast.partnership.id)]


def test_a_person_sees_all_that_is_held_and_takes_it_as_a_file(browse: Browser, cast: Cast, a: Factory) -> None:
    cast.person["gunnvor"] = someone_of_old(cast, a)
    own = browse.as_("gunnvor").open("/min-side").follow("Hva er lagret om meg")
    for words in (
        "90 11 22",
        cast.body.name,
        "Samhandlingskontakt",
        "Møte i ASU",
        "Innkalling til Gunnvor",
        "Innlogginger",
    ):
        assert words in own.text
    held = json.loads(browse.as_("gunnvor").open("/min-side/lagret?som=json").response.data)["held"]
    assert {"Registrerte opplysninger", "Oppnevninger", "Roller", "Møter", "E-post", "Lenker", "Bruker"} <= set(held)
    rows = browse.as_("gunnvor").open("/min-side/lagret?som=csv").response.data.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(rows), delimiter=";"))) > sum(map(len, held.values()))


def test_a_secretary_looks_up_what_is_held_only_where_the_secretary_serves(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    person = someone_of_old(cast, a)
    page = browse.as_("secretary").open(f"/personer/{person.id}/lagret")
    assert cast.body.name in page.text
    assert "Innlogginger" not in page.text
    for role, status in (("stranger", 404), ("member", 404), ("contact", 404), ("administrator", 200)):
        assert browse.as_(role).open(f"/personer/{person.id}/lagret").status == status
    assert browse.as_("member").open(f"/personer/{cast.person['member'].id}/lagret").status == 403


def test_only_those_whose_time_has_passed_may_be_anonymised(cast: Cast, a: Factory) -> None:
    person = someone_of_old(cast, a)
    assert old(cast) == ["Gunnvor Åstveit"]
    secretary = cast.actor("secretary")
    forgetting.keep_people_for(secretary, cast.partnership.id, retention_years=6)
    assert old(cast) == []
    with pytest.raises(DomainError, match="ikke er gammel nok"):
        forgetting.anonymise(secretary, person.id)
    forgetting.keep_people_for(secretary, cast.partnership.id, retention_years=5)
    for years in (None, 0, 51):
        with pytest.raises(DomainError):
            forgetting.keep_people_for(secretary, cast.partnership.id, retention_years=years)
    a.appointment(a.seat(cast.body), person, starts_on=clock.today() + timedelta(days=10))
    assert old(cast) == []


def test_an_organisation_in_two_partnerships_keeps_its_people_the_longer_time(cast: Cast, a: Factory) -> None:
    someone_of_old(cast, a)
    actions.register_organisation(
        cast.actor("stranger"), cast.other_partnership, name="Stedet kommune", kind="municipality", party=Party.M
    )
    forgetting.keep_people_for(cast.actor("stranger"), cast.other_partnership.id, retention_years=10)
    assert old(cast) == []


@pytest.mark.parametrize("sealed", [False, True])
def test_after_anonymising_nothing_but_old_meetings_names_the_person(
    cast: Cast, a: Factory, database: sa.orm.Session, sealed: bool
) -> None:
    """Invariant FORGOTTEN_PERSON, and the chain of the log stays whole."""
    person = someone_of_old(cast, a)
    words = ("Gunnvor Åstveit", "gunnvor@stedet.example", "90 11 22", "90 11 23", "Åstveit")
    if sealed:
        with writing("test"):
            audit.seal()
    broken = {one.id for one in findings()}  # what the factory left out
    assert len(places_that_name(database, *words)) > 4
    forgetting.anonymise(cast.actor("secretary"), person.id)
    with writing("test"):
        audit.seal()
    left = places_that_name(database, *words)
    assert {name for name in left if not name.startswith(MAY_NAME)} == set()
    assert "participant" in left
    assert {one.id for one in findings()} <= broken
    row = database.get_one(Person, person.id)
    assert (row.name, row.email, row.phone, row.organisation_id) == ("Anonymisert person", None, "", None)
    assert database.scalar(sa.select(User.id).where(User.person_id == person.id)) is None
    assert queries.people(cast.actor("secretary"), "anonymisert") == []


def test_the_anonymised_cannot_sign_in_be_changed_or_anonymised_again(cast: Cast, a: Factory) -> None:
    person = someone_of_old(cast, a)
    forgetting.anonymise(cast.actor("secretary"), person.id)
    assert actor_of(person.id).bodies == frozenset()
    with pytest.raises(NotFound):
        forgetting.anonymise(cast.actor("secretary"), person.id)
    with pytest.raises(DomainError, match="alt anonymisert"):
        forgetting.anonymise(cast.actor("administrator"), person.id)


def test_every_registration_of_the_person_is_forgotten_at_once(
    cast: Cast, a: Factory, database: sa.orm.Session
) -> None:
    person = someone_of_old(cast, a)
    twin = a.person("Gunnvor Aastveit", organisation=cast.municipality, email="g.aastveit@stedet.example")
    with writing("test") as work:
        work.merge(twin).created_at = datetime(2020, 1, 1, tzinfo=UTC)
    merging.merge(cast.actor("secretary"), person.id, duplicate_id=twin.id)
    assert old(cast) == ["Gunnvor Åstveit"]
    forgetting.anonymise(cast.actor("secretary"), person.id)
    assert places_that_name(database, "Gunnvor Aastveit", "g.aastveit@stedet.example") == set()


def test_what_keeps_the_duplicate_keeps_the_person(cast: Cast, a: Factory) -> None:
    person = someone_of_old(cast, a)
    twin = a.person("Gunnvor Aastveit", organisation=cast.municipality)
    a.appointment(a.seat(cast.body), twin)
    merging.merge(cast.actor("secretary"), person.id, duplicate_id=twin.id)
    assert old(cast) == []


def test_a_file_that_was_read_and_left_is_forgotten_too(cast: Cast, a: Factory, database: sa.orm.Session) -> None:
    person = someone_of_old(cast, a)
    cells = (
        ("Fornavn", "Etternavn", "Organisasjon", "E-post", "Tittel"),
        ("Gunnvor", "Åstveit", "Stedet kommune", "gunnvor@stedet.example", "leder"),
    )
    importing.read_rows(cast.actor("secretary"), cast.partnership, kind=ImportKind.PEOPLE, cells=cells)
    forgetting.anonymise(cast.actor("secretary"), person.id)
    assert "import_batch" not in places_that_name(database, "gunnvor@stedet.example")


def test_people_are_anonymised_on_pages(browse: Browser, cast: Cast, a: Factory) -> None:
    someone_of_old(cast, a)
    listed = browse.as_("secretary").open(f"/personer/sletting/{cast.partnership.id}")
    wrong = listed.fill("Antall år", "0").press("Lagre")
    assert wrong.status == 422
    asked = (
        browse.as_("secretary").open(f"/personer/sletting/{cast.partnership.id}").follow("Anonymiser Gunnvor Åstveit")
    )
    assert "Det kan ikke angres." in asked.text
    assert "Personen er anonymisert." in asked.press("Anonymiser").text
    needed = browse.as_("secretary").open(f"/personer/{cast.person['member'].id}/anonymiser")
    assert "ikke er gammel nok" in needed.text


@pytest.mark.parametrize("address", ["/min-side/lagret", "/personer/sletting/{here}"])
def test_the_pages_cost_as_many_statements_with_much_as_with_little(
    browse: Browser, cast: Cast, a: Factory, address: str
) -> None:
    counts = []
    for _ in range(2):
        for number in range(6):
            a.appointment(a.seat(cast.body), cast.person["secretary"])
            a.person(f"Gammel {number}", organisation=cast.municipality)
        secretary = browse.as_("secretary")
        with count_statements() as statements:
            assert secretary.open(address.format(here=cast.partnership.id)).status == 200
        counts.append(statements.count)
    assert counts[0] == counts[1]


def test_a_meeting_keeps_the_name_it_was_held_with(
    browse: Browser, cast: Cast, a: Factory, database: sa.orm.Session
) -> None:
    person = someone_of_old(cast, a)
    meeting_id = database.scalar(sa.select(Participant.meeting_id).where(Participant.person_id == person.id))
    forgetting.anonymise(cast.actor("secretary"), person.id)
    assert "Gunnvor Åstveit" in browse.as_("secretary").open(f"/moter/{meeting_id}/deltakere").text
