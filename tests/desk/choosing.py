"""Choosing how news comes, and the days that pass until it has come."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from secretariat.accounts import actions as accounts
from secretariat.cases.models import CaseState
from secretariat.core import clock, outbox
from secretariat.core.dates import instant
from secretariat.core.db import session
from secretariat.directory.models import Notification, Person
from secretariat.messages.invariants import (
    every_mail_is_on_its_way,
    news_wait_for_those_who_want_them,
    the_news_of_a_week_come_once,
)
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import Mail
from secretariat.messages.news import coming_monday
from tests.factories.cast import Cast


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


def broken() -> list[str]:
    """What is not as it must be, of what is promised here."""
    session().rollback()
    checks = (news_wait_for_those_who_want_them, the_news_of_a_week_come_once, every_mail_is_on_its_way)
    return [sentence for check in checks for sentence in check()]


def raised_case(cast: Cast) -> Any:
    raised = {"raised_by_person_id": cast.person["contact"].id, "state": CaseState.RAISED}
    return cast.factory.case("Ny rutine", organisation=cast.municipality, **raised)
