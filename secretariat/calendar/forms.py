"""The forms of the calendar pages."""

from uuid import UUID

from wtforms import HiddenField, TextAreaField

from secretariat.core.forms import ChoiceField, Form
from secretariat.core.text.language import _l
from secretariat.meetings.models import Reply

ALL = ("", _l("Alle"))
ANSWERS = {answer.value: answer for answer in (Reply.ATTENDING, Reply.ABSENT)}


class CalendarFilter(Form):
    """Which year, and whose meetings."""

    ar = ChoiceField(_l("År"), coerce=int)
    utvalg = ChoiceField(_l("Utvalg"), coerce=UUID)

    def offer(self, years: list[int], bodies: list[tuple[str, str]]) -> None:
        """What there is to choose among."""
        self.ar.choices = [("", _l("Fra i dag")), *((str(year), str(year)) for year in years)]
        self.utvalg.choices = [ALL, *bodies]


class ReplyForm(Form):
    """Kommer or forfall; the two buttons are the answer."""

    reply = HiddenField(filters=[lambda value: ANSWERS.get(value, Reply.NONE)])
    note = TextAreaField(
        _l("Beskjed til sekretariatet"), description=_l("Valgfritt, for eksempel hvem som kan møte for deg.")
    )
