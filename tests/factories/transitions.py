"""A partnership that works by the structure of 2015, with open matters of every kind, and two secretaries."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies.actions import load_structure
from secretariat.bodies.models import Body, Seat
from secretariat.cases.models import Case
from secretariat.core.actions import request_key
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.core.text.markdown import read_markdown
from secretariat.decisions.models import Decision, DecisionState, DecisionWording, Implementation, Task
from secretariat.directory.models import Organisation, Partnership, Person
from secretariat.directory.parties import Party
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.transitions import carrying_out, choosing, starting
from secretariat.transitions.matters import CLOSE, Chosen, Matter, chosen_from
from secretariat.transitions.models import MatterKind, Transition
from secretariat.transitions.opening import Open, open_matters
from secretariat.transitions.scene import read_scene
from secretariat.web.verifying import promises
from tests.factories import LONG_AGO, Factory

NEW_YEAR = date(2027, 1, 1)
OLD, NEW = "more-og-romsdal-2015", "more-og-romsdal-2021"
REASON = "Avtalt mellom partene"
SHORTCUTS = ("COMPONENT_WRITTEN", "NO_LOST_TEXT")


@dataclass
class Coast:
    """The partnership, its bodies by short name, and those who keep it."""

    a: Factory
    partnership: Partnership
    bodies: dict[str, Body]
    secretary: Actor
    hospital_secretary: Actor
    municipality: Organisation
    trust: Organisation
    people: dict[str, Person] = field(default_factory=dict)

    # ---- what is open

    def case(self, title: str, short: str | None, **values: Any) -> Case:
        """A case that waits for a body."""
        case = self.a.case(title, partnership=self.partnership, organisation=self.municipality, **values)
        if short is not None:
            self.a.treatment(case, self.bodies[short])
        return case

    def meeting(self, short: str, day: date, **values: Any) -> Meeting:
        """A meeting of a body."""
        return self.a.meeting(self.bodies[short], day=day, **values)

    def decision(self, short: str, words: str = "Utvalget slutter seg til rutinen.", **values: Any) -> Decision:
        """A decision in force, from a meeting held in June."""
        meeting = self.meeting(short, date(2026, 6, 1) + timedelta(days=len(words)), state=MeetingState.HELD)
        item = self.a.item(meeting, values.pop("title", "Felles rutine"))
        text = read_markdown(words)
        here = {"partnership_id": self.partnership.id}
        values = {"state": DecisionState.IN_FORCE, "decided_on": meeting.day} | values
        decision = self.a._store(
            Decision(
                **here,
                meeting_id=meeting.id,
                agenda_item_id=item.id,
                body_id=meeting.body_id,
                wording=text,
                folded=words.casefold(),
                **values,
            )
        )
        self.a._store(DecisionWording(**here, decision_id=decision.id, number=1, wording=text))
        return decision

    def task(self, decision: Decision, text: str = "Sende rutinen ut", **values: Any) -> Task:
        """Something to be done."""
        values = {"responsible_organisation_id": self.municipality.id} | values
        return self.a._store(
            Task(
                partnership_id=self.partnership.id,
                meeting_id=decision.meeting_id,
                agenda_item_id=decision.agenda_item_id,
                decision_id=decision.id,
                text=text,
                in_force=True,
                **values,
            )
        )

    def line(self, decision: Decision, organisation: Organisation) -> Implementation:
        """What an organisation has to do with a decision."""
        return self.a._store(
            Implementation(partnership_id=self.partnership.id, decision_id=decision.id, organisation_id=organisation.id)
        )

    def holder(self, short: str, party: Party, name: str) -> Person:
        """Somebody who sits in the body's first place of the party."""
        home = self.municipality if party is Party.M else self.trust
        person = self.a.person(name, organisation=home)
        self.a.appointment(self.seat(short, party), person, starts_on=LONG_AGO)
        return person

    def seat(self, short: str, party: Party) -> Seat:
        """The body's first place of the party."""
        query = sa.select(Seat).where(Seat.body_id == self.bodies[short].id, Seat.party == party)
        return session().scalars(query.order_by(Seat.position)).first()

    # ---- the change

    def start(self, key: str = NEW, day: date = NEW_YEAR) -> UUID:
        """Begin to go over to another structure."""
        return again(starting.start_structure, self.secretary, self.partnership, structure_key=key, effective_on=day)

    def open(self, transition_id: UUID) -> Open:
        """All open matters, as they are now."""
        request_key.set(None)
        session().rollback()
        return open_matters(read_scene(self.secretary, session().get_one(Transition, transition_id)))

    def choose(self, transition_id: UUID, kind: MatterKind, **codes: str) -> None:
        """As suggested; what has no suggestion is closed; ``codes`` says otherwise by title."""
        matters = self.open(transition_id)[kind]
        made = tuple(_chosen(matter, codes) for matter in matters)
        again(choosing.choose, self.secretary, transition_id, kind=kind, choices=made)

    def choose_all(self, transition_id: UUID) -> None:
        """Each group in its order."""
        for kind in self.open(transition_id):
            self.choose(transition_id, kind)

    def carry_out(self, transition_id: UUID, actor: Actor | None = None) -> Transition:
        """Carry it out."""
        again(carrying_out.carry_out, actor or self.secretary, transition_id)
        return session().get_one(Transition, transition_id, populate_existing=True)


def _chosen(matter: Matter, codes: dict[str, str]) -> Chosen:
    code = codes.get(matter.title) or matter.suggested or CLOSE
    chosen = chosen_from(matter.id, code, REASON if code == CLOSE else "")
    assert chosen is not None
    return chosen


def again(verb: Any, *subjects: Any, **given: Any) -> Any:
    """Run a verb without the one-time key of an earlier page."""
    request_key.set(None)
    return verb(*subjects, **given)


def settle(a: Factory, key: str = OLD, start: date = LONG_AGO) -> Coast:
    """Found the partnership by the old structure and give it two secretaries."""
    partnership_id = load_structure(key, starts_on=start)
    session().rollback()
    partnership = session().get_one(Partnership, partnership_id)
    a.last["Partnership"] = partnership
    trust = session().scalars(sa.select(Organisation).where(Organisation.party == Party.H)).first()
    assert trust is not None
    municipality = a.organisation("Fjordnes kommune", partnership=partnership)
    secretary = a.person("Kari Nordmann", organisation=municipality)
    other = a.person("Ola Nordmann", organisation=trust)
    for person, party in ((secretary, Party.M), (other, Party.H)):
        a.office(person, Role.SECRETARY, party=party, partnership_id=partnership.id)
        a.user(person)
    bodies = session().scalars(sa.select(Body).where(Body.partnership_id == partnership.id))
    named = {body.short_name: body for body in bodies}
    people = {"secretary": secretary, "hospital_secretary": other}
    both = (a.actor(secretary), a.actor(other))
    return Coast(a, partnership, named, *both, municipality, trust, people)


def broken_promises() -> list[str]:
    """What verify would find, but for what the factories leave out: calendar components and versions of papers."""
    return [f"{one.id}: {fault}" for one in promises.values() if one.id not in SHORTCUTS for fault in one.check()]
