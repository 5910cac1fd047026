"""All open matters of a change, with the choices made, and what stands in the way of carrying it out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import Body, Seat
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.db import session
from secretariat.core.text.language import _, _l, format_date
from secretariat.directory.parties import Party, label
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.transitions import open_in_municipality, open_in_structure
from secretariat.transitions.matters import NEW, Matter, code_of, refusal
from secretariat.transitions.models import MatterChoice, MatterKind, TransitionMatter
from secretariat.transitions.scene import Scene

Open = Mapping[MatterKind, list[Matter]]

MOST_NAMED = 3
SHORT = 60


@dataclass(frozen=True)
class Weighed:
    """A matter with the choice made for it, and why that cannot be carried out."""

    matter: Matter
    chosen: TransitionMatter | None
    reason: Any = None

    @property
    def settled(self) -> bool:
        """Whether a choice stands that can be carried out."""
        return self.chosen is not None and self.reason is None


def kinds_of(scene: Scene) -> list[MatterKind]:
    """The kinds of matters that one chooses for, in order."""
    return list(open_in_structure.FINDERS if scene.is_structure else open_in_municipality.finders(scene))


def matters_of(scene: Scene, kind: MatterKind) -> list[Matter]:
    """The open matters of one kind."""
    finders = open_in_structure.FINDERS if scene.is_structure else open_in_municipality.finders(scene)
    return finders[kind](scene)


def open_matters(scene: Scene) -> Open:
    """Every open matter, by kind."""
    return {kind: matters_of(scene, kind) for kind in kinds_of(scene)}


def weighed(scene: Scene, kind: MatterKind, found: Iterable[Matter]) -> list[Weighed]:
    """Matters of a kind with their choices."""
    targets = scene.targets(kind)
    return [_weighed(matter, scene.choices.get((kind, matter.id)), targets) for matter in found]


def _weighed(matter: Matter, chosen: TransitionMatter | None, targets: dict[str, str]) -> Weighed:
    return Weighed(matter, chosen, refusal(matter, chosen, targets) if chosen else None)


def hinders(scene: Scene, found: Open) -> list[Any]:
    """Everything that stands in the way, at once."""
    reasons = happened_since(scene)
    for kind, matters in found.items():
        lines = weighed(scene, kind, matters)
        reasons += _missing(kind, [line for line in lines if line.chosen is None])
        reasons += [
            _l("%(title)s: %(reason)s", title=line.matter.title, reason=line.reason) for line in lines if line.reason
        ]
    return reasons + _crowded(scene, found.get(MatterKind.SEAT, []))


def _missing(kind: MatterKind, lines: list[Weighed]) -> list[Any]:
    if not lines:
        return []
    names = ", ".join(f"«{_shortened(line.matter.title)}»" for line in lines[:MOST_NAMED])
    more = len(lines) - MOST_NAMED
    named = _("%(names)s og %(more)s til", names=names, more=more) if more > 0 else names
    return [_l("%(kind)s: %(count)s mangler valg: %(names)s.", kind=kind.word, count=len(lines), names=named)]


def _shortened(title: str) -> str:
    return title if len(title) <= SHORT else f"{title[: SHORT - 1].rstrip()}…"


def _crowded(scene: Scene, seats: list[Matter]) -> list[Any]:
    """More holders are to go on into a body than it has places for their party."""
    wanted: Counter[tuple[str, Party]] = Counter()
    for matter in seats:
        chosen = scene.choices.get((MatterKind.SEAT, matter.id))
        if chosen and chosen.choice is MatterChoice.HAND_OVER and matter.party is not None and scene.is_structure:
            wanted[code_of(chosen).removeprefix(f"{NEW}:"), matter.party] += 1
    return [
        _l("%(body)s får flere fra %(party)s enn det er plasser til.", body=short, party=label(party))
        for (short, party), count in wanted.items()
        if count > scene.seats_planned(short, party)
    ]


def happened_since(scene: Scene) -> list[Any]:
    """Meetings held on the day or later: what has happened is not undone."""
    query = (
        sa.select(Body.short_name, sa.func.max(Meeting.day))
        .join(Meeting, Meeting.body_id == Body.id)
        .where(Meeting.state == MeetingState.HELD, Meeting.day >= scene.day, Meeting.room == COMMON_ROOM)
        .where(Body.partnership_id == scene.transition.partnership_id, _concerned(scene))
        .group_by(Body.id, Body.short_name, Body.sort_key)
        .order_by(Body.sort_key, Body.id)
    )
    return [
        _l("%(body)s har holdt møte %(day)s. Velg en dag etter det.", body=body, day=format_date(day))
        for body, day in session().execute(query)
    ]


def _concerned(scene: Scene) -> Any:
    if scene.is_structure:
        return Body.id.in_(sorted(body_id for body_id in scene.bodies if scene.ends(body_id)))
    return Body.id.in_(sa.select(Seat.body_id).where(Seat.organisation_id.in_(scene.leaving)))
