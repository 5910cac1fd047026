"""Bytes on disk: whole, once, and what their name says."""

import hashlib
from uuid import UUID

import pytest

from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.documents import storage
from secretariat.documents.models import Blob

HERE, THERE = UUID(int=1), UUID(int=2)


@pytest.fixture(autouse=True)
def _installed(database) -> None:
    """An installation with a folder of its own."""


def test_what_is_laid_down_comes_back_byte_for_byte() -> None:
    content = bytes(range(256))
    name = storage.put(HERE, content)
    assert name == hashlib.sha256(content).hexdigest()
    assert storage.get(HERE, name) == content


def test_a_partnership_does_not_reach_the_bytes_of_another() -> None:
    name = storage.put(HERE, b"vedlegg")
    with pytest.raises(FileNotFoundError):
        storage.get(THERE, name)


def test_what_lies_there_is_never_overwritten() -> None:
    place = storage.place(HERE, storage.put(HERE, b"vedlegg"))
    before = place.stat().st_ino
    storage.put(HERE, b"vedlegg")
    storage.write_once(place, b"noe annet")
    assert (place.stat().st_ino, place.read_bytes()) == (before, b"vedlegg")
    assert [file.name for file in place.parent.iterdir()] == [place.name]


def test_bytes_that_were_changed_on_disk_are_not_given_out() -> None:
    name = storage.put(HERE, b"vedlegg")
    storage.place(HERE, name).write_bytes(b"noe annet")
    with pytest.raises(storage.Damaged):
        storage.get(HERE, name)


def test_the_same_bytes_are_one_row_per_partnership(a) -> None:
    partnership = a.partnership()
    name = storage.put(partnership.id, b"vedlegg")
    with writing("test"):
        storage.keep(partnership.id, name, 7)
        storage.keep(partnership.id, name, 7)
    assert session().query(Blob).count() == 1
