"""News comes by mail as its reader has chosen: at once, gathered on Monday morning, or not at all (``NEWS_AS_WANTED``,
``ONE_LETTER_A_WEEK``)."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st

from secretariat.accounts import actions as accounts
from secretariat.cases import actions as cases
from secretariat.cases.models import CaseState
from secretariat.core import clock, outbox
from secretariat.core.actions import writing
from secretariat.core.dates import instant
from secretariat.core.db import session
from secretariat.core.invariants import promises
from secretariat.core.outbox import Errand
from secretariat.decisions.models import Decision
from secretariat.desk import gathering
from secretariat.directory import merging
from secretariat.directory.models import Notification, Person
from secretariat.meetings import actions as meetings
from secretariat.messages.kinds import NEWS, LetterKind
from secretariat.messages.models import GatheredNews, Mail, MailState
from secretariat.messages.news import GATHER, coming_monday
from tests.factories.cast import Cast
from tests.factories.decisions import PROPOSAL, Room, enter
from tests.minutes.test_minutes import approve, send_out
from tests.pages import Browser

NEWS_ID = sa.select(GatheredNews.id)


@pytest.fixture
def room(cast: Cast) -> Room:
    """A meeting that is going on; the contact has raised its case, and so is told what becomes of it."""
    return enter(cast, raised_by_person_id=cast.person["contact"].id)


def choose(cast: Cast, role: str, choice: Notification) -> None:
    """Somebody chooses on the own page how news comes."""
    person = session().get_one(Person, cast.person[role].id)
    accounts.change_my_details(
        cast.actor(role), person, language=person.language, notification=choice, phone=person.phone
    )


def letters_to(cast: Cast, role: str, *kinds: LetterKind) -> list[Mail]:
    """The mails to one of the cast of these kinds, or of any kind."""
    session().rollback()
    query = sa.select(Mail).where(Mail.person_id == cast.person[role].id).order_by(Mail.created_at, Mail.id)
    names = {kind.value for kind in kinds}
    return [mail for mail in session().scalars(query) if not names or mail.kind in names]


@contextmanager
def on_monday(weeks: int = 0, at: time = time(7, 1)) -> Iterator[datetime]:
    """On the coming Monday, or some weeks after it."""
    moment = instant(coming_monday(clock.today()) + timedelta(weeks=weeks), at)
    with clock.at(moment):
        yield moment


def work() -> None:
    """Do everything that is due."""
    session().rollback()
    while outbox.work_once():
        pass


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
    case = _raised_case(cast)
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


STEPS = st.lists(
    st.one_of(
        st.sampled_from(["news", "work", "killed"]),
        st.sampled_from(list(Notification)),
        st.integers(min_value=1, max_value=6),
    ),
    max_size=12,
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_however_one_chooses_and_the_worker_is_stopped_each_piece_of_news_comes_once_or_not_at_all(
    cast: Cast, steps: list[Any]
) -> None:
    story = Story(cast)
    for step in [*steps, "work", Notification.WEEKLY, 6, "work", 6, "work"]:
        story.take(step)
        assert broken() == []
    assert story.letters() == {case_id: int(case_id in story.owed) for case_id in story.made}


def broken() -> list[str]:
    """What is not as it must be, of what is promised here."""
    session().rollback()
    return [
        sentence for id in ("NEWS_AS_WANTED", "ONE_LETTER_A_WEEK", "NO_LOST_MAIL") for sentence in promises[id].check()
    ]


@dataclass
class Story:
    """One who chooses anew time and again, and whose cases come back; ``owed`` is what must have been told."""

    cast: Cast
    days: int = 0
    choice: Notification = Notification.EACH
    made: list[UUID] = field(default_factory=list)
    owed: set[UUID] = field(default_factory=set)

    def __post_init__(self) -> None:
        with writing("test"):
            for table in (GatheredNews, Mail, Errand):
                session().execute(sa.delete(table))
        self.take(Notification.WEEKLY)

    def take(self, step: Any) -> None:
        """One step, on the day that it is."""
        self.days += step if isinstance(step, int) else 0
        with clock.at(clock.now() + timedelta(days=self.days)):
            if isinstance(step, Notification):
                self.choose(step)
            elif step == "news":
                self.case_comes_back()
            elif step == "work":
                work()
            elif step == "killed":
                killed_before_it_was_noted()

    def choose(self, choice: Notification) -> None:
        """What waits when one wants no news any more is never told."""
        if choice is Notification.NEVER:
            letters = self.letters()
            self.owed &= {case_id for case_id in self.made if letters[case_id]}
        choose(self.cast, "contact", choice)
        self.choice = choice

    def case_comes_back(self) -> None:
        """Something happens that is to be told, unless no news is wanted."""
        case = _raised_case(self.cast)
        cases.give_back(self.cast.actor("secretary"), case, reason="Den hører hjemme i fagrådet.")
        self.made.append(case.id)
        if self.choice is not Notification.NEVER:
            self.owed.add(case.id)

    def letters(self) -> dict[UUID, int]:
        """How many letters tell of each case."""
        texts = [mail.text for mail in letters_to(self.cast, "contact")]
        return {case_id: sum(str(case_id) in text for text in texts) for case_id in self.made}


def _raised_case(cast: Cast) -> Any:
    raised = {"raised_by_person_id": cast.person["contact"].id, "state": CaseState.RAISED}
    return cast.factory.case("Ny rutine", organisation=cast.municipality, **raised)


def killed_before_it_was_noted() -> None:
    """The worker is stopped after the letter was written and before its errand was noted as done."""
    session().rollback()
    taken = outbox.lease()
    if taken is not None and taken[1] == GATHER:
        gathering.gather(taken[2])
    session().rollback()
