"""A saksframlegg written elsewhere, pasted whole: taken apart by its headings, and nothing of it lost."""

import re

import pytest
from hypothesis import given, strategies as st

from secretariat.cases.models import SECTIONS, CaseState
from secretariat.cases.pasting import take_apart
from secretariat.core.text.plain import to_plain
from tests.documents.samples import NUMBER

TOWN = """Utvalg for helse 3.2.2026 - PS 4/26 Felles legevakt

Saksbehandler : Kari Nordmann
Arkivref : 2026/812 - /

Saksgang
Utvalg Møtedato Saksnr.
Utvalg for helse 3.2.2026 4/26

Kommunedirektørens innstilling:
Kommunene går sammen om legevakt.

Vedlegg:

 1. Vedlegg: 1 Avtale om legevakt
 2. Vedlegg: 2 Budsjett

Andre saksdokumenter (ikke vedlagt):
Ingen.

Saksopplysninger:
Bakgrunn
Avtalen fra 2015 er sagt opp.

Behovet
Vaktene er tunge.

Økonomiske konsekvenser
Kr 400 000 i året.

Brukermedvirkning
Eldrerådet er spurt.

Vurdering:
Dette bør vi gjøre.
"""

MARKDOWN = """## Saksframlegg

Dokumentnr.: 26/01746-1

#### **Forslag til vedtak**

Utvalget støtter ordningen.

#### Saksframstilling

Etter drøftinger er det enighet.

#### Mer om ordningen

Den koster lite.

Konklusjon: Ordningen anbefales.
"""


def parts(text: str) -> dict[str, str]:
    return {name: to_plain(section) for name, section in take_apart(text).sections.items()}


def test_a_municipal_saksframlegg_falls_into_its_parts() -> None:
    assert parts(TOWN) == {
        "proposal": "Kommunene går sammen om legevakt.",
        "background": "Avtalen fra 2015 er sagt opp.\n\nBehovet\nVaktene er tunge.",
        "consequences": "Kr 400 000 i året.",
        "user_involvement": "Eldrerådet er spurt.",
        "assessment": "Dette bør vi gjøre.",
    }


def test_its_reference_its_attachments_and_its_head_are_found() -> None:
    pasted = take_apart(TOWN)
    assert pasted.archive_reference == "2026/812"
    assert pasted.attachments == ("Avtale om legevakt", "Budsjett")
    for words in ("Felles legevakt", "Kari Nordmann", "4/26", "Ingen."):
        assert words in pasted.rest


def test_headings_in_markdown_and_on_the_line_of_the_text_are_known() -> None:
    found = parts(MARKDOWN)
    assert found["proposal"] == "Utvalget støtter ordningen."
    assert found["facts"] == "Etter drøftinger er det enighet.\n\nMer om ordningen\n\nDen koster lite."
    assert found["assessment"] == "Ordningen anbefales."
    assert take_apart(MARKDOWN).archive_reference == "26/01746-1"


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Rådmannens innstilling:", "proposal"),
        ("Adm. direktørs innstilling", "proposal"),
        ("RÅDMANNENS FORSLAG TIL VEDTAK", "proposal"),
        ("Rådmannen sitt framlegg til vedtak", "proposal"),
        ("Tilråding:", "proposal"),
        ("**Bakgrunn for saka**", "background"),
        ("Saka gjeld", "background"),
        ("Saksopplysningar", "facts"),
        ("Saksutgreiing", "facts"),
        ("Rådmannens vurdering", "assessment"),
        ("Brukarmedverknad", "user_involvement"),
        ("### Økonomiske og administrative konsekvensar", "consequences"),
    ],
)
def test_the_usual_headings_are_known_in_both_languages(heading: str, name: str) -> None:
    assert parts(f"{heading}\n\nTeksten.") == {name: "Teksten."}


LINES = ["Bakgrunn", "Vedlegg:", "Vurdering:", "Saksgang", "1. Ett", "Ord for ord", "", "- to"]


