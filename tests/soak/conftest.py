"""A house that serves: its data, its mail server, its processes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from secretariat import config, create_app
from secretariat.core import db
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.soak.mailbox import Mailbox
from tests.soak.running import Running


@dataclass
class House:
    """A running installation with the cast in three bodies."""

    running: Running
    mailbox: Mailbox

    @property
    def port(self) -> int:
        """Where it answers."""
        return self.running.port


@pytest.fixture
def house(settings: config.Settings, tmp_path: Path) -> Iterator[House]:
    """The cast is stored, then everything runs in processes of its own, by the real clock."""
    mailbox = Mailbox()
    mailbox.controller.start()
    settings = replace(settings, smtp_host="127.0.0.1", smtp_port=mailbox.port, instance=tmp_path)
    _furnish(settings)
    running = Running(settings)
    running.start()
    yield House(running, mailbox)
    running.stop()
    mailbox.controller.stop()


def _furnish(settings: config.Settings) -> None:
    create_app(settings)
    with db.connected():
        a = Factory()
        cast = Cast.enter(a)
        for name in ("Strategisk samarbeidsutvalg", "Fagråd for akutt sykdom"):
            body = a.body(name, short_name=name[:3].upper(), partnership=cast.partnership)
            for role in ("chair", "member", "hospital_member"):
                seat = a.seat(body, cast.seats[role].party)
                a.appointment(seat, cast.person[role])
    db.engine().dispose()


@pytest.fixture
def say(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Write a line to the terminal of the run."""
    plugins = request.config.pluginmanager
    reporter, capturing = plugins.get_plugin("terminalreporter"), plugins.get_plugin("capturemanager")

    def line(words: str) -> None:
        if reporter is not None:
            with capturing.global_and_fixture_disabled():
                reporter.ensure_newline()
                reporter.write_line(words)

    return line
