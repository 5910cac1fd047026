"""Pages of bodies: the structure, one body on a day, and what its secretaries keep."""

from dataclasses import MISSING, fields
from datetime import date
from types import SimpleNamespace
from typing import Any, TypeVar
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.bodies import actions, founding, queries, rows
from secretariat.bodies.agreements import views as agreeing
from secretariat.bodies.blueprint import bp
from secretariat.bodies.composition import views as composing
from secretariat.bodies.composition.composed import composed
from secretariat.bodies.contacts import views as contacts
from secretariat.bodies.contacts.queries import reads_contacts
from secretariat.bodies.corrections import views as amending
from secretariat.bodies.drawing import Drawing, DrawnBody, draw
from secretariat.bodies.forms import (
    ROOMS,
    AppointForm,
    AppointmentForm,
    BodyFilter,
    BodyForm,
    DeputyForm,
    FoundForm,
    LeaveForm,
    PoolForm,
    SeatForm,
    SetUpForm,
    level_choices,
)
from secretariat.bodies.groups import views as groups
from secretariat.bodies.groups.queries import of_body as reports_of
from secretariat.bodies.inputs import SetUpBody
from secretariat.bodies.lead import views as leading
from secretariat.bodies.lead.queries import leading_from
from secretariat.bodies.life import views as changing
from secretariat.bodies.models import Appointment, Body, Leave, Seat
from secretariat.bodies.numbers import written
from secretariat.bodies.policy import may_appoint, may_keep_body, may_set_up_bodies, sees_balance
from secretariat.bodies.structures import read_structure, structure_keys
from secretariat.bodies.terms import term_end
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.forms import LastDayForm
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _, _n, current_language
from secretariat.core.text.markdown import write_markdown
from secretariat.decisions.queries import open_decisions
from secretariat.directory import queries as directory
from secretariat.directory.asked_day import AskedDay
from secretariat.directory.forms import with_empty
from secretariat.directory.models import Partnership
from secretariat.directory.parties import label
from secretariat.directory.policy import may_found_partnership
from secretariat.meetings.queries import next_meetings

__all__ = ["agreeing", "amending", "bp", "changing", "composing", "contacts", "groups", "leading"]

USUAL = {field.name: field.default for field in fields(SetUpBody) if field.default is not MISSING}
F = TypeVar("F", bound=AppointmentForm)


# ---- reading


@bp.get("/utvalg")
@guard(signed_in)
def index(actor: Actor) -> ResponseReturnValue:
    """Who reports to whom, and how each body is manned."""
    asked = AskedDay.from_address()
    form = BodyFilter(data=request.args.to_dict())
    form.level.choices = with_empty(level_choices(), _("Alle"))
    form.room.choices = with_empty(ROOMS, _("Alle"))
    found = queries.bodies(actor, asked.day, level=form.level.data, room=form.room.data or "")
    partnerships = directory.partnership_names(actor)
    pictures = [(one, _drawn([row for row in found if row.partnership_id == one.id])) for one in partnerships]
    page = {"asked": asked, "form": form, "bodies": found, "pictures": pictures, "rooms": dict(ROOMS)}
    page |= {"secretariat": leading_from(actor, asked.day), "label": label}
    return render_template("bodies/index.html", **page, may_found=may_found_partnership(actor)), asked.status


def _drawn(found: list[rows.BodyRow]) -> Drawing:
    return draw([_drawn_body(row) for row in found])


def _drawn_body(row: rows.BodyRow) -> DrawnBody:
    return DrawnBody(
        id=str(row.id),
        short=row.short_name,
        name=row.name,
        level=row.level_word,
        parent_id=str(row.parent_id) if row.parent_id else None,
        href=url_for("bodies.show", body_id=row.id),
        note=_n("%(number)s ubesatt", "%(number)s ubesatte", row.vacant) if row.vacant else "",
    )


