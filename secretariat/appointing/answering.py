"""The page on which a nominating body answers: by a link in a mail, signed in, or the secretary on its behalf."""

from itertools import groupby
from operator import attrgetter
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.accounts.recognition import actor_of
from secretariat.appointing import naming, queries
from secretariat.appointing.blueprint import bp
from secretariat.appointing.forms import AnswerForm, answer_form
from secretariat.appointing.models import CampaignState, NominationChoice, NominationLetter
from secretariat.appointing.policy import may_answer
from secretariat.core.actor import Actor
from secretariat.core.errors import NotFound
from secretariat.core.guard import guard
from secretariat.core.text.language import _
from secretariat.directory.forms import with_empty
from secretariat.messages import links
from secretariat.messages.models import Link


def answer_by_link(link: Link) -> ResponseReturnValue:
    """The contact answers without a password. Opening the page changes nothing."""
    actor = actor_of(link.person_id)
    letter = queries.letter(actor, link.subject_id) if link.subject_id else None
    if letter is None:
        raise NotFound
    pdf = url_for("appointing.appointment_letter_by_link", token=links.token(link))
    return _page(actor, letter, links.address(link), pdf, "appointing/answer_by_link.html")


@bp.route("/oppnevning/brev/<uuid:nomination_letter_id>", methods=["GET", "POST"])
@guard(may_answer, queries.letter)
def answer(actor: Actor, letter: NominationLetter) -> ResponseReturnValue:
    """The secretary registers an answer that came by telephone or on paper; a contact who is signed in answers."""
    here = url_for("appointing.answer", nomination_letter_id=letter.id)
    pdf = url_for("appointing.nominators_letter", nomination_letter_id=letter.id)
    return _page(actor, letter, here, pdf, "appointing/answer.html")


def _page(actor: Actor, letter: NominationLetter, here: str, pdf: str, template: str) -> ResponseReturnValue:
    places = queries.places(actor, [letter.id])[letter.id]
    employers = with_empty(queries.employers(actor, letter.partnership_id))
    form = answer_form(places, employers, letter)
    _keep_all(form)
    if form.accept(naming.answer, actor, letter.id):
        flash(_("Takk! Svaret er lagret. Dere kan endre det til sekretariatet har registrert det."), "success")
        return redirect(here, 303)
    campaign: Any = queries.campaign(actor, letter.campaign_id)
    page = {"form": form, "letter": queries.letter_row(actor, letter.id), "campaign": campaign, "pdf": pdf}
    page |= {"bodies": [(body, list(asked)) for body, asked in groupby(places, attrgetter("body"))]}
    page |= {"is_open": campaign.state is CampaignState.SENT, "serves": actor.is_secretary(letter.partnership_id)}
    return render_template(template, **page), form.status


def _keep_all(form: AnswerForm) -> None:
    """One press for «alle som sitter nå, gjenoppnevnes»: places that something was said of stay as they were said."""
    if not request.form.get("keep_all"):
        return
    for place in form.asked:
        if place.appointment_id is None and place.present and form.of("choice", place).data is None:
            form.of("choice", place).data = NominationChoice.KEEP
