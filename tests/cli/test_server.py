"""``secretariat serve``: several processes and a worker beside them, which all end together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from secretariat import config
from secretariat.core import outbox
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.messages import mail
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import MailState
from tests.factories.cast import Cast
from tests.messages.conftest import MailServer, running, state_of

PATIENCE = 60
T = TypeVar("T")


@pytest.fixture
def environment(settings: config.Settings, tmp_path: Path) -> dict[str, str]:
    """The installation of the test, in a home that cannot be written to."""
    home = tmp_path / "home"
    home.mkdir(mode=0o500)
    return os.environ | {
        "SECRETARIAT_INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SECRETARIAT_SECRET_KEY": settings.secret_key,
        "HOME": str(home),
    }


@contextmanager
def serving(environment: dict[str, str], *options: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server on a free port, until it answers."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "secretariat", "serve", "--port", str(port), *options]
    process = subprocess.Popen(command, env=environment)
    try:
        wait_for(lambda: answers(f"http://127.0.0.1:{port}/readyz"))
        yield process, f"http://127.0.0.1:{port}"
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(PATIENCE)


@contextmanager
def a_mail_server() -> Iterator[tuple[MailServer, dict[str, str]]]:
    """A mail server, and the settings that point at it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with running(MailServer(), port) as server:
        yield server, {"SECRETARIAT_SMTP_HOST": "127.0.0.1", "SECRETARIAT_SMTP_PORT": str(port)}


def answers(address: str) -> bool:
    """Whether the page can be had."""
    try:
        with urllib.request.urlopen(address, timeout=5) as page:  # noqa: S310 - our own server
            return bool(page.status == 200)
    except OSError:
        return False


def wait_for(what: Callable[[], T | None]) -> T:
    """Until there is an answer; never for ever."""
    until = time.monotonic() + PATIENCE
    while not (found := what()):
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.1)
    return found


def children(process_id: int) -> dict[int, str]:
    """The processes that were started by this one, with their command lines."""
    found = Path(f"/proc/{process_id}/task/{process_id}/children").read_text().split()
    return {int(child): Path(f"/proc/{child}/cmdline").read_text() for child in found}


def the_worker(process_id: int) -> int | None:
    """The worker among them."""
    return next((child for child, line in children(process_id).items() if "\0worker\0" in line), None)


def is_alive(process_id: int) -> bool:
    """Whether the process is still there."""
    try:
        return "State:\tZ" not in Path(f"/proc/{process_id}/status").read_text()
    except FileNotFoundError:
        return False


def test_a_server_of_two_processes_sends_mail_and_leaves_nobody_behind(cast: Cast, environment: dict[str, str]) -> None:
    with writing("test"):
        row = mail.write(LetterKind.NOTICE, to=cast.person["member"], subject="Innkalling", text="Hei")
    session().rollback()
    with a_mail_server() as (post, reached), serving(environment | reached) as (process, _address):
        wait_for(lambda: state_of(row)[0] is MailState.SENT)
        assert len(post.received) == 1
        started = children(process.pid)
        assert len(started) == 3
    wait_for(lambda: not any(is_alive(child) for child in started))
    assert process.returncode == 0


def test_without_a_mail_server_the_mail_of_a_real_installation_waits_until_there_is_one(
    cast: Cast, environment: dict[str, str]
) -> None:
    with writing("test"):
        row = mail.write(LetterKind.NOTICE, to=cast.person["member"], subject="Innkalling", text="Hei")
    session().rollback()
    with serving(environment):
        wait_for(lambda: state_of(row)[1])
        assert state_of(row)[0] is MailState.WAITING


def test_a_port_that_somebody_else_has_is_said_at_once_in_one_sentence(environment: dict[str, str]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for command in ("serve", "demo"):
            started = [sys.executable, "-m", "secretariat", command, "--port", port]
            ended = subprocess.run(started, env=environment, capture_output=True, text=True, timeout=PATIENCE)
            assert (ended.returncode, ended.stdout) == (1, "")
            assert ended.stderr == f"Error: Porten {port} er i bruk. Velg en annen med --port.\n"


def test_a_command_shows_links_to_where_the_installation_was_served_last(environment: dict[str, str]) -> None:
    environment = {name: value for name, value in environment.items() if name != "SECRETARIAT_URL"}
    with serving(environment, "--no-worker") as (_process, address):
        command = [sys.executable, "-m", "secretariat", "user", "add", "ola@stedet.example", "--name", "Ola Nes"]
        added = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        assert added.stdout.startswith(f"{address}/lenke/")


def test_a_worker_that_is_killed_is_started_again_and_ends_when_its_server_is_killed(
    cast: Cast, environment: dict[str, str]
) -> None:
    with serving(environment) as (process, _address):
        first = wait_for(lambda: the_worker(process.pid))
        os.kill(first, signal.SIGKILL)
        wait_for(lambda: the_worker(process.pid) not in (None, first))
        second = wait_for(lambda: the_worker(process.pid))
        process.kill()
        wait_for(lambda: not is_alive(second))


def test_without_a_worker_the_mail_waits_for_one(cast: Cast, environment: dict[str, str]) -> None:
    with writing("test"):
        row = mail.write(LetterKind.NOTICE, to=cast.person["member"], subject="Innkalling", text="Hei")
    session().rollback()
    with serving(environment, "--no-worker") as (process, address):
        assert answers(f"{address}/logg-inn")
        assert the_worker(process.pid) is None
        assert state_of(row)[0] is MailState.WAITING
    assert outbox.work_once()
