"""Every page a role can reach: nothing for axe to find, no sideways scrolling, no complaint in the console."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, WIDE, Demo, Visit, findings, scrolls_sideways

FILES = re.compile(r"\.(pdf|docx|zip|ics|atom|json|csv|vcf|xlsx|eml)$|/dokumenter/|/sprak/|/static/")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
LOOKS = {
    "wide-light": (WIDE, False),
    "wide-dark": (WIDE, True),
    "phone-light": (PHONE, False),
    "phone-dark": (PHONE, True),
}
USUAL = {
    "coordinator_municipal": ("wide-light", "phone-dark"),
    "member": ("phone-light",),
    "contact": ("phone-dark",),
    "admin": ("wide-dark",),
    None: ("wide-light", "phone-dark"),
}
"""Who looks how; every other combination is looked at by ``make soak``."""


def kind_of(url: str) -> str:
    """Pages that differ only in whose they are count as one."""
    return UUID.sub("<id>", urlsplit(url).path)


def walk(page: Page, start: str) -> Iterator[str]:
    """Open one address of every kind of page that links lead to from here; each is given while it is open."""
    known: set[str] = set()
    waiting = [start]
    while waiting:
        url = waiting.pop(0)
        if kind_of(url) in known:
            continue
        known.add(kind_of(url))
        response = page.goto(url)
        assert response is not None
        assert response.status < 400, f"{url} answered {response.status}"
        links = page.eval_on_selector_all("a[href]", "links => links.map(link => link.href)")
        here = urlsplit(page.url).netloc
        waiting += [
            target
            for target in dict.fromkeys(urljoin(url, link).split("#")[0] for link in links)
            if urlsplit(target).netloc == here and not FILES.search(urlsplit(target).path)
        ]
        yield url


def each(page: Page, addresses: Iterable[str]) -> Iterator[str]:
    """Open these addresses; each is given while it is open."""
    for url in addresses:
        page.goto(url)
        yield url


def look_at_all(visit: Visit, demo: Demo, role: str | None, looks: Iterable[str]) -> list[str]:
    """Everything that is wrong, on every kind of page, in these looks; the first look finds the way to them."""
    wrong: list[str] = []
    addresses: list[str] = []
    for look in looks:
        view, dark = LOOKS[look]
        page = visit(role, view=view, dark=dark)
        said: list[str] = []
        page.on("console", lambda message, said=said: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error, said=said: said.append(str(error)))
        seen = []
        for url in each(page, addresses) if addresses else walk(page, demo.url + ("/" if role else "/innsyn")):
            where = f"{look} {urlsplit(url).path}"
            wrong += [f"{where}: {finding}" for finding in findings(page)]
            wrong += [f"{where}: console says {text}" for text in said]
            if scrolls_sideways(page):
                wrong.append(f"{where}: scrolls sideways")
            said.clear()
            seen.append(url)
        addresses = seen
    assert len(addresses) > 2
    return wrong


@pytest.mark.parametrize("role", USUAL)
def test_every_page_can_be_used_by_everybody(visit: Visit, demo: Demo, role: str | None) -> None:
    assert look_at_all(visit, demo, role, USUAL[role]) == []


def test_the_public_of_the_demonstration_has_approved_minutes_to_read_and_somebody_to_ask(visit: Visit) -> None:
    page = visit(None)
    page.goto("/innsyn")
    expect(page.get_by_role("link", name="sekretariatet@")).to_be_visible()
    page.get_by_role("row").filter(has_text="Referat").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Referat")).to_be_visible()


@pytest.mark.soak
@pytest.mark.parametrize("role", [*USUAL, "coordinator_hospital", "chair", "deputy", "observer"])
def test_every_page_in_every_theme(visit: Visit, demo: Demo, role: str | None) -> None:
    assert look_at_all(visit, demo, role, LOOKS) == []
