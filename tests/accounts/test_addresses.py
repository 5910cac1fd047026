"""The administrator changes the address somebody signs in with: the old one opens nothing more, and is told."""

import pytest
import sqlalchemy as sa

from secretariat.accounts import actions
from secretariat.accounts.addresses import change_address
from secretariat.accounts.colleagues import change_colleague
from secretariat.accounts.models import SignIn, User
from secretariat.core.actions import writing
from secretariat.core.actor import Actor
from secretariat.core.audit import AuditEntry
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.directory.models import Person
from secretariat.messages import links
from secretariat.messages.models import Link, LinkPurpose, Mail
from tests.accounts.conftest import user_of
from tests.factories.cast import Cast
from tests.pages import Browser

NEW = "nytt.navn@verdal.example"


def change(cast: Cast, role: str = "member", email: str = NEW) -> None:
    change_address(cast.actor("administrator"), user_of(cast, role), email=email)
    session().rollback()


def test_a_sign_in_link_goes_to_the_new_address_and_no_longer_to_the_old(cast: Cast) -> None:
    old = user_of(cast, "member").email
    change(cast)
    told = _mails()
    for email in (old, NEW):
        actions.ask_for_link(Actor.system("test"), email=email)
    session().rollback()
    assert _mails()[len(told) :] == [NEW]


def _mails() -> list[str]:
    return list(session().scalars(sa.select(Mail.to_address).order_by(Mail.id)))


def test_both_addresses_are_told_and_the_old_one_does_not_learn_the_new(cast: Cast) -> None:
    old = user_of(cast, "member").email
    change(cast)
    letters = {mail.to_address: mail for mail in session().scalars(sa.select(Mail))}
    assert letters.keys() == {old, NEW}
    assert NEW not in letters[old].text + letters[old].html
    assert "logger ikke inn lenger" in letters[old].text
    assert "logger du inn med denne adressen" in letters[NEW].html


def test_signed_in_browsers_are_signed_out(cast: Cast, browse: Browser) -> None:
    member = browse.as_("member")
    assert member.open("/min-side").status == 200
    change(cast)
    assert session().scalars(sa.select(SignIn.id).where(SignIn.ended_at.is_(None))).all() == []
    assert member.open("/min-side").title == "Logg inn"


def test_links_that_were_mailed_open_nothing_more_but_the_calendar_goes_on(cast: Cast) -> None:
    with writing("test"):
        mailed = [links.make(p, cast.person["member"].id) for p in LinkPurpose if p is not LinkPurpose.SUBSCRIPTION]
        calendar = links.make(LinkPurpose.SUBSCRIPTION, cast.person["member"].id)
        others = links.make(LinkPurpose.REPLY, cast.person["chair"].id)
        ids = [link.id for link in mailed], {calendar.id, others.id}
    change(cast)
    open_links = set(session().scalars(sa.select(Link.id).where(Link.revoked_at.is_(None))))
    assert open_links == ids[1]


def test_papers_follow_to_the_new_address_only_if_they_went_to_the_old(cast: Cast) -> None:
    change(cast)
    assert session().get_one(Person, cast.person["member"].id, populate_existing=True).email == NEW
    with writing("test"):
        session().get_one(Person, cast.person["chair"].id).email = "post@steinkjer.example"
    change(cast, "chair", "leder@steinkjer.example")
    assert session().get_one(Person, cast.person["chair"].id, populate_existing=True).email == "post@steinkjer.example"


def test_it_is_audited(cast: Cast) -> None:
    change(cast)
    entry = session().scalars(sa.select(AuditEntry).where(AuditEntry.action == "accounts.change_address")).one()
    assert entry.subject_id == user_of(cast, "member").id


def test_an_address_somebody_else_has_is_refused_and_nothing_is_closed(cast: Cast, browse: Browser) -> None:
    member = browse.as_("member")
    member.open("/min-side")
    person_id = cast.person["member"].id
    page = browse.as_("administrator").open(f"/admin/brukere/{person_id}/adresse")
    for taken in (user_of(cast, "chair").email, user_of(cast, "chair").email.upper()):
        refused = page.fill("Ny e-postadresse", taken).press("Endre adressen")
        assert refused.status == 422
        assert "En annen bruker har alt denne e-postadressen." in refused.text
    assert browse.as_("member").open("/min-side").status == 200
    session().rollback()
    assert _mails() == []


@pytest.mark.parametrize("wrong", ["", "ikke en adresse", "bjørg@verdal.example", "member"])
def test_what_cannot_be_mailed_to_is_refused(cast: Cast, wrong: str) -> None:
    with pytest.raises(DomainError) as refused:
        change(cast, email=wrong)
    assert refused.value.field == "email"


def test_the_same_address_again_changes_nothing(cast: Cast) -> None:
    with pytest.raises(DomainError, match="logger alt inn med"):
        change(cast, email=user_of(cast, "member").email)


def test_an_address_kept_on_somebody_without_a_user_is_theirs(cast: Cast) -> None:
    with writing("test"):
        session().add(Person(given_name="Uten", family_name="Bruker", email=NEW))
    with pytest.raises(DomainError, match="En annen person"):
        change(cast)


@pytest.mark.parametrize("role", ["secretary", "chair", "contact", "organisation_administrator", "archivist"])
def test_only_the_administrator_changes_it(cast: Cast, role: str) -> None:
    with pytest.raises((Denied, NotFound)):
        change_address(cast.actor(role), user_of(cast, "member"), email=NEW)


def test_the_administrator_finds_the_way_from_the_users_page(cast: Cast, browse: Browser) -> None:
    page = browse.as_("administrator").open(f"/admin/brukere/{cast.person['member'].id}").follow("Endre adressen")
    done = page.fill("Ny e-postadresse", NEW).press("Endre adressen")
    assert NEW in done.text
    assert "Begge adressene får beskjed" in done.text
    session().rollback()
    assert session().scalar(sa.select(User.email).where(User.person_id == cast.person["member"].id)) == NEW


def test_a_new_address_from_ones_own_organisation_closes_the_old_one_as_well(cast: Cast, browse: Browser) -> None:
    contact, old = browse.as_("contact"), user_of(cast, "contact").email
    contact.open("/min-side")
    given = {"given_name": "Contact", "family_name": "Testesen", "email": NEW}
    change_colleague(cast.actor("organisation_administrator"), cast.person["contact"].id, **given)
    session().rollback()
    assert contact.open("/min-side").title == "Logg inn"
    assert set(_mails()) == {NEW, old}
