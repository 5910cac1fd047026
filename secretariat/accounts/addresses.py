"""The address that somebody signs in with, and what a new one closes: whoever reads the old mailbox is out."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.actions import SignInAddress, end_all
from secretariat.accounts.models import User
from secretariat.accounts.policy import may_keep_users
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Words
from secretariat.core.text.language import _, _l, use_language
from secretariat.directory.actions import normal_address
from secretariat.directory.models import Person
from secretariat.messages import letters, links, mail
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import Link, LinkPurpose


@dataclass(frozen=True)
class NewAddress:
    """Where sign-in links go from now on."""

    email: Annotated[str, Words(most=254)]


@action("accounts.change_address", load=User, rule=may_keep_users, input=NewAddress)
def change_address(_actor: Actor, user: User, given: NewAddress) -> UUID:
    """Let somebody sign in with another address; papers go there too, if they went to the old one."""
    email, person = normal_address(given.email), session().get_one(Person, user.person_id)
    if not mail.is_address(email):
        raise DomainError(_l("Skriv e-postadressen som navn@sted.no, uten æ, ø og å."), "email")
    if email == user.email:
        raise DomainError(_l("Brukeren logger alt inn med denne adressen."), "email")
    _demand_free(email, person)
    if person.email == user.email:
        person.email = email
    sign_in_with(user, person, email)
    return person.id


def _demand_free(email: str, person: Person) -> None:
    """Nobody else signs in with it, and it is nobody else's address."""
    user = sa.select(User.id).where(User.email == email, User.person_id != person.id)
    if session().scalar(user) is not None:
        raise DomainError(_l("En annen bruker har alt denne e-postadressen."), "email")
    if session().scalar(sa.select(Person.id).where(Person.email == email, Person.id != person.id)) is not None:
        raise DomainError(_l("En annen person har alt denne e-postadressen."), "email")


def sign_in_with(user: User, person: Person, email: str) -> None:
    """The new address signs in from now on, in the running action: signed-in browsers and links in mails sent to the
    old one are closed, and both addresses are told. A calendar subscription goes on: it was never mailed.
    """
    old, user.email = user.email, email
    end_all(user)
    _revoke_links(person)
    with use_language(person.language):
        for address, says in ((old, _says_to_old()), (email, _says_to_new())):
            _tell(person, address, *says)


def _revoke_links(person: Person) -> None:
    mailed = sa.select(Link).where(Link.person_id == person.id, Link.purpose != LinkPurpose.SUBSCRIPTION)
    for link in session().scalars(mailed.where(Link.revoked_at.is_(None))):
        links.revoke(link)


def _says_to_old() -> tuple[str, str]:
    """The old mailbox may be somebody else's by now: it does not learn the new address."""
    return (
        _("Denne adressen logger ikke inn lenger. Lenker som er sendt hit, virker ikke mer."),
        _("Har ikke du eller arbeidsgiveren din bedt om det, så ta kontakt med sekretariatet."),
    )


def _says_to_new() -> tuple[str, str]:
    return (
        _("Fra nå av logger du inn med denne adressen."),
        _("Du er logget ut der du var logget inn. Skriv adressen på siden «Logg inn», så får du en lenke."),
    )


def _tell(person: Person, address: str, first: str, second: str) -> None:
    hello = _("Hei %(name)s!", name=person.given_name)
    mail.write(
        LetterKind.ADDRESS_CHANGED,
        to=SignInAddress(person.id, person.name, address),
        subject=_("Adressen du logger inn med, er endret"),
        text=f"{hello}\n\n{first}\n\n{second}",
        html=letters.letter("accounts/mail_address.html", hello=hello, first=first, second=second),
        about=person,
    )
