"""What hinders a notice is said all at once, beside the button and by the server."""

from datetime import timedelta

import pytest

from secretariat.core import clock, signals
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import Hindered
from secretariat.directory.models import Person
from secretariat.dispatch import actions
from secretariat.dispatch.models import DispatchKind
from secretariat.dispatch.preparing import prepare
from secretariat.documents.models import FileState, Finding
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import ItemKind
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import attach, case_item, case_of, meeting_with_agenda, send_notice
from tests.pages import Browser


def reasons(cast: Cast, meeting: object, kind: DispatchKind = DispatchKind.NOTICE) -> list[str]:
    return [str(reason) for reason in prepare(cast.actor("secretary"), meeting, kind).hindrances]


def without_address(cast: Cast, role: str) -> None:
    with writing("test"):
        session().get_one(Person, cast.person[role].id).email = None


def test_every_reason_stands_beside_the_button_and_in_the_answer_of_the_server(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting = a.meeting(cast.body, place="")
    item = case_item(a, meeting, "Henvisninger", paper=False)
    attach(case_of(item), "krav.pdf", state=FileState.RECEIVED)
    attach(case_of(item), "liste.pdf", content=b"to", state=FileState.REFUSED, reason=Finding.IDENTITY_NUMBER)
    without_address(cast, "observer")

    expected = [
        "Møtet har verken sted eller lenke til digitalt møte.",
        "Sak 01/2026 mangler saksframlegg: «Henvisninger».",
        "Sak 01/2026 «Henvisninger»: vedlegget «krav.pdf» er ikke ferdig kontrollert.",
        "Sak 01/2026 «Henvisninger»: vedlegget «liste.pdf» er stoppet. Filen inneholder et gyldig fødselsnummer eller "
        "D-nummer. Fjern nummeret, og last opp filen på nytt.",
        "Observer Testesen mangler e-postadresse.",
    ]
    assert reasons(cast, meeting) == expected
    with pytest.raises(Hindered) as refused:
        actions.send_notice(cast.actor("secretary"), meeting.id, manifest_sha256="x")
    assert [str(reason) for reason in refused.value.reasons] == expected
    page = browse.as_("secretary").open(f"/moter/{meeting.id}/innkalling")
    assert all(reason in page.text for reason in expected)
    (button,) = [b for b in page.html.all("button") if b.get("aria-disabled") == "true"]
    assert button.text == "Send innkalling"


def test_rooms_below_are_told_what_hinders_without_knowing_of_dispatch(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body, place="")
    case_item(a, meeting, "Henvisninger", paper=False)
    told = [str(reason) for reason in signals.hindrances.collect("dispatch.send_notice", meeting)]
    assert told == [
        "Møtet har verken sted eller lenke til digitalt møte.",
        "Sak mangler saksframlegg: «Henvisninger».",
    ]


def test_an_empty_agenda_is_not_sent_and_a_heading_is_no_item(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body)
    a.item(meeting, "Før lunsj", kind=ItemKind.HEADING)
    assert reasons(cast, meeting) == ["Sakslisten er tom."]


def test_a_meeting_of_a_body_without_members_has_nobody_to_send_to(a: Factory, cast: Cast) -> None:
    body = a.body("Nytt utvalg", partnership=cast.other_partnership, short_name="NU")
    meeting = a.meeting(body)
    a.item(meeting)
    found = prepare(cast.actor("system"), meeting, DispatchKind.NOTICE)
    assert [person.name for person in found.contents.called] == ["Stranger Testesen"]
    assert [str(reason) for reason in found.hindrances] == [
        "Ingen er kalt inn: utvalget har ingen medlemmer på møtedagen."
    ]


@pytest.mark.parametrize(
    ("happened", "reason"),
    [("past", "Møtet var 3. september 2026. Flytt det før noe sendes."), ("cancelled", "Møtet er avlyst.")],
)
def test_a_meeting_that_was_or_will_not_be_is_not_called(a: Factory, cast: Cast, happened: str, reason: str) -> None:
    day = clock.today() - timedelta(days=4) if happened == "past" else None
    meeting = meeting_with_agenda(a, cast.body, day=day)
    if happened == "cancelled":
        meetings.cancel(cast.actor("secretary"), meeting.id, reason="For få saker.")
    assert reason in reasons(cast, meeting)


def test_a_supplement_needs_something_new(a: Factory, cast: Cast) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    assert reasons(cast, meeting, DispatchKind.SUPPLEMENT) == ["Ingenting er nytt siden forrige utsending."]
    with pytest.raises(Hindered, match="Ingenting er nytt"):
        actions.send_supplement(cast.actor("secretary"), meeting.id, manifest_sha256="x")


def test_a_paper_that_cannot_be_printed_hinders_with_its_reason(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body)
    a.item(meeting, "Sak med tegnet 𒀀 i tittelen")
    (reason,) = reasons(cast, meeting)
    assert reason == "Tegnet «𒀀» kan ikke trykkes. Ta det bort eller skriv det med ord."
