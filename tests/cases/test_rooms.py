"""A party's own room, another partnership, and what is not checked: nobody learns of it on any way."""

from uuid import uuid4

import pytest
import sqlalchemy as sa

from secretariat.cases import actions, queries
from secretariat.cases.models import CaseState, Treatment
from secretariat.core.access import grant
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.core.text.markdown import read_markdown
from secretariat.documents.models import StoredFile
from tests.factories.cases import attached, checked, paper_of
from tests.factories.dispatch import case_item, case_of, meeting_with_agenda, send_notice

PAGES = ("", "/saksframlegg", "/saksframlegg/versjoner", "/saksframlegg.pdf", "/vedlegg", "/saksgang", "/rediger")


@pytest.fixture
def line(cast):
    """What the municipalities prepare alone."""
    values = {"organisation": cast.municipality, "partnership": cast.partnership, "state": CaseState.IN_PREPARATION}
    return cast.factory.case("Kommunenes linje", room="M", **values)


def the_file() -> StoredFile:
    session().rollback()
    return session().scalars(sa.select(StoredFile)).one()


@pytest.mark.parametrize("role", ["hospital_secretary", "hospital_member", "administrator", "archivist", "stranger"])
def test_a_case_in_a_partys_room_does_not_exist_for_others(browse, cast, line, role: str) -> None:
    attached(cast.actor("secretary"), line)
    checked()
    reader = browse.as_(role)
    for page in PAGES:
        assert reader.open(f"/saker/{line.id}{page}").status == 404
    assert reader.open(f"/dokumenter/{the_file().id}").status == 404
    if role in ("hospital_secretary", "hospital_member"):
        assert "Kommunenes linje" not in reader.open("/saker").text
        assert "Kommunenes linje" not in reader.open("/saker?q=linje").text
    actor = cast.actor(role)
    assert queries.cases(actor).total == 0
    with pytest.raises((NotFound, Denied)):
        actions.take_in(actor, line.id)


def test_the_partys_own_secretary_works_with_it(browse, line) -> None:
    page = browse.as_("secretary").open(f"/saker/{line.id}")
    assert "Bare egen part" in page.text


def test_a_case_in_a_partys_room_does_not_go_to_a_common_body_before_it_is_released(cast, line) -> None:
    secretary = cast.actor("secretary")
    with pytest.raises(DomainError):
        actions.add_treatment(secretary, line.id, body_id=cast.body.id)
    actions.release(secretary, line.id)
    actions.add_treatment(secretary, line.id, body_id=cast.body.id)


def test_a_released_case_shows_its_newest_text_but_not_the_partys_drafts(browse, cast, line) -> None:
    secretary = cast.actor("secretary")
    texts = dict.fromkeys(("background", "facts", "assessment", "user_involvement", "consequences"), read_markdown(""))
    actions.save_paper(secretary, paper_of(line), proposal=read_markdown("Vår innerste linje"), **texts)
    actions.save_paper(secretary, paper_of(line), proposal=read_markdown("Felles forslag"), **texts)
    browse.as_("secretary").open(f"/saker/{line.id}").press("Frigi til fellesrommet")
    hospital = browse.as_("hospital_secretary")
    assert "Felles forslag" in hospital.open(f"/saker/{line.id}").text
    for page in ("", "?versjon=1", "?versjon=2"):
        assert "innerste" not in hospital.open(f"/saker/{line.id}/saksframlegg/versjoner{page}").text
    assert len(queries.versions(cast.actor("hospital_secretary"), paper_of(line).id)) == 1
    assert len(queries.versions(secretary, paper_of(line).id)) == 3


def test_what_was_done_in_the_partys_room_is_not_told_after_the_release(browse, cast, line) -> None:
    actions.step_back(cast.actor("secretary"), line.id)
    actions.release(cast.actor("secretary"), line.id)
    page = browse.as_("hospital_secretary").open(f"/saker/{line.id}")
    assert "frigitt til fellesrommet" in page.text
    assert "steg tilbake" not in page.html.text.split("Hva har skjedd")[1].split("Versjoner")[0]


def test_a_step_before_a_partys_own_body_is_not_told_to_the_other_party(browse, cast, a) -> None:
    own = a.body(name="Kommunenes formøte", short_name="Formøte", partnership=cast.partnership, room="M")
    case = a.case(organisation=cast.municipality, partnership=cast.partnership)
    actions.add_treatment(cast.actor("secretary"), case.id, body_id=own.id)
    assert "Formøte" in browse.as_("secretary").open(f"/saker/{case.id}").text
    hospital = browse.as_("hospital_secretary")
    assert "Formøte" not in hospital.open(f"/saker/{case.id}").text
    assert "formøte" not in hospital.open(f"/saker/{case.id}/saksgang").text.lower()
    step = session().scalars(sa.select(Treatment)).one()
    assert hospital.send("post", f"/saker/ledd/{step.id}/fjern", {}).status in (400, 404)
    with pytest.raises(NotFound):
        actions.remove_treatment(cast.actor("hospital_secretary"), step.id)


@pytest.mark.parametrize("role", ["secretary", "hospital_secretary", "member", "contact"])
def test_a_case_of_another_partnership_does_not_exist(browse, cast, a, role: str) -> None:
    strange = a.case("Fremmed sak", partnership=cast.other_partnership)
    reader = browse.as_(role)
    for page in PAGES:
        assert reader.open(f"/saker/{strange.id}{page}").status == 404
    assert reader.open(f"/saker/{uuid4()}").status == 404
    assert "Fremmed sak" not in reader.open("/saker").text


def test_no_id_of_another_partnership_gets_into_a_case(cast, a) -> None:
    body = a.body(name="Fremmed utvalg", short_name="FU", partnership=cast.other_partnership)
    case = a.case(organisation=cast.municipality, partnership=cast.partnership)
    secretary = cast.actor("secretary")
    stranger = cast.person["stranger"]
    for verb, values in (
        (actions.add_treatment, {"body_id": body.id}),
        (actions.edit, {"title": "T", "wanted_body_id": body.id}),
        (actions.edit, {"title": "T", "responsible_id": stranger.id}),
        (actions.set_archive_reference, {"organisation_id": stranger.organisation_id, "reference": "1/26"}),
    ):
        with pytest.raises(DomainError):
            verb(secretary, case.id, **values)


def test_a_member_sees_a_case_and_its_files_when_they_are_checked_and_sent(browse, cast, a) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    case = case_of(case_item(a, meeting, "Tall for året"))
    member = browse.as_("member")
    assert member.open(f"/saker/{case.id}").status == 404
    with writing("test"):
        grant(case, because="agenda", start=cast.actor("member").today, body_id=cast.body.id)
    attached(cast.actor("secretary"), case, "Tallgrunnlag.txt")
    assert "Tallgrunnlag" not in member.open(f"/saker/{case.id}").text
    checked()
    assert "Tallgrunnlag" not in member.open(f"/saker/{case.id}").text
    assert member.open(f"/dokumenter/{the_file().id}").status == 404
    send_notice(cast.actor("secretary"), meeting)
    assert "Tallgrunnlag" in member.open(f"/saker/{case.id}").text
    with member.client.get(f"/dokumenter/{the_file().id}") as answer:
        assert answer.data == b"Tall for 2026"
