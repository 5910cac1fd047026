"""A paper that is being written is its writers'; members read what an agenda has sent them, and nothing else."""

from datetime import date, time
from io import BytesIO
from itertools import count
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from hypothesis import given, settings, strategies as st

from secretariat.cases import actions, queries
from secretariat.cases.models import SECTIONS, Case, CaseKind, CasePaper, CaseState
from secretariat.core.access import visible
from secretariat.core.db import session
from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown
from secretariat.core.text.plain import to_plain
from secretariat.dispatch import preparing
from secretariat.documents import actions as documents
from secretariat.documents.models import StoredFile
from secretariat.documents.queries import files_of
from secretariat.meetings import actions as meetings, queries as agendas, showing
from secretariat.meetings.models import Meeting, Verdict
from tests.factories import Factory
from tests.factories.cases import paper_of
from tests.factories.cast import Cast
from tests.factories.decisions import afresh
from tests.factories.dispatch import attach, case_item, case_of, meeting_with_agenda, send_notice, send_supplement
from tests.pages import Browser
from tests.pages.statements import count_statements

BOTH = {"Sendt.txt", "Ettersendt.txt"}
ROLES = ("secretary", "hospital_secretary", "chair", "deputy_chair", "member", "hospital_member", "deputy")
SENT, REWRITTEN, UNFINISHED = "Slik det ble sendt.", "Skrevet om etterpå.", "Halvferdig tekst."


def write(cast: Cast, case: Case, proposal: str, role: str = "secretary") -> None:
    """Save the paper with this proposal and, as background, the same words again."""
    text = read_markdown(proposal)
    parts: dict[str, Any] = {name: Document.empty() for name in SECTIONS} | {"proposal": text, "background": text}
    actions.save_paper(cast.actor(role), paper_of(case), **parts)
    afresh()


@pytest.fixture
def meeting(a: Factory, cast: Cast) -> Meeting:
    """A meeting that is being prepared."""
    return meeting_with_agenda(a, cast.body)


@pytest.fixture
def case(a: Factory, cast: Cast, meeting: Meeting) -> Case:
    """A case that the contact raised, on its agenda, with a paper that has been saved once."""
    raised = {"raised_by_person_id": cast.person["contact"].id, "organisation": cast.municipality}
    found = a.case("Felles rutine", partnership=cast.partnership, state=CaseState.READY, **raised)
    write(cast, found, SENT)
    treatment = a.treatment(found, cast.body, purpose=CaseKind.DECISION)
    meetings.add_item(cast.actor("secretary"), meeting.id, treatment_id=treatment.id)
    return found


def read(cast: Cast, case: Case, role: str) -> str:
    """What this reader has before them on the page of the case; nothing when they do not see the case."""
    page = queries.case(cast.actor(role), case.id)
    return "" if page is None else " ".join(to_plain(text).strip() for _name, _heading, text in page.sections)


def attached(cast: Cast, case: Case, role: str) -> set[str]:
    """The attachments this reader has before them."""
    return {file.filename for file in files_of(cast.actor(role), Case.__tablename__, [case.id])[case.id]}


def shown(cast: Cast, meeting: Meeting, role: str) -> list[tuple[str, bool]]:
    """The proposals on the page of the meeting, and whether they are said to have been changed since."""
    page = agendas.meeting(cast.actor(role), meeting.id)
    assert page is not None
    lines = [one for one in showing.lines_of(cast.actor(role), page) if one.item.case_id]
    return [(to_plain(one.proposal).strip() if one.proposal else "", one.changed) for one in lines]


@pytest.mark.parametrize("role", ["member", "hospital_member", "observer", "chair", "deputy_chair"])
def test_members_go_on_reading_what_was_sent_while_it_is_rewritten(
    cast: Cast, case: Case, meeting: Meeting, role: str
) -> None:
    send_notice(cast.actor("secretary"), meeting)
    write(cast, case, UNFINISHED)
    assert read(cast, case, role) == f"{SENT} {SENT}"
    assert (SENT, False) in shown(cast, meeting, role)
    assert read(cast, case, "secretary") == read(cast, case, "hospital_secretary") == f"{UNFINISHED} {UNFINISHED}"
    assert (SENT, True) in shown(cast, meeting, "secretary")


def test_a_case_leads_to_the_meeting_it_comes_up_in_for_those_who_see_its_agenda(
    cast: Cast, case: Case, meeting: Meeting, browse: Browser
) -> None:
    def leads(role: str) -> bool:
        return f"/moter/{meeting.id}" in browse.as_(role).open(f"/saker/{case.id}").response.get_data(as_text=True)

    assert leads("secretary")
    assert not leads("contact")
    send_notice(cast.actor("secretary"), meeting)
    assert leads("member")


