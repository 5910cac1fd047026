"""The case paper: no text is lost, both texts stand after a conflict, nothing typed is ever markup."""

import json

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st

from secretariat.cases import actions
from secretariat.cases.invariants import every_saved_paper_is_kept
from secretariat.cases.models import SECTIONS, CasePaperVersion, CaseState
from secretariat.core.db import session
from secretariat.core.errors import Conflict, NotFound
from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown
from tests.documents.samples import NUMBER
from tests.factories.cases import paper_of
from tests.pages.statements import count_statements

EVIL = '<script>alert(1)</script> #eval("1") $x$ {{ 7*7 }} \\u{41} *fet* [x](javascript:alert(1)) <img src=x onerror=y>'


@pytest.fixture
def case(cast):
    values = {"organisation": cast.municipality, "partnership": cast.partnership, "state": CaseState.IN_PREPARATION}
    return cast.factory.case(raised_by_person_id=cast.person["contact"].id, **values)


def texts(**given_texts: str) -> dict[str, Document]:
    return {name: read_markdown(given_texts.get(name, "")) for name in SECTIONS}


def kept_versions(case) -> list[dict[str, str]]:
    query = sa.select(CasePaperVersion.content).where(CasePaperVersion.case_paper_id == paper_of(case).id)
    return list(session().scalars(query.order_by(CasePaperVersion.number)))


def test_what_is_written_stands_on_the_case(browse, case) -> None:
    page = browse.as_("secretary").open(f"/saker/{case.id}/saksframlegg")
    page = page.fill("Forslag til vedtak", "Utvalget anbefaler rutinen.").press("Lagre")
    assert page.title == case.title
    assert "Utvalget anbefaler rutinen." in page.text


@pytest.mark.parametrize("label", [str(heading) for heading in SECTIONS.values()])
def test_an_identity_number_in_any_part_stops_the_save_and_keeps_the_text(browse, case, label: str) -> None:
    page = browse.as_("secretary").open(f"/saker/{case.id}/saksframlegg").fill("Forslag til vedtak", "Mitt nye forslag")
    answer = page.fill(label, f"Om {NUMBER[:6]} {NUMBER[6:]} her").press("Lagre")
    assert answer.status == 422
    assert "fødselsnummer" in answer.text
    sent = answer.html.form_with_button("Lagre", "")[2]
    assert NUMBER[6:] in sent[answer.html.field_named(label)]
    assert label == "Forslag til vedtak" or sent["proposal"] == "Mitt nye forslag"
    assert kept_versions(case) == []


def test_when_another_saved_first_both_texts_are_shown_and_neither_is_lost(browse, case, cast) -> None:
    mine = browse.as_("secretary").open(f"/saker/{case.id}/saksframlegg")
    theirs = browse.as_("hospital_secretary").open(f"/saker/{case.id}/saksframlegg")
    theirs.fill("Vurdering", "Skrevet av helseforetaket.").press("Lagre")
    answer = mine.fill("Vurdering", "Skrevet av kommunene.").press("Lagre")
    assert answer.status == 409
    for words in ("Skrevet av helseforetaket.", "Skrevet av kommunene.", cast.person["hospital_secretary"].name):
        assert words in answer.text
    assert answer.press("Lagre").status == 200
    assert [json.loads(one["assessment"])["content"][0]["content"][0]["text"] for one in kept_versions(case)] == [
        "Skrevet av helseforetaket.",
        "Skrevet av kommunene.",
    ]


def test_a_part_that_is_sent_again_unchanged_is_kept_as_it_stands(case, cast) -> None:
    """NO_LOST_TEXT: a program sends all parts, each time in new blocks."""
    first, second = texts(background="Bakgrunnen.", facts="Før."), texts(background="Bakgrunnen.", facts="Nå.")
    actions.save_paper(cast.actor("secretary"), paper_of(case).id, **first)
    actions.save_paper(cast.actor("secretary"), paper_of(case).id, **second)
    session().expire_all()
    assert list(every_saved_paper_is_kept()) == []


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(sorted(SECTIONS)), st.text(max_size=60), max_size=3), max_size=5))
def test_each_saved_text_is_kept_as_a_version(case, cast, saves) -> None:
    """NO_LOST_TEXT."""
    before = len(kept_versions(case))
    expected, current = [], {name: getattr(paper_of(case), name) for name in SECTIONS}
    for save in saves:
        written = current | {name: read_markdown(text) for name, text in save.items()}
        actions.save_paper(cast.actor("secretary"), paper_of(case), **written)
        if written != current:
            expected.append({name: text.to_json() for name, text in written.items()})
        current = written
    assert [{n: Document.load(one[n]) for n in SECTIONS} for one in kept_versions(case)[before:]] == [
        {n: Document.load(one[n]) for n in SECTIONS} for one in expected
    ]
    assert {name: getattr(paper_of(case), name) for name in SECTIONS} == current


