"""The forms of the directory."""

from typing import Any
from uuid import UUID

from wtforms import EmailField, StringField, TelField

from secretariat.core.forms import EMPTY_CHOICE, ChoiceField, DayField, Form
from secretariat.core.text.language import _l
from secretariat.directory.models import Notification, OrganisationKind
from secretariat.directory.parties import Party, label


def to_id(value: Any) -> UUID:
    """An id, from a form's text or from a row."""
    return UUID(str(value))


LANGUAGE_CHOICES = [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")]


def party_choices() -> list[tuple[str, object]]:
    """Every party with its name."""
    return [(party.value, label(party)) for party in Party]


class PersonForm(Form):
    """A person; ``organisation_id`` gets its choices from the view."""

    given_name = StringField(_l("Fornavn"))
    family_name = StringField(_l("Etternavn"))
    title = StringField(_l("Stilling"), description=_l("For eksempel kommunedirektør eller klinikksjef."))
    organisation_id = ChoiceField(_l("Organisasjon"), coerce=to_id)
    email = EmailField(_l("E-post"))
    phone = TelField(_l("Telefon"))
    language = ChoiceField(_l("Språk"), choices=LANGUAGE_CHOICES, default="nb")


class ChangePersonForm(PersonForm):
    """A person that is already registered."""

    notification = ChoiceField(_l("Nyheter på e-post"), choices=Notification.choices(), coerce=Notification)


class ChangeOrganisationForm(Form):
    """An organisation."""

    name = StringField(_l("Navn"))
    kind = ChoiceField(_l("Type"), choices=OrganisationKind.choices(), coerce=OrganisationKind)
    party = ChoiceField(_l("Part"), choices=party_choices(), coerce=Party)
    email = EmailField(_l("E-post til postmottak"))


class OrganisationForm(ChangeOrganisationForm):
    """An organisation that is to take part."""

    starts_on = DayField(_l("Med i samarbeidet fra"))


class PeopleFilter(Form):
    """Which people to show."""

    q = StringField(_l("Navn"))
    organisation = ChoiceField(_l("Organisasjon"), coerce=to_id)


def with_empty(choices: list[tuple[Any, Any]], words: Any = EMPTY_CHOICE[1]) -> list[tuple[Any, Any]]:
    """The choices under an empty first one."""
    return [("", words), *choices]
