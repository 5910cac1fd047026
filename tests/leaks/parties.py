"""What each party has alone: its own cases, its own body, and its own meetings in the joint body.

Every channel through which the one party's things reach the other, or somebody who runs the installation, must have
shown them to the party itself first: that is what ``expect`` demands.
"""

from secretariat.bodies.models import Body, Seat
from secretariat.cases.models import TreatmentState
from secretariat.core import clock
from secretariat.decisions.models import DecisionState
from secretariat.directory.parties import Party
from secretariat.meetings.models import Meeting, MeetingState
from secretariat.minutes.models import MinutesState
from tests.factories import LONG_AGO
from tests.leaks.making import HOSPITAL_SECRETARY, MUNICIPAL, SECRETARY, Making
from tests.leaks.words import Roles

ALONE = {
    "M": frozenset({"secretary", "chair", "member"}),
    "H": frozenset({"hospital_secretary", "deputy_chair", "hospital_member"}),
}
"""Whom a party that meets alone in the joint body calls."""

KEEPS = {"M": "secretary", "H": "hospital_secretary"}


class Parties(Making):
    """The rooms of the two parties."""

    def set_rooms_of_the_parties(self) -> None:
        """Each party's own case; the municipalities' own body; a meeting each in the joint body, called and held."""
        municipal = self._case("municipal case", SECRETARY, SECRETARY, room="M", raised_by_party=Party.M)
        self._file("municipal file", municipal, SECRETARY)
        hospital = self._case("hospital case", HOSPITAL_SECRETARY, HOSPITAL_SECRETARY, room="H")
        self._file("hospital file", hospital, HOSPITAL_SECRETARY)
        self._own_body()
        for room in ALONE:
            self._called_alone(room)
            self._held_alone(room)

    def _own_body(self) -> None:
        """The municipalities' own body (KOSS): its picture, its contacts, its meetings."""
        body = self.planting.hide(
            "municipal body", Body, MUNICIPAL, **self.here, room="M", starts_on=LONG_AGO, number_digits=2
        )
        own = {"body_id": body.id, "party": Party.M, "position": 1, "starts_on": LONG_AGO}
        seat = self.planting.hide("municipal seat", Seat, MUNICIPAL, **self.here, **own)
        self.cast.factory.appointment(seat, self.cast.person["chair"])
        self._meeting("meeting of the municipal body", body, frozenset({"secretary", "chair"}), 30)
        self.expect("municipal body.short_name", "drawing", *MUNICIPAL)
        self.expect("meeting of the municipal body.title", "list", "secretary", "chair")
        for channel in ("page", "csv", "vcard"):
            self.expect("municipal seat.represents", channel, "secretary", "chair")

    def _called_alone(self, room: str) -> None:
        """A notice has gone out to one party: paper, attachments, calendar and mail, with a case of its own room."""
        thing, readers = f"{room} alone", ALONE[room]
        case = self._case(f"{thing}.case", readers, frozenset({KEEPS[room]}), room=room, raised_by_party=Party(room))
        way = self._treatment(f"{thing}.way", case, self.cast.body, readers, TreatmentState.ON_AGENDA)
        self._file(f"{thing}.file", case, readers)
        meeting = self._meeting(thing, self.cast.body, readers, 21 if room == "M" else 22, room=room)
        self._item(f"{thing}.item", meeting, readers, treatment_id=way.id)
        self._send(meeting, KEEPS[room])
        for channel in ("page", "list", "feed", "ics", "api", "pdf", "mail"):
            self.expect(f"{thing}.title", channel, *readers)
        for channel in ("pdf", "api"):
            self.expect(f"{thing}.item.title", channel, *readers)
        self.expect(f"{thing}.file.content", "zip", *readers)

    def _held_alone(self, room: str) -> None:
        """It has been held, decided, and its minutes are out for comments or, at the trust, approved."""
        thing, readers, known = f"{room} held alone", ALONE[room], MUNICIPAL if room == "M" else ALONE["H"]
        meeting = self._over(thing, readers, room)
        item = self._item(f"{thing}.item", meeting, readers, **self._known_title(f"{thing}.item", known))
        decision = self._decision(f"{thing}.decision", item, known, meeting, state=DecisionState.IN_FORCE)
        responsible = self.cast.municipality if room == "M" else self.cast.trust
        self._task(f"{thing}.task", decision, known, responsible_organisation_id=responsible.id, in_force=True)
        minutes = self._minutes(
            f"{thing}.minutes", item, readers, MinutesState.COMMENTING if room == "M" else MinutesState.DRAFT
        )
        if room == "H":
            self._approve(minutes, KEEPS[room])
        for channel in ("page", "pdf", "docx"):
            self.expect(f"{thing}.minutes.text.text", channel, *readers)
        for channel in ("page", "list", "api"):
            self.expect(f"{thing}.task.text", channel, KEEPS[room])
            self.expect(f"{thing}.decision.wording", channel, KEEPS[room])

    def _over(self, thing: str, readers: Roles, room: str) -> Meeting:
        over = {"state": MeetingState.HELD, "called_at": clock.now(), "held_at": clock.now(), "room": room}
        meeting = self._meeting(thing, self.cast.body, readers, -5 if room == "M" else -6, **over)
        self._called(meeting)
        return meeting
