"""Markup that people write in their texts is text: on pages, in the editor and on paper."""

import json

import html5lib

from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.markup import words

MARKUP = '<b>fet</b> <script>alert("1")</script> <ukjent> &lt; #let x = 1 $y$ \\ "sitat"'


def test_the_editor_begins_with_the_text_as_it_was_written(a: Factory, cast: Cast, browse: Browser) -> None:
    case = a.case(partnership=cast.partnership, organisation=cast.municipality)
    written = {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": MARKUP}]}]}
    address = f"/saker/{case.id}/saksframlegg"
    browse.as_("secretary").open(address).press("Lagre", assessment_json=json.dumps(written))
    fields = browse.as_("secretary").open(address).html.all("textarea")
    shown = next(field.get("data-html") for field in fields if field.get("name") == "assessment")
    assert words(html5lib.parse(shown, namespaceHTMLElements=False)) == MARKUP
