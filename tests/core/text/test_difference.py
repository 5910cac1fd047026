from hypothesis import given, settings, strategies as st

from secretariat.core.text.difference import Change, difference, difference_html
from secretariat.core.text.markdown import read_markdown

versions = st.lists(st.sampled_from(["Rådet ", "tar ", "saken", ".", "\n", "\n\n", " til ", "etterretning"])).map(
    "".join
)


@settings(max_examples=200, deadline=None)
@given(versions, versions)
def test_both_versions_can_be_read_from_the_difference(before: str, after: str) -> None:
    changes = difference(before, after)
    assert "".join(change.text for change in changes if change.kind != "added") == before
    assert "".join(change.text for change in changes if change.kind != "removed") == after


def test_a_changed_word_is_shown_as_one_word() -> None:
    assert difference("Utvalget tar saken til orientering.", "Utvalget tar saken til etterretning.") == [
        Change("same", "Utvalget tar saken til "),
        Change("removed", "orientering"),
        Change("added", "etterretning"),
        Change("same", "."),
    ]


def test_a_changed_phrase_is_one_change_and_not_many() -> None:
    kinds = [change.kind for change in difference("Rådet ber kommunene svare", "Rådet anmoder foretaket svare")]
    assert kinds == ["same", "removed", "added", "same"]


def test_the_same_text_has_no_changes() -> None:
    document = read_markdown("Vedtak\n\n- en\n- to")
    assert [change.kind for change in difference(document, document)] == ["same"]
    assert difference("", "") == []


def test_documents_are_compared_by_their_words() -> None:
    changes = difference(read_markdown("Frist **1. mai**"), read_markdown("Frist 1. juni"))
    assert [change.text for change in changes] == ["Frist 1. ", "mai", "juni"]


def test_the_difference_on_a_page_is_escaped_and_keeps_its_lines() -> None:
    assert difference_html("a <b>\nc", "a <i>\nc") == (
        'a &lt;<del class="removed">b</del><ins class="added">i</ins>&gt;<br>c'
    )


def test_long_minutes_are_compared_line_by_line() -> None:
    lines = [f"Sak {number}: rådet tok saken til orientering og ber om ny sak." for number in range(3000)]
    changed = [*lines[:1500], "Sak 1500: utsatt.", *lines[1501:]]
    assert [change.kind for change in difference("\n".join(lines), "\n".join(changed))].count("added") == 1
