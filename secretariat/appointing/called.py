"""What bodies and organisations are called in the term that a round of appointing is about: on its first day."""

from typing import Any

import sqlalchemy as sa

from secretariat.appointing.models import Campaign, Nomination, NominationLetter
from secretariat.bodies.models import Body
from secretariat.bodies.naming import on_that_day, with_phase
from secretariat.bodies.sitting import represents
from secretariat.core.text.language import _

BODY_IN_TERM = on_that_day("name")
BODY_SHORT_IN_TERM = on_that_day("short_name")
SPEAKS_FOR_IN_TERM = sa.func.coalesce(represents(Campaign.starts_on), "")
PRESENT_NAMES = (Body.name, sa.func.coalesce(represents(), ""))
"""The body, and whom the place speaks for, as they are called today."""


def in_term(query: Any) -> Any:
    """The query over nominations and bodies, joined to the round and to what each body is called in its term."""
    letters = query.join(NominationLetter, NominationLetter.id == Nomination.letter_id)
    return with_phase(letters.join(Campaign, Campaign.id == NominationLetter.campaign_id), Campaign.starts_on)


def beside_present(name: str, present: str) -> str:
    """The name in the term, with the one of today for whoever does not know it yet."""
    return name if name == present else _("%(name)s (nå %(present)s)", name=name, present=present)
