"""Raising a case: anybody who takes part, with little asked."""

import pytest
import sqlalchemy as sa

from secretariat.cases.actions import raise_case
from secretariat.cases.models import ArchiveReference, Case, CasePaper, CasePaperVersion, CaseState
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.text.plain import to_plain
from secretariat.directory.models import Partnership, Person
from tests.documents.samples import NUMBER


def the_case() -> Case:
    return session().scalars(sa.select(Case)).one()


def raised(browse, role: str = "contact", title: str = "Felles rutine", **fields: str):
    page = browse.as_(role).open("/saker/ny").fill("Tittel", title)
    for label, value in fields.items():
        page.fill(label, value)
    return page.press("Meld inn saken")


@pytest.mark.parametrize("role", ["secretary", "hospital_secretary", "member", "deputy", "contact", "observer"])
def test_everybody_who_takes_part_may_raise_a_case(browse, role: str) -> None:
    page = raised(browse, role)
    assert (page.status, page.title) == (200, "Felles rutine")
    assert the_case().state is CaseState.RAISED


def test_a_stranger_raises_cases_only_at_home(browse, cast) -> None:
    raised(browse, "stranger")
    assert the_case().partnership_id == cast.other_partnership.id


def test_nobody_outside_may_raise_a_case(browse) -> None:
    assert browse.as_("anonymous").open("/saker/ny").title == "Logg inn"


def test_the_form_tells_how_long_a_title_may_be_and_takes_what_is_pasted(browse) -> None:
    page = raised(browse, title="Felles rutine " * 15)
    assert page.status == 422
    assert "Teksten er for lang: 209 tegn. Den kan ha høyst 200." in page.text
    title = next(tag for tag in page.response.get_data(as_text=True).split("<") if 'id="title"' in tag)
    assert 'data-most="200"' in title
    assert "maxlength" not in title
    assert "Felles rutine " * 14 in title


def test_the_title_is_the_public_title_unless_another_is_given(browse) -> None:
    raised(browse)
    assert the_case().public_title == "Felles rutine"


def test_what_the_case_is_about_becomes_its_background_and_first_version(browse) -> None:
    raised(browse, **{"Hva gjelder saken?": "Rutinen fra 2019 brukes ikke lenger."})
    paper = session().scalars(sa.select(CasePaper)).one()
    assert to_plain(paper.background) == "Rutinen fra 2019 brukes ikke lenger."
    assert session().scalars(sa.select(CasePaperVersion.number)).all() == [1]


def test_a_contact_raises_for_the_own_organisation(browse, cast) -> None:
    raised(browse)
    case = the_case()
    assert (case.raised_by_organisation_id, case.raised_by_party) == (cast.municipality.id, "M")


def test_a_secretary_registers_on_behalf_of_another(browse, cast) -> None:
    raised(browse, "secretary", **{"Meldt inn av": str(cast.trust.id), "På vegne av": "Direktøren"})
    case = the_case()
    assert (case.raised_by_organisation_id, case.raised_by_party, case.on_behalf_of) == (
        cast.trust.id,
        "H",
        "Direktøren",
    )


def test_both_archives_references_are_kept_at_once(browse, cast) -> None:
    raised(browse, "secretary", **{"Arkivref. hos kommunene": "2026/77", "Arkivref. hos helseforetaket": "26/00245"})
    kept = session().execute(sa.select(ArchiveReference.organisation_id, ArchiveReference.reference)).all()
    assert dict(kept) == {cast.municipality.id: "2026/77", cast.trust.id: "26/00245"}


@pytest.mark.parametrize(
    ("label", "value", "reason"),
    [
        ("Tittel", "", "Feltet må fylles ut."),
        ("Tittel", "x" * 10_000, "Teksten er for lang"),
        ("Tittel", f"Om {NUMBER}", "fødselsnummer"),
        ("Offentlig tittel", f"Om {NUMBER}", "fødselsnummer"),
        ("På vegne av", NUMBER, "fødselsnummer"),
        ("Arkivref. hos kommunene", NUMBER, "fødselsnummer"),
        ("Hva gjelder saken?", f"Pasienten {NUMBER[:6]} {NUMBER[6:]} ventet", "fødselsnummer"),
        ("Ønsket drøftet innen", "31.2.2027", "31"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field_and_everything_typed_stays(
    browse, label: str, value: str, reason: str
) -> None:
    page = browse.as_("secretary").open("/saker/ny").fill("Tittel", "Felles rutine").fill("På vegne av", "Ordføreren")
    answer = page.fill(label, value).press("Meld inn saken")
    assert answer.status == 422
    assert reason in answer.text
    sent = answer.html.form_with_button("Meld inn saken", "")[2]
    assert sent[answer.html.field_named(label)] == value
    assert label == "På vegne av" or sent["on_behalf_of"] == "Ordføreren"
    assert session().scalar(sa.select(sa.func.count()).select_from(Case)) == 0
    assert session().scalar(sa.select(sa.func.count()).select_from(CasePaperVersion)) == 0


def test_a_body_of_another_partnership_cannot_be_wanted(browse, cast, a) -> None:
    strange = a.body(name="Fremmed utvalg", short_name="FU", partnership=cast.other_partnership)
    page = browse.as_("secretary").open("/saker/ny").fill("Tittel", "Rutine").fill("Ønsket utvalg", str(strange.id))
    assert page.press("Meld inn saken").status == 422


def test_a_secretary_may_begin_a_case_in_the_own_partys_room(browse) -> None:
    raised(browse, "secretary", **{"Hvem skal se saken?": "M"})
    assert the_case().room == "M"


def test_no_secretary_begins_a_case_in_the_other_partys_room(browse) -> None:
    page = browse.as_("hospital_secretary").open("/saker/ny").fill("Tittel", "Linje")
    assert page.fill("Hvem skal se saken?", "M").press("Meld inn saken").status == 422


def test_where_it_lies_in_an_archive_is_asked_of_the_secretariat_and_may_be_told_by_others(browse) -> None:
    def words(role: str) -> str:
        return browse.as_(role).open("/saker/ny").text

    assert words("secretary").index("Arkivref.") < words("secretary").index("Flere valg")
    assert words("contact").index("Flere valg") < words("contact").index("Arkivref.")


def test_a_case_is_written_in_the_language_of_the_partnership_unless_another_is_chosen(browse, cast) -> None:
    with writing("test") as work:
        work.get_one(Partnership, cast.partnership.id).language = "nn"
    raised(browse, "secretary")
    assert the_case().language == "nn"
    raise_case(cast.actor("contact"), cast.partnership, title="Enda en", language="se")
    written = session().scalars(sa.select(Case.language).order_by(Case.language)).all()
    assert written == ["nn", "se"]
    with pytest.raises(DomainError, match="Velg en av disse"):
        raise_case(cast.actor("contact"), cast.partnership, title="Til", language="de")


def test_a_secretary_who_belongs_nowhere_is_told_beforehand_to_say_whose_the_case_is(browse, cast) -> None:
    asked = "Meldt inn av (må fylles ut)"
    assert asked not in browse.as_("secretary").open("/saker/ny").text
    with writing("test") as work:
        work.get_one(Person, cast.person["secretary"].id).organisation_id = None
    assert asked in browse.as_("secretary").open("/saker/ny").text
