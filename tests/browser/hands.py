"""What people do at a screen: press, follow, write, choose, and look until something stands there."""

import re
from datetime import date
from time import monotonic

from babel.dates import format_date
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import scrolls_sideways

PATIENCE_SECONDS = 60

expect.set_options(timeout=20_000)


def named(words: str, about: str = "") -> re.Pattern[str]:
    """The name of a button or link that begins so, and says to those who do not see what it is about."""
    first, last = (re.escape(part).replace("/", r"\/") for part in (words, about))
    return re.compile(rf"^\s*{first}\b.*{last}", re.DOTALL)


def button(page: Page, words: str, about: str = "") -> Locator:
    """A button by its words, and by what it is about where there are several."""
    if about:
        return page.get_by_role("button", name=named(words, about))
    return page.get_by_role("button", name=words, exact=True)


def press(page: Page, words: str, about: str = "") -> None:
    """Press a button."""
    button(page, words, about).click()


def follow(page: Page, words: str, about: str = "") -> None:
    """Follow a link of the page."""
    page.get_by_role("main").get_by_role("link", name=named(words, about)).first.click()


def text_field(page: Page, label: str) -> Locator:
    """The field where a text with headings and lists is written, once its tools have come."""
    return page.locator("[contenteditable=true]").and_(page.get_by_role("textbox", name=label, exact=True))


def write(page: Page, label: str, text: str) -> None:
    """Write a text with headings and lists."""
    text_field(page, label).fill(text)


def told(page: Page, words: str) -> None:
    """The page says that it is done."""
    expect(page.locator(".messages").filter(has_text=words).first).to_be_visible()


def reads(page: Page, *words: str) -> None:
    """All these words stand on the page."""
    for each in words:
        expect(page.get_by_role("main")).to_contain_text(each)


def written(day: date) -> str:
    """A day as the pages and mails write it."""
    return format_date(day, "d. MMMM y", "nb")


def fits_the_phone(page: Page) -> None:
    """Nothing is wider than the window."""
    assert not scrolls_sideways(page), f"{page.url} scrolls sideways"


def open_until(page: Page, address: str, wanted: Locator) -> Locator:
    """Open an address again and again until what is wanted stands there: the worker has done its errand."""
    last = monotonic() + PATIENCE_SECONDS
    while monotonic() < last:
        page.goto(address)
        if wanted.count():
            return wanted.first
        page.wait_for_timeout(200)
    raise AssertionError(f"{wanted} never came on {address}")


def open_mail(page: Page, subject: str, to: str = "") -> str:
    """Open the newest mail with this subject in the outbox, once it is sent; the answer is its text."""
    sent = page.locator("tbody tr").filter(has_text=subject).filter(has_text="Sendt")
    open_until(page, f"/utboks?q={to}", sent).get_by_role("link").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)
    return page.get_by_role("main").inner_text()


def link_in(mail: str) -> str:
    """The address of the page that opens without a password."""
    found = re.search(r"https?://\S+/lenke/\S+", mail)
    assert found is not None, mail
    return found.group()