def test_a_supplement_brings_the_new_text(cast: Cast, case: Case, meeting: Meeting) -> None:
    send_notice(cast.actor("secretary"), meeting)
    write(cast, case, REWRITTEN)
    send_supplement(cast.actor("secretary"), afresh().get_one(Meeting, meeting.id))
    assert read(cast, case, "member") == f"{REWRITTEN} {REWRITTEN}"
    write(cast, case, UNFINISHED)
    assert read(cast, case, "member") == f"{REWRITTEN} {REWRITTEN}"


def test_nobody_reads_it_before_it_is_sent_but_those_who_write_it_and_make_the_agenda(cast: Cast, case: Case) -> None:
    readers = {role for role in ("secretary", "hospital_secretary", "chair", "deputy_chair") if read(cast, case, role)}
    assert readers == {"secretary", "hospital_secretary", "chair", "deputy_chair"}
    assert {read(cast, case, role) for role in ("member", "hospital_member", "observer", "deputy", "stranger")} == {""}


def test_the_chairs_read_what_is_written_only_while_the_agenda_is_made(
    cast: Cast, case: Case, meeting: Meeting
) -> None:
    write(cast, case, UNFINISHED)
    assert read(cast, case, "chair") == f"{UNFINISHED} {UNFINISHED}"
    write(cast, case, SENT)
    send_notice(cast.actor("secretary"), meeting)
    write(cast, case, UNFINISHED)
    assert read(cast, case, "chair") == f"{SENT} {SENT}"


def test_a_case_laid_before_the_chairs_is_read_as_it_is(a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body, day=date(2026, 11, 2))
    case = a.case("Ny sak", partnership=cast.partnership, organisation=cast.municipality, state=CaseState.READY)
    write(cast, case, UNFINISHED)
    given = {"treatment_id": a.treatment(case, cast.body).id, "verdict": Verdict.UP}
    meetings.consider(cast.actor("secretary"), meeting.id, **given)
    assert read(cast, case, "chair") == f"{UNFINISHED} {UNFINISHED}"


def test_whoever_raised_it_reads_what_was_handed_in_until_something_is_sent(a: Factory, cast: Cast) -> None:
    raised = {"raised_by_person_id": cast.person["contact"].id, "organisation": cast.municipality}
    case = a.case("Innmeldt", partnership=cast.partnership, state=CaseState.RAISED, **raised)
    write(cast, case, "Dette ber vi om.", role="contact")
    actions.take_in(cast.actor("secretary"), case.id)
    write(cast, case, UNFINISHED)
    for role in ("contact", "organisation_administrator"):
        assert read(cast, case, role) == "Dette ber vi om. Dette ber vi om."
    assert not session().query(CasePaper).filter(visible(cast.actor("contact"), CasePaper)).all()


def test_whoever_raised_it_reads_what_was_sent_as_well(cast: Cast, case: Case, meeting: Meeting) -> None:
    write(cast, case, REWRITTEN)
    send_notice(cast.actor("secretary"), meeting)
    write(cast, case, UNFINISHED)
    assert read(cast, case, "contact") == f"{REWRITTEN} {REWRITTEN}"


def test_a_deputy_called_in_later_reads_what_the_others_were_sent(cast: Cast, case: Case, meeting: Meeting) -> None:
    secretary = cast.actor("secretary")
    send_notice(secretary, meeting)
    write(cast, case, UNFINISHED)
    called = agendas.participants(secretary, meeting.id)
    absent = next(row for row in called if row.person_id == cast.person["member"].id)
    meetings.reply(cast.actor("member"), absent.id, reply="absent")
    meetings.call_in_deputy(secretary, absent.id, person_id=cast.person["deputy"].id)
    afresh()
    assert read(cast, case, "deputy") == f"{SENT} {SENT}"


def test_the_page_and_the_pdf_hold_no_word_of_the_draft(
    cast: Cast, case: Case, meeting: Meeting, browse: Browser
) -> None:
    member = browse.as_("member")
    send_notice(cast.actor("secretary"), meeting)
    with count_statements() as before:
        assert SENT in member.open(f"/saker/{case.id}").text
    write(cast, case, UNFINISHED)
    with count_statements() as after:
        page = member.open(f"/saker/{case.id}")
    assert SENT in page.text
    assert UNFINISHED not in page.text
    assert before.count == after.count <= 15
    assert UNFINISHED in browse.as_("secretary").open(f"/saker/{case.id}").text
    rows = browse.as_("member").open("/api/v1/case-papers").response.get_json()["items"]
    assert rows == []


