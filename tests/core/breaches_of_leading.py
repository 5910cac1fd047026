"""Breaches of what is promised of terms and of who leads."""

from datetime import timedelta

from secretariat.bodies.models import Appointment, ChairTerm, SecretariatTerm
from tests.core.breaches import Scene, alter, breaks, copy


@breaks("TERM_IN_ORDER")
def a_term_that_is_over_before_it_begins(scene: Scene) -> None:
    alter(scene[Appointment], term_ends_on=scene[Appointment].starts_on - timedelta(days=1))


@breaks("ONE_LEADS")
def two_who_lead_a_body_on_the_same_days(scene: Scene) -> None:
    copy(scene[ChairTerm], starts_on=scene[ChairTerm].starts_on + timedelta(days=40))


@breaks("ONE_LEADS")
def two_sides_that_lead_the_secretariat(scene: Scene) -> None:
    copy(scene[SecretariatTerm], starts_on=scene[SecretariatTerm].starts_on + timedelta(days=40))
