"""One scene for all roles: setting it takes longer than looking at it."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from secretariat import config, create_app
from secretariat.core import clock, db
from tests import postgres
from tests.conftest import MONDAY
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.leaks.scene import Scene


@dataclass
class House:
    """The application with the scene in it."""

    app: Flask
    cast: Cast
    scene: Scene


@pytest.fixture(scope="module")
def house(backend: str, migrated: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house of this module's own."""
    folder: Path = tmp_path_factory.mktemp("leaks")
    url = migrated
    if backend == "sqlite":
        url = f"sqlite:///{shutil.copy(migrated.removeprefix('sqlite:///'), folder / 'leaks.sqlite')}"
    settings = config.Settings(instance=folder, database_url=url, secret_key="only for tests", url="http://localhost")
    with clock.at(MONDAY):
        app = create_app(settings)
        app.testing = True
        with db.connected():
            cast = Cast.enter(Factory())
            yield House(app, cast, Scene(cast).set())
        db.engine().dispose()
    if backend == "postgres":
        postgres.empty(migrated)
