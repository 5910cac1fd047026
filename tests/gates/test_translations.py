"""Every sentence is there in nynorsk and in English."""

import pytest

from secretariat.core.text.catalogues import missing


@pytest.mark.parametrize("language", ["nn", "en"])
def test_no_sentence_is_left_in_bokmal(language: str) -> None:
    assert missing(language) == [], "run make translations and translate what is new"
