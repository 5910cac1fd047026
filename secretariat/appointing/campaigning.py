"""Pages of a round of appointing, for the secretariat: set it up, send it, remind, register what came in."""

from typing import Any

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from secretariat.appointing import actions, queries, registering
from secretariat.appointing.blueprint import bp
from secretariat.appointing.forms import DeadlineForm, RegisterForm, RoundForm, pools_form
from secretariat.appointing.models import Campaign, CampaignState, NominationLetter
from secretariat.appointing.policy import may_prepare, may_run, runs_campaigns
from secretariat.bodies.forms import SomebodyForm
from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError
from secretariat.core.guard import guard
from secretariat.core.pages import done, press
from secretariat.core.text.language import _, _n
from secretariat.directory import queries as directory
from secretariat.directory.forms import with_empty
from secretariat.directory.models import Partnership

COLOURS = {CampaignState.DRAFT: "neutral", CampaignState.SENT: "info", CampaignState.CLOSED: "success"}


@bp.get("/oppnevning")
@guard(runs_campaigns)
def index(actor: Actor) -> ResponseReturnValue:
    """The rounds, and how far each has come."""
    page = {"rows": queries.campaigns(actor), "partnerships": directory.served_partnerships(actor)}
    return render_template("appointing/index.html", **page, colours=COLOURS)


