"""One rule of a composition, and how it is said."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from secretariat.bodies.models import RuleKind
from secretariat.core.dates import covers
from secretariat.core.text.language import _, _n
from secretariat.directory.parties import Party, label

ONE_FROM_EACH = (RuleKind.EACH_REGION, RuleKind.EACH_MUNICIPALITY)


@dataclass(frozen=True)
class Rule:
    """One rule of a composition."""

    id: UUID
    kind: RuleKind
    party: Party
    least: int
    title: str
    starts_on: date
    ends_on: date | None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on the day; both its first and its last day are counted."""
        return covers(self.starts_on, self.ends_on, day)

    @property
    def words(self) -> str:
        """The rule in words."""
        if self.kind is RuleKind.TITLE:
            return _("Minst %(number)s med tittelen %(title)s", number=self.least, title=self.title)
        return counted(self.party, self.least) if self.kind is RuleKind.COUNT else str(self.kind.word)


def counted(party: Party, number: int) -> str:
    """So many from a party."""
    if party is Party.M:
        return _n("én fra kommunene", "%(number)s fra kommunene", number)
    if party is Party.H:
        return _n("én fra helseforetaket", "%(number)s fra helseforetaket", number)
    return _("%(party)s: %(number)s", party=label(party), number=number)
