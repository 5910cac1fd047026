"""Programs that send nonsense are told so in problem details, and nothing is stored."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

from secretariat.core.db import session
from secretariat.meetings.models import Meeting
from tests.factories.cast import Cast

SECRETARY = {"Authorization": "Bearer token-secretary"}
TIME = {"day": "2027-02-03", "starts": "09:00", "ends": "10:00"}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("day", "2027-02-31"),
        ("day", "0001-01-01"),
        ("day", {}),
        ("starts", "25:00"),
        ("fold", 7),
        ("fold", 99999999999999999999),
        ("timezone", "Mars/Olympus"),
        ("timezone", "../../etc/passwd"),
        ("title", "x" * 201),
        ("title", 5),
        ("ukjent", 1),
    ],
)
def test_a_value_that_cannot_be_is_refused_at_its_field(app: Flask, cast: Cast, field: str, value: Any) -> None:
    body = {"subject": str(cast.body.id)} | TIME | {field: value}
    response = app.test_client().post("/api/v1/actions/meetings.plan", json=body, headers=SECRETARY)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert response.json is not None
    assert list(response.json["errors"]) == [field]
    assert session().scalar(sa.select(sa.func.count()).select_from(Meeting)) == 0


@pytest.mark.parametrize("content", [b"", b"x", b"[]", b'{"a":', b"[" * 100_000, b'"tekst"', b"\xff"])
def test_what_is_no_object_is_refused(app: Flask, cast: Cast, content: bytes) -> None:
    headers = SECRETARY | {"Content-Type": "application/json"}
    response = app.test_client().post("/api/v1/actions/cases.raise", data=content, headers=headers)
    assert (response.status_code, response.mimetype) == (422, "application/problem+json")
    assert response.json is not None
    assert response.json["title"] == "Innholdet må være et JSON-objekt."
