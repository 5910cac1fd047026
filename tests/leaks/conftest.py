"""One scene for all roles: setting it takes longer than looking at it."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

from secretariat import config
from secretariat.core import clock, db
from secretariat.documents.rendering import render
from tests import postgres
from tests.conftest import MONDAY
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.leaks.scene import Scene

Typeset = Callable[[Mapping[str, bytes]], bytes]


@dataclass
class House:
    """The application with the scene in it."""

    app: Flask
    cast: Cast
    scene: Scene


@pytest.fixture(scope="module")
def house(
    backend: str, migrated: str, engine: sa.Engine, built: Flask, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    """A house of this module's own. What is printed alike for several is printed once."""
    folder: Path = tmp_path_factory.mktemp("leaks")
    url = migrated
    if backend == "sqlite":
        url = f"sqlite:///{shutil.copy(migrated.removeprefix('sqlite:///'), folder / 'leaks.sqlite')}"
    settings = config.Settings(instance=folder, database_url=url, secret_key="only for tests", url="http://localhost")
    config.use(settings)
    db.bind(engine)
    with clock.at(MONDAY), pytest.MonkeyPatch.context() as patch, db.connected():
        patch.setattr(render, "_typeset", _once(render._typeset))
        cast = Cast.enter(Factory())
        yield House(built, cast, Scene(cast).set())
    engine.dispose()
    if backend == "postgres":
        postgres.empty(migrated)


def _once(typeset: Typeset) -> Typeset:
    """The typesetter, which is asked once for each paper: the same one always gives the same bytes."""
    printed: dict[frozenset[tuple[str, bytes]], bytes] = {}

    def typeset_once(sources: Mapping[str, bytes]) -> bytes:
        paper = frozenset(sources.items())
        if paper not in printed:
            printed[paper] = typeset(sources)
        return printed[paper]

    return typeset_once
