"""The product's own commands as processes of their own, on data of their own; ended by their numbers, never by name."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPConnection
from pathlib import Path

from secretariat.config import Settings
from secretariat.core import clock

PATIENCE_SECONDS = 60


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Running:
    """A server with two processes and its worker."""

    settings: Settings
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What the commands are told."""
        return os.environ | {
            "SECRETARIAT_INSTANCE": str(self.settings.instance),
            "DATABASE_URL": self.settings.database_url,
            "SECRETARIAT_SECRET_KEY": self.settings.secret_key,
            "SECRETARIAT_URL": self.settings.url,
            "SECRETARIAT_SMTP_HOST": self.settings.smtp_host,
            "SECRETARIAT_SMTP_PORT": str(self.settings.smtp_port),
        }

    def command(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        """One of the product's commands."""
        log = (self.settings.instance / "log").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "secretariat", *words],
                env=self.environment | environment,
                stdout=log,
                stderr=log,
            )

    def start(self, *words: str) -> None:
        """Serve, and wait until it answers."""
        self.process = self.command("serve", "--port", str(self.port), "--workers", "2", *words)
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert self.process.poll() is None, (self.settings.instance / "log").read_text()
            assert time.monotonic() < until, "the server does not answer"
            time.sleep(0.05)

    def _answers(self) -> bool:
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=2)) as connection:
            try:
                connection.request("GET", "/readyz")
                with connection.getresponse() as answer:
                    return answer.status == 200
            except OSError:
                return False

    def children(self) -> list[int]:
        """The processes under the server: those that answer, and the worker."""
        assert self.process is not None
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def kill(self, pid: int) -> None:
        """As the machine does when it runs out of memory."""
        if pid in self.children():
            os.kill(pid, signal.SIGKILL)

    def stop(self) -> None:
        """End it the ordinary way."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE_SECONDS)

    def run(self, *words: str) -> tuple[int, str]:
        """A command to its end: its code and its last words."""
        done = subprocess.run(
            [sys.executable, "-m", "secretariat", *words], env=self.environment, capture_output=True, text=True
        )
        return done.returncode, done.stdout + done.stderr

    @contextmanager
    def worker_after_the_leases(self) -> Iterator[None]:
        """A worker some minutes later, when what killed workers had in hand is free again."""
        later = clock.now() + timedelta(minutes=5)
        worker = self.command("worker", SECRETARIAT_CLOCK=later.isoformat())
        try:
            yield
        finally:
            worker.terminate()
            worker.wait(PATIENCE_SECONDS)
