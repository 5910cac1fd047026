"""Opens everything there is to open, as one role: every address with every id, and all that is linked from there.

It knows no page by name: a new one is crawled from the day it exists.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from flask import Flask
from werkzeug.test import TestResponse

from tests.leaks.addresses import addresses
from tests.leaks.reading import secrets_in
from tests.pages import Browser

LINK = re.compile(r"""(?:href|src|hx-get)="([^"#]+)""")
FILTERS = re.compile(r"""<form(?![^>]*method="post")[^>]*>(.*?)</form>""", re.S)
CHOICE = re.compile(r"""<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>""", re.S)
OPTION = re.compile(r"""<option[^>]*value="([^"]+)""")


@dataclass
class Crawl:
    """What one role has come across: each secret word with the first address that showed it."""

    app: Flask
    browser: Browser
    tokens: list[str]
    seen: dict[str, str] = field(default_factory=dict)
    channels: dict[str, set[str]] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def run(self) -> "Crawl":
        """Open all addresses, then what they link to and what their filters offer."""
        found = [link for address in addresses(self.app, self.tokens) for link in self._open(address)]
        for address in dict.fromkeys(found):
            self._open(address)
        return self

    def _open(self, address: str) -> list[str]:
        if address in self.opened:
            return []
        self.opened.add(address)
        try:
            response = self.browser.client.get(address)
        except Exception as error:
            self.broken.append(f"{address}: {error!r}")
            return []
        with response:
            for word in secrets_in(response.data) | secrets_in(str(response.headers).encode()):
                self.seen.setdefault(word, address)
                self.channels.setdefault(word, set()).update(channels_of(address, response))
            return list(_leading_on(address, response))


KINDS = {
    "text/html": "page",
    "text/calendar": "ics",
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/zip": "zip",
    "text/csv": "csv",
    "text/vcard": "vcard",
}
PLACES = {"api": "/api/", "public": "/innsyn", "mail": "/utboks", "feed": "/kalender/", "drawing": "/utvalg"}
LISTS = {"/", "/moter", "/saker", "/vedtak", "/oppgaver", "/utvalg"}


def channels_of(address: str, response: TestResponse) -> set[str]:
    """The ways by which an answer reaches people."""
    path = urlsplit(address).path
    found = {KINDS.get(response.mimetype, response.mimetype)}
    found |= {name for name, begins in PLACES.items() if path.startswith(begins)}
    return found | ({"list"} if path in LISTS else set())


def _leading_on(address: str, response: TestResponse) -> Iterator[str]:
    """Where the page leads: its links, and its list with each filter chosen."""
    if response.mimetype != "text/html":
        return
    text = response.get_data(as_text=True)
    for link in LINK.findall(text):
        target = urlsplit(urljoin(address, unescape(link)))
        if target.netloc in ("", "localhost") and not target.path.startswith(("/static", "/sprak", "/logg-inn")):
            yield target.path + (f"?{target.query}" if target.query and "next=" not in target.query else "")
    for filters in FILTERS.findall(text):
        for name, options in CHOICE.findall(filters):
            yield from (f"{urlsplit(address).path}?{name}={value}" for value in OPTION.findall(options))
