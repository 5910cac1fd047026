"""A round of appointing under way: the professional councils get a new term, one nominating body has answered."""

from datetime import timedelta
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.recognition import actor_of
from secretariat.appointing import actions as appointing, naming
from secretariat.appointing.asking import sitting_now, stand_of
from secretariat.appointing.inputs import Named
from secretariat.appointing.models import Nomination, NominationChoice, NominationLetter
from secretariat.core import clock
from secretariat.core.db import session
from secretariat.demo.playing.stage import Stage, on
from secretariat.demo.records import DemoRole
from secretariat.directory.parties import Party

COUNCILS = ("FR-DIG", "FR-KP", "FR-SFB")
STRATEGIC = "ASU"
SENT, ANSWERED, ANSWER_BY, TERM_BEGINS = -8, -2, 12, 40
TERM_YEARS = 2
TEXT = (
    "Fagrådene får ny periode. Vi ber om at dere oppnevner til plassene under, og at dere tenker på balansen "
    "mellom kvinner og menn. De som sitter nå, fortsetter til nye er oppnevnt."
)


def play_round(stage: Stage) -> None:
    """Sent to every nominating body; the trust has answered that all its people go on."""
    begins = stage.day(TERM_BEGINS).replace(day=1)
    ends = begins.replace(year=begins.year + TERM_YEARS) - timedelta(days=1)
    with on(stage.day(SENT)):
        campaign_id = appointing.prepare(
            stage.coordinator,
            stage.partnership,
            title=f"Fagrådene {begins.year}–{ends.year}",
            text=TEXT,
            starts_on=begins,
            term_ends_on=ends,
            answer_by=min(stage.day(ANSWER_BY), begins),
            body_ids=tuple(stage.bodies[short] for short in COUNCILS if short in stage.bodies),
        )
        for letter in _letters(campaign_id):
            appointing.choose_contact(stage.coordinator, letter.id, person_id=_contact(stage, letter))
        appointing.send(stage.coordinator, campaign_id)
    with on(stage.day(ANSWERED)):
        for letter in _letters(campaign_id):
            if letter.party is Party.H:
                _all_go_on(stage, letter)


def _letters(campaign_id: UUID) -> list[NominationLetter]:
    query = sa.select(NominationLetter).where(NominationLetter.campaign_id == campaign_id)
    return list(session().scalars(query.order_by(NominationLetter.nominator)))


def _contact(stage: Stage, letter: NominationLetter) -> UUID:
    """Whoever speaks for the nominating body in the strategic committee now; else the trust's or a municipality's own
    contact.
    """
    for person in stage.content.people:
        seats = (held for held in person.seats if held.body == STRATEGIC and held.last_day >= stage.today)
        if any(_name(stage, held.represents) == letter.nominator for held in seats):
            return stage.people[person.key]
    role = DemoRole.COORDINATOR_HOSPITAL if letter.party is Party.H else DemoRole.CONTACT
    return stage.people[stage.content.in_role(role).key]


def _name(stage: Stage, represents: str) -> str:
    names = {group.key: group.name for group in stage.content.groups}
    names |= {organisation.key: organisation.name for organisation in stage.content.organisations}
    return names.get(represents, represents)


def _all_go_on(stage: Stage, letter: NominationLetter) -> None:
    """Who sits goes on; of a vacant place the nominating body says that it names somebody later."""
    asked = session().scalars(sa.select(Nomination).where(Nomination.letter_id == letter.id).order_by(Nomination.id))
    rows = list(asked)
    present = sitting_now(rows, clock.today())
    choices = {row.id: _choice(stand_of(row) in present) for row in rows}
    women, sitting = len(present) // 2, len(present)
    places = tuple(Named(nomination_id=key, choice=choice) for key, choice in choices.items())
    contact = actor_of(letter.contact_id, via="demo") if letter.contact_id else stage.coordinator
    naming.answer(contact, letter.id, places=places, women=women, men=sitting - women)


def _choice(is_held: bool) -> NominationChoice:
    return NominationChoice.KEEP if is_held else NominationChoice.LATER