@bp.get("/utvalg/<uuid:body_id>")
@guard(signed_in, queries.body)
def show(actor: Actor, body: Body) -> ResponseReturnValue:
    """Who sits here, for whom, until when."""
    asked = AskedDay.from_address()
    groups = queries.party_groups(actor, body.id, asked.day)
    terms = queries.chair_plan(actor, body.id, asked.day)
    own, above, below = queries.family(actor, body, asked.day)
    page = {"body": body, "own": own, "asked": asked, "groups": groups, "above": above, "below": below}
    page |= {"term": rows.term_on(terms, asked.day), "next_term": rows.next_term(terms, asked.day)}
    page |= {"agreements": queries.agreements(actor, body.id), "level": rows.level_word(own.level, own.level_name)}
    page |= {"composed": composed(actor, body, groups, asked.day) if sees_balance(actor, body) else None}
    page |= {"next_meeting": next_meetings(actor, [body.id]).get(body.id), "reports": reports_of(actor, body.id)}
    page |= {"open_decisions": open_decisions(actor, [body.id]), "reads_contacts": reads_contacts(actor, body)}
    page |= {"agreed": {"chair": rows.chair_words(body), "term": rows.term_words(body)}}
    page |= {"may_keep": may_keep_body(actor, body), "example": written(body, asked.day.year, 7), "label": label}
    return render_template("bodies/show.html", **page), asked.status


# ---- a partnership from a structure


@bp.route("/utvalg/ny-struktur", methods=["GET", "POST"])
@guard(may_found_partnership)
def found(actor: Actor) -> ResponseReturnValue:
    """Choose a structure, see it drawn, name the partnership."""
    key = request.values.get("structure_key", "")
    if key not in structure_keys():
        return render_template("bodies/structures.html", structures=founding.summaries())
    structure = read_structure(key, current_language())
    form = FoundForm(data=founding.names_of(structure))
    if form.accept(actions.found_partnership, actor):
        return done(_("Samarbeidet er satt opp. Gi nå hver side en sekretær."), "web.admin")
    picture = draw(founding.picture_of(structure))
    return render_template("bodies/found.html", form=form, structure=structure, picture=picture), form.status


# ---- keeping a body


