"""Opens everything there is to open, as one role: every address with every id of the scene, and every link found there.

It knows no page by name: a new one is crawled from the day it exists. An address whose parameter it has never heard of
stops it, so that nobody forgets to say what goes there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import product
from typing import Any
from urllib.parse import urljoin, urlsplit

import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from secretariat.api.lists import LISTS
from secretariat.core.db import Base, session
from tests.leaks.reading import secrets_in
from tests.pages import Browser

TABLES = {
    "case": "case_file",
    "file": "stored_file",
    "item": "agenda_item",
    "user": "user_account",
    "sign_in": "sign_in",
    "way": "treatment",
    "step": "treatment",
    "paper": "case_paper",
    "version": "case_paper_version",
    "token": "api_token",
}
"""Parameters whose name is not that of their table."""

SKIPPED = {"static", "web.choose_language", "web.healthz", "web.readyz", "api.openapi"}
"""The same for everybody whatever is stored, or, for the language, nothing to see."""

MOST_LINKS = 600
LINK = re.compile(r"""(?:href|src|hx-get)="([^"#]+)""")
CHOICE = re.compile(r"""<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>""", re.S)
OPTION = re.compile(r"""<option[^>]*value="([^"]+)""")


@dataclass
class Crawl:
    """What one role has come across: each secret word with the first address that showed it."""

    app: Flask
    browser: Browser
    tokens: list[str]
    seen: dict[str, str] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)

    def run(self) -> "Crawl":
        """Open all addresses, then what they link to and what their filters offer."""
        found: list[str] = []
        for address in self._addresses():
            found += self._open(address)
        for address in found:
            if len(self.opened) < MOST_LINKS + len(found) and address not in self.opened:
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
            return list(_leading_on(address, response))

    def _addresses(self) -> Iterator[str]:
        with self.app.test_request_context():
            adapter = self.app.url_map.bind("localhost")
            for rule in self.app.url_map.iter_rules():
                if "GET" in (rule.methods or ()) and rule.endpoint not in SKIPPED:
                    for values in self._values(rule):
                        yield adapter.build(rule.endpoint, values)

    def _values(self, rule: Rule) -> Iterator[dict[str, Any]]:
        if rule.endpoint == "api.row":
            for name, listed in LISTS.items():
                yield from ({"kind": name, "row_id": row_id} for row_id in _ids(listed.model.__tablename__))
            return
        names = sorted(rule.arguments)
        for values in product(*(self._fillings(rule, name) for name in names)):
            yield dict(zip(names, values, strict=True))

    def _fillings(self, rule: Rule, name: str) -> list[Any]:
        if rule.endpoint.startswith("api.") and name == "kind":
            return list(LISTS)
        if name == "token":
            return self.tokens
        if name in ("number", "year"):
            return [1, 2026]
        if name.endswith("_id"):
            return _ids(TABLES.get(name.removesuffix("_id"), name.removesuffix("_id")))
        raise AssertionError(f"what goes into <{name}> of {rule.rule}? Teach the crawler.")


def _ids(table: str) -> list[Any]:
    rows = Base.metadata.tables[table]
    return list(session().scalars(sa.select(rows.c.id).order_by(rows.c.id)))


def _leading_on(address: str, response: TestResponse) -> Iterator[str]:
    """Where the page leads: its links, and its lists with each filter chosen."""
    if response.mimetype != "text/html":
        return
    text = response.get_data(as_text=True)
    here = urlsplit(address).path
    for link in LINK.findall(text):
        target = urlsplit(urljoin(address, unescape(link)))
        if target.netloc in ("", "localhost") and not target.path.startswith(("/static", "/sprak")):
            yield target.path + (f"?{target.query}" if target.query else "")
    for name, options in CHOICE.findall(text):
        yield from (f"{here}?{name}={value}" for value in OPTION.findall(options))
