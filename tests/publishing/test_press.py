"""Nothing is public before someone presses Publiser; what is exempt never is."""

from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, Hindered, NotFound
from secretariat.decisions.models import Decision
from secretariat.meetings.models import AgendaItem, Meeting
from secretariat.minutes.models import MinutesState
from secretariat.publishing import actions, invariants
from secretariat.publishing.models import Publication, PublicationKind
from secretariat.publishing.preparing import Preview, look, prepare
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.publishing import (
    LINK,
    OPEN_WORDS,
    SECRET_TITLE,
    SECRET_WORDS,
    approve_minutes,
    sent_meeting,
    store,
)

AGENDA, MINUTES = PublicationKind.MEETING, PublicationKind.MINUTES


def preview(cast: Cast, meeting: Meeting, kind: PublicationKind = AGENDA, role: str = "secretary") -> Preview:
    return prepare(cast.actor(role), meeting, kind)


def publish(cast: Cast, meeting: Meeting, kind: PublicationKind = AGENDA, role: str = "secretary") -> Publication:
    seen = preview(cast, meeting, kind, role)
    publication_id = actions.publish_meeting(cast.actor(role), meeting, kind=kind, content_sha256=seen.sha256)
    return session().get_one(Publication, publication_id)


def test_what_the_secretary_previewed_is_what_is_published(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    seen = preview(cast, meeting)
    published = publish(cast, meeting)
    assert published.content == seen.content
    assert published.file_sha256 == seen.printed[0]


@pytest.mark.parametrize("role", ["secretary", "hospital_secretary"])
def test_both_secretaries_may_publish(a: Factory, cast: Cast, role: str) -> None:
    assert publish(cast, sent_meeting(a, cast), role=role).published_by_id == cast.person[role].id


def test_an_edition_that_changed_after_the_preview_is_not_published(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    seen = preview(cast, meeting)
    with writing("test") as work:
        work.get_one(Meeting, meeting.id).place = "Levanger rådhus"
    with pytest.raises(DomainError):
        actions.publish_meeting(cast.actor("secretary"), meeting, kind=AGENDA, content_sha256=seen.sha256)


def test_nothing_is_published_without_a_preview(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    unseen = look(cast.actor("secretary"), meeting, AGENDA).sha256
    with pytest.raises(DomainError):
        actions.publish_meeting(cast.actor("secretary"), meeting, kind=AGENDA, content_sha256=unseen)


def test_an_agenda_that_was_not_sent_cannot_be_published(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body)
    with pytest.raises(Hindered):
        actions.publish_meeting(cast.actor("secretary"), meeting, kind=AGENDA, content_sha256="x")


@pytest.mark.parametrize("state", [MinutesState.DRAFT, MinutesState.COMMENTING])
def test_minutes_are_published_only_when_approved(a: Factory, cast: Cast, state: MinutesState) -> None:
    meeting = sent_meeting(a, cast)
    approve_minutes(cast, meeting, state=state)
    seen = preview(cast, meeting, MINUTES)
    assert seen.edition is None
    with pytest.raises(Hindered):
        actions.publish_meeting(cast.actor("secretary"), meeting, kind=MINUTES, content_sha256="x")


def test_a_meeting_in_a_partys_own_room_cannot_be_published(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast, room="M")
    seen = preview(cast, meeting)
    with pytest.raises(Hindered):
        actions.publish_meeting(cast.actor("secretary"), meeting, kind=AGENDA, content_sha256=seen.sha256)


def test_another_partnerships_secretary_cannot_publish(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    with pytest.raises(NotFound):
        actions.publish_meeting(cast.actor("stranger"), meeting, kind=AGENDA, content_sha256="x")


@pytest.mark.parametrize("role", ["chair", "member", "observer"])
def test_those_who_only_meet_cannot_publish(a: Factory, cast: Cast, role: str) -> None:
    meeting = sent_meeting(a, cast)
    with pytest.raises(Denied):
        actions.publish_meeting(cast.actor(role), meeting, kind=AGENDA, content_sha256="x")


def test_an_exempt_item_without_a_public_title_stops_the_press(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    with writing("test") as work:
        work.execute(sa.update(AgendaItem).where(AgendaItem.title == SECRET_TITLE).values(public_title=""))
    assert [str(reason) for reason in look(cast.actor("secretary"), meeting, AGENDA).hindrances] != []


@pytest.mark.parametrize("kind", [AGENDA, MINUTES])
def test_an_exempt_item_leaves_number_public_title_and_law(a: Factory, cast: Cast, kind: PublicationKind) -> None:
    meeting = sent_meeting(a, cast)
    approve_minutes(cast, meeting)
    kept = str(publish(cast, meeting, kind).content)
    assert OPEN_WORDS in kept
    assert "Anskaffelse" in kept
    assert "offl. § 23" in kept
    for secret in (SECRET_TITLE, SECRET_WORDS, LINK, "99 88 77 66", "@kommune.example"):
        assert secret not in kept


def test_an_exempt_decision_keeps_all_that_was_said_of_its_item_inside(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    approve_minutes(cast, meeting)
    with writing("test") as work:
        for decision in work.scalars(sa.select(Decision).where(Decision.meeting_id == meeting.id)):
            decision.exempt_basis = "offl. § 14"
    assert OPEN_WORDS not in str(publish(cast, meeting, MINUTES).content)


def test_what_is_left_out_is_said_with_its_reason(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    a.item(meeting, "Kom til etter utsendingen")
    said = [(str(one.what), str(one.why)) for one in look(cast.actor("secretary"), meeting, AGENDA).left_out]
    assert any("«Kom til etter utsendingen»" in what and why == "er ikke sendt ut" for what, why in said)
    assert any(SECRET_TITLE in what and "offl. § 23" in why for what, why in said)


def test_the_minutes_name_who_was_there_and_who_was_not(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    approve_minutes(cast, meeting)
    content = publish(cast, meeting, MINUTES).content
    assert [one["name"] for group in content["present"] for one in group["people"]] == [cast.person["member"].name]
    assert [one["name"] for one in content["missing"]] == [cast.person["chair"].name]
    assert content["absent"] == []


def test_the_same_edition_twice_is_one_publication(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    assert publish(cast, meeting).id == publish(cast, meeting).id


def test_a_new_edition_takes_the_place_of_the_old(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    before = publish(cast, meeting)
    with writing("test") as work:
        work.get_one(Meeting, meeting.id).place = "Levanger rådhus"
    after = publish(cast, meeting)
    session().expire_all()
    public = sa.select(Publication.id).where(visible(cast.actor("anonymous"), Publication))
    assert session().scalars(public).all() == [after.id]
    assert session().get_one(Publication, before.id).withdrawn_because == "Erstattet av en ny utgave"


def test_a_withdrawal_needs_a_reason_and_is_made_once(a: Factory, cast: Cast) -> None:
    published = publish(cast, sent_meeting(a, cast))
    with pytest.raises(DomainError):
        actions.withdraw(cast.actor("secretary"), published, reason=" ")
    actions.withdraw(cast.actor("secretary"), published, reason="Feil vedlegg")
    with pytest.raises(DomainError):
        actions.withdraw(cast.actor("secretary"), published, reason="En gang til")


def test_what_is_public_keeps_its_promises(a: Factory, cast: Cast) -> None:
    meeting = sent_meeting(a, cast)
    approve_minutes(cast, meeting)
    publish(cast, meeting)
    publish(cast, meeting, MINUTES)
    assert [*invariants.unpressed(), *invariants.exempt_in_public()] == []


def row(meeting: Meeting, **content: Any) -> Publication:
    return Publication(
        partnership_id=meeting.partnership_id,
        meeting_id=meeting.id,
        kind=AGENDA,
        content=content,
        published_at=clock.now(),
    )


def test_a_publication_that_nobody_pressed_for_is_a_breach(a: Factory, cast: Cast) -> None:
    store(row(sent_meeting(a, cast)))
    assert len([*invariants.unpressed()]) == 1


def test_exempt_words_in_a_publication_are_a_breach(a: Factory, cast: Cast) -> None:
    item = {"title": "Anskaffelse", "exempt_basis": "offl. § 23", "presenter": "Kari Nordmann"}
    empty = dict.fromkeys(("raised_by", "proposal", "sections", "files", "text", "outcomes"), "")
    store(row(sent_meeting(a, cast), items=[item | empty]))
    assert len([*invariants.exempt_in_public()]) == 1