def test_whoever_raised_the_case_writes_until_it_is_taken_in(case, cast) -> None:
    with pytest.raises(NotFound):
        actions.save_paper(cast.actor("contact"), paper_of(case), **texts())
    actions.step_back(cast.actor("secretary"), case.id)
    actions.save_paper(cast.actor("contact"), paper_of(case), **texts(facts="Egne tall"))
    assert paper_of(case).facts == read_markdown("Egne tall")


def test_a_program_that_began_from_an_old_version_is_told_so(case, cast) -> None:
    actions.save_paper(cast.actor("secretary"), paper_of(case), **texts(facts="En"), version=1)
    with pytest.raises(Conflict):
        actions.save_paper(cast.actor("secretary"), paper_of(case), **texts(facts="To"), version=1)


def test_the_versions_say_who_changed_what(browse, case) -> None:
    secretary = browse.as_("secretary")
    for text in ("Utvalget anbefaler rutinen.", "Utvalget vedtar rutinen."):
        secretary.open(f"/saker/{case.id}/saksframlegg").fill("Forslag til vedtak", text).press("Lagre")
    page = secretary.open(f"/saker/{case.id}/saksframlegg/versjoner")
    assert "[tatt bort: anbefaler]" in page.text
    assert "[lagt til: vedtar]" in page.text
    assert "Versjon 1" in page.text
    assert "Secretary Testesen" in page.text
    assert browse.as_("contact").open(f"/saker/{case.id}/saksframlegg/versjoner").status == 403


def test_markup_of_every_kind_is_only_words(browse, case, cast) -> None:
    secretary = browse.as_("secretary")
    page = secretary.open(f"/saker/{case.id}/saksframlegg")
    for heading in SECTIONS.values():
        page.fill(str(heading), EVIL)
    page = page.press("Lagre")
    edit = secretary.open(f"/saker/{case.id}/rediger").fill("Tittel", EVIL).fill("På vegne av", EVIL)
    page = edit.press("Lagre")
    assert page.status == 200
    assert "{{ 7*7 }}" in page.title
    own = [script for script in page.html.all("script") if script.get("src") is None]
    assert own == []
    assert not [image for image in page.html.all("img") if image.get("src") == "x"]
    assert not [link for link in page.html.all("a") if (link.get("href") or "").startswith("javascript")]
    pdf = secretary.client.get(f"/saker/{case.id}/saksframlegg.pdf")
    assert (pdf.status_code, pdf.data[:5]) == (200, b"%PDF-")


def test_a_draft_says_so_on_paper_and_the_same_paper_is_typeset_once(browse, case, monkeypatch) -> None:
    import pypdfium2

    from secretariat.cases import printing

    secretary = browse.as_("secretary")
    answer = secretary.client.get(f"/saker/{case.id}/saksframlegg.pdf")
    words = pypdfium2.PdfDocument(answer.data)[0].get_textpage().get_text_bounded()
    assert "utkast" in words
    assert "Utvalget slutter seg til forslaget." in words
    monkeypatch.setattr(printing, "render", lambda paper: pytest.fail("typeset twice"))
    assert secretary.client.get(f"/saker/{case.id}/saksframlegg.pdf").data == answer.data


def test_pages_of_one_case_ask_the_database_as_often_however_much_it_holds(browse, case, cast) -> None:
    addresses = [
        "",
        "/saksframlegg",
        "/saksframlegg/versjoner",
        "/saksgang",
        "/vedlegg",
        "/rediger",
        "/arkivreferanser",
    ]
    secretary = browse.as_("secretary")
    counts = []
    for _ in range(2):
        with count_statements() as asked:
            for address in addresses:
                assert secretary.open(f"/saker/{case.id}{address}").status == 200
        counts.append(asked.count)
        for number in range(4):
            actions.save_paper(cast.actor("secretary"), paper_of(case), **texts(facts=f"Tall {number}"))
            actions.add_treatment(cast.actor("secretary"), case.id, outside=f"Kommunestyre {number}")
    assert counts[0] == counts[1] <= 15 * len(addresses)
