"""The forms of publishing."""

from uuid import UUID

from wtforms import HiddenField, StringField

from secretariat.core.forms import ChoiceField, Form
from secretariat.core.text.language import _l


class PublishForm(Form):
    """The press, with the edition that was seen."""

    content_sha256 = HiddenField()


class WithdrawForm(Form):
    """Why something is withdrawn."""

    reason = StringField(_l("Begrunnelse"), description=_l("Vises bare for sekretariatet."))


class PublicFilter(Form):
    """Which published meetings to show."""

    utvalg = ChoiceField(_l("Utvalg"), coerce=UUID)
    year = ChoiceField(_l("År"), coerce=int)
    q = StringField(_l("Ord i tittelen"))
