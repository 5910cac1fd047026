"""What pages have in common around their own work: what a button names, where one goes when it is done, and how a long
list is leafed through.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.errors import DomainError, NotFound

FARTHEST_PAGE = 1_000_000


def done(sentence: str, endpoint: str, **ids: Any) -> ResponseReturnValue:
    """Say what was done, on the page that shows it."""
    flash(sentence, "success")
    return redirect(url_for(endpoint, **ids), 303)


def press(verb: Callable[..., Any], *given: Any, said: str, **values: Any) -> None:
    """Do what a button stands for, and say what was done or all that stands in the way, where one pressed it."""
    try:
        verb(*given, **values)
    except DomainError as refused:
        flash(" ".join(str(reason) for reasons in refused.fields.values() for reason in reasons), "warning")
    else:
        flash(said, "success")


def sent_id(name: str) -> UUID:
    """The thing that a button names; what is no id names nothing."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError as wrong:
        raise NotFound from wrong


def id_if_sent(name: str) -> UUID | None:
    """The thing that a button names, where it may name none."""
    return sent_id(name) if request.form.get(name) else None


def page_asked_for() -> int:
    """Which page of a long list the address asks for: the first, unless it names another that can be counted to."""
    return min(max(request.args.get("side", 1, type=int), 1), FARTHEST_PAGE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The rows of a long list that one page shows, counted from one, and the addresses of the pages beside it."""

    first: int
    last: int
    total: int
    previous: str | None
    next: str | None


def stretch(page: int, size: int, total: int) -> Stretch:
    """Where a page of so many rows lies in the whole list; who asks for one past the end is led to the last."""
    last = max(-(-total // size), 1)
    if page > last:
        abort(redirect(_same_list_at(last)))
    before, here = (page - 1) * size, page * size
    previous = _same_list_at(page - 1) if page > 1 else None
    return Stretch(before + 1, min(here, total), total, previous, _same_list_at(page + 1) if here < total else None)


def _same_list_at(page: int) -> str:
    return f"{request.path}?{urlencode(request.args.to_dict() | {'side': page})}"
