"""What every page stands in: language, navigation, the words templates may use, and the headers that protect it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, g, request, session

from secretariat import config
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.forms import one_time_key
from secretariat.core.text import language
from secretariat.core.text.html import to_html
from secretariat.directory.queries import partnership_names as names
from secretariat.web.assets import asset
from secretariat.web.demonstration import visitors
from secretariat.web.templating import address

LANGUAGES = ("nb", "nn", "en")

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'"
)
PUBLIC_PLACES = ("/innsyn", "/static/", "/healthz", "/readyz")


@dataclass(frozen=True)
class Entry:
    """A line of the main navigation."""

    label: Any
    url: str
    current: bool
    count: int | None = None


def register(app: Flask) -> None:
    """Give templates their words."""
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        _=language._,
        _n=language._n,
        _p=language._p,
        asset=asset,
        one_time_key=one_time_key,
        prose=to_html,
        format_date=language.format_date,
        format_time=language.format_time,
        format_datetime=language.format_datetime,
        format_size=language.format_size,
        today=clock.today,
        demo_visitors=visitors,
    )
    app.context_processor(_of_this_request)


def wanted_language(asking: Any, actor: Actor) -> str:
    """The language chosen in this browser, else the person's own, else what the browser prefers."""
    chosen = session.get("language")
    if chosen in LANGUAGES:
        return str(chosen)
    if not actor.is_anonymous:
        return actor.language if actor.language in LANGUAGES else "nb"
    best: str = asking.accept_languages.best_match(("nb", "no", "nn", "en"), "nb")
    return {"no": "nb"}.get(best, best)


def _of_this_request() -> dict[str, Any]:
    actor: Actor = g.get("actor") or Actor()
    return {
        "actor": actor,
        "current_user": None if actor.is_anonymous else actor,
        "language": language.current_language(),
        "languages": _languages(),
        "navigation": navigation(actor),
        "addresses": _addresses(),
        "partnership": partnership_of(actor),
        "is_demo": config.settings().demo,
    }


def partnership_of(actor: Actor) -> Any:
    """The partnership whose name stands in the frame; none for those who take part in several or none."""
    if len(actor.partnerships) != 1:
        return None
    return names(actor)[0]


def _languages() -> list[dict[str, Any]]:
    labels = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
    here = language.current_language()
    back = urlencode({"next": request.full_path.rstrip("?")})
    ways = {code: f"{address('web.choose_language', code=code)}?{back}" for code in LANGUAGES}
    return [{"code": c, "label": labels[c], "url": ways[c], "current": c == here} for c in LANGUAGES]


def _addresses() -> dict[str, str]:
    return {
        "home": address("desk.start"),
        "my_page": address("accounts.my_page"),
        "sign_in": address("accounts.sign_in"),
        "sign_out": address("accounts.sign_out"),
        "outbox": address("messages.outbox"),
        "public": address("publishing.index"),
    }


def navigation(actor: Actor) -> list[Entry]:
    """The places a signed-in person goes to; what one cannot use is not shown."""
    if actor.is_anonymous:
        return []
    _, _p = language._, language._p
    places = [
        (_("Min uke"), "desk.start"),
        (_("Saker"), "cases.index"),
        (_("Møter"), "meetings.index"),
        (_p("many", "Vedtak"), "decisions.index"),
        (_("Oppgaver"), "decisions.tasks"),
        (_p("many", "Utvalg"), "bodies.index"),
        (_("Kalender"), "calendar.index"),
    ]
    if actor.is_administrator:
        places.append((_("Administrasjon"), "web.admin"))
    here = request.path
    return [Entry(label, url, _is_here(here, url)) for label, url in ((label, address(name)) for label, name in places)]


def _is_here(path: str, url: str) -> bool:
    return path == url if url == "/" else path == url or path.startswith(f"{url}/")


def protect(response: Response) -> Response:
    """The headers of every answer: signed-in pages are private and never stored, only what is public may be kept."""
    response.headers.setdefault("Content-Security-Policy", POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if config.settings().secure_cookies:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    if not request.path.startswith(PUBLIC_PLACES):
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Vary", "Cookie")
    return response
