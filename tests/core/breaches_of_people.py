"""Breaches of what is promised of people: files read in, people registered twice, people who are to be forgotten."""

from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock
from secretariat.core.db import new_id, session
from secretariat.directory.models import ImportBatch, Notification, Partnership, Person, PersonMerge
from secretariat.messages.kinds import LetterKind
from secretariat.messages.models import GatheredNews, Mail
from tests.core.breaches import Scene, alter, breaks, copy


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


def _news_for(scene: Scene, person_id: UUID) -> None:
    values = {"partnership_id": scene[Partnership].id, "person_id": person_id, "kind": LetterKind.MINUTES.value}
    about = {"id": new_id(), "created_at": clock.now(), "subject_kind": "dispatch", "subject_id": new_id()}
    session().connection().execute(sa.insert(GatheredNews.__table__).values(**values, **about))


@breaks("NEWS_AS_WANTED")
def something_waits_that_nobody_will_tell(scene: Scene) -> None:
    _news_for(scene, scene[Person].id)


@breaks("NEWS_AS_WANTED")
def something_waits_for_one_who_wants_no_news(scene: Scene) -> None:
    alter(scene[Person], notification=Notification.NEVER)
    _news_for(scene, scene[Person].id)


@breaks("ONE_LETTER_A_WEEK")
def the_news_of_a_week_were_sent_twice(scene: Scene) -> None:
    alter(scene[Mail], kind=LetterKind.WEEKLY_NEWS.value)
    copy(scene[Mail], kind=LetterKind.WEEKLY_NEWS.value, message_id="<2@test.example>")
