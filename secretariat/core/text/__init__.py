"""Words: what people write, the language they read, and the forms a text takes.

document = tekst (saksframlegg, referat, vedtak, merknad): blocks with stable ids, marks on words, one canonical form
block = avsnitt, overskrift, liste, tabell, sitat       mark = fet, kursiv, lenke
language = språk (bokmål is the source)                 catalogue = the translators' sentences in one language
difference = endring, word for word                     identity number = fødselsnummer, D-nummer: never in a text
sort key = norsk alfabetisk orden                       folded = the form search compares

A document is read from the editor's JSON (`Document.parse`) or from Markdown, and written as JSON, Markdown, HTML,
Typst and plain words; reading what was written gives the same document. Each writer escapes, and nobody else does.
"""

from secretariat.core.text.column import RichText
from secretariat.core.text.difference import Change, difference, difference_html
from secretariat.core.text.document import Document
from secretariat.core.text.html import to_html
from secretariat.core.text.identity import IDENTITY_NUMBER_REASON, find_identity_numbers
from secretariat.core.text.language import _, _l, _n, current_language, set_language, use_language
from secretariat.core.text.markdown import read_markdown, write_markdown
from secretariat.core.text.plain import to_plain
from secretariat.core.text.sorting import folded, sort_key
from secretariat.core.text.typst import to_typst

__all__ = [
    "IDENTITY_NUMBER_REASON",
    "Change",
    "Document",
    "RichText",
    "_",
    "_l",
    "_n",
    "current_language",
    "difference",
    "difference_html",
    "find_identity_numbers",
    "folded",
    "read_markdown",
    "set_language",
    "sort_key",
    "to_html",
    "to_plain",
    "to_typst",
    "use_language",
    "write_markdown",
]
