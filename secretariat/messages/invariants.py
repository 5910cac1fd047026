"""What holds for mail."""

from collections.abc import Iterator
from email.parser import BytesHeaderParser

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.outbox import Errand
from secretariat.core.text.language import _, _l
from secretariat.messages.mail import SEND
from secretariat.messages.models import Mail, MailState


@checks("NO_LOST_MAIL", _l("Hver e-post er sendt, avvist, eller venter på at arbeideren sender den."))
def every_mail_is_on_its_way() -> Iterator[str]:
    """A mail that is neither sent nor refused has an errand that is not done."""
    errands = set(session().scalars(sa.select(Errand.key).where(Errand.kind == SEND, Errand.done_at.is_(None))))
    on_the_way = sa.select(Mail.id).where(Mail.state.in_((MailState.WAITING, MailState.SENDING))).order_by(Mail.id)
    for mail_id in session().scalars(on_the_way):
        if f"{SEND} {mail_id}" not in errands:
            yield _("E-posten %(id)s blir aldri sendt: den har ikke noe oppdrag.", id=mail_id)


@checks("SAME_BYTES", _l("En e-post som er begynt sendt, har faste bytes, og de har e-postens egen Message-ID."))
def bytes_are_fixed_before_they_are_sent() -> Iterator[str]:
    """Bytes and dialogues go together, and the bytes are this mail's."""
    columns = sa.select(Mail.id, Mail.raw, Mail.attempts, Mail.state, Mail.message_id, Mail.to_address)
    for mail in session().execute(columns.order_by(Mail.id).execution_options(yield_per=200)):
        begun = mail.attempts > 0 or mail.state in (MailState.SENDING, MailState.SENT)
        if begun and (mail.raw is None or mail.attempts < 1):
            yield _("E-posten %(id)s er begynt sendt uten faste bytes.", id=mail.id)
        elif mail.raw is not None and BytesHeaderParser().parsebytes(mail.raw)["Message-ID"] != mail.message_id:
            yield _("E-posten %(id)s har bytes fra en annen e-post.", id=mail.id)
