"""The public edition of approved minutes: who was there, and what was said and decided of the items that are open."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _, _l, use_language
from secretariat.directory.parties import label
from secretariat.dispatch.contents import Contents, Matter
from secretariat.meetings.models import ItemKind, ParticipantRole
from secretariat.minutes.attendance import Absent, Present, absent, groups, missing
from secretariat.minutes.models import Minutes, MinutesState
from secretariat.minutes.paper import going_on
from secretariat.minutes.record import OneItem, Record, record
from secretariat.publishing.agenda_edition import frame, named
from secretariat.publishing.edition import Addition, Attendee, Correction, Edition, Group, Item, Outcome, Section
from secretariat.publishing.leaving_out import LeftOut, missing_title

UNNAMED = (ParticipantRole.MEMBER, ParticipantRole.SECRETARIAT, ParticipantRole.OBSERVER)

Pair = tuple[Matter, OneItem]


def written(actor: Actor, contents: Contents) -> Record | None:
    """What there is to publish from; None as long as the minutes are not approved."""
    query = sa.select(Minutes).where(Minutes.meeting_id == contents.meeting.id, visible(actor, Minutes))
    minutes = session().scalar(query)
    if minutes is None or minutes.state is not MinutesState.APPROVED:
        return None
    return record(actor, minutes)


def minutes_edition(contents: Contents, said: Record) -> Edition:
    """The edition, in the meeting's language."""
    with use_language(contents.meeting.language):
        return Edition(
            **frame(contents),
            items=tuple(_item(matter, one) for matter, one in _treated(contents, said)),
            present=tuple(Group(group.heading, tuple(map(_present, group.people))) for group in groups(said)),
            absent=tuple(map(_absent, absent(said))),
            missing=tuple(map(_absent, missing(said))),
            approved_on=said.minutes.approved_on,
            approved_by=said.minutes.approved_by,
            corrections=tuple(Correction(one.made_on, one.text) for one in said.corrections),
        )


def _treated(contents: Contents, said: Record) -> list[Pair]:
    """What stood on the agenda in the end; a line that was taken off before it got a number never stood there."""
    words = {one.row.id: one for one in said.items}
    stood = [matter for matter in contents.matters if matter.stands or matter.item.number is not None]
    return [(matter, words[matter.item.id]) for matter in stood if matter.item.kind is not ItemKind.HEADING]


def _exempt_basis(matter: Matter, one: OneItem) -> str:
    """Item, case or decision: when one of them is exempt, all that the minutes say of the item stays inside."""
    return matter.exempt_basis or one.exempt_basis


def _item(matter: Matter, one: OneItem) -> Item:
    known: dict[str, Any] = {
        "number": one.number,
        "title": matter.public_title,
        "kind": str(matter.item.kind.word),
        "withdrawn": not matter.stands and not one.decisions,
    }
    basis = _exempt_basis(matter, one)
    if basis:
        return Item(**known, exempt_basis=basis)
    return Item(
        **known,
        text=one.text,
        outcomes=tuple(_outcomes(one)),
        next_steps=tuple(going_on(one)),
        stepped_aside=tuple(aside.name for aside in one.asides),
        additions=tuple(Addition(added.name, added.text) for added in one.additions),
    )


def _outcomes(one: OneItem) -> Iterable[Outcome]:
    for decision in one.decisions:
        stands = one.positions.get(decision.id, {}).items()
        positions = tuple(Section(str(label(party)), text) for party, text in stands)
        yield Outcome(str(decision.kind.word), decision.wording, positions)


def _present(person: Present) -> Attendee:
    remark = "" if person.role in UNNAMED else str(person.role.word).lower()
    if person.deputy_for:
        remark = _("vara for %(name)s", name=person.deputy_for)
    return Attendee(person.name, person.title, person.organisation, remark)


def _absent(person: Absent) -> Attendee:
    return Attendee(person.name, person.title, person.organisation)


def left_out_of_minutes(contents: Contents, said: Record) -> Iterable[LeftOut]:
    """What the secretariat sees of the minutes and the public does not."""
    for matter, one in _treated(contents, said):
        basis = _exempt_basis(matter, one)
        if basis:
            yield LeftOut(named(matter.written, matter.item.title), _l("tekst og vedtak: %(basis)s", basis=basis))
    yield LeftOut(_l("Oppgaver, merknader til utkastet og svar på innkallingen"), _l("gjelder deltakerne"))


def minutes_hindrances(contents: Contents, said: Record | None) -> Iterable[Any]:
    """Why the minutes cannot be published now."""
    if said is None:
        yield _l("Referatet er ikke godkjent.")
        return
    for matter, _one in _treated(contents, said):
        if matter.exempt_basis and not matter.item.public_title:
            yield missing_title(matter.written)
