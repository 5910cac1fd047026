"""What the pages of a transition show: groups with their counts, and the sheet on which one chooses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from secretariat.bodies.drawing import Drawing, DrawnBody, draw
from secretariat.bodies.rows import level_word
from secretariat.core.text.language import _, _n
from secretariat.transitions.matters import BODY, CLOSE, KEEP, NEW, Matter, chosen_from, code_of, refusal
from secretariat.transitions.models import MatterKind, TransitionKind, TransitionMatter
from secretariat.transitions.opening import Open, weighed
from secretariat.transitions.scene import Scene

GROUPS = {
    "utvalg": MatterKind.BODY,
    "moter": MatterKind.MEETING,
    "saker": MatterKind.CASE,
    "vedtak": MatterKind.DECISION,
    "oppgaver": MatterKind.TASK,
    "plasser": MatterKind.SEAT,
    "gjennomforing": MatterKind.IMPLEMENTATION,
    "personer": MatterKind.PERSON,
}
"""What stands in the address for each kind."""

SLUGS = {kind: slug for slug, kind in GROUPS.items()}


def heading(kind: MatterKind) -> str:
    """The name of a group."""
    return {
        MatterKind.BODY: _("Utvalg"),
        MatterKind.MEETING: _("Møter"),
        MatterKind.CASE: _("Saker"),
        MatterKind.DECISION: _("Vedtak"),
        MatterKind.TASK: _("Oppgaver"),
        MatterKind.SEAT: _("Plasser"),
        MatterKind.IMPLEMENTATION: _("Gjennomføring"),
        MatterKind.PERSON: _("Personer"),
    }[kind]


def counted(kind: MatterKind, number: int) -> str:
    """So many of a kind: «14 saker»."""
    return {
        MatterKind.BODY: _n("%(number)s utvalg", "%(number)s utvalg", number),
        MatterKind.MEETING: _n("%(number)s møte", "%(number)s møter", number),
        MatterKind.CASE: _n("%(number)s sak", "%(number)s saker", number),
        MatterKind.DECISION: _n("%(number)s vedtak", "%(number)s vedtak", number),
        MatterKind.TASK: _n("%(number)s oppgave", "%(number)s oppgaver", number),
        MatterKind.SEAT: _n("%(number)s plass", "%(number)s plasser", number),
        MatterKind.IMPLEMENTATION: _n("%(number)s gjennomføring", "%(number)s gjennomføringer", number),
        MatterKind.PERSON: _n("%(number)s person", "%(number)s personer", number),
    }[kind]


# ---- the counts


@dataclass(frozen=True)
class Count:
    """How many open matters of a kind there are, and what becomes of them; before and after are the same number."""

    kind: MatterKind
    before: int
    handed_over: int
    kept: int
    closed: int
    missing: int = 0

    @property
    def after(self) -> int:
        """How many are found afterwards."""
        return self.handed_over + self.kept + self.closed

    @property
    def words(self) -> str:
        """«14 saker»."""
        return counted(self.kind, self.before)

    @property
    def sentence(self) -> str:
        """«14 saker: 11 ført videre, 2 avsluttet, 1 blir»."""
        parts = [(_("ført videre"), self.handed_over), (_("avsluttet"), self.closed), (_("blir"), self.kept)]
        said = ", ".join(f"{number} {word}" for word, number in parts if number)
        return f"{self.words}: {said}" if said else self.words

    @property
    def slug(self) -> str:
        """What stands in the address."""
        return SLUGS[self.kind]


def stored_counts(rows: list[dict[str, Any]]) -> list[Count]:
    """The counts of a transition that has been carried out."""
    kinds = {kind.value: kind for kind in MatterKind}
    return [Count(kinds[row["kind"]], row["before"], row["hand_over"], row["keep"], row["close"]) for row in rows]


def present_counts(scene: Scene, found: Open) -> list[Count]:
    """The counts as they are while one chooses; a choice that cannot be carried out is missing."""
    return [_present(scene, kind, matters) for kind, matters in found.items()]


def _present(scene: Scene, kind: MatterKind, matters: list[Matter]) -> Count:
    settled = [line.chosen for line in weighed(scene, kind, matters) if line.settled]
    codes = [code_of(row) for row in settled if row is not None]
    kept, closed = codes.count(KEEP), codes.count(CLOSE)
    return Count(kind, len(matters), len(codes) - kept - closed, kept, closed, len(matters) - len(codes))


# ---- the pictures


def old_picture(scene: Scene, address: Any) -> Drawing:
    """The structure as it is, each body with what becomes of it."""
    return draw([_old(scene, body, address) for body in scene.bodies.values()])


def _old(scene: Scene, body: Any, address: Any) -> DrawnBody:
    fate = scene.fate[body.id]
    parent = str(body.parent_id) if body.parent_id in scene.bodies else None
    level = level_word(body.level, body.level_name)
    note = _("Blir") if fate == KEEP else _("Avsluttes") if fate == CLOSE else f"→ {_short(scene, fate)}"
    href, said = address(body.id), note if fate else _("Mangler valg")
    return DrawnBody(str(body.id), body.short_name, body.name, level, parent, href=href, note=said)


def _short(scene: Scene, fate: str) -> str:
    kind, _colon, key = fate.partition(":")
    return key if kind == NEW else next((b.short_name for b in scene.bodies.values() if f"{BODY}:{b.id}" == fate), "")


def new_picture(scene: Scene) -> Drawing:
    """The structure as it will be: the new bodies, and the old ones that work on under those who take over."""
    kept = [body for body in scene.bodies.values() if not scene.ends(body.id)]
    return draw([*scene.new_picture, *(_kept(scene, body) for body in kept)])


def _kept(scene: Scene, body: Any) -> DrawnBody:
    above = body.parent_id
    if above is not None and scene.ends(above):
        _kind, _colon, parent = scene.successor(above).partition(":")
    else:
        parent = str(above) if above in scene.bodies else ""
    return DrawnBody(
        str(body.id),
        body.short_name,
        body.name,
        level_word(body.level, body.level_name),
        parent or None,
        note=_("Blir"),
    )


# ---- the sheet of choices


@dataclass(frozen=True)
class Line:
    """One matter on the sheet: what is chosen or typed, whether that is only a suggestion, what is wrong with it."""

    matter: Matter
    code: str
    reason: str
    chosen: bool
    error: Any = None


@dataclass(frozen=True)
class Sheet:
    """The open matters of one kind, each with its choice."""

    kind: MatterKind
    lines: list[Line]
    targets: Mapping[str, str]
    keep_word: str
    close_word: str

    @property
    def may_keep(self) -> bool:
        """Whether any of them may stay where it is."""
        return any(line.matter.may_keep for line in self.lines)

    @property
    def faults(self) -> list[Line]:
        """Those with something wrong."""
        return [line for line in self.lines if line.error]

    @property
    def missing(self) -> int:
        """How many have no choice yet."""
        return sum(not line.chosen for line in self.lines)


Typed = Mapping[UUID, tuple[str, str]]
"""By matter: the choice and the reason as they were typed."""


def sheet(scene: Scene, kind: MatterKind, matters: list[Matter], typed: Typed, errors: Mapping[str, Any]) -> Sheet:
    """The sheet with what is stored, or with what was typed and what is wrong with it."""
    targets = scene.targets(kind)
    lines = [_line(matter, scene.choices.get((kind, matter.id)), typed, errors, targets) for matter in matters]
    return Sheet(kind, lines, targets, *_words(scene, kind))


def _line(
    matter: Matter, stored: TransitionMatter | None, typed: Typed, errors: Mapping[str, Any], targets: dict[str, str]
) -> Line:
    code, reason = (code_of(stored), stored.reason) if stored else (matter.suggested, "")
    code, reason = typed.get(matter.id, (code, reason))
    wrong = refusal(matter, stored, targets) if stored and matter.id not in typed else None
    return Line(matter, code, reason, stored is not None, errors.get(str(matter.id), wrong))


def _words(scene: Scene, kind: MatterKind) -> tuple[str, str]:
    """What staying and ending mean for this kind."""
    if scene.newcomers:
        return _("Får ingen plass"), ""
    keep = {
        MatterKind.BODY: _("Utvalget fortsetter"),
        MatterKind.PERSON: _("Beholder arbeidsgiveren"),
    }.get(kind, _("Blir der den er") if scene.is_structure else _("Blir hos kommunen"))
    close = {
        MatterKind.MEETING: _("Avlyses"),
        MatterKind.DECISION: _("Oppfølgingen avsluttes"),
        MatterKind.PERSON: _("Går ut av plassene sine"),
    }.get(kind, _("Avsluttes"))
    return keep, close


def possible_for(scene: Scene, kind: MatterKind, matters: list[Matter], code: str, reason: str) -> list[Any]:
    """The same choice for all those for which it can be made."""
    targets = scene.targets(kind)
    made = [(matter, chosen_from(matter.id, code, reason)) for matter in matters]
    return [chosen for matter, chosen in made if chosen is not None and refusal(matter, chosen, targets) is None]


def title_of(kind: TransitionKind, concerned: list[tuple[str, str]], structure: str = "") -> str:
    """What a transition is called: the new structure, or the municipalities."""
    if kind is TransitionKind.STRUCTURE:
        return structure
    before = ", ".join(dict.fromkeys(name for name, _after in concerned))
    after = ", ".join(dict.fromkeys(name for _before, name in concerned if name))
    return f"{before} → {after}" if after else before
