"""Whatever comes and goes, in any order: memberships never overlap, history is never rewritten, nothing is lost."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from hypothesis import given, settings, strategies as st

from secretariat.accounts.models import Office
from secretariat.bodies.models import Appointment, Seat
from secretariat.cases.models import Case, CaseState
from secretariat.core.actor import Role
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.directory.models import Membership, Organisation, Partnership, RegionMember
from secretariat.directory.parties import Party
from secretariat.transitions import carrying_out, choosing, starting
from secretariat.transitions.matters import CLOSE, KEEP, Matter, chosen_from
from secretariat.transitions.models import Transition, TransitionKind
from secretariat.transitions.opening import open_matters
from secretariat.transitions.scene import Scene, read_scene
from secretariat.web.verifying import promises
from tests.factories import Factory
from tests.factories.transitions import again

HISTORY: tuple[Any, ...] = (Membership, RegionMember, Seat, Appointment, Office)
FIRST = date(2026, 10, 1)
KINDS = [TransitionKind.JOIN, TransitionKind.LEAVE, TransitionKind.MERGER, TransitionKind.SPLIT]


@dataclass
class Change:
    """One change, and the numbers by which whom it concerns and what is chosen are picked."""

    kind: TransitionKind
    whom: int
    days: int
    picks: list[int]


CHANGES = st.builds(
    Change,
    kind=st.sampled_from(KINDS),
    whom=st.integers(0, 20),
    days=st.integers(0, 200),
    picks=st.lists(st.integers(0, 20), min_size=1, max_size=6),
)


@settings(max_examples=12)
@given(changes=st.lists(CHANGES, min_size=1, max_size=5))
def test_any_sequence_of_joins_leaves_mergers_and_splits_keeps_history_and_every_open_matter(
    a: Factory, changes: list[Change]
) -> None:
    partnership, secretary = _begin(a)
    day = FIRST
    for number, change in enumerate(changes):
        day += timedelta(days=change.days)
        before, cases = _history(partnership), _cases(partnership)
        if _carried_out(secretary, partnership, change, day, number):
            _nothing_rewritten(before, _history(partnership), day)
            assert _cases(partnership) == cases
        for promise in ("ONE_MEMBERSHIP", "NOTHING_LOST", "DATES_IN_ORDER", "ONE_HOLDER"):
            assert list(promises[promise].check()) == []


def _begin(a: Factory) -> tuple[Partnership, Any]:
    """Three municipalities, each with a place, a contact and a case; and who keeps them."""
    partnership = a.partnership()
    trust = a.organisation(f"Sykehuset {partnership.key}", Party.H, partnership=partnership)
    person = a.person("Kari Nordmann", organisation=trust)
    a.office(person, Role.SECRETARY, party=Party.H, partnership_id=partnership.id)
    body = a.body(partnership=partnership)
    for number in range(3):
        municipality = a.organisation(f"Kommune {number} {partnership.key}", partnership=partnership)
        contact = a.person(organisation=municipality)
        here = {"organisation_id": municipality.id, "partnership_id": partnership.id}
        a.office(contact, Role.CONTACT, party=Party.M, **here)
        a.appointment(a.seat(body, Party.M, organisation_id=municipality.id), contact)
        a.case(f"Sak {number}", partnership=partnership, organisation=municipality)
    return partnership, a.actor(person)


def _carried_out(secretary: Any, partnership: Partnership, change: Change, day: date, number: int) -> bool:
    """Whether the change could be prepared and was carried out; a refusal leaves all as it was."""
    try:
        transition_id = _started(secretary, partnership, change, day, number)
    except DomainError:
        return False
    session().rollback()
    scene = read_scene(secretary, session().get_one(Transition, transition_id))
    for kind, matters in open_matters(scene).items():
        made = tuple(_chosen(scene, matter, change.picks, index) for index, matter in enumerate(matters))
        again(choosing.choose, secretary, transition_id, kind=kind, choices=made)
    again(carrying_out.carry_out, secretary, transition_id)
    done = session().get_one(Transition, transition_id, populate_existing=True)
    for line in done.counts:
        assert line["before"] == line["hand_over"] + line["keep"] + line["close"]
    return True


def _started(secretary: Any, partnership: Partnership, change: Change, day: date, number: int) -> Any:
    known = _municipalities(partnership)
    one = known[change.whom % len(known)]
    named = f"Ny {number} {partnership.key}"
    whom: dict[str, Any] = {
        TransitionKind.JOIN: {"successors": (one,)} if change.whom % 2 else {"new_names": named},
        TransitionKind.LEAVE: {"organisations": (one,)},
        TransitionKind.MERGER: {"organisations": tuple({one, known[change.picks[0] % len(known)]}), "new_names": named},
        TransitionKind.SPLIT: {"organisations": (one,), "new_names": f"{named} A\n{named} B"},
    }[change.kind]
    return again(starting.start_membership, secretary, partnership, kind=change.kind, effective_on=day, **whom)


def _municipalities(partnership: Partnership) -> list[Any]:
    """All that were ever members."""
    query = (
        sa.select(Organisation.id)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.partnership_id == partnership.id, Organisation.party == Party.M)
    )
    return sorted(set(session().scalars(query)))


def _chosen(scene: Scene, matter: Matter, picks: list[int], index: int) -> Any:
    codes = list(scene.targets(matter.kind)) + [KEEP] * matter.may_keep + [CLOSE] * matter.may_close
    return chosen_from(matter.id, codes[picks[index % len(picks)] % len(codes)], "Avtalt")


History = dict[tuple[str, Any], dict[str, Any]]


def _history(partnership: Partnership) -> History:
    session().rollback()
    return {
        (kind.__tablename__, row.id): {column.key: getattr(row, column.key) for column in sa.inspect(kind).column_attrs}
        for kind in HISTORY
        for row in session().scalars(
            sa.select(kind).where(kind.partnership_id == partnership.id).execution_options(populate_existing=True)
        )
    }


def _nothing_rewritten(before: History, after: History, day: date) -> None:
    """Every row is still there, as it was; at most it has got the eve of the change for its last day."""
    for key, row in before.items():
        now = after[key]
        assert {**now, "ends_on": row["ends_on"]} == row
        if now["ends_on"] != row["ends_on"]:
            assert now["ends_on"] == day - timedelta(days=1)
            assert row["ends_on"] is None or row["ends_on"] > now["ends_on"]


def _cases(partnership: Partnership) -> dict[str, int]:
    """How many cases there are of each title: none is made twice, none is gone, open or closed."""
    query = sa.select(Case.title, sa.func.count()).where(Case.partnership_id == partnership.id)
    found = {title: number for title, number in session().execute(query.group_by(Case.title))}
    states = session().scalars(sa.select(Case.state).where(Case.partnership_id == partnership.id))
    assert set(states) <= {CaseState.READY, CaseState.WITHDRAWN}
    return found
