"""Verbs over the interface: the same rules and sentences as behind the pages."""

from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from secretariat.core import db
from secretariat.core.actions import registry
from secretariat.directory.models import Partnership
from tests.core import verbs
from tests.factories.cast import Cast


@pytest.fixture
def client(app: Flask, cast: Cast) -> FlaskClient:
    """A program."""
    return app.test_client()


def post(client: FlaskClient, role: str, verb: str, body: Any, **headers: str) -> Any:
    return client.post(
        f"/api/v1/actions/{verb}", json=body, headers={"Authorization": f"Bearer token-{role}"} | headers
    )


def test_a_verb_is_carried_out_for_the_tokens_owner(client: FlaskClient, cast: Cast) -> None:
    body = {"subject": str(cast.partnership.id), "name": "Nytt navn"}
    response = post(client, "secretary", verbs.rename.name, body)
    assert (response.status_code, response.json) == (200, {"id": str(cast.partnership.id)})


@pytest.mark.parametrize(("role", "status"), [("member", 403), ("stranger", 404), ("nobody", 401)])
def test_a_verb_is_refused_as_on_the_pages(client: FlaskClient, cast: Cast, role: str, status: int) -> None:
    body = {"subject": str(cast.partnership.id), "name": "Kapret"}
    assert post(client, role, verbs.rename.name, body).status_code == status


def test_the_reason_stands_at_its_field(client: FlaskClient, cast: Cast) -> None:
    body = {"subject": str(cast.partnership.id), "name": ""}
    response = post(client, "secretary", verbs.rename.name, body)
    assert response.status_code == 422
    assert response.json["errors"]["name"] == ["Feltet må fylles ut."]


def test_a_misspelt_field_is_refused_not_lost(client: FlaskClient, cast: Cast) -> None:
    body = {"subject": str(cast.partnership.id), "name": "Nytt", "nmae": "Feil"}
    assert "nmae" in post(client, "secretary", verbs.rename.name, body).json["errors"]


def test_what_is_no_json_object_is_refused(client: FlaskClient) -> None:
    assert post(client, "secretary", verbs.rename.name, ["no"]).status_code == 422


def test_the_same_key_twice_is_once(client: FlaskClient, cast: Cast) -> None:
    body = {"subject": str(cast.partnership.id), "name": "Første"}
    post(client, "secretary", verbs.rename.name, body, **{"Idempotency-Key": "k1"})
    again = post(client, "secretary", verbs.rename.name, body | {"name": "Andre"}, **{"Idempotency-Key": "k1"})
    assert again.status_code == 200
    with db.connected() as session:
        name = session.scalar(sa.select(Partnership.name).where(Partnership.id == cast.partnership.id))
    assert name == "Første"


def test_every_verb_of_the_registry_is_described(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    assert {f"/api/v1/actions/{name}" for name in registry} <= set(described["paths"])
    references = {r.removeprefix("#/components/schemas/") for r in _references(described)}
    assert references <= set(described["components"]["schemas"])


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
        return own + [found for value in node.values() for found in _references(value)]
    return [found for value in node for found in _references(value)] if isinstance(node, list) else []


def test_a_program_without_a_token_is_told_so(client: FlaskClient, cast: Cast) -> None:
    answer = client.post(f"/api/v1/actions/{verbs.rename.name}", json={"subject": str(cast.partnership.id)})

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"


def test_a_time_of_day_with_a_zone_is_asked_for_as_the_clock_on_the_wall_shows_it(
    client: FlaskClient, cast: Cast
) -> None:
    body = {"subject": str(cast.body.id), "day": "2026-10-01", "starts": "09:00+02:00", "ends": "12:00"}
    answer = post(client, "secretary", "meetings.plan", body)

    assert answer.status_code == 422
    assert "uten tidssone" in answer.get_data(as_text=True)
