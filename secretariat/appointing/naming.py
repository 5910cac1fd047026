"""Answering a letter: whom a nominating body names to its places, as much as it knows, until it is registered."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from email_validator import EmailNotValidError, validate_email

from secretariat.appointing.asking import Present, Stand, sitting_now, stand_of
from secretariat.appointing.inputs import Answer, Named
from secretariat.appointing.models import NAMED, Campaign, CampaignState, Nomination, NominationChoice, NominationLetter
from secretariat.appointing.policy import may_answer
from secretariat.appointing.pooling import with_place
from secretariat.bodies.models import Body
from secretariat.core import clock
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import Conflict, DomainError, Invalid, NotFound
from secretariat.core.inputs import checked
from secretariat.core.text.language import _l
from secretariat.directory.models import Membership

NEEDED = _l("Feltet må fylles ut.")
MOST_COUNTED = 500
WRITTEN = ("given_name", "family_name", "title", "email", "phone", "organisation_id")
Reasons = dict[str | None, list[Any]]


@dataclass(frozen=True)
class Known:
    """What stands when an answer comes: the letter's places, their bodies, who sits there, whom one may work for."""

    rows: dict[UUID, Nomination]
    bodies: dict[UUID, UUID]
    present: dict[Stand, Present]
    employers: set[UUID]


def field_name(name: str, nomination_id: UUID) -> str:
    """The field of one place in a form and in a refusal."""
    return f"{name}_{nomination_id.hex}"


@action("appointing.answer", load=NominationLetter, rule=may_answer, input=Answer)
def answer(actor: Actor, letter: NominationLetter, given: Answer) -> UUID:
    """Say whom a nominating body names; places may be left out and said later, until they are registered."""
    _demand_open(letter, given)
    known = _known(letter)
    places = [_tidied(one) for one in given.places]
    if any(one.nomination_id not in known.rows for one in places):
        raise NotFound
    reasons = _reasons(places, known) | _count_reasons(places, given, known)
    if reasons:
        raise Invalid(reasons)
    for one in places:
        _write(known.rows[one.nomination_id], one, known)
    _note_answer(actor, letter, given, known)
    return letter.id


def _demand_open(letter: NominationLetter, given: Answer) -> None:
    state = session().scalar(sa.select(Campaign.state).where(Campaign.id == letter.campaign_id))
    if state is CampaignState.DRAFT:
        raise DomainError(_l("Brevet er ikke sendt ennå."))
    if state is CampaignState.CLOSED:
        raise DomainError(_l("Oppnevningsrunden er avsluttet."))
    if given.answers is not None and given.answers != letter.answers:
        raise Conflict(letter)


def _known(letter: NominationLetter) -> Known:
    query = with_place(sa.select(Nomination, Body.id).select_from(Nomination))
    found = session().execute(query.where(Nomination.letter_id == letter.id).order_by(Nomination.id)).all()
    members = sa.select(Membership.organisation_id).where(Membership.partnership_id == letter.partnership_id)
    return Known(
        rows={row.id: row for row, _body in found},
        bodies={row.id: body_id for row, body_id in found},
        present=sitting_now([row for row, _body in found], clock.today()),
        employers=set(session().scalars(members)),
    )


def _tidied(one: Named) -> Named:
    """The texts trimmed and checked like every input; a refusal lands at the place's own field."""
    try:
        tidy: Named = checked(one)
    except Invalid as refused:
        named: Reasons = {field_name(str(name), one.nomination_id): reasons for name, reasons in refused.fields.items()}
        raise Invalid(named) from refused
    return replace(tidy, email=tidy.email.lower())


# ---- what cannot be answered


def _reasons(places: list[Named], known: Known) -> Reasons:
    reasons: Reasons = {}
    for one in places:
        for name, reason in _wrong(one, known):
            reasons.setdefault(field_name(name, one.nomination_id), []).append(reason)
    return reasons or _twice(places, known)


