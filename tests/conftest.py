"""What every test stands on: a migrated database (SQLite, and a real PostgreSQL), the application, the factories, the
pages.
"""

import gc
import os
import shutil
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, settings as hypothesis_settings
from playwright.sync_api import Browser as Chromium, sync_playwright
from xdist.scheduler import LoadScopeScheduling

from secretariat import config, create_app
from secretariat.core import clock, db
from secretariat.web import migrating
from tests import postgres
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser

hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")

SECRET = "only for tests"
MONDAY = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
BACKENDS = {"sqlite": ["sqlite"], "postgres": ["postgres"], "both": ["sqlite", "postgres"]}


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--database`` chooses on which databases the tests run."""
    parser.addoption("--database", choices=sorted(BACKENDS), default="sqlite")
    parser.addoption("--write-role-table", action="store_true", help="the rules have changed on purpose")


def pytest_configure(config: pytest.Config) -> None:
    """Start one PostgreSQL for all of this run's processes."""
    wanted = "postgres" in BACKENDS[config.getoption("--database")]
    if wanted and not hasattr(config, "workerinput") and "SECRETARIAT_TEST_POSTGRES" not in os.environ:
        cluster = postgres.start()
        os.environ["SECRETARIAT_TEST_POSTGRES"] = cluster.url
        config.add_cleanup(cluster.stop)


class Spread(LoadScopeScheduling):
    """Tests go where there is room; those that open pages share one demonstration, so one process runs them all.

    (Groups marked for xdist are lost with pytest 9.2: pytest-xdist issue 1386.)
    """

    def _split_scope(self, nodeid: str) -> str:
        return "browser" if nodeid.startswith("tests/browser/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Spread:
    """How the tests are spread over processes."""
    return Spread(config, log)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that touches a database runs on each chosen one."""
    if "backend" in metafunc.fixturenames:
        metafunc.parametrize("backend", BACKENDS[metafunc.config.getoption("--database")], scope="session")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is true of PostgreSQL alone is asked there and nowhere else: on SQLite there is no such test to skip."""
    elsewhere = [item for item in items if item.get_closest_marker("postgres") and "sqlite" in _parameters(item)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]


def _parameters(item: pytest.Item) -> Collection[Any]:
    return item.callspec.params.values() if isinstance(item, pytest.Function) else ()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Chromium]:
    """Debian's Chromium, one for all tests of a process; each takes contexts of its own.

    Without it these tests are skipped, but never where everything must run.
    """
    program = shutil.which("chromium")
    if program is None and os.environ.get("CI") != "true":
        pytest.skip("Chromium is not installed.")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program or "chromium is missing", args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def migrated(backend: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database on which the real migrations have been run."""
    if backend == "sqlite":
        url = f"sqlite:///{tmp_path_factory.mktemp('template')}/template.sqlite"
    else:
        server = os.environ["SECRETARIAT_TEST_POSTGRES"]
        name = f"test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            connection.execute(f"CREATE DATABASE {name}")
        url = server.rsplit("/", 1)[0] + f"/{name}"
    engine = db.create_engine(url)
    migrating.upgrade(engine)
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def engine(migrated: str) -> Iterator[sa.Engine]:
    """One engine for all tests of a process: what it has worked out of statements serves the next test too."""
    engine = db.create_engine(migrated)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "do_connect", _connect_to_own_file)
    yield engine
    engine.dispose()


def _connect_to_own_file(_dialect: Any, _record: Any, where: list[Any], _how: Any) -> None:
    """On SQLite each test has a file of its own."""
    where[0] = sa.make_url(config.settings().database_url).database


@pytest.fixture(scope="session")
def sweep(backend: str, migrated: str) -> Iterator[Callable[[], None] | None]:
    """What empties the one PostgreSQL database after each test."""
    if backend == "sqlite":
        yield None
        return
    with postgres.sweeping(migrated) as sweep:
        yield sweep


@pytest.fixture
def database_url(migrated: str, sweep: Callable[[], None] | None, tmp_path: Path) -> Iterator[str]:
    """An empty, migrated database for one test."""
    if sweep is None:
        place = tmp_path / "secretariat.sqlite"
        shutil.copy(migrated.removeprefix("sqlite:///"), place)
        yield f"sqlite:///{place}"
        return
    yield migrated
    sweep()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> config.Settings:
    """Settings of an installation that lives in a temporary folder."""
    return config.Settings(instance=tmp_path, database_url=database_url, secret_key=SECRET, url="http://localhost")


@pytest.fixture
def now() -> Iterator[datetime]:
    """The tests' today is a Monday in September: no test depends on the day it runs."""
    with clock.at(MONDAY):
        yield MONDAY


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, put together once for all tests of this process; as in a server, what it stands on is not
    searched for litter again and again.
    """
    folder = tmp_path_factory.mktemp("instance")
    app = create_app(config.Settings(instance=folder, database_url="sqlite://", secret_key=SECRET))
    app.testing = True
    gc.collect()
    gc.freeze()
    return app


@pytest.fixture
def app(built: Flask, engine: sa.Engine, settings: config.Settings, now: datetime) -> Iterator[Flask]:
    """The whole application, on this test's own data."""
    config.use(settings)
    db.bind(engine)
    yield built
    if engine.dialect.name == "sqlite":
        engine.dispose()


@pytest.fixture
def database(app: Flask) -> Iterator[sa.orm.Session]:
    """A session for tests that call actions and queries directly."""
    with db.connected() as session:
        yield session


@pytest.fixture
def a(database: sa.orm.Session) -> Factory:
    """The factory: ``a.body(...)``, ``a.person(...)``, ``a.meeting(...)``."""
    return Factory()


@pytest.fixture
def cast(a: Factory) -> Cast:
    """The fixed cast: one partnership with everybody in it, and a stranger from another."""
    with a.together():
        return Cast.enter(a)


@pytest.fixture
def browse(app: Flask, cast: Cast) -> Browser:
    """Open pages as one of the cast; each page is checked as it opens."""
    return Browser(app, cast)
