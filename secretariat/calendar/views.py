"""Pages of the calendar: the year, one's own subscription, and files that calendars read."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat import config
from secretariat.accounts.recognition import actor_of
from secretariat.calendar import (
    actions,
    answering,
    feeds,
    queries,
)
from secretariat.calendar.components import publish
from secretariat.calendar.forms import CalendarFilter
from secretariat.calendar.months import by_month
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.guard import guard, public, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _, use_language
from secretariat.meetings import queries as meetings
from secretariat.messages import links
from secretariat.messages.models import LinkPurpose

bp = Blueprint("calendar", __name__)
bp.register_blueprint(answering.bp)

MOST_IN_A_YEAR = 500
MINUTES_BETWEEN_FETCHES = 15


@bp.get("/kalender")
@guard(signed_in)
def index(actor: Actor) -> ResponseReturnValue:
    """The meetings from today on, or those of a year, month by month, and how to have them in one's own calendar."""
    form, years = CalendarFilter(data=request.args.to_dict()), meetings.years(actor)
    form.offer(years, [(str(body.id), body.name) for body in queries.bodies(actor)])
    asked = Asked.from_address(years)
    form.ar.data, form.utvalg.data = asked.year, asked.body_id
    rows = meetings.meetings(actor, asked.wanted, most=MOST_IN_A_YEAR)
    behind = [year for year in years if asked.year is None and year <= clock.today().year]
    page = {"form": form, "months": by_month(rows), "asked": asked, "earlier": next(iter(behind), None)}
    return render_template("calendar/index.html", **page, **_subscription(actor))


@dataclass(frozen=True)
class Asked:
    """What the address asks for: from today on and all bodies when it says nothing."""

    year: int | None
    body_id: UUID | None

    @property
    def wanted(self) -> meetings.Wanted:
        """The same, as the list is asked for it."""
        since = clock.today() if self.year is None else None
        return meetings.Wanted(body_id=self.body_id, year=self.year, since=since)

    @classmethod
    def from_address(cls, years: list[int]) -> "Asked":
        """Read it; what is no year or no body is not asked for."""
        year = request.args.get("ar", type=int)
        return cls(year if year in years else None, request.args.get("utvalg", type=UUID))


def _subscription(actor: Actor) -> dict[str, Any]:
    link = queries.subscription(actor)
    return {"link": link, "feed_address": _feed_address(link) if link else ""}


def _feed_address(link: Any) -> str:
    return config.settings().url + url_for("calendar.feed", token=links.token(link))


@bp.post("/kalender/abonnement")
@guard(signed_in)
def subscribe(actor: Actor) -> ResponseReturnValue:
    """A new address; an earlier one is closed."""
    actions.subscribe(actor)
    return done(_("Du har fått en ny kalenderadresse."), "calendar.index")


@bp.post("/kalender/abonnement/slutt")
@guard(signed_in)
def unsubscribe(actor: Actor) -> ResponseReturnValue:
    """Close the address."""
    link = queries.subscription(actor)
    if link is not None:
        actions.end_subscription(actor, link.id)
    return done(_("Kalenderadressen er stengt."), "calendar.index")


@bp.get("/moter/<uuid:meeting_id>.ics")
@guard(signed_in, queries.component)
def meeting_ics(_actor: Actor, found: queries.Component) -> ResponseReturnValue:
    """One meeting as a file for the calendar; it names nobody who is called."""
    return _calendar(f'"{found.etag}"', lambda: publish(found.component), "mote.ics")


@bp.get("/kalender/<token>.ics")
@public
def feed(token: str) -> ResponseReturnValue:
    """A person's subscription: the meetings that person sees today."""
    person_id = links.holder(token, LinkPurpose.SUBSCRIPTION)
    if person_id is None:
        raise NotFound
    actor = actor_of(person_id)
    with use_language(actor.language):
        name = _("Møter for %(name)s", name=actor.name)
    response = _unchanged(name, actor) or _whole(name, actor)
    response.headers["Cache-Control"] = f"private, max-age={MINUTES_BETWEEN_FETCHES * 60}"
    return response


def _unchanged(name: str, actor: Actor) -> Response | None:
    """The short answer to one who has fetched the subscription before, told from the meetings' marks alone."""
    if not request.if_none_match:
        return None
    etag = feeds.revision(name, queries.marks(actor))
    return Response(status=304, headers={"ETag": f'"{etag}"'}) if etag in request.if_none_match else None


def _whole(name: str, actor: Actor) -> Response:
    whole, etag = feeds.feed(name, queries.components(actor))
    return _calendar(f'"{etag}"', lambda: whole, "kalender.ics")


def _calendar(etag: str, make: Any, name: str) -> Response:
    """The calendar, or only the word that nothing has changed since it was fetched."""
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag.strip('"') in request.if_none_match:
        return Response(status=304, headers=headers)
    headers["Content-Disposition"] = f'inline; filename="{name}"'
    return Response(make(), content_type="text/calendar; charset=utf-8", headers=headers)
