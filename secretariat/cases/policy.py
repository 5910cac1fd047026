"""Who may see and change cases."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from secretariat.bodies.models import Body
from secretariat.cases.models import (
    ArchiveReference,
    Case,
    CaseAgreement,
    CasePaper,
    CasePaperVersion,
    CaseState,
    Treatment,
)
from secretariat.core.access import Condition, among, granted, in_open_room, readable, served, through, visible
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.documents.models import StoredFile
from secretariat.documents.policy import owned_by

EARLY = (CaseState.RAISED, CaseState.MORE_WANTED)
"""While whoever raised the case writes on it."""


@readable(Case)
def sees_case(actor: Actor) -> Condition:
    """The secretaries of its room; whoever raised it; the bodies that have got it, and others it was opened to."""
    return sa.or_(served(actor, Case), sa.and_(in_open_room(actor, Case), sa.or_(granted(actor, Case), _raised(actor))))


def _raised(actor: Actor) -> Condition:
    """Cases that the actor, or an organisation the actor speaks for, has raised."""
    raised: list[Condition] = [sa.false()]
    for office in actor.offices:
        if office.organisation_id in actor.organisations:
            own = Case.raised_by_organisation_id == office.organisation_id
            raised.append(sa.and_(own, Case.partnership_id == office.partnership_id))
    if actor.person_id is not None:
        raised.append(among(Case.raised_by_person_id, actor.person_ids))
    return sa.or_(*raised)


def _of_visible_case(actor: Actor, model: Any) -> Condition:
    return through(model.case_id, Case, visible(actor, Case))


Reader = Callable[[Actor], Condition]
_agenda_is_made: list[Reader] = []
_sent: list[Reader] = []
_sent_with: list[Reader] = []


def papers_go_out(*, while_made: Reader, sent: Reader) -> None:
    """Let the room that makes agendas say who reads a paper (CasePaper) while one is made, and which of its versions
    (CasePaperVersion, within CasePaper) have gone out.
    """
    _agenda_is_made.append(while_made)
    _sent.append(sent)


def attachments_go_out(*, sent: Reader) -> None:
    """Let the room that sends papers say which attachments (StoredFile of a case) have gone out with them."""
    _sent_with.append(sent)


@readable(CasePaper)
def sees_case_paper(actor: Actor) -> Condition:
    """The paper as it is being written is for its writers, and for the chairs while they make the agenda. All others
    who see the case read what was handed in or sent.
    """
    early = sa.and_(in_open_room(actor, Case), _raised(actor), Case.state.in_(EARLY))
    written = through(CasePaper.case_id, Case, sa.or_(served(actor, Case), early))
    made = [sa.and_(_of_visible_case(actor, CasePaper), condition(actor)) for condition in _agenda_is_made]
    return sa.or_(written, *made)


@readable(CasePaperVersion)
def sees_case_paper_version(actor: Actor) -> Condition:
    """Who sees the case reads the versions that were sent; whoever raised it what was handed in and what they wrote.
    All versions are the secretariat's; those written in a party's room stay that party's.
    """
    number, mine = CasePaperVersion.number, among(CasePaperVersion.saved_by_id, actor.person_ids)
    kept = through(CasePaper.case_id, Case, served(actor, Case))
    raised = through(CasePaper.case_id, Case, sa.and_(visible(actor, Case), _raised(actor)))
    handed_in = sa.and_(raised, sa.or_(number == 1, mine))
    sent = [sa.and_(_of_visible_case(actor, CasePaper), condition(actor)) for condition in _sent]
    of_paper = through(CasePaperVersion.case_paper_id, CasePaper, sa.or_(kept, handed_in, *sent))
    return sa.and_(of_paper, in_open_room(actor, CasePaperVersion))


@readable(Treatment)
def sees_treatment(actor: Actor) -> Condition:
    """Who sees the case sees its saksgang, but for steps before a body of the other party's own."""
    placed = sa.or_(Treatment.body_id.is_(None), through(Treatment.body_id, Body, in_open_room(actor, Body)))
    return sa.and_(_of_visible_case(actor, Treatment), placed)


@readable(ArchiveReference)
def sees_archive_reference(actor: Actor) -> Condition:
    """Who sees the case sees its archive references."""
    return _of_visible_case(actor, ArchiveReference)


@readable(CaseAgreement)
def sees_case_agreement(actor: Actor) -> Condition:
    """Who sees the case sees which agreements it concerns."""
    return _of_visible_case(actor, CaseAgreement)


def may_raise_case(actor: Actor, partnership: Any) -> bool:
    """Raise a case: all who take part in the partnership."""
    return actor.takes_part(partnership.id)


def may_prepare(actor: Actor, case: Any) -> bool:
    """Write the paper, take in, return, make ready, decide its way: the secretaries of its room."""
    return actor.is_secretary(case.partnership_id, case.room)


def may_write_paper(actor: Actor, case: Any) -> bool:
    """Write the case paper: the secretaries, and whoever raised it until it is ready."""
    raised = actor.is_person(case.raised_by_person_id)
    return may_prepare(actor, case) or (raised and case.state in EARLY)


def may_write_case_paper(actor: Actor, paper: Any) -> bool:
    """Save the case paper: whoever may write the paper of its case."""
    return may_write_paper(actor, session().get_one(Case, paper.case_id))


def may_keep_treatment(actor: Actor, treatment: Any) -> bool:
    """Move or remove a step of the saksgang: whoever prepares the case."""
    return may_prepare(actor, session().get_one(Case, treatment.case_id))


def may_answer(actor: Actor, case: Any) -> bool:
    """Send in what the secretariat asked for: whoever may write the paper."""
    return case.state is CaseState.MORE_WANTED and may_write_paper(actor, case)


def _owns_seen_case(actor: Actor) -> Condition:
    """Attachments go with the paper: who reads it as it is being written has them all, whoever raised the case what
    was handed in and what they added, all others who see the case what was sent.
    """
    written = sa.exists().where(CasePaper.case_id == StoredFile.owner_id, visible(actor, CasePaper))
    mine = among(StoredFile.uploaded_by_id, actor.person_ids)
    handed_in = sa.or_(mine, StoredFile.uploaded_by_id == Case.raised_by_person_id)
    sent = [condition(actor) for condition in _sent_with]
    seen = sa.or_(sa.and_(_raised(actor), handed_in), *sent)
    return sa.or_(written.correlate(StoredFile), _of_seen_case(actor, seen))


def _of_seen_case(actor: Actor, condition: Condition) -> Condition:
    return through(StoredFile.owner_id, Case, sa.and_(visible(actor, Case), condition))


owned_by(Case, served=lambda actor: served(actor, Case), seen=_owns_seen_case)
