"""Who is party to the agreement changes: rights lapse and begin by date, open matters go to the successor chosen."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.models import Office
from secretariat.bodies.models import Appointment, Seat
from secretariat.bodies.sitting import on_day
from secretariat.cases import actions as cases
from secretariat.cases.models import Case
from secretariat.core import clock
from secretariat.core.access import grant
from secretariat.core.db import session
from secretariat.core.text.language import _
from secretariat.decisions import actions as decisions
from secretariat.decisions.models import Decision, Implementation, ImplementationState, Task, TaskState
from secretariat.directory.changing import begin_membership, employ_from, end_membership, enter_region, succeed
from secretariat.directory.models import Organisation, Representation
from secretariat.directory.parties import Party
from secretariat.transitions.matters import ORGANISATION, Matter
from secretariat.transitions.models import MatterChoice, MatterKind, TransitionMatter, TransitionOrganisation
from secretariat.transitions.moving import end_on
from secretariat.transitions.opening import Open
from secretariat.transitions.scene import Scene
from secretariat.transitions.seating import carry_appointments

HANDED = "succession"
"""Why a case is open to the organisation that took over after the one that raised it."""


def carry_out(scene: Scene, found: Open) -> dict[str, UUID]:
    """Do all of it; the answer says which organisation each word of a choice means."""
    places = {code: UUID(code.removeprefix(f"{ORGANISATION}:")) for code in scene.targets(MatterKind.CASE)}
    regions = {one: end_membership(scene.transition.partnership_id, one, scene.eve) for one in scene.leaving}
    _begin(scene, regions)
    if scene.newcomers:
        _give_places(scene, found[MatterKind.BODY])
    if scene.leaving:
        _end_rights(scene)
        _hand_over_seats(scene, found[MatterKind.SEAT])
        _pass_on_people(scene, found[MatterKind.PERSON])
        _pass_on_cases(scene, found[MatterKind.CASE])
        _pass_on_tasks(scene, found[MatterKind.TASK])
        _pass_on_implementations(scene, found[MatterKind.IMPLEMENTATION])
    return places


# ---- who is a member


def _begin(scene: Scene, regions: dict[UUID, list[UUID]]) -> None:
    """Successors and those who join are members from the day, and in the regions of those before them."""
    here = scene.transition.partnership_id
    for before, after in scene.organisations:
        newcomer = before if not scene.leaving else after
        if newcomer is None:
            continue
        begin_membership(here, newcomer, scene.day)
        for region_id in {*regions.get(before, []), *_region_of(scene, before)}:
            enter_region(here, region_id, newcomer, scene.day)
        if after is not None:
            succeed(before, after, scene.day)


def _region_of(scene: Scene, organisation_id: UUID) -> list[UUID]:
    query = sa.select(TransitionOrganisation.region_id).where(
        TransitionOrganisation.transition_id == scene.transition.id,
        TransitionOrganisation.organisation_id == organisation_id,
        TransitionOrganisation.region_id.is_not(None),
    )
    return [one for one in session().scalars(query) if one is not None]


# ---- rights that lapse on the eve


def _end_rights(scene: Scene) -> None:
    """Offices and representation for the organisation end, in every room: they follow from its membership."""
    here = scene.transition.partnership_id
    end_on(scene.eve, sa.and_(Office.partnership_id == here, Office.organisation_id.in_(scene.leaving)), Office)
    concerned = sa.or_(
        Representation.represented_id.in_(scene.leaving), Representation.organisation_id.in_(scene.leaving)
    )
    end_on(scene.eve, sa.and_(Representation.partnership_id == here, concerned), Representation)


def _hand_over_seats(scene: Scene, matters: list[Matter]) -> None:
    """Places of the organisation end, those in a party's room too; a successor gets one where it has none."""
    going = _people_going(scene)
    for matter in matters:
        row = scene.choices[MatterKind.SEAT, matter.id]
        if row.choice is MatterChoice.HAND_OVER and row.to_organisation_id is not None:
            old = session().get_one(Seat, matter.id)
            if not _has_place(old.body_id, row.to_organisation_id, scene.day):
                new = _place_like(old, row.to_organisation_id, scene.day)
                carry_appointments(scene, old, new, going.get(row.to_organisation_id, set()))
    ending = sa.and_(Seat.partnership_id == scene.transition.partnership_id, Seat.organisation_id.in_(scene.leaving))
    seats = sa.select(Seat.id).where(ending, on_day(Seat, scene.eve))
    end_on(scene.eve, Appointment.seat_id.in_(seats), Appointment)
    end_on(scene.eve, ending, Seat)


