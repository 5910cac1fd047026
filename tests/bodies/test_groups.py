"""Working groups and executive groups: a mandate, a last day, and the days on which they report."""

from datetime import date, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa

from secretariat.bodies.groups import actions as reports, queries as owed
from secretariat.bodies.models import Body, ReportDuty
from secretariat.bodies.structures import Level
from secretariat.core import clock, outbox
from secretariat.core.errors import Denied, DomainError
from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown
from secretariat.documents.models import StoredFile
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

START, END = date(2026, 9, 1), date(2027, 6, 30)
GROUP = Level.WORKING_GROUP.order


def group_of(cast: Cast, role: str = "secretary", **values: Any) -> UUID:
    """A working group under the cast's body."""
    given = {"name": "Legemidler ved utskriving", "short_name": "AG-LEG", "level": GROUP, "starts_on": START}
    given |= {"ends_on": END, "mandate": read_markdown("Lage en felles rutine."), "report_on": (date(2026, 12, 1), END)}
    made: UUID = reports.set_up_group(cast.actor(role), cast.body.id, **(given | values))
    return made


def first_duty(database: sa.orm.Session) -> ReportDuty:
    return database.scalars(sa.select(ReportDuty).order_by(ReportDuty.due_on)).first()  # type: ignore[return-value]


def test_a_working_group_has_a_mandate_a_last_day_and_days_on_which_it_reports(
    database: sa.orm.Session, browse: Browser, cast: Cast
) -> None:
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}/ny-gruppe")
    page.fill("Navn", "Legemidler").fill("Kortnavn", "AG-LEG").fill("Mandat", "Lage en felles rutine.")
    page.fill("Fra og med", "1.9.2026").fill("Sluttdato", "30.6.2027").fill("Rapporterer", "1.12.2026\n30.6.2027")
    page = page.press("Sett opp gruppa")
    group = database.scalars(sa.select(Body).where(Body.short_name == "AG-LEG")).one()
    assert (group.parent_id, group.level, group.ends_on) == (cast.body.id, GROUP, END)
    days = database.scalars(sa.select(ReportDuty.due_on).where(ReportDuty.body_id == group.id))
    assert sorted(days) == [date(2026, 12, 1), END]


