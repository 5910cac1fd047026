from pathlib import Path

import pytest

from secretariat.core.text.catalogues import missing, update_catalogues
from secretariat.core.text.language import TRANSLATED_LANGUAGES, TRANSLATIONS

SOURCE = """
from secretariat.core.text.language import _, _l, _n

LABEL = _l("Møtested")
def sentence(number):
    return _("Frist %(date)s", date=1) + _n("%(number)s sak", "%(number)s saker", number)
"""
PAGE = "{{ _('Innkalling') }} {% if x %}{{ _n('%(number)s sak', '%(number)s saker', 2) }}{% endif %}"


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    """A small product with one module, one page and one mail."""
    found = {name: tmp_path / name for name in ("package", "templates", "translations")}
    (found["package"] / "meetings").mkdir(parents=True)
    (found["package"] / "meetings" / "forms.py").write_text(SOURCE)
    (found["templates"] / "meetings").mkdir(parents=True)
    (found["templates"] / "meetings" / "notice.html").write_text(PAGE)
    (found["templates"] / "meetings" / "notice.txt").write_text("{{ _('Velkommen') }}")
    return found


def _catalogue(places: dict[str, Path]) -> Path:
    return places["translations"] / "nn" / "messages.po"


def test_every_sentence_of_source_pages_and_mails_is_collected(places: dict[str, Path]) -> None:
    update_catalogues(**places)
    assert missing("nn", **places) == ["%(number)s sak", "Frist %(date)s", "Innkalling", "Møtested", "Velkommen"]


def test_a_translation_stays_and_a_sentence_out_of_use_goes(places: dict[str, Path]) -> None:
    update_catalogues(**places)
    catalogue = _catalogue(places)
    catalogue.write_text(
        catalogue.read_text().replace('msgid "Møtested"\nmsgstr ""', 'msgid "Møtested"\nmsgstr "Møtestad"')
    )
    (places["templates"] / "meetings" / "notice.txt").write_text("{{ _('Hei') }}")
    update_catalogues(**places)
    assert 'msgstr "Møtestad"' in catalogue.read_text()
    assert "Velkommen" not in catalogue.read_text()
    assert missing("nn", **places) == ["%(number)s sak", "Frist %(date)s", "Hei", "Innkalling"]


def test_a_catalogue_tells_of_sentences_only_so_that_differences_are_small(places: dict[str, Path]) -> None:
    update_catalogues(**places)
    first = _catalogue(places).read_text()
    (places["package"] / "meetings" / "forms.py").write_text("\n\n" + SOURCE)
    update_catalogues(**places)
    assert _catalogue(places).read_text() == first
    assert not any(word in first for word in ("#:", "Date", "Translator", "forms.py"))


@pytest.mark.parametrize("language", TRANSLATED_LANGUAGES)
def test_the_product_has_a_catalogue_for_every_language(language: str) -> None:
    assert (TRANSLATIONS / language / "messages.po").read_text().startswith('msgid ""\nmsgstr ""\n"Language: ')
