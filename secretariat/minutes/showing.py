"""What the pages of minutes say besides the minutes themselves."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.bodies.balance import agreed_on
from secretariat.core import signals
from secretariat.core.text.difference import Change, difference
from secretariat.core.text.document import Document
from secretariat.core.text.language import _, use_language
from secretariat.core.text.markdown import read_markdown, write_markdown
from secretariat.decisions.concerned import unreached
from secretariat.decisions.models import Decision, DecisionKind, DecisionState
from secretariat.meetings.calling import balance
from secretariat.meetings.models import ItemKind, ItemState, MeetingState, ParticipantRole, Reply
from secretariat.meetings.obstacles import hinders_meeting_work
from secretariat.minutes.attendance import heading, in_order, taking_part
from secretariat.minutes.models import ItemText
from secretariat.minutes.record import Came, OneItem, Record

NEEDS_DECISION = (ItemKind.DECISION, ItemKind.APPROVAL)


def changed_words(record: Record) -> dict[UUID, list[tuple[str, str]]]:
    """What was changed in each decision since it went out «fra ikke godkjent referat»."""
    return {
        decision.id: parts(difference(one.first_words[decision.id], decision.wording))
        for one in record.items
        for decision in one.decisions
        if decision.id in one.first_words
    }


def from_proposal(one: OneItem) -> dict[UUID, list[tuple[str, str]]]:
    """What the meeting changed of the proposal, in each draft that differs from it."""
    return {
        decision.id: parts(difference(decision.proposal, decision.wording))
        for decision in one.decisions
        if decision.proposal and decision.proposal != decision.wording and decision.state is DecisionState.DRAFT
    }


def item_values(record: Record, one: OneItem | None) -> dict[str, Any]:
    """What the form of an item begins from: the saved text, and the first draft or else what is proposed."""
    if one is None:
        return {}
    values: dict[str, Any] = {"text": one.text, "text_version": one.text_version}
    if not one.decisions:
        proposal = one.row.sent_proposal or one.row.proposal
        return values | ({"wording": proposal} if proposal else _expected(record, one.row.kind))
    first = one.decisions[0]
    return values | {
        "decision_id": first.id,
        "decision_version": first.version,
        "kind": first.kind,
        "wording": first.wording,
        "deadline": first.deadline,
    }


def _expected(record: Record, kind: ItemKind) -> dict[str, Any]:
    """What is mostly decided when a notice, an agenda or minutes are to be approved, in the words of the minutes; one
    press decides it. Once the meeting is closed nothing more is decided.
    """
    if kind is not ItemKind.APPROVAL or record.meeting.state is not MeetingState.CALLED:
        return {"wording": Document.empty()}
    with use_language(record.meeting.language):
        return {"wording": read_markdown(_("Godkjent.")), "kind": DecisionKind.DECISION}


@dataclass(frozen=True)
class Seated:
    """A person around the table, as the one who keeps the minutes sees it."""

    id: UUID
    name: str
    note: str
    here: bool
    partly: str


def table(record: Record, here: OneItem | None, conflict: Any) -> dict[str, Any]:
    """What the page shows around the form of the item: the agenda, the people, what was changed of the proposal."""
    return {
        "record": record,
        "here": here,
        "around": neighbours(record, here),
        "changed": from_proposal(here) if here else {},
        "parties": parties(record),
        "balance": balance(taking_part(record, here), agreed_on(record.meeting.body_id, record.meeting.day)),
        "obstacles": hinders_meeting_work(record.meeting),
        "standing": _standing(record, here),
        "theirs": _theirs(conflict),
        "in_words": write_markdown,
    }


def _standing(record: Record, here: OneItem | None) -> list[Any]:
    """What the item says by itself, whatever anybody writes: «oppfølging» lists what is open."""
    meeting = record.meeting
    return signals.standing_text.collect(here.row.kind, meeting.body_id, meeting.room) if here else []


def _theirs(conflict: Any) -> dict[str, Any]:
    """What another saved meanwhile: in the text of the item, or in its decision."""
    if isinstance(conflict, ItemText):
        return {"text": conflict.text, "text_version": conflict.version}
    if isinstance(conflict, Decision):
        return {"wording": conflict.wording, "decision_version": conflict.version}
    return {}


def parties(record: Record) -> dict[str, list[Seated]]:
    """Everybody who was called, under their party."""
    found: dict[str, list[Seated]] = {}
    names = {row.id: row.name for row in record.people}
    for person in in_order(record.people):
        found.setdefault(heading(person), []).append(_seated(record, person, names))
    return found


def _seated(record: Record, person: Any, names: dict[UUID, str]) -> Seated:
    came = record.presence.get(person.id, ())
    words: dict[UUID | None, str] = {one.row.id: one.name for one in record.items}
    partly = ", ".join(filter(None, (_stretch(words, each) for each in came)))
    return Seated(person.id, person.name, _note(person, names), bool(came), partly)


def _stretch(words: dict[UUID | None, str], came: Came) -> str:
    """«fra 12/26 til 14/26»; nothing for the whole meeting."""
    first = _("fra %(item)s", item=words.get(came.from_item_id, "")) if came.from_item_id else ""
    last = _("til %(item)s", item=words.get(came.to_item_id, "")) if came.to_item_id else ""
    return f"{first} {last}".strip()


def _note(person: Any, names: dict[UUID, str]) -> str:
    said = [person.organisation]
    meets_for = person.instead_of or names.get(person.deputises_for_id, "")
    if meets_for:
        said.append(_("vara for %(name)s", name=meets_for))
        said.append(_("med fullmakt") if person.may_decide else _("uten fullmakt"))
    if person.role is ParticipantRole.CHAIR:
        said.append(_("møteleder"))
    if person.reply is Reply.ABSENT:
        said.append(_("har meldt forfall"))
    return ", ".join(filter(None, said))


def parts(changes: list[Change]) -> list[tuple[str, str]]:
    """A difference as the page shows it."""
    return [(change.kind, change.text) for change in changes]


def comment_choices(record: Record) -> list[tuple[str, str]]:
    """What a remark may be about: the whole, or an item."""
    return [("", _("Hele referatet")), *((str(one.row.id), one.label) for one in record.treated)]


def lacking(record: Record | None) -> list[str]:
    """What is not written yet when the meeting is about to be closed; to be seen, not a hindrance."""
    if record is None:
        return []
    said = []
    if not record.presence:
        said.append(_("Det er ikke ført hvem som er til stede."))
    for one in record.treated:
        if one.row.state is ItemState.STANDING:
            said += _lacking_in(one)
    return said + [
        _("%(organisation)s har ingen samhandlingskontakt, og får ikke e-post om dette.", organisation=name)
        for name in unreached(record.meeting)
    ]


def _lacking_in(one: OneItem) -> list[str]:
    if one.row.kind in NEEDS_DECISION and not one.decisions:
        return [_("%(item)s har ikke vedtak.", item=one.label)]
    if any(made.kind is DecisionKind.NO_AGREEMENT and made.next_step is None for made in one.decisions):
        return [_("%(item)s: skriv partenes syn og hva som skjer videre.", item=one.label)]
    if not one.text and not one.decisions and one.row.kind is not ItemKind.ANY_OTHER:
        return [_("%(item)s har ikke tekst.", item=one.label)]
    return []


def neighbours(record: Record, here: OneItem | None) -> dict[str, Any]:
    """The items before and after this one."""
    if here is None:
        return {}
    order = list(record.treated)
    place = order.index(here)
    return {
        "previous": order[place - 1] if place else None,
        "next": order[place + 1] if place + 1 < len(order) else None,
        "place": place + 1,
        "all": len(order),
    }
