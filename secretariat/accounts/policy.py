"""Who may see and change users, sign-ins and offices."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from secretariat.accounts.models import ApiToken, Office, SignIn, SignInTry, User
from secretariat.core.access import Condition, among, readable
from secretariat.core.actor import Actor, Role
from secretariat.directory.policy import administered


@readable(User)
def sees_user(actor: Actor) -> Condition:
    """Oneself, and all for the administrator."""
    return sa.true() if actor.is_administrator else User.id == actor.user_id


@readable(SignIn)
def sees_sign_in(actor: Actor) -> Condition:
    """One's own signed-in browsers."""
    return SignIn.user_id == actor.user_id


@readable(ApiToken)
def sees_token(actor: Actor) -> Condition:
    """One's own tokens."""
    return ApiToken.user_id == actor.user_id


@readable(SignInTry)
def sees_try(_actor: Actor) -> Condition:
    """Nobody: they are only counted."""
    return sa.false()


@readable(Office)
def sees_office(actor: Actor) -> Condition:
    """Offices are seen by all who take part in the partnership, and by the administrator."""
    if actor.is_administrator:
        return sa.true()
    return among(Office.partnership_id, actor.partnerships)


def may_keep_users(actor: Actor, _subject: Any) -> bool:
    """Register users, give and end offices: the administrator."""
    return actor.is_system or actor.is_administrator


def is_current(day: date) -> Condition:
    """Offices held on the day or later: what has been is left out."""
    return sa.or_(Office.ends_on.is_(None), Office.ends_on >= day)


def may_keep_colleagues(actor: Actor, organisation: Any) -> bool:
    """Register people of an organisation: its own administrator."""
    return actor.is_system or organisation.id in administered(actor)


def may_change_colleague(actor: Actor, person: Any) -> bool:
    """Correct what is kept on people of an organisation, and say who is contact: its own administrator."""
    return actor.is_system or person.organisation_id in administered(actor)


def may_end_contact(actor: Actor, office: Any) -> bool:
    """End the role of contact in an organisation: its own administrator, in the same partnership."""
    own = office.partnership_id in administered(actor).get(office.organisation_id, frozenset())
    return office.role is Role.CONTACT and (actor.is_system or own)


def is_oneself(actor: Actor, user: Any) -> bool:
    """One's own user: password, sign-ins, tokens."""
    return actor.is_system or (actor.user_id is not None and actor.user_id == user.id)


def owns_sign_in(actor: Actor, sign_in: Any) -> bool:
    """End a signed-in browser: whoever it belongs to."""
    return actor.is_system or (actor.user_id is not None and actor.user_id == sign_in.user_id)


def owns_token(actor: Actor, token: Any) -> bool:
    """End a token: whoever it belongs to."""
    return owns_sign_in(actor, token)


def is_that_person(actor: Actor, person: Any) -> bool:
    """Change one's own language, phone and notifications."""
    return actor.is_system or (actor.person_id is not None and actor.person_id == person.id)


def by_the_program(actor: Actor, _subject: Any) -> bool:
    """What the sign-in pages and the command line do after they have proved who is there; never open to the API."""
    return actor.is_system
