"""What holds for meetings, agendas and participants."""

from collections.abc import Iterator
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.cases.models import Treatment
from secretariat.core.dates import DateRefused, wall_time
from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l
from secretariat.meetings.models import (
    AgendaItem,
    ItemKind,
    ItemState,
    Meeting,
    MeetingState,
    NumberSeries,
    Participant,
    ParticipantRole,
    SteppedAside,
)
from secretariat.meetings.numbers import is_reserved


@checks("ONE_NUMBER", _l("Et saksnummer er gitt én gang i utvalget, serien og året, og telleren er kommet forbi det."))
def numbers_are_given_once() -> Iterator[str]:
    """No number twice, none the counter does not know, none that is half written, none on a heading."""
    number = (AgendaItem.body_id, AgendaItem.series, AgendaItem.year, AgendaItem.number)
    twice = sa.select(*number).where(AgendaItem.number.is_not(None)).group_by(*number).having(sa.func.count() > 1)
    for body_id, series, year, given in session().execute(twice.order_by(*number)):
        yield _(
            "Nummer %(series)s %(given)s/%(year)s er gitt to ganger (%(body)s).",
            series=series,
            given=given,
            year=year,
            body=body_id,
        )
    for item_id, title in session().execute(_with_odd_number()):
        yield _("«%(title)s» (%(id)s) har et nummer som telleren ikke har gitt.", title=title, id=item_id)


def _with_odd_number() -> Any:
    counted = sa.and_(
        NumberSeries.body_id == AgendaItem.body_id,
        NumberSeries.series == AgendaItem.series,
        NumberSeries.year == AgendaItem.year,
        NumberSeries.last >= AgendaItem.number,
    )
    half = AgendaItem.number.is_(None) != AgendaItem.year.is_(None)
    never_given = sa.and_(AgendaItem.number.is_not(None), ~sa.exists().where(counted))
    on_heading = sa.and_(AgendaItem.number.is_not(None), AgendaItem.kind == ItemKind.HEADING)
    odd = sa.select(AgendaItem.id, AgendaItem.title).where(sa.or_(half, never_given, on_heading))
    return odd.order_by(AgendaItem.id)


@checks("PARTYS_OWN_SERIES", _l("En parts egne møter i et felles utvalg har sin egen nummerserie."))
def parties_count_alone() -> Iterator[str]:
    """A number given in a party's own meeting of a joint body counts in that party's series, no other does."""
    numbered = (
        sa.select(AgendaItem.id, AgendaItem.title, AgendaItem.series, Meeting.room, Body.room.label("body_room"))
        .join(Meeting, Meeting.id == AgendaItem.meeting_id)
        .join(Body, Body.id == AgendaItem.body_id)
        .where(AgendaItem.number.is_not(None))
        .order_by(AgendaItem.id)
    )
    for row in session().execute(numbered):
        alone = row.room != row.body_room
        if is_reserved(row.series) != alone:
            yield _("«%(title)s» (%(id)s) er nummerert i feil serie.", title=row.title, id=row.id)


@checks("NO_CLASH", _l("Et utvalg har høyst ett møte som begynner på samme tid i hvert rom."))
def meetings_do_not_clash() -> Iterator[str]:
    """No two meetings of a body begin at one instant in one room, unless one was cancelled."""
    start = (Meeting.body_id, Meeting.room, Meeting.starts_at)
    twice = sa.select(*start).where(Meeting.state != MeetingState.CANCELLED).group_by(*start)
    for body_id, _room, starts_at in session().execute(twice.having(sa.func.count() > 1).order_by(*start)):
        yield _("Utvalget %(body)s har to møter som begynner %(at)s.", body=body_id, at=starts_at)


@checks("WALL_CLOCK", _l("Møtets tidspunkt er det klokka på veggen viser i møtets tidssone."))
def instants_follow_the_wall() -> Iterator[str]:
    """The stored instants are those of the day and the times in the meeting's zone."""
    columns = (
        Meeting.day,
        Meeting.starts,
        Meeting.ends,
        Meeting.fold,
        Meeting.timezone,
        Meeting.starts_at,
        Meeting.ends_at,
    )
    for row in session().execute(sa.select(Meeting.id, Meeting.title, *columns).order_by(Meeting.id)):
        if _instants(row) != (row.starts_at, row.ends_at):
            yield _("«%(title)s» (%(id)s) har et tidspunkt som ikke svarer til klokka.", title=row.title, id=row.id)


