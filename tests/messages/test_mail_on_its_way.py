"""No mail is lost, none changes a byte on its way, and what came of it can be seen (NO_LOST_MAIL, SAME_BYTES)."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import sqlalchemy as sa

from secretariat import config
from secretariat.core import clock, outbox
from secretariat.core.actions import writing
from secretariat.core.db import session
from secretariat.core.outbox import Errand
from secretariat.directory.models import Person
from secretariat.messages import actions, sending
from secretariat.messages.models import Mail, MailState
from secretariat.web.working import Worker
from tests.factories.cast import Cast
from tests.messages.conftest import MailServer, Receiver, running, state_of

Write = Callable[..., Mail]


def work_until_idle() -> None:
    """Do everything that is due."""
    while outbox.work_once():
        pass


def test_a_mail_is_sent_with_its_own_message_id(a_mail: Write, mail_server: MailServer) -> None:
    row = a_mail()
    work_until_idle()
    assert state_of(row) == (MailState.SENT, 1)
    (raw,) = mail_server.received
    message = message_from_bytes(raw, policy=default)
    assert message["message-id"] == f"<{row.id}@localhost>"
    assert message["from"].addresses[0].addr_spec.startswith("sekretariat")


def test_while_the_mail_server_is_away_the_mail_waits_and_says_why_and_is_sent_when_it_is_back(
    a_mail: Write, port: int
) -> None:
    row = a_mail()
    work_until_idle()
    assert state_of(row) == (MailState.WAITING, 1)
    assert "E-posttjeneren" in session().scalars(sa.select(Mail.failure)).one()
    assert (session().scalars(sa.select(Errand.last_failure)).one() or "").startswith("E-posttjeneren")
    with running(MailServer(), port) as server, clock.at(clock.now() + timedelta(hours=1)):
        work_until_idle()
    assert state_of(row) == (MailState.SENT, 2)
    assert len(server.received) == 1
    assert session().scalars(sa.select(Mail.failure)).one() == ""


def test_a_mail_found_half_sent_after_a_crash_goes_out_again_byte_for_byte_and_is_counted(
    a_mail: Write, mail_server: MailServer
) -> None:
    row = a_mail(text="Du er innkalt til møte på Værnes.")
    before = sending.begin(row.id)
    assert before is not None
    assert state_of(row) == (MailState.SENDING, 1)
    with clock.at(clock.now() + timedelta(minutes=10)):
        work_until_idle()
    assert state_of(row) == (MailState.SENT, 2)
    assert mail_server.received == [before.raw]


def test_a_mail_that_was_sent_is_not_sent_again_by_an_errand_that_comes_back(
    a_mail: Write, mail_server: MailServer
) -> None:
    row = a_mail()
    work_until_idle()
    sending.send({"mail": str(row.id)})
    assert len(mail_server.received) == 1


def test_a_no_for_good_is_kept_with_its_reason_and_not_tried_again(a_mail: Write, port: int) -> None:
    with running(MailServer("550 5.1.1 User unknown"), port):
        row = a_mail()
        work_until_idle()
        assert state_of(row) == (MailState.REFUSED, 1)
        with clock.at(clock.now() + timedelta(days=1)):
            work_until_idle()
    assert state_of(row) == (MailState.REFUSED, 1)
    assert "User unknown" in session().scalars(sa.select(Mail.failure)).one()


def test_the_secretary_sends_a_refused_mail_again_to_the_new_address(a_mail: Write, port: int, cast: Cast) -> None:
    with running(MailServer("550 5.1.1 User unknown"), port):
        row = a_mail()
        work_until_idle()
    with writing("test"):
        session().get_one(Person, cast.person["member"].id).email = "ny.adresse@steinkjer.example"
    actions.send_again(cast.actor("secretary"), row.id)
    with running(MailServer(), port) as server:
        work_until_idle()
    assert state_of(row) == (MailState.SENT, 2)
    assert b"ny.adresse@steinkjer.example" in server.received[0]


def test_who_has_no_address_is_shown_as_not_reached(a_mail: Write, cast: Cast) -> None:
    row = a_mail(to=Receiver(cast.person["member"].id, email=None))
    assert state_of(row) == (MailState.REFUSED, 0)
    assert "ingen e-postadresse" in row.failure


@pytest.mark.parametrize("name", ["Kari\r\nBcc: alle@ondt.example", "Kari\n\nNytt brev", 'Kari" <ondt@ondt.example>'])
def test_nobody_smuggles_a_receiver_in_through_a_name_or_a_subject(
    a_mail: Write, cast: Cast, mail_server: MailServer, name: str
) -> None:
    a_mail(to=Receiver(cast.person["member"].id, name=name), subject=f"Møte {name}")
    work_until_idle()
    message = message_from_bytes(mail_server.received[0], policy=default)
    assert message["bcc"] is None
    assert [each.addr_spec for each in message["to"].addresses] == ["kari.nes@steinkjer.example"]


def test_an_address_that_cannot_stand_in_a_mail_is_refused_and_never_tried_for_ever(
    a_mail: Write, cast: Cast, port: int
) -> None:
    row = a_mail(to=Receiver(cast.person["member"].id, email="a@b.example\r\nBcc: c@d.example"))
    work_until_idle()
    assert state_of(row) == (MailState.REFUSED, 0)


def test_without_a_mail_server_the_mail_is_delivered_to_the_outbox_page_only(a_mail: Write) -> None:
    row = a_mail()
    work_until_idle()
    assert state_of(row) == (MailState.SENT, 1)
    assert session().scalars(sa.select(Mail.raw)).one() is not None


def test_the_administrator_hurries_what_waits_after_a_failure(a_mail: Write, port: int, cast: Cast) -> None:
    row = a_mail()
    work_until_idle()
    with running(MailServer(), port):
        assert not outbox.work_once()
        actions.hurry(cast.actor("administrator"))
        work_until_idle()
    assert state_of(row) == (MailState.SENT, 2)


def test_the_worker_seals_what_people_did_and_then_rests(a_mail: Write, cast: Cast) -> None:
    a_mail()
    actions.hurry(cast.actor("administrator"))
    worker = Worker()
    rounds = 0
    while worker.round():
        rounds += 1
    assert 1 <= rounds <= 3
    assert not worker.round()


@pytest.mark.usefixtures("app")
def test_two_workers_side_by_side_send_each_mail_once(
    a_mail: Write, mail_server: MailServer, settings: config.Settings, port: int
) -> None:
    rows = [a_mail(subject=f"Innkalling {number}") for number in range(30)]
    environment = os.environ | {
        "SECRETARIAT_INSTANCE": str(settings.instance),
        "DATABASE_URL": settings.database_url,
        "SECRETARIAT_SECRET_KEY": settings.secret_key,
        "SECRETARIAT_SMTP_HOST": "127.0.0.1",
        "SECRETARIAT_SMTP_PORT": str(port),
    }
    command = [sys.executable, "-m", "secretariat", "worker"]
    workers = [subprocess.Popen(command, env=environment) for _ in range(2)]
    try:
        patience = time.monotonic() + 60
        while len(mail_server.received) < len(rows) and time.monotonic() < patience:
            time.sleep(0.1)
        time.sleep(1)  # a second copy would come now
    finally:
        for worker in workers:
            worker.terminate()
        assert [worker.wait(20) for worker in workers] == [0, 0]
    got = Counter(message_from_bytes(raw)["message-id"] for raw in mail_server.received)
    assert got == {row.message_id: 1 for row in rows}
    assert {state_of(row) for row in rows} == {(MailState.SENT, 1)}
