"""Pages of minutes: the meeting as it goes on, the minutes to read, and the steps to their approval."""

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from wtforms.fields.choices import SelectChoice

from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.dates import Unit, due_after
from secretariat.core.errors import DomainError, NotFound
from secretariat.core.forms import Form
from secretariat.core.guard import guard, signed_in
from secretariat.core.pages import done
from secretariat.core.text.language import _
from secretariat.decisions import queries as decisions
from secretariat.directory import queries as directory
from secretariat.directory.parties import alone_in, label
from secretariat.dispatch import queries as dispatch
from secretariat.dispatch.models import DispatchKind
from secretariat.documents import storage
from secretariat.meetings import actions as verbs, queries as meetings
from secretariat.meetings.models import Meeting
from secretariat.meetings.obstacles import hinders_closing
from secretariat.meetings.policy import may_manage_item, may_manage_meeting, may_manage_participant
from secretariat.meetings.queries import AgendaRow, ParticipantRow
from secretariat.minutes import actions, adding, queries
from secretariat.minutes.attendance import absent, groups, missing
from secretariat.minutes.blueprint import bp
from secretariat.minutes.forms import (
    ApproveForm,
    CommentForm,
    CorrectForm,
    ItemForm,
    SendOutForm,
    responsible_choices,
)
from secretariat.minutes.models import Minutes, MinutesState
from secretariat.minutes.policy import may_write_minutes
from secretariat.minutes.previous import TakenUp, previous, taken_up
from secretariat.minutes.printing import Step, file_name, hindrances_of, look, prepare
from secretariat.minutes.record import OneItem, Record, record
from secretariat.minutes.showing import changed_words, comment_choices, item_values, lacking, neighbours, table

__all__ = ["adding", "bp"]

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@bp.route("/moter/<uuid:meeting_id>/referat", methods=["GET", "POST"])
@guard(signed_in, queries.minutes)
def show(actor: Actor, minutes: Minutes) -> ResponseReturnValue:
    """The minutes to read, and the form for remarks while they are welcome."""
    whole = record(actor, minutes)
    form = CommentForm()
    form.agenda_item_id.choices = comment_choices(whole)
    if form.accept(actions.comment, actor, minutes.id):
        return done(_("Merknaden er sendt til sekretariatet."), ".show", meeting_id=minutes.meeting_id)
    may_write = may_write_minutes(actor, minutes)
    return render_template(
        "minutes/show.html",
        record=whole,
        minutes=minutes,
        groups=groups(whole),
        absent=absent(whole),
        missing=missing(whole),
        changed=changed_words(whole),
        comments=queries.comments(actor, minutes.id),
        form=form,
        may_comment=_welcomes_comments(minutes),
        may_write=may_write,
        label=label,
        hindrances=_hindrances(whole) if may_write else {},
        sent=dispatch.minutes_sent(actor, minutes.meeting_id) if may_write else (),
    ), form.status


def _welcomes_comments(minutes: Minutes) -> bool:
    until = minutes.comments_until
    return minutes.state is MinutesState.COMMENTING and until is not None and until >= clock.today()


def _hindrances(whole: Record) -> dict[str, list[Any]]:
    """What stands in the way of each step, for the text beside its button."""
    today = clock.today()
    return {
        "send": hindrances_of(whole, Step.sending(today)),
        "approve": hindrances_of(whole, Step.approving(today, "-")),
    }


@bp.route("/moter/<uuid:meeting_id>/referat/send", methods=["GET", "POST"])
@guard(may_write_minutes, queries.minutes)
def send_out(actor: Actor, minutes: Minutes) -> ResponseReturnValue:
    """Send the draft out for comments."""
    whole = record(actor, minutes)
    unit: Unit = "working_days" if whole.meeting.working_days else "days"
    form = SendOutForm(data={"comments_until": due_after(clock.today(), whole.meeting.comments_days, unit)})
    if form.accept(actions.send_out, actor, minutes.id):
        return _done(minutes, _("Utkastet er sendt til dem som var kalt inn."))
    return render_template("minutes/send_out.html", form=form, record=whole), form.status


