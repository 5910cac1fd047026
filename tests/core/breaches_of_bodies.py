"""Breaches of what is promised of bodies over time: what they are called and where they stand, who is appointed to
them, what follows when the structure changes, and who steps aside in a meeting.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from secretariat.appointing.models import Nomination, NominationChoice, NominationLetter
from secretariat.bodies.models import Appointment, Body, BodyPhase, BodySuccession, Capacity, CompositionRule
from secretariat.core import clock
from secretariat.core.db import session
from secretariat.decisions.models import Decision, DecisionKeeper, Task, TaskKeeper
from secretariat.directory.models import Organisation, OrganisationName
from secretariat.meetings.models import AgendaItem, Meeting, Participant, SteppedAside
from secretariat.transitions.models import MatterKind, Transition, TransitionState
from tests.core.breaches import Scene, alter, breaks, copy
from tests.core.breaches_of_papers import here, put

ONE_DAY = timedelta(days=1)


# ---- bodies


@breaks("NO_CYCLE")
def two_bodies_that_are_to_be_above_each_other(scene: Scene) -> None:
    alter(scene[BodyPhase], parent_id=copy(scene[Body], parent_id=scene[Body].id))


@breaks("BODY_AS_PHASE")
def a_body_called_something_that_was_never_decided(scene: Scene) -> None:
    alter(scene[Body], name="Et annet navn")


@breaks("BODY_AS_PHASE")
def a_change_that_was_not_taken_up(scene: Scene) -> None:
    alter(scene[BodyPhase], starts_on=clock.today() - 2 * ONE_DAY)


def _succeeded(scene: Scene, ended: int | None, began: int) -> None:
    """Close the body, and let another one take over, so many days from today."""
    today = clock.today()
    alter(scene[Body], ends_on=today + ended * ONE_DAY if ended is not None else None)
    bodies = {"body_id": scene[Body].id, "successor_id": copy(scene[Body])}
    put(BodySuccession, **here(scene), **bodies, starts_on=today + began * ONE_DAY)


@breaks("CLOSED_HAS_SUCCESSOR_AFTER")
def a_successor_of_a_body_that_goes_on(scene: Scene) -> None:
    _succeeded(scene, ended=None, began=0)


@breaks("CLOSED_HAS_SUCCESSOR_AFTER")
def a_successor_while_the_other_one_is_still_there(scene: Scene) -> None:
    _succeeded(scene, ended=0, began=0)


@breaks("CLOSED_HAS_SUCCESSOR_AFTER")
def a_successor_after_a_day_with_nobody(scene: Scene) -> None:
    _succeeded(scene, ended=0, began=2)


@breaks("ONE_RULE")
def two_rules_about_the_same_on_one_day(scene: Scene) -> None:
    copy(scene[CompositionRule], least=scene[CompositionRule].least + 1, ends_on=clock.today())


@breaks("NAMES_IN_ORDER")
def a_name_that_was_not_taken_up(scene: Scene) -> None:
    alter(scene[OrganisationName], starts_on=clock.today() - ONE_DAY)


@breaks("NAMES_IN_ORDER")
def a_former_name_that_is_used_today(scene: Scene) -> None:
    alter(scene[OrganisationName], starts_on=None, ends_on=clock.today())


def _another(scene: Scene) -> Organisation:
    whose = scene[OrganisationName].organisation_id
    others = sa.select(Organisation).where(Organisation.id != whose).order_by(Organisation.id)
    return session().scalars(others.limit(1)).one()


@breaks("NAME_TO_ONE")
def a_name_to_come_that_another_has(scene: Scene) -> None:
    alter(scene[OrganisationName], name=_another(scene).name)


@breaks("NAME_TO_ONE")
def a_name_that_two_will_have(scene: Scene) -> None:
    copy(scene[OrganisationName], organisation_id=_another(scene).id)


# ---- appointing


@breaks("REGISTERED_AS_NAMED")
def a_common_deputy_of_another_body_than_was_asked(scene: Scene) -> None:
    pool = {"seat_id": None, "pool_body_id": copy(scene[Body]), "pool_party": "M", "rank": 1}
    alter(scene[Appointment], seat_id=None, capacity=Capacity.DEPUTY)
    _answered(scene, capacity=Capacity.DEPUTY, **pool)


@breaks("ASKED_ONCE")
def a_place_that_two_are_asked_about(scene: Scene) -> None:
    copy(scene[Nomination], letter_id=copy(scene[NominationLetter], nominator="En annen kommune"))


def _answered(scene: Scene, **values: Any) -> None:
    """The place was answered with whoever sits there, who is registered; but for ``values``."""
    sitting = scene[Appointment]
    agreeing = {"choice": NominationChoice.KEEP, "person_id": sitting.person_id, "appointment_id": sitting.id}
    alter(scene[Nomination], **(agreeing | values))


@breaks("REGISTERED_AS_NAMED")
def an_appointment_of_another_than_the_one_named(scene: Scene) -> None:
    _answered(scene, person_id=scene[NominationLetter].contact_id)


@breaks("REGISTERED_AS_NAMED")
def an_appointment_of_nobody_that_was_named(scene: Scene) -> None:
    _answered(scene, person_id=None)


@breaks("REGISTERED_AS_NAMED")
def an_appointment_as_something_else_than_was_asked(scene: Scene) -> None:
    _answered(scene, capacity=Capacity.DEPUTY)


@breaks("REGISTERED_AS_NAMED")
def an_appointment_without_an_answer(scene: Scene) -> None:
    _answered(scene, choice=None)


@breaks("REGISTERED_AS_NAMED")
def an_appointment_that_was_to_be_named_later(scene: Scene) -> None:
    _answered(scene, choice=NominationChoice.LATER)


@breaks("NAMED_ONCE")
def somebody_new_who_is_named_to_two_places(scene: Scene) -> None:
    named = {"choice": NominationChoice.NEW, "email": "ny.person@stedet.example"}
    alter(scene[Nomination], **named)
    copy(scene[Nomination], capacity=Capacity.DEPUTY, rank=1)


# ---- transitions


def _carried_out(scene: Scene, **counts: int) -> None:
    line = {"kind": MatterKind.CASE, "before": 1, "hand_over": 0, "keep": 0, "close": 0} | counts
    alter(scene[Transition], state=TransitionState.CARRIED_OUT, counts=[line])


@breaks("NOTHING_LOST")
def a_case_that_nothing_became_of(scene: Scene) -> None:
    _carried_out(scene)


@breaks("NOTHING_LOST")
def a_case_that_was_counted_but_never_chosen_for(scene: Scene) -> None:
    _carried_out(scene, hand_over=1)


@breaks("KEEPER_AT_WORK")
def a_decision_followed_up_before_the_body_began(scene: Scene) -> None:
    kept = {"decision_id": scene[Decision].id, "body_id": scene[Body].id}
    put(DecisionKeeper, **here(scene), **kept, starts_on=scene[Body].starts_on - ONE_DAY)


@breaks("KEEPER_AT_WORK")
def a_task_followed_up_in_a_body_that_has_ended(scene: Scene) -> None:
    alter(scene[Body], ends_on=clock.today())
    kept = {"task_id": scene[Task].id, "body_id": scene[Body].id}
    put(TaskKeeper, **here(scene), **kept, starts_on=clock.today() + ONE_DAY)


# ---- meetings


def _elsewhere(scene: Scene) -> Any:
    return copy(scene[Meeting], uid="other@test.example", starts_at=scene[Meeting].starts_at + timedelta(minutes=1))


def _aside(scene: Scene, **values: Any) -> None:
    ours = {
        "meeting_id": scene[Meeting].id,
        "agenda_item_id": scene[AgendaItem].id,
        "participant_id": scene[Participant].id,
    }
    put(SteppedAside, **here(scene), **(ours | values))


@breaks("ASIDE_IN_OWN_MEETING")
def somebody_who_steps_aside_without_being_called(scene: Scene) -> None:
    _aside(scene, participant_id=copy(scene[Participant], meeting_id=_elsewhere(scene)))


@breaks("ASIDE_IN_OWN_MEETING")
def somebody_who_steps_aside_in_an_item_of_another_meeting(scene: Scene) -> None:
    _aside(scene, agenda_item_id=copy(scene[AgendaItem], meeting_id=_elsewhere(scene), treatment_id=None))
