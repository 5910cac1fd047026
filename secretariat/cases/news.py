"""Cases as news, in the letter that gathers them: those that come back to whoever raised them."""

from collections.abc import Collection, Iterable
from uuid import UUID

import sqlalchemy as sa

from secretariat import config
from secretariat.cases.models import Case, CaseState
from secretariat.core.access import visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.text.language import _
from secretariat.messages.news import Told


def returned_told(actor: Actor, ids: Collection[UUID]) -> Iterable[Told]:
    """Cases that were sent back, with the reason; one that has been taken up again since is not news any more."""
    query = sa.select(Case.id, Case.partnership_id, Case.title, Case.reason).where(
        Case.id.in_(sorted(ids)), Case.state == CaseState.RETURNED, visible(actor, Case)
    )
    for case_id, partnership_id, title, reason in session().execute(query.order_by(Case.sort_key, Case.id)):
        heading = _("Sendt tilbake: %(title)s", title=title)
        yield Told(
            case_id, partnership_id, "", heading, reason, _("Se saken"), f"{config.settings().url}/saker/{case_id}"
        )
