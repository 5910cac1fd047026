"""What changes users, sign-ins, tokens and one's own details."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts import tries
from secretariat.accounts.models import ARGON2, SHA256, ApiToken, SignIn, User
from secretariat.accounts.offices import give_office
from secretariat.accounts.policy import (
    by_the_program,
    is_oneself,
    is_that_person,
    may_keep_users,
    owns_sign_in,
    owns_token,
)
from secretariat.core import clock, signals
from secretariat.core.actions import action
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Line, OptionalLine, Words
from secretariat.core.text.language import _, _l, use_language
from secretariat.directory.models import Notification, Partnership, Person
from secretariat.directory.parties import Party
from secretariat.messages import letters, links, mail
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import Link, LinkPurpose

SIGNED_IN_FOR = timedelta(days=14)
LINK_LASTS = timedelta(minutes=30)

Digest = Annotated[str, Words(most=64, computed=True, shape=SHA256)]

_TELEPHONE = re.compile(r"\+?[0-9 ()./-]+")


@dataclass(frozen=True)
class NewUser:
    """Who gets a way to sign in. A person with this address who is known already keeps their name."""

    email: Annotated[str, Words(most=254)]
    given_name: Annotated[str, Words(most=100)]
    family_name: Annotated[str, Words(most=100)]
    title: OptionalLine = ""
    organisation_id: UUID | None = None
    role: Role | None = None
    partnership_id: UUID | None = None
    party: Party | None = None


@action("accounts.add_user", load=None, rule=may_keep_users, input=NewUser)
def add_user(actor: Actor, _installation: None, given: NewUser) -> UUID:
    """Give someone a way to sign in, and an office when a role is named; returns the person's id."""
    email = given.email.lower()
    if not mail.is_address(email):
        raise DomainError(_l("Skriv e-postadressen som navn@sted.no, uten æ, ø og å."), "email")
    person = session().scalar(sa.select(Person).where(Person.email == email)) or _new_person(given, email)
    session().add(User(person_id=person.id, email=email))
    if given.role is not None:
        give_office(
            actor,
            person,
            role=given.role,
            partnership_id=given.partnership_id,
            party=given.party,
            organisation_id=given.organisation_id,
        )
    return person.id


def _new_person(given: NewUser, email: str) -> Person:
    person = Person(
        given_name=given.given_name,
        family_name=given.family_name,
        title=given.title,
        organisation_id=given.organisation_id,
        email=email,
    )
    partnership = session().get(Partnership, given.partnership_id) if given.partnership_id else None
    if partnership is not None:
        person.language = partnership.spoken
    session().add(person)
    session().flush()
    return person


@dataclass(frozen=True)
class Try:
    """A try of some kind for an address."""

    kind: tries.Kind
    email: Line


@action("accounts.note_try", load=None, rule=by_the_program, input=Try, audited=False)
def note_try(actor: Actor, _installation: None, given: Try) -> None:
    """Count a try before it is made; too many within a quarter of an hour are refused (429)."""
    tries.note(given.kind, given.email)


@dataclass(frozen=True)
class NewSignIn:
    """A browser that has proved who sits at it: the hash of its secret, and what it calls itself."""

    token_hash: Digest
    agent: OptionalLine = ""


@action("accounts.open_sign_in", load=User, rule=by_the_program, input=NewSignIn)
def open_sign_in(actor: Actor, user: User, given: NewSignIn) -> UUID:
    """Sign a browser in, after the password was right."""
    tries.forget(user.email)
    return _opened(user, given)


@action("accounts.spend_link", load=Link, rule=by_the_program, input=NewSignIn)
def spend_link(actor: Actor, link: Link, given: NewSignIn) -> UUID:
    """Sign a browser in by a link from a mail, which is used by that."""
    if link.purpose is not LinkPurpose.SIGN_IN:
        raise DomainError(_l("Lenken er til noe annet enn å logge inn."))
    links.spend(link)
    user = session().scalar(sa.select(User).where(User.person_id == link.person_id))
    if user is None:
        raise DomainError(_l("Du har ingen bruker her."))
    return _opened(user, given)


def _opened(user: User, given: NewSignIn) -> UUID:
    if user.disabled_at is not None:
        raise DomainError(_l("Brukeren er stengt. Ta kontakt med administratoren."))
    moment = clock.now()
    sign_in = SignIn(
        user_id=user.id,
        token_hash=given.token_hash,
        agent=given.agent[:200],
        last_seen_at=moment,
        expires_at=moment + SIGNED_IN_FOR,
    )
    session().add(sign_in)
    return sign_in.id


@action("accounts.end_sign_in", load=SignIn, rule=owns_sign_in)
def end_sign_in(actor: Actor, sign_in: SignIn, _given: Any) -> UUID:
    """Sign one browser out."""
    sign_in.ended_at = sign_in.ended_at or clock.now()
    return sign_in.id


@action("accounts.end_all_sign_ins", load=User, rule=is_oneself)
def end_all_sign_ins(actor: Actor, user: User, _given: Any) -> UUID:
    """Sign out everywhere."""
    end_all(user)
    return user.id


