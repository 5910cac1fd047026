"""The verbs on a round of appointing: set it up, send it, remind, close it."""

from collections.abc import Iterable, Sequence
from datetime import time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.appointing.asking import known_contacts, put_questions
from secretariat.appointing.inputs import Deadline, Pools, Round
from secretariat.appointing.letters import ask, open_links, remind_of
from secretariat.appointing.models import Campaign, CampaignState, Nomination, NominationLetter
from secretariat.appointing.policy import may_prepare, may_run
from secretariat.appointing.pooling import Pool, ask_for, pool_numbers, waits_for_names
from secretariat.bodies import rules
from secretariat.bodies.models import Appointment, Body, Seat
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.dates import ONE_DAY, instant
from secretariat.core.db import session
from secretariat.core.errors import DomainError, Hindered, Invalid
from secretariat.core.text.language import _l
from secretariat.directory.models import Partnership, Person
from secretariat.directory.somebody import Somebody, known_or_registered
from secretariat.messages import links

BEFORE_TERM = _l("Svarfristen må være før perioden begynner.")
MOST_IN_POOL = 20
CLOSED = _l("Oppnevningsrunden er avsluttet.")


# ---- setting it up


@action("appointing.prepare", load=Partnership, rule=may_prepare, input=Round)
def prepare(actor: Actor, partnership: Partnership, given: Round) -> UUID:
    """Set up a round of appointing: one letter for each nominating body, with its places and its contact."""
    _term_in_order(given)
    _bodies_exist(actor, partnership.id, given.body_ids)
    campaign = Campaign(partnership_id=partnership.id, state=CampaignState.DRAFT)
    _describe(campaign, given)
    session().add(campaign)
    session().flush()
    _ask_all(campaign, given.body_ids, {})
    return campaign.id


@action("appointing.change", load=Campaign, rule=may_run, input=Round)
def change(actor: Actor, campaign: Campaign, given: Round) -> UUID:
    """Change a round that is not sent: its letters are made up anew, and keep the contacts and numbers chosen."""
    _demand(campaign, CampaignState.DRAFT, _l("Runden er sendt. Bare svarfristen kan endres."))
    _term_in_order(given)
    _bodies_exist(actor, campaign.partnership_id, given.body_ids)
    before = _letters(campaign)
    chosen = {letter.nominator: letter.contact_id for letter in before if letter.contact_id}
    numbers = _pools_by_nominator(before)
    _describe(campaign, given)
    _drop_letters(campaign)
    _ask_all(campaign, given.body_ids, chosen)
    _ask_as_before(campaign, numbers)
    return campaign.id


@action("appointing.drop", load=Campaign, rule=may_run)
def drop(_actor: Actor, campaign: Campaign, _given: Any) -> None:
    """Throw a round away that was never sent."""
    _demand(campaign, CampaignState.DRAFT, _l("Runden er sendt og kan ikke slettes. Den kan avsluttes."))
    _drop_letters(campaign)
    session().delete(campaign)


def _term_in_order(given: Round) -> None:
    """The three days are there, the term does not end before it begins, and the answers come before it."""
    names = ("starts_on", "term_ends_on", "answer_by")
    reasons: dict[str | None, list[Any]] = {name: [rules.NEEDED] for name in names if getattr(given, name) is None}
    if not reasons and given.term_ends_on < given.starts_on:
        reasons["term_ends_on"] = [_l("Perioden kan ikke slutte før den begynner.")]
    if not reasons and given.answer_by > given.starts_on:
        reasons["answer_by"] = [BEFORE_TERM]
    if reasons:
        raise Invalid(reasons)


def _bodies_exist(actor: Actor, partnership_id: UUID, body_ids: Sequence[UUID]) -> None:
    wanted = (Body.id.in_(body_ids), Body.partnership_id == partnership_id, Body.room == COMMON_ROOM)
    found = session().scalar(sa.select(sa.func.count()).select_from(Body).where(*wanted, visible(actor, Body)))
    if found != len(set(body_ids)):
        raise DomainError(_l("Utvalget finnes ikke."), "body_ids")


def _describe(campaign: Campaign, given: Round) -> None:
    for name in ("title", "text", "starts_on", "term_ends_on", "answer_by"):
        setattr(campaign, name, getattr(given, name))


def _ask_all(campaign: Campaign, body_ids: Sequence[UUID], chosen: dict[str, UUID]) -> None:
    if not put_questions(campaign, body_ids, chosen):
        raise DomainError(_l("Ingen plasser er med. Velg utvalg som har plasser når perioden begynner."), "body_ids")
    letters = [letter for letter in _letters(campaign) if letter.contact_id is None]
    names = [letter.nominator for letter in letters]
    known = known_contacts(campaign, names)
    for letter in letters:
        letter.contact_id = known.get(letter.nominator)


def _pools_by_nominator(letters: list[NominationLetter]) -> dict[tuple[str, Pool], int]:
    names = {letter.id: letter.nominator for letter in letters}
    return {(names[letter_id], pool): number for (letter_id, pool), number in pool_numbers(names).items()}


