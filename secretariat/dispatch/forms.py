"""The form of a dispatch."""

from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from secretariat.core.forms import Form
from secretariat.core.text.language import _l


class SendForm(Form):
    """The parcel that was seen, and a greeting; what it holds is shown on the page and cannot be typed."""

    manifest_sha256 = HiddenField()
    note = TextAreaField(
        _l("Hilsen i e-posten"), description=_l("Valgfritt. Står øverst i e-posten til alle som får utsendingen.")
    )


class CopyForm(Form):
    """An address that gets a copy of the notice."""

    name = StringField(
        _l("Kopi til"), description=_l("For eksempel «Statsforvalteren i Trøndelag» eller et postmottak.")
    )
    email = StringField(_l("E-post for kopien"))
    every_meeting = BooleanField(_l("Også ved senere møter i utvalget"))