@bp.route("/moter/<uuid:meeting_id>/referat/godkjenn", methods=["GET", "POST"])
@guard(may_write_minutes, queries.minutes)
def approve(actor: Actor, minutes: Minutes) -> ResponseReturnValue:
    """Approve the minutes; from the item of the meeting that does so one comes back to it."""
    there = taken_up(actor, minutes, request.args.get("sak", type=UUID))
    form = ApproveForm(data=there.approval() if there else {"approved_on": clock.today()})
    if form.accept(actions.approve, actor, minutes.id):
        return _approved(minutes, there)
    page = {"record": record(actor, minutes), "comments": len(queries.comments(actor, minutes.id)), "there": there}
    page["waiting"] = minutes.comments_until if _welcomes_comments(minutes) else None
    return render_template("minutes/approve.html", form=form, **page), form.status


def _approved(minutes: Minutes, there: TakenUp | None) -> ResponseReturnValue:
    said = _("Referatet er godkjent og sendt ut. Det kan ikke endres lenger.")
    if there is None:
        return _done(minutes, said)
    return done(said, ".conduct", meeting_id=there.meeting_id, sak=there.item_id)


@bp.route("/moter/<uuid:meeting_id>/referat/rett", methods=["GET", "POST"])
@guard(may_write_minutes, queries.minutes)
def correct(actor: Actor, minutes: Minutes) -> ResponseReturnValue:
    """Add a correction to approved minutes."""
    form = CorrectForm()
    if form.accept(actions.correct, actor, minutes.id):
        return _done(minutes, _("Rettelsen er lagt til og sendt ut."))
    return render_template("minutes/correct.html", form=form, record=record(actor, minutes)), form.status


def _done(minutes: Minutes, words: str) -> ResponseReturnValue:
    return done(words, ".show", meeting_id=minutes.meeting_id)


@bp.post("/moter/<uuid:meeting_id>/referat/ta-tilbake")
@guard(may_write_minutes, queries.minutes)
def take_back(actor: Actor, minutes: Minutes) -> ResponseReturnValue:
    """Make a draft of it again."""
    actions.take_back(actor, minutes.id)
    return _done(minutes, _("Referatet er et utkast igjen, og bare sekretariatet ser det."))


@bp.get("/moter/<uuid:meeting_id>/referat.pdf")
@guard(signed_in, queries.minutes)
def pdf(actor: Actor, minutes: Minutes) -> ResponseReturnValue:
    """The minutes as PDF: what was sent once approved, before that as they stand now."""
    if minutes.state is MinutesState.APPROVED:
        sent = dispatch.files_sent(actor, minutes.meeting_id, (DispatchKind.MINUTES,))[-1]
        return _file(storage.get(sent.partnership_id, sent.sha256), sent.filename, sent.mime_type)
    ready = prepare(actor, minutes, Step())
    content = storage.get(minutes.partnership_id, ready.printed["internal"][0])
    return _file(content, file_name(ready.record, "pdf"), "application/pdf")


@bp.get("/moter/<uuid:meeting_id>/referat.docx")
@guard(signed_in, queries.minutes)
def docx(actor: Actor, minutes: Minutes) -> ResponseReturnValue:
    """The same as a Word file."""
    from secretariat.minutes.word import word_file

    ready = look(actor, minutes, Step())
    return _file(word_file(ready.paper), file_name(ready.record, "docx"), WORD)


def _file(content: bytes, name: str, mime_type: str) -> ResponseReturnValue:
    response = send_file(BytesIO(content), mimetype=mime_type, download_name=name)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@bp.route("/moter/<uuid:meeting_id>/foring", methods=["GET", "POST"])
