"""Who represents whom: a regional council or KS that sees and answers for organisations (representation).

Invariant ``REPRESENTED_ONCE``: one organisation represents another at most once on any day.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.access import Condition, visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import LastDay, in_order
from secretariat.core.text.language import _l
from secretariat.directory.models import Membership, Organisation, Partnership, Representation
from secretariat.directory.names import named_on
from secretariat.directory.policy import may_keep_people, may_keep_representation


@dataclass(frozen=True)
class Represent:
    """Who represents, whom, and in what time."""

    organisation_id: UUID | None
    represented: tuple[UUID, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None


@action("directory.represent", load=Partnership, rule=may_keep_people, input=Represent)
def represent(_actor: Actor, partnership: Partnership, given: Represent) -> UUID:
    """From a day on an organisation sees and answers for others; returns its id."""
    starts_on = given.starts_on or clock.today()
    relay = _relay(partnership, given)
    in_order(starts_on, given.ends_on)
    for represented_id in dict.fromkeys(given.represented):
        _demand_free(partnership, relay, represented_id, starts_on, given.ends_on)
        session().add(
            Representation(
                partnership_id=partnership.id,
                organisation_id=relay,
                represented_id=represented_id,
                starts_on=starts_on,
                ends_on=given.ends_on,
            )
        )
    return relay


def _relay(partnership: Partnership, given: Represent) -> UUID:
    """Both sides take part in the partnership, and nobody represents itself."""
    members = set(session().scalars(_members(partnership)))
    if given.organisation_id not in members or given.organisation_id is None:
        raise DomainError(_l("Velg hvem som representerer."), "organisation_id")
    if not given.represented or not members >= set(given.represented):
        raise DomainError(_l("Velg minst én organisasjon som er med i samarbeidet."), "represented")
    if given.organisation_id in given.represented:
        raise DomainError(_l("En organisasjon kan ikke representere seg selv."), "represented")
    return given.organisation_id


def _members(partnership: Partnership) -> sa.Select[UUID]:
    going_on = sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= clock.today())
    return sa.select(Membership.organisation_id).where(Membership.partnership_id == partnership.id, going_on)


def _demand_free(partnership: Partnership, relay: UUID, represented_id: UUID, start: date, end: date | None) -> None:
    same = sa.select(Organisation.name).join(Representation, Representation.represented_id == Organisation.id)
    same = same.where(Representation.partnership_id == partnership.id, Representation.organisation_id == relay)
    name = session().scalar(same.where(Representation.represented_id == represented_id, _overlaps(start, end)))
    if name is not None:
        raise DomainError(_l("%(name)s er alt representert i denne tiden.", name=name), "represented")


def _overlaps(start: date, end: date | None) -> Condition:
    before_its_end = sa.or_(Representation.ends_on.is_(None), Representation.ends_on >= start)
    return before_its_end if end is None else sa.and_(before_its_end, Representation.starts_on <= end)


@action("directory.end_representation", load=Representation, rule=may_keep_representation, input=LastDay)
def end_representation(_actor: Actor, row: Representation, given: LastDay) -> UUID:
    """After a day the organisation no longer sees and answers for the other one."""
    in_order(row.starts_on, given.ends_on)
    session().execute(sa.select(Partnership.id).where(Partnership.id == row.partnership_id).with_for_update())
    later = sa.select(Representation.id).where(
        Representation.partnership_id == row.partnership_id,
        Representation.organisation_id == row.organisation_id,
        Representation.represented_id == row.represented_id,
        Representation.starts_on > row.starts_on,
        Representation.starts_on <= given.ends_on,
    )
    if session().scalar(later.limit(1)) is not None:
        raise DomainError(_l("En ny periode begynner før denne dagen."), "ends_on")
    row.ends_on = given.ends_on
    return row.id


# ---- reading


@dataclass(frozen=True)
class Represented:
    """A relay, whom it represents, and in what time."""

    id: UUID
    partnership_id: UUID
    relay_id: UUID
    relay: str
    organisation_id: UUID
    organisation: str
    starts_on: date
    ends_on: date | None

    @property
    def is_to_come(self) -> bool:
        """Whether it has not begun."""
        return self.starts_on > clock.today()


def representation(actor: Actor, representation_id: UUID) -> Represented | None:
    """One representation."""
    return next(iter(_read(actor, Representation.id == representation_id)), None)


def of_partnership(actor: Actor, partnership_id: UUID, day: date | None = None) -> dict[str, list[Represented]]:
    """Who represents whom in the partnership by relay: on a day, each by its name of that day; else now and later."""
    today = clock.today()
    going_on = sa.or_(Representation.ends_on.is_(None), Representation.ends_on >= today)
    then = going_on if day is None else sa.and_(Representation.starts_on <= day, _overlaps(day, day))
    found: dict[str, list[Represented]] = defaultdict(list)
    for row in _read(actor, Representation.partnership_id == partnership_id, then, day=day or today):
        found[row.relay].append(row)
    return found


def of_organisation(actor: Actor, organisation_id: UUID) -> list[Represented]:
    """Today's representations in which the organisation is the one or the other."""
    today = clock.today()
    either = sa.or_(Representation.organisation_id == organisation_id, Representation.represented_id == organisation_id)
    return _read(actor, either, Representation.starts_on <= today, _overlaps(today, today))


def _read(actor: Actor, *conditions: Condition, day: date | None = None) -> list[Represented]:
    relay, other = sa.orm.aliased(Organisation), sa.orm.aliased(Organisation)
    names = [named_on(one, day or clock.today()) for one in (relay, other)]
    query = (
        sa.select(Representation.id, Representation.partnership_id, relay.id, names[0], other.id, names[1])
        .add_columns(Representation.starts_on, Representation.ends_on)
        .join(relay, relay.id == Representation.organisation_id)
        .join(other, other.id == Representation.represented_id)
        .where(visible(actor, Representation), *conditions)
        .order_by(relay.sort_key, relay.id, other.sort_key, other.id, Representation.starts_on)
    )
    return [Represented(*row) for row in session().execute(query)]
