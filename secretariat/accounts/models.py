"""Tables of sign-in and of offices."""

from datetime import date, datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from secretariat.core.actor import Role
from secretariat.core.db import Row, explain
from secretariat.core.text.language import _l
from secretariat.directory.parties import Party

SHA256 = "[0-9a-f]{64}"
ARGON2 = r"\$argon2id\$\S+"
"""What is kept of a secret and of a password; neither is ever stored as it is (invariant ``NO_PLAIN_SECRET``)."""


class User(Row):
    """A way for a person to sign in; the address is the person's own."""

    __tablename__ = "user_account"

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), unique=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(sa.String(200))
    disabled_at: Mapped[datetime | None]


explain("uq_user_account_person_id", _l("Personen har alt en bruker."), "email")
explain("uq_user_account_email", _l("En annen bruker har alt denne e-postadressen."), "email")


class SignIn(Row):
    """A signed-in browser; can be ended from anywhere. Only the hash of its secret is kept."""

    __tablename__ = "sign_in"

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    agent: Mapped[str] = mapped_column(sa.String(200), default="")
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInTry(Row):
    """One try to sign in or to get a sign-in link; counted to slow down guessing, gone after a quarter of an hour.

    The address itself is not kept, and all the installation's processes count in this one place.
    """

    __tablename__ = "sign_in_try"

    kind: Mapped[str] = mapped_column(sa.String(10))
    address_hash: Mapped[str] = mapped_column(sa.String(64), index=True)


class ApiToken(Row):
    """A bearer token for programs that act as the user."""

    __tablename__ = "api_token"

    user_id: Mapped[UUID] = mapped_column(sa.ForeignKey("user_account.id"), index=True)
    token_hash: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(100))
    revoked_at: Mapped[datetime | None]


class Office(Row):
    """What a person does for a partnership, a body, an organisation or the installation, from–to."""

    __tablename__ = "office"
    __table_args__ = (
        sa.CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="dates_in_order"),
        sa.CheckConstraint("role = 'administrator' OR partnership_id IS NOT NULL", name="office_has_partnership"),
    )

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("person.id"), index=True)
    role: Mapped[Role]
    party: Mapped[Party | None]
    partnership_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("partnership.id"), index=True)
    body_id: Mapped[UUID | None]
    organisation_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("organisation.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
