"""An open matter (åpen sak), where it may go, and the choice made for it."""

from dataclasses import dataclass, replace
from typing import Annotated, Any
from uuid import UUID

from secretariat.core.inputs import Words
from secretariat.core.text.language import _l
from secretariat.directory.parties import Party
from secretariat.transitions.models import MatterChoice, MatterKind, TransitionMatter

KEEP, CLOSE = "keep", "close"
NEW, BODY, ORGANISATION = "new", "body", "org"


@dataclass(frozen=True)
class Matter:
    """Something that is not finished on the day of the change.

    ``where`` says in words where it lies now, ``body_ids`` in which bodies (the one that counts first);
    ``party`` is that of a place.
    """

    kind: MatterKind
    id: UUID
    title: str
    where: str
    body_ids: tuple[UUID, ...] = ()
    may_keep: bool = True
    may_close: bool = True
    may_go_on: bool = True
    party: Party | None = None
    suggested: str = ""

    def suggesting(self, code: str) -> "Matter":
        """The same matter with the choice that is suggested."""
        return replace(self, suggested=code)


@dataclass(frozen=True)
class Chosen:
    """What shall become of one matter: goes on in exactly one place, stays, or is closed with a reason."""

    subject_id: UUID
    choice: MatterChoice
    to_structure_body: Annotated[str, Words(most=30, required=False)] = ""
    to_body_id: UUID | None = None
    to_organisation_id: UUID | None = None
    reason: Annotated[str, Words(most=500, required=False, lines=True)] = ""

    @property
    def code(self) -> str:
        """The choice in one word."""
        return code_of(self)


def code_of(chosen: Chosen | TransitionMatter) -> str:
    """A choice in one word, as it stands in a select field."""
    if chosen.choice is not MatterChoice.HAND_OVER:
        return KEEP if chosen.choice is MatterChoice.KEEP else CLOSE
    if chosen.to_structure_body:
        return f"{NEW}:{chosen.to_structure_body}"
    if chosen.to_body_id is not None:
        return f"{BODY}:{chosen.to_body_id}"
    return f"{ORGANISATION}:{chosen.to_organisation_id}"


def chosen_from(subject_id: UUID, code: str, reason: str) -> Chosen | None:
    """The choice that a word in a select field means; None for no choice."""
    kind, _colon, key = code.partition(":")
    if code in (KEEP, CLOSE):
        return Chosen(subject_id, MatterChoice.KEEP if code == KEEP else MatterChoice.CLOSE, reason=reason)
    if kind == NEW and key:
        return Chosen(subject_id, MatterChoice.HAND_OVER, to_structure_body=key, reason=reason)
    if kind in (BODY, ORGANISATION):
        return _to_row(subject_id, kind, key, reason)
    return None


def _to_row(subject_id: UUID, kind: str, key: str, reason: str) -> Chosen | None:
    try:
        row_id = UUID(key)
    except ValueError:
        return None
    body_id, organisation_id = (row_id, None) if kind == BODY else (None, row_id)
    return Chosen(subject_id, MatterChoice.HAND_OVER, "", body_id, organisation_id, reason)


def refusal(matter: Matter, chosen: Chosen | TransitionMatter, targets: dict[str, str]) -> Any:
    """Why this choice cannot be made for this matter; None when it can."""
    if chosen.choice is MatterChoice.KEEP:
        return None if matter.may_keep else _l("Kan ikke bli der den er. Velg hvor den føres videre, eller avslutt.")
    if chosen.choice is MatterChoice.CLOSE:
        return _refused_close(matter, chosen.reason)
    if not matter.may_go_on:
        return _l("Tas opp før omleggingen, og blir der den er.")
    code = code_of(chosen)
    if code == f"{BODY}:{matter.id}":
        return _l("Et utvalg kan ikke etterfølge seg selv.")
    return None if code in targets else _l("Velg et sted som virker fra dagen.")


def _refused_close(matter: Matter, reason: str) -> Any:
    if not matter.may_close:
        return _l("Kan ikke avsluttes her.")
    return None if reason else _l("Skriv hvorfor den avsluttes.")
