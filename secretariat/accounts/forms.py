"""The forms of sign-in, of my page and of users."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from flask import request
from wtforms import EmailField, PasswordField, StringField, TelField

from secretariat.accounts import roles
from secretariat.core.actor import Role
from secretariat.core.errors import DomainError
from secretariat.core.forms import EMPTY_CHOICE, ChoiceField, DayField, Form
from secretariat.core.text.language import _l
from secretariat.directory.models import Notification
from secretariat.directory.parties import Party, label

T = TypeVar("T")


class ProofForm(Form):
    """A form whose secret part is done before any action: the password is looked at outside the write transaction."""

    refused_with: int | None = None

    def proved(self, prove: Callable[[], T]) -> T | None:
        """What ``prove`` gives; None when nothing was sent, or when it was refused: the reason stands in the form."""
        if request.method != "POST" or not self.validate():
            return None
        try:
            return prove()
        except DomainError as error:
            self._show(error)
            return None

    def _show(self, error: DomainError) -> None:
        super()._show(error)
        self.refused_with = error.status

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form again."""
        return self.refused_with or super().status


class SignInForm(ProofForm):
    """Who comes, and what only they know."""

    email = EmailField(_l("E-post"))
    password = PasswordField(_l("Passord"))


class LinkForm(ProofForm):
    """Where a sign-in link is sent."""

    email = EmailField(_l("E-post"))


class PasswordForm(ProofForm):
    """A new password."""

    old = PasswordField(_l("Passordet du har nå"))
    new = PasswordField(_l("Nytt passord"), description=_l("Minst 12 tegn. Noen ord etter hverandre er lett å huske."))


class DetailsForm(Form):
    """What a person says of themself."""

    phone = TelField(
        _l("Telefon"),
        description=_l("Nummeret er for sekretariatet, organisasjonen din og dem som er med i de samme utvalgene."),
    )
    language = ChoiceField(
        _l("Språk"),
        choices=[("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")],
        description=_l("Sidene du åpner og e-posten du får, er på dette språket."),
    )
    notification = ChoiceField(
        _l("Nyheter på e-post"),
        choices=Notification.choices(),
        coerce=Notification,
        description=_l("Innkallinger og annet du må svare på eller gjøre, kommer alltid med en gang."),
    )


class TokenForm(ProofForm):
    """A token for programs."""

    name = StringField(_l("Hva skal den brukes til?"))


class UserSearch(Form):
    """Which users to show."""

    q = StringField(_l("Navn eller e-post"))


class OfficeForm(Form):
    """An office; partnership and organisation get their choices from the view."""

    role = ChoiceField(_l("Rolle"), choices=[EMPTY_CHOICE, *roles.choices()], coerce=Role)
    partnership_id = ChoiceField(_l("Helsefellesskap"), coerce=UUID)
    party = ChoiceField(_l("Part"), choices=[EMPTY_CHOICE, *((p.value, label(p)) for p in Party)], coerce=Party)
    organisation_id = ChoiceField(_l("Organisasjon"), coerce=UUID)


class GiveOfficeForm(OfficeForm):
    """An office for somebody who is known, from a day."""

    starts_on = DayField(_l("Fra"), description=_l("Står feltet tomt, gjelder rollen fra i dag."))
    ends_on = DayField(_l("Til og med"))


class NewUserForm(OfficeForm):
    """Somebody who is to sign in; ``organisation_id`` is the employer, for whom a contact speaks."""

    given_name = StringField(_l("Fornavn"))
    family_name = StringField(_l("Etternavn"))
    email = EmailField(_l("E-post"))
    title = StringField(_l("Stilling"))


class AddressForm(Form):
    """Another address to sign in with."""

    email = EmailField(_l("Ny e-postadresse"), description=_l("Dit går innloggingslenkene fra nå av."))
