"""A real browser (Debian's Chromium) before the demonstration as a new user starts it."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = Path("/usr/bin/chromium")
OSLO = ZoneInfo("Europe/Oslo")
PATIENCE_SECONDS = 180

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """These tests need a browser; on a machine of one's own they may go without."""
    for item in items:
        if "tests/browser" in str(item.path):
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM.exists() and "CI" not in os.environ:
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@dataclass(frozen=True)
class Demo:
    """The running demonstration: its address, how each role signs in, and which day it is there."""

    url: str
    users: dict[str, dict[str, str]]
    instance: Path
    today: date

    def do(self, role: str, verb: str, subject: str, **given: Any) -> str:
        """Prepare something through the programs' interface; the answer is the id of what was made or changed."""
        answer = self._ask(role, f"actions/{verb}", {"subject": subject} | given)
        return str(answer["id"])

    def rows(self, role: str, kind: str) -> list[dict[str, Any]]:
        """Rows of a kind, as this role sees them."""
        rows: list[dict[str, Any]] = self._ask(role, f"{kind}?limit=200")["items"]
        return rows

    def _ask(self, role: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.users[role]['token']}", "Content-Type": "application/json"}
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/v1/{path}", content, headers)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310 - the same
            answer: dict[str, Any] = json.load(response)
            return answer


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """``secretariat demo --json`` on a free port and in a folder of its own.

    It is eight in the morning there: a meeting may be called for later the same day, at whatever hour the tests run.
    """
    instance = tmp_path_factory.mktemp("demo")
    morning = datetime.now(OSLO).replace(hour=8, minute=0, second=0, microsecond=0)  # noqa: TID251 - the machine's day
    environment = os.environ | {"SECRETARIAT_INSTANCE": str(instance), "SECRETARIAT_CLOCK": morning.isoformat()}
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, "-m", "secretariat", "demo", "--port", str(free_port()), "--json"]
    with (
        (instance / "log").open("w") as log,
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=log, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            first_line = process.stdout.readline()
            assert first_line, (instance / "log").read_text()
            said = json.loads(first_line)
            wait_for(said["url"])
            yield Demo(said["url"], said["users"], instance, morning.date())
        finally:
            process.terminate()
            process.wait(20)


def wait_for(url: str) -> None:
    """Until the server says it is ready."""
    for _ in range(PATIENCE_SECONDS * 4):
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=2):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.25)
    raise AssertionError("the demonstration did not start")


Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def signed_in(demo: Demo, chromium: Browser) -> Callable[[str], StorageState]:
    """What the browser keeps of one who has signed in; each role signs in once."""
    kept: dict[str, StorageState] = {}

    def state(role: str) -> StorageState:
        if role not in kept:
            context = chromium.new_context(base_url=demo.url, locale="nb-NO")
            sign_in(context.new_page(), demo.users[role])
            kept[role] = context.storage_state()
            context.close()
        return kept[role]

    return state


@pytest.fixture
def visit(demo: Demo, chromium: Browser, signed_in: Callable[[str], StorageState]) -> Iterator[Visit]:
    """``visit("member", view=PHONE, dark=True)``: a page in a browser of its own, signed in as that role."""
    opened: list[BrowserContext] = []

    def enter(role: str | None = None, *, view: dict[str, int] = WIDE, dark: bool = False, **options: Any) -> Page:
        look = {"viewport": view, "color_scheme": "dark" if dark else "light"}
        who = {"storage_state": signed_in(role)} if role else {}
        context = chromium.new_context(
            base_url=demo.url, locale="nb-NO", timezone_id="Europe/Oslo", **look, **who, **options
        )
        opened.append(context)
        return context.new_page()

    yield enter
    for context in opened:
        context.close()


def sign_in(page: Page, user: dict[str, str]) -> None:
    """Sign in as a person does: address, password, press."""
    page.goto("/logg-inn")
    page.get_by_label("E-post").first.fill(user["email"])
    page.get_by_label("Passord").first.fill(user["password"])
    page.get_by_role("button", name="Logg inn", exact=True).first.click()
    page.wait_for_url(lambda url: "/logg-inn" not in url)


def findings(page: Page) -> list[str]:
    """What axe finds on the page by WCAG 2.2 A and AA, one line each."""
    page.evaluate(AXE.read_text("utf-8"))
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", tags)
    return [f"{v['id']}: {v['help']} {[n['target'] for n in v['nodes']][:3]}" for v in found["violations"]]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than the window."""
    wider: bool = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return wider
