"""The demonstration keeps to its own: it is never played into a real installation, and never clears one."""

from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from secretariat import config
from secretariat.accounts.models import User
from secretariat.core.errors import DomainError
from secretariat.demo import running
from secretariat.directory.models import Partnership
from tests.factories.cast import Cast


@pytest.mark.parametrize("fresh", [False, True])
@pytest.mark.parametrize("folder_is_marked", [False, True])
def test_a_real_database_is_left_alone_whatever_folder_the_demonstration_is_started_in(
    cast: Cast, settings: config.Settings, database: sa.orm.Session, tmp_path: Path, fresh: bool, folder_is_marked: bool
) -> None:
    folder = tmp_path / "demo folder"
    folder.mkdir()
    if folder_is_marked:
        (folder / running.MARK).touch()
    before = users_and_partnerships(database)
    with pytest.raises(DomainError, match="virkelig installasjon"):
        running.prepare(replace(settings, demo=True, instance=folder), fresh=fresh)
    assert users_and_partnerships(database) == before


def users_and_partnerships(database: sa.orm.Session) -> set[str]:
    database.rollback()
    return {*database.scalars(sa.select(User.email)), *database.scalars(sa.select(Partnership.key))}
