"""The samples served on this machine, and a Chromium to look at them with."""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from tests.assets.house import create_house

Opener = Callable[..., Page]


@pytest.fixture(scope="session")
def house() -> Flask:
    """The application that shows the samples."""
    return create_house()


@pytest.fixture
def client(house: Flask) -> Iterator[FlaskClient]:
    """A client without a browser."""
    with house.test_client() as client:
        yield client


@pytest.fixture(scope="session")
def address(house: Flask) -> Iterator[str]:
    """Where the samples are served."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, house, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def look_at(chromium: Browser, address: str) -> Iterator[Opener]:
    """Opens a sample; at the end no page may have complained, about the content policy least of all."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def look(name: str, width: int = 1280, **wishes: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="nb-NO", **wishes)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda line: complaints.append(line.text) if line.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/{name}")
        return page

    yield look
    for context in contexts:
        context.close()
    assert complaints == []
