"""Who reaches the papers of a meeting, in every way they can be fetched; and what nobody else may know of."""

import io
import zipfile
from datetime import timedelta

import pytest
import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.db import session
from secretariat.directory.parties import Party
from secretariat.dispatch.models import Dispatch
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.factories.dispatch import attach, case_item, case_of, meeting_with_agenda, send_notice
from tests.pages import Browser
from tests.pages.pdf import facts_of
from tests.pages.statements import count_statements

FILES = ("innkalling.pdf", "sakspapirer.zip")


def fetch(browse: Browser, role: str, address: str) -> tuple[int, bytes]:
    response = browse.as_(role).client.get(address, buffered=True)
    return response.status_code, response.data


def test_the_members_and_the_chairs_read_the_sent_notice_and_it_is_the_frozen_file(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    answers = {fetch(browse, role, f"/moter/{meeting.id}/innkalling.pdf") for role in ("member", "chair", "observer")}
    ((status, pdf),) = answers
    assert status == 200
    assert "Felles rutine for legemidler" in facts_of(pdf).text


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("role", ["stranger", "deputy", "contact", "administrator", "anonymous"])
def test_those_who_are_not_called_learn_nothing(a: Factory, cast: Cast, browse: Browser, name: str, role: str) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    assert fetch(browse, role, f"/moter/{meeting.id}/{name}")[0] == (303 if role == "anonymous" else 404)


@pytest.mark.parametrize("name", FILES)
def test_before_it_is_sent_only_the_secretariat_has_the_draft(
    a: Factory, cast: Cast, browse: Browser, name: str
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    found = {role: fetch(browse, role, f"/moter/{meeting.id}/{name}")[0] for role in ("member", "chair", "secretary")}
    assert found == {"member": 404, "chair": 404, "secretary": 200}


@pytest.mark.parametrize("name", [*FILES, "innkalling"])
def test_the_other_partys_secretary_does_not_know_of_a_partys_own_meeting(
    a: Factory, cast: Cast, browse: Browser, name: str
) -> None:
    meeting = meeting_with_agenda(a, cast.body, room=Party.M.value)
    assert fetch(browse, "hospital_secretary", f"/moter/{meeting.id}/{name}")[0] == 404
    assert fetch(browse, "secretary", f"/moter/{meeting.id}/{name}")[0] == 200
    send_notice(cast.actor("secretary"), meeting)
    assert fetch(browse, "hospital_secretary", f"/moter/{meeting.id}/{name}")[0] == 404
    assert fetch(browse, "hospital_member", f"/moter/{meeting.id}/{name}")[0] == 404


def test_the_zip_holds_the_paper_and_the_originals_under_names_every_disk_takes(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    item = case_item(a, meeting, "Årsplan")
    attach(case_of(item), 'Plan: "møre"/2026?.txt', b"en")
    attach(case_of(item), "PLAN.txt", b"to")
    attach(case_of(item), "plan.txt", b"tre")
    attach(case_of(item), "Vedlegg 7 Budsjett.txt", b"fire")
    send_notice(cast.actor("secretary"), meeting)
    _status, content = fetch(browse, "member", f"/moter/{meeting.id}/sakspapirer.zip")
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        assert opened.testzip() is None
        names = opened.namelist()
        texts = [opened.read(name) for name in names[1:]]
    assert names == [
        "Innkalling ASU 2026-09-28.pdf",
        "Sak 03-2026 vedlegg 1 Plan- -møre--2026-.txt",
        "Sak 03-2026 vedlegg 2 PLAN.txt",
        "Sak 03-2026 vedlegg 3 plan.txt",
        "Sak 03-2026 Vedlegg 7 Budsjett.txt",
    ]
    assert texts == [b"en", b"to", b"tre", b"fire"]


def test_a_member_sees_the_page_of_the_dispatch_as_little_as_who_got_what(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    assert fetch(browse, "member", f"/moter/{meeting.id}/innkalling")[0] == 403


def test_no_hash_and_no_balance_stands_on_the_page(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    text = browse.as_("secretary").open(f"/moter/{meeting.id}/innkalling").text
    assert session().scalars(sa.select(Dispatch.manifest_sha256)).one() not in text
    assert "SHA" not in text
    assert "Fra kommunene" not in text


def test_an_unchanged_notice_is_not_fetched_twice(a: Factory, cast: Cast, browse: Browser) -> None:
    meeting = meeting_with_agenda(a, cast.body)
    send_notice(cast.actor("secretary"), meeting)
    client = browse.as_("member").client
    first = client.get(f"/moter/{meeting.id}/innkalling.pdf", buffered=True)
    again = client.get(
        f"/moter/{meeting.id}/innkalling.pdf", headers={"If-None-Match": first.headers["ETag"]}, buffered=True
    )
    assert (again.status_code, again.data) == (304, b"")


def statements(browser: Browser, address: str) -> int:
    browser.open(address)
    with count_statements() as asked:
        browser.open(address)
    return asked.count


def test_the_page_asks_the_database_as_often_for_two_items_as_for_twelve(
    a: Factory, cast: Cast, browse: Browser
) -> None:
    small = meeting_with_agenda(a, cast.body)
    large = meeting_with_agenda(a, cast.body, day=clock.today() + timedelta(days=30))
    for number in range(10):
        attach(case_of(case_item(a, large, f"Sak {number}")), f"{number}.txt", str(number).encode())
    browser = browse.as_("secretary")
    addresses = [f"/moter/{meeting.id}/innkalling" for meeting in (small, large)]
    counts = [statements(browser, address) for address in addresses]
    assert counts[0] == counts[1] <= 15
    for meeting in (small, large):
        send_notice(cast.actor("secretary"), meeting)
    counts = [statements(browser, address) for address in addresses]
    assert counts[0] == counts[1] <= 15
