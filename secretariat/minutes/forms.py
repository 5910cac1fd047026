"""The forms of minutes."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import HiddenInput

from secretariat.core.forms import EMPTY_CHOICE, ChoiceField, DayField, Form, ProseField, VersionField
from secretariat.core.text.language import _, _l
from secretariat.decisions.models import DecisionKind


class IdField(Field):
    """An id carried hidden."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the id; what is none is nothing."""
        self.data: UUID | None
        try:
            self.data = UUID(valuelist[0])
        except (IndexError, ValueError):
            self.data = None

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class ItemForm(Form):
    """All that is on the table in one item: text, decision, a new task. Choices come from the view."""

    text = ProseField(_l("Saken i møtet"))
    text_version = VersionField()
    decision_id = IdField()
    decision_version = VersionField()
    kind = ChoiceField(
        _l("Vedtak"), choices=[("", _l("Ikke vedtak ennå")), *DecisionKind.choices()], coerce=DecisionKind
    )
    wording = ProseField(_l("Ordlyd"))
    deadline = DayField(_l("Frist for vedtaket"))
    task_text = StringField(_l("Ny oppgave"))
    responsible = SelectField(_l("Ansvarlig"), validate_choice=False)
    task_deadline = DayField(_l("Frist"))

    def responsible_ids(self) -> dict[str, UUID | None]:
        """Who is responsible, as the action takes it in: a person or an organisation."""
        kind, _colon, key = (self.responsible.data or "").partition(":")
        chosen = UUID(key) if kind in ("person", "organisation") else None
        return {
            "task_person_id": chosen if kind == "person" else None,
            "task_organisation_id": chosen if kind == "organisation" else None,
        }


def responsible_choices(people: Iterable[Any], organisations: Iterable[tuple[Any, Any]]) -> list[SelectChoice]:
    """Those around the table first, then the organisations."""
    here, beyond = _("I møtet"), _("Organisasjoner")
    return [
        SelectChoice(*EMPTY_CHOICE),
        *(SelectChoice(f"person:{person.person_id}", person.name, optgroup=here) for person in people),
        *(SelectChoice(f"organisation:{key}", name, optgroup=beyond) for key, name in organisations),
    ]


class SendOutForm(Form):
    """Until when comments are welcome."""

    comments_until = DayField(_l("Merknadsfrist"))


class ApproveForm(Form):
    """By whom or how the minutes were approved."""

    approved_by = StringField(
        _l("Hvordan det ble godkjent"),
        description=_l(
            "For eksempel «av leder og nestleder», «av utvalget i møtet 12. mars» eller «ingen merknader innen "
            "fristen». Det står i referatet sammen med datoen."
        ),
    )
    approved_on = DayField(_l("Godkjent dato"))


class CorrectForm(Form):
    """What was wrong and what is right."""

    text = TextAreaField(
        _l("Rettelse"),
        description=_l("Skriv hva som var feil, og hva som er rett. Det godkjente referatet blir stående."),
    )


class CommentForm(Form):
    """A remark on the draft. Choices come from the view."""

    agenda_item_id = ChoiceField(_l("Gjelder"), coerce=UUID)
    text = TextAreaField(_l("Merknad"))


class AdditionForm(Form):
    """A protokolltilførsel: in whose name, and the words."""

    name = StringField(
        _l("Navn"), description=_l("Den eller de som ber om tilførselen, for eksempel «Kari Nordmann, Steinkjer».")
    )
    text = TextAreaField(_l("Protokolltilførsel"))
    version = VersionField()