def test_before_it_is_sent_the_raisers_page_says_when_the_paper_comes(a: Factory, cast: Cast, browse: Browser) -> None:
    raised = {"raised_by_person_id": cast.person["contact"].id, "organisation": cast.municipality}
    case = a.case("Uten innmeldt tekst", partnership=cast.partnership, state=CaseState.IN_PREPARATION, **raised)
    page = browse.as_("contact").open(f"/saker/{case.id}")
    assert "Saksframlegget kommer når det er sendt ut med en saksliste." in page.text
    assert "Saksframlegg som PDF" not in page.text


@pytest.mark.parametrize("role", ["member", "hospital_member", "observer", "chair", "deputy_chair", "contact"])
def test_an_attachment_added_after_the_notice_is_read_when_a_supplement_has_carried_it(
    cast: Cast, case: Case, meeting: Meeting, role: str
) -> None:
    attach(case, "Sendt.txt", b"sendt")
    send_notice(cast.actor("secretary"), meeting)
    attach(case, "Ettersendt.txt", b"ettersendt")
    assert attached(cast, case, role) == {"Sendt.txt"}
    assert attached(cast, case, "secretary") == attached(cast, case, "hospital_secretary") == BOTH
    send_supplement(cast.actor("secretary"), afresh().get_one(Meeting, meeting.id))
    assert attached(cast, case, role) == BOTH


def test_attachments_are_read_before_they_are_sent_by_those_who_write_and_make_the_agenda(
    cast: Cast, case: Case
) -> None:
    attach(case, "Sendt.txt", b"sendt", uploaded_by_id=cast.person["contact"].id)
    attach(case, "Ettersendt.txt", b"ettersendt", uploaded_by_id=cast.person["secretary"].id)
    assert {role for role in ROLES if attached(cast, case, role) == BOTH} == {
        "secretary",
        "hospital_secretary",
        "chair",
        "deputy_chair",
    }
    assert attached(cast, case, "contact") == attached(cast, case, "organisation_administrator") == {"Sendt.txt"}
    assert {role for role in ROLES if not attached(cast, case, role)} == {"member", "hospital_member", "deputy"}


def test_a_new_attachment_is_kept_from_members_on_every_way_to_it(
    cast: Cast, case: Case, meeting: Meeting, browse: Browser
) -> None:
    send_notice(cast.actor("secretary"), meeting)
    late = attach(case, "Ettersendt.txt", b"ettersendt", title="Ettersendt notat")
    member = browse.as_("member")
    for address in (f"/saker/{case.id}", f"/moter/{meeting.id}"):
        assert "Ettersendt" not in member.open(address).text, address
    assert member.open(f"/dokumenter/{late.id}").status == 404
    with member.client.get(f"/moter/{meeting.id}/sakspapirer.zip") as archive:
        assert "Ettersendt" not in str(ZipFile(BytesIO(archive.data)).namelist())
    for role in ("member", "secretary"):
        listed = session().scalars(sa.select(StoredFile.id).where(visible(cast.actor(role), StoredFile)))
        assert (late.id in set(listed)) is (role == "secretary"), "the lists of the API"
    assert "Ettersendt notat" in browse.as_("secretary").open(f"/saker/{case.id}").text


MOVES = st.lists(st.sampled_from(["attach", "take away", "supplement"]), max_size=6)


def test_members_read_the_attachments_of_the_parcels_whatever_is_added_and_taken_away(
    a: Factory, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preparing, "render", lambda paper: repr(paper).encode())
    serial = count()

    @settings(max_examples=12)
    @given(moves=MOVES)
    def holds(moves: list[str]) -> None:
        meeting = meeting_with_agenda(a, cast.body, starts=time(9, next(serial)))
        case = case_of(case_item(a, meeting, "Felles rutine"))
        kept: dict[str, StoredFile] = {}
        sent: set[str] = set()
        for number, move in enumerate(["attach", "notice", *moves]):
            _move(cast, meeting, case, kept, sent, f"{meeting.starts} {number}.txt" if move == "attach" else move)
            assert attached(cast, case, "member") == sent & set(kept)
            assert attached(cast, case, "secretary") == set(kept)

    holds()


def _move(cast: Cast, meeting: Meeting, case: Case, kept: dict[str, StoredFile], sent: set[str], move: str) -> None:
    secretary = cast.actor("secretary")
    if move.endswith(".txt"):
        kept[move] = attach(case, move, move.encode())
    elif move == "take away" and kept:
        documents.remove(secretary, kept.pop(min(kept)))
    elif move == "notice" or (move == "supplement" and set(kept) - sent):
        send = send_notice if move == "notice" else send_supplement
        send(secretary, afresh().get_one(Meeting, meeting.id))
        sent |= set(kept)