def end_all(user: User) -> None:
    """Sign out everywhere, in the running action."""
    for sign_in in session().scalars(sa.select(SignIn).where(SignIn.user_id == user.id, SignIn.ended_at.is_(None))):
        sign_in.ended_at = clock.now()


@dataclass(frozen=True)
class WantedLink:
    """The address that a sign-in link is wanted for, and the page that was asked for, when it was one of ours."""

    email: Annotated[str, Words(most=254)]
    there: Annotated[str, Words(most=300, required=False)] = ""


@action("accounts.ask_for_link", load=None, rule=by_the_program, input=WantedLink, audited=False)
def ask_for_link(actor: Actor, _installation: None, given: WantedLink) -> None:
    """Mail a sign-in link to a user; the answer is the same for an address nobody has."""
    email = given.email.lower()
    tries.note("link", email)
    known = sa.select(Person).join(User, User.person_id == Person.id)
    person = session().scalar(known.where(User.email == email, User.disabled_at.is_(None)))
    if person is not None:
        _mail_link(person, SignInAddress(person.id, person.name, email), sign_in_link(person), given.there)


@dataclass(frozen=True)
class SignInAddress:
    """Where a sign-in link goes: the address one signs in with, whatever is kept as the person's address since."""

    id: UUID
    name: str
    email: str


def sign_in_link(person: Person) -> Link:
    """A link that signs the person in once within half an hour, in the running action."""
    return links.make(LinkPurpose.SIGN_IN, person.id, expires_at=clock.now() + LINK_LASTS, uses=1)


def _mail_link(person: Person, to: SignInAddress, link: Link, there: str) -> None:
    address = links.address(link) + (f"?{urlencode({'next': there})}" if there else "")
    with use_language(person.language):
        text = _(
            "Hei %(name)s,\n\ntrykk på lenken for å logge inn. Den virker én gang, i en halv time:\n\n%(address)s\n\n"
            "Har du ikke bedt om den, kan du se bort fra denne e-posten.",
            name=person.given_name,
            address=address,
        )
        html = letters.letter("accounts/mail_link.html", name=person.given_name, address=address)
        subject = _("Lenke for å logge inn")
        mail.write(LetterKind.SIGN_IN, to=to, subject=subject, text=text, html=html, about=person)


@action("accounts.make_link", load=User, rule=by_the_program)
def make_link(actor: Actor, user: User, _given: Any) -> UUID:
    """A sign-in link for the command line to show; returns the link's id."""
    return sign_in_link(session().get_one(Person, user.person_id)).id


@dataclass(frozen=True)
class NewPassword:
    """The hash of a password that has been found good enough."""

    password_hash: Annotated[str, Words(most=200, computed=True, shape=ARGON2)]


@action("accounts.set_password", load=User, rule=by_the_program, input=NewPassword)
def set_password(actor: Actor, user: User, given: NewPassword) -> UUID:
    """Store a new password, and sign out everywhere: whoever knew the old one is out."""
    user.password_hash = given.password_hash
    end_all(user)
    return user.id


@dataclass(frozen=True)
class NewToken:
    """A token for programs: what it is for, and the hash of its secret."""

    name: Annotated[str, Words(most=100)]
    token_hash: Digest


@action("accounts.make_token", load=User, rule=is_oneself, input=NewToken)
def make_token(actor: Actor, user: User, given: NewToken) -> UUID:
    """A bearer token that acts as the user."""
    row = ApiToken(user_id=user.id, name=given.name, token_hash=given.token_hash)
    session().add(row)
    return row.id


@action("accounts.revoke_token", load=ApiToken, rule=owns_token)
def revoke_token(actor: Actor, row: ApiToken, _given: Any) -> UUID:
    """End a token."""
    row.revoked_at = row.revoked_at or clock.now()
    return row.id


@dataclass(frozen=True)
class Details:
    """What a person says of themself."""

    language: Annotated[str, Words(most=2)]
    notification: Notification
    phone: Annotated[str, Words(most=30, required=False)] = ""


@action("accounts.change_my_details", load=Person, rule=is_that_person, input=Details)
def change_my_details(actor: Actor, person: Person, given: Details) -> UUID:
    """Choose language and notifications, give a phone number."""
    if given.language not in ("nb", "nn", "en"):
        raise DomainError(_l("Velg bokmål, nynorsk eller engelsk."), "language")
    chosen_anew = given.notification is not person.notification
    person.language, person.notification, person.phone = given.language, given.notification, telephone(given.phone)
    if chosen_anew:
        signals.notification_chosen.tell(person)
    return person.id


def telephone(typed: str) -> str:
    """A telephone number as it was written; what cannot be one is refused."""
    digits = sum(sign.isdecimal() for sign in typed)
    if typed and (not _TELEPHONE.fullmatch(typed) or not 5 <= digits <= 15):
        raise DomainError(_l("Skriv telefonnummeret med sifre, for eksempel 900 00 000 eller +47 900 00 000."), "phone")
    return typed
