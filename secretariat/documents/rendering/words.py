"""The words of the frame, in the language that is in use: what the template prints around the contents."""

from secretariat.core.text.language import _


def words() -> dict[str, str]:
    """Every fixed word by the name the templates know it by. {page} and {pages} are filled in by the template."""
    return _notice_words() | _case_words() | _minutes_words() | {"page_of_pages": _("Side {page} av {pages}")}


def _notice_words() -> dict[str, str]:
    return {
        "agenda": _("Saksliste"),
        "number": _("Saksnr."),
        "case": _("Sak"),
        "clock": _("Kl."),
        "minutes": _("Min."),
        "page": _("Side"),
        "withdrawn": _("Utgår"),
        "exempt": _("Unntatt offentlighet"),
        "called": _("Innkalt"),
        "practical": _("Praktiske opplysninger"),
        "attachments": _("Vedlegg"),
        "file": _("Fil"),
        "originals": _("Originalfilene ligger ved i denne PDF-filen, uendret."),
    }


def _case_words() -> dict[str, str]:
    return {
        "proposal": _("Forslag til vedtak"),
        "earlier": _("Tidligere drøftet i"),
        "body": _("Utvalg"),
        "meeting_date": _("Møtedato"),
        "outcome": _("Utfall"),
        "not_enclosed": _("Ikke vedlagt"),
        "not_public": _("Saken er unntatt offentlighet, og teksten er utelatt i denne utgaven."),
    }


def _minutes_words() -> dict[str, str]:
    return {
        "present": _("Til stede"),
        "nobody": _("Det er ikke ført hvem som var til stede."),
        "absent": _("Forfall"),
        "missing": _("Ikke møtt"),
        "name": _("Navn"),
        "office": _("Stilling"),
        "organisation": _("Organisasjon"),
        "remark": _("Merknad"),
        "positions": _("Partenes syn"),
        "go_on": _("Videre"),
        "additions": _("Protokolltilførsel"),
        "tasks": _("Oppgaver"),
        "task": _("Oppgave"),
        "responsible": _("Ansvarlig"),
        "deadline": _("Frist"),
        "stepped_aside": _("Inhabil, deltok ikke i saken"),
        "corrections": _("Rettelser"),
        "next_steps": _("Skal til"),
        "background": _("Bakgrunn"),
    }
