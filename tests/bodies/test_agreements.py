"""The overall agreement and its numbered parts: kept per partnership, tied to bodies and to cases."""

from datetime import date

import pytest
import sqlalchemy as sa

from secretariat.bodies.agreements import actions as agreements, queries
from secretariat.bodies.models import Agreement, AgreementKind, BodyAgreement
from secretariat.cases.agreements import concern_agreements, concerned
from secretariat.core.errors import Denied, DomainError
from secretariat.directory.models import Partnership
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

START = date(2026, 1, 1)


def registered(cast: Cast, number: str = "5", title: str = "Utskriving", **values: object) -> object:
    """An agreement of the cast's partnership."""
    given = {"number": number, "title": title, "starts_on": START} | values
    return agreements.add_agreement(cast.actor("secretary"), cast.partnership.id, **given)


def test_an_agreement_is_listed_with_those_who_work_under_it(browse: Browser, cast: Cast) -> None:
    number_ten, five = registered(cast, "10", "Forebygging"), registered(cast)
    overall = registered(cast, "0", "Overordnet samarbeidsavtale", kind=AgreementKind.OVERALL)
    agreements.work_under(cast.actor("hospital_secretary"), cast.body.id, agreement_ids=(five, overall))
    rows = queries.agreements(cast.actor("member"), cast.partnership.id)
    assert [row.id for row in rows] == [overall, five, number_ten]
    text = browse.as_("member").open(f"/utvalg/avtaler/{cast.partnership.id}").text
    assert "5 Utskriving" in text
    assert cast.body.name in text
    assert "Registrer avtale" not in text


def test_a_number_is_given_to_one_agreement_only(cast: Cast) -> None:
    registered(cast)
    with pytest.raises(DomainError) as refused:
        registered(cast, title="En annen")
    assert refused.value.field == "number"
    other = registered(cast, "6")
    with pytest.raises(DomainError) as refused:
        agreements.change_agreement(cast.actor("secretary"), other, number="5", title="Seks", starts_on=START)
    assert refused.value.field == "number"


def test_an_agreement_does_not_end_before_it_begins(cast: Cast) -> None:
    with pytest.raises(DomainError) as refused:
        registered(cast, ends_on=date(2025, 12, 31))
    assert refused.value.field == "ends_on"


def test_the_way_back_is_called_what_it_leads_to(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/utvalg/avtaler/{cast.partnership.id}/ny")
    assert page.follow("Avtaler").title == "Avtaler"
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}/avtaler")
    assert page.follow(cast.body.name).title.startswith(cast.body.name)


def test_refused_input_stays_in_the_form(browse: Browser, cast: Cast) -> None:
    registered(cast)
    page = browse.as_("secretary").open(f"/utvalg/avtaler/{cast.partnership.id}/ny")
    page.fill("Nummer", "5").fill("Tittel", "Noe annet").fill("Gjelder fra og med", "1.1.2027")
    page = page.press("Lagre")
    assert page.status == 422
    assert "Det er alt en avtale med dette nummeret." in page.text
    assert "Noe annet" in [e.get("value") for e in page.html.all("input")]


def test_an_agreement_that_has_ended_says_so_and_is_no_longer_offered(browse: Browser, cast: Cast) -> None:
    registered(cast, ends_on=date(2026, 6, 30))
    secretary = browse.as_("secretary")
    assert "utløpt" in secretary.open(f"/utvalg/avtaler/{cast.partnership.id}").text
    assert "5 Utskriving" not in secretary.open(f"/utvalg/{cast.body.id}/avtaler").text


def test_a_body_works_under_those_that_are_named_and_no_others(
    database: sa.orm.Session, browse: Browser, cast: Cast
) -> None:
    five, six = registered(cast), registered(cast, "6", "Kunnskap")
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}/avtaler")
    assert "Avtale 5: Utskriving" in page.press("Lagre", agreement_ids=[str(five)]).text
    database.rollback()
    agreements.work_under(cast.actor("secretary"), cast.body.id, agreement_ids=(six,))
    links = database.scalars(sa.select(BodyAgreement.agreement_id).where(BodyAgreement.body_id == cast.body.id))
    assert list(links) == [six] != [five]


