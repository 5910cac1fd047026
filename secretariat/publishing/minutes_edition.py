"""The public edition of approved minutes: who was there, and what was said and decided of the items that are open."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.core.text.language import _, _l, use_language
from secretariat.decisions.models import Decision, Position
from secretariat.directory.parties import Party, label
from secretariat.dispatch.contents import Contents, Matter
from secretariat.meetings.models import ItemKind, Participant, ParticipantRole, Presence
from secretariat.minutes.models import Correction as CorrectionRow, ItemText, Minutes, MinutesState
from secretariat.publishing.agenda_edition import frame, named
from secretariat.publishing.edition import Attendee, Correction, Edition, Group, Item, Outcome, Section
from secretariat.publishing.leaving_out import LeftOut, missing_title

UNNAMED = (ParticipantRole.MEMBER, ParticipantRole.SECRETARIAT)
NOT_AWAITED = (ParticipantRole.SECRETARIAT, ParticipantRole.GUEST, ParticipantRole.DEPUTY)


@dataclass(frozen=True)
class Written:
    """What the minutes say, as it lies in the house."""

    minutes: Minutes
    texts: Mapping[UUID, Document]
    decisions: Mapping[UUID, list[Decision]]
    positions: Mapping[UUID, list[Section]]
    participants: tuple[Participant, ...]
    present: frozenset[UUID]
    corrections: tuple[Correction, ...]


def written(actor: Actor, contents: Contents) -> Written | None:
    """What there is to publish from; None as long as the minutes are not approved."""
    meeting_id = contents.meeting.id
    minutes = session().scalar(sa.select(Minutes).where(Minutes.meeting_id == meeting_id, visible(actor, Minutes)))
    if minutes is None or minutes.state is not MinutesState.APPROVED:
        return None
    decisions = _decisions(actor, meeting_id)
    return Written(
        minutes=minutes,
        texts=_texts(actor, minutes.id),
        decisions=decisions,
        positions=_positions(actor, meeting_id, contents.meeting.language),
        participants=_participants(actor, meeting_id),
        present=_present(actor, meeting_id),
        corrections=_corrections(actor, minutes.id),
    )


def _texts(actor: Actor, minutes_id: UUID) -> dict[UUID, Document]:
    query = sa.select(ItemText.agenda_item_id, ItemText.text)
    rows = session().execute(query.where(ItemText.minutes_id == minutes_id, visible(actor, ItemText)))
    return {item_id: text for item_id, text in rows}


def _decisions(actor: Actor, meeting_id: UUID) -> dict[UUID, list[Decision]]:
    query = sa.select(Decision).where(Decision.meeting_id == meeting_id, visible(actor, Decision))
    found: dict[UUID, list[Decision]] = defaultdict(list)
    for decision in session().scalars(query.order_by(Decision.ordinal, Decision.id)):
        found[decision.agenda_item_id].append(decision)
    return found


def _positions(actor: Actor, meeting_id: UUID, language: str) -> dict[UUID, list[Section]]:
    query = (
        sa.select(Position.decision_id, Position.party, Position.text)
        .join(Decision, Decision.id == Position.decision_id)
        .where(Decision.meeting_id == meeting_id, visible(actor, Position))
        .order_by(Position.party.desc(), Position.id)
    )
    found: dict[UUID, list[Section]] = defaultdict(list)
    with use_language(language):
        for decision_id, party, text in session().execute(query):
            found[decision_id].append(Section(str(label(party)), text))
    return found


def _participants(actor: Actor, meeting_id: UUID) -> tuple[Participant, ...]:
    query = sa.select(Participant).where(Participant.meeting_id == meeting_id, Participant.removed_at.is_(None))
    ordered = query.where(visible(actor, Participant)).order_by(Participant.sort_key, Participant.id)
    return tuple(session().scalars(ordered))


def _present(actor: Actor, meeting_id: UUID) -> frozenset[UUID]:
    query = sa.select(Presence.participant_id).where(Presence.meeting_id == meeting_id, visible(actor, Presence))
    return frozenset(session().scalars(query))


def _corrections(actor: Actor, minutes_id: UUID) -> tuple[Correction, ...]:
    query = sa.select(CorrectionRow.made_on, CorrectionRow.text).where(CorrectionRow.minutes_id == minutes_id)
    seen = query.where(visible(actor, CorrectionRow)).order_by(CorrectionRow.made_on, CorrectionRow.id)
    return tuple(Correction(*row) for row in session().execute(seen))


def minutes_edition(contents: Contents, said: Written) -> Edition:
    """The edition, in the meeting's language."""
    with use_language(contents.meeting.language):
        return Edition(
            **frame(contents),
            items=tuple(_item(matter, said) for matter in _treated(contents)),
            present=tuple(_groups(said)),
            absent=tuple(_attendee(p, said) for p in said.participants if _is_missed(p, said)),
            approved_on=said.minutes.approved_on,
            corrections=said.corrections,
        )


