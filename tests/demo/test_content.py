"""What the demonstration plays: invented people, fifteen cases and five meetings that agree with one another."""

import re
import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from secretariat.cases.models import CaseState
from secretariat.core.text.identity import find_identity_numbers
from secretariat.core.text.markdown import read_markdown, write_markdown
from secretariat.decisions.models import DecisionKind, DecisionState, ImplementationState, TaskState
from secretariat.demo.reading import CONTENT, ContentError, read_content
from secretariat.demo.records import SECTIONS, Decision, DemoContent, DemoRole, Seat

FILES = sorted(path for path in CONTENT.rglob("*") if path.is_file())
NORWEGIAN_LETTERS = "æøåÆØÅ"
SAMI_LETTERS = "ïáČČ"


@pytest.fixture(scope="module")
def content() -> DemoContent:
    return read_content()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content to spoil."""
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


def held(content: DemoContent, body: str, party: str) -> list[Seat]:
    """The seats of a party in a body that somebody holds until the end of the term."""
    seats = [seat for person in content.people for seat in person.seats]
    return [seat for seat in seats if (seat.body, seat.party) == (body, party) and seat.last_day == date(2027, 10, 31)]


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def decisions_of(content: DemoContent) -> list[Decision]:
    return [decision for meeting in content.meetings for decision in meeting.decisions]


# People and seats


def test_about_seventy_five_people_are_invented(content: DemoContent) -> None:
    assert 70 <= len(content.people) <= 82


def test_every_municipality_has_its_mayor_in_psu(content: DemoContent) -> None:
    municipalities = {one.key for one in content.organisations if one.kind == "municipality"}
    assert len(municipalities) == 22
    assert {seat.represents for seat in held(content, "PSU", "M")} == municipalities


def test_asu_has_six_from_the_municipalities_and_six_from_the_trust(content: DemoContent) -> None:
    assert (len(held(content, "ASU", "M")), len(held(content, "ASU", "H"))) == (6, 6)


def test_each_group_of_municipalities_is_represented_once_in_asu(content: DemoContent) -> None:
    represented = sorted(seat.represents for seat in held(content, "ASU", "M"))
    assert represented == sorted(group.key for group in content.groups)


def test_every_municipality_belongs_to_exactly_one_group(content: DemoContent) -> None:
    members = Counter(member for group in content.groups for member in group.members)
    assert members == {one.key: 1 for one in content.organisations if one.kind == "municipality"}


def test_municipal_members_of_asu_have_personal_deputies(content: DemoContent) -> None:
    deputised = {one.deputy_for for person in content.people for one in person.deputies if one.party == "M"}
    members = {person.key for person in content.people for seat in person.seats if seat in held(content, "ASU", "M")}
    assert deputised == members


def test_deputies_of_the_trust_stand_in_one_pool(content: DemoContent) -> None:
    deputies = [one for person in content.people for one in person.deputies if one.party == "H"]
    assert len(deputies) >= 4
    assert all(one.pool for one in deputies)


def test_some_deputies_meet_without_authority_to_decide(content: DemoContent) -> None:
    assert {one.with_authority for person in content.people for one in person.deputies} == {True, False}


def test_every_municipality_has_one_contact(content: DemoContent) -> None:
    municipalities = {one.key for one in content.organisations if one.kind == "municipality"}
    offices = [office for person in content.people for office in person.offices if office.role == "contact"]
    contacts = Counter(office.scope for office in offices if office.scope in municipalities)
    assert contacts == dict.fromkeys(municipalities, 1)


def test_both_parties_have_a_secretary(content: DemoContent) -> None:
    parties = {office.party for person in content.people for office in person.offices if office.role == "secretary"}
    assert parties == {"M", "H"}


def test_each_role_of_the_demonstration_is_one_person(content: DemoContent) -> None:
    roles = Counter(person.demo_role for person in content.people if person.demo_role)
    assert roles == dict.fromkeys(DemoRole, 1)


def test_chair_and_member_sit_in_asu_for_the_municipalities(content: DemoContent) -> None:
    for role in (DemoRole.CHAIR, DemoRole.MEMBER):
        assert [seat.party for seat in content.in_role(role).seats if seat.body == "ASU"] == ["M"]


def test_the_deputy_stands_behind_the_member(content: DemoContent) -> None:
    deputies = content.in_role(DemoRole.DEPUTY).deputies
    assert [one.deputy_for for one in deputies] == [content.in_role(DemoRole.MEMBER).key]


def test_a_successor_takes_the_seat_the_day_after_the_predecessor_left_it(content: DemoContent) -> None:
    holders = sorted(
        (seat.first_day, seat.last_day)
        for person in content.people
        for seat in person.seats
        if seat.seat == "asu-midtre-namdal"
    )
    assert holders[0][1].year == 2025
    assert holders[1][0] == holders[0][1] + timedelta(days=1)


def test_exactly_one_member_is_on_leave_today(content: DemoContent) -> None:
    leaves = [seat.leave for person in content.people for seat in person.seats if seat.leave]
    assert [leave.from_days < 0 < leave.to_days for leave in leaves] == [True]


def test_some_places_are_vacant_in_more_than_one_body(content: DemoContent) -> None:
    assert len({vacancy.body for vacancy in content.vacancies}) >= 2


def test_held_and_vacant_seats_make_up_the_agreed_composition(content: DemoContent) -> None:
    for body in content.bodies:
        for party, agreed in body.agreed.items():
            vacant = [one for one in content.vacancies if (one.body, one.party) == (body.short, party)]
            assert len(held(content, body.short, party)) + len(vacant) == agreed, (body.short, party)


def test_all_addresses_are_invented_and_ascii(content: DemoContent) -> None:
    addresses = [one.email for one in (*content.people, *content.organisations)]
    assert all(re.fullmatch(r"[a-z.-]+@[a-z-]+\.example", address) for address in addresses)


def test_all_phone_numbers_are_invented(content: DemoContent) -> None:
    assert all(re.fullmatch(r"900 00 0\d\d", person.phone) for person in content.people)


# Cases


def test_fifteen_cases_are_in_every_state_the_secretariat_shows(content: DemoContent) -> None:
    states = Counter(case.state for case in content.cases)
    assert sum(states.values()) == 15
    assert states == {
        CaseState.RAISED: 2,
        CaseState.RETURNED: 1,
        CaseState.IN_PREPARATION: 1,
        CaseState.READY: 4,
        CaseState.TREATED: 7,
    }


def test_every_case_has_all_sections_of_the_paper(content: DemoContent) -> None:
    for case in content.cases:
        assert list(case.sections) == list(SECTIONS), case.key


def test_every_paper_is_a_page_or_so(content: DemoContent) -> None:
    for case in content.cases:
        words = sum(len(text.split()) for text in case.sections.values())
        assert 150 <= words <= 450, case.key


def test_every_case_has_an_archive_reference_and_an_attachment(content: DemoContent) -> None:
    assert all(case.archive and case.attachments for case in content.cases)


def test_no_archive_reference_is_used_twice(content: DemoContent) -> None:
    used = [reference for case in content.cases for reference in case.archive.items()]
    assert len(used) == len(set(used))


def test_one_case_is_written_in_nynorsk(content: DemoContent) -> None:
    assert Counter(case.language for case in content.cases)["nn"] == 1


def test_an_exempt_attachment_names_its_legal_basis(content: DemoContent) -> None:
    exempt = [one.exempt for case in content.cases for one in case.attachments if one.exempt]
    assert exempt
    assert all(basis.startswith("offentleglova § ") for basis in exempt)


def test_a_case_is_raised_before_the_first_meeting_that_takes_it_up(content: DemoContent) -> None:
    days = {meeting.key: meeting.days_from_today for meeting in content.meetings}
    for case in content.cases:
        assert all(case.raised.days < days[step.meeting] for step in case.saksgang if step.meeting), case.key


def test_the_saksgang_follows_the_calendar(content: DemoContent) -> None:
    days = {meeting.key: meeting.days_from_today for meeting in content.meetings}
    for case in content.cases:
        steps = [days[step.meeting] for step in case.saksgang if step.meeting]
        assert steps == sorted(steps), case.key


def test_every_text_comes_back_as_it_was_written(content: DemoContent) -> None:
    texts = [text for case in content.cases for text in case.sections.values()]
    texts += [item.text for meeting in content.meetings for item in meeting.agenda if item.text]
    texts += [decision.text for decision in decisions_of(content)]
    documents = [read_markdown(text) for text in texts]
    assert [read_markdown(write_markdown(document)) for document in documents] == documents


def test_a_proposal_in_points_is_read_as_a_numbered_list(content: DemoContent) -> None:
    for case in content.cases:
        proposal = case.sections["proposal"]
        if proposal.startswith("1. "):
            assert [block.type for block in read_markdown(proposal).blocks] == ["orderedList"], case.key


# Meetings


def test_five_meetings_lie_before_and_after_today(content: DemoContent) -> None:
    placed = [(meeting.body, meeting.stage.value, meeting.days_from_today) for meeting in content.meetings]
    assert placed == [
        ("ASU", "minutes_approved", -110),
        ("FR-SFB", "minutes_approved", -60),
        ("PSU", "minutes_out", -20),
        ("ASU", "ready", 16),
        ("ASU", "planned", 75),
    ]


def test_every_member_came_or_sent_word_to_the_meetings_that_are_held(content: DemoContent) -> None:
    for meeting in content.meetings:
        if meeting.held:
            seats = [(seat, person.key) for person in content.people for seat in person.seats]
            expected = {key for seat, key in seats if seat.body == meeting.body and seat.last_day.year == 2027}
            assert {*meeting.present, *(one.person for one in meeting.absent)} == expected, meeting.key


def test_what_is_not_held_has_neither_presence_nor_report(content: DemoContent) -> None:
    for meeting in content.meetings:
        if not meeting.held:
            assert not meeting.present
            assert not meeting.absent
            assert not any(item.text for item in meeting.agenda)


def test_deputies_came_from_both_sides(content: DemoContent) -> None:
    deputies = [one.deputy for meeting in content.meetings for one in meeting.absent if one.deputy]
    parties = {one.party for key in deputies for one in content.person(key).deputies}
    assert parties == {"M", "H"}


def test_every_item_of_a_held_meeting_tells_what_was_said(content: DemoContent) -> None:
    assert all(item.text for meeting in content.meetings if meeting.held for item in meeting.agenda)


def test_the_agenda_fits_within_the_meeting(content: DemoContent) -> None:
    for meeting in content.meetings:
        length = (meeting.ends.hour - meeting.starts.hour) * 60 + meeting.ends.minute - meeting.starts.minute
        assert sum(item.minutes for item in meeting.agenda) <= length, meeting.key


def test_every_digital_meeting_place_is_invented(content: DemoContent) -> None:
    assert all(meeting.digital_link.startswith("https://mote.example/") for meeting in content.meetings)


# Decisions and follow-up


def test_decisions_are_of_every_kind_a_body_makes(content: DemoContent) -> None:
    kinds = {decision.kind for meeting in content.meetings for decision in meeting.decisions}
    assert kinds == set(DecisionKind) - {DecisionKind.WITHDRAWN}


def test_decisions_are_in_every_state(content: DemoContent) -> None:
    states = {meeting.decision_state for meeting in content.meetings if meeting.decisions}
    assert states == set(DecisionState)


def test_a_decision_marked_as_changed_differs_from_the_proposal_and_the_others_of_that_kind_do_not(
    content: DemoContent,
) -> None:
    proposals = {case.key: case.sections["proposal"] for case in content.cases}
    items = [item for meeting in content.meetings for item in meeting.agenda if item.case]
    for item in items:
        for decision in item.decisions:
            if decision.changed:
                assert decision.text != proposals[item.case], decision.key
            elif decision.kind in (DecisionKind.DECISION, DecisionKind.ENDORSEMENT, DecisionKind.NOTED):
                assert decision.text == proposals[item.case], decision.key


def test_disagreement_states_both_positions(content: DemoContent) -> None:
    positions = [decision.positions for meeting in content.meetings for decision in meeting.decisions]
    assert [set(one) for one in positions if one] == [{"M", "H"}]


def test_tasks_are_done_with_a_note_overdue_and_open(content: DemoContent) -> None:
    tasks = [task for meeting in content.meetings for one in meeting.decisions for task in one.tasks]
    assert {task.state for task in tasks} == set(TaskState)
    assert all(task.note for task in tasks if task.state is TaskState.DONE)
    assert sum(task.overdue for task in tasks) >= 3
    assert any(task.state is TaskState.OPEN and task.due_days > 0 for task in tasks)


def test_organisations_are_in_every_state_of_implementation(content: DemoContent) -> None:
    rows = [row for meeting in content.meetings for one in meeting.decisions for row in one.implementations]
    assert {row.state for row in rows} == set(ImplementationState)
    assert all(row.note for row in rows if row.state is ImplementationState.DECLINED)


def test_one_decision_has_a_line_for_every_municipality(content: DemoContent) -> None:
    municipalities = {one.key for one in content.organisations if one.kind == "municipality"}
    rows = [{row.organisation for row in one.implementations} for one in decisions_of(content)]
    assert municipalities in rows


def test_nothing_is_reported_before_it_was_decided_or_after_today(content: DemoContent) -> None:
    for meeting in content.meetings:
        for decision in meeting.decisions:
            days = [row.days for row in decision.implementations]
            days += [task.done_days for task in decision.tasks if task.done_days is not None]
            assert all(meeting.days_from_today <= day <= 0 for day in days), decision.key


# Files


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_file_holds_an_identity_number(path: Path) -> None:
    assert find_identity_numbers(path.read_text(encoding="utf-8")) == []


def test_norwegian_and_sami_letters_are_intact() -> None:
    texts = [path.read_text(encoding="utf-8") for path in FILES]
    assert all(letter in "".join(texts) for letter in NORWEGIAN_LETTERS.replace("Æ", "") + SAMI_LETTERS)
    assert not any(broken in text for text in texts for broken in ("\ufffd", "Ã¥", "Ã¸", "Ã¦"))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("people.toml", 'organisation = "tydal"', 'organisation = "atlantis"', "gunnvor-rimfrostli: organisation"),
        ("people.toml", 'party = "M"', 'party = "X"', "gunnvor-rimfrostli.seats.*Party has no word 'X'"),
        ("people.toml", 'title = "ordfører"', 'tittel = "ordfører"', "gunnvor-rimfrostli: unknown field 'tittel'"),
        ("people.toml", 'given_name = "Gunnvor"\n', "", "gunnvor-rimfrostli: field 'given_name' is missing"),
        ("people.toml", "first_day = 2023-11-01", 'first_day = "2023"', "first_day: expected .*date"),
        ("people.toml", 'seat = "psu-selbu"', 'seat = "psu-tydal"', "seat 'psu-tydal' is held by 'gunnvor-rimfrostli'"),
        ("people.toml", 'demo_role = "member"', 'demo_role = "chair"', "demo_role 'chair' stands 2 times"),
        ("bodies.toml", 'reports_to = "PSU"', 'reports_to = "XYZ"', "bodies.toml: ASU: reports_to 'XYZ' is unknown"),
        ("cases/spleiselag.md", 'meeting = "asu-1"', 'meeting = "asu-9"', "spleiselag.md: meeting 'asu-9' is unknown"),
        ("cases/spleiselag.md", 'meeting = "asu-1"', 'meeting = "asu-3"', "'asu-3' does not take up this case"),
        ("cases/spleiselag.md", "# background", "# bakgrunn", "unknown or repeated section 'bakgrunn'"),
        ("cases/rehabilitering.md", 'state = "returned"', 'state = "raised"', "returned case"),
        (
            "meetings/asu-3.toml",
            'kind = "any_other"',
            'kind = "any_other"\ncase = "x"',
            "asu-3-eventuelt: case 'x' is unknown",
        ),
        (
            "meetings/asu-1.toml",
            'deputy = "tor-isbrehammer"',
            'deputy = "geir-snofonnhaug"',
            "deputy 'geir-snofonnhaug'",
        ),
        ("collaboration.toml", 'under = "FR-DIG"', 'under = "XYZ"', "AG-DHO: under 'XYZ' is unknown"),
        ("collaboration.toml", 'by = "siri-sjolyngstad"', 'by = "kari-storskarmyr"', "AG-DHO: by 'kari-storskarmyr'"),
        ("meetings/asu-1.toml", 'kind = "endorsement"', 'kind = "tilslutning"', "DecisionKind has no word"),
        ("meetings/asu-1.toml", 'organisation = "namsos", due', 'organisation = "nams", due', "organisation 'nams'"),
    ],
)
def test_a_slip_in_the_content_is_told_with_file_and_key(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    spoil(folder / file, old, new)
    with pytest.raises(ContentError, match=told) as slip:
        read_content(folder)
    assert file.split("/")[0].split(".")[0] in str(slip.value) or Path(file).name in str(slip.value)
