"""The lists of the interface: the same rows as the pages, nothing more."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from secretariat.api.lists import LISTS
from secretariat.core.actions import writing
from secretariat.core.audit import seal
from tests.core import verbs
from tests.factories import Factory
from tests.factories.cast import Cast


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A program; each call says whose token it carries."""
    return app.test_client()


def get(client: FlaskClient, role: str, path: str) -> dict:  # type: ignore[type-arg]
    response = client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer token-{role}"})
    assert response.status_code == 200, response.json
    return response.json


def test_without_a_token_nothing_is_listed(client: FlaskClient) -> None:
    response = client.get("/api/v1/meetings")
    assert response.status_code == 401
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_a_stranger_sees_no_row_of_another_partnership(client: FlaskClient, a: Factory, cast: Cast, kind: str) -> None:
    meeting = a.meeting(cast.body)
    a.item(meeting)
    a.treatment(a.case())
    rows = get(client, "stranger", kind)["items"]
    foreign = str(cast.partnership.id)
    assert [row for row in rows if foreign in (row.get("partnership_id"), row["id"])] == []


def test_a_meeting_tells_its_time_with_the_offset_of_its_place(client: FlaskClient, a: Factory, cast: Cast) -> None:
    meeting = a.meeting(cast.body)
    shown = get(client, "member", f"meetings/{meeting.id}")
    assert shown["starts_at"] == "2026-09-28T09:00:00+02:00"
    assert shown["timezone"] == "Europe/Oslo"


def test_a_long_list_comes_in_stretches_that_leave_nothing_out(client: FlaskClient, cast: Cast) -> None:
    found, after = [], ""
    while True:
        stretch = get(client, "secretary", f"seats?limit=2{after}")
        found += [row["id"] for row in stretch["items"]]
        if stretch["next"] is None:
            break
        after = f"&after={stretch['next']}"
    assert sorted(found) == sorted(str(seat.id) for seat in cast.seats.values())


def test_changed_since_gives_what_was_changed_and_no_more(client: FlaskClient, cast: Cast) -> None:
    before = get(client, "secretary", "partnerships")["changed_until"]
    assert get(client, "secretary", f"partnerships?changed_since={before}")["items"] == []
    verbs.rename(cast.actor("secretary"), cast.partnership, name="Nytt navn")
    with writing("test"):
        seal()
    changed = get(client, "secretary", f"partnerships?changed_since={before}")["items"]
    assert [row["name"] for row in changed] == ["Nytt navn"]


def test_an_unknown_list_or_row_is_not_found(client: FlaskClient, cast: Cast) -> None:
    token = {"Authorization": "Bearer token-secretary"}
    assert client.get("/api/v1/nothing", headers=token).status_code == 404
    assert client.get(f"/api/v1/bodies/{cast.partnership.id}", headers=token).status_code == 404


def test_a_cursor_that_is_no_key_is_said_to_be_so(client: FlaskClient) -> None:
    response = client.get("/api/v1/bodies?after=abc", headers={"Authorization": "Bearer token-secretary"})
    assert response.status_code == 422
    assert "after" in response.json["errors"]
