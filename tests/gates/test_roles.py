"""Who may do what: the role table, worked out from the registry over the fixed cast and held against the agreed one.

When a rule changes on purpose, write the table anew: ``pytest tests/gates/test_roles.py --write-role-table``.
"""

from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.accounts.models import ApiToken, SignIn, User
from secretariat.core.access import visible
from secretariat.core.actions import Action, registry
from secretariat.core.db import session
from tests.factories import Factory
from tests.factories.cast import ROLES, Cast
from tests.gates.subjects import once_sent, stage

TABLE = Path(__file__).with_name("role_table.txt")
EVERYBODY = (*ROLES, "anonymous")


def answer(cast: Cast, verb: Action, role: str, subjects: dict[type[Any], Any]) -> str:
    """«yes», «no» (sees it, may not), or «-» (does not see it)."""
    actor = cast.actor(role)
    if verb.load is None:
        return "yes" if verb.rule(actor, None) else "no"
    subject = subjects[verb.load]
    seen = session().scalar(sa.select(verb.load).where(verb.load.id == subject.id, visible(actor, verb.load)))
    if seen is None:
        return "-"
    return "yes" if verb.rule(actor, seen) else "no"


def role_table(a: Factory, cast: Cast) -> str:
    """The table as text: a line per verb, and one more where its subject has gone out; a column per role."""
    asked = _asked(stage(a, cast))
    wide = max(len(name) for name, _verb, _subjects in asked)
    lines = [" " * wide + "  " + "  ".join(role[:12].ljust(12) for role in EVERYBODY).rstrip()]
    for name, verb, subjects in asked:
        answers = "  ".join(answer(cast, verb, role, subjects).ljust(12) for role in EVERYBODY)
        lines.append(f"{name.ljust(wide)}  {answers}".rstrip())
    return "\n".join(lines) + "\n"


def _asked(staged: dict[type[Any], Any]) -> list[tuple[str, Action, dict[type[Any], Any]]]:
    sent = once_sent(staged)
    verbs = [(name, verb) for name, verb in sorted(registry.items()) if not name.startswith("test.")]
    gone_out = [(f"{name}, sent", verb, staged | sent) for name, verb in verbs if verb.load in sent]
    return sorted([*((name, verb, staged) for name, verb in verbs), *gone_out], key=itemgetter(0))


def test_the_role_table_is_the_agreed_one(a: Factory, cast: Cast, request: pytest.FixtureRequest) -> None:
    found = role_table(a, cast)
    if request.config.getoption("--write-role-table"):
        TABLE.write_text(found)
    assert found == TABLE.read_text(), "a rule has changed; if on purpose, write the table anew and read the difference"


def test_no_verb_is_open_to_the_anonymous_or_to_a_stranger(a: Factory, cast: Cast) -> None:
    subjects = stage(a, cast)
    personal = (User, SignIn, ApiToken)
    for name, verb in registry.items():
        if verb.load not in personal and not name.startswith("test."):
            assert answer(cast, verb, "anonymous", subjects) != "yes", name
            if verb.load is not None:
                assert answer(cast, verb, "stranger", subjects) != "yes", name
