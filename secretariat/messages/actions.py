"""What people do to mail on its way: ask for another try."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock, outbox
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.outbox import Errand
from secretariat.core.text.language import _l
from secretariat.directory.models import Person
from secretariat.messages.mail import SEND
from secretariat.messages.models import Mail, MailState
from secretariat.messages.news import news_refused_lately
from secretariat.messages.policy import may_run_installation, may_send_again


@action("messages.send_again", load=Mail, rule=may_send_again)
def send_again(actor: Actor, mail: Mail, _given: Any) -> UUID:
    """Try a mail once more: at once if it waits, from the start and to the person's present address if refused."""
    if mail.state == MailState.SENT:
        raise DomainError(_l("E-posten er alt sendt."))
    if mail.state == MailState.REFUSED:
        _begin_anew(mail)
    _hurry(Errand.key.startswith(f"{SEND} {mail.id}"))
    return mail.id


def _begin_anew(mail: Mail) -> None:
    address = _present_address(mail)
    if not address:
        raise DomainError(_l("Mottakeren har ingen e-postadresse."))
    if address != mail.to_address:
        mail.to_address, mail.raw = address, None
    mail.state, mail.failure = MailState.WAITING, ""
    outbox.put(SEND, {"mail": str(mail.id)}, key=f"{SEND} {mail.id} {mail.attempts}")


def _present_address(mail: Mail) -> str:
    return session().scalar(sa.select(Person.email).where(Person.id == mail.person_id)) or mail.to_address


@action("messages.hurry", load=None, rule=may_run_installation)
def hurry(actor: Actor, _installation: None, _given: Any) -> None:
    """Let everything that failed and waits be tried now, and the gathered news that were refused: those are in no
    secretariat's hands.
    """
    _hurry(Errand.attempts > 0)
    for mail in session().scalars(sa.select(Mail).where(news_refused_lately()).order_by(Mail.id)):
        if _present_address(mail):
            _begin_anew(mail)


def _hurry(which: sa.ColumnElement[bool]) -> None:
    waiting = sa.update(Errand).where(which, Errand.done_at.is_(None), Errand.not_before > clock.now())
    session().execute(waiting.values(not_before=clock.now()))
