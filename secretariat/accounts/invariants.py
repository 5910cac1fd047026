"""What holds for users and offices."""

import re
from collections.abc import Iterator

import sqlalchemy as sa

from secretariat.accounts.models import ARGON2, SHA256, ApiToken, Office, SignIn, SignInTry, User
from secretariat.core import clock
from secretariat.core.actor import Role
from secretariat.core.db import session
from secretariat.core.invariants import checks
from secretariat.core.text.language import _, _l


@checks("LAST_ADMINISTRATOR", _l("Installasjonen har alltid en administrator som kan logge inn."))
def somebody_runs_the_house() -> Iterator[str]:
    """Where there has been an administrator there is one today, and that user is not closed."""
    administrators = sa.select(Office.id).where(Office.role == Role.ADMINISTRATOR)
    today = clock.today()
    able = (
        administrators.join(User, User.person_id == Office.person_id)
        .where(User.disabled_at.is_(None), Office.starts_on <= today)
        .where(sa.or_(Office.ends_on.is_(None), Office.ends_on >= today))
    )
    if session().scalar(administrators.limit(1)) is not None and session().scalar(able.limit(1)) is None:
        yield _("Ingen administrator kan logge inn i dag.")


@checks("NO_PLAIN_SECRET", _l("Passord og nøkler er bare lagret som hasher."))
def secrets_are_hashes() -> Iterator[str]:
    """Nothing in the database opens a door by itself."""
    kept = [
        (User.password_hash, ARGON2),
        (SignIn.token_hash, SHA256),
        (ApiToken.token_hash, SHA256),
        (SignInTry.address_hash, SHA256),
    ]
    for column, form in kept:
        rows = session().execute(
            sa.select(column.class_.id, column).where(column.is_not(None)).order_by(column.class_.id)
        )
        for row_id, value in rows:
            if not re.fullmatch(form, value):
                yield _("%(column)s for %(id)s er ikke en hash.", column=column.key, id=row_id)
