"""Pages of publishing: the press for the secretariat, and what everybody sees without signing in."""

from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat import config
from secretariat.calendar import components
from secretariat.core.actor import Actor
from secretariat.core.dates import year_of
from secretariat.core.errors import Hindered, NotFound
from secretariat.core.guard import current_actor, guard, public
from secretariat.core.pages import done, page_asked_for, stretch
from secretariat.core.text.html import to_html
from secretariat.core.text.language import _
from secretariat.documents import storage
from secretariat.documents.rendering.contents import basis
from secretariat.meetings.models import Meeting
from secretariat.meetings.queries import meeting_row
from secretariat.publishing import actions, queries
from secretariat.publishing.forms import PublicFilter, PublishForm, WithdrawForm
from secretariat.publishing.models import Publication, PublicationKind
from secretariat.publishing.policy import may_publish, may_withdraw
from secretariat.publishing.preparing import look, prepare

bp = Blueprint("publishing", __name__)

MINUTES_TO_KEEP = 5
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
SHOWN = {"text": partial(to_html, heading_offset=3), "basis": basis}
"""How the words of an edition are shown: texts under the headings of their item, the law in a sentence."""


@bp.get("/moter/<uuid:meeting_id>/publisering")
@guard(may_publish, meeting_row)
def publish(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """Exactly what the public would see, beside what is left out and why."""
    return _press_page(actor, meeting, _wanted_kind(), PublishForm())


@bp.post("/moter/<uuid:meeting_id>/publisering")
@guard(may_publish, meeting_row)
def press(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """Publiser."""
    form, kind = PublishForm(), _wanted_kind()
    prepare(actor, meeting, kind)
    if form.accept(actions.publish_meeting, actor, meeting.id, kind=kind):
        return done(_("Publisert. Nå kan alle se det."), "publishing.publish", meeting_id=meeting.id, kind=kind.value)
    return _press_page(actor, meeting, kind, form)


def _wanted_kind() -> PublicationKind:
    minutes = request.values.get("kind") == PublicationKind.MINUTES.value
    return PublicationKind.MINUTES if minutes else PublicationKind.MEETING


def _press_page(actor: Actor, meeting: Meeting, kind: PublicationKind, form: PublishForm) -> ResponseReturnValue:
    history = queries.history(actor, meeting.id)
    page = render_template(
        "publishing/publish.html",
        meeting=meeting,
        kinds=PublicationKind,
        seen=look(actor, meeting, kind),
        current=next((one for one in history if one.kind is kind and one.withdrawn_at is None), None),
        history=history,
        form=form,
        **SHOWN,
    )
    return page, form.status


@bp.get("/moter/<uuid:meeting_id>/publisering.pdf")
@guard(may_publish, meeting_row)
def preview_pdf(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """The PDF as the public would get it."""
    seen = prepare(actor, meeting, _wanted_kind())
    if seen.printed is None:
        raise Hindered(seen.hindrances)
    return _pdf(meeting.partnership_id, seen.printed[0], _("Forhåndsvisning") + ".pdf")


@bp.route("/publisering/<uuid:publication_id>/trekk-tilbake", methods=["GET", "POST"])
@guard(may_withdraw, queries.publication)
def withdraw(actor: Actor, publication: Publication) -> ResponseReturnValue:
    """Take a publication back, with a reason."""
    form = WithdrawForm()
    back = url_for("publishing.publish", meeting_id=publication.meeting_id, kind=publication.kind.value)
    if form.accept(actions.withdraw, actor, publication.id):
        flash(_("Trukket tilbake. Ingen ser det lenger."), "success")
        return redirect(back, 303)
    return render_template("publishing/withdraw.html", publication=publication, form=form, back=back), form.status


@bp.get("/innsyn")
@public
def index() -> ResponseReturnValue:
    """Every meeting of which something is public, to be filtered by body, year and words."""
    actor, wanted = current_actor(), _wanted()
    bodies = queries.public_bodies(actor)
    form = PublicFilter(data={"utvalg": wanted.body_id and str(wanted.body_id), "year": wanted.year, "q": wanted.words})
    form.utvalg.choices = [("", _("Alle")), *((str(body_id), name) for body_id, name in _named(bodies))]
    form.year.choices = [("", _("Alle")), *((str(year), str(year)) for year in queries.public_years(actor))]
    found = queries.public_list(actor, wanted)
    shown = stretch(wanted.page, queries.PER_PAGE, found.total)
    page = {"form": form, "found": found, "wanted": wanted, "shown": shown}
    asked = queries.secretariats(actor, wanted.body_id)
    return _kept(render_template("publishing/index.html", **page, secretariats=asked))


def _wanted() -> queries.Wanted:
    asked = request.args
    return queries.Wanted(
        body_id=asked.get("utvalg", type=UUID),
        year=asked.get("year", type=year_of),
        words=asked.get("q", "")[:100],
        page=page_asked_for(),
    )


def _named(bodies: list[tuple[UUID, str, str]]) -> list[tuple[UUID, str]]:
    """The bodies' names, with their partnership's where there are several."""
    several = len({partnership for _id, _name, partnership in bodies}) > 1
    return [(body_id, f"{partnership}: {name}" if several else name) for body_id, name, partnership in bodies]


@bp.get("/innsyn/moter/<uuid:meeting_id>")
@public
def meeting(meeting_id: UUID) -> ResponseReturnValue:
    """One meeting as it was published."""
    actor = current_actor()
    found = queries.public_meeting(actor, meeting_id)
    if found is None:
        raise NotFound
    asked = queries.secretariats(actor, found.body_id)
    return _kept(render_template("publishing/meeting.html", meeting=found, secretariats=asked, **SHOWN))


@bp.get("/innsyn/moter/<uuid:meeting_id>/innkalling.pdf")
@public
def agenda_pdf(meeting_id: UUID) -> ResponseReturnValue:
    """The published agenda with its papers."""
    return _public_pdf(meeting_id, PublicationKind.MEETING, _("Innkalling"))


@bp.get("/innsyn/moter/<uuid:meeting_id>/referat.pdf")
@public
def minutes_pdf(meeting_id: UUID) -> ResponseReturnValue:
    """The published minutes."""
    return _public_pdf(meeting_id, PublicationKind.MINUTES, _("Referat"))


def _public_pdf(meeting_id: UUID, kind: PublicationKind, word: str) -> Response:
    file = queries.public_file(current_actor(), meeting_id, kind)
    if file is None:
        raise NotFound
    name = f"{word} {file.body_short} {file.day.isoformat()}.pdf"
    return _kept(_pdf(file.partnership_id, file.sha256, name), mark=file.sha256)


def _pdf(partnership_id: UUID, sha256: str, name: str) -> Response:
    response = make_response(storage.get(partnership_id, sha256))
    response.mimetype = "application/pdf"
    response.headers.set("Content-Disposition", "inline", filename=name)
    return response


@bp.get("/innsyn/utvalg/<uuid:body_id>.ics")
@public
def calendar(body_id: UUID) -> ResponseReturnValue:
    """The published meetings of a body, to subscribe to."""
    found = queries.public_calendar(current_actor(), body_id)
    if found is None:
        raise NotFound
    response = make_response(components.calendar(*found))
    response.mimetype = "text/calendar"
    return _kept(response)


@bp.get("/innsyn/strom.atom")
@public
def stream() -> ResponseReturnValue:
    """What was published last, for feed readers."""
    entries = queries.latest(current_actor())
    updated = entries[0].published_at if entries else NEVER
    xml = render_template("publishing/stream.xml", entries=entries, updated=updated, root=config.settings().url)
    response = make_response(xml)
    response.mimetype = "application/atom+xml"
    return _kept(response)


@bp.get("/innsyn/tilgjengelighet")
@public
def accessibility() -> ResponseReturnValue:
    """How well these pages work for everybody."""
    return _kept(render_template("publishing/accessibility.html", secretariats=queries.secretariats(current_actor())))


@bp.get("/innsyn/personvern")
@public
def privacy() -> ResponseReturnValue:
    """What is kept on people."""
    return _kept(render_template("publishing/privacy.html", secretariats=queries.secretariats(current_actor())))


def _kept(answer: Any, mark: str | None = None) -> Response:
    """An answer that browsers and proxies may keep for a while; what a signed-in person is shown, nobody keeps."""
    response = make_response(answer)
    if not current_actor().is_anonymous:
        response.headers["Cache-Control"] = "private, no-store"
        return response
    response.cache_control.public, response.cache_control.max_age = True, MINUTES_TO_KEEP * 60
    response.vary.update(("Cookie", "Accept-Language"))
    if mark is None:
        response.add_etag()
    else:
        response.set_etag(mark)
    response.make_conditional(request)
    return response
