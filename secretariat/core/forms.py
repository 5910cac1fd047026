"""The base of every form: labels and parsing only; the rules live in the action's input.

``form.accept(action, actor, subject)`` runs the action with what was typed. A refusal lands on its field, everything
typed stays, and the view answers 422 (or 409 with both texts).
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields as input_fields_of
from datetime import date, time
from typing import Any
from uuid import UUID

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, Field, Form as PlainForm, RadioField, SelectField, TextAreaField, TimeField
from wtforms.fields import DateField as PlainDateField
from wtforms.fields.choices import SelectChoice
from wtforms.widgets import HiddenInput

from secretariat.core.actions import Action
from secretariat.core.actor import Actor
from secretariat.core.dates import parse_date, parse_time
from secretariat.core.errors import Conflict, DomainError
from secretariat.core.inputs import Words, rules_of
from secretariat.core.text.document import Document
from secretariat.core.text.language import _, _l
from secretariat.core.text.markdown import read_markdown, write_markdown

INVISIBLE = dict.fromkeys(sign for sign in range(32) if chr(sign) not in "\t\n\r")


class DayField(PlainDateField):
    """A date as people write it: 3.12.2026, 3/12-26 or 2026-12-03. A date that does not exist is said to be so."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the date; what was typed stays when it cannot be read."""
        self.raw_data = list(valuelist)
        text = valuelist[0].strip() if valuelist else ""
        self.data: date | None = parse_date(text) if text else None


class ClockField(TimeField):
    """A time of day as people write it: 9, 09.30 or 9:30."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the time; what was typed stays when it cannot be read."""
        self.raw_data = list(valuelist)
        text = valuelist[0].strip() if valuelist else ""
        self.data: time | None = parse_time(text) if text else None


class ProseField(TextAreaField):
    """A text with headings, lists and tables; typed as Markdown or in the editor, stored as a Document."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Take the editor's document when there is one, else the typed Markdown."""
        before = self.object_data if isinstance(self.object_data, Document) else Document.empty()
        edited = request.form.get(f"{self.name}_json")
        typed = Document.parse(edited) if edited else read_markdown(valuelist[0] if valuelist else "")
        self.raw_data = [write_markdown(typed)] if edited else list(valuelist)
        self.data: Document = typed.keeping_ids(before)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return write_markdown(self.data) if self.data else ""


class ChoiceField(SelectField):
    """One of several; an empty choice is None, an id comes out as UUID when ``coerce=UUID``."""

    def __init__(self, *args: Any, coerce: Any = str, choices: Any = None, **values: Any) -> None:
        def read(value: Any) -> Any:
            return None if value in (None, "", "None") else coerce(str(value))

        offered = [SelectChoice(*pair) for pair in choices] if choices is not None else None
        super().__init__(*args, coerce=read, choices=offered, **values)


class VersionField(Field):
    """The version the writer began from, carried hidden."""

    widget = HiddenInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number."""
        self.data = int(valuelist[0]) if valuelist and valuelist[0].isdecimal() else None

    def _value(self) -> str:
        return "" if self.data is None else str(self.data)


class Sentences:
    """The field library's own few messages, said our way in the reader's language."""

    def gettext(self, message: str) -> str:
        """The sentence for a message."""
        said = {
            "Not a valid choice.": _("Velg en av mulighetene."),
            "Not a valid integer value.": _("Skriv et helt tall."),
            "Invalid Choice: could not coerce.": _("Velg en av mulighetene."),
        }
        return said.get(message, message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """None of the messages in use counts."""
        return singular if number == 1 else plural


def legible(typed: MultiDict[str, str]) -> MultiDict[str, str]:
    """What was typed, without characters that no page shows and no database holds."""
    return MultiDict((name, value.translate(INVISIBLE)) for name, value in typed.items(multi=True))


class Form(PlainForm):
    """A form that an action accepts or refuses."""

    class Meta:
        """How the field library speaks."""

        def get_translations(self, form: PlainForm) -> Sentences:
            """In our sentences."""
            return Sentences()

    def __init__(self, *args: Any, **values: Any) -> None:
        typed = legible(request.form) if request.method == "POST" else None
        super().__init__(typed, *args, **values)
        self.form_reasons: list[Any] = []
        self.conflict: Any = None
        self.result: UUID | None = None

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form again."""
        if self.conflict is not None:
            return 409
        return 422 if self.errors or self.form_reasons else 200

    def accept(self, action: Action, actor: Actor, subject: Any = None, **values: Any) -> bool:
        """Run the action with what was typed; False when nothing was sent or something stands in the way. The fields
        that the action cannot do without are marked, and how long a text may be, so that every form tells it in the
        same way.
        """
        self._mark(required_of(action.input) - set(values))
        self._limit(rules_of(action.input))
        if request.method != "POST" or not self.validate():
            return False
        try:
            self.result = action(actor, subject, self._input(action, values))
        except DomainError as error:
            self._show(error)
            return False
        except Conflict as error:
            self._face(error.subject)
            return False
        return True

    def _mark(self, required: set[str]) -> None:
        for field in self:
            if field.name in required and not _always_has_a_value(field):
                field.flags.required = True

    def _limit(self, rules: Mapping[str, Words]) -> None:
        for name in rules.keys() & self._fields.keys():
            self[name].flags.most = rules[name].most

    def _input(self, action: Action, values: dict[str, Any]) -> Any:
        known = {field.name for field in input_fields_of(action.input)}
        typed = {name: value for name, value in self.data.items() if name in known}
        return action.input(**(typed | values))

    def _face(self, subject: Any) -> None:
        """Somebody saved first: their text is shown, and the next save begins from their version."""
        self.conflict = subject
        if "version" in self:
            self["version"].raw_data, self["version"].data = None, subject.version

    def _show(self, error: DomainError) -> None:
        for name, reasons in error.fields.items():
            if name is not None and name in self:
                self[name].errors = [*self[name].errors, *reasons]
            else:
                self.form_reasons.extend(reasons)


def required_of(kind: type[Any]) -> set[str]:
    """The fields of an input that nothing can be done without: texts that must be written, and what has no default.
    A text with headings and lists may be empty.
    """
    written = {name for name, rule in rules_of(kind).items() if rule.required}
    bare = [each for each in input_fields_of(kind) if each.default is MISSING and each.default_factory is MISSING]
    return written | {each.name for each in bare if each.type is not Document and each.name not in rules_of(kind)}


def _always_has_a_value(field: Field) -> bool:
    """A tick, a hidden value, or a choice that cannot be left open."""
    if isinstance(field, RadioField):
        return field.data is not None
    if isinstance(field, SelectField):
        return all(choice.value not in ("", None) for choice in field.iter_choices()) if field.choices else False
    return isinstance(field, BooleanField) or isinstance(field.widget, HiddenInput)


class LastDayForm(Form):
    """How long something holds."""

    ends_on = DayField(_l("Siste dag"))


def one_time_key() -> str:
    """The key that makes sending the same form twice the same as once."""
    return secrets.token_urlsafe(18)


EMPTY_CHOICE = ("", _l("Velg …"))
