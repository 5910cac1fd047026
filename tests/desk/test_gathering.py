"""News comes by mail as its reader has chosen: at once, gathered on Monday morning, or not at all (``NEWS_AS_WANTED``,
``ONE_LETTER_A_WEEK``)."""

import re
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import secretariat
from secretariat.cases import actions as cases
from secretariat.core import clock, signals
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.decisions.models import Decision
from secretariat.desk import gathering
from secretariat.directory import actions as directory, merging
from secretariat.directory.held import Forgotten
from secretariat.directory.models import Notification, Person
from secretariat.meetings import actions as meetings
from secretariat.messages.kinds import NEWS, LetterKind
from secretariat.messages.mail import write
from secretariat.messages.models import GatheredNews, Mail, MailState
from tests.desk.choosing import broken, choose, letters_to, on_monday, raised_case, work
from tests.factories.cast import Cast
from tests.factories.decisions import PROPOSAL, Room, enter
from tests.minutes.test_minutes import approve, send_out
from tests.pages import Browser

NEWS_ID = sa.select(GatheredNews.id)


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on; the contact has raised its case, and so is told what becomes of it."""
    return enter(cast, raised_by_person_id=cast.person["contact"].id)


def test_whoever_wants_each_piece_of_news_gets_it_at_once(room: Room, cast: Cast) -> None:
    room.decide()
    room.close()

    (mail,) = letters_to(cast, "contact", LetterKind.DECISIONS)
    assert PROPOSAL in mail.text
    assert session().scalar(NEWS_ID) is None


def test_whoever_wants_no_news_gets_none_and_still_sees_it_on_the_page(room: Room, cast: Cast, browse: Browser) -> None:
    choose(cast, "contact", Notification.NEVER)
    decision = room.decide()
    room.close()
    with on_monday():
        work()

    assert letters_to(cast, "contact") == []
    assert session().scalar(NEWS_ID) is None
    assert PROPOSAL in browse.as_("contact").open(f"/vedtak/{decision.id}").text


def test_gathered_news_comes_on_monday_morning_in_one_letter_by_body(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    choose(cast, "chair", Notification.WEEKLY)
    decision = room.decide()
    room.close()
    approve(room)
    with on_monday(at=time(6, 59)):
        work()
    assert letters_to(cast, "contact", LetterKind.WEEKLY_NEWS) == []
    with on_monday():
        work()

    (mail,) = letters_to(cast, "contact", LetterKind.WEEKLY_NEWS)
    assert mail.state is MailState.SENT
    assert mail.partnership_id is None
    for part in (mail.text, mail.html):
        assert cast.body.name in part
        assert PROPOSAL in part
        assert f"/vedtak/{decision.id}" in part
        assert "/min-side" in part
    (to_chair,) = letters_to(cast, "chair", LetterKind.WEEKLY_NEWS)
    assert f"/moter/{room.meeting.id}/referat" in to_chair.text
    assert letters_to(cast, "chair", LetterKind.MINUTES) == []
    assert broken() == []


def test_the_letter_is_in_the_readers_language(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    with writing("test"):
        session().get_one(Person, cast.person["contact"].id).language = "en"
    with on_monday():
        work()

    (mail,) = letters_to(cast, "contact", LetterKind.WEEKLY_NEWS)
    assert '<html lang="en">' in mail.html


def test_a_worker_that_was_down_on_monday_writes_the_letter_when_it_is_up_again(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    with on_monday(weeks=2), clock.at(clock.now() + timedelta(days=2)):
        work()
        work()
    assert len(letters_to(cast, "contact", LetterKind.WEEKLY_NEWS)) == 1


@pytest.mark.parametrize("role", ["member", "chair"])
def test_what_calls_or_asks_or_gives_something_to_do_comes_at_once_whatever_was_chosen(
    room: Room, cast: Cast, role: str
) -> None:
    choose(cast, role, Notification.NEVER)
    room.ask(decision_id=room.decide().id, responsible_person_id=cast.person[role].id)
    room.close()
    send_out(room)

    kinds = {mail.kind for mail in letters_to(cast, role)}
    assert {"task", "draft_minutes"} <= kinds
    assert not kinds & {kind.value for kind in NEWS}


def test_a_question_about_a_case_comes_at_once_and_its_return_as_chosen(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    case = raised_case(cast)
    cases.ask_for_more(cast.actor("secretary"), case, reason="Hvem gjelder det?")
    cases.give_back(cast.actor("secretary"), case, reason="Den hører hjemme i fagrådet.")

    (question,) = letters_to(cast, "contact")
    assert "Hvem gjelder det?" in question.text
    with on_monday():
        work()
    (mail,) = letters_to(cast, "contact", LetterKind.WEEKLY_NEWS)
    assert "Den hører hjemme i fagrådet." in mail.text
    assert "Saker du har meldt" in mail.html


def test_nobody_is_told_what_is_not_for_that_reader_any_more(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    with writing("test"):
        session().execute(sa.update(Decision).values(room="H"))
    with on_monday():
        work()

    assert letters_to(cast, "contact") == []
    assert session().scalar(NEWS_ID) is None


def test_what_a_meeting_that_was_opened_again_had_decided_is_not_told(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    meetings.reopen(room.secretary, room.meeting)
    with on_monday():
        work()

    assert letters_to(cast, "contact") == []


def test_an_exempt_decision_is_named_in_the_letter_and_not_quoted(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    with writing("test"):
        session().execute(sa.update(Decision).values(exempt_basis="offentleglova § 13"))
    with on_monday():
        work()

    (mail,) = letters_to(cast, "contact", LetterKind.WEEKLY_NEWS)
    assert PROPOSAL not in mail.text + mail.html
    assert "unntatt offentlighet" in mail.text


def test_choosing_each_sends_what_waits_at_once_and_only_once(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    choose(cast, "contact", Notification.EACH)
    work()

    (mail,) = letters_to(cast, "contact")
    assert mail.kind == LetterKind.NEWS_THAT_WAITED.value
    assert PROPOSAL in mail.text
    with on_monday():
        work()
    assert letters_to(cast, "contact") == [mail]


def test_choosing_no_news_drops_what_waits(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    choose(cast, "contact", Notification.NEVER)
    assert session().scalar(NEWS_ID) is None
    choose(cast, "contact", Notification.WEEKLY)
    with on_monday():
        work()
    assert letters_to(cast, "contact") == []


def test_changing_to_each_and_back_before_the_worker_has_looked_waits_for_monday(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    choose(cast, "contact", Notification.EACH)
    choose(cast, "contact", Notification.WEEKLY)
    work()

    assert letters_to(cast, "contact") == []
    with on_monday():
        work()
    assert len(letters_to(cast, "contact", LetterKind.WEEKLY_NEWS)) == 1


def test_of_two_registrations_the_kept_one_chooses_and_reads(room: Room, cast: Cast) -> None:
    kept = cast.factory.person("Kontakt Kjent", organisation=cast.municipality, notification=Notification.WEEKLY)
    merge = merging.merge(cast.actor("administrator"), kept, duplicate_id=cast.person["contact"].id)
    room.decide()
    room.close()
    assert letters_to(cast, "contact") == []
    with on_monday():
        work()
    mails = session().scalars(sa.select(Mail).where(Mail.person_id == kept.id)).all()
    assert [mail.kind for mail in mails] == [LetterKind.WEEKLY_NEWS.value]
    assert PROPOSAL in mails[0].text
    assert merge is not None


def test_what_waits_for_a_registration_goes_as_the_kept_one_has_chosen(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    kept = cast.factory.person("Kontakt Kjent", organisation=cast.municipality, notification=Notification.NEVER)
    merging.merge(cast.actor("administrator"), kept, duplicate_id=cast.person["contact"].id)

    assert session().scalar(NEWS_ID) is None
    assert broken() == []


def test_the_secretary_sees_who_has_got_the_minutes_by_mail_and_who_has_not(
    room: Room, cast: Cast, browse: Browser
) -> None:
    choose(cast, "chair", Notification.WEEKLY)
    choose(cast, "deputy_chair", Notification.NEVER)
    room.close()
    approve(room)
    address = f"/moter/{room.meeting.id}/referat"

    page = browse.as_("secretary").open(address)
    assert page.text.count("Samles til mandag") == 1
    assert page.text.count("Vil ikke ha slik e-post") == 1
    assert "Utsendinger" not in browse.as_("member").open(address).text
    with on_monday():
        work()
        assert "Samles til mandag" not in browse.as_("secretary").open(address).text


def test_my_page_says_what_the_choice_means(browse: Browser) -> None:
    text = browse.as_("member").open("/min-side").text
    for kind in LetterKind:
        assert str(kind.word) in text


def test_every_kind_of_news_has_somebody_to_tell_it() -> None:
    assert set(gathering.TELLERS) == NEWS


def test_writing_the_letter_twice_writes_it_once(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    with on_monday():
        for _twice in range(2):
            gathering.gather({"person": str(cast.person["contact"].id)})
    assert len(letters_to(cast, "contact")) == 1


def test_a_letter_that_was_stopped_half_written_loses_nothing(
    room: Room, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()

    def killed(*_: Any) -> None:
        raise RuntimeError("killed")

    with on_monday():
        monkeypatch.setattr(gathering.news, "let_go", killed)
        work()
        assert letters_to(cast, "contact") == []
        assert broken() == []
        monkeypatch.undo()
        with clock.at(clock.now() + timedelta(hours=2)):
            work()
    assert len(letters_to(cast, "contact")) == 1


def test_what_waits_is_held_on_the_person_and_goes_when_who_it_was_is_erased(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    ids = (cast.person["contact"].id,)
    held = [str(thing.says) for thing in signals.held_on.collect(ids, None) if "venter" in str(thing.what)]
    assert held == ["Vedtak som gjelder deg eller organisasjonen din"]

    with writing("test"):
        signals.person_anonymised.tell(Forgotten(ids, ("Kontakt Testesen",), (), "Anonymisert person"))
    assert session().scalar(NEWS_ID) is None


def test_no_news_goes_past_the_choice_of_its_reader(cast: Cast) -> None:
    with pytest.raises(ValueError, match="let its receiver choose"), writing("test"):
        write(LetterKind.DECISIONS, to=cast.person["member"], subject="Vedtak", text="Ja.")

    house = Path(secretariat.__file__).parent
    written = {
        path.name for path in house.glob("**/*.py") if re.search(r"(?<!class )\bMail\(", path.read_text("utf-8"))
    }
    assert written == {"mail.py"}


def test_a_program_that_corrects_a_person_and_says_nothing_of_news_leaves_the_choice(cast: Cast) -> None:
    choose(cast, "member", Notification.WEEKLY)
    person = session().get_one(Person, cast.person["member"].id)
    names = {"given_name": "Ny", "family_name": "Testesen", "organisation_id": person.organisation_id}
    directory.change_person(cast.actor("secretary"), person.id, **names, email=person.email)
    assert session().get_one(Person, person.id, populate_existing=True).notification is Notification.WEEKLY


def test_news_that_waits_goes_as_a_secretary_has_put_down_for_the_person(room: Room, cast: Cast) -> None:
    choose(cast, "contact", Notification.WEEKLY)
    room.decide()
    room.close()
    person = session().get_one(Person, cast.person["contact"].id)
    facts = {name: getattr(person, name) for name in ("given_name", "family_name", "organisation_id", "email")}
    directory.change_person(cast.actor("secretary"), person.id, **facts, notification=Notification.NEVER)
    assert session().scalar(NEWS_ID) is None
