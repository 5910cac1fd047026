"""The forms of decisions, tasks and implementation."""

from typing import Any
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from secretariat.core.dates import year_of
from secretariat.core.forms import ChoiceField, DayField, Form, ProseField, VersionField
from secretariat.core.text.language import _, _l
from secretariat.core.words import Worded
from secretariat.decisions.implementation import Whom
from secretariat.decisions.models import DecisionKind, ImplementationState, NextStep, TaskState
from secretariat.documents.forms import UploadForm


def _offered(kind: type[Worded]) -> list[SelectChoice]:
    """Every member of a kind, to choose one of."""
    return [SelectChoice(*pair) for pair in kind.choices()]


class DecisionForm(Form):
    """A decision as it shall stand."""

    kind = ChoiceField(_l("Type"), choices=DecisionKind.choices(), coerce=DecisionKind)
    wording = ProseField(_l("Ordlyd"))
    deadline = DayField(_l("Frist"), description=_l("Når det skal være gjennomført, hvis det er avtalt."))
    exempt_basis = StringField(
        _l("Unntatt offentlighet"), description=_l("Skriv hjemmelen, for eksempel offl. § 13. Tomt: ikke unntatt.")
    )
    version = VersionField()


class ChangeInForceForm(DecisionForm):
    """A decision that is in force already."""

    because = StringField(
        _l("Hvorfor ordlyden endres"), description=_l("Den gamle ordlyden blir stående, med grunnen ved siden av.")
    )


class PositionsForm(Form):
    """Where each party stands, and what happens next."""

    municipal = ProseField(_l("Kommunenes syn"))
    hospital = ProseField(_l("Helseforetakets syn"))
    next_step = RadioField(
        _l("Hva skjer videre?"),
        [InputRequired(_l("Velg hva som skjer videre."))],
        choices=_offered(NextStep),
        coerce=NextStep,
    )
    next_note = TextAreaField(
        _l("Mer om det som skjer videre"), description=_l("For eksempel når, og hvem som har ansvaret.")
    )


class RequireForm(Form):
    """Who shall carry the decision out; ``organisations`` gets its choices from the view."""

    whom = RadioField(_l("Hvem skal gjennomføre vedtaket?"), choices=_offered(Whom), coerce=Whom)
    organisations = SelectMultipleField(
        _l("Velg"), coerce=UUID, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


class ProgressForm(UploadForm):
    """How far an organisation has come, with what shows it."""

    state = RadioField(
        _l("Hvor langt er dere kommet?"), choices=_offered(ImplementationState), coerce=ImplementationState
    )
    note = TextAreaField(_l("Merknad"), description=_l("Skriv hvorfor hvis vedtaket ikke følges opp."))
    version = VersionField()


class ReportForm(UploadForm):
    """How far a task has come, with what shows it."""

    state = RadioField(_l("Hvor langt er oppgaven kommet?"), choices=_offered(TaskState), coerce=TaskState)
    note = TextAreaField(_l("Merknad"), description=_l("Skriv hvorfor hvis oppgaven ikke følges opp."))


class TaskForm(Form):
    """A task as it shall stand; the choices come from the view."""

    text = TextAreaField(_l("Oppgave"))
    responsible_person_id = ChoiceField(_l("Ansvarlig person"), coerce=UUID)
    responsible_organisation_id = ChoiceField(_l("Ansvarlig organisasjon"), coerce=UUID)
    deadline = DayField(_l("Frist"))
    version = VersionField()


class RegisterFilter(Form):
    """What of the register to show."""

    q = StringField(_l("Ord i saken eller vedtaket"))
    body = ChoiceField(_l("Utvalg"), coerce=UUID)
    year = ChoiceField(_l("År"), coerce=year_of)
    state = ChoiceField(_l("Status"), choices=[("", _l("Alle")), ("open", _l("Åpne")), ("closed", _l("Avsluttet"))])
    kind = ChoiceField(_l("Type"), choices=[("", _l("Alle")), *DecisionKind.choices()], coerce=DecisionKind)
    organisation = ChoiceField(_l("Skal gjennomføres av"), coerce=UUID)
    approvals = BooleanField(_l("Vis også godkjenninger"), description=_l("Av innkalling, saksliste og referat."))


class TasksFilter(Form):
    """Which tasks to show."""

    whose = ChoiceField(_l("Hvem sine"), choices=[("mine", _l("Mine")), ("all", _l("Alle"))], default="mine")
    state = ChoiceField(
        _l("Status"), choices=[("open", _l("Ikke ferdige")), ("done", _l("Ferdige")), ("all", _l("Alle"))]
    )
    body = ChoiceField(_l("Utvalg"), coerce=UUID)
    organisation = ChoiceField(_l("Organisasjon"), coerce=UUID)
    overdue = BooleanField(_l("Bare over fristen"))


def with_all(choices: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The choices of a filter, under one that leaves it open."""
    return [("", _("Alle")), *choices]
