"""Test data: ``a.body()``, ``a.seat(body=...)``; sensible defaults, what matters to the test is said in the test.

Rows are stored directly, under a writing block of the kernel: the factory is not a way around the actions in the
product.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from secretariat.accounts.models import ApiToken, Office, User
from secretariat.accounts.recognition import actor_of, secret_hash
from secretariat.bodies.models import Appointment, Body, Capacity, ChairTerm, Seat, SeatRole
from secretariat.cases.models import Case, CasePaper, CaseState, Treatment
from secretariat.core import clock
from secretariat.core.actions import running, writing
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.core.text.markdown import read_markdown
from secretariat.directory.models import Membership, Organisation, OrganisationKind, Partnership, Person
from secretariat.directory.parties import Party
from secretariat.meetings.models import AgendaItem, ItemKind, Meeting

R = TypeVar("R")
LONG_AGO = date(2020, 1, 1)


class Factory:
    """Makes rows; remembers the partnership and body it made last, so a test names only what matters."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.last: dict[str, Any] = {}

    @contextmanager
    def together(self) -> Iterator[None]:
        """Store what the block makes in one transaction: quicker than one for each row."""
        with writing("factory"):
            yield

    def _store(self, row: R) -> R:
        if running.get() == "factory":
            session().add(row)
            session().flush()
        else:
            with writing("factory") as work:
                work.add(row)
        self.last[type(row).__name__] = row
        return row

    def _or_last(self, kind: type[R], given: R | None, make: Callable[[], R]) -> R:
        return given or self.last.get(kind.__name__) or make()

    def partnership(self, name: str | None = None, **values: Any) -> Partnership:
        """A partnership."""
        number = next(self._numbers)
        name = name or f"Helsefellesskapet {number}"
        return self._store(
            Partnership(
                key=f"fellesskap-{number}",
                name=name,
                short_name=name,
                secretariat_email=f"sekretariat{number}@fellesskap.example",
                **values,
            )
        )

    def organisation(self, name: str | None = None, party: Party = Party.M, **values: Any) -> Organisation:
        """An organisation that is a member of the partnership from long ago."""
        partnership = values.pop("partnership", None) or self._or_last(Partnership, None, self.partnership)
        name = name or f"Kommune {next(self._numbers)}"
        kind = OrganisationKind.MUNICIPALITY if party is Party.M else OrganisationKind.TRUST
        organisation = self._store(Organisation(name=name, party=party, **({"kind": kind} | values)))
        self._store(Membership(partnership_id=partnership.id, organisation_id=organisation.id, starts_on=LONG_AGO))
        return organisation

    def person(self, name: str | None = None, *, organisation: Organisation | None = None, **values: Any) -> Person:
        """A person employed somewhere."""
        number = next(self._numbers)
        given, _, family = (name or f"Person Nummer{number}").partition(" ")
        organisation = self._or_last(Organisation, organisation, self.organisation)
        values = {"email": f"person{number}@kommune.example"} | values
        return self._store(Person(given_name=given, family_name=family, organisation_id=organisation.id, **values))

    def body(self, name: str = "Administrativt samarbeidsutvalg", **values: Any) -> Body:
        """A body of the common room."""
        partnership = values.pop("partnership", None) or self._or_last(Partnership, None, self.partnership)
        values = {"short_name": "ASU", "starts_on": LONG_AGO} | values
        return self._store(Body(partnership_id=partnership.id, name=name, **values))

    def seat(self, body: Body | None = None, party: Party = Party.M, **values: Any) -> Seat:
        """A seat in a body."""
        body = self._or_last(Body, body, self.body)
        values = {"role": SeatRole.MEMBER, "position": next(self._numbers), "starts_on": LONG_AGO} | values
        return self._store(Seat(partnership_id=body.partnership_id, body_id=body.id, party=party, **values))

    def appointment(self, seat: Seat, person: Person | None = None, **values: Any) -> Appointment:
        """A person in a seat."""
        person = person or self.person()
        values = {"starts_on": LONG_AGO, "capacity": Capacity.HOLDER} | values
        return self._store(
            Appointment(
                partnership_id=seat.partnership_id,
                body_id=seat.body_id,
                seat_id=seat.id,
                person_id=person.id,
                party=seat.party,
                **values,
            )
        )

    def chair_term(self, body: Body, chair: Seat, deputy_chair: Seat, **values: Any) -> ChairTerm:
        """A stretch of the chair plan."""
        values = {"starts_on": LONG_AGO, "ends_on": date(2040, 12, 31)} | values
        return self._store(
            ChairTerm(
                partnership_id=body.partnership_id,
                body_id=body.id,
                chair_seat_id=chair.id,
                deputy_chair_seat_id=deputy_chair.id,
                **values,
            )
        )

    def office(self, person: Person, role: Role, **values: Any) -> Office:
        """An office from long ago."""
        if role is not Role.ADMINISTRATOR and "partnership_id" not in values:
            values["partnership_id"] = self._or_last(Partnership, None, self.partnership).id
        return self._store(Office(person_id=person.id, role=role, **({"starts_on": LONG_AGO} | values)))

    def user(self, person: Person, token: str | None = None) -> User:
        """A way for the person to sign in; with a bearer token when one is given."""
        user = self._store(User(person_id=person.id, email=person.email))
        if token is not None:
            self._store(ApiToken(user_id=user.id, token_hash=secret_hash(token), name="test"))
        return user

    def case(self, title: str = "Felles rutine for legemidler", **values: Any) -> Case:
        """A case ready for an agenda, with its paper."""
        partnership = values.pop("partnership", None) or self._or_last(Partnership, None, self.partnership)
        organisation = values.pop("organisation", None) or self._or_last(Organisation, None, self.organisation)
        paper = values.pop("paper", True)
        values = {"state": CaseState.READY, "raised_on": clock.today(), "raised_by_party": Party.M} | values
        case = self._store(
            Case(
                partnership_id=partnership.id,
                title=title,
                public_title=title,
                raised_by_organisation_id=organisation.id,
                **values,
            )
        )
        text = read_markdown("Utvalget slutter seg til forslaget.") if paper else read_markdown("")
        self._store(CasePaper(partnership_id=partnership.id, case_id=case.id, proposal=text, background=text))
        return case

    def treatment(self, case: Case, body: Body | None = None, **values: Any) -> Treatment:
        """The case is to come before the body."""
        body = self._or_last(Body, body, self.body)
        values = {"position": next(self._numbers)} | values
        return self._store(Treatment(partnership_id=case.partnership_id, case_id=case.id, body_id=body.id, **values))

    def meeting(self, body: Body | None = None, *, day: date | None = None, **values: Any) -> Meeting:
        """A planned meeting of the body, 09.00–12.00, three weeks from today."""
        body = self._or_last(Body, body, self.body)
        day = day or clock.today() + timedelta(days=21)
        starts, ends = values.pop("starts", time(9, 0)), values.pop("ends", time(12, 0))
        zone = ZoneInfo("Europe/Oslo")
        key = next(self._numbers)
        values = {
            "title": f"Møte i {body.short_name}",
            "place": "Steinkjer rådhus",
            "uid": f"{key}@test.example",
        } | values
        return self._store(
            Meeting(
                partnership_id=body.partnership_id,
                body_id=body.id,
                day=day,
                starts=starts,
                ends=ends,
                starts_at=datetime.combine(day, starts, zone).astimezone(UTC),
                ends_at=datetime.combine(day, ends, zone).astimezone(UTC),
                **({"room": body.room} | values),
            )
        )

    def item(self, meeting: Meeting, title: str = "Orientering", **values: Any) -> AgendaItem:
        """A line of the agenda."""
        values = {"kind": ItemKind.INFORMATION, "position": next(self._numbers) * 1000} | values
        return self._store(
            AgendaItem(
                partnership_id=meeting.partnership_id,
                meeting_id=meeting.id,
                body_id=meeting.body_id,
                title=title,
                public_title=values.pop("public_title", title),
                **values,
            )
        )

    def actor(self, person: Person | UUID) -> Actor:
        """The actor this person is today."""
        return actor_of(getattr(person, "id", person), via="test")
