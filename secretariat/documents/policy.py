"""Who may see and add files. A file is seen through its owner: each room that owns files registers how."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from secretariat.core.access import Condition, among, readable, through, visible
from secretariat.core.actor import Actor
from secretariat.documents.models import FileState, StoredFile

OwnerCondition = Callable[[Actor], Condition]
_seen_through: dict[str, OwnerCondition] = {}
_served_through: dict[str, OwnerCondition] = {}


def owned_by(owner: Any, *, served: OwnerCondition, seen: OwnerCondition | None = None) -> None:
    """Let a room's things own files: who serves the owner sees those still on their way in too; who sees the owner sees
    the checked ones, unless the room says otherwise of the file.
    """

    def through_owner(condition: OwnerCondition) -> OwnerCondition:
        return lambda actor: through(StoredFile.owner_id, owner, condition(actor))

    kind = owner.__tablename__
    _served_through[kind] = through_owner(served)
    _seen_through[kind] = seen or through_owner(lambda actor: visible(actor, owner))


@readable(StoredFile)
def sees_file(actor: Actor) -> Condition:
    """Files of all kinds of owners, by the rule of each kind."""
    return sa.or_(sa.false(), *(sees_file_of(actor, kind) for kind in _seen_through))


def sees_file_of(actor: Actor, kind: str) -> Condition:
    """Who sees the owner sees its checked files; who sent one or serves the owner also sees it received or stopped.
    A page that shows one kind asks for that kind alone: to weigh the rules of all takes five times as long.
    """
    if kind not in _seen_through:
        return sa.false()
    own = among(StoredFile.uploaded_by_id, actor.person_ids)
    passed = sa.and_(sa.or_(StoredFile.state == FileState.CHECKED, own), _seen_through[kind](actor))
    known = (StoredFile.owner_kind == kind, StoredFile.removed_at.is_(None))
    return sa.and_(*known, sa.or_(_served_through[kind](actor), passed))


def may_keep_file(actor: Actor, file: Any) -> bool:
    """Remove a file, clear a false hit, mark it exempt: the secretariat (its room is settled by what one sees)."""
    return actor.is_secretary(file.partnership_id)


def may_download(actor: Actor, file: Any) -> bool:
    """Open the content: checked files for all who see them, others for the secretariat alone, which is warned first."""
    return file.state is FileState.CHECKED or may_keep_file(actor, file)


def may_judge_file(actor: Actor, _file: Any) -> bool:
    """Say what the check found: the worker."""
    return actor.is_system
