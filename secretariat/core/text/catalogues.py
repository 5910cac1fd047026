"""The translators' catalogues: collected from the source and the templates, and counted.

A catalogue holds sentences and nothing else: no line numbers, people or dates, so that a difference shows words only.
"""

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from secretariat.core.text.language import (
    CONTEXT_ENDS,
    TRANSLATED_LANGUAGES,
    TRANSLATIONS,
    Forms,
    in_context,
    read_catalogue,
)

PACKAGE = TRANSLATIONS.parent
TEMPLATES = PACKAGE.parent / "templates"

_KEYWORDS = {"_": None, "_l": None, "_n": (1, 2), "_p": ((1, "c"), 2)}
_TEMPLATE_OPTIONS = {"silent": "false", "trimmed": "true"}
_METHODS = [("**.py", "python"), *((f"**.{ending}", "jinja2") for ending in ("html", "txt", "xml"))]
_HEADER = """\
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def update_catalogues(package: Path = PACKAGE, templates: Path = TEMPLATES, translations: Path = TRANSLATIONS) -> None:
    """Bring every catalogue up to the source: new sentences come in empty, those no longer used go out."""
    sentences = set(_sentences(package, templates))
    for language in TRANSLATED_LANGUAGES:
        known = _known(translations, language)
        catalogue = Catalog(locale=language)
        for sentence in sentences:
            context, written = _as_written(sentence)
            catalogue.add(written, _string(known.get(sentence, ("",))), context=context)
        _write(catalogue, _path(translations, language))


def missing(
    language: str, package: Path = PACKAGE, templates: Path = TEMPLATES, translations: Path = TRANSLATIONS
) -> list[str]:
    """The sentences in use that nobody has translated into this language."""
    known = _known(translations, language)
    return sorted({sentence[0] for sentence in _sentences(package, templates) if sentence not in known})


def _sentences(package: Path, templates: Path) -> Iterator[Forms]:
    """Every sentence a person may meet, from Python and Jinja."""
    options = {pattern: _TEMPLATE_OPTIONS for pattern, method in _METHODS if method == "jinja2"}
    for folder in (package, templates):
        for _file, _line, sentence, _comments, context in extract_from_dir(folder, _METHODS, options, _KEYWORDS):
            yield in_context(context, sentence)


def _path(translations: Path, language: str) -> Path:
    return translations / language / "messages.po"


def _known(translations: Path, language: str) -> dict[Forms, Forms]:
    return read_catalogue(translations, language) if _path(translations, language).exists() else {}


def _as_written(sentence: Forms) -> tuple[str | None, str | Forms]:
    """Its context, if it has one, and its words."""
    if len(sentence) > 1:
        return None, sentence
    context, _parted, words = sentence[0].rpartition(CONTEXT_ENDS)
    return context or None, words


def _string(forms: Forms) -> str | Forms:
    return forms if len(forms) > 1 else forms[0]


def _write(catalogue: Catalog, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(_HEADER.format(language=catalogue.locale).encode())
        write_po(file, catalogue, width=0, no_location=True, omit_header=True, sort_output=True)
