"""A mail's bytes: the same each time, whole for every reader, and closed to anyone who would write in its head."""

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from email.utils import parseaddr

import pytest
from hypothesis import given, strategies as st

from secretariat.messages.envelope import Envelope, build, one_line

PLAIN = Envelope(
    message_id="<0190f1c2.1@sekretariat.example>",
    from_name="Sekretariatet for samarbeidet",
    from_address="sekretariat@sekretariat.example",
    to_name="Åse Nordmann",
    to_address="ase.nordmann@steinkjer.example",
    subject="Innkalling: møte i strategisk samarbeidsutvalg 13. juli 2027 på rådhuset i Steinkjer",
    text="Hei, Åse\n\nDu er kalt inn til møte.\n",
    date=datetime(2027, 1, 4, 8, tzinfo=UTC),
)
CALENDAR = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nSUMMARY:Møte\r\nEND:VCALENDAR\r\n".encode()
CALLED_IN = replace(PLAIN, html="<p>Hei, Åse</p>\n", calendar=("REQUEST", CALENDAR))
any_text = st.text(st.characters(), max_size=300)


def read(envelope: Envelope) -> EmailMessage:
    message = message_from_bytes(build(envelope), policy=default)
    assert isinstance(message, EmailMessage)
    assert not [part.defects for part in message.walk() if part.defects]
    return message


def heading(envelope: Envelope, name: str) -> str:
    """A header as readers show it (the newer parser of Python puts blanks into long names)."""
    return message_from_bytes(build(envelope))[name].replace("\r\n", "")


def shown(text: str) -> str:
    return str(make_header(decode_header(text)))


def test_the_same_envelope_is_the_same_mail_byte_for_byte() -> None:
    assert build(CALLED_IN) == build(replace(CALLED_IN))
    assert build(CALLED_IN) != build(replace(CALLED_IN, message_id="<0190f1c2.2@sekretariat.example>"))


def test_a_plain_mail_says_who_what_and_when() -> None:
    message = read(PLAIN)
    assert message["from"] == "Sekretariatet for samarbeidet <sekretariat@sekretariat.example>"
    assert message["to"] == "Åse Nordmann <ase.nordmann@steinkjer.example>"
    assert message["subject"] == PLAIN.subject
    assert message["message-id"] == PLAIN.message_id
    assert message["date"].datetime == PLAIN.date
    assert message.get_content().splitlines() == PLAIN.text.splitlines()


def test_no_machine_answers_our_mail_with_an_absence_note() -> None:
    message = read(PLAIN)
    assert message["auto-submitted"] == "auto-generated"
    assert message["x-auto-response-suppress"] == "OOF, AutoReply"


def test_an_invitation_is_the_last_alternative_and_a_file_as_well() -> None:
    message = read(CALLED_IN)
    alternatives, attachment = message.iter_parts()
    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_content_type() for part in alternatives.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    assert attachment.get_content_type() == "application/ics"
    assert attachment.get_filename() == "invite.ics"


def test_the_method_stands_in_the_type_of_the_part_as_inside_it() -> None:
    (calendar,) = (part for part in read(CALLED_IN).walk() if part.get_content_type() == "text/calendar")
    assert calendar.get_param("method") == "REQUEST"
    assert calendar.get_param("component") == "VEVENT"
    assert calendar.get_content_charset() == "utf-8"


def test_both_copies_of_the_invitation_are_the_same_object() -> None:
    copies = [
        part.get_payload(decode=True)
        for part in read(CALLED_IN).walk()
        if part.get_content_type() in ("text/calendar", "application/ics")
    ]
    assert copies == [CALENDAR, CALENDAR]


def test_an_invitation_without_html_still_travels_as_an_alternative() -> None:
    alternatives, _ = read(replace(CALLED_IN, html=None)).iter_parts()
    assert [part.get_content_type() for part in alternatives.iter_parts()] == ["text/plain", "text/calendar"]


def test_long_links_and_threads_stand_unbroken_in_the_head() -> None:
    link = "<https://sekretariat.example/avmelding/" + "a" * 300 + ">"
    thread = " ".join(f"<0190f1c2.{n}@sekretariat.example>" for n in range(8))
    raw = build(
        replace(PLAIN, headers={"List-Unsubscribe": link, "References": thread, "List-Id": "<ssu.sekretariat.example>"})
    )
    assert f"\r\nList-Unsubscribe: {link}\r\n".encode() in raw
    assert f"\r\nReferences: {thread}\r\n".encode() in raw
    assert b"\r\nList-Id: <ssu.sekretariat.example>\r\n" in raw


@pytest.mark.parametrize("break_", ["\r\n", "\n", "\r", "\x85", "\u2028", "\x00", "\v"])
def test_a_line_break_in_a_title_or_a_name_starts_no_header(break_: str) -> None:
    evil = f"Møte{break_}Bcc: eve@utenfor.example"
    message = read(replace(PLAIN, subject=evil, from_name=evil, to_name=evil))
    assert message["bcc"] is None
    assert message["subject"] == "Møte Bcc: eve@utenfor.example"
    assert message["to"].addresses[0].addr_spec == PLAIN.to_address
    assert len(message["to"].addresses) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"to_address": "kari@steinkjer.example\r\nBcc: eve@utenfor.example"},
        {"to_address": "kari@steinkjer.example, eve@utenfor.example"},
        {"to_address": "kari"},
        {"to_address": "kari@steinkjer.example>,<eve@utenfor.example"},
        {"from_address": "kåre@steinkjer.example"},
        {"message_id": "0190f1c2"},
        {"message_id": "<a@b>\r\nBcc: <eve@utenfor.example>"},
        {"headers": {"List-Id": "<a.example>\r\nBcc: eve@utenfor.example"}},
        {"headers": {"List-Id: <a.example>\r\nBcc": "eve@utenfor.example"}},
        {"headers": {"bcc": "eve@utenfor.example"}},
        {"headers": {"Content-Type": "text/html"}},
        {"headers": {"List-Id": "a" * 1000}},
        {"date": datetime(2027, 1, 4, 8)},
    ],
)
def test_what_would_change_who_gets_the_mail_or_what_it_is_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"head of a mail|own header|too long|zone"):
        replace(PLAIN, **change)


@given(any_text)
def test_any_subject_reads_as_it_was_written_on_one_line(subject: str) -> None:
    envelope = replace(PLAIN, subject=subject)
    assert shown(heading(envelope, "subject")) == one_line(subject)
    assert read(envelope)["to"].addresses[0].addr_spec == PLAIN.to_address


@given(any_text)
def test_any_name_reads_as_it_was_written_and_never_touches_the_address(name: str) -> None:
    written, address = parseaddr(heading(replace(PLAIN, to_name=name), "to"))
    assert shown(written) == one_line(name)
    assert address == PLAIN.to_address


@given(any_text, any_text)
def test_any_text_comes_through_and_no_line_is_too_long_for_a_mail_server(text: str, html: str) -> None:
    envelope = replace(CALLED_IN, text=text, html=html)
    raw = build(envelope)
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert b"\r" not in raw.replace(b"\r\n", b"")
    assert raw.isascii()
    plain = read(envelope).get_body(("plain",))
    assert plain is not None
    written = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    assert plain.get_payload(decode=True).replace(b"\r\n", b"\n").rstrip(b"\n") == written.rstrip(b"\n")
