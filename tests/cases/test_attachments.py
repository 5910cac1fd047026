"""Attachments: a form of their own, refused at once when that is plain to see, given out as downloads only."""

from io import BytesIO

import pytest
import sqlalchemy as sa

from secretariat.cases import actions
from secretariat.cases.models import CaseState
from secretariat.core import outbox
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError
from secretariat.documents import actions as documents, kinds, storage
from secretariat.documents.models import FileState, StoredFile
from secretariat.documents.uploads import receive
from tests.documents import samples
from tests.factories.cases import attached, checked


@pytest.fixture
def case(cast):
    values = {"organisation": cast.municipality, "partnership": cast.partnership, "state": CaseState.IN_PREPARATION}
    return cast.factory.case(**values)


def stored() -> list[StoredFile]:
    session().rollback()
    session().expire_all()
    return list(session().scalars(sa.select(StoredFile).order_by(StoredFile.position)))


def sent(browse, case, *files: tuple[str, bytes], role: str = "secretary"):
    page = browse.as_(role).open(f"/saker/{case.id}/vedlegg")
    return page.press("Last opp", files=[(BytesIO(content), name) for name, content in files])


def test_several_files_come_in_at_once_in_their_order_and_are_checked_by_the_worker(browse, case) -> None:
    page = sent(browse, case, ("Saksframlegg Ås.docx", samples.docx("Tekst")), ("čálli.txt", b"Tall"))
    assert "Filene kontrolleres" in page.text
    assert [(file.filename, file.state) for file in stored()] == [
        ("Saksframlegg Ås.docx", FileState.RECEIVED),
        ("čálli.txt", FileState.RECEIVED),
    ]
    checked()
    assert {file.state for file in stored()} == {FileState.CHECKED}


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.exe", b"MZ", "tas ikke imot"),
        ("a.txt", b"", "Filen er tom"),
        ("a.pdf", b"PK\x03\x04", "annen type enn filnavnet sier"),
        (f"{samples.NUMBER}.txt", b"tekst", "fødselsnummer"),
    ],
)
def test_a_file_that_cannot_come_in_is_refused_beside_the_field(
    browse, case, name: str, content: bytes, reason: str
) -> None:
    page = sent(browse, case, ("god.txt", b"tekst"), (name, content))
    assert page.status == 422
    assert reason in page.text
    assert "Ingen av filene ble lastet opp." in page.text
    assert stored() == []


def test_a_file_that_is_too_large_is_refused_with_its_size_limit(browse, case, monkeypatch) -> None:
    monkeypatch.setattr(kinds, "LARGEST", 10)
    page = sent(browse, case, ("a.txt", b"x" * 11))
    assert page.status == 422
    assert "høyst 50 MB" in page.text


def test_a_request_that_is_too_large_is_answered_in_words(browse, case, app, monkeypatch) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    page = sent(browse, case, ("a.txt", b"x" * 5000))
    assert page.status == 413
    assert "høyst 50 MB" in page.text


def test_choosing_no_file_is_said(browse, case) -> None:
    page = browse.as_("secretary").open(f"/saker/{case.id}/vedlegg").press("Last opp")
    assert page.status == 422
    assert "Velg minst én fil" in page.text


def test_an_identity_number_inside_stops_the_file_and_a_secretary_clears_a_false_hit_with_a_reason(
    browse, case, cast
) -> None:
    attached(cast.actor("secretary"), case, "Tall.docx", samples.docx(samples.NUMBER))
    checked()
    secretary = browse.as_("secretary")
    page = secretary.open(f"/saker/{case.id}/vedlegg")
    assert "Stoppet" in page.text
    assert "gyldig fødselsnummer" in page.text
    clear = page.follow("Godkjenn: Tall")
    assert clear.press("Godkjenn filen").status == 422
    assert clear.fill("Begrunnelse", "Det er et journalnummer.").press("Godkjenn filen").title == "Vedlegg"
    (file,) = stored()
    assert (file.state, file.cleared_because) == (FileState.CHECKED, "Det er et journalnummer.")


def test_only_a_false_hit_can_be_cleared(case, cast) -> None:
    attached(cast.actor("secretary"), case, "Tall.docx", samples.docx("Tekst", word__vbaProject="x"))
    checked()
    (file,) = stored()
    with pytest.raises(DomainError):
        documents.clear_false_hit(cast.actor("secretary"), file.id, because="Det går bra")