@bp.route("/oppnevning/ny/<uuid:partnership_id>", methods=["GET", "POST"])
@guard(may_prepare, directory.partnership)
def prepare(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Set up a round."""
    form = RoundForm(data={"title": _("Oppnevning")})
    form.body_ids.choices = queries.body_choices(actor, partnership.id)
    if form.accept(actions.prepare, actor, partnership.id):
        return done(_("Runden er satt opp. Se over brevene før du sender."), "appointing.show", campaign_id=form.result)
    return render_template("appointing/round.html", form=form, campaign=None), form.status


@bp.get("/oppnevning/<uuid:campaign_id>")
@guard(may_run, queries.campaign)
def show(actor: Actor, campaign: Campaign) -> ResponseReturnValue:
    """Who has not answered, by when, and what came in."""
    return _page(actor, campaign)


def _page(actor: Actor, campaign: Campaign, reasons: Any = ()) -> ResponseReturnValue:
    letters = queries.letters(actor, campaign.id)
    page = {"campaign": campaign, "letters": letters, "reasons": reasons, "colours": COLOURS}
    page |= {"waiting": [one for one in letters if one.lacks(campaign.answer_by) and not one.written_today]}
    page |= {"places": queries.places(actor, [letter.id for letter in letters])}
    page |= {"hindrances": actions.what_hinders(campaign, letters) if campaign.state is CampaignState.DRAFT else []}
    return render_template("appointing/campaign.html", **page), 422 if reasons else 200


@bp.route("/oppnevning/<uuid:campaign_id>/endre", methods=["GET", "POST"])
@guard(may_run, queries.campaign)
def change(actor: Actor, campaign: Campaign) -> ResponseReturnValue:
    """Change a round that is not sent."""
    covered = tuple(body_id for body_id, _name in queries.covered_bodies(actor, campaign.id))
    form = RoundForm(obj=campaign, data={"body_ids": covered})
    form.body_ids.choices = queries.body_choices(actor, campaign.partnership_id)
    if form.accept(actions.change, actor, campaign.id):
        return done(_("Endringene er lagret."), "appointing.show", campaign_id=campaign.id)
    return render_template("appointing/round.html", form=form, campaign=campaign), form.status


@bp.route("/oppnevning/<uuid:campaign_id>/frist", methods=["GET", "POST"])
@guard(may_run, queries.campaign)
def postpone(actor: Actor, campaign: Campaign) -> ResponseReturnValue:
    """Set another deadline."""
    form = DeadlineForm(obj=campaign)
    if form.accept(actions.postpone, actor, campaign.id):
        return done(_("Svarfristen er endret."), "appointing.show", campaign_id=campaign.id)
    page = {"title": _("Endre svarfristen"), "campaign": campaign, "lede": campaign.title, "label": _("Lagre")}
    return render_template("appointing/task.html", form=form, **page), form.status


@bp.post("/oppnevning/<uuid:campaign_id>/send")
@guard(may_run, queries.campaign)
def send(actor: Actor, campaign: Campaign) -> ResponseReturnValue:
    """Send the letters."""
    return _done(actor, campaign, actions.send, _("Brevene er sendt."))


@bp.post("/oppnevning/<uuid:campaign_id>/purr")
@guard(may_run, queries.campaign)
def remind_all(actor: Actor, campaign: Campaign) -> ResponseReturnValue:
    """Purr all who have not answered."""
    return _done(actor, campaign, actions.remind_all, _("Alle som ikke har svart, er purret."))


@bp.post("/oppnevning/<uuid:campaign_id>/avslutt")
@guard(may_run, queries.campaign)
def close(actor: Actor, campaign: Campaign) -> ResponseReturnValue:
    """End the round."""
    return _done(actor, campaign, actions.close, _("Runden er avsluttet."))


@bp.post("/oppnevning/<uuid:campaign_id>/meld")
@guard(may_run, queries.campaign)
def tell_all(actor: Actor, campaign: Campaign) -> ResponseReturnValue:
    """Send the letters of appointment."""
    return _done(actor, campaign, registering.tell_all, _("Oppnevningsbrevene er sendt."))


@bp.post("/oppnevning/<uuid:campaign_id>/slett")
@guard(may_run, queries.campaign)
def drop(actor: Actor, campaign: Campaign) -> ResponseReturnValue:
    """Throw a draft away."""
    actions.drop(actor, campaign.id)
    return done(_("Utkastet er slettet."), "appointing.index")


def _done(actor: Actor, campaign: Campaign, verb: Any, sentence: str) -> ResponseReturnValue:
    """A press on the round's page; a refusal is told on the same page."""
    try:
        verb(actor, campaign.id)
    except DomainError as refused:
        return _page(actor, campaign, [reason for reasons in refused.fields.values() for reason in reasons])
    return done(sentence, "appointing.show", campaign_id=campaign.id)


# ---- registering


@bp.route("/oppnevning/<uuid:campaign_id>/registrer", methods=["GET", "POST"])
@guard(may_run, queries.campaign)
def register_all(actor: Actor, campaign: Campaign) -> ResponseReturnValue:
    """Register all that came in."""
    letters = [letter for letter in queries.letters(actor, campaign.id) if letter.to_register]
    return _register(actor, campaign, letters, registering.register_all, campaign.id)


@bp.route("/oppnevning/brev/<uuid:nomination_letter_id>/registrer", methods=["GET", "POST"])
@guard(may_run, queries.letter)
def register(actor: Actor, letter: NominationLetter) -> ResponseReturnValue:
    """Register what one nominating body answered."""
    campaign = queries.campaign(actor, letter.campaign_id)
    return _register(actor, campaign, [queries.letter_row(actor, letter.id)], registering.register, letter.id)


def _register(actor: Actor, campaign: Any, letters: list[Any], verb: Any, subject: Any) -> ResponseReturnValue:
    form = RegisterForm(data={"starts_on": registering.first_day(campaign)})
    count = sum(letter.to_register for letter in letters)
    if form.accept(verb, actor, subject):
        return done(
            _n("%(number)s oppnevning er registrert.", "%(number)s oppnevninger er registrert.", count),
            "appointing.show",
            campaign_id=campaign.id,
        )
    places = queries.places(actor, [letter.id for letter in letters])
    page = {"form": form, "campaign": campaign, "letters": letters, "places": places, "count": count}
    return render_template("appointing/register.html", **page), form.status


# ---- one letter


@bp.route("/oppnevning/brev/<uuid:nomination_letter_id>/kontakt", methods=["GET", "POST"])
@guard(may_run, queries.letter)
def choose_contact(actor: Actor, letter: NominationLetter) -> ResponseReturnValue:
    """Say who answers for a nominating body."""
    form = SomebodyForm()
    form.person_id.find = lambda words: directory.people(actor, words)
    form.organisation_id.choices = with_empty(directory.organisation_choices(actor, letter.partnership_id))
    if form.accept(actions.choose_contact, actor, letter.id):
        return done(_("Kontakten er lagret."), "appointing.show", campaign_id=letter.campaign_id)
    campaign = queries.campaign(actor, letter.campaign_id)
    row = queries.letter_row(actor, letter.id)
    return render_template("appointing/contact.html", form=form, letter=row, campaign=campaign), form.status


@bp.route("/oppnevning/brev/<uuid:nomination_letter_id>/felles-vara", methods=["GET", "POST"])
@guard(may_run, queries.letter)
def ask_for_pools(actor: Actor, letter: NominationLetter) -> ResponseReturnValue:
    """Say how many common deputies a nominating body is asked for."""
    form = pools_form(queries.pools(actor, letter.id))
    campaign: Any = queries.campaign(actor, letter.campaign_id)
    if form.accept(actions.ask_for_pools, actor, letter.id):
        return done(_("Antallet er lagret."), "appointing.show", campaign_id=campaign.id)
    page = {"title": _("Felles vara fra %(nominator)s", nominator=letter.nominator), "label": _("Lagre")}
    lede = _("Felles vara har ingen rekkefølge og kan møte for alle plassene til parten.")
    return render_template("appointing/task.html", form=form, campaign=campaign, lede=lede, **page), form.status


@bp.post("/oppnevning/brev/<uuid:nomination_letter_id>/purr")
@guard(may_run, queries.letter)
def remind(actor: Actor, letter: NominationLetter) -> ResponseReturnValue:
    """Purr one nominating body."""
    return _told(actor, letter, actions.remind, _("%(nominator)s er purret.", nominator=letter.nominator))


@bp.post("/oppnevning/brev/<uuid:nomination_letter_id>/meld")
@guard(may_run, queries.letter)
def tell(actor: Actor, letter: NominationLetter) -> ResponseReturnValue:
    """Send the letters of appointment of one nominating body."""
    return _told(actor, letter, registering.tell, _("Oppnevningsbrevene er sendt."))


def _told(actor: Actor, letter: NominationLetter, verb: Any, sentence: str) -> ResponseReturnValue:
    press(verb, actor, letter.id, said=sentence)
    return redirect(url_for("appointing.show", campaign_id=letter.campaign_id), 303)