@given(st.lists(st.sampled_from(LINES)))
def test_every_word_that_was_pasted_is_given_back_somewhere(lines: list[str]) -> None:
    pasted = take_apart("\n".join(lines))
    given_back = [pasted.rest, *pasted.attachments, *map(to_plain, pasted.sections.values())]
    before, after = (re.findall(r"Ett|Ord for ord|to\b", text) for text in ("\n".join(lines), "\n".join(given_back)))
    assert sorted(before) == sorted(after)


def test_the_parts_are_shown_before_anything_is_saved(browse, cast) -> None:
    case = cast.factory.case(
        organisation=cast.municipality, partnership=cast.partnership, state=CaseState.IN_PREPARATION, paper=False
    )
    page = browse.as_("secretary").open(f"/saker/{case.id}/saksframlegg").follow("Lim inn saksframlegg")
    page = page.fill("Saksframlegg", TOWN).press("Del teksten i felt")
    assert page.status == 200
    for words in ("Ingenting er lagret ennå", "Avtale om legevakt", "Kari Nordmann", "Fant ingen plass"):
        assert words in page.text
    assert "Kommunene går sammen" not in browse.as_("secretary").open(f"/saker/{case.id}").text
    page = page.press("Lagre")
    assert "Kommunene går sammen om legevakt." in page.text
    assert "2026/812" in page.text


def _with_a_background(browse, cast):
    """The page where one pastes into a case whose background is written."""
    case = cast.factory.case(
        organisation=cast.municipality, partnership=cast.partnership, state=CaseState.IN_PREPARATION, paper=False
    )
    page = browse.as_("secretary").open(f"/saker/{case.id}/saksframlegg").fill("Bakgrunn", "Den gamle bakgrunnen.")
    page.press("Lagre")
    return browse.as_("secretary").open(f"/saker/{case.id}/saksframlegg/lim-inn")


def test_a_text_that_stood_there_stays_above_what_was_pasted(browse, cast) -> None:
    page = _with_a_background(browse, cast).fill("Saksframlegg", "Bakgrunn\nDen nye.").press("Del teksten i felt")
    assert "Det sto tekst fra før i Bakgrunn." in page.text

    text = page.press("Lagre").text
    assert text.index("Den gamle bakgrunnen.") < text.index("Den nye.")


def test_who_wants_the_old_text_replaced_sees_it_once_more(browse, cast) -> None:
    page = _with_a_background(browse, cast).fill("Saksframlegg", "Bakgrunn\nDen nye.")
    page = page.press("Del teksten i felt", standing="replace")
    assert "Teksten som sto fra før" in page.text
    assert "Den gamle bakgrunnen." in page.text

    text = page.press("Lagre").text
    assert "Den nye." in text
    assert "Den gamle bakgrunnen." not in text


def test_an_identity_number_in_a_pasted_text_is_stopped_at_the_save(browse, cast) -> None:
    case = cast.factory.case(organisation=cast.municipality, partnership=cast.partnership)
    page = browse.as_("secretary").open(f"/saker/{case.id}/saksframlegg/lim-inn")
    page = page.fill("Saksframlegg", f"Bakgrunn\nPasient {NUMBER}").press("Del teksten i felt").press("Lagre")
    assert page.status == 422
    assert "fødselsnummer" in page.text


def test_every_part_of_our_paper_can_be_found() -> None:
    assert set(parts("\n".join(f"{heading}\nTekst" for heading in SECTIONS.values()))) == set(SECTIONS)


def test_a_short_line_over_a_paragraph_becomes_its_heading() -> None:
    text = "Bakgrunn\nFørst litt om saken.\n\nBehovet\n" + "Kommunene har gitt innspill på behovet. " * 3
    background = take_apart(text).sections["background"]
    assert [block.type for block in background.blocks] == ["paragraph", "heading", "paragraph"]


def test_a_short_line_among_short_lines_stays_as_it_was_written() -> None:
    background = take_apart("Bakgrunn\n\nNavn\nKort linje\n\nSted\nEn til").sections["background"]
    assert all(block.type == "paragraph" for block in background.blocks)
