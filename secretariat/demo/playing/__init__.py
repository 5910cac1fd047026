"""The demonstration is played: every row comes from the secretariat's own verbs, done by those who would do it."""

import hmac
from dataclasses import dataclass

import sqlalchemy as sa

from secretariat.accounts.actions import make_token, set_password
from secretariat.accounts.models import User
from secretariat.accounts.passwords import hashed
from secretariat.accounts.recognition import secret_hash
from secretariat.config import settings
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.demo.playing import appointing, cases, collaborating, meetings, people
from secretariat.demo.playing.stage import Stage, on
from secretariat.demo.records import DemoContent, DemoRole

PASSWORD = "samarbeid-i-demo"  # noqa: S105 - the demonstration's own, printed on its first line
SYSTEM = Actor.system("demo")


@dataclass(frozen=True)
class Access:
    """How one role of the demonstration signs in."""

    name: str
    email: str
    password: str
    token: str


def play(content: DemoContent) -> None:
    """Play all of it, from the founding to today."""
    stage = Stage(content, clock.today())
    with on(people.FOUNDED):
        people.found(stage)
    with on(people.NEXT_TERM[0]):
        people.register(stage)
        people.appoint(stage)
    cases.play_cases(stage)
    meetings.play_meetings(stage)
    collaborating.play_collaboration(stage)
    appointing.play_round(stage)
    _let_in(content)


def _let_in(content: DemoContent) -> None:
    password_hash = hashed(PASSWORD)
    for role, access in accesses(content).items():
        user_id = session().scalars(sa.select(User.id).where(User.email == access.email)).one()
        set_password(SYSTEM, user_id, password_hash=password_hash)
        make_token(SYSTEM, user_id, name=f"demo {role}", token_hash=secret_hash(access.token))


def accesses(content: DemoContent) -> dict[str, Access]:
    """How each role signs in; the tokens follow from the installation's secret, so they can be told again."""
    people = {role: content.in_role(role) for role in DemoRole}
    return {
        role.value: Access(f"{one.given_name} {one.family_name}", one.email, PASSWORD, _token(role))
        for role, one in people.items()
    }


def _token(role: DemoRole) -> str:
    return hmac.digest(settings().secret_key.encode(), f"demo {role.value}".encode(), "sha256").hex()
