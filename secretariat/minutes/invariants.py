"""What holds for minutes."""

from collections.abc import Iterator

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l
from secretariat.decisions.models import Decision, DecisionState
from secretariat.dispatch.models import Dispatch, DispatchKind
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.minutes.models import Addition, ItemText, ItemTextVersion, Minutes, MinutesState


@checks("ONE_MINUTES", _l("Et møte har ett referat fra innkallingen er sendt."))
def a_called_meeting_has_minutes() -> Iterator[str]:
    """A meeting that was called has minutes; one that was not has none."""
    has = sa.exists().where(Minutes.meeting_id == Meeting.id)
    odd = sa.select(Meeting.id, Meeting.title).where(Meeting.called_at.is_not(None) != has)
    for meeting_id, title in session().execute(odd.order_by(Meeting.id)):
        yield _("«%(title)s» (%(id)s) har ikke det referatet det skal ha.", title=title, id=meeting_id)


@checks("HELD_BEFORE_APPROVED", _l("Et referat er godkjent først når møtet er holdt."))
def only_held_meetings_have_approved_minutes() -> Iterator[str]:
    """Approved minutes belong to a held meeting, and are not older than it."""
    early = sa.or_(Meeting.state != MeetingState.HELD, Minutes.approved_on < Meeting.day)
    odd = sa.select(Minutes.id).join(Meeting, Meeting.id == Minutes.meeting_id)
    for minutes_id in session().scalars(odd.where(Minutes.state == MinutesState.APPROVED, early).order_by(Minutes.id)):
        yield _("Referat %(id)s er godkjent før møtet er holdt.", id=minutes_id)


@checks("APPROVED_IS_LOCKED", _l("Et godkjent referat endres aldri; en rettelse er et tillegg med dato."))
def nothing_is_written_after_approval() -> Iterator[str]:
    """No text was saved after the approved minutes were sent, and all that were approved were sent."""
    sent = (
        sa.select(sa.func.min(Dispatch.created_at))
        .where(Dispatch.meeting_id == Minutes.meeting_id, Dispatch.kind == DispatchKind.MINUTES)
        .scalar_subquery()
    )
    approved = sa.select(Minutes.id).where(Minutes.state == MinutesState.APPROVED)
    for minutes_id in session().scalars(approved.where(sent.is_(None)).order_by(Minutes.id)):
        yield _("Referat %(id)s er godkjent, men ikke sendt.", id=minutes_id)
    late = (
        sa.select(ItemTextVersion.id)
        .join(ItemText, ItemText.id == ItemTextVersion.item_text_id)
        .join(Minutes, Minutes.id == ItemText.minutes_id)
        .where(Minutes.state == MinutesState.APPROVED, ItemTextVersion.created_at > sent)
    )
    for version_id in session().scalars(late.order_by(ItemTextVersion.id)):
        yield _("Teksten %(id)s er lagret etter at referatet ble godkjent.", id=version_id)
    added = sa.select(Addition.id).join(Minutes, Minutes.id == Addition.minutes_id)
    added = added.where(Minutes.state == MinutesState.APPROVED, Addition.created_at > sent)
    for addition_id in session().scalars(added.order_by(Addition.id)):
        yield _("Protokolltilførselen %(id)s er ført etter at referatet ble godkjent.", id=addition_id)


@checks("TEXTS_KEPT", _l("Hver tekst som er lagret i et referat, er tatt vare på."))
def every_saved_text_is_kept() -> Iterator[str]:
    """Versions are numbered without gaps, and the newest is what the minutes say."""
    kept: dict[object, list[ItemTextVersion]] = {}
    for version in session().scalars(sa.select(ItemTextVersion).order_by(ItemTextVersion.number, ItemTextVersion.id)):
        kept.setdefault(version.item_text_id, []).append(version)
    for text in session().scalars(sa.select(ItemText).order_by(ItemText.id)):
        versions = kept.get(text.id, [])
        in_order = [version.number for version in versions] == list(range(1, len(versions) + 1))
        if not versions or not in_order or versions[-1].text != text.text:
            yield _("Teksten %(id)s mangler en lagret utgave.", id=text.id)


@checks("CONFIRMED_AFTER_APPROVAL", _l("Et vedtak er bekreftet når referatet er godkjent, og ikke før."))
def decisions_are_confirmed_by_approval() -> Iterator[str]:
    """A decision is confirmed exactly when the minutes of its meeting are approved."""
    approved = Minutes.state == MinutesState.APPROVED
    odd = sa.select(Decision.id).join(Minutes, Minutes.meeting_id == Decision.meeting_id)
    for decision_id in session().scalars(
        odd.where((Decision.state == DecisionState.CONFIRMED) != approved).order_by(Decision.id)
    ):
        yield _("Vedtak %(id)s følger ikke referatet sitt.", id=decision_id)
