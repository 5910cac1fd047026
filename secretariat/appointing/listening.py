"""What rounds of appointing hear from the rooms below."""

from typing import Any

import sqlalchemy as sa

from secretariat.appointing.models import Nomination
from secretariat.core.db import session


def appointment_withdrawn(appointment: Any) -> None:
    """An appointment that came of a nomination was a mistake: who was named is still named, and not yet registered. A
    letter that asks about it asks for somebody new.
    """
    for reference in (Nomination.appointment_id, Nomination.before_id):
        for nomination in session().scalars(sa.select(Nomination).where(reference == appointment.id)):
            setattr(nomination, reference.key, None)
    session().flush()
