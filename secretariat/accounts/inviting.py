"""The letter that tells somebody new that there is a place to sign in, and how."""

from typing import Any
from uuid import UUID

from secretariat import config
from secretariat.accounts.actions import SignInAddress
from secretariat.accounts.models import User
from secretariat.accounts.policy import may_keep_users
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _, _l, use_language
from secretariat.directory.models import Person
from secretariat.messages import letters, mail
from secretariat.messages.kinds import LetterKind


@action("accounts.invite", load=User, rule=may_keep_users)
def invite(_actor: Actor, user: User, _given: Any) -> UUID:
    """Tell a user where one signs in. Nothing in the letter signs anybody in, so it may lie for weeks."""
    if user.disabled_at is not None:
        raise DomainError(_l("Brukeren er stengt."))
    person = session().get_one(Person, user.person_id)
    with use_language(person.language):
        _write(person, user.email, f"{config.settings().url}/logg-inn")
    return person.id


def _write(person: Person, email: str, address: str) -> None:
    hello = _("Hei %(name)s!", name=person.given_name)
    first = _("Du er registrert som bruker i Sekretariatet.")
    how = _("Skriv adressen %(email)s på siden «Logg inn», så får du en lenke. Passord trengs ikke.", email=email)
    mail.write(
        LetterKind.SIGN_IN,
        to=SignInAddress(person.id, person.name, email),
        subject=_("Du kan logge inn i Sekretariatet"),
        text=f"{hello}\n\n{first}\n\n{how}\n\n{address}",
        html=letters.letter("accounts/mail_invitation.html", hello=hello, first=first, how=how, address=address),
        about=person,
    )
