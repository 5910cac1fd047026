"""Opening pages as a person does; every page that is opened is checked as it comes.

``browse.as_("secretary").open("/saker")`` gives a :class:`Page`; ``page.fill("Tittel", "…")``,
``page.press("Lagre")``. Labels and button words, never field names.
"""

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Self
from urllib.parse import urlsplit

import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from secretariat.accounts.models import SignIn, User
from secretariat.accounts.recognition import secret_hash
from secretariat.core import clock
from secretariat.core.actions import writing
from tests.factories.cast import Cast
from tests.pages.markup import Markup


@dataclass
class Page:
    """A page as it came: its words, its forms, its status."""

    browser: "Browser"
    response: TestResponse
    address: str
    typed: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.status = self.response.status_code
        self.markup = Markup.read(self.response.get_data(as_text=True)) if self._is_html() else None
        if self.markup is not None:
            self.markup.check()

    def _is_html(self) -> bool:
        return self.response.mimetype == "text/html" and bool(self.response.data)

    @property
    def text(self) -> str:
        """All that stands on the page, white space folded."""
        return self.html.text

    @property
    def html(self) -> Markup:
        """The page's markup."""
        assert self.markup is not None, f"{self.address} is not a page: {self.response.mimetype}"
        return self.markup

    @property
    def title(self) -> str:
        """The one heading."""
        return self.html.heading

    def fill(self, label: str, value: Any) -> Self:
        """Type into the field that has this label."""
        self.typed[self.html.field_named(label)] = value
        return self

    def press(self, words: str, **more: Any) -> "Page":
        """Press the button with these words: its form is sent with what was typed and what stood there; redirects are
        followed.
        """
        address, method, values = self.html.form_with_button(words, urlsplit(self.address).path)
        values |= self.typed | more
        return self.browser.send(method, address, values)

    def follow(self, words: str) -> "Page":
        """Follow the link with these words."""
        return self.browser.open(self.html.link_named(words))


@dataclass
class Browser:
    """A browser of the cast; keeps cookies like any other."""

    app: Flask
    cast: Cast
    role: str = "anonymous"

    def __post_init__(self) -> None:
        self.client = self.app.test_client()

    def as_(self, role: str) -> "Browser":
        """Another browser, signed in as this role."""
        other = Browser(self.app, self.cast, role)
        if role != "anonymous":
            other._sign_in()
        return other

    def _sign_in(self) -> None:
        """Be signed in without the sign-in page (it has tests of its own)."""
        secret = secrets.token_urlsafe(16)
        moment = clock.now()
        with writing("test") as session:
            person_id = self.cast.person[self.role].id
            user_id = session.scalar(sa.select(User.id).where(User.person_id == person_id))
            ends = moment + timedelta(days=1)
            session.add(SignIn(user_id=user_id, token_hash=secret_hash(secret), last_seen_at=moment, expires_at=ends))
        with self.client.session_transaction() as cookie:
            cookie["sign_in"] = secret

    def open(self, address: str) -> Page:
        """Open an address."""
        return self._arrive(self.client.get(address), address)

    def send(self, method: str, address: str, values: dict[str, Any]) -> Page:
        """Send a form and follow where it leads."""
        if method == "get":
            return self._arrive(self.client.get(address, query_string=values), address)
        return self._arrive(self.client.post(address, data=values), address)

    def _arrive(self, response: TestResponse, address: str) -> Page:
        for _ in range(5):
            if response.status_code not in (301, 302, 303):
                break
            address = response.headers["Location"]
            response = self.client.get(address)
        return Page(self, response, address)
