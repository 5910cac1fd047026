"""The application: settings, database, rooms, gates; nothing of the trade."""

from contextlib import ExitStack
from typing import Any

from flask import Flask, abort, g, request
from flask_wtf import CSRFProtect

from secretariat import config
from secretariat.accounts.recognition import recognise
from secretariat.core import actions, clock, db
from secretariat.core.guard import check_every_view, public
from secretariat.core.text.language import set_language
from secretariat.messages import letters
from secretariat.web import errors, frame, logbook, registration, templating, wiring
from secretariat.web.places import templates_folder

LARGEST_REQUEST = 64 * 1024 * 1024

csrf = CSRFProtect()


def create_app(settings: config.Settings | None = None) -> Flask:
    """The application, ready to serve. Refuses to start with a view that nobody guards."""
    settings = settings or config.Settings.from_environment()
    config.use(settings)
    app = Flask(
        "secretariat", template_folder=str(templates_folder()), static_folder="web/static", static_url_path="/static"
    )
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
    if any("\0" in value for values in request.args.listvalues() for value in values):
        abort(400)  # PostgreSQL has no such character, and no word that anybody looks for has it
    if request.method not in ("GET", "HEAD", "OPTIONS") and g.actor.via != "api":
        csrf.protect()


def _has_small_form() -> bool:
    return request.mimetype in ("application/x-www-form-urlencoded", "multipart/form-data")


def _end(_error: BaseException | None) -> None:
    actions.request_key.set(None)
    work: Any = g.pop("work", None)
    if work is not None:
        work.close()