def _give_places(scene: Scene, matters: list[Matter]) -> None:
    """The newcomer gets a place like those of the other municipalities, with nobody in it yet."""
    for matter in matters:
        newcomer = scene.choices[MatterKind.BODY, matter.id].to_organisation_id
        others = sa.select(Seat).where(Seat.body_id == matter.id, on_day(Seat, scene.day), Seat.party == Party.M)
        like = session().scalars(others.where(Seat.organisation_id.is_not(None)).order_by(Seat.position)).first()
        if newcomer is not None and like is not None and not _has_place(matter.id, newcomer, scene.day):
            _place_like(like, newcomer, scene.day)


def _people_going(scene: Scene) -> dict[UUID, set[UUID]]:
    """By new employer: those who get it."""
    going: dict[UUID, set[UUID]] = {}
    for (kind, person_id), row in scene.choices.items():
        if kind is MatterKind.PERSON and row.to_organisation_id is not None:
            going.setdefault(row.to_organisation_id, set()).add(person_id)
    return going


def _has_place(body_id: UUID, organisation_id: UUID, day: Any) -> bool:
    there = (Seat.body_id == body_id, Seat.organisation_id == organisation_id, on_day(Seat, day))
    return session().scalar(sa.select(Seat.id).where(*there).limit(1)) is not None


def _place_like(old: Seat, organisation_id: UUID, day: Any) -> Seat:
    same = ("body_id", "position", "party", "role", "title", "nominated_by", "may_speak", "may_propose", "may_vote")
    seat = Seat(partnership_id=old.partnership_id, organisation_id=organisation_id, starts_on=day)
    for name in same:
        setattr(seat, name, getattr(old, name))
    session().add(seat)
    session().flush()
    return seat


# ---- people


def _pass_on_people(scene: Scene, matters: list[Matter]) -> None:
    """A new employer from the day; or the person leaves every place in this partnership."""
    for matter in matters:
        row = scene.choices[MatterKind.PERSON, matter.id]
        if row.choice is MatterChoice.HAND_OVER and row.to_organisation_id is not None:
            employ_from(matter.id, row.to_organisation_id, scene.day)
        elif row.choice is MatterChoice.CLOSE:
            here = scene.transition.partnership_id
            end_on(
                scene.eve, sa.and_(Appointment.partnership_id == here, Appointment.person_id == matter.id), Appointment
            )


# ---- what is open


def _pass_on_cases(scene: Scene, matters: list[Matter]) -> None:
    """Who raised the case stays in its history; the successor gets to see it."""
    for matter in matters:
        row = scene.choices[MatterKind.CASE, matter.id]
        case = session().get_one(Case, matter.id)
        if row.choice is MatterChoice.HAND_OVER:
            grant(case, because=HANDED, start=clock.today(), organisation_id=row.to_organisation_id)
        elif row.choice is MatterChoice.CLOSE:
            cases.withdraw(scene.actor, case, reason=row.reason)


def _pass_on_tasks(scene: Scene, matters: list[Matter]) -> None:
    for matter in matters:
        row = scene.choices[MatterKind.TASK, matter.id]
        task = session().get_one(Task, matter.id)
        if row.choice is MatterChoice.HAND_OVER:
            same = {"text": task.text, "deadline": task.deadline, "responsible_person_id": task.responsible_person_id}
            successor = row.to_organisation_id
            decisions.change_task(scene.actor, task, responsible_organisation_id=successor, **same)
        elif row.choice is MatterChoice.CLOSE:
            decisions.report_task(scene.actor, task, state=TaskState.DROPPED, note=row.reason)


def _pass_on_implementations(scene: Scene, matters: list[Matter]) -> None:
    """The old line says who goes on, and the successor gets a line of its own."""
    for matter in matters:
        row = scene.choices[MatterKind.IMPLEMENTATION, matter.id]
        line = session().get_one(Implementation, matter.id)
        if row.choice is MatterChoice.HAND_OVER:
            _report(scene, line, _taken_over(line, row))
        elif row.choice is MatterChoice.CLOSE:
            _report(scene, line, row.reason)


def _report(scene: Scene, line: Implementation, note: str) -> None:
    decisions.report_implementation(scene.actor, line, state=ImplementationState.NOT_RELEVANT, note=note)


def _taken_over(line: Implementation, row: TransitionMatter) -> str:
    successor = session().get_one(Organisation, row.to_organisation_id)
    decision = session().get_one(Decision, line.decision_id)
    here = {"decision_id": line.decision_id, "organisation_id": successor.id}
    grant(decision, because="implementation", start=clock.today(), organisation_id=successor.id)
    if session().scalar(sa.select(Implementation.id).filter_by(**here)) is None:
        session().add(Implementation(partnership_id=line.partnership_id, **here))
        session().flush()
    return _("Føres videre av %(name)s.", name=successor.name)
