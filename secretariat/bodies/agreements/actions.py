"""Agreements between the parties: the verbs."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies import rules
from secretariat.bodies.models import Agreement, AgreementKind, Body, BodyAgreement
from secretariat.bodies.policy import may_keep_agreements, may_keep_body, may_set_up_bodies
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import OptionalLine, OptionalTextLanguage, Words
from secretariat.core.text.language import _l
from secretariat.directory.actions import normal_address
from secretariat.directory.models import Partnership

KINDS = {kind.value: kind for kind in AgreementKind}
SAME_NUMBER = _l("Det er alt en avtale med dette nummeret.")


@dataclass(frozen=True)
class DescribeAgreement:
    """The overall agreement or a numbered part, from–to; no last day: until it is ended."""

    number: Annotated[str, Words(most=20)]
    title: Annotated[str, Words(most=300)]
    starts_on: date
    kind: AgreementKind = AgreementKind.SUB
    ends_on: date | None = None


@action("bodies.add_agreement", load=Partnership, rule=may_set_up_bodies, input=DescribeAgreement)
def add_agreement(_actor: Actor, partnership: Partnership, given: DescribeAgreement) -> UUID:
    """Register an agreement between the parties."""
    rules.lock(Partnership, partnership.id)
    agreement = Agreement(partnership_id=partnership.id)
    _describe(agreement, given)
    session().add(agreement)
    return agreement.id


@action("bodies.change_agreement", load=Agreement, rule=may_keep_agreements, input=DescribeAgreement)
def change_agreement(_actor: Actor, agreement: Agreement, given: DescribeAgreement) -> UUID:
    """Correct an agreement, or end it."""
    rules.lock(Partnership, agreement.partnership_id)
    _describe(agreement, given)
    return agreement.id


def _describe(agreement: Agreement, given: DescribeAgreement) -> None:
    rules.period_in_order(given.starts_on, given.ends_on)
    _number_is_free(agreement, given.number)
    for name in DescribeAgreement.__dataclass_fields__:
        setattr(agreement, name, getattr(given, name))


def _number_is_free(agreement: Agreement, number: str) -> None:
    """An agreement's number is its own in the partnership."""
    same = (Agreement.partnership_id == agreement.partnership_id, Agreement.number == number)
    known = session().scalar(sa.select(Agreement.id).where(*same).execution_options(autoflush=False))
    if known is not None and known != agreement.id:
        raise DomainError(SAME_NUMBER, "number")


@dataclass(frozen=True)
class DescribePartnership:
    """What the agreement says of the whole, and of the secretariat; what the partnership is called, what it writes and
    where mail from it is answered (left out: as it was).
    """

    about: Annotated[str, Words(most=20_000, required=False, lines=True)] = ""
    name: OptionalLine = ""
    short_name: Annotated[str, Words(most=60, required=False)] = ""
    language: OptionalTextLanguage = ""
    secretariat_email: str | None = None


@action("bodies.describe_partnership", load=Partnership, rule=may_set_up_bodies, input=DescribePartnership)
def describe_partnership(_actor: Actor, partnership: Partnership, given: DescribePartnership) -> UUID:
    """Say what the agreement is about, who the secretariat is, and what the partnership is called."""
    partnership.about = given.about
    for name in ("name", "short_name", "language"):
        setattr(partnership, name, getattr(given, name) or getattr(partnership, name))
    if given.secretariat_email is not None:
        partnership.secretariat_email = normal_address(given.secretariat_email, "secretariat_email")
    return partnership.id


@dataclass(frozen=True)
class ChooseAgreements:
    """All the agreements that the body works under."""

    agreement_ids: tuple[UUID, ...] = ()


@action("bodies.work_under", load=Body, rule=may_keep_body, input=ChooseAgreements)
def work_under(actor: Actor, body: Body, given: ChooseAgreements) -> UUID:
    """Say which agreements the body works under: those that are named, and no others."""
    link(actor, BodyAgreement, given, partnership_id=body.partnership_id, body_id=body.id)
    return body.id


def link(actor: Actor, rows: Any, chosen: ChooseAgreements, *, partnership_id: UUID, **owner: UUID) -> None:
    """Let the owner have exactly the chosen agreements of the partnership; ``rows`` is the table that says so."""
    here = (Agreement.partnership_id == partnership_id, visible(actor, Agreement))
    known = set(session().scalars(sa.select(Agreement.id).where(*here)))
    wanted = set(chosen.agreement_ids)
    if not wanted <= known:
        raise DomainError(_l("Avtalen finnes ikke."), "agreement_ids")
    kept = set()
    for row in session().scalars(sa.select(rows).filter_by(**owner)):
        kept.add(row.agreement_id)
        if row.agreement_id not in wanted:
            session().delete(row)
    for agreement_id in sorted(wanted - kept):
        session().add(rows(partnership_id=partnership_id, agreement_id=agreement_id, **owner))