def _wrong(one: Named, known: Known) -> Iterable[tuple[str, Any]]:
    row = known.rows[one.nomination_id]
    if row.appointment_id is not None:
        if not _as_registered(row, one):
            yield "choice", _l("Plassen er registrert. Ta kontakt med sekretariatet for å endre den.")
    elif one.choice is NominationChoice.KEEP and stand_of(row) not in known.present:
        yield "choice", _l("Plassen er ubesatt. Ingen kan gjenoppnevnes.")
    elif one.choice is NominationChoice.NEW:
        yield from _wrong_person(one, known)


def _as_registered(row: Nomination, one: Named) -> bool:
    return one.choice in (None, row.choice) and all(getattr(one, name) in ("", None) for name in WRITTEN)


def _wrong_person(one: Named, known: Known) -> Iterable[tuple[str, Any]]:
    for name in ("given_name", "family_name", "email"):
        if not getattr(one, name):
            yield name, NEEDED
    if one.email and not _is_address(one.email):
        yield "email", _l("Dette er ikke en gyldig e-postadresse.")
    if one.organisation_id not in known.employers:
        yield "organisation_id", _l("Velg en organisasjon som er med i samarbeidet.")


def _is_address(email: str) -> bool:
    try:
        validate_email(email, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _twice(places: list[Named], known: Known) -> Reasons:
    """Nobody new is named twice to a body (invariant ``NAMED_ONCE``); who sits in two places may go on in both."""
    reasons: Reasons = {}
    seen: dict[tuple[UUID, Any], bool] = {}
    for one in _with_the_rest(places, known):
        key, is_new = (known.bodies[one.nomination_id], _who(one, known)), one.choice is NominationChoice.NEW
        if key[1] and key in seen and (is_new or seen[key]):
            name = "email" if is_new else "choice"
            reasons[field_name(name, one.nomination_id)] = [_l("Samme person er navngitt to ganger i dette utvalget.")]
        seen[key] = is_new or seen.get(key, False)
    return reasons


def _with_the_rest(places: list[Named], known: Known) -> list[Named]:
    """All places of the letter as they will stand: those not in this answer as they were answered before."""
    said = {one.nomination_id: one for one in places if known.rows[one.nomination_id].appointment_id is None}
    return [said.get(key) or _said_before(row) for key, row in known.rows.items()]


def _said_before(row: Nomination) -> Named:
    return Named(row.id, row.choice, email=row.email)


def _who(one: Named, known: Known) -> Any:
    row = known.rows[one.nomination_id]
    if one.choice is NominationChoice.NEW:
        return one.email
    if one.choice is not NominationChoice.KEEP:
        return None
    present = known.present.get(stand_of(row))
    return row.email or (present and (present.email or present.person_id))


def _count_reasons(places: list[Named], given: Answer, known: Known) -> Reasons:
    reasons: Reasons = {}
    for name in ("women", "men"):
        number = getattr(given, name)
        if number is not None and not 0 <= number <= MOST_COUNTED:
            reasons[name] = [_l("Skriv et tall fra 0 til %(most)s.", most=MOST_COUNTED)]
    named = sum(one.choice in NAMED for one in _with_the_rest(places, known))
    counted = (given.women or 0) + (given.men or 0)
    if not reasons and counted > named:
        sentence = _l("Dere har talt %(counted)s, men navngitt %(named)s.", counted=counted, named=named)
        reasons["women"] = [sentence]
    return reasons


# ---- writing it down


def _write(row: Nomination, one: Named, known: Known) -> None:
    if row.appointment_id is not None:
        return
    is_new = one.choice is NominationChoice.NEW
    for name in WRITTEN:
        setattr(row, name, getattr(one, name) if is_new else (None if name == "organisation_id" else ""))
    row.person_id = None
    if one.choice is NominationChoice.KEEP:
        present = known.present[stand_of(row)]
        row.person_id, row.email = present.person_id, present.email or ""
    row.choice, row.named_at = one.choice, clock.now() if one.choice else None


def _note_answer(actor: Actor, letter: NominationLetter, given: Answer, known: Known) -> None:
    letter.women, letter.men, letter.note = given.women, given.men, given.note
    letter.answers += 1
    if any(row.choice is not None for row in known.rows.values()):
        letter.answered_at, letter.answered_by_id = clock.now(), actor.person_id