def _ask_as_before(campaign: Campaign, numbers: dict[tuple[str, Pool], int]) -> None:
    for letter in _letters(campaign):
        for (_letter_id, pool), number in pool_numbers([letter.id]).items():
            ask_for(letter, pool, numbers.get((letter.nominator, pool), number))


def _drop_letters(campaign: Campaign) -> None:
    ids = [letter.id for letter in _letters(campaign)]
    session().execute(sa.delete(Nomination).where(Nomination.letter_id.in_(ids)))
    session().execute(sa.delete(NominationLetter).where(NominationLetter.id.in_(ids)))
    session().expire_all()


def _letters(campaign: Campaign) -> list[NominationLetter]:
    """The round's letters, locked, in a fixed order."""
    query = sa.select(NominationLetter).where(NominationLetter.campaign_id == campaign.id)
    return list(session().scalars(query.order_by(NominationLetter.nominator, NominationLetter.id).with_for_update()))


def _demand(campaign: Campaign, state: CampaignState, sentence: Any) -> None:
    if campaign.state is not state:
        raise DomainError(sentence)


# ---- common deputies


@action("appointing.ask_for_pools", load=NominationLetter, rule=may_run, input=Pools)
def ask_for_pools(_actor: Actor, letter: NominationLetter, given: Pools) -> UUID:
    """Say how many common deputies a nominating body is asked for, as was agreed; before the letter is sent."""
    campaign = session().get_one(Campaign, letter.campaign_id)
    _demand(campaign, CampaignState.DRAFT, _l("Runden er sendt. Bare svarfristen kan endres."))
    known = {pool for _letter_id, pool in pool_numbers([letter.id])}
    reasons: dict[str | None, list[Any]] = {}
    for one in given.pools:
        if (one.body_id, one.party) not in known:
            raise DomainError(_l("Utvalget finnes ikke."))
        if one.number is None or not 0 <= one.number <= MOST_IN_POOL:
            reasons[pool_field(one)] = [_l("Skriv et tall fra 0 til %(most)s.", most=MOST_IN_POOL)]
    if reasons:
        raise Invalid(reasons)
    for one in given.pools:
        ask_for(letter, (one.body_id, one.party), one.number or 0)
    return letter.id


def pool_field(pool: Any) -> str:
    """The field of one pool in a form and in a refusal."""
    return f"number_{pool.body_id.hex}_{pool.party.value}"


# ---- contacts


@action("appointing.choose_contact", load=NominationLetter, rule=may_run, input=Somebody)
def choose_contact(actor: Actor, letter: NominationLetter, given: Somebody) -> UUID:
    """Say who answers for a nominating body; a letter that is sent goes to the new contact at once."""
    campaign = session().get_one(Campaign, letter.campaign_id)
    if campaign.state is CampaignState.CLOSED:
        raise DomainError(CLOSED)
    before, letter.contact_id = letter.contact_id, known_or_registered(actor, letter.partnership_id, given)
    session().flush()
    _demand_address(letter)
    if letter.sent_at is not None and letter.contact_id != before:
        _close_links(letter)
        ask(campaign, letter)
    return letter.id


def _demand_address(letter: NominationLetter) -> None:
    if not session().scalar(sa.select(Person.email).where(Person.id == letter.contact_id)):
        raise DomainError(_l("Kontakten må ha en e-postadresse."), "email")


def _close_links(letter: NominationLetter) -> None:
    for link in open_links(letter):
        links.revoke(link)


# ---- sending and reminding


def what_hinders(campaign: Any, letters: Iterable[Any]) -> list[Any]:
    """All that stands in the way of sending, in sentences; ``letters`` tell nominator, contact_id and email."""
    reasons: list[Any] = []
    if campaign.answer_by < clock.today():
        reasons.append(_l("Svarfristen er passert. Sett en ny."))
    for letter in letters:
        if letter.contact_id is None:
            reasons.append(_l("%(nominator)s mangler kontakt.", nominator=letter.nominator))
        elif not letter.email:
            reasons.append(_l("Kontakten hos %(nominator)s mangler e-postadresse.", nominator=letter.nominator))
    return reasons


@action("appointing.send", load=Campaign, rule=may_run)
def send(_actor: Actor, campaign: Campaign, _given: Any) -> UUID:
    """Send each nominating body its letter; whoever sits in the places it asks about, sits until a successor is named.

    Sending twice is once.
    """
    if campaign.state is CampaignState.SENT:
        return campaign.id
    _demand(campaign, CampaignState.DRAFT, CLOSED)
    letters = _letters(campaign)
    reasons = what_hinders(campaign, _addressed(letters))
    if reasons:
        raise Hindered(reasons)
    _let_sit_on(campaign, letters)
    for letter in letters:
        letter.sent_at = clock.now()
        ask(campaign, letter)
    campaign.state, campaign.sent_at = CampaignState.SENT, clock.now()
    return campaign.id