@guard(may_manage_meeting, meetings.meeting_row)
def conduct(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """Screen 7: the item, the proposal and the decision side by side; who is here; who does what by when."""
    minutes = queries.minutes(actor, meeting.id)
    if minutes is None:
        return render_template("minutes/not_yet.html", meeting=meeting)
    if minutes.state is MinutesState.APPROVED:
        return render_template("minutes/settled.html", meeting=meeting, minutes=minutes)
    whole = record(actor, minutes, going_on=True)
    here = _item_in(whole, request.args.get("sak", type=UUID))
    form = ItemForm(data=item_values(whole, here))
    form.responsible.choices = _responsible(actor, meeting, whole)
    if here is not None and form.accept(actions.write_item, actor, here.row.id, **form.responsible_ids()):
        return _to_positions(actor, here) or _to_item(whole, here)
    page = table(whole, here, form.conflict) | {"previous": previous(actor, whole, here)}
    return render_template("minutes/conduct.html", form=form, **page), form.status


def _responsible(actor: Actor, meeting: Meeting, whole: Record) -> list[SelectChoice]:
    """Who may be given a task here; where a party meets alone, its own people and organisations."""
    alone = alone_in(meeting.room)
    people = [person for person in whole.people if alone in (None, person.party)]
    return responsible_choices(people, directory.organisation_choices(actor, meeting.partnership_id, alone))


def _item_in(whole: Record, item_id: UUID | None) -> OneItem | None:
    """The item asked for; without one the first that something can come of."""
    if item_id is None:
        return whole.treated[0] if whole.treated else None
    found = next((one for one in whole.treated if one.row.id == item_id), None)
    if found is None:
        raise NotFound
    return found


def _to_positions(actor: Actor, here: OneItem) -> ResponseReturnValue | None:
    """Where there is no agreement, the parties' positions and the next step are asked for at once."""
    decision_id = decisions.unstated(actor, here.row.id)
    if decision_id is None:
        return None
    return done(
        _("Saken er lagret. Skriv partenes syn, og hva som skjer videre."),
        "decisions.state_positions",
        decision_id=decision_id,
    )


def _to_item(whole: Record, here: OneItem) -> ResponseReturnValue:
    """On to the next item when that was pressed, else stay."""
    flash(_("%(item)s er lagret.", item=here.name), "success")
    following = neighbours(whole, here)["next"] if request.form.get("go") == "next" else None
    return _to(whole.meeting.id, (following or here).row.id)


def _to(meeting_id: UUID, item_id: UUID | None = None) -> ResponseReturnValue:
    return redirect(url_for(".conduct", meeting_id=meeting_id, sak=item_id), 303)


@bp.post("/moter/<uuid:meeting_id>/foring/ny-sak")
@guard(may_manage_meeting, meetings.meeting_row)
def new_item(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """A new item under «Eventuelt», in five seconds."""
    try:
        item_id = verbs.add_item_in_meeting(actor, meeting.id, title=request.form.get("title", ""))
    except DomainError as refusal:
        flash(str(refusal.reason), "warning")
        item_id = request.form.get("sak", type=UUID)
    return _to(meeting.id, item_id)


@bp.post("/moter/<uuid:meeting_id>/foring/<uuid:item_id>/sak")
@guard(may_manage_item, meetings.item)
def put_off(actor: Actor, item: AgendaRow) -> ResponseReturnValue:
    """The item is postponed, withdrawn, or taken up after all."""
    wanted = {"postpone": verbs.postpone_item, "withdraw": verbs.withdraw_item, "restore": verbs.restore_item}
    verb = wanted.get(request.form.get("what", ""))
    if verb is not None:
        verb(actor, item.id)
    return _to(item.meeting_id, item.id)


@bp.post("/moter/<uuid:meeting_id>/foring/<uuid:participant_id>/til-stede")
@guard(may_manage_participant, meetings.participant)
def note_presence(actor: Actor, person: ParticipantRow) -> ResponseReturnValue:
    """Somebody is here, or is not, or came late, or left early."""
    first, last = (request.form.get(name, type=UUID) for name in ("from_item_id", "to_item_id"))
    present = request.form.get("present") == "yes"
    verbs.note_presence(actor, person.id, present=present, from_item_id=first, to_item_id=last)
    return _to(person.meeting_id, request.form.get("sak", type=UUID))


@bp.post("/moter/<uuid:meeting_id>/foring/til-stede")
@guard(may_write_minutes, queries.minutes)
def note_those_who_come(actor: Actor, minutes: Minutes) -> ResponseReturnValue:
    """Everybody who has answered yes is here."""
    actions.note_those_who_come(actor, minutes.id)
    return _to(minutes.meeting_id, request.form.get("sak", type=UUID))


@bp.route("/moter/<uuid:meeting_id>/foring/avslutt", methods=["GET", "POST"])
@guard(may_manage_meeting, meetings.meeting_row)
def close(actor: Actor, meeting: Meeting) -> ResponseReturnValue:
    """Close the meeting: what lacks is shown, and what will be in force."""
    form = Form()
    if form.accept(verbs.close, actor, meeting.id):
        return done(
            _("Møtet er avsluttet. Vedtak og oppgaver gjelder, og er sendt til dem det gjelder."),
            ".show",
            meeting_id=meeting.id,
        )
    minutes = queries.minutes(actor, meeting.id)
    whole = record(actor, minutes, going_on=True) if minutes else None
    hindrances = hinders_closing(meeting)
    return render_template(
        "minutes/close.html", form=form, meeting=meeting, record=whole, lacking=lacking(whole), hindrances=hindrances
    ), form.status
