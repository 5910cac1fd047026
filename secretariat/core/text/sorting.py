"""Norwegian order and Norwegian search, as keys stored beside a name: the database compares plain characters only."""

import re
import unicodedata

# After z come æ, ø and å; in ASCII the three signs after z are free.
_AE, _OE, _AA = "{", "|", "}"
_LETTERS = {"æ": _AE, "ä": _AE, "ø": _OE, "ö": _OE, "å": _AA, "aa": _AA}
_VARIANTS = {"ä", "ö", "aa"}
_PLAIN = {"đ": "d", "ð": "d", "ŋ": "n", "ŧ": "t", "þ": "th", "œ": "oe", "ł": "l", "ı": "i"}
_PARTS = re.compile(r"\d+|aa|\w|[\W_]+")
_KEPT_IN_SEARCH = frozenset("æøåáčđŋšŧž")
_SAME_IN_SEARCH = {"ä": "æ", "ö": "ø"}


def sort_key(text: str) -> str:
    """Ærlig, Østby, Ås, Aas; sak 2 before sak 10; capital letters, accents and punctuation make no difference."""
    parts = _PARTS.findall(_normalised(text).strip())
    key = "".join(_weight(part) for part in parts).strip()
    variants = "".join("1" if part in _VARIANTS else "0" for part in parts).rstrip("0")
    return f"{key}\t{variants}" if variants else key


def folded(text: str) -> str:
    """The text as search compares it: small letters, accents gone; æ, ø, å and the Sámi letters are letters."""
    return "".join(_folded_letter(letter) for letter in _normalised(text))


def _normalised(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


def _weight(part: str) -> str:
    if part in _LETTERS:
        return _LETTERS[part]
    if part.isdecimal():
        number = str(int(part[:99]))
        return f"{len(number):02d}{number}"  # the longer number is the greater
    return _without_accents(part) if part.isalnum() else " "


def _folded_letter(letter: str) -> str:
    if letter in _KEPT_IN_SEARCH:
        return letter
    return _SAME_IN_SEARCH.get(letter) or _without_accents(letter)


def _without_accents(letter: str) -> str:
    decomposed = unicodedata.normalize("NFD", _PLAIN.get(letter, letter))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
