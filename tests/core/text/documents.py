"""Documents of every shape, for the tests that must hold for all of them."""

from hypothesis import strategies as st

from secretariat.core.text.document import Document

AWKWARD = [
    "1. mai er fridag",
    "12. desember 2026",
    "1) for det første",
    "# 3",
    "#emneknagg",
    "##",
    "- punkt",
    "+ 5 prosent",
    "| a | b |",
    "---",
    "===",
    "> sitat",
    "* stjerne *",
    "snake_case_ord",
    "**ikke fet**",
    "[lenke](https://a.example)",
    "[x]: https://a.example",
    "<b>ikke fet</b>",
    "<br>",
    "<https://a.example>",
    "&amp; &#35; AT&T",
    "\\ \\* \\\\",
    "`kode`",
    "```",
    "    innrykk",
    "~~~",
    "https://a.example/b_(c)?d=1&copy;=2.",
    "kari@steinkjer.example",
    "• pasted",
    "·",
    "http://\x1b",
    "!",
    "![bilde](https://a.example)",
    "mai",
    "10. mai",
    "Čáhcesuolu ŋ đ ŧ",
    "e\u0301\u00a0\u00adæ",
    "\u00a0",
    "a\nb",
    "\tTab",
    "",
]
letters = st.sampled_from([*"ab1 .)#-*_[]()<>&;:|\\`~!\"'=+/\n\t\u00a0\u0301•“”😀", "mai", "http://", "br>", "  "])
texts = st.one_of(st.sampled_from(AWKWARD), st.lists(letters, max_size=8).map("".join), st.text(max_size=6))

hrefs = st.sampled_from(
    [
        "https://a.example",
        "http://a.example/b_(c)_d",
        "https://a.example/æ ø?a=1&copy;=*2*#[d]|e",
        "mailto:kari@steinkjer.example",
        "HTTPS://a.example/\\)",
    ]
)
marks = st.lists(
    st.one_of(
        st.just({"type": "bold"}),
        st.just({"type": "italic"}),
        hrefs.map(lambda href: {"type": "link", "attrs": {"href": href}}),
    ),
    max_size=3,
    unique_by=lambda mark: mark["type"],
)


def _linked_to_itself(href: str) -> dict:
    return {"type": "text", "text": href, "marks": [{"type": "link", "attrs": {"href": href}}]}


pieces = st.one_of(
    st.builds(lambda text, marks: {"type": "text", "text": text, "marks": marks}, texts, marks),
    st.just({"type": "hardBreak"}),
    hrefs.map(_linked_to_itself),
)
lines = st.lists(pieces, max_size=5)


def _node(kind: str, content: st.SearchStrategy, **attributes: st.SearchStrategy) -> st.SearchStrategy:
    return st.fixed_dictionaries(
        {"type": st.just(kind), "attrs": st.fixed_dictionaries(attributes), "content": content}
    )


paragraphs = _node("paragraph", lines)
headings = _node("heading", lines, level=st.integers(1, 3))
cells = _node("tableCell", st.lists(paragraphs, max_size=2))
tables = _node("table", st.lists(_node("tableRow", st.lists(cells, max_size=3)), max_size=3))


def _containers(inner: st.SearchStrategy) -> st.SearchStrategy:
    items = st.lists(_node("listItem", st.lists(inner, max_size=3)), max_size=3)
    return st.one_of(
        _node("bulletList", items),
        _node("orderedList", items, start=st.integers(0, 12)),
        _node("blockquote", st.lists(inner, max_size=3)),
    )


blocks = st.recursive(st.one_of(paragraphs, paragraphs, headings, tables), _containers, max_leaves=6)
raw_documents = _node("doc", st.lists(blocks, max_size=4))
documents = raw_documents.map(Document.parse)
