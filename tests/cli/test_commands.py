"""The command line works on the installation's own data, and says in a sentence what is wrong."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient

from secretariat import config, create_app
from secretariat.cli import main
from secretariat.core import clock, db
from secretariat.core.actions import registry
from secretariat.messages import links
from secretariat.web.tables import METADATA

Run = Callable[..., Result]
Pages = Callable[[], FlaskClient]


@pytest.fixture
def run(settings: config.Settings, monkeypatch: pytest.MonkeyPatch) -> Run:
    """``run("user add", "kari@steinkjer.example", ...)`` on the test's own database."""
    monkeypatch.setenv("SECRETARIAT_INSTANCE", str(settings.instance))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SECRETARIAT_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("SECRETARIAT_URL", settings.url)

    def command(words: str, *more: str) -> Result:
        return CliRunner().invoke(main, [*words.split(), *more])

    return command


@pytest.fixture
def pages(settings: config.Settings) -> Iterator[Callable[[], FlaskClient]]:
    """``pages()`` opens a browser on the same installation."""
    yield lambda: create_app(settings).test_client()
    db.engine().dispose()


@pytest.fixture
def empty(settings: config.Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The same on a database in which nothing has been set up."""
    monkeypatch.setenv("SECRETARIAT_INSTANCE", str(tmp_path / "new"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return lambda words, *more: CliRunner().invoke(main, [*words.split(), *more])


def test_a_database_of_yesterday_is_refused_with_what_to_do(empty: Run) -> None:
    for command in ("serve", "worker", "db check", "user link kari@steinkjer.example", "actions"):
        result = empty(command)
        assert result.exit_code == 1, command
        assert "secretariat db upgrade" in result.output, command


def test_a_new_installation_is_set_up_checked_and_taken_back(empty: Run) -> None:
    assert empty("db upgrade").exit_code == 0
    checked = empty("db check")
    assert (checked.exit_code, checked.output.strip()) == (0, "Databasen er slik programmet venter.")
    assert empty("db downgrade").exit_code == 0
    assert empty("db check").exit_code == 1
    assert empty("db downgrade --to base").exit_code == 0


def test_a_way_back_that_does_not_exist_is_refused_in_a_sentence(empty: Run) -> None:
    assert empty("db upgrade").exit_code == 0
    refused = empty("db downgrade --to 0099")
    assert (refused.exit_code, refused.output) == (1, "Error: Databasen kan ikke tas tilbake til «0099».\n")
    assert empty("db check").exit_code == 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://ola:hemmelig@127.0.0.1/x"),
        ("DATABASE_URL", "postgresql+psycopg2://ola:hemmelig@127.0.0.1/x"),
        ("DATABASE_URL", "hemmelig"),
        ("SECRETARIAT_CLOCK", "i går"),
        ("SECRETARIAT_SMTP_PORT", "tjuefem"),
        ("SECRETARIAT_URL", "sekretariat.kommune.example"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_it_should_hold(
    empty: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    for command in ("db upgrade", "verify", "serve"):
        refused = empty(command)
        assert refused.exit_code == 1, command
        assert refused.output.startswith(f"Error: {name} kan ikke brukes. Skriv ")
        assert "hemmelig" not in refused.output


@pytest.mark.parametrize("address", ["sqlite:////proc/x.sqlite", "postgresql://ola@127.0.0.1:1/x"])
def test_a_database_that_is_away_is_said_in_one_line(empty: Run, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("DATABASE_URL", address)
    for command in ("db upgrade", "verify", "user link kari@steinkjer.example"):
        refused = empty(command)
        assert (refused.exit_code, len(refused.output.splitlines())) == (1, 1), refused.output
        assert refused.output.startswith("Error: Databasen kan ikke brukes: ")


def test_a_file_that_is_no_database_is_said_in_one_line(
    empty: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "letter").write_text("Kjære utvalg! " * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'letter'}")
    assert empty("verify").output == "Error: Databasen kan ikke brukes: file is not a database\n"


def test_a_folder_that_cannot_be_made_is_said_in_one_line(empty: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRETARIAT_INSTANCE", "/proc/secretariat")
    refused = empty("db upgrade")
    assert (refused.exit_code, len(refused.output.splitlines())) == (1, 1)
    assert "/proc/secretariat" in refused.output


def test_the_folder_of_all_data_is_its_owners_alone(empty: Run, tmp_path: Path) -> None:
    assert empty("db upgrade").exit_code == 0
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_clock_without_a_zone_is_a_norwegian_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SECRETARIAT_INSTANCE", str(tmp_path))
    monkeypatch.setenv("SECRETARIAT_CLOCK", "2026-12-09T14:40")
    moment = config.Settings.from_environment().clock
    assert moment is not None
    assert moment.isoformat() == "2026-12-09T14:40:00+01:00"


def test_a_difference_between_database_and_program_is_named(run: Run, settings: config.Settings) -> None:
    _alter(settings, "ADD COLUMN shoe_size INTEGER")
    result = run("db check")
    _alter(settings, "DROP COLUMN shoe_size")
    assert result.exit_code == 1
    assert "shoe_size" in result.output


def _alter(settings: config.Settings, change: str) -> None:
    engine = db.create_engine(settings.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"ALTER TABLE person {change}")
    engine.dispose()


def test_the_first_administrator_signs_in_by_the_link_that_is_shown(run: Run, pages: Pages) -> None:
    added = run("user add", "ola.nes@steinkjer.example", "--name", "Ola Nes", "--role", "administrator")
    assert added.exit_code == 0, added.output
    client = pages()
    address = added.output.strip()
    page = client.get(address)
    assert "Ola Nes" in page.text
    token = page.text.split('name="csrf_token" value="')[1].split('"')[0]
    client.post(address, data={"csrf_token": token, "_key": "k"})
    for page in map(client.get, ("/admin", "/utvalg")):
        assert "Her er det ikke satt opp noe samarbeid ennå." in page.text
        assert 'href="/utvalg/ny-struktur"' in page.text


def test_a_secretary_is_added_with_partnership_party_and_organisation(run: Run) -> None:
    assert run("structure load nord-trondelag").exit_code == 0
    who = ("kari.nes@steinkjer.example", "--name", "Kari Nes", "--organisation", "Steinkjer kommune")
    missing = run("user add", *who, "--role", "secretary", "--partnership", "nord-trondelag")
    assert missing.exit_code == 1
    assert "part" in missing.output
    added = run("user add", *who, "--role", "secretary", "--partnership", "nord-trondelag", "--party", "M")
    assert added.exit_code == 0, added.output


def test_what_does_not_exist_is_named_together_with_what_does(run: Run) -> None:
    run("structure load nord-trondelag")
    wrong = run("user add", "a@b.example", "--name", "A B", "--organisation", "Storebror kommune")
    assert wrong.exit_code == 1
    assert "«Storebror kommune» finnes ikke" in wrong.output
    assert "Steinkjer kommune" in wrong.output
    assert "Ingen bruker har adressen" in run("user link", "a@b.example").output
    alone = run("user add", "a@b.example", "--name", "Ola")
    assert (alone.exit_code, "Skriv både fornavn og etternavn." in alone.output) == (2, True)


def test_where_nothing_has_been_set_up_that_is_said(run: Run) -> None:
    wrong = run("user add", "a@b.example", "--name", "A B", "--partnership", "nord")
    assert "«nord» finnes ikke. Disse finnes: ingen ennå" in wrong.output
    missing = run("user add", "a@b.example", "--name", "A B", "--role", "secretary")
    assert missing.output == "Error: partnership: Velg hvilket helsefellesskap rollen gjelder.\n"


def test_a_structure_is_loaded_in_nynorsk_when_that_is_asked_for(run: Run) -> None:
    loaded = run("structure load more-og-romsdal-2021 --language nn")
    assert loaded.output.startswith("Kommunane i Møre og Romsdal")


def test_loading_a_structure_twice_is_once(run: Run, database_url: str) -> None:
    assert run("structure load nord-trondelag").output.strip() == "Kommunene og Helse Nord-Trøndelag HF er satt opp."
    before = contents(database_url)
    again = run("structure load nord-trondelag")
    assert again.exit_code == 0
    assert "satt opp fra før. Ingenting er endret." in again.output
    assert contents(database_url) == before


def contents(url: str) -> dict[str, int]:
    """How many rows each table holds."""
    engine = db.create_engine(url)
    with engine.connect() as connection:
        counts = {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
            for table in METADATA.sorted_tables
        }
    engine.dispose()
    assert counts["body"] > 0
    return counts


def test_the_seven_structures_are_named(run: Run) -> None:
    assert len(run("structure list").output.strip().splitlines()) == 7


def test_a_token_from_the_command_line_opens_the_users_pages(run: Run, pages: Pages) -> None:
    run("user add", "ola.nes@steinkjer.example", "--name", "Ola Nes")
    token = run("user token", "ola.nes@steinkjer.example").output.strip()
    client = pages()
    assert "Ola Nes" in client.get("/min-side", headers={"Authorization": f"Bearer {token}"}).text


def test_a_link_from_the_command_line_lasts_half_an_hour(run: Run, pages: Pages) -> None:
    run("user add", "ola.nes@steinkjer.example", "--name", "Ola Nes")
    token = run("user link", "ola.nes@steinkjer.example").output.strip().rsplit("/", 1)[1]
    pages()
    with db.connected():
        link = links.read(token)
        assert link is not None
        assert link.expires_at is not None
        assert 25 * 60 < (link.expires_at - clock.now()).total_seconds() <= 30 * 60


def test_every_verb_of_the_registry_is_listed(run: Run, app: Flask) -> None:
    listed = json.loads(run("actions --json").output)
    assert [verb["name"] for verb in listed] == sorted(registry)
    assert all(verb["says"] for verb in listed)
    table = run("actions").output
    assert all(name in table for name in registry)
