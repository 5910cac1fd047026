"""Templates and addresses without detours: a page names a hundred addresses and takes up thirty templates."""

from functools import lru_cache
from typing import Any

from flask import Flask, has_request_context, request, url_for
from flask.templating import Environment

ADDRESSES = 4096


class Templates(Environment):
    """What all templates may use is settled before the first is read, so each finds it in one plain table."""

    def make_globals(self, d: Any) -> Any:
        """The table; Jinja's own looks through two at every import."""
        return {**self.globals, **(d or {})}


def address(endpoint: str, **values: Any) -> str:
    """The address of a page, as ``url_for`` gives it; one that was asked for before is remembered."""
    if not has_request_context() or any(name.startswith("_") for name in values):
        return url_for(endpoint, **values)
    return _address(request.script_root, endpoint, tuple(values.items()))


@lru_cache(maxsize=ADDRESSES)
def _address(_root: str, endpoint: str, values: tuple[tuple[str, Any], ...]) -> str:
    return url_for(endpoint, **dict(values))


def register(app: Flask) -> None:
    """Let the templates of ``app`` be read this way; before any of them is."""
    app.jinja_environment = Templates
    app.jinja_env.globals["url_for"] = address