def _treated(contents: Contents) -> list[Matter]:
    """What stood on the agenda in the end; a line that was taken off before it got a number never stood there."""
    return [matter for matter in contents.matters if matter.stands or matter.item.number is not None]


def _item(matter: Matter, said: Written) -> Item:
    item, open_to_all = matter.item, not matter.exempt_basis
    return Item(
        number=matter.written,
        title=matter.public_title,
        kind=str(item.kind.word),
        heading=item.kind is ItemKind.HEADING,
        withdrawn=not matter.stands,
        exempt_basis=matter.exempt_basis,
        text=said.texts.get(item.id, Document.empty()) if open_to_all else Document.empty(),
        outcomes=tuple(_outcome(one, said) for one in said.decisions.get(item.id, ())) if open_to_all else (),
    )


def _outcome(decision: Decision, said: Written) -> Outcome:
    kind = str(decision.kind.word)
    if decision.exempt_basis:
        return Outcome(kind, exempt_basis=decision.exempt_basis)
    return Outcome(kind, decision.wording, positions=tuple(said.positions.get(decision.id, ())))


def _groups(said: Written) -> Iterable[Group]:
    """The equal parties first, then the others, the secretariat last."""
    here = [person for person in said.participants if person.id in said.present]
    for party in Party:
        people = [p for p in here if p.party is party and p.role is not ParticipantRole.SECRETARIAT]
        if people:
            yield Group(str(label(party)), tuple(_attendee(p, said) for p in people))
    secretariat = [p for p in here if p.role is ParticipantRole.SECRETARIAT]
    if secretariat:
        yield Group(_("Sekretariatet"), tuple(_attendee(p, said) for p in secretariat))


def _attendee(person: Participant, said: Written) -> Attendee:
    names = {one.id: one.name for one in said.participants}
    remark = "" if person.role in UNNAMED else str(person.role.word).lower()
    if person.deputises_for_id in names:
        remark = _("vara for %(name)s", name=names[person.deputises_for_id])
    return Attendee(person.name, person.title, person.organisation, remark)


def _is_missed(person: Participant, said: Written) -> bool:
    return person.id not in said.present and person.role not in NOT_AWAITED


def left_out_of_minutes(contents: Contents, said: Written) -> Iterable[LeftOut]:
    """What the secretariat sees of the minutes and the public does not."""
    for matter in _treated(contents):
        name = named(matter.written, matter.item.title)
        if matter.exempt_basis:
            yield LeftOut(name, _l("tekst og vedtak: %(basis)s", basis=matter.exempt_basis))
        for decision in said.decisions.get(matter.item.id, ()) if not matter.exempt_basis else ():
            if decision.exempt_basis:
                yield LeftOut(_("Vedtaket i %(case)s", case=name), decision.exempt_basis)
    yield LeftOut(_l("Oppgaver, merknader til utkastet og svar på innkallingen"), _l("gjelder deltakerne"))


def minutes_hindrances(contents: Contents, said: Written | None) -> Iterable[Any]:
    """Why the minutes cannot be published now."""
    if said is None:
        yield _l("Referatet er ikke godkjent.")
    yield from (missing_title(m.written) for m in _treated(contents) if m.exempt_basis and not m.item.public_title)
