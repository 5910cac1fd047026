"""The picture of the bodies: everyone is in it once, nothing lies on top of anything, and who decides stands above."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path
from typing import Any

import html5lib
import pytest
from hypothesis import given, strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from secretariat.bodies.drawing import Box, Drawing, DrawnBody, Twig, draw, wrapped
from secretariat.bodies.structures import read_structure, structure_keys

TEMPLATES = Path(__file__).parents[2] / "templates"
WORDS = ["for", "og", "Faglig", "samarbeidsutvalg", "svangerskaps-,", "barselomsorg", "praksiskonsulentordningen"]


def bodies_of(key: str) -> list[DrawnBody]:
    return [
        DrawnBody(body.short, body.short, body.name, body.level.word, body.reports_to, f"/utvalg/{number}")
        for number, body in enumerate(read_structure(key).bodies)
    ]


@st.composite
def trees(draw_from: st.DrawFn) -> list[DrawnBody]:
    """Bodies of which each reports to an earlier one or to none."""
    size = draw_from(st.integers(0, 30))
    parents = [draw_from(st.none() | st.integers(0, number - 1) if number else st.none()) for number in range(size)]
    levels = st.sampled_from(["Faglig nivå", "Lokalt nivå", "Nettverk"])
    names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)
    return [
        DrawnBody(str(n), f"U{n}", draw_from(names), draw_from(levels), None if parent is None else str(parent))
        for n, parent in enumerate(parents)
    ]


def overlap(one: Box, other: Box) -> bool:
    beside = one.x + one.width <= other.x or other.x + other.width <= one.x
    return not beside and one.y < other.y + other.height and other.y < one.y + one.height


def flat(twigs: Iterable[Twig]) -> list[DrawnBody]:
    return [body for twig in twigs for body in (twig.body, *flat(twig.children))]


def assert_sound(drawing: Drawing, bodies: list[DrawnBody]) -> None:
    once = dict.fromkeys((body.id for body in bodies), 1)
    assert Counter(box.body.id for box in drawing.boxes) == once
    assert Counter(body.id for body in flat(drawing.outline)) == once
    assert not [pair for pair in combinations(drawing.boxes, 2) if overlap(*pair)]
    placed = {box.body.id: box for box in drawing.boxes}
    for box in drawing.boxes:
        above = placed.get(box.body.parent_id or "")
        assert above is None or above.y + above.height < box.y
        assert box.x >= 0
        assert box.x + box.width <= drawing.width
        assert box.y + box.height <= drawing.height


@given(trees())
def test_every_body_stands_once_below_its_parent_and_on_top_of_nobody(bodies: list[DrawnBody]) -> None:
    assert_sound(draw(bodies), bodies)


@given(trees())
def test_every_line_runs_straight_and_within_the_picture(bodies: list[DrawnBody]) -> None:
    drawing = draw(bodies)
    for line in drawing.lines:
        assert line.x1 == line.x2 or line.y1 == line.y2
        assert 0 <= min(line.x1, line.x2) <= max(line.x1, line.x2) <= drawing.width
        assert 0 <= line.y1 <= line.y2 <= drawing.height


def touched(box: Box, drawing: Drawing) -> bool:
    ends = {end for line in drawing.lines for end in ((line.x1, line.y1), (line.x2, line.y2))}
    across = (box.x, box.x + box.width)
    return any(across[0] <= x <= across[1] and box.y <= y <= box.y + box.height for x, y in ends)


@given(trees())
def test_a_line_reaches_every_body_that_reports_or_is_reported_to(bodies: list[DrawnBody]) -> None:
    drawing = draw(bodies)
    joined = {body.id for body in bodies if body.parent_id} | {body.parent_id for body in bodies if body.parent_id}
    assert {box.body.id for box in drawing.boxes if touched(box, drawing)} == joined


@given(trees())
def test_no_line_runs_through_a_box(bodies: list[DrawnBody]) -> None:
    drawing = draw(bodies)
    for line in drawing.lines:
        for box in drawing.boxes:
            across = min(line.x1, line.x2) < box.x + box.width and box.x < max(line.x1, line.x2)
            down = line.x1 == line.x2 and box.x < line.x1 < box.x + box.width
            crosses_x = down or (line.y1 == line.y2 and across)
            crosses_y = line.y1 < box.y + box.height and box.y < line.y2
            crosses_y = crosses_y or (line.y1 == line.y2 and box.y < line.y1 < box.y + box.height)
            assert not (crosses_x and crosses_y)


@pytest.mark.parametrize("key", structure_keys())
def test_each_real_structure_is_drawn_whole_and_no_wider_than_a_page(key: str) -> None:
    bodies = bodies_of(key)
    drawing = draw(bodies)
    assert_sound(drawing, bodies)
    assert drawing.width <= 1160


@pytest.mark.parametrize("key", structure_keys())
def test_every_word_of_a_name_stands_in_its_box(key: str) -> None:
    for box in draw(bodies_of(key)).boxes:
        said = "".join(text.text for text in box.texts if text.kind == "name").replace(" ", "")
        assert said in ("", box.body.name.replace(" ", ""))
        assert all(box.y < text.y < box.y + box.height for text in box.texts)


def test_a_body_whose_parent_the_reader_may_not_see_stands_at_the_top() -> None:
    drawing = draw([DrawnBody("1", "AU", "Arbeidsutvalget", "Arbeidsutvalg", parent_id="hidden")])
    assert [twig.body.id for twig in drawing.outline] == ["1"]


def test_a_picture_of_no_bodies_is_empty() -> None:
    assert draw([]).boxes == ()


def test_a_level_is_named_once_above_its_column() -> None:
    captions = [caption.text for caption in draw(bodies_of("nord-trondelag")).captions]
    assert Counter(captions) == {
        "Faglig nivå": 1,
        "Nettverk": 1,
        "Sekretariat": 1,
        "Dialogmøter og samlinger": 1,
        "Kommunenes egne møter": 1,
    }


def test_a_line_breaks_between_words_and_a_long_word_after_its_own_hyphen() -> None:
    assert wrapped("Fagråd for kvalitet", 90, 13) == ["Fagråd for", "kvalitet"]
    assert wrapped("samarbeidsmøte/dialogmøte", 140, 13) == ["samarbeidsmøte/", "dialogmøte"]


@given(st.text(alphabet="abcæøåm-/ ", max_size=80), st.integers(60, 200))
def test_breaking_a_text_loses_no_letter(text: str, width: int) -> None:
    letters = "".join(wrapped(text, width, 13)).replace(" ", "")
    assert letters.replace("-", "") == text.replace(" ", "").replace("-", "")


# ---------------------------------------------------------------- the page's picture


def rendered(bodies: list[DrawnBody]) -> Any:
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.globals["_"] = lambda text, **values: text % values if values else text
    module = environment.get_template("bodies/_structure_drawing.html").module
    markup = module.structure_drawing(draw(bodies), "Utvalgene våre")  # type: ignore[attr-defined]
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(markup)


def found(tree: Any, tag: str) -> list[Any]:
    """Elements of this name, in the picture's own language or the page's."""
    return [element for element in tree.iter() if str(element.tag).rpartition("}")[2] == tag]


@pytest.mark.parametrize("key", structure_keys())
def test_picture_and_list_both_lead_to_every_body(key: str) -> None:
    bodies = bodies_of(key)
    links = Counter(link.get("href") for link in found(rendered(bodies), "a"))
    assert links == dict.fromkeys((body.href for body in bodies), 2)


def test_a_link_says_who_the_body_reports_to() -> None:
    labels = [link.get("aria-label") for link in found(rendered(bodies_of("ostfold")), "a")]
    assert "Faglig nivå FSU Faglig samarbeidsutvalg, rapporterer til SSU" in labels


def test_the_list_is_nested_as_the_bodies_report() -> None:
    (outer, *inner) = found(rendered(bodies_of("ostfold")), "ul")
    assert [link.text for link in found(outer, "a")][:3] == [
        "Partnerskapsmøtet",
        "Strategisk samarbeidsutvalg",
        "Faglig samarbeidsutvalg",
    ]
    assert len(inner) == 3


def test_the_picture_has_a_title_and_a_description_and_no_style_of_its_own() -> None:
    tree = rendered(bodies_of("agder"))
    (picture,) = found(tree, "svg")
    described = {found(picture, "title")[0].get("id"), found(picture, "desc")[0].get("id")}
    assert described == {picture.get("aria-labelledby"), picture.get("aria-describedby")}
    assert not [element for element in tree.iter() if "style" in element.attrib or element.tag == "style"]


def test_a_name_with_angle_brackets_is_shown_and_never_run() -> None:
    tree = rendered([DrawnBody("1", "X", "<script>alert(1)</script>", "Nettverk")])
    assert not found(tree, "script")
    assert not found(tree, "a")
