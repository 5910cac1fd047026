"""What must be true of everything that is stored, whoever wrote it and however.

A room declares what it promises beside its tables: ``@checks("ONE_NUMBER", _l("Et saksnummer gis én gang."))`` over a
function that yields a sentence for each breach. The same id stands in the room's docstring, in the constraint or
action that keeps the promise and in the test that tries to break it. ``secretariat verify`` asks them all.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

Check = Callable[[], Iterable[str]]


@dataclass(frozen=True)
class Promise:
    """One promise: its id, its sentence, and what looks whether it was kept."""

    id: str
    says: Any
    check: Check

    def breaches(self) -> Iterator[str]:
        """A sentence for each place where it was not kept, in the session of this piece of work."""
        yield from self.check()


promises: dict[str, Promise] = {}


def checks(id: str, says: Any) -> Callable[[Check], Check]:
    """Declare a promise (``says``, a lazy sentence) over the function that finds its breaches."""

    def declare(check: Check) -> Check:
        if id in promises:
            raise ValueError(f"two promises are named {id}")
        promises[id] = Promise(id, says, check)
        return check

    return declare
