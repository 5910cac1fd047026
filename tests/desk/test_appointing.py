"""A round of appointing stands on the desks of those it waits for."""

from datetime import time, timedelta

from secretariat.core import clock
from secretariat.core.dates import instant
from secretariat.desk.concerns import concerns
from secretariat.desk.deadlines import Due, DueKind
from tests.factories.appointing import DEADLINE, answer, asked, keep, later, letters_of, sent
from tests.factories.cast import Cast
from tests.pages import Browser


def of_kind(cast: Cast, role: str, kind: DueKind) -> list[Due]:
    return [due for due in concerns(cast.actor(role)).dues if due.kind is kind]


def test_who_answers_for_a_nominating_body_finds_its_letter_among_the_deadlines(cast: Cast) -> None:
    letters = letters_of(sent(cast))
    mine = {letter.id for letter in letters.values() if letter.contact_id == cast.person["contact"].id}
    due = of_kind(cast, "contact", DueKind.NAME)
    assert {one.subject_id for one in due} == mine != set()
    assert {one.day for one in due} == {DEADLINE}


def test_an_answered_letter_leaves_the_desk(cast: Cast) -> None:
    letter = next(one for one in letters_of(sent(cast)).values() if one.contact_id == cast.person["contact"].id)
    before = of_kind(cast, "contact", DueKind.NAME)
    answer(cast.actor("contact"), letter, *map(keep, asked(letter)))
    assert len(of_kind(cast, "contact", DueKind.NAME)) == len(before) - 1


def test_a_letter_answered_in_part_stays_on_the_desk(cast: Cast) -> None:
    letter = next(one for one in letters_of(sent(cast)).values() if one.contact_id == cast.person["contact"].id)
    first, *rest = asked(letter)
    answer(cast.actor("contact"), letter, keep(first))
    assert rest
    assert letter.id in {one.subject_id for one in of_kind(cast, "contact", DueKind.NAME)}


def test_a_round_leaves_the_desk_when_all_is_said_and_comes_back_for_names_to_come_when_the_deadline_is_past(
    cast: Cast,
) -> None:
    campaign = sent(cast)
    for letter in letters_of(campaign).values():
        assert [one.subject_id for one in of_kind(cast, "secretary", DueKind.ROUND)] == [campaign.id]
        answer(cast.actor("secretary"), letter, *map(later, asked(letter)))
    assert of_kind(cast, "secretary", DueKind.ROUND) == []
    with clock.at(instant(DEADLINE + timedelta(days=1), time(9))):
        assert [one.subject_id for one in of_kind(cast, "secretary", DueKind.ROUND)] == [campaign.id]


def test_both_secretaries_see_a_round_that_somebody_has_not_answered(cast: Cast) -> None:
    campaign = sent(cast)
    for role in ("secretary", "hospital_secretary"):
        assert [one.subject_id for one in of_kind(cast, role, DueKind.ROUND)] == [campaign.id]
    assert of_kind(cast, "member", DueKind.ROUND) == []


def test_the_lines_lead_to_where_one_answers(cast: Cast, browse: Browser) -> None:
    sent(cast)
    page = browse.as_("contact").open("/").follow("Oppnevn representanter")
    assert page.status == 200