def test_a_file_that_is_not_checked_is_given_out_only_to_the_secretariat_after_a_warning(browse, case, cast) -> None:
    attached(cast.actor("secretary"), case)
    (file,) = stored()
    secretary = browse.as_("secretary")
    page = secretary.open(f"/dokumenter/{file.id}")
    assert "ikke ferdig kontrollert" in page.text
    with secretary.client.get(page.html.link_named("Last ned likevel")) as answer:
        assert answer.data == b"Tall for 2026"


def test_whoever_sent_a_file_sees_that_it_is_on_its_way_but_gets_nothing_out(browse, cast, a) -> None:
    contact = cast.person["contact"]
    values = {"organisation": cast.municipality, "partnership": cast.partnership, "state": CaseState.RAISED}
    case = a.case(raised_by_person_id=contact.id, **values)
    page = sent(browse, case, ("Tall.txt", b"Tall"), role="contact")
    assert "Mottatt, kontrolleres" in page.text
    (file,) = stored()
    assert browse.as_("contact").open(f"/dokumenter/{file.id}").status == 403
    assert browse.as_("contact").send("post", f"/dokumenter/{file.id}/fjern", {}).status in (400, 403)


def test_a_download_is_never_a_page_of_ours(browse, case, cast) -> None:
    attached(cast.actor("secretary"), case, "Sæl čáhci «x».md", b"<script>alert(1)</script>")
    checked()
    (file,) = stored()
    with browse.as_("secretary").client.get(f"/dokumenter/{file.id}") as answer:
        heads = answer.headers
    assert heads["Content-Disposition"].startswith("attachment; filename=")
    assert "filename*=UTF-8''S%C3%A6l%20%C4%8D%C3%A1hci" in heads["Content-Disposition"]
    assert heads["X-Content-Type-Options"] == "nosniff"
    assert heads["Content-Security-Policy"].startswith("sandbox")
    assert heads["Cache-Control"] == "private, no-store"


def test_a_removed_file_is_gone_for_readers_and_its_bytes_stay(browse, case, cast) -> None:
    attached(cast.actor("secretary"), case)
    checked()
    (file,) = stored()
    page = browse.as_("secretary").open(f"/saker/{case.id}/vedlegg").press("Fjern vedlegg")
    assert "Filen er fjernet" in page.text
    assert browse.as_("secretary").open(f"/dokumenter/{file.id}").status == 404
    assert storage.get(file.partnership_id, file.sha256) == b"Tall for 2026"


def test_an_attachment_is_marked_exempt_with_its_paragraph(browse, case, cast) -> None:
    attached(cast.actor("secretary"), case)
    checked()
    page = browse.as_("secretary").open(f"/saker/{case.id}/vedlegg").follow("Unntak: vedlegg")
    page = page.fill("Unntatt offentlighet, jf.", "offentleglova § 14").press("Lagre")
    assert "Unntatt offentlighet, jf. offentleglova § 14" in page.text
    with pytest.raises(DomainError):
        documents.exempt(cast.actor("secretary"), stored()[0].id, exempt_basis="fordi")


def test_the_bytes_of_another_cannot_be_filed_by_knowing_their_hash(case, cast) -> None:
    note = receive(cast.actor("hospital_secretary"), cast.partnership.id, "linje.txt", b"Helseforetakets linje")
    for stolen in (note, note[:-2] + "aa", "abc", ""):
        with pytest.raises(DomainError):
            actions.attach(cast.actor("secretary"), case.id, uploads=(stolen,))
    assert stored() == []


def test_the_worker_alone_judges_a_file_and_only_once(case, cast) -> None:
    attached(cast.actor("secretary"), case)
    (file,) = stored()
    with pytest.raises(Denied):
        documents.judge(cast.actor("secretary"), file.id)
    checked()
    checked()
    assert not outbox.work_once()
    assert stored()[0].state is FileState.CHECKED


def test_a_back_link_never_leads_away_from_us(browse, case, cast) -> None:
    attached(cast.actor("secretary"), case)
    (file,) = stored()
    for away in ("https://ond.example", "//ond.example", "/\\ond.example"):
        page = browse.as_("secretary").open(f"/dokumenter/{file.id}/unntak?next={away}")
        assert "ond.example" not in (page.html.link_named("Avbryt"))
