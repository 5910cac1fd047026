"""What holds for the directory."""

from collections.abc import Iterator

import sqlalchemy as sa

from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l
from secretariat.directory.models import Membership, Organisation


@checks("ONE_MEMBERSHIP", _l("En organisasjon er med i et helsefellesskap høyst én gang på samme dag."))
def memberships_do_not_overlap() -> Iterator[str]:
    """Two stretches of one organisation in one partnership have no day in common."""
    other = sa.orm.aliased(Membership)
    overlaps = (
        sa.select(Organisation.name, other.starts_on)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(other, sa.and_(other.organisation_id == Membership.organisation_id, other.id != Membership.id))
        .where(other.partnership_id == Membership.partnership_id, other.starts_on >= Membership.starts_on)
        .where(sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= other.starts_on))
        .order_by(Organisation.sort_key, other.starts_on)
    )
    for name, day in session().execute(overlaps):
        yield _("%(name)s er med to ganger fra %(day)s.", name=name, day=day)