def test_the_mandate_may_come_as_a_document(database: sa.orm.Session, browse: Browser, cast: Cast) -> None:
    group = group_of(cast)
    page = browse.as_("secretary").open(f"/utvalg/{group}/mandatdokument")
    page.press("Legg ved", files=[(BytesIO(b"Mandat for arbeidsgruppa"), "mandat.txt")])
    while outbox.work_once():
        pass
    file = database.scalars(sa.select(StoredFile).where(StoredFile.owner_id == group)).one()
    assert "mandat" in browse.as_("member").open(f"/utvalg/{group}/rapporter").text
    with browse.as_("member").client.get(f"/dokumenter/{file.id}") as response:
        assert response.data == b"Mandat for arbeidsgruppa"
    assert browse.as_("stranger").open(f"/dokumenter/{file.id}").status == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"ends_on": None}, "ends_on"),
        ({"ends_on": date(2026, 8, 31)}, "ends_on"),
        ({"mandate": Document.empty()}, "mandate"),
        ({"level": Level.POLITICAL.order}, "level"),
        ({"report_on": (date(2026, 8, 1),)}, "due_on"),
    ],
)
def test_what_does_not_make_a_group_is_refused_at_its_field(
    database: sa.orm.Session, cast: Cast, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(DomainError) as refused:
        group_of(cast, **wrong)
    assert refused.value.field == field
    assert not database.scalars(sa.select(Body).where(Body.short_name == "AG-LEG")).all()


def test_an_executive_group_is_standing(database: sa.orm.Session, cast: Cast) -> None:
    group = database.get_one(Body, group_of(cast, level=Level.EXECUTIVE.order, ends_on=None, report_on=()))
    assert (group.ends_on, group.parent_id) == (None, cast.body.id)


def test_a_date_that_does_not_exist_among_the_report_days_stays_typed(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}/ny-gruppe")
    page = page.fill("Navn", "Legemidler").fill("Rapporterer", "31.2.2027").press("Sett opp gruppa")
    assert page.status == 422
    assert "31.2.2027" in page.text


def test_who_reports_what_to_whom_by_when_is_one_list_and_overdue_is_said(browse: Browser, cast: Cast) -> None:
    group_of(cast, report_on=(date(2026, 9, 2), END))
    text = browse.as_("member").open("/utvalg/rapporter-skyldig").text
    assert "Legemidler ved utskriving" in text
    assert cast.body.name in text
    assert "5 dager over fristen" in text
    assert "Legemidler ved utskriving" not in browse.as_("stranger").open("/utvalg/rapporter-skyldig").text


def test_a_group_past_its_last_day_is_shown_as_such(browse: Browser, cast: Cast) -> None:
    group = group_of(cast, ends_on=date(2026, 9, 5), report_on=())
    assert "Sluttdatoen er passert" in browse.as_("member").open("/utvalg/rapporter-skyldig").text
    assert "Sluttdatoen er passert" in browse.as_("member").open(f"/utvalg/{group}").text


def test_a_report_is_delivered_with_a_note_and_a_file(database: sa.orm.Session, browse: Browser, cast: Cast) -> None:
    group_of(cast)
    duty = first_duty(database)
    page = browse.as_("secretary").open(f"/utvalg/rapport/{duty.id}/levert")
    page.fill("Hva gruppa rapporterer", "Rutinen er klar.")
    page.press("Lever", files=[(BytesIO(b"Rapporten"), "rapport.txt")])
    while outbox.work_once():
        pass
    text = browse.as_("member").open("/utvalg/rapporter-skyldig").text
    assert "Rutinen er klar." in text
    assert "rapport.txt" in text
    assert [report.due_on for report in owed.owed(cast.actor("member"))] == [END]


def test_a_report_says_something_and_is_not_delivered_tomorrow_or_twice(database: sa.orm.Session, cast: Cast) -> None:
    group_of(cast)
    duty, secretary = first_duty(database), cast.actor("secretary")
    for wrong, field in (
        ({}, "note"),
        ({"note": "Ferdig", "delivered_on": clock.today() + timedelta(days=1)}, "delivered_on"),
    ):
        with pytest.raises(DomainError) as refused:
            reports.deliver_report(secretary, duty.id, **wrong)
        assert refused.value.field == field
    reports.deliver_report(secretary, duty.id, note="Ferdig")
    for verb, given in ((reports.deliver_report, {"note": "Igjen"}), (reports.drop_report, {})):
        with pytest.raises(DomainError, match="er levert"):
            verb(secretary, duty.id, **given)
    reports.take_back_report(secretary, duty.id)
    reports.drop_report(secretary, duty.id)
    assert [report.due_on for report in owed.owed(secretary)] == [END]


def test_two_reports_on_one_day_are_refused(database: sa.orm.Session, cast: Cast) -> None:
    group = group_of(cast)
    with pytest.raises(DomainError) as refused:
        reports.add_report(cast.actor("secretary"), group, due_on=END)
    assert refused.value.field == "due_on"


def test_those_who_sit_in_the_group_deliver_and_others_do_not(database: sa.orm.Session, cast: Cast, a: Factory) -> None:
    group = database.get_one(Body, group_of(cast))
    a.appointment(a.seat(group), cast.person["deputy"])
    duty = first_duty(database)
    with pytest.raises(Denied):
        reports.deliver_report(cast.actor("member"), duty.id, note="Ferdig")
    reports.deliver_report(cast.actor("deputy"), duty.id, note="Ferdig")
    with pytest.raises(Denied):
        group_of(cast, "member", short_name="X")


def test_the_list_of_reports_costs_the_same_with_many_groups(browse: Browser, cast: Cast) -> None:
    secretary, costs = browse.as_("secretary"), []
    for count in (1, 6):
        for number in range(count):
            group_of(cast, name=f"Gruppe {count}-{number}", short_name=f"G{count}{number}")
        with count_statements() as statements:
            secretary.open("/utvalg/rapporter-skyldig")
        costs.append(statements.count)
    assert costs[0] == costs[1] <= 16