def _addressed(letters: list[NominationLetter]) -> list[Any]:
    query = (
        sa.select(NominationLetter.nominator, NominationLetter.contact_id, Person.email)
        .outerjoin(Person, Person.id == NominationLetter.contact_id)
        .where(NominationLetter.id.in_([letter.id for letter in letters]))
    )
    return list(session().execute(query.order_by(NominationLetter.nominator)))


def _let_sit_on(campaign: Campaign, letters: list[NominationLetter]) -> None:
    """Who would go out when the old term ends, sits until a successor is named: the last day becomes the term's end.

    A last day of one's own (somebody has resigned) stands, and so does one before a successor who is named already.
    """
    covered = Nomination.letter_id.in_([letter.id for letter in letters])
    asked = sa.select(Nomination.seat_id).where(covered, Nomination.seat_id.is_not(None))
    pooled = sa.and_(Appointment.seat_id.is_(None), Appointment.body_id.in_(_bodies_of(asked)))
    last = campaign.starts_on - ONE_DAY
    at_the_end = sa.or_(Appointment.ends_on == last, Appointment.ends_on == Appointment.term_ends_on)
    after = sa.orm.aliased(Appointment)
    followed = sa.exists().where(
        after.seat_id == Appointment.seat_id,
        after.capacity == Appointment.capacity,
        after.starts_on > Appointment.starts_on,
    )
    going = sa.select(Appointment).where(sa.or_(Appointment.seat_id.in_(asked), pooled), at_the_end, ~followed)
    for row in session().scalars(going.where(Appointment.ends_on >= clock.today())):
        row.term_ends_on, row.ends_on = row.ends_on, None


def _bodies_of(seats: sa.Select[UUID | None]) -> sa.Select[UUID]:
    return sa.select(Seat.body_id).where(Seat.id.in_(seats))


@action("appointing.postpone", load=Campaign, rule=may_run, input=Deadline)
def postpone(_actor: Actor, campaign: Campaign, given: Deadline) -> UUID:
    """Set another day by which to answer."""
    if campaign.state is CampaignState.CLOSED:
        raise DomainError(CLOSED)
    if given.answer_by is None:
        raise DomainError(rules.NEEDED, "answer_by")
    if given.answer_by > campaign.starts_on:
        raise DomainError(BEFORE_TERM, "answer_by")
    if given.answer_by < clock.today():
        raise DomainError(_l("Svarfristen kan ikke være passert."), "answer_by")
    campaign.answer_by = given.answer_by
    return campaign.id


@action("appointing.remind", load=NominationLetter, rule=may_run)
def remind(actor: Actor, letter: NominationLetter, _given: Any) -> UUID:
    """Purr: ask a nominating body once more; once a day is enough."""
    campaign = session().get_one(Campaign, letter.campaign_id)
    _demand(campaign, CampaignState.SENT, _l("Runden er ikke sendt, eller den er avsluttet."))
    if letter.id not in unanswered(campaign):
        raise DomainError(_l("Alle plassene er besvart."))
    if _written_today(letter):
        raise DomainError(_l("Det er alt sendt en e-post om dette i dag."))
    _remind(actor, campaign, letter)
    return letter.id


@action("appointing.remind_all", load=Campaign, rule=may_run)
def remind_all(actor: Actor, campaign: Campaign, _given: Any) -> UUID:
    """Purr all who have not answered and have got no mail about it today."""
    _demand(campaign, CampaignState.SENT, _l("Runden er ikke sendt, eller den er avsluttet."))
    late = unanswered(campaign)
    waiting = [letter for letter in _letters(campaign) if letter.id in late and not _written_today(letter)]
    if not waiting:
        raise DomainError(_l("Alle som ikke har svart, har alt fått en e-post i dag."))
    for letter in waiting:
        _remind(actor, campaign, letter)
    return campaign.id


def unanswered(campaign: Campaign) -> set[UUID]:
    """The letters of a round that wait for names."""
    query = sa.select(NominationLetter.id).join(Campaign, Campaign.id == NominationLetter.campaign_id)
    of_round = query.where(Campaign.id == campaign.id, waits_for_names(clock.today()))
    return set(session().scalars(of_round))


def _written_today(letter: NominationLetter) -> bool:
    written = letter.reminded_at or letter.sent_at
    return written is not None and written >= instant(clock.today(), time(0))


def _remind(actor: Actor, campaign: Campaign, letter: NominationLetter) -> None:
    letter.reminded_at, letter.reminders = clock.now(), letter.reminders + 1
    remind_of(actor, campaign, letter)


@action("appointing.close", load=Campaign, rule=may_run)
def close(_actor: Actor, campaign: Campaign, _given: Any) -> UUID:
    """End a round: no more answers; who was not replaced sits until a successor is named."""
    _demand(campaign, CampaignState.SENT, _l("Runden er ikke sendt, eller den er avsluttet."))
    for letter in _letters(campaign):
        _close_links(letter)
    campaign.state, campaign.closed_at = CampaignState.CLOSED, clock.now()
    return campaign.id
