"""The fixed cast: the people of the role table, in one partnership with one common body, and a stranger from another
one.
"""

from dataclasses import dataclass
from typing import Self

from secretariat.bodies.models import Body, Capacity, Seat, SeatRole
from secretariat.core.actor import Actor, Role
from secretariat.directory.models import Organisation, Partnership, Person
from secretariat.directory.parties import Party
from tests.factories import Factory

ROLES = (
    "secretary",
    "hospital_secretary",
    "chair",
    "deputy_chair",
    "member",
    "hospital_member",
    "deputy",
    "observer",
    "contact",
    "organisation_administrator",
    "administrator",
    "archivist",
    "stranger",
)


@dataclass
class Cast:
    """Everybody by role: ``cast.person["chair"]``, ``cast.actor("chair")``; and the places they share."""

    partnership: Partnership
    municipality: Organisation
    trust: Organisation
    body: Body
    seats: dict[str, Seat]
    person: dict[str, Person]
    other_partnership: Partnership
    factory: Factory

    @classmethod
    def enter(cls, a: Factory) -> Self:
        """Store them all."""
        other = a.partnership("Et annet helsefellesskap")
        strange = a.organisation("Fremmed kommune", partnership=other)
        partnership = a.partnership("Helsefellesskapet")
        trust = a.organisation("Sykehuset HF", Party.H, partnership=partnership)
        municipality = a.organisation("Stedet kommune", partnership=partnership)
        homes = {"hospital_secretary": trust, "deputy_chair": trust, "hospital_member": trust, "stranger": strange}
        people = {
            role: a.person(f"{role.title().replace('_', '')} Testesen", organisation=homes.get(role, municipality))
            for role in ROLES
        }
        for role, person in people.items():
            a.user(person, token=f"token-{role}")
        body = a.body(partnership=partnership)
        seats = _fill(a, body, people)
        _give_offices(a, people, partnership, municipality, other)
        return cls(partnership, municipality, trust, body, seats, people, other, a)

    def actor(self, role: str) -> Actor:
        """The actor this role is today; ``anonymous`` and ``system`` too."""
        if role == "anonymous":
            return Actor()
        if role == "system":
            return Actor.system("test")
        return self.factory.actor(self.person[role])


def _fill(a: Factory, body: Body, people: dict[str, Person]) -> dict[str, Seat]:
    parties = {
        "chair": Party.M,
        "deputy_chair": Party.H,
        "member": Party.M,
        "hospital_member": Party.H,
        "observer": Party.S,
    }
    seats = {}
    for role, party in parties.items():
        kind = SeatRole.OBSERVER if role == "observer" else SeatRole.MEMBER
        seats[role] = a.seat(body, party, role=kind, may_vote=kind is SeatRole.MEMBER)
        a.appointment(seats[role], people[role])
    a.appointment(seats["member"], people["deputy"], capacity=Capacity.DEPUTY, rank=1)
    a.chair_term(body, seats["chair"], seats["deputy_chair"])
    return seats


def _give_offices(
    a: Factory, people: dict[str, Person], partnership: Partnership, municipality: Organisation, other: Partnership
) -> None:
    here = {"partnership_id": partnership.id}
    a.office(people["secretary"], Role.SECRETARY, party=Party.M, **here)
    a.office(people["hospital_secretary"], Role.SECRETARY, party=Party.H, **here)
    own = {"party": Party.M, "organisation_id": municipality.id, **here}
    a.office(people["contact"], Role.CONTACT, **own)
    a.office(people["organisation_administrator"], Role.ORGANISATION_ADMINISTRATOR, **own)
    a.office(people["archivist"], Role.ARCHIVIST, **here)
    a.office(people["administrator"], Role.ADMINISTRATOR)
    a.office(people["stranger"], Role.SECRETARY, party=Party.M, partnership_id=other.id)
