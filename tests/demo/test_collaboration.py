"""Who answers for whom in the demonstration, its group with a last day, and what a party does alone."""

import pytest

from secretariat.demo.reading import read_content
from secretariat.demo.records import DemoContent, DemoRole


@pytest.fixture(scope="module")
def content() -> DemoContent:
    return read_content()


def test_a_regional_coordinator_speaks_for_the_organisation_that_represents_municipalities(
    content: DemoContent,
) -> None:
    (relay,) = content.relays
    municipalities = {one.key for one in content.organisations if one.kind == "municipality"}
    offices = content.in_role(DemoRole.REGIONAL_COORDINATOR).offices
    assert [(office.role, office.scope) for office in offices] == [("contact", relay.organisation)]
    assert set(relay.represents) <= municipalities


def test_an_administrator_keeps_the_people_of_one_municipality(content: DemoContent) -> None:
    person = content.in_role(DemoRole.ORGANISATION_ADMINISTRATOR)
    offices = [(office.role, office.scope) for office in person.offices]
    assert offices == [("organisation_administrator", person.organisation)]


def test_a_working_group_has_a_last_day_a_mandate_and_reports_delivered_overdue_and_to_come(
    content: DemoContent,
) -> None:
    (group,) = content.working_groups
    assert group.begins_days < 0 < group.ends_days
    assert group.mandate.strip()
    assert group.document.startswith("Mandat")
    states = [(report.delivered_days is not None, report.due_days < 0) for report in group.reports]
    assert states == [(True, True), (False, True), (False, False)]
    assert {member.party for member in group.members} == {"M", "H"}


def test_the_municipalities_meet_alone_in_a_joint_body(content: DemoContent) -> None:
    (meeting,) = content.party_meetings
    assert meeting.party == "M"
    assert {"M", "H"} <= set(next(body for body in content.bodies if body.short == meeting.body).agreed)
