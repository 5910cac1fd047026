"""What holds for rounds of appointing."""

from collections.abc import Iterator

import sqlalchemy as sa

from secretariat.appointing.models import Nomination, NominationChoice, NominationLetter
from secretariat.appointing.pooling import with_place
from secretariat.bodies.models import Appointment, Body
from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l


@checks(
    "ASKED_ONCE", _l("I en oppnevningsrunde spørres det om hver plass bare én gang, hos den som oppnevner til den.")
)
def each_place_is_asked_of_one() -> Iterator[str]:
    """No place stands in two letters of one round."""
    query = (
        sa.select(NominationLetter.campaign_id, Nomination.seat_id)
        .join(Nomination, Nomination.letter_id == NominationLetter.id)
        .where(Nomination.seat_id.is_not(None))
        .group_by(NominationLetter.campaign_id, Nomination.seat_id, Nomination.capacity, Nomination.rank)
        .having(sa.func.count() > 1)
        .order_by(NominationLetter.campaign_id, Nomination.seat_id)
    )
    for campaign_id, seat_id in session().execute(query):
        yield _("Plassen %(seat)s er med i to brev i runden %(round)s.", seat=seat_id, round=campaign_id)


@checks(
    "REGISTERED_AS_NAMED", _l("En oppnevning som er registrert etter et svar, gjelder plassen og personen i svaret.")
)
def each_appointment_is_the_one_that_was_named() -> Iterator[str]:
    """An appointment made from an answer is to the place and of the person that the answer named."""
    differs = sa.or_(
        Appointment.seat_id.is_distinct_from(Nomination.seat_id),
        Appointment.capacity != Nomination.capacity,
        sa.and_(Nomination.seat_id.is_(None), Appointment.body_id != Nomination.pool_body_id),
        Appointment.person_id.is_distinct_from(Nomination.person_id),
        Nomination.choice.is_(None),
        Nomination.choice == NominationChoice.LATER,
    )
    query = sa.select(Nomination.id).join(Appointment, Appointment.id == Nomination.appointment_id).where(differs)
    for nomination_id in session().scalars(query.order_by(Nomination.id)):
        yield _("Svaret %(id)s er registrert på en annen plass eller person.", id=nomination_id)


@checks("NAMED_ONCE", _l("Den som oppnevner, navngir ingen to ganger til samme utvalg."))
def nobody_is_named_twice_to_one_body() -> Iterator[str]:
    """Within one letter, the address of somebody new stands once for each body."""
    is_new = sa.case((Nomination.choice == NominationChoice.NEW, 1), else_=0)
    query = (
        with_place(sa.select(Nomination.letter_id, Body.id).select_from(Nomination))
        .where(Nomination.email != "")
        .group_by(Nomination.letter_id, Body.id, Nomination.email)
        .having(sa.func.count() > 1, sa.func.sum(is_new) > 0)
        .order_by(Nomination.letter_id, Body.id)
    )
    for letter_id, body_id in session().execute(query):
        yield _("Brevet %(letter)s navngir noen to ganger til utvalget %(body)s.", letter=letter_id, body=body_id)
