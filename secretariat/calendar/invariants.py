"""What holds for the calendar."""

from collections.abc import Iterator

import sqlalchemy as sa

from secretariat.calendar.events import LANGUAGES, Edition
from secretariat.calendar.models import CalendarComponent
from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l
from secretariat.meetings.models import Meeting


@checks("COMPONENT_WRITTEN", _l("Hvert møte står i kalenderen på alle språk."))
def every_meeting_is_in_the_calendar() -> Iterator[str]:
    """Every meeting has its component in every language."""
    count = sa.func.count(CalendarComponent.id)
    own = sa.and_(CalendarComponent.meeting_id == Meeting.id, CalendarComponent.edition == Edition.INTERNAL.value)
    query = sa.select(Meeting.id, Meeting.title).outerjoin(CalendarComponent, own)
    for meeting_id, title in session().execute(
        query.group_by(Meeting.id, Meeting.title).having(count < len(LANGUAGES)).order_by(Meeting.id)
    ):
        yield _("Møtet «%(title)s» (%(id)s) mangler i kalenderen.", title=title, id=meeting_id)


@checks("SEQUENCE_RISES", _l("Kalenderen sier om hvert møte det siste som ble bestemt."))
def components_say_the_last_word() -> Iterator[str]:
    """Every component says the sequence of its meeting."""
    query = sa.select(Meeting.id, Meeting.title).join(CalendarComponent, CalendarComponent.meeting_id == Meeting.id)
    stale = query.where(CalendarComponent.sequence != Meeting.sequence).distinct()
    for meeting_id, title in session().execute(stale.order_by(Meeting.id)):
        yield _("Kalenderen har en gammel utgave av møtet «%(title)s» (%(id)s).", title=title, id=meeting_id)


@checks("ONE_UID", _l("Et møte har den samme kalender-ID-en hele livet."))
def components_keep_their_uid() -> Iterator[str]:
    """Every component carries its meeting's own UID."""
    query = sa.select(CalendarComponent.component, Meeting.uid, Meeting.title)
    rows = query.join(Meeting, Meeting.id == CalendarComponent.meeting_id).order_by(CalendarComponent.id)
    for component, uid, title in session().execute(rows.execution_options(yield_per=500)):
        if f"\r\nUID:{uid}\r\n".encode() not in component.replace(b"\r\n ", b""):
            yield _("Møtet «%(title)s» har fått en annen ID i kalenderen.", title=title)
