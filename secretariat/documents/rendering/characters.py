"""Text as a font can show it and an archive may keep it."""

import re

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def printable(text: str) -> str:
    """The text without control characters. What Word brings from symbol fonts of its own is nearly always a bullet."""
    return _PRIVATE.sub("•", _UNSEEN.sub("", text))
