"""Breaches of every promise, written past the actions, the triggers and the foreign keys, as a disk or a hand could.

Each is written in the test's own transaction, which is never committed: what had to be taken out of the way is back
afterwards. ``@breaks("ONE_NUMBER")`` over a function that takes the scene of the role table.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.accounts.models import ApiToken, Office
from secretariat.bodies.models import Appointment, Body, Capacity, Leave
from secretariat.core.access import AccessGrant
from secretariat.core.actor import Role
from secretariat.core.audit import AuditDetail
from secretariat.core.db import new_id, session
from secretariat.directory.models import Membership, Partnership, Representation
from secretariat.documents import storage
from secretariat.documents.models import Blob
from secretariat.meetings.models import AgendaItem, Meeting, Participant
from secretariat.messages.models import Mail, MailState

Scene = dict[type[Any], Any]
Breach = Callable[[Scene], None]

breaches: dict[str, list[Breach]] = {}


def breaks(id: str) -> Callable[[Breach], Breach]:
    """Name the promise that is broken; one promise may be broken in several ways."""

    def declare(breach: Breach) -> Breach:
        breaches.setdefault(id, []).append(breach)
        return breach

    return declare


# ---- the burglar's tools


def pass_the_guards() -> None:
    """Let nothing in the database refuse the rest of this transaction, but for unique keys and checks."""
    connection = session().connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql("ALTER TABLE appointment DROP CONSTRAINT ex_appointment_one_holder")
        return
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    for trigger in triggers:
        connection.exec_driver_sql(f"DROP TRIGGER {trigger}")


def drop_check(table: str, name: str) -> None:
    """Take a check out of the way."""
    connection = session().connection()
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    else:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")


def alter(row: Any, **values: Any) -> None:
    """Write over a stored row."""
    table = type(row).__table__
    session().connection().execute(sa.update(table).where(table.c.id == row.id).values(**values))


def copy(row: Any, **values: Any) -> UUID:
    """Store the row once more, with other values."""
    table = type(row).__table__
    stored = session().connection().execute(sa.select(table).where(table.c.id == row.id)).mappings().one()
    fresh = dict(stored) | {"id": new_id()} | values
    session().connection().execute(sa.insert(table).values(**fresh))
    return UUID(str(fresh["id"]))


# ---- the kernel


@breaks("TENANCY")
def a_seat_of_another_partnership(scene: Scene) -> None:
    other = session().scalar(sa.select(Partnership.id).where(Partnership.id != scene[Partnership].id))
    alter(scene[Appointment], partnership_id=other)


@breaks("TENANCY")
def a_door_into_another_partnership(scene: Scene) -> None:
    other = session().scalar(sa.select(Partnership.id).where(Partnership.id != scene[Partnership].id))
    alter(session().scalars(sa.select(AccessGrant)).first(), partnership_id=other)


@breaks("NO_IDENTITY_NUMBER")
def an_identity_number_in_a_title(scene: Scene) -> None:
    alter(scene[AgendaItem], title="Pasient 13097248022")


@breaks("NO_IDENTITY_NUMBER")
def an_identity_number_in_what_a_person_represents(scene: Scene) -> None:
    alter(scene[Participant], seats=[{"represents": "130972 48022"}])


@breaks("AUDIT_CHAIN")
def a_changed_line_of_the_log(_scene: Scene) -> None:
    entry_id = session().scalar(sa.select(AuditDetail.entry_id).order_by(AuditDetail.entry_id))
    table = AuditDetail.__table__
    forged = sa.update(table).where(table.c.entry_id == entry_id).values(changes=[{"kind": "meeting"}])
    session().connection().execute(forged)


# ---- directory, bodies, accounts


@breaks("ONE_MEMBERSHIP")
def a_member_twice(scene: Scene) -> None:
    copy(scene[Membership], starts_on=scene[Membership].starts_on + timedelta(days=40))


@breaks("REPRESENTED_ONCE")
def a_relay_twice(scene: Scene) -> None:
    copy(scene[Representation], starts_on=scene[Representation].starts_on + timedelta(days=40))


@breaks("ONE_HOLDER")
def two_holders_of_one_seat(scene: Scene) -> None:
    copy(scene[Appointment], starts_on=scene[Appointment].starts_on + timedelta(days=40))


@breaks("NOT_OWN_DEPUTY")
def a_deputy_of_oneself(scene: Scene) -> None:
    copy(scene[Appointment], capacity=Capacity.DEPUTY)


@breaks("DATES_IN_ORDER")
def a_leave_that_ends_before_it_begins(scene: Scene) -> None:
    drop_check("leave", "ck_leave_dates_in_order")
    alter(scene[Leave], ends_on=scene[Leave].starts_on - timedelta(days=1))


@breaks("NO_CYCLE")
def two_bodies_above_each_other(scene: Scene) -> None:
    one, other = new_id(), new_id()
    copy(scene[Body], id=one, parent_id=other)
    copy(scene[Body], id=other, parent_id=one)


@breaks("LAST_ADMINISTRATOR")
def no_administrator_left(_scene: Scene) -> None:
    office = session().scalars(sa.select(Office).where(Office.role == Role.ADMINISTRATOR)).one()
    alter(office, ends_on=office.starts_on)


@breaks("NO_PLAIN_SECRET")
def a_token_as_it_is(scene: Scene) -> None:
    alter(scene[ApiToken], token_hash="token-secretary")


# ---- messages, documents


@breaks("NO_LOST_MAIL")
def a_mail_nobody_sends(scene: Scene) -> None:
    copy(scene[Mail], message_id="<2@test.example>", state=MailState.SENDING)


@breaks("SAME_BYTES")
def a_mail_sent_without_its_bytes(scene: Scene) -> None:
    alter(scene[Mail], state=MailState.SENT, attempts=1, raw=None)


@breaks("SAME_BYTES")
def the_bytes_of_another_mail(scene: Scene) -> None:
    alter(scene[Mail], raw=b"Message-ID: <other@test.example>\r\n\r\nHei\r\n", attempts=1)


def _kept(scene: Scene, content: bytes) -> tuple[Blob, Any]:
    partnership_id = scene[Partnership].id
    sha256 = storage.put(partnership_id, content)
    alter(scene[Blob], sha256=sha256, size=len(content))
    return scene[Blob], storage.place(partnership_id, sha256)


@breaks("BYTES_MATCH_HASH")
def a_file_that_is_gone(scene: Scene) -> None:
    _kept(scene, b"innhold")[1].unlink()


@breaks("BYTES_MATCH_HASH")
def a_file_with_one_bit_turned(scene: Scene) -> None:
    _kept(scene, b"innhold")[1].write_bytes(b"innhole")


@breaks("BYTES_MATCH_HASH")
def a_file_of_another_size(scene: Scene) -> None:
    alter(_kept(scene, b"innhold")[0], size=8)


# ---- meetings


@breaks("ONE_NUMBER")
def a_number_the_counter_never_gave(scene: Scene) -> None:
    alter(scene[AgendaItem], year=2026, number=7)


@breaks("ONE_NUMBER")
def a_number_of_no_year(scene: Scene) -> None:
    alter(scene[AgendaItem], year=None, number=7)


@breaks("PARTYS_OWN_SERIES")
def a_joint_number_in_a_partys_series(scene: Scene) -> None:
    alter(scene[AgendaItem], year=2026, number=7, series="K")


@breaks("NO_CLASH")
def two_meetings_at_once(scene: Scene) -> None:
    session().connection().exec_driver_sql("DROP INDEX uq_meeting_body_room_start")
    copy(scene[Meeting], uid="other@test.example")


@breaks("WALL_CLOCK")
def an_instant_beside_the_clock(scene: Scene) -> None:
    alter(scene[Meeting], starts_at=scene[Meeting].starts_at - timedelta(hours=1))


@breaks("FROZEN_PARTICIPANTS")
def a_called_meeting_with_nobody_in_it(scene: Scene) -> None:
    copy(scene[Meeting], uid="other@test.example", starts_at=scene[Meeting].starts_at + timedelta(minutes=1))


@breaks("FROZEN_PARTICIPANTS")
def a_deputy_for_somebody_in_another_meeting(scene: Scene) -> None:
    elsewhere = copy(
        scene[Meeting], uid="other@test.example", starts_at=scene[Meeting].starts_at + timedelta(minutes=1)
    )
    copy(scene[Participant], meeting_id=elsewhere, deputises_for_id=scene[Participant].id)


@breaks("AGENDA_ORDER")
def two_items_at_one_place(scene: Scene) -> None:
    copy(scene[AgendaItem], treatment_id=None)


@breaks("AGENDA_ORDER")
def an_item_of_another_body(scene: Scene) -> None:
    alter(scene[AgendaItem], body_id=copy(scene[Body]))
