"""Contact lists as other programs read them: vCard 4.0 (RFC 6350), a table for spreadsheets, addresses to paste."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

from secretariat.bodies.contacts.queries import Contact
from secretariat.core.text.language import _

LONGEST_LINE = 75
BYTE_ORDER_MARK = "\ufeff"

_TELEPHONE = re.compile(r"\+[\d ()-]+")


def vcards(people: Iterable[Contact], category: str) -> bytes:
    """A card for each, all in the category of their body; a card read in again replaces the one from before."""
    return "".join(_card(one, category) for one in people).encode()


def _card(one: Contact, category: str) -> str:
    names = ";".join(map(_part, (one.family_name, one.given_name, "", "", "")))
    lines = ["BEGIN:VCARD", "VERSION:4.0", "KIND:individual", f"UID:urn:uuid:{one.person_id}", f"N:{names}"]
    told = {
        "FN": _text(one.name),
        "ORG": _part(one.organisation),
        "TITLE": _text(one.title),
        "ROLE": _text(one.place),
        "EMAIL;TYPE=work": _text(one.email),
        "TEL;VALUE=text;TYPE=work": _text(one.phone),
        "CATEGORIES": _text(category),
        "LANG": one.language,
    }
    lines += [f"{name}:{value}" for name, value in told.items() if value]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCARD"])


def _text(value: str) -> str:
    """What has a meaning of its own in a card, told apart from what people wrote."""
    return re.sub(r"\r\n|\r|\n", r"\\n", value.replace("\\", "\\\\").replace(",", "\\,"))


def _part(value: str) -> str:
    """One part of a name or an organisation, whose parts are divided by semicolons."""
    return _text(value).replace(";", "\\;")


def _folded(line: str) -> str:
    """No line is longer than 75 octets, and no letter is cut in two."""
    parts, here = [""], 0
    for sign in line:
        size = len(sign.encode())
        if here + size > LONGEST_LINE:
            parts.append("")
            here = 1
        parts[-1] += sign
        here += size
    return "\r\n ".join(parts)


def sheet(people: Iterable[Contact]) -> bytes:
    """Semicolons and a byte order mark: a Norwegian Excel opens it with a double click, æ, ø and å in place."""
    heads = [_("Navn"), _("Stilling"), _("Organisasjon"), _("Representerer"), _("E-post"), _("Telefon")]
    rows = [[one.name, one.title, one.organisation, one.place, one.email, one.phone] for one in people]
    return table([heads, *rows])


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows for a spreadsheet; nothing in them is taken for a formula."""
    text = StringIO()
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([_harmless(cell) for cell in row] for row in rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def _harmless(cell: str) -> str:
    """A text that a spreadsheet would calculate gets an apostrophe before it; a telephone number does not."""
    if _TELEPHONE.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def addresses(people: Iterable[Contact]) -> str:
    """All addresses as mail programs take them in: «Kari Nordmann <kari@…>; …»."""
    return "; ".join(f"{_quoted(one.name)} <{one.email}>" for one in people if one.email)


def _quoted(name: str) -> str:
    """A name with signs that divide addresses stands in quotation marks."""
    if not re.search(r"""[",;:<>()@\[\]\\]""", name):
        return name
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
