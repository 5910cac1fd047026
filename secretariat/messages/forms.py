"""The forms of the outbox page."""

from wtforms import StringField

from secretariat.core.forms import ChoiceField, Form
from secretariat.core.text.language import _l
from secretariat.messages.models import MailState


class MailFilter(Form):
    """Which mail to show."""

    state = ChoiceField(_l("Status"), choices=[("", _l("Alle")), *MailState.choices()], coerce=MailState)
    q = StringField(_l("Mottaker"))
