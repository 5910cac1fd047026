"""Whom the sign-in page offers a visitor to be: the demonstration's people there, nobody anywhere else."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from secretariat import config
from secretariat.web.demonstration import ROLES, visitors


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(config, "settings", lambda: replace(_demo, instance=tmp_path))
    return tmp_path


_demo = config.Settings(instance=Path(), database_url="sqlite://", secret_key="k", demo=True)


def test_everybody_in_the_demonstration_is_offered_with_name_and_password(installation: Path) -> None:
    people = {role: {"name": role, "email": f"{role}@steinkjer.example", "password": "p"} for role in ROLES}
    (installation / "demo").write_text(json.dumps(people))
    assert [one.email for one in visitors()] == [f"{role}@steinkjer.example" for role in ROLES]


def test_a_demonstration_being_played_offers_nobody_yet(installation: Path) -> None:
    (installation / "demo").touch()
    assert visitors() == []


def test_a_real_installation_offers_nobody(installation: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (installation / "demo").write_text(json.dumps({"chair": {"name": "a", "email": "b", "password": "c"}}))
    monkeypatch.setattr(config, "settings", lambda: replace(_demo, instance=installation, demo=False))
    assert visitors() == []
