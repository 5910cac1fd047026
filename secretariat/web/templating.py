"""Templates and addresses without detours: a page names a hundred addresses and takes up thirty templates."""

from functools import lru_cache
from typing import Any

from flask import Flask, url_for
from flask.templating import Environment

ADDRESSES = 4096


class Templates(Environment):
    """What all templates may use is settled before the first is read, so each finds it in one plain table."""

    def make_globals(self, d: Any) -> Any:
        """The table; Jinja's own looks through two at every import."""
        return {**self.globals, **(d or {})}


@lru_cache(maxsize=ADDRESSES)
def address(endpoint: str, **values: Any) -> str:
    """The path of a page, as ``url_for`` gives it; remembered, so never with a host, which may differ."""
    return url_for(endpoint, _external=False, **values)


def register(app: Flask) -> None:
    """Let the templates of ``app`` be read this way; before any of them is."""
    app.jinja_environment = Templates
    app.jinja_env.globals["url_for"] = address
