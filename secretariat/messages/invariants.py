"""What holds for mail."""

from collections import Counter
from collections.abc import Iterator
from email.parser import BytesHeaderParser

import sqlalchemy as sa

from secretariat.core.clock import OSLO
from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.outbox import Errand
from secretariat.core.text.language import _, _l
from secretariat.directory.merged import read_as
from secretariat.directory.models import Notification, Person
from secretariat.messages.kinds import LetterKind
from secretariat.messages.mail import SEND
from secretariat.messages.models import GatheredNews, Mail, MailState
from secretariat.messages.news import GATHER, is_waiting, this_monday


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


@checks("NEWS_AS_WANTED", _l("Nyheter som venter, venter på noen som vil ha dem, og det er satt en dag for dem."))
def news_wait_for_those_who_want_them() -> Iterator[str]:
    """Nothing waits for one who wants no news; whatever waits has an errand that is not done."""
    errands = sa.select(Errand.payload).where(Errand.kind == GATHER, Errand.done_at.is_(None))
    called = {payload["person"] for payload in session().scalars(errands)}
    reader = sa.select(Person).subquery("reader")
    waiting = (
        sa.select(GatheredNews.id, GatheredNews.person_id, reader.c.id, reader.c.notification)
        .join(reader, reader.c.id == read_as(GatheredNews.person_id))
        .where(is_waiting())
        .order_by(GatheredNews.id)
    )
    for news_id, registered_id, reader_id, choice in session().execute(waiting):
        if choice == Notification.NEVER:
            yield _("Nyheten %(id)s venter på en som ikke vil ha nyheter.", id=news_id)
        elif not called & {str(registered_id), str(reader_id)}:
            yield _("Nyheten %(id)s blir aldri fortalt: den har ikke noe oppdrag.", id=news_id)


@checks("ONE_LETTER_A_WEEK", _l("Ingen får nyhetene samlet mer enn én gang i uken."))
def the_news_of_a_week_come_once() -> Iterator[str]:
    """The letter of the week is written once for each person and week."""
    letters = sa.select(Mail.person_id, Mail.created_at).where(Mail.kind == LetterKind.WEEKLY_NEWS.value)
    weeks = Counter(
        (person_id, this_monday(moment.astimezone(OSLO).date())) for person_id, moment in session().execute(letters)
    )
    for (person_id, monday), count in weeks.items():
        if count > 1:
            yield _(
                "%(id)s har fått nyhetene %(count)s ganger i uken fra %(day)s.", id=person_id, count=count, day=monday
            )
