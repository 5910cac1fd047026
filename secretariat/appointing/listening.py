"""What rounds of appointing hear from the rooms below."""

from typing import Any

import sqlalchemy as sa

from secretariat.appointing.models import Nomination
from secretariat.core.db import session


def appointment_withdrawn(appointment: Any) -> None:
    """An appointment that came of a nomination was a mistake: who was named is still named, and not yet registered."""
    came_of = sa.select(Nomination).where(Nomination.appointment_id == appointment.id)
    for nomination in session().scalars(came_of):
        nomination.appointment_id = None
    session().flush()
