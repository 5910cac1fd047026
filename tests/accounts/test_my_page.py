"""My page: language and notifications, password, browsers, tokens for programs."""

import pytest
import sqlalchemy as sa
from markupsafe import escape

from secretariat.accounts import actions
from secretariat.accounts.models import ApiToken, SignIn, User
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.directory.models import Notification, Person
from tests.accounts.conftest import PASSWORD
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements


def test_one_chooses_language_and_how_much_mail_one_gets(browse: Browser) -> None:
    member = browse.as_("member")
    page = (
        member.open("/min-side").fill("Språk", "en").fill("Nyheter på e-post", "weekly").fill("Telefon", "900 00 000")
    )
    assert page.press("Lagre").html.root.get("lang") == "en"
    session().rollback()
    stored = sa.select(Person.notification, Person.phone).where(Person.language == "en")
    assert session().execute(stored).one() == (Notification.WEEKLY, "900 00 000")


def test_a_language_nobody_speaks_is_refused_and_what_was_typed_stays(browse: Browser) -> None:
    page = browse.as_("member").open("/min-side").fill("Språk", "de").fill("Telefon", "123").press("Lagre")
    assert page.status == 422
    assert 'value="123"' in page.response.text


@pytest.mark.parametrize("phone", ["ring meg", "123", "+47 <b>", "9" * 16])
def test_what_is_no_telephone_number_is_refused_at_its_field_and_stays(browse: Browser, phone: str) -> None:
    page = browse.as_("member").open("/min-side").fill("Telefon", phone).press("Lagre")
    assert page.status == 422
    assert "Skriv telefonnummeret med sifre" in page.text
    assert f'value="{escape(phone)}"' in page.response.text


@pytest.mark.parametrize("phone", ["", "90000000", "900 00 000", "+47 900 00 000", "(0047) 900-00-000"])
def test_a_telephone_number_is_kept_as_it_was_written(browse: Browser, phone: str) -> None:
    page = browse.as_("member").open("/min-side").fill("Telefon", phone).press("Lagre")
    assert "Opplysningene er lagret." in page.text
    assert f'value="{phone}"' in page.response.text


def test_the_hash_of_a_secret_is_not_taken_for_a_persons_identity_number(cast: Cast) -> None:
    """One hash in four thousand holds eleven digits that could be one."""
    user_id = session().scalar(sa.select(User.id).where(User.person_id == cast.person["member"].id))
    assert actions.open_sign_in(Actor.system("browser"), user_id, token_hash=f"{'a' * 53}17054026641")
    assert actions.make_token(Actor.system("test"), user_id, name="Kalender", token_hash=f"{'b' * 53}17054026641")


def test_who_has_no_password_makes_one_and_signs_in_with_it(browse: Browser) -> None:
    contact = browse.as_("contact")
    page = contact.open("/min-side").follow("Lag et passord").fill("Nytt passord", PASSWORD).press("Lagre passordet")
    assert "Passordet er endret" in page.text
    email = browse.cast.person["contact"].email
    browse.open("/logg-inn").fill("E-post", email).fill("Passord", PASSWORD).press("Logg inn")
    assert "Contact Testesen" in browse.open("/min-side").text


def test_a_new_password_signs_all_other_browsers_out_and_keeps_this_one(browse: Browser, user: User) -> None:
    at_home, stolen = browse.as_("member"), browse.as_("member")
    page = (
        at_home.open("/min-side/passord")
        .fill("Passordet du har nå", PASSWORD)
        .fill("Nytt passord", "nytt og ganske langt")
    )
    assert page.press("Lagre passordet").title == "Min side"
    assert at_home.open("/min-side").title == "Min side"
    assert stolen.open("/min-side").title == "Logg inn"


def test_the_old_password_must_be_known(browse: Browser, user: User) -> None:
    page = browse.as_("member").open("/min-side/passord")
    page = page.fill("Passordet du har nå", "gal").fill("Nytt passord", "nytt og ganske langt").press("Lagre passordet")
    assert page.status == 422
    assert "Passordet du har nå, er ikke riktig." in page.text


def test_a_password_is_long_and_not_ones_own_address(browse: Browser) -> None:
    page = browse.as_("member").open("/min-side/passord")
    assert "minst 12 tegn" in page.fill("Nytt passord", "kort").press("Lagre passordet").text
    own = (browse.cast.person["member"].email or "").split("@")[0]
    assert "e-postadressen din" in page.fill("Nytt passord", f"{own} {own}").press("Lagre passordet").text


def test_a_token_is_shown_once_works_for_programs_and_can_be_ended(browse: Browser) -> None:
    member = browse.as_("member")
    page = member.open("/min-side/programtilgang").fill("Hva skal den brukes til?", "Kalender").press("Lag nøkkel")
    (secret,) = ["".join(pre.itertext()) for pre in page.html.all("pre")]
    header = {"Authorization": f"Bearer {secret}"}
    assert browse.client.get("/min-side", headers=header).status_code == 200
    shown = member.open("/min-side")
    assert "Kalender" in shown.text
    assert secret not in shown.response.text
    session().rollback()
    token_id = session().scalars(sa.select(ApiToken.id).where(ApiToken.name == "Kalender")).one()
    member.send("post", f"/min-side/programtilgang/{token_id}/slutt", shown.html.form_with_button("Lagre", "")[2])
    assert browse.client.get("/min-side", headers=header).status_code == 303


def test_nobody_ends_another_persons_browser_or_token(browse: Browser) -> None:
    browse.as_("chair")
    session().rollback()
    sign_in_id = session().scalars(sa.select(SignIn.id)).one()
    token_id = session().scalars(sa.select(ApiToken.id).order_by(ApiToken.id)).first()
    member = browse.as_("stranger")
    keys = member.open("/min-side").html.form_with_button("Lagre", "")[2]
    assert member.send("post", f"/min-side/nettlesere/{sign_in_id}/slutt", keys).status == 404
    assert member.send("post", f"/min-side/programtilgang/{token_id}/slutt", keys).status == 404


def test_my_page_costs_the_same_with_one_browser_and_with_twenty(browse: Browser) -> None:
    member = browse.as_("member")
    with count_statements() as with_one:
        member.open("/min-side")
    others = [browse.as_("member") for _ in range(20)]
    with count_statements() as with_many:
        member.open("/min-side")
    assert with_one.count == with_many.count <= 15
    assert len(others) == 20


def test_only_what_is_written_has_its_length_counted_not_what_is_chosen(browse: Browser) -> None:
    page = browse.as_("member").open("/min-side")
    assert [field.get("id") for field in page.html.all("select") if field.get("data-most")] == []
    assert [field.get("id") for field in page.html.all("input") if field.get("data-most")]
