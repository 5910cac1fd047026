"""Whether everything the content of the demonstration points at exists, and agrees with what points at it."""

from collections import Counter
from collections.abc import Collection, Iterable
from itertools import combinations

from secretariat.cases.models import CaseState
from secretariat.decisions.models import DecisionKind, TaskState
from secretariat.demo.collaboration import WorkingGroup
from secretariat.demo.records import (
    INSTALLATION,
    PARTNERSHIP,
    AgendaItem,
    Case,
    Decision,
    DemoContent,
    Deputyship,
    Meeting,
    Person,
    Seat,
    Step,
    Task,
    Vacancy,
)


class ContentError(ValueError):
    """The content contradicts itself: the file and key, and what is wrong."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")


class _Known:
    """The keys that others may point at."""

    def __init__(self, content: DemoContent) -> None:
        self.organisations = {one.key for one in content.organisations}
        self.groups = {one.key for one in content.groups}
        self.bodies = {one.short for one in content.bodies}
        self.people = {one.key: one for one in content.people}
        self.cases = {one.key: one for one in content.cases}
        self.meetings = {one.key: one for one in content.meetings}


def check(content: DemoContent) -> None:
    """Stops at the first contradiction."""
    known = _Known(content)
    _check_unique(content)
    _check_structure(content, known)
    for person in content.people:
        _check_person(person, known)
    _check_seats(content)
    for case in content.cases:
        _check_case(case, known)
    for meeting in content.meetings:
        _check_meeting(meeting, known)
    _check_collaboration(content, known)


def _one_of(value: str, allowed: Collection[str], where: str, field: str) -> None:
    if value not in allowed:
        raise ContentError(where, f"{field} '{value}' is unknown")


def _each_of(values: Iterable[str], allowed: Collection[str], where: str, field: str) -> None:
    for value in values:
        _one_of(value, allowed, where, field)


def _known_or_none(value: str, allowed: Collection[str], where: str, field: str) -> None:
    if value:
        _one_of(value, allowed, where, field)


def _once(values: Iterable[str], where: str, field: str) -> None:
    for value, times in Counter(values).items():
        if times > 1:
            raise ContentError(where, f"{field} '{value}' stands {times} times")


def _check_unique(content: DemoContent) -> None:
    items = [item for meeting in content.meetings for item in meeting.agenda]
    groups = [group.key for group in content.groups]
    _once([*(one.key for one in content.organisations), *groups], "organisations.toml", "key")
    _once([body.short for body in content.bodies], "bodies.toml", "short")
    _once([person.key for person in content.people], "people.toml", "key")
    _once([person.email for person in content.people], "people.toml", "email")
    _once([person.phone for person in content.people], "people.toml", "phone")
    _once([person.demo_role for person in content.people if person.demo_role], "people.toml", "demo_role")
    _once([case.key for case in content.cases], "cases", "key")
    _once([meeting.key for meeting in content.meetings], "meetings", "key")
    _once([item.key for item in items], "meetings", "agenda key")
    _once([decision.key for item in items for decision in item.decisions], "meetings", "decision key")


def _check_structure(content: DemoContent, known: _Known) -> None:
    for organisation in content.organisations:
        where = f"organisations.toml: {organisation.key}"
        _known_or_none(organisation.parent, known.organisations, where, "parent")
    for group in content.groups:
        _each_of(group.members, known.organisations, f"organisations.toml: {group.key}", "member")
    for body in content.bodies:
        _known_or_none(body.reports_to, known.bodies, f"bodies.toml: {body.short}", "reports_to")
    for vacancy in content.vacancies:
        _check_place(vacancy, f"bodies.toml: {vacancy.seat}", known)


def _check_place(place: Seat | Vacancy, where: str, known: _Known) -> None:
    _one_of(place.body, known.bodies, where, "body")
    _one_of(place.represents, known.organisations | known.groups, where, "represents")


def _check_person(person: Person, known: _Known) -> None:
    where = f"people.toml: {person.key}"
    _one_of(person.organisation, known.organisations, where, "organisation")
    for seat in person.seats:
        _check_place(seat, where, known)
    for deputyship in person.deputies:
        _check_deputyship(deputyship, where, known)
    for office in person.offices:
        scopes = known.organisations | known.bodies | {PARTNERSHIP, INSTALLATION}
        _one_of(office.scope, scopes, where, "scope")


def _check_deputyship(deputyship: Deputyship, where: str, known: _Known) -> None:
    _one_of(deputyship.body, known.bodies, where, "body")
    if deputyship.pool == bool(deputyship.deputy_for):
        raise ContentError(where, "a deputy is personal or in the pool, and not both")
    if deputyship.pool:
        return
    _one_of(deputyship.deputy_for, known.people, where, "deputy_for")
    held = {(seat.body, seat.party) for seat in known.people[deputyship.deputy_for].seats}
    if (deputyship.body, deputyship.party) not in held:
        raise ContentError(where, f"'{deputyship.deputy_for}' has no seat in {deputyship.body} to deputise for")


def _check_seats(content: DemoContent) -> None:
    held = [(seat, person.key) for person in content.people for seat in person.seats]
    for seat, holder in held:
        if seat.first_day > seat.last_day:
            raise ContentError(f"people.toml: {holder}", f"seat '{seat.seat}' ends before it begins")
    for (one, first), (other, second) in combinations(held, 2):
        overlap = one.first_day <= other.last_day and other.first_day <= one.last_day
        if one.seat == other.seat and overlap:
            raise ContentError(f"people.toml: {second}", f"seat '{one.seat}' is held by '{first}' at the same time")
    _once([*{seat.seat for seat, _ in held}, *(vacancy.seat for vacancy in content.vacancies)], "bodies.toml", "seat")


def _check_case(case: Case, known: _Known) -> None:
    where = f"cases/{case.key}.md"
    _each_of(("proposal", "background"), [name for name, text in case.sections.items() if text], where, "section")
    _each_of(case.archive, known.organisations, where, "archive")
    _known_or_none(case.wanted_body, known.bodies, where, "wanted_body")
    _one_of(case.raised.organisation, known.organisations, where, "organisation")
    _one_of(case.raised.person, known.people, where, "person")
    _known_or_none(case.raised.on_behalf_of, known.people, where, "on_behalf_of")
    if bool(case.returned_reason) != (case.state is CaseState.RETURNED):
        raise ContentError(where, "a returned case, and no other, has returned_reason")
    for step in case.saksgang:
        _check_step(step, case, known)


def _check_step(step: Step, case: Case, known: _Known) -> None:
    where = f"cases/{case.key}.md"
    _one_of(step.body, known.bodies, where, "body")
    if not step.meeting:
        return
    _one_of(step.meeting, known.meetings, where, "meeting")
    meeting = known.meetings[step.meeting]
    if meeting.body != step.body or case.key not in [item.case for item in meeting.agenda]:
        raise ContentError(where, f"'{step.meeting}' does not take up this case in {step.body}")


def _check_collaboration(content: DemoContent, known: _Known) -> None:
    where = "collaboration.toml"
    for relay in content.relays:
        _each_of((relay.organisation, *relay.represents), known.organisations, where, "organisation")
    for group in content.working_groups:
        _one_of(group.under, known.bodies, f"{where}: {group.short}", "under")
        _each_of((one.person for one in group.members), known.people, f"{where}: {group.short}", "person")
        _check_reports(group, f"{where}: {group.short}")
    for meeting in content.party_meetings:
        _one_of(meeting.body, known.bodies, where, "body")
        _each_of((matter.presenter for matter in meeting.agenda), known.people, where, "presenter")


def _check_reports(group: WorkingGroup, where: str) -> None:
    members = {member.person for member in group.members}
    for report in group.reports:
        if not group.begins_days <= report.due_days <= group.ends_days:
            raise ContentError(where, f"'{report.what}' is due before the group begins or after it has ended")
        if (report.delivered_days is None) != (not report.note):
            raise ContentError(where, f"'{report.what}' is delivered with a note, and only then has one")
        if report.delivered_days is not None:
            _one_of(report.by, members, where, "by")


def _check_meeting(meeting: Meeting, known: _Known) -> None:
    where = f"meetings/{meeting.key}.toml"
    _one_of(meeting.body, known.bodies, where, "body")
    _each_of(_mentioned(meeting), known.people, where, "person")
    _check_attendance(meeting, known)
    places = [one.from_item for one in meeting.partial] + [one.to_item for one in meeting.partial]
    for key in (*places, *(guest.item for guest in meeting.guests)):
        _known_or_none(key, {item.key for item in meeting.agenda}, where, "item")
    for item in meeting.agenda:
        _check_item(item, meeting, known)


def _mentioned(meeting: Meeting) -> Iterable[str]:
    yield from (meeting.chair, meeting.minute_taker, *meeting.agreed_by, *meeting.present, *meeting.secretariat)
    yield from (absence.person for absence in meeting.absent)
    yield from (one.person for one in meeting.partial)
    yield from (guest.person for guest in meeting.guests)
    yield from (comment.person for comment in meeting.comments)


def _check_attendance(meeting: Meeting, known: _Known) -> None:
    where = f"meetings/{meeting.key}.toml"
    members = {key for key, person in known.people.items() if meeting.body in {seat.body for seat in person.seats}}
    _each_of((*meeting.present, *(one.person for one in meeting.absent)), members, where, "member")
    _once((*meeting.present, *(one.person for one in meeting.absent)), where, "member")
    for absence in meeting.absent:
        if absence.deputy:
            _one_of(absence.deputy, _deputies_of(absence.person, meeting.body, known), where, "deputy")


def _deputies_of(member: str, body: str, known: _Known) -> set[str]:
    """Those who may meet for a member: the personal deputies, and the pool of the same party."""
    parties = {seat.party for seat in known.people[member].seats if seat.body == body}
    return {
        key
        for key, person in known.people.items()
        for one in person.deputies
        if one.body == body and (one.deputy_for == member or (one.pool and one.party in parties))
    }


def _check_item(item: AgendaItem, meeting: Meeting, known: _Known) -> None:
    where = f"meetings/{meeting.key}.toml: {item.key}"
    _one_of(item.presenter, known.people, where, "presenter")
    if item.case:
        _one_of(item.case, known.cases, where, "case")
        if meeting.key not in [step.meeting for step in known.cases[item.case].saksgang]:
            raise ContentError(where, f"the saksgang of '{item.case}' does not name this meeting")
    for decision in item.decisions:
        _check_decision(decision, f"meetings/{meeting.key}.toml: {decision.key}", known)


def _check_decision(decision: Decision, where: str, known: _Known) -> None:
    if bool(decision.positions) != (decision.kind is DecisionKind.NO_AGREEMENT):
        raise ContentError(where, "positions are given when the parties disagree, and only then")
    for task in decision.tasks:
        _check_task(task, where, known)
    _once((row.organisation for row in decision.implementations), where, "organisation")
    for row in decision.implementations:
        _one_of(row.organisation, known.organisations, where, "organisation")
        _known_or_none(row.by, known.people, where, "by")


def _check_task(task: Task, where: str, known: _Known) -> None:
    if bool(task.person) == bool(task.organisation):
        raise ContentError(where, f"'{task.text}' needs one person or one organisation")
    _known_or_none(task.person, known.people, where, "person")
    _known_or_none(task.organisation, known.organisations, where, "organisation")
    if (task.state is TaskState.DONE) != (task.done_days is not None):
        raise ContentError(where, f"'{task.text}' is done when it has done_days, and only then")
