"""Relays that answer for municipalities, groups that report, and what a party does alone."""

from uuid import UUID

from secretariat.bodies import actions as bodies
from secretariat.bodies.groups import actions as groups
from secretariat.bodies.structures import Level
from secretariat.core.text.markdown import read_markdown
from secretariat.demo.collaboration import PartyMeeting, Relay, Report, WorkingGroup
from secretariat.demo.playing.stage import Stage, on
from secretariat.directory import relays
from secretariat.documents.uploads import receive
from secretariat.meetings import actions as meetings
from secretariat.meetings.models import ItemKind, MeetingForm

PLANNED_DAYS_AGO = -10


def play_collaboration(stage: Stage) -> None:
    """Each on its own days."""
    for relay in stage.content.relays:
        _represent(stage, relay)
    for group in stage.content.working_groups:
        _set_up(stage, group)
        for report in group.reports:
            _deliver(stage, group, report)
    for meeting in stage.content.party_meetings:
        _plan(stage, meeting)


def _represent(stage: Stage, relay: Relay) -> None:
    day = stage.day(relay.since_days)
    with on(day):
        relays.represent(
            stage.coordinator,
            stage.partnership,
            organisation_id=stage.organisations[relay.organisation],
            represented=tuple(stage.organisations[key] for key in relay.represents),
            starts_on=day,
        )


def _set_up(stage: Stage, group: WorkingGroup) -> None:
    begins, ends = stage.day(group.begins_days), stage.day(group.ends_days)
    with on(begins):
        secretary = stage.coordinator
        document = receive(secretary, stage.partnership, group.document, group.mandate.encode())
        stage.bodies[group.short] = groups.set_up_group(
            secretary,
            stage.bodies[group.under],
            name=group.name,
            short_name=group.short,
            level=Level.WORKING_GROUP.order,
            starts_on=begins,
            ends_on=ends,
            mandate=read_markdown(group.mandate),
            uploads=(document,),
        )
        for member in group.members:
            seat = bodies.add_seat(secretary, stage.bodies[group.short], party=member.party, starts_on=begins)
            bodies.appoint(secretary, seat, person_id=stage.people[member.person], starts_on=begins, ends_on=ends)


def _deliver(stage: Stage, group: WorkingGroup, report: Report) -> None:
    with on(stage.day(group.begins_days)):
        owed = {"due_on": stage.day(report.due_days), "what": report.what}
        duty: UUID = groups.add_report(stage.coordinator, stage.bodies[group.short], **owed)
    if report.delivered_days is not None:
        with on(stage.day(report.delivered_days)):
            groups.deliver_report(stage.actor(report.by), duty, note=report.note)


def _plan(stage: Stage, planned: PartyMeeting) -> None:
    """Planned by the party's own secretary; the other party does not know of it."""
    with on(stage.day(PLANNED_DAYS_AGO)):
        meeting_id = meetings.plan(
            stage.coordinator,
            stage.bodies[planned.body],
            day=stage.day(planned.days_from_today),
            starts=planned.starts,
            ends=planned.ends,
            title=planned.title,
            form=MeetingForm.DIGITAL,
            place=planned.place,
            room=planned.party.value,
        )
        for matter in planned.agenda:
            presenter = stage.content.person(matter.presenter).name
            told = {"title": matter.title, "duration": matter.minutes, "presenter": presenter}
            meetings.add_item(stage.coordinator, meeting_id, kind=ItemKind.DISCUSSION, **told)