def test_an_agreement_of_another_partnership_is_not_there(cast: Cast, a: Factory) -> None:
    stranger = Agreement(partnership_id=a.partnership().id, number="1", title="Fremmed", starts_on=START)
    a._store(stranger)
    for verb, subject in (
        (agreements.work_under, cast.body.id),
        (concern_agreements, a.case(partnership=cast.partnership).id),
    ):
        with pytest.raises(DomainError) as refused:
            verb(cast.actor("secretary"), subject, agreement_ids=(stranger.id,))
        assert refused.value.field == "agreement_ids"


def test_a_case_says_which_agreements_it_concerns(
    database: sa.orm.Session, browse: Browser, cast: Cast, a: Factory
) -> None:
    five = registered(cast)
    case = a.case(partnership=cast.partnership, organisation=cast.municipality)
    page = browse.as_("secretary").open(f"/saker/{case.id}/avtaler")
    page = page.press("Lagre", agreement_ids=[str(five)])
    assert "5 Utskriving" in page.text
    database.rollback()
    assert [one.number for one in concerned(cast.actor("hospital_secretary"), [case.id])] == ["5"]
    concern_agreements(cast.actor("secretary"), case.id, agreement_ids=())
    assert not concerned(cast.actor("secretary"), [case.id])


def test_only_the_secretaries_keep_agreements(browse: Browser, cast: Cast) -> None:
    agreement = registered(cast)
    with pytest.raises(Denied):
        agreements.add_agreement(
            cast.actor("member"), cast.partnership.id, number="9", title="Min egen", starts_on=START
        )
    assert browse.as_("member").open(f"/utvalg/avtale/{agreement}").status == 403
    assert browse.as_("stranger").open(f"/utvalg/avtale/{agreement}").status == 404


def test_the_list_costs_the_same_with_many_agreements(browse: Browser, cast: Cast) -> None:
    secretary, address, costs = browse.as_("secretary"), f"/utvalg/avtaler/{cast.partnership.id}", []
    for numbers in (range(1, 3), range(3, 20)):
        ids = tuple(registered(cast, str(number)) for number in numbers)
        agreements.work_under(cast.actor("secretary"), cast.body.id, agreement_ids=ids)
        with count_statements() as statements:
            secretary.open(address)
        costs.append(statements.count)
    assert costs[0] == costs[1] <= 16


def test_what_was_typed_wrong_when_the_partnership_was_set_up_is_corrected_by_either_secretary(
    browse: Browser, cast: Cast
) -> None:
    secretary = browse.as_("hospital_secretary")
    page = secretary.open(f"/utvalg/avtaler/{cast.partnership.id}").follow("Rediger Om samarbeidet")
    page.fill("Navn på samarbeidet", "Helsefellesskapet på Stedet").fill("Sekretariatets e-post", "feil")
    assert "Dette er ikke en gyldig e-postadresse." in page.press("Lagre").text
    done = page.fill("Sekretariatets e-post", "Samhandling@stedet.example").press("Lagre")
    assert "Helsefellesskapet på Stedet" in done.text
    assert "samhandling@stedet.example" in done.text


def test_what_is_said_of_the_agreement_alone_leaves_name_and_address(cast: Cast, database: sa.orm.Session) -> None:
    before = (cast.partnership.name, cast.partnership.secretariat_email)
    agreements.describe_partnership(cast.actor("secretary"), cast.partnership, about="Avtalen gjelder fra 2022.")
    found = database.get_one(Partnership, cast.partnership.id)
    assert (found.name, found.secretariat_email, found.about) == (*before, "Avtalen gjelder fra 2022.")
