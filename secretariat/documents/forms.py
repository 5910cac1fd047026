"""Forms of stored files."""

from typing import Any
from uuid import UUID

from flask import request
from wtforms import MultipleFileField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError
from secretariat.core.forms import Form
from secretariat.core.text.language import _l
from secretariat.documents.kinds import KINDS, LARGEST
from secretariat.documents.uploads import receive

BASES = (
    "offentleglova § 13, jf. forvaltningsloven § 13",
    "offentleglova § 14",
    "offentleglova § 15",
    "offentleglova § 20",
    "offentleglova § 21",
    "offentleglova § 22",
    "offentleglova § 23",
    "offentleglova § 24",
    "offentleglova § 25",
    "offentleglova § 26",
)


class BasisField(SelectField):
    """The paragraph that exempts something from publicity, or none."""

    def __init__(self, **values: Any) -> None:
        choices = [SelectChoice("", _l("Ikke unntatt")), *map(SelectChoice, BASES)]
        super().__init__(_l("Unntatt offentlighet, jf."), choices=choices, validate_choice=False, **values)

    def process_data(self, value: Any) -> None:
        """A basis that is not among the usual ones stays."""
        super().process_data(value)
        if value and value not in ("", *BASES):
            self.choices = [SelectChoice(value), *self.choices]  # type: ignore[has-type]


class UploadForm(Form):
    """Files have a form of their own, so that nothing typed elsewhere is lost when one is refused."""

    files = MultipleFileField(
        _l("Filer"),
        description=_l("PDF, Word, Excel, PowerPoint, OpenDocument, bilde eller ren tekst. Høyst 50 MB per fil."),
        render_kw={"accept": ",".join(KINDS)},
    )

    def received(self, actor: Actor, partnership_id: UUID) -> tuple[str, ...] | None:
        """The notes of what was sent; None when a file is refused, and then every refusal stands beside the field."""
        if request.method != "POST":
            return None
        notes, reasons = [], []
        for sent in request.files.getlist("files"):
            try:
                if sent.filename:
                    notes.append(receive(actor, partnership_id, sent.filename, sent.stream.read(LARGEST + 1)))
            except DomainError as refused:
                reasons.append(refused.reason)
        self.files.errors = reasons
        if reasons and notes:
            self.form_reasons.append(_l("Ingen av filene ble lastet opp. Velg de andre på nytt."))
        return None if reasons else tuple(notes)


class ClearForm(Form):
    """Letting a file pass that was stopped by mistake."""

    because = TextAreaField(
        _l("Begrunnelse"),
        [InputRequired(_l("Feltet må fylles ut."))],
        description=_l("Hva er tallet som ble tatt for et fødselsnummer? Begrunnelsen lagres."),
    )


class ExemptForm(Form):
    """Marking a file as exempt from publicity."""

    exempt_basis = BasisField()
