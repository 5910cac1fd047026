"""What a structure says of a body, of its secretariat and of the agreement as a whole, as rows and pages hold it."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from secretariat.bodies.structures import BodyPlan, Structure
from secretariat.bodies.terms import A_LEAP_YEAR
from secretariat.core.text.language import _, format_date
from secretariat.directory.parties import label


def agreed(plan: BodyPlan) -> dict[str, Any]:
    """The agreement's own rules of a body, by the names that the body's row has for them."""
    chair, term = plan.chair, plan.term
    return {
        "meetings_per_year": plan.meetings_per_year,
        "chair_first": chair.starts_with.value if chair else "",
        "chair_years": (chair.every_years or 0) if chair else 0,
        "term_years": term.years if term else None,
        "term_begins": "{:02}-{:02}".format(*term.begins) if term and term.begins else "",
        "secretary": plan.secretary,
        "note": note(plan),
    }


def note(plan: BodyPlan) -> str:
    """What is agreed besides: the month of the meeting, extra meetings, several of a kind, who is invited."""
    sentences = [plan.note]
    if plan.meeting_month:
        sentences.append(_("Møtet holdes i %(month)s.", month=_month(plan.meeting_month)))
    if plan.extraordinary:
        sentences.append(_("Ekstraordinære møter kan kalles inn."))
    if plan.many:
        sentences.append(_("Det kan være flere slike utvalg."))
    if plan.is_open_to_registration and plan.seats:
        sentences.append(_("Innbudt: %(who)s.", who="; ".join(seat.role for seat in plan.seats)))
    return " ".join(sentence for sentence in sentences if sentence)


def _month(number: int) -> str:
    return format_date(date(A_LEAP_YEAR, number, 1)).split()[1]


def about(structure: Structure) -> str:
    """What the structure says of itself: its time, its remarks, its patient groups and its secretariat."""
    return "\n\n".join(part for part in _parts(structure) if part)


def _parts(structure: Structure) -> Iterator[str]:
    first, last = structure.valid_from, structure.valid_to
    if last is None:
        yield _("Avtalen eller planen gjelder fra %(first)s.", first=format_date(first))
    else:
        dates = {"first": format_date(first), "last": format_date(last)}
        yield _("Avtalen eller planen gjelder fra %(first)s til %(last)s.", **dates)
    yield structure.note
    if structure.patient_groups:
        yield _(
            "Pasientgrupper som samarbeidet gjelder særlig: %(groups)s.", groups="; ".join(structure.patient_groups)
        )
    for plan in structure.bodies:
        if plan.is_secretariat:
            yield secretariat(structure, plan)


def secretariat(structure: Structure, plan: BodyPlan) -> str:
    """The secretariat, which serves the bodies and is none: for whom it works, who is in it, what it does."""
    lines = [f"{plan.name}. {plan.purpose}".strip()]
    if plan.reports_to:
        lines.append(_("Rapporterer til %(body)s.", body=plan.reports_to))
    if plan.seats:
        lines.append(_("Består av: %(who)s.", who="; ".join(_who(structure, plan))))
    if plan.chair and plan.chair.every_years:
        rule = {"years": plan.chair.every_years, "party": str(label(plan.chair.starts_with)).lower()}
        lines.append(_("Ledelsen skifter mellom partene hvert %(years)s. år; først leder %(party)s.", **rule))
    if plan.tasks:
        lines.append(_("Oppgaver: %(tasks)s.", tasks="; ".join(plan.tasks)))
    return "\n".join(lines)


def _who(structure: Structure, plan: BodyPlan) -> Iterator[str]:
    """The places of one kind, with their number where the agreement gives it."""
    kinds = groupby(structure.seats_of(plan), key=lambda seat: (seat.party, seat.role, seat.assumed))
    for (party, role, assumed), seats in kinds:
        number = "" if assumed else f"{len(list(seats))} "
        yield f"{label(party)}: {number}{role}"
