"""The house keeps its shape: imports run downwards, files stay small, nothing heavy at start, one truth of tables."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from secretariat.core import db, signals
from secretariat.web import migrating

ROOT = Path(__file__).parents[2]
HEAVY = ("pikepdf", "typst", "alembic", "pypdfium2", "docx", "openpyxl", "odfdo", "authlib", "obstore", "pydantic")
LONGEST_FILE = 400


def test_imports_run_downwards_only() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True) == EXIT_STATUS_SUCCESS


def test_no_file_is_too_long_to_read() -> None:
    files = [*ROOT.glob("secretariat/**/*.py"), *ROOT.glob("tests/**/*.py")]
    long = {
        str(path.relative_to(ROOT)): n for path in files if (n := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_nothing_heavy_is_loaded_before_it_is_needed(tmp_path: Path) -> None:
    program = (
        "import json, sys; from secretariat import create_app; create_app(); print(json.dumps(sorted(sys.modules)))"
    )
    environment = {"SECRETARIAT_INSTANCE": str(tmp_path), "PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", program]
    found = subprocess.run(command, env=environment, capture_output=True, check=True, text=True)
    loaded = set(json.loads(found.stdout))
    assert loaded.isdisjoint(HEAVY), f"loaded at start: {loaded & set(HEAVY)}"


def test_the_migrations_give_exactly_the_models_tables(migrated: str) -> None:
    engine = db.create_engine(migrated)
    assert migrating.is_current(engine)
    assert migrating.drift(engine) == []
    engine.dispose()


@pytest.mark.usefixtures("built")
def test_nothing_is_told_or_asked_that_no_room_listens_to() -> None:
    listed = {id(one) for one in (*signals.SIGNALS, *signals.ASKS)}
    made = {id(one) for one in vars(signals).values() if isinstance(one, signals.Signal | signals.Ask)}
    assert listed == made
    assert [signal.name for signal in signals.SIGNALS if not signal.listeners] == []
    assert [ask.name for ask in signals.ASKS if not ask.answerers] == []


def test_every_template_is_used() -> None:
    files = [*ROOT.glob("secretariat/**/*.py"), *ROOT.glob("templates/**/*.html")]
    named = "\n".join(path.read_text() for path in files)
    templates = [str(path.relative_to(ROOT / "templates")) for path in ROOT.glob("templates/**/*.html")]
    assert [name for name in templates if f'"{name}"' not in named] == []


@pytest.mark.usefixtures("cast")
def test_the_newest_migration_can_be_undone_and_done_again_with_data_in_the_tables(database_url: str) -> None:
    engine = db.create_engine(database_url)
    migrating.downgrade(engine)
    assert not migrating.is_current(engine)
    migrating.upgrade(engine)
    assert migrating.is_current(engine)
    engine.dispose()
