"""Who may raise a case for whom, what the archives call it, and how they are told what becomes of it."""

from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat import config
from secretariat.cases.models import ArchiveReference, Case, CaseState
from secretariat.core import clock
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _, _l, use_language
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Partnership, Person
from secretariat.directory.parties import Party
from secretariat.messages import mail
from secretariat.messages.kinds import LetterKind


def members(partnership_id: UUID) -> sa.Select[Any]:
    """The organisations that are party to the agreement today."""
    today = clock.today()
    return sa.select(Membership.organisation_id).where(
        Membership.partnership_id == partnership_id,
        Membership.starts_on <= today,
        sa.or_(Membership.ends_on.is_(None), Membership.ends_on >= today),
    )


def own_organisations(actor: Actor, partnership_id: UUID) -> list[Organisation]:
    """The actor's employer and those the actor speaks for, as far as they take part here; the employer first."""
    own = {actor.organisation_id, *actor.organisations} - {None}
    query = sa.select(Organisation).where(Organisation.id.in_(sorted(own, key=str)))
    query = query.where(Organisation.id.in_(members(partnership_id)))
    first = sa.case((Organisation.id == actor.organisation_id, 0), else_=1)
    return list(session().scalars(query.order_by(first, Organisation.sort_key, Organisation.id)))


def raising_organisation(actor: Actor, partnership: Partnership, organisation_id: UUID | None) -> Organisation:
    """The organisation a case is raised for: one's own, or any when a secretary registers it or one has none here."""
    own = own_organisations(actor, partnership.id)
    if organisation_id is None and not own:
        raise DomainError(_l("Velg hvilken organisasjon saken kommer fra."), "organisation_id")
    chosen = organisation_id or own[0].id
    if own and not actor.is_secretary(partnership.id) and chosen not in {one.id for one in own}:
        raise DomainError(_l("Du kan bare melde inn saker for din egen organisasjon."), "organisation_id")
    return demand_member(partnership.id, chosen, "organisation_id")


def demand_member(partnership_id: UUID, organisation_id: UUID, field: str) -> Organisation:
    """The organisation, when it takes part here."""
    own = Organisation.id == organisation_id, Organisation.id.in_(members(partnership_id))
    organisation = session().scalar(sa.select(Organisation).where(*own))
    if organisation is None:
        raise DomainError(_l("Velg en organisasjon i dette helsefellesskapet."), field)
    return organisation


def demand_own_room(actor: Actor, partnership: Partnership, room: str) -> None:
    """A case begins in the common room, or in that of the secretary's own party."""
    if room != COMMON_ROOM and not actor.is_secretary(partnership.id, room):
        raise DomainError(_l("Du kan bare legge saker i fellesrommet eller i din egen parts rom."), "room")


def keep_references(actor: Actor, case: Case, raised_by: Organisation, municipal: str, hospital: str) -> None:
    """Keep what the two archives call the case, as far as they have named it."""
    for party, reference, field in (
        (Party.M, municipal, "municipal_reference"),
        (Party.H, hospital, "hospital_reference"),
    ):
        if reference:
            refer(case, _archive_of(actor, case, raised_by, party, field), reference)


def _archive_of(actor: Actor, case: Case, raised_by: Organisation, party: Party, field: str) -> UUID:
    """Whose archive it is: that of the one who raised the case, else the secretary's own, else the only trust."""
    own = [raised_by, *own_organisations(actor, case.partnership_id)]
    found = next((one.id for one in own if one.party is party), None)
    if found is None and party is Party.H:
        found = _only_trust(case.partnership_id)
    if found is None:
        raise DomainError(_l("Legg inn denne arkivreferansen på saken etterpå, med organisasjonen den gjelder."), field)
    return found


def _only_trust(partnership_id: UUID) -> UUID | None:
    trusts = Organisation.kind == OrganisationKind.TRUST, Organisation.id.in_(members(partnership_id))
    found = session().scalars(sa.select(Organisation.id).where(*trusts).order_by(Organisation.id).limit(2)).all()
    return found[0] if len(found) == 1 else None


def refer(case: Case, organisation_id: UUID, reference: str) -> None:
    """Note what one archive calls the case."""
    session().add(
        ArchiveReference(
            partnership_id=case.partnership_id, case_id=case.id, organisation_id=organisation_id, reference=reference
        )
    )


def set_reference(case: Case, organisation_id: UUID, reference: str) -> None:
    own = ArchiveReference.case_id == case.id, ArchiveReference.organisation_id == organisation_id
    known = session().scalar(sa.select(ArchiveReference).where(*own))
    if known is not None and not reference:
        session().delete(known)
    elif known is not None:
        known.reference = reference
    elif reference:
        refer(case, organisation_id, reference)


def tell_who_raised(actor: Actor, case: Case) -> None:
    """Send a mail to whoever raised the case: what is asked for, or why it comes back."""
    if case.raised_by_person_id is None or actor.is_person(case.raised_by_person_id):
        return
    person = session().get_one(Person, case.raised_by_person_id)
    with use_language(person.language):
        text = _(
            "%(what)s\n\nSak: %(title)s\n\n%(reason)s\n\nSe saken: %(address)s",
            what=_what_happened(case),
            title=case.title,
            reason=case.reason,
            address=f"{config.settings().url}/saker/{case.id}",
        )
        subject = _("Om saken «%(title)s»", title=case.title)
        mail.tell(
            LetterKind.MORE_WANTED if case.state is CaseState.MORE_WANTED else LetterKind.CASE_RETURNED,
            to=person,
            news_of=(case,),
            subject=subject,
            text=text,
            partnership_id=case.partnership_id,
            room=case.room,
            about=case,
        )


def _what_happened(case: Case) -> str:
    if case.state is CaseState.MORE_WANTED:
        return _("Sekretariatet ber om mer før saken kan tas inn. Du kan skrive i saken og sende den inn på nytt.")
    return _("Saken er sendt tilbake med begrunnelse.")
