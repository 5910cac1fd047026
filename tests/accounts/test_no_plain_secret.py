"""The database holds nothing that opens a door: no password, browser's secret, token or link (NO_PLAIN_SECRET)."""

import pytest
import sqlalchemy as sa

from secretariat.accounts import actions, signing_in
from secretariat.accounts.models import User
from secretariat.core import db
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.messages import links
from secretariat.messages.models import Link
from secretariat.web.tables import METADATA
from tests.accounts.conftest import PASSWORD
from tests.factories.cast import Cast
from tests.pages import Browser

MAY_HOLD_LINKS = {"mail"}  # a mail must hold what it says until it is sent, byte for byte


def everything_stored() -> str:
    """All values of all tables but the mails themselves."""
    with db.engine().connect() as connection:
        tables = [table for table in METADATA.sorted_tables if table.name not in MAY_HOLD_LINKS]
        return "\n".join(str(tuple(row)) for table in tables for row in connection.execute(sa.select(table)))


def test_no_secret_stands_in_the_database(browse: Browser, user: User, cast: Cast) -> None:
    browse.open("/logg-inn").fill("E-post", user.email).fill("Passord", PASSWORD).press("Logg inn")
    with browse.client.session_transaction() as cookie:
        browser_secret = cookie["sign_in"]
    token = signing_in.new_token(cast.actor("system"), user.id, "test")
    browse.as_("anonymous").open("/logg-inn/lenke").fill("E-post", user.email).press("Send meg en innloggingslenke")
    session().rollback()
    link = links.token(session().scalars(sa.select(Link)).one())
    stored = everything_stored()
    assert user.email in stored
    for secret in (PASSWORD, browser_secret, token, link.split(".")[1]):
        assert secret not in stored


def test_a_password_is_stored_as_argon2id(user: User) -> None:
    session().rollback()
    stored = session().scalars(sa.select(User.password_hash).where(User.id == user.id)).one()
    assert stored is not None
    assert stored.startswith("$argon2id$")


@pytest.mark.parametrize("secret", ["hemmelig", "", "A" * 64, "0" * 63])
def test_a_program_cannot_have_a_token_kept_as_it_is(cast: Cast, user: User, secret: str) -> None:
    with pytest.raises(DomainError) as refused:
        actions.make_token(cast.actor("system"), user.id, name="Regneark", token_hash=secret)
    assert refused.value.field == "token_hash"
