"""What a printed paper must hold, read back from the PDF."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown
from secretariat.documents.rendering import render as rendering
from secretariat.documents.rendering.enclosures import RenderingFailed, filenames
from secretariat.documents.rendering.papers import (
    AgendaLine,
    AttendanceGroup,
    Attendee,
    EarlierStep,
    Edition,
    MinutesState,
    NoticePaper,
    Paper,
    Section,
)
from secretariat.documents.rendering.render import render
from tests.pages.pdf import PdfFacts, facts_of

from . import samples

EVERY_KIND: list[Callable[[], Paper]] = [samples.notice, samples.single_case, samples.minutes, samples.extract]


@pytest.fixture(scope="module")
def notice() -> PdfFacts:
    """The sample notice, printed once."""
    return facts_of(render(samples.notice()))


@pytest.fixture(scope="module")
def minutes() -> PdfFacts:
    """The sample minutes, printed once."""
    return facts_of(render(samples.minutes()))


def said(text: str, title: str = "Sak") -> Paper:
    """A case paper whose title and text are these words."""
    section = Section("Bakgrunn", Document.parse(_paragraph(text)))
    return replace(samples.single_case(), case=replace(samples.case_paper(title=title), sections=(section,)))


def _paragraph(text: str) -> dict:
    content = [{"type": "text", "text": text}] if text else []
    return {"type": "doc", "content": [{"type": "paragraph", "content": content}]}


@pytest.mark.parametrize("paper", EVERY_KIND)
def test_every_paper_is_tagged_archivable_and_says_its_title_and_language(paper: Callable[[], Paper]) -> None:
    facts = facts_of(render(paper()))
    assert facts.tagged
    assert facts.standards == {"ua-1", "a-3a"}
    assert facts.language == "nb"
    assert facts.title


@pytest.mark.parametrize("paper", EVERY_KIND)
def test_no_paper_skips_a_level_of_headings(paper: Callable[[], Paper]) -> None:
    levels = [int(role[1]) for role in facts_of(render(paper())).headings]
    assert levels[0] == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("paper", EVERY_KIND)
def test_the_same_paper_gives_the_same_bytes(paper: Callable[[], Paper]) -> None:
    assert render(paper()) == render(paper())


def test_a_text_that_begins_with_a_small_heading_is_mended_for_print() -> None:
    case = replace(samples.case_paper(), sections=(Section("Vurdering", read_markdown("### Liten\n\n# Stor")),))
    facts = facts_of(render(replace(samples.single_case(), case=case)))
    assert facts.headings[:4] == ("H1", "H2", "H2", "H3")


def test_the_notice_names_itself_its_body_and_its_day(notice: PdfFacts) -> None:
    assert notice.title == "Møteinnkalling: Administrativt samarbeidsutvalg 14. oktober 2026"
    assert "onsdag 14. oktober 2026" in notice.text
    assert "kl. 09.00–14.00" in notice.text


def test_each_case_of_the_notice_has_a_bookmark_of_the_first_level(notice: PdfFacts) -> None:
    outermost = [mark.title for mark in notice.bookmarks if mark.depth == 1]
    assert [title.split()[0] for title in outermost] == ["Møteinnkalling", "Sak", "Sak", "Sak", "Vedlegg"]
    assert outermost[2].split() == ["Sak", "29/26", "Tvist", "om", "betaling", "for", "utskrivningsklare", "pasienter"]
    assert "Saksliste" in [mark.title for mark in notice.bookmarks if mark.depth == 2]


def test_the_agenda_is_a_table_with_a_heading_row(notice: PdfFacts) -> None:
    assert {"Table", "THead", "TH", "TBody", "TD"} <= notice.roles


def test_every_page_says_how_many_there_are(notice: PdfFacts) -> None:
    for page in range(1, notice.pages + 1):
        assert f"Side {page} av {notice.pages}" in notice.text


def test_every_page_but_the_first_says_which_meeting_and_case_it_belongs_to(notice: PdfFacts) -> None:
    pages = notice.text.split("\n")
    assert all("Administrativt samarbeidsutvalg · 14. oktober 2026" in page for page in pages[1:])
    assert "Administrativt samarbeidsutvalg · 14. oktober 2026 Sak 29/26" in pages[4]


def test_a_withdrawn_case_keeps_its_number_and_reads_utgår(notice: PdfFacts) -> None:
    front = notice.text.split("\n")[0]
    assert "28/26 Revisjon av delavtale 3 om innleggelse Utgår" in front


def test_the_originals_lie_inside_the_notice_byte_for_byte_and_are_listed(notice: PdfFacts) -> None:
    enclosed = samples.notice().attachments
    assert {(one.name, one.sha256, one.mime_type) for one in notice.attachments} == {
        (one.filename, hashlib.sha256(one.content).hexdigest(), one.mime_type) for one in enclosed
    }
    assert all(one.filename in notice.text for one in enclosed)
    assert "Sak 27/26: Utkast til rutine" in notice.text


def test_the_internal_edition_shows_the_exempt_case_with_its_basis(notice: PdfFacts) -> None:
    assert "Kravet gjelder hemmeligholdt beløp." in notice.text
    assert "Unntatt offentlighet, jf. offentleglova § 13" in notice.text


@pytest.mark.parametrize("paper", [samples.notice(), samples.minutes()])
def test_the_public_edition_shows_the_basis_and_neither_text_nor_attachment_of_an_exempt_case(paper: Paper) -> None:
    pdf = render(replace(paper, edition=Edition.PUBLIC))
    facts = facts_of(pdf)
    assert "Tvist om betaling for utskrivningsklare pasienter" in facts.text
    assert "Unntatt offentlighet, jf. offentleglova § 13" in facts.text
    assert "hemmeligholdt" not in facts.text
    assert "krav.txt" not in facts.text + "".join(one.name for one in facts.attachments)
    assert b"hemmeligholdt" not in pdf


def test_the_address_of_the_digital_meeting_is_not_published() -> None:
    paper = samples.notice()
    assert paper.facts.digital_link in facts_of(render(paper)).text
    assert paper.facts.digital_link.encode() not in render(replace(paper, edition=Edition.PUBLIC))
    assert "mote.steinkjer.example" not in facts_of(render(replace(paper, edition=Edition.PUBLIC))).text


def test_an_attachment_that_is_exempt_itself_stays_out_of_the_public_edition() -> None:
    paper = samples.notice()
    exempt = replace(paper.attachments[0], exempt_basis="offentleglova § 14")
    facts = facts_of(render(replace(paper, attachments=(exempt, paper.attachments[1]), edition=Edition.PUBLIC)))
    assert [one.name for one in facts.attachments] == ["tall.csv"]
    assert "Rutine, utkast 4.pdf" not in facts.text


def test_an_attachment_that_has_changed_since_it_was_enclosed_stops_the_print() -> None:
    changed = replace(samples.notice().attachments[0], content=b"noe annet")
    with pytest.raises(RenderingFailed, match="ikke lenger det som ble lagt ved"):
        render(replace(samples.notice(), attachments=(changed,)))


def test_two_attachments_of_one_name_keep_both_and_no_name_leads_out_of_the_file() -> None:
    given = [samples.attachment(name, b"x") for name in ("a.pdf", "a.pdf", "../../etc/a.txt", "C:\\b.txt")]
    assert filenames(tuple(given)) == ["a.pdf", "a (2).pdf", "-..-etc-a.txt", "C:-b.txt"]
    facts = facts_of(render(replace(samples.notice(), attachments=tuple(given))))
    assert len(facts.attachments) == 4


def test_the_sámi_letters_come_through_whole(notice: PdfFacts) -> None:
    assert samples.SAMI_LETTERS in notice.text


@pytest.mark.parametrize(
    ("given", "embedded"),
    [
        ("text/plain; charset=utf-8", "text/plain"),
        ("", "application/octet-stream"),
        ("tull", "application/octet-stream"),
    ],
)
def test_an_original_of_unknown_kind_is_enclosed_all_the_same(given: str, embedded: str) -> None:
    odd = replace(samples.attachment("notat.txt", b"x"), mime_type=given)
    facts = facts_of(render(replace(samples.extract(), attachments=(odd,))))
    assert [one.mime_type for one in facts.attachments] == [embedded]


INJECTIONS = [
    '#panic("stopp")',
    "#sys.inputs",
    "$x^2$ *fet* _skrå_ @ref <merke> \\ // /* */",
    '"] #read("paper.json") #["',
    "= Overskrift",
    "#import sys",
    "1. mai | 2",
]


@pytest.mark.parametrize("words", INJECTIONS)
def test_nobodys_words_are_read_as_template_code(words: str) -> None:
    text = facts_of(render(said(words, title=words))).text
    assert text.count(" ".join(words.split())) >= 2


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(codec="latin-1"), max_size=60))
def test_any_western_text_can_be_printed(words: str) -> None:
    assert render(said(words, title=words)).startswith(b"%PDF")


def test_bullets_pasted_from_word_become_bullets() -> None:
    assert "• Punkt" in facts_of(render(said("\uf0b7 Punkt"))).text


def test_a_character_that_no_font_has_is_named_in_the_reason() -> None:
    with pytest.raises(RenderingFailed) as refused:
        render(said("Ferdig 😀"))
    assert "Tegnet «😀» kan ikke trykkes" in str(refused.value.reason)


def test_no_warning_of_the_typesetter_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    templates = rendering._templates()
    notice = templates["notice.typ"] + b'\n#text(font: "Finnes ikke")[x]'
    monkeypatch.setattr(rendering, "_templates", lambda: templates | {"notice.typ": notice})
    with pytest.raises(RenderingFailed, match="unknown font"):
        render(samples.notice())


def test_a_supplement_says_its_number() -> None:
    facts = facts_of(render(replace(samples.notice(), supplement_number=2)))
    assert facts.title.startswith("Tilleggssakliste nr. 2")


def test_an_agenda_without_times_and_papers_has_no_columns_for_them() -> None:
    agenda = (AgendaLine("a", "Eventuelt"),)
    facts = facts_of(render(replace(samples.notice(), agenda=agenda, case_papers=(), attachments=())))
    assert facts.pages == 2
    assert "Min." not in facts.text


def test_a_written_meeting_calls_for_an_answer_by_a_day() -> None:
    paper = samples.notice()
    written = replace(paper.facts, written=True, starts=None, ends=None, place="", deadline=samples.MEETING_DAY)
    text = facts_of(render(replace(paper, facts=written))).text
    assert "Innkalling til skriftlig behandling" in text
    assert "Svarfrist onsdag 14. oktober 2026" in text
    assert "Tid kl." not in text


def test_the_minutes_show_who_was_there_from_each_party_and_in_whose_place(minutes: PdfFacts) -> None:
    assert "Fra kommunene" in minutes.text
    assert "Fra helseforetaket" in minutes.text
    assert "vara for Anne Ås, uten fullmakt" in minutes.text
    assert "til og med sak 29/26" in minutes.text
    assert "Jon Dahl, klinikksjef psykisk helse" in minutes.text


def test_the_minutes_show_decision_positions_additions_and_tasks(minutes: PdfFacts) -> None:
    for words in (
        "Anbefaling 27/26",
        "Protokolltilførsel",
        "Partenes syn",
        "Inhabil, deltok ikke i saken: Ingrid Moen",
    ):
        assert words in minutes.text
    assert "Sende rutinen til alle postmottak Sekretariatet 21. oktober 2026" in minutes.text


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        (MinutesState.DRAFT, "Utkast til referat Ikke godkjent"),
        (MinutesState.OUT_FOR_COMMENTS, "Utkast til referat Til godkjenning. Merknadsfrist 28. oktober 2026"),
        (MinutesState.APPROVED, "Referat Godkjent 9. desember 2026"),
    ],
)
def test_the_minutes_say_how_far_they_have_come(state: MinutesState, standing: str) -> None:
    assert standing in facts_of(render(samples.minutes(state))).text


def test_approved_minutes_show_their_corrections_with_a_date() -> None:
    text = facts_of(render(samples.minutes(MinutesState.APPROVED))).text
    assert "Rettelser 12. januar 2027 Under sak 27/26 skal det stå 1. mars 2027." in text


def test_an_extract_of_minutes_not_yet_approved_says_so() -> None:
    paper = samples.extract()
    assert "Fra ikke godkjent referat" in facts_of(render(paper)).text
    assert "Fra ikke godkjent referat" not in facts_of(render(replace(paper, unapproved=False))).text


def test_a_number_that_brings_its_own_word_is_not_called_sak_twice() -> None:
    case = replace(samples.case_paper(number="PS 49/17"), earlier=(EarlierStep("Fagråd", samples.MEETING_DAY),))
    assert "Sak PS" not in facts_of(render(replace(samples.single_case(), case=case))).text


def test_the_file_speaks_the_language_of_its_reader() -> None:
    nynorsk: NoticePaper = replace(samples.notice(), language="nn")
    facts = facts_of(render(nynorsk))
    assert facts.language == "nn"


def test_meeting_papers_of_sixty_pages_are_sixty_pages() -> None:
    assert 55 <= facts_of(render(samples.sixty_pages())).pages <= 70


def test_remarks_have_a_column_only_where_there_are_any(minutes: PdfFacts) -> None:
    person = Attendee("Ane Kristine Lyngbakkåsmo", "rådgiver", "Steinkjer kommune")
    approved = replace(
        samples.minutes(MinutesState.APPROVED), attendance=(AttendanceGroup("Fra kommunene", (person,)),)
    )
    said_of_all = " ".join(facts_of(render(approved)).text.split())
    assert "Organisasjon Merknad" in " ".join(minutes.text.split())
    assert "Merknad" not in said_of_all
    assert "Ane Kristine Lyngbakkåsmo" in said_of_all
