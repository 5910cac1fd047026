"""Kopi til: those outside the meeting who get the notice for information."""

from datetime import date
from email import message_from_bytes

import pytest
import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.dispatch import actions, copies
from secretariat.dispatch.models import CopyDelivery, CopyRecipient, Dispatch, DispatchKind
from secretariat.dispatch.preparing import prepare
from secretariat.meetings.models import Meeting
from secretariat.messages.models import Mail
from secretariat.messages.sending import begin
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import meeting_with_agenda
from tests.pages import Browser

POST = "postmottak@statsforvalteren.example"


@pytest.fixture
def meeting(a: Factory, cast: Cast) -> Meeting:
    """A meeting whose notice can go out."""
    return meeting_with_agenda(a, cast.body)


def _send(cast: Cast, meeting: Meeting) -> None:
    actor = cast.actor("secretary")
    actions.send_notice(actor, meeting.id, manifest_sha256=prepare(actor, meeting, DispatchKind.NOTICE).sha256)


def _add(cast: Cast, meeting: Meeting, **values: object) -> None:
    given = {"name": "Statsforvalteren i Trøndelag", "email": POST} | values
    copies.add_copy(cast.actor("secretary"), meeting.id, **given)


def test_a_copy_goes_out_with_the_notice_and_is_noted_as_delivered(cast: Cast, meeting: Meeting) -> None:
    _add(cast, meeting)
    _send(cast, meeting)

    delivery = session().scalars(sa.select(CopyDelivery)).one()
    assert delivery.email == POST
    mail = session().get_one(Mail, delivery.mail_id)
    assert mail.person_id is None
    assert mail.subject.startswith("Kopi av innkalling: ")
    assert session().scalars(sa.select(Dispatch.manifest)).one()["copies"][0]["email"] == POST


def test_the_copy_brings_the_public_edition_and_no_way_to_answer(cast: Cast, meeting: Meeting) -> None:
    _add(cast, meeting)
    _send(cast, meeting)
    mail_id = session().scalars(sa.select(CopyDelivery.mail_id)).one()
    assert mail_id is not None

    parcel = begin(mail_id)
    assert parcel is not None
    mail = message_from_bytes(parcel.raw)
    (attached,) = (part for part in mail.walk() if part.get_content_type() == "application/pdf")
    assert "offentlig" in str(attached.get_filename())
    assert attached.get_payload(decode=True)[:5] == b"%PDF-"
    assert "/lenke/" not in session().get_one(Mail, mail_id).text


def test_a_copy_of_every_meeting_is_of_the_next_one_too(a: Factory, cast: Cast, meeting: Meeting) -> None:
    later = a.meeting(cast.body, day=date(2026, 12, 1))
    _add(cast, meeting, every_meeting=True)
    _add(cast, meeting, name="KS", email="post@ks.example")

    assert [copy.name for copy in copies.copies_of(later)] == ["Statsforvalteren i Trøndelag"]
    assert len(copies.copies_of(meeting)) == 2


def test_the_same_address_gets_one_copy_and_an_odd_one_is_refused(cast: Cast, meeting: Meeting) -> None:
    _add(cast, meeting)
    with pytest.raises(DomainError, match="fra før"):
        _add(cast, meeting, email=POST.upper())
    with pytest.raises(DomainError, match="gyldig"):
        _add(cast, meeting, email="ikke en adresse")


def test_copies_are_added_and_taken_away_on_the_page_and_shown_when_sent(
    cast: Cast, meeting: Meeting, browse: Browser
) -> None:
    page = browse.as_("secretary").open(f"/moter/{meeting.id}/innkalling")
    page = page.fill("Kopi til", "KS Midt").fill("E-post for kopien", "tull").press("Legg til")
    assert page.status == 422
    assert "KS Midt" in page.response.get_data(as_text=True)
    page = page.fill("E-post for kopien", "post@ks.example").press("Legg til")
    assert "post@ks.example" in page.text
    page = page.press("Fjern KS Midt")
    session().rollback()
    assert session().scalar(sa.select(CopyRecipient.id)) is None

    page.fill("Kopi til", "KS Midt").fill("E-post for kopien", "post@ks.example").press("Legg til")
    sent = browse.as_("secretary").open(f"/moter/{meeting.id}/innkalling").press("Send innkalling")
    assert "KS Midt (kopi)" in sent.text


def test_a_member_says_nothing_of_copies(cast: Cast, meeting: Meeting, browse: Browser) -> None:
    _add(cast, meeting)
    copy = session().scalars(sa.select(CopyRecipient)).one()
    browse.as_("member").open("/")

    assert copies.copy_recipient(cast.actor("member"), meeting.id, copy.id) is None
    assert copies.copy_recipient(cast.actor("secretary"), meeting.id, copy.id) is not None
