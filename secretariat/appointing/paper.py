"""Oppnevningsbrev as PDF: one for each person, and one for each nominating body with all it named.

A PDF is kept under the hash of what it was made from, so the same letter is typeset once.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from secretariat.appointing.welcome import Appointed
from secretariat.config import settings
from secretariat.core.db import session
from secretariat.core.text.language import _, current_language, format_date, use_language
from secretariat.documents import storage
from secretariat.documents.rendering.appointments import AppointedLine, AppointmentPaper
from secretariat.documents.rendering.facts import Fact
from secretariat.documents.rendering.papers import Letterhead, Signature
from secretariat.documents.rendering.render import render


def letter_to_person(one: Appointed) -> bytes:
    """The letter to who is appointed, in the person's own language."""
    with use_language(one.language):
        return _printed(
            AppointmentPaper(
                language=current_language(),
                made_at=one.made_at,
                letterhead=Letterhead(one.partnership, one.body, one.body_short),
                receiver=tuple(filter(None, (one.name, one.person_title, one.organisation))),
                subject=one.body,
                lead=_("Du er oppnevnt til %(body)s.", body=one.body),
                facts=tuple(Fact(str(label), str(text)) for label, text in _facts(one) if text),
                closing=_closing(one),
                signatures=(_secretariat(one.partnership),),
            )
        )


def letter_to_nominator(nominator: str, title: str, appointed: Sequence[Appointed]) -> bytes:
    """The letter to a nominating body: who is appointed on its word."""
    first = appointed[0]
    return _printed(
        AppointmentPaper(
            language=current_language(),
            made_at=max(one.made_at for one in appointed),
            letterhead=Letterhead(first.partnership, _("Sekretariatet"), _("Sekretariatet")),
            receiver=(nominator,),
            subject=title,
            lead=_("Etter oppnevning fra %(nominator)s er dette registrert:", nominator=nominator),
            facts=(Fact(_("Dato"), format_date(max(one.made_at for one in appointed))),),
            lines=tuple(_line(one) for one in appointed),
            closing=(_("De som er oppnevnt, får hvert sitt oppnevningsbrev."),),
            signatures=(_secretariat(first.partnership),),
        )
    )


def _facts(one: Appointed) -> Iterable[tuple[Any, Any]]:
    yield _("Dato"), format_date(one.made_at)
    yield _("Utvalg"), one.body
    yield _("Oppnevnt som"), role_words(one)
    yield _("Representerer"), one.place
    yield _("Funksjonstid"), period(one)
    yield _("Rettigheter"), rights(one)
    yield _("Oppnevnt av"), one.nominator


def _closing(one: Appointed) -> tuple[str, ...]:
    stays = _("Du sitter til ny er oppnevnt, også om det skjer etter at funksjonstiden er ute.")
    ask = _("Spørsmål rettes til sekretariatet, %(address)s.", address=one.secretariat_email)
    return tuple(filter(None, ("" if one.ends_on else stays, ask if one.secretariat_email else "")))


def role_words(one: Appointed) -> str:
    """Fast representant, or a deputy with the number in the row and what it may decide."""
    if not one.is_deputy:
        return _("Fast representant")
    number = _("Vara nummer %(rank)s", rank=one.rank) if one.rank else _("Felles vara")
    return number if one.may_decide else _("%(number)s, uten fullmakt", number=number)


def rights(one: Appointed) -> str:
    """The rights in the meeting, in one line."""
    said = ((_("møte"), True), (_("tale"), one.may_speak), (_("forslag"), one.may_propose), (_("stemme"), one.may_vote))
    words = [word for word, has in said if has]
    return _("Rett til: %(rights)s", rights=", ".join(words))


def period(one: Appointed) -> str:
    """From–to, or from a day until somebody else is appointed."""
    first = format_date(one.starts_on)
    if one.last_day is None:
        return _("Fra %(first)s, til ny er oppnevnt", first=first)
    return f"{first}–{format_date(one.last_day)}"


def _line(one: Appointed) -> AppointedLine:
    name = ", ".join(filter(None, (one.name, one.person_title)))
    deputy = _("Felles vara") if one.is_pool else _("Vara")
    place = " · ".join(filter(None, (deputy if one.is_deputy else "", one.place)))
    return AppointedLine(name, one.body, place, period(one))


def _secretariat(partnership: str) -> Signature:
    return Signature(_("Sekretariatet"), partnership)


def _printed(paper: AppointmentPaper) -> bytes:
    digest = hashlib.sha256(repr(paper).encode()).hexdigest()
    place = settings().instance / "rendered" / f"{digest}.pdf"
    if not place.exists():
        session().rollback()  # typesetting takes a while; no transaction waits for it
        storage.write_once(place, render(paper))
    return place.read_bytes()
