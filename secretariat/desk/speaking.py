"""Min kommune: what waits for an answer from the organisation, and who speaks for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from secretariat.cases.models import CaseState
from secretariat.core.actor import Actor
from secretariat.decisions.queries import Awaited, awaiting_implementation
from secretariat.desk import queries


@dataclass(frozen=True)
class ToCarryOut:
    """A decision, and how each organisation that one speaks for stands with it."""

    decision: Awaited
    lines: tuple[Awaited, ...]


@dataclass(frozen=True)
class Speaking:
    """The desk of a contact."""

    organisations: tuple[queries.OwnOrganisation, ...]
    wanted: tuple[queries.OwnCase, ...]
    under_way: tuple[queries.OwnCase, ...]
    to_report: tuple[ToCarryOut, ...]
    representatives: tuple[queries.Representative, ...]


def speaking(actor: Actor) -> Speaking:
    """What a contact's desk holds. Four statements."""
    cases = queries.own_cases(actor)
    return Speaking(
        organisations=tuple(queries.own_organisations(actor)),
        wanted=tuple(case for case in cases if case.state is CaseState.MORE_WANTED),
        under_way=tuple(case for case in cases if case.state is not CaseState.MORE_WANTED),
        to_report=tuple(_by_decision(awaiting_implementation(actor))),
        representatives=tuple(queries.representatives(actor, actor.organisations)),
    )


def _by_decision(lines: Iterable[Awaited]) -> Iterable[ToCarryOut]:
    """Each decision once, however many municipalities one speaks for."""
    for _decision_id, group in groupby(lines, key=lambda line: line.decision_id):
        found = tuple(group)
        yield ToCarryOut(found[0], found)
