"""Pages of transitions: the list, a new one, the choices, and carrying it out."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from secretariat.bodies.structures import read_structure, structure_keys
from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError
from secretariat.core.forms import EMPTY_CHOICE, legible
from secretariat.core.guard import guard
from secretariat.core.pages import done
from secretariat.core.text.language import _, current_language
from secretariat.directory import queries as directory
from secretariat.directory.forms import with_empty
from secretariat.directory.models import Partnership
from secretariat.transitions import carrying_out, choosing, queries, showing, starting
from secretariat.transitions.forms import CarryOutForm, MembershipForm, StructureForm
from secretariat.transitions.matters import chosen_from
from secretariat.transitions.models import MatterKind, Transition, TransitionKind, TransitionState
from secretariat.transitions.opening import hinders, kinds_of, matters_of, open_matters
from secretariat.transitions.policy import may_prepare_transition, may_start_transition, prepares_transitions
from secretariat.transitions.scene import Scene, read_scene

bp = Blueprint("transitions", __name__)


@bp.get("/omlegging")
@guard(prepares_transitions)
def index(actor: Actor) -> ResponseReturnValue:
    """The transitions, and where a new one begins."""
    found = [(row, showing.stored_counts(row.counts)) for row in queries.transitions(actor)]
    own = directory.served_partnerships(actor)
    return render_template("transitions/index.html", transitions=found, own=own, structure_name=_structure_name)


def _structure_name(key: str) -> str:
    return read_structure(key, current_language()).name if key in structure_keys() else ""


# ---- a new one


@bp.route("/omlegging/ny/<uuid:partnership_id>/struktur", methods=["GET", "POST"])
@guard(may_start_transition, directory.partnership)
def start_structure(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """Choose the new structure and its first day."""
    form = StructureForm()
    form.structure_key.choices = [EMPTY_CHOICE, *((key, _structure_name(key)) for key in structure_keys())]
    return _started(form, starting.start_structure, actor, partnership, _("Ny samarbeidsstruktur"))


@bp.route("/omlegging/ny/<uuid:partnership_id>/kommune", methods=["GET", "POST"])
@guard(may_start_transition, directory.partnership)
def start_membership(actor: Actor, partnership: Partnership) -> ResponseReturnValue:
    """A municipality joins, leaves, is merged or split."""
    form = MembershipForm(data={"kind": TransitionKind.LEAVE})
    members, known = queries.municipalities(actor, partnership.id)
    form.organisations.choices, form.successors.choices = members, known
    form.region_id.choices = with_empty(directory.region_choices(actor, partnership.id), _("Ingen"))
    chosen = {name: tuple(form[name].data or ()) for name in ("organisations", "successors")}
    return _started(
        form, starting.start_membership, actor, partnership, _("Endre hvilke kommuner som er med"), **chosen
    )


def _started(
    form: Any, verb: Any, actor: Actor, partnership: Partnership, title: str, **more: Any
) -> ResponseReturnValue:
    if form.accept(verb, actor, partnership.id, **more):
        return redirect(url_for("transitions.show", transition_id=form.result), 303)
    return render_template("transitions/start.html", form=form, title=title, partnership_row=partnership), form.status


# ---- one of them


@bp.get("/omlegging/<uuid:transition_id>")
@guard(may_prepare_transition, queries.transition)
def show(actor: Actor, transition: Transition) -> ResponseReturnValue:
    """What changes, how much is chosen, and what stands in the way."""
    return _shown(actor, transition, CarryOutForm(obj=transition))


def _shown(actor: Actor, transition: Transition, form: CarryOutForm) -> ResponseReturnValue:
    page = _about(actor, transition) | {"hands": queries.hands(actor, transition), "form": form}
    if transition.state is not TransitionState.PREPARED:
        page["counts"] = showing.stored_counts(transition.counts)
        return render_template("transitions/done.html", **page)
    scene = read_scene(actor, transition)
    found = open_matters(scene)
    page |= {"counts": showing.present_counts(scene, found), "hinders": hinders(scene, found), "scene": scene}
    if scene.is_structure:
        page |= {"before": showing.old_picture(scene, _body_address), "after": showing.new_picture(scene)}
    return render_template("transitions/show.html", **page), form.status


def _body_address(body_id: UUID) -> str:
    return url_for("bodies.show", body_id=body_id)


def _about(actor: Actor, transition: Transition) -> dict[str, Any]:
    concerned = queries.concerned(actor, transition)
    name = showing.title_of(transition.kind, concerned, _structure_name(transition.structure_key))
    return {"transition": transition, "concerned": concerned, "name": name}


@bp.post("/omlegging/<uuid:transition_id>/gjennomfor")
@guard(may_prepare_transition, queries.transition)
def carry_out(actor: Actor, transition: Transition) -> ResponseReturnValue:
    """Carry it out, or say all that stands in the way."""
    form = CarryOutForm()
    if form.accept(carrying_out.carry_out, actor, transition.id):
        return done(_("Omleggingen er gjennomført."), "transitions.show", transition_id=transition.id)
    return _shown(actor, transition, form)


@bp.post("/omlegging/<uuid:transition_id>/forkast")
@guard(may_prepare_transition, queries.transition)
def abandon(actor: Actor, transition: Transition) -> ResponseReturnValue:
    """Leave it; nothing has changed."""
    starting.abandon(actor, transition.id)
    return done(_("Omleggingen er forkastet. Ingenting er endret."), "transitions.index")


# ---- the choices


@bp.route("/omlegging/<uuid:transition_id>/valg", methods=["GET", "POST"])
@guard(may_prepare_transition, queries.transition)
def choices(actor: Actor, transition: Transition) -> ResponseReturnValue:
    """What becomes of each open matter of a group."""
    scene = read_scene(actor, transition)
    kinds = kinds_of(scene)
    kind = showing.GROUPS.get(request.args.get("gruppe", ""), kinds[0] if kinds else MatterKind.BODY)
    page = _about(actor, transition) | {"kind": kind, "groups": [(one, showing.heading(one)) for one in kinds]}
    if transition.state is not TransitionState.PREPARED or kind not in kinds:
        page["chosen"] = queries.choices(actor, transition, kind)
        return render_template("transitions/chosen.html", slugs=showing.SLUGS, **page)
    return _choose(scene, kind, page)


def _choose(scene: Scene, kind: MatterKind, page: dict[str, Any]) -> ResponseReturnValue:
    """Store what was typed; what is wrong stands at its matter, with everything typed still there."""
    matters, errors, typed = matters_of(scene, kind), {}, {}
    common = ("", "")
    if request.method == "POST":
        said = legible(request.form)
        common = (said.get("felles", ""), said.get("felles-grunn", ""))
        typed = {one.id: (said.get(f"valg-{one.id}", ""), said.get(f"grunn-{one.id}", "")) for one in matters}
        made = showing.possible_for(scene, kind, matters, *common) if "alle" in said else _each(typed)
        errors = _refused(scene, kind, made)
        if not errors and (made or "alle" not in said):
            return _stored(scene, kind, len(made), len(matters))
        errors = errors or {"felles": _("Dette valget passer ikke for noen. Skal de avsluttes, må du skrive hvorfor.")}
    page |= {"sheet": showing.sheet(scene, kind, matters, typed, errors), "common": common, "errors": errors}
    return render_template("transitions/choices.html", slugs=showing.SLUGS, **page), 422 if errors else 200


def _each(typed: showing.Typed) -> list[Any]:
    made = [chosen_from(subject_id, code, reason) for subject_id, (code, reason) in typed.items()]
    return [one for one in made if one is not None]


def _refused(scene: Scene, kind: MatterKind, made: list[Any]) -> dict[str, Any]:
    try:
        choosing.choose(scene.actor, scene.transition.id, kind=kind, choices=tuple(made))
    except DomainError as error:
        return {str(name): reasons[0] for name, reasons in error.fields.items()}
    return {}


def _stored(scene: Scene, kind: MatterKind, made: int, of: int) -> ResponseReturnValue:
    sentence = _("Valgene er lagret.") if made == of else _("Valgt for %(made)s av %(all)s.", made=made, all=of)
    flash(sentence, "success" if made == of else "warning")
    address = url_for("transitions.choices", transition_id=scene.transition.id, gruppe=showing.SLUGS[kind])
    return redirect(address, 303)