@bp.route("/utvalg/ny/<uuid:partnership_id>", methods=["GET", "POST"])
@guard(may_set_up_bodies, directory.partnership)
def set_up(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Set up a body."""
    form = SetUpForm(data=USUAL | {"starts_on": clock.today(), "language": partnership.language})
    form.parent_id.choices = with_empty(queries.open_choices(actor, partnership.id), _("Ingen"))
    form.room.choices = [(room, word) for room, word in ROOMS if actor.enters(partnership.id, room)]
    if form.accept(actions.set_up, actor, partnership.id, **form.chair):
        return done(_("Utvalget er opprettet. Legg til plassene."), "bodies.show", body_id=form.result)
    return render_template("bodies/set_up.html", form=form), form.status


@bp.route("/utvalg/<uuid:body_id>/innstillinger", methods=["GET", "POST"])
@guard(may_keep_body, queries.body)
def change(actor: Actor, body: Body) -> ResponseReturnValue:
    """What a body is called and how it works."""
    form = BodyForm(obj=body, chair_rule=rows.chair_rule(body))
    above = queries.open_choices(actor, body.partnership_id, body.parent_id)
    others = [choice for choice in above if choice[0] != str(body.id)]
    form.parent_id.choices = with_empty(others, _("Ingen"))
    optional = {"parent_id": form.parent_id.data, "mandate": form.mandate.data}
    if form.accept(actions.change, actor, body.id, **form.chair, **optional):
        return done(_("Endringene er lagret."), "bodies.show", body_id=body.id)
    page = {"form": form, "body": body, "example": written(body, clock.today().year, 7)}
    if form.conflict is not None:
        page["stored"] = write_markdown(form.conflict.mandate)
    return render_template("bodies/change.html", **page), form.status


@bp.get("/utvalg/<uuid:body_id>/nummereksempel")
@guard(may_keep_body, queries.body)
def number_example(actor: Actor, body: Body) -> ResponseReturnValue:
    """How a number would look with what is typed now; asked by the page while one types."""
    digits = request.args.get("number_digits", "")
    pattern = SimpleNamespace(
        number_prefix=request.args.get("number_prefix", "")[:20],
        number_suffix=request.args.get("number_suffix", "")[:10],
        number_digits=min(int(digits[:1]), 3) if digits.isdecimal() else body.number_digits,
        number_separator="-" if request.args.get("number_separator") == "-" else "/",
        year_digits=2 if request.args.get("year_digits") == "2" else 4,
        year_first=bool(request.args.get("year_first")),
    )
    return render_template("bodies/_number_example.html", example=written(pattern, clock.today().year, 7))


# ---- places and those who sit in them


@bp.route("/utvalg/<uuid:body_id>/plass/ny", methods=["GET", "POST"])
@guard(may_keep_body, queries.body)
def add_seat(actor: Actor, body: Body) -> ResponseReturnValue:
    """Add a place."""
    form = _for_constituency(SeatForm(data={"starts_on": clock.today()}), actor, body.partnership_id)
    if form.accept(actions.add_seat, actor, body.id):
        return done(_("Plassen er lagt til."), "bodies.show", body_id=body.id)
    return _task(_("Legg til plass"), form, body.id, lede=body.name)


@bp.route("/utvalg/plass/<uuid:seat_id>", methods=["GET", "POST"])
@guard(may_appoint, queries.seat)
def change_seat(actor: Actor, seat: Seat) -> ResponseReturnValue:
    """Change or end a place."""
    form = _for_constituency(SeatForm(obj=seat), actor, seat.partnership_id)
    if form.accept(actions.change_seat, actor, seat.id):
        return done(_("Endringene er lagret."), "bodies.show", body_id=seat.body_id)
    return _task(_("Endre plass"), form, seat.body_id, lede=queries.place_words(actor, seat.id))


@bp.route("/utvalg/plass/<uuid:seat_id>/oppnevn", methods=["GET", "POST"])
@guard(may_appoint, queries.seat)
def appoint(actor: Actor, seat: Seat) -> ResponseReturnValue:
    """Give a place its holder."""
    form = _for_person(AppointForm(data=_begins(actor, seat.body_id, seat.starts_on)), actor, seat.partnership_id)
    if form.accept(actions.appoint, actor, seat.id):
        return done(_("Oppnevningen er registrert."), "bodies.show", body_id=seat.body_id)
    return _person_task(_("Oppnevn representant"), form, seat.body_id, queries.place_words(actor, seat.id))


@bp.route("/utvalg/plass/<uuid:seat_id>/vara", methods=["GET", "POST"])
@guard(may_appoint, queries.seat)
def appoint_deputy(actor: Actor, seat: Seat) -> ResponseReturnValue:
    """Put a personal deputy behind a place."""
    form = _for_person(DeputyForm(data=_begins(actor, seat.body_id, seat.starts_on)), actor, seat.partnership_id)
    if form.accept(actions.appoint_deputy, actor, seat.id):
        return done(_("Vara er registrert."), "bodies.show", body_id=seat.body_id)
    return _person_task(_("Oppnevn vara"), form, seat.body_id, queries.place_words(actor, seat.id))


@bp.route("/utvalg/<uuid:body_id>/felles-vara", methods=["GET", "POST"])
@guard(may_keep_body, queries.body)
def add_to_pool(actor: Actor, body: Body) -> ResponseReturnValue:
    """Put a deputy in a party's pool."""
    form = _for_person(PoolForm(data=_begins(actor, body.id, body.starts_on)), actor, body.partnership_id)
    if form.accept(actions.add_to_pool, actor, body.id):
        return done(_("Vara er registrert."), "bodies.show", body_id=body.id)
    return _person_task(_("Oppnevn felles vara"), form, body.id, body.name)


@bp.route("/utvalg/oppnevning/<uuid:appointment_id>/avslutt", methods=["GET", "POST"])
@guard(may_appoint, queries.appointment)
def end_appointment(actor: Actor, appointment: Appointment) -> ResponseReturnValue:
    """Say which day is the last of an appointment."""
    form = LastDayForm(obj=appointment)
    if form.accept(actions.end_appointment, actor, appointment.id):
        return done(_("Siste dag er registrert."), "bodies.show", body_id=appointment.body_id)
    lede = queries.appointed_words(actor, appointment.id)
    ways = [
        (url_for("bodies.change_appointment", appointment_id=appointment.id), _("Endre periode og nivå")),
        (url_for("bodies.withdraw_appointment", appointment_id=appointment.id), _("Var oppnevningen en feil?")),
    ]
    return _task(_("Avslutt oppnevning"), form, appointment.body_id, lede=lede, ways=ways)


@bp.route("/utvalg/oppnevning/<uuid:appointment_id>/permisjon", methods=["GET", "POST"])
@guard(may_appoint, queries.appointment)
def give_leave(actor: Actor, appointment: Appointment) -> ResponseReturnValue:
    """Register leave of absence."""
    form = LeaveForm(data={"starts_on": max(clock.today(), appointment.starts_on)})
    if form.accept(actions.give_leave, actor, appointment.id):
        return done(_("Permisjonen er registrert."), "bodies.show", body_id=appointment.body_id)
    return _task(
        _("Registrer permisjon"), form, appointment.body_id, lede=queries.appointed_words(actor, appointment.id)
    )


@bp.route("/utvalg/permisjon/<uuid:leave_id>/avslutt", methods=["GET", "POST"])
@guard(may_appoint, queries.leave)
def end_leave(actor: Actor, leave: Leave) -> ResponseReturnValue:
    """Say which day is the last of a leave."""
    form = LastDayForm(data={"ends_on": clock.today()})
    appointment = queries.appointment(actor, leave.appointment_id)
    if appointment is not None and form.accept(actions.end_leave, actor, leave.id):
        return done(_("Siste dag er registrert."), "bodies.show", body_id=appointment.body_id)
    body_id = appointment.body_id if appointment else None
    return _task(_("Avslutt permisjon"), form, body_id, lede=queries.appointed_words(actor, leave.appointment_id))


# ---- what the pages above share


def _begins(actor: Actor, body_id: UUID, there_from: date) -> dict[str, date | None]:
    """From when somebody new sits, and for which term: by the body's rule, else the one that the others sit for."""
    day = max(clock.today(), there_from)
    body = queries.body(actor, body_id)
    by_rule = term_end(body, day) if body else None
    return {"starts_on": day, "term_ends_on": by_rule or queries.running_term(actor, body_id, day)}


def _for_constituency(form: SeatForm, actor: Actor, partnership_id: UUID) -> SeatForm:
    form.organisation_id.choices = with_empty(directory.organisation_choices(actor, partnership_id), _("Ingen"))
    form.region_id.choices = with_empty(directory.region_choices(actor, partnership_id), _("Ingen"))
    return form


def _for_person(form: F, actor: Actor, partnership_id: UUID) -> F:
    form.person_id.find = lambda words: directory.people(actor, words)
    form.organisation_id.choices = with_empty(directory.organisation_choices(actor, partnership_id))
    return form


def _task(title: str, form: Any, body_id: UUID | None, lede: str, ways: Any = ()) -> ResponseReturnValue:
    page = {"title": title, "form": form, "body_id": body_id, "lede": lede, "ways": ways}
    return render_template("bodies/task.html", **page), form.status


def _person_task(title: str, form: Any, body_id: UUID, lede: str) -> ResponseReturnValue:
    return render_template("bodies/person_task.html", title=title, form=form, body_id=body_id, lede=lede), form.status