def _instants(row: Any) -> tuple[Any, ...] | None:
    try:
        return tuple(wall_time(row.day, at, row.timezone, row.fold).astimezone(UTC) for at in (row.starts, row.ends))
    except DateRefused:
        return None


@checks("FROZEN_PARTICIPANTS", _l("Fra innkallingen er sendt, er deltakerne lagret; før den er bare gjester det."))
def participants_are_rows_from_the_notice_on() -> Iterator[str]:
    """A called meeting has participants, one not called has none but guests; nobody deputises across meetings."""
    called = sa.exists().where(Participant.meeting_id == Meeting.id, Participant.role != ParticipantRole.GUEST)
    sent = Meeting.called_at.is_not(None)
    odd = sa.select(Meeting.id, Meeting.title).where(sa.or_(sa.and_(sent, ~called), sa.and_(~sent, called)))
    for meeting_id, title in session().execute(odd.order_by(Meeting.id)):
        yield _("«%(title)s» (%(id)s) har ikke de deltakerne den skal ha.", title=title, id=meeting_id)
    absent = sa.orm.aliased(Participant)
    across = sa.select(Participant.id, Participant.name).join(absent, absent.id == Participant.deputises_for_id)
    for row_id, name in session().execute(
        across.where(absent.meeting_id != Participant.meeting_id).order_by(Participant.id)
    ):
        yield _("%(name)s (%(id)s) er vara for en deltaker i et annet møte.", name=name, id=row_id)


@checks("AGENDA_ORDER", _l("Hver post på en saksliste har sin egen plass."))
def items_have_places_of_their_own() -> Iterator[str]:
    """No two items of a meeting stand at one place, and every item is of the body that meets."""
    place = (AgendaItem.meeting_id, AgendaItem.position)
    twice = sa.select(*place).group_by(*place).having(sa.func.count() > 1)
    for meeting_id, position in session().execute(twice.order_by(*place)):
        yield _("To poster står på samme plass (%(position)s) i møtet %(id)s.", position=position, id=meeting_id)
    strange = sa.select(AgendaItem.id).join(Meeting, Meeting.id == AgendaItem.meeting_id)
    for item_id in session().scalars(strange.where(Meeting.body_id != AgendaItem.body_id).order_by(AgendaItem.id)):
        yield _("Posten %(id)s hører til et annet utvalg enn møtet.", id=item_id)


@checks("CASE_KEEPS_IDENTITY", _l("En sak som kommer opp igjen, får nytt nummer og er fortsatt den samme saken."))
def cases_keep_their_way() -> Iterator[str]:
    """An item carries a step of its case's way only before the body that the step names, and no two stand for one."""
    carried = sa.select(AgendaItem.id).join(Treatment, Treatment.id == AgendaItem.treatment_id)
    elsewhere = sa.or_(Treatment.body_id.is_(None), Treatment.body_id != AgendaItem.body_id)
    for item_id in session().scalars(carried.where(elsewhere).order_by(AgendaItem.id)):
        yield _("Posten %(id)s bærer en sak som skulle til et annet utvalg.", id=item_id)
    standing = sa.select(AgendaItem.treatment_id).where(AgendaItem.state == ItemState.STANDING)
    twice = standing.where(AgendaItem.treatment_id.is_not(None)).group_by(AgendaItem.treatment_id)
    for step_id in session().scalars(twice.having(sa.func.count() > 1).order_by(AgendaItem.treatment_id)):
        yield _("Det samme leddet i saksgangen (%(id)s) står på to sakslister.", id=step_id)


@checks("ASIDE_IN_OWN_MEETING", _l("Den som er inhabil i en sak, er kalt inn til møtet der saken er oppe."))
def who_steps_aside_is_called_to_that_meeting() -> Iterator[str]:
    """Item and participant of one who stepped aside belong to the same meeting."""
    elsewhere = sa.or_(
        AgendaItem.meeting_id != SteppedAside.meeting_id, Participant.meeting_id != SteppedAside.meeting_id
    )
    odd = (
        sa.select(SteppedAside.id)
        .join(AgendaItem, AgendaItem.id == SteppedAside.agenda_item_id)
        .join(Participant, Participant.id == SteppedAside.participant_id)
        .where(elsewhere)
    )
    for aside_id in session().scalars(odd.order_by(SteppedAside.id)):
        yield _("%(id)s er ført som inhabil i et annet møte.", id=aside_id)
