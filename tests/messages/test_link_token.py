"""A link's token is genuine or worth nothing, and can be kept out of logs."""

import logging
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import Flask
from hypothesis import given, strategies as st

from secretariat import config
from secretariat.core import clock
from secretariat.core.actions import writing
from secretariat.core.errors import DomainError
from secretariat.messages import links
from secretariat.messages.models import Link, LinkPurpose
from tests.factories.cast import Cast


def a_link(cast: Cast, **values: object) -> Link:
    """The member's link to answer an invitation."""
    with writing("test"):
        return links.make(LinkPurpose.REPLY, cast.person["member"].id, **values)  # type: ignore[arg-type]


def test_a_link_is_found_by_its_address_again_and_again(cast: Cast) -> None:
    link = a_link(cast)
    assert links.address(link) == links.address(link)
    assert links.address(link).startswith("http://localhost/lenke/")
    assert links.read(links.token(link)) is link
    assert links.id_in(links.token(link)) == link.id


@pytest.mark.usefixtures("app")
@given(st.text())
def test_what_was_not_made_here_opens_nothing(text: str) -> None:
    assert links.id_in(text) is None


@pytest.mark.usefixtures("app")
@given(st.integers(0, 65), st.sampled_from("ABCabc019-_.~æ"))
def test_a_token_with_any_sign_changed_opens_nothing(place: int, sign: str) -> None:
    genuine = links.token(Link(purpose=LinkPurpose.REPLY, person_id=uuid4()))
    changed = genuine[:place] + sign + genuine[place + 1 :]
    assert changed == genuine or links.id_in(changed) is None


@pytest.mark.usefixtures("app")
@given(st.integers(0, 66), st.sampled_from("~!*="))
def test_a_token_is_spelled_in_one_way_only(place: int, filling: str) -> None:
    genuine = links.token(Link(purpose=LinkPurpose.REPLY, person_id=uuid4()))
    spare = chr(ord(genuine[-1]) + 1)  # the last sign has two bits that say nothing
    assert links.id_in(genuine[:-1] + spare) is None
    assert links.id_in(genuine[:place] + filling + genuine[place:]) is None


def test_a_token_of_another_installation_opens_nothing(cast: Cast, settings: config.Settings) -> None:
    token = links.token(a_link(cast))
    config.use(config.Settings(settings.instance, settings.database_url, secret_key="another"))
    assert links.read(token) is None
    config.use(settings)


def test_a_link_with_uses_is_spent_by_them_and_reading_spends_nothing(cast: Cast) -> None:
    link = a_link(cast, uses=2)
    for _ in range(2):
        assert links.read(links.token(link)) is link
        links.spend(link)
    assert links.read(links.token(link)) is None
    with pytest.raises(DomainError, match="Lenken er brukt"):
        links.spend(link)


def test_a_link_ends_at_its_time(cast: Cast) -> None:
    link = a_link(cast, expires_at=clock.now() + timedelta(hours=1))
    assert links.read(links.token(link)) is link
    with clock.at(clock.now() + timedelta(hours=2)):
        assert links.read(links.token(link)) is None


def test_the_log_shows_which_link_and_not_what_opens_it(
    cast: Cast, app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    token = links.token(a_link(cast))
    with caplog.at_level(logging.ERROR):
        app.logger.error("Exception on %s [%s]", f"/lenke/{token}", "POST")
    head, seal = token.split(".")
    assert head in caplog.text
    assert seal not in caplog.text


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("purpose", [LinkPurpose.SIGN_IN, LinkPurpose.REPLY])
def test_every_purpose_that_comes_by_mail_has_its_page(purpose: LinkPurpose) -> None:
    assert callable(links.page_for(purpose))


def test_an_unknown_link_is_a_page_that_says_so(app: Flask) -> None:
    answer = app.test_client().get("/lenke/finnes-ikke")
    assert answer.status_code == 404
    assert "Lenken er ikke hel." in answer.text
