"""What pages have in common around their own work: what a button names, and where one goes when it is done."""

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.core.errors import NotFound


def done(sentence: str, endpoint: str, **ids: Any) -> ResponseReturnValue:
    """Say what was done, on the page that shows it."""
    flash(sentence, "success")
    return redirect(url_for(endpoint, **ids), 303)


def sent_id(name: str) -> UUID:
    """The thing that a button names; what is no id names nothing."""
    try:
        return UUID(request.form.get(name, ""))
    except ValueError as wrong:
        raise NotFound from wrong


def id_if_sent(name: str) -> UUID | None:
    """The thing that a button names, where it may name none."""
    return sent_id(name) if request.form.get(name) else None
