"""Breaches of what is promised of people: files read in, people registered twice, people who are to be forgotten."""

from secretariat.core import clock
from secretariat.core.db import session
from secretariat.directory.models import ImportBatch, Person, PersonMerge
from tests.core.breaches import Scene, alter, breaks


@breaks("IMPORT_ONCE")
def a_file_that_was_carried_out_keeps_its_rows(scene: Scene) -> None:
    alter(scene[ImportBatch], carried_out_at=clock.now(), rows=[{"number": 2, "given_name": "Kari"}])


@breaks("MERGED_ONCE")
def somebody_is_read_as_one_who_is_read_as_a_third(scene: Scene) -> None:
    merge = scene[PersonMerge]
    table = PersonMerge.__table__
    further = {"id": scene[ImportBatch].id, "person_id": merge.into_id, "into_id": scene[ImportBatch].read_by_id}
    session().connection().execute(table.insert().values(further | {"created_at": clock.now()}))


@breaks("FORGOTTEN_PERSON")
def an_anonymised_person_keeps_an_address(scene: Scene) -> None:
    alter(scene[Person], anonymised_at=clock.now())


@breaks("FORGOTTEN_PERSON")
def an_anonymised_person_keeps_a_name(scene: Scene) -> None:
    emptied = {"email": None, "phone": "", "title": "", "organisation_id": None}
    alter(scene[Person], anonymised_at=clock.now(), **emptied)
