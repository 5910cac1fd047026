"""The worker: does the errands of the outbox and seals the audit, one round after the other, until it is told to stop.

Several may run side by side; an errand is leased by one of them, and one of them at a time seals.
"""

import logging
import os
import signal
from threading import Event

import sqlalchemy as sa

from secretariat.core import audit, db, outbox
from secretariat.core.actions import writing

IDLE_SECONDS = 0.5

log = logging.getLogger("secretariat.worker")


class Worker:
    """One worker. ``parent``: it ends when the process with this number, which started it, is gone."""

    def __init__(self, parent: int | None = None) -> None:
        self.stopping = Event()
        self.parent = parent

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; the errand in hand is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        while not self.stopping.is_set() and not self._is_orphan():
            if not self.round():
                self.stopping.wait(IDLE_SECONDS)

    def round(self) -> bool:
        """Do one errand and seal what has happened; False when there was nothing to do or the database is away."""
        try:
            with db.connected():
                errand_done = outbox.work_once()
                return bool(_seal()) or errand_done
        except sa.exc.DatabaseError as error:
            log.warning("The worker could not use the database, it tries again: %s", error.orig)
            return False

    def _is_orphan(self) -> bool:
        return self.parent is not None and os.getppid() != self.parent


def _seal() -> int:
    """Take the write lock only when there is something to seal."""
    unsealed = ~sa.exists().where(audit.AuditSeal.entry_id == audit.AuditEntry.id)
    if db.session().scalar(sa.select(audit.AuditEntry.id).where(unsealed).limit(1)) is None:
        return 0
    with writing("audit.seal"):
        return audit.seal()
