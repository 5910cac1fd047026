"""The forms that begin a transition, and the one that carries it out."""

from uuid import UUID

from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from secretariat.core.forms import ChoiceField, DayField, Form, VersionField
from secretariat.core.text.language import _l
from secretariat.transitions.models import TransitionKind

CHANGES = [kind for kind in TransitionKind if kind is not TransitionKind.STRUCTURE]


class StructureForm(Form):
    """Which structure, from which day; ``structure_key`` gets its choices from the view."""

    structure_key = ChoiceField(_l("Ny struktur"))
    effective_on = DayField(_l("Gjelder fra"), description=_l("Den første dagen for de nye utvalgene."))
    note = TextAreaField(_l("Notat"), description=_l("For eksempel hvor det er vedtatt."))


class MembershipForm(Form):
    """What changes, for whom, from which day; the municipalities come from the view."""

    kind = RadioField(
        _l("Hva endres?"), choices=[SelectChoice(kind.value, kind.word) for kind in CHANGES], coerce=TransitionKind
    )
    effective_on = DayField(_l("Gjelder fra"), description=_l("Den første dagen etter endringen."))
    organisations = SelectMultipleField(
        _l("Kommuner som går ut, slås sammen eller deles"),
        coerce=UUID,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    successors = SelectMultipleField(
        _l("Kommuner som går inn eller fører videre"),
        coerce=UUID,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    new_names = TextAreaField(
        _l("Nye kommuner"),
        description=_l("De som ikke står i listen, én på hver linje. For eksempel Heim kommune."),
    )
    region_id = ChoiceField(_l("Kommunegruppe"), coerce=UUID, description=_l("For den som går inn."))
    note = TextAreaField(_l("Notat"), description=_l("For eksempel hvor det er vedtatt."))


class CarryOutForm(Form):
    """Nothing but the version on which the choices were read."""

    version = VersionField()
