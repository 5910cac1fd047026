from secretariat.core.text.markdown import read_markdown
from secretariat.core.text.plain import to_plain


def test_a_text_in_plain_words_reads_as_a_mail() -> None:
    lists = "3. tre\n   - under\n     mer\n4. fire"
    text = f"## Bakgrunn\n\nDet er **enighet**.\n\n{lists}\n\n| a | b |\n|---|---|\n| c | d<br>e |\n\n> sitat"
    assert to_plain(read_markdown(text)) == (f"Bakgrunn\n\nDet er enighet.\n\n{lists}\n\na | b\nc | d e\n\nsitat")


def test_a_word_half_in_bold_is_one_word_for_search_and_guard() -> None:
    assert to_plain(read_markdown("sam**hand**ling")) == "samhandling"


def test_a_hidden_address_is_told_and_a_shown_one_is_not_repeated() -> None:
    assert to_plain(read_markdown("[avtalen](https://a.example) <https://b.example>")) == (
        "avtalen (https://a.example) https://b.example"
    )
    assert to_plain(read_markdown("[kari@a.example](mailto:kari@a.example)")) == "kari@a.example"
