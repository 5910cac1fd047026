"""Who may see and change transitions.

Both secretaries have equal rights: either prepares, either carries out or abandons. A rule of four eyes would leave a
partnership with one secretary unable to act, and would give one party a veto in the common room; what the parties have
agreed is the agreement's matter. Who prepared and who carried out are both kept and shown.
"""

from typing import Any

from secretariat.core.access import Condition, among, readable, through, visible
from secretariat.core.actor import Actor
from secretariat.transitions.models import Transition, TransitionMatter, TransitionOrganisation


@readable(Transition)
def sees_transition(actor: Actor) -> Condition:
    """The secretaries of the partnership, of either party."""
    return among(Transition.partnership_id, actor.secretary_in)


@readable(TransitionOrganisation)
def sees_transition_organisation(actor: Actor) -> Condition:
    """Who sees the transition sees whom it concerns."""
    return through(TransitionOrganisation.transition_id, Transition, visible(actor, Transition))


@readable(TransitionMatter)
def sees_transition_matter(actor: Actor) -> Condition:
    """Who sees the transition sees the choices."""
    return through(TransitionMatter.transition_id, Transition, visible(actor, Transition))


def may_start_transition(actor: Actor, partnership: Any) -> bool:
    """Begin to prepare a transition: either secretary."""
    return actor.is_secretary(partnership.id)


def may_prepare_transition(actor: Actor, transition: Any) -> bool:
    """Choose, abandon and carry out: either secretary of the partnership."""
    return actor.is_secretary(transition.partnership_id)


def prepares_transitions(actor: Actor, _subject: Any = None) -> bool:
    """The list of transitions is for those who prepare them."""
    return bool(actor.secretary_in)
