"""The application: settings, database, rooms, gates; nothing of the trade."""

from contextlib import ExitStack
from typing import Any

from flask import Flask, Request, g, request
from flask_wtf import CSRFProtect
from werkzeug.datastructures import MultiDict
from werkzeug.utils import cached_property

from secretariat import config
from secretariat.accounts.recognition import recognise
from secretariat.core import actions, clock, db
from secretariat.core.errors import Denied
from secretariat.core.forms import legible
from secretariat.core.guard import check_every_view, public
from secretariat.core.text.language import set_language
from secretariat.messages import letters
from secretariat.web import errors, frame, logbook, registration, templating, wiring
from secretariat.web.places import templates_folder

LARGEST_REQUEST = 64 * 1024 * 1024

csrf = CSRFProtect()


class LegibleRequest(Request):
    """A request whose address asks for nothing that no database can look for."""

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """What stands in the address after the question mark."""
        return legible(super().args)


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application, ready to serve. Refuses to start with a view that nobody guards."""
    settings = settings or config.Settings.from_environment()
    config.use(settings)
    app = Flask(
        "secretariat", template_folder=str(templates_folder()), static_folder="web/static", static_url_path="/static"
    )
    app.request_class = LegibleRequest
    templating.register(app)
    _configure(app, settings)
    db.bind(db.create_engine(settings.database_url))
    if settings.clock is not None:
        clock.start_at(settings.clock)
    public(app.view_functions["static"])
    wiring.connect()
    logbook.register(app)
    letters.write_with(app.jinja_env)
    csrf.init_app(app)
    app.before_request(_begin)
    app.after_request(frame.protect)
    app.teardown_request(_end)
    frame.register(app)
    errors.register(app)
    registration.register(app, csrf)
    check_every_view(app)
    return app


def _configure(app: Flask, settings: config.Settings) -> None:
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="secretariat",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        PERMANENT_SESSION_LIFETIME=60 * 60 * 24 * 14,
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=4 * 1024 * 1024,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,
        # Pages behind links in mails tell nobody where they are, so no Referer comes with their forms.
        WTF_CSRF_SSL_STRICT=False,
        SEND_FILE_MAX_AGE_DEFAULT=60 * 60 * 24 * 365,
    )


def _begin() -> None:
    """Give the request its session, its actor, its language and its one-time key; check the form's token."""
    g.work = ExitStack()
    g.work.enter_context(db.connected())
    g.actor = recognise(request)
    set_language(frame.wanted_language(request, g.actor))
    key = request.headers.get("Idempotency-Key") or (request.form.get("_key") if _has_small_form() else None)
    actions.request_key.set(key.replace("\0", "")[:80] if key else None)
    if request.method not in ("GET", "HEAD", "OPTIONS") and g.actor.via != "api":
        _demand_token()
        csrf.protect()


def _demand_token() -> None:
    """A program that forgot its token is told so, not that a form is too old."""
    if request.blueprint == "api" and g.actor.is_anonymous:
        raise Denied("anonymous")


def _has_small_form() -> bool:
    return request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data")


def _end(error: BaseException | None) -> None:
    actions.request_key.set(None)
    work: Any = g.pop("work", None)
    if work is None:
        return
    if error is None and request.method in ("GET", "HEAD"):
        # Opening a page changes nothing. PostgreSQL keeps its statements prepared then; a rollback would drop them.
        db.session().commit()
    work.close()
