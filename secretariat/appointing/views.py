"""Pages of appointing: the welcome of who is appointed, and the letters as PDF; rounds and answers have modules."""

from io import BytesIO
from typing import Any

from flask import Response, redirect, render_template, send_file, session as cookie, url_for
from flask.typing import ResponseReturnValue

from secretariat.accounts.recognition import actor_of
from secretariat.appointing import answering, campaigning, paper, queries, registering, resigning, welcome as welcoming
from secretariat.appointing.blueprint import bp
from secretariat.appointing.models import NominationLetter
from secretariat.appointing.policy import may_answer
from secretariat.bodies.models import Appointment
from secretariat.bodies.policy import may_appoint
from secretariat.bodies.queries import appointment
from secretariat.bodies.sitting import sitting_on
from secretariat.core import clock
from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.guard import guard, public, signed_in
from secretariat.core.pages import press
from secretariat.core.text.language import _, set_language
from secretariat.decisions.queries import open_decisions
from secretariat.directory.parties import label
from secretariat.meetings import queries as meetings
from secretariat.messages import links
from secretariat.messages.models import Link, LinkPurpose

__all__ = ["answering", "bp", "campaigning", "resigning"]

SHOWN_DECISIONS = 8
MEETINGS_LOOKED_AT = 30


# ---- who is appointed


@bp.get("/velkommen/<uuid:appointment_id>")
@guard(signed_in, welcoming.appointed)
def welcome(actor: Actor, one: welcoming.Appointed) -> ResponseReturnValue:
    """What the body is for, who sits there, what was decided and when it meets."""
    return _welcome(actor, one)


@bp.post("/velkommen/<uuid:appointment_id>/send")
@guard(may_appoint, appointment)
def tell_person(actor: Actor, row: Appointment) -> ResponseReturnValue:
    """Send the letter of appointment to one person."""
    press(registering.tell_person, actor, row.id, said=_("Oppnevningsbrevet er sendt."))
    return redirect(url_for("appointing.welcome", appointment_id=row.id), 303)


@links.answers(LinkPurpose.NOMINATION)
def by_link(link: Link) -> ResponseReturnValue:
    """Behind a link from a mail: the contact answers a letter; who is appointed is made welcome."""
    actor = actor_of(link.person_id)
    if "language" not in cookie:
        set_language(actor.language)
    if link.subject_kind == NominationLetter.__tablename__:
        return answering.answer_by_link(link)
    return _welcome(actor, _own(actor, link), token=links.token(link))


def _own(actor: Actor, link: Link) -> welcoming.Appointed:
    is_appointment = link.subject_kind == Appointment.__tablename__ and link.subject_id is not None
    one = welcoming.appointed(actor, link.subject_id) if is_appointment and link.subject_id else None
    if one is None or not actor.is_person(one.person_id):
        raise NotFound
    return one


def _welcome(actor: Actor, one: welcoming.Appointed, token: str = "") -> ResponseReturnValue:
    day = max(clock.today(), one.starts_on)
    page: dict[str, Any] = {"one": one, "token": token, "label": label, "day": day}
    page |= {"sitting": sitting_on(one.body_id, day), "sees": one.body_id in actor.bodies or not token}
    page |= {"next_meeting": meetings.next_meetings(actor, [one.body_id]).get(one.body_id)}
    page |= {"decisions": open_decisions(actor, [one.body_id])[:SHOWN_DECISIONS]}
    known = meetings.meetings(actor, meetings.Wanted(body_id=one.body_id), most=MEETINGS_LOOKED_AT)
    page |= {"last": next((row for row in known if row.state.value == "held"), None)}
    page |= {"may_tell": not token and actor.is_secretary(one.partnership_id)}
    page |= {"role": paper.role_words(one), "rights": paper.rights(one), "period": paper.period(one)}
    return render_template("appointing/welcome.html", **page)


# ---- the letters


@bp.get("/oppnevning/oppnevnt/<uuid:appointment_id>/oppnevningsbrev.pdf")
@guard(signed_in, welcoming.appointed)
def appointment_letter(_actor: Actor, one: welcoming.Appointed) -> ResponseReturnValue:
    """The letter of appointment of one person."""
    return _pdf(paper.letter_to_person(one))


@bp.get("/lenke/<token>/oppnevningsbrev.pdf")
@public
def appointment_letter_by_link(token: str) -> ResponseReturnValue:
    """The same for the one whose link it is."""
    link = links.read(token)
    if link is None or link.purpose is not LinkPurpose.NOMINATION:
        raise NotFound
    actor = actor_of(link.person_id)
    if link.subject_kind == NominationLetter.__tablename__:
        letter = queries.letter(actor, link.subject_id) if link.subject_id else None
        response = _nominators(actor, letter)
    else:
        one = _own(actor, link)
        response = _pdf(paper.letter_to_person(one))
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@bp.get("/oppnevning/brev/<uuid:nomination_letter_id>/oppnevningsbrev.pdf")
@guard(may_answer, queries.letter)
def nominators_letter(actor: Actor, letter: NominationLetter) -> ResponseReturnValue:
    """Who is appointed on one nominating body's word."""
    return _nominators(actor, letter)


def _nominators(actor: Actor, letter: NominationLetter | None) -> Response:
    appointed = welcoming.appointed_by(actor, letter) if letter else []
    if letter is None or not appointed:
        raise NotFound
    title = welcoming.campaign_of(actor, letter).title
    content = paper.letter_to_nominator(letter.nominator, title, appointed)
    return _pdf(content)


def _pdf(content: bytes) -> Response:
    return send_file(BytesIO(content), "application/pdf", download_name="oppnevningsbrev.pdf", max_age=0)
