"""The few pages that belong to no room: health, language, administration."""

import sqlalchemy as sa
from flask import Blueprint, redirect, render_template, request, session
from flask.typing import ResponseReturnValue

from secretariat.accounts import queries as accounts
from secretariat.accounts.forms import UserSearch
from secretariat.core.actor import Actor
from secretariat.core.db import session as database
from secretariat.core.guard import guard, public
from secretariat.core.pages import page_asked_for, stretch
from secretariat.directory.queries import partnership_names
from secretariat.messages import queries as messages
from secretariat.web.frame import LANGUAGES

bp = Blueprint("web", __name__)


def may_administer(actor: Actor, _subject: object = None) -> bool:
    """The installation's administrator; sees that it runs, not what the rooms hold."""
    return actor.is_administrator


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """The process answers."""
    return {"status": "ok"}


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """The process answers and reaches its database."""
    database().execute(sa.select(1))
    return {"status": "ready"}


@bp.get("/sprak/<code>")
@public
def choose_language(code: str) -> ResponseReturnValue:
    """Show this browser the pages in bokmål, nynorsk or English, and come back to the same page; nothing is stored of
    it.
    """
    if code in LANGUAGES:
        session["language"] = code
    back = request.args.get("next", "/")
    return redirect(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)


@bp.get("/admin")
@guard(may_administer)
def admin(actor: Actor) -> ResponseReturnValue:
    """What runs the installation: users, partnerships, queues."""
    form = UserSearch(data=request.args.to_dict())
    page = page_asked_for()
    users, total = accounts.users(actor, form.q.data or "", page)
    return render_template(
        "web/admin.html",
        form=form,
        users=users,
        offices=accounts.offices_of(actor, [user.person_id for user in users]),
        shown=stretch(page, accounts.PAGE, total),
        running=messages.running(actor),
        partnerships=partnership_names(actor),
    )
