"""Agreements between the parties: the verbs, and what is read of them."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.bodies import rules
from secretariat.bodies.models import Agreement, AgreementKind, Body, BodyAgreement
from secretariat.bodies.policy import may_keep_agreements, may_keep_body, may_set_up_bodies
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.dates import covers
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Words
from secretariat.core.text.language import _l
from secretariat.core.text.sorting import sort_key
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
    """What the agreement says of the whole, and of the secretariat."""

    about: Annotated[str, Words(most=20_000, required=False, lines=True)] = ""


@action("bodies.describe_partnership", load=Partnership, rule=may_set_up_bodies, input=DescribePartnership)
def describe_partnership(_actor: Actor, partnership: Partnership, given: DescribePartnership) -> UUID:
    """Say what the agreement is about, and who the secretariat is."""
    partnership.about = given.about
    return partnership.id


@dataclass(frozen=True)
class ChooseAgreements:
    """All the agreements that the body works under."""

    agreement_ids: tuple[UUID, ...] = ()


@action("bodies.work_under", load=Body, rule=may_keep_body, input=ChooseAgreements)
def work_under(actor: Actor, body: Body, given: ChooseAgreements) -> UUID:
    """Say which agreements the body works under: those that are named, and no others."""
    of_body = (BodyAgreement.body_id == body.id,)
    for agreement_id, goes in difference(actor, BodyAgreement, of_body, given.agreement_ids, body.partnership_id):
        if goes:
            session().execute(sa.delete(BodyAgreement).where(*of_body, BodyAgreement.agreement_id == agreement_id))
        else:
            link = {"body_id": body.id, "agreement_id": agreement_id}
            session().add(BodyAgreement(partnership_id=body.partnership_id, **link))
    return body.id


def difference(
    actor: Actor, link: Any, of_owner: tuple[Any, ...], chosen: tuple[UUID, ...], partnership_id: UUID
) -> list[tuple[UUID, bool]]:
    """What changes when an owner gets exactly the ``chosen`` agreements: each agreement, and whether it goes."""
    here = (Agreement.partnership_id == partnership_id, visible(actor, Agreement))
    known = set(session().scalars(sa.select(Agreement.id).where(*here)))
    if not set(chosen) <= known:
        raise DomainError(_l("Avtalen finnes ikke."), "agreement_ids")
    before = set(session().scalars(sa.select(link.agreement_id).where(*of_owner)))
    return [(one, True) for one in sorted(before - set(chosen))] + [
        (one, False) for one in sorted(set(chosen) - before)
    ]


# ---- what is read


@dataclass(frozen=True)
class AgreementRow:
    """An agreement with the bodies that work under it."""

    id: UUID
    partnership_id: UUID
    number: str
    title: str
    kind: AgreementKind
    starts_on: date
    ends_on: date | None
    bodies: tuple[tuple[UUID, str], ...] = ()

    @property
    def is_in_force(self) -> bool:
        """Whether it holds today."""
        return covers(self.starts_on, self.ends_on, clock.today())

    @property
    def words(self) -> str:
        """Number and title, as it is chosen among others."""
        return f"{self.number} {self.title}"


def agreement(actor: Actor, agreement_id: UUID) -> Agreement | None:
    """One agreement."""
    return session().scalar(sa.select(Agreement).where(Agreement.id == agreement_id, visible(actor, Agreement)))


def agreements(actor: Actor, partnership_id: UUID) -> list[AgreementRow]:
    """The agreements of a partnership, the overall ones first, then by number as people count."""
    columns = [getattr(Agreement, name) for name in AgreementRow.__dataclass_fields__ if name != "bodies"]
    query = sa.select(*columns).where(visible(actor, Agreement), Agreement.partnership_id == partnership_id)
    under = _bodies_under(actor, partnership_id)
    rows = [
        AgreementRow(**(row._asdict() | {"kind": KINDS[row.kind]}), bodies=tuple(under.get(row.id, ())))
        for row in session().execute(query.order_by(Agreement.number, Agreement.id))
    ]
    return sorted(rows, key=lambda row: (row.kind is not AgreementKind.OVERALL, sort_key(row.number)))


def _bodies_under(actor: Actor, partnership_id: UUID) -> dict[UUID, list[tuple[UUID, str]]]:
    query = (
        sa.select(BodyAgreement.agreement_id, Body.id, Body.name)
        .join(Body, Body.id == BodyAgreement.body_id)
        .where(visible(actor, Body), Body.partnership_id == partnership_id)
        .where(sa.or_(Body.ends_on.is_(None), Body.ends_on >= clock.today()))
        .order_by(Body.level, Body.sort_key, Body.id)
    )
    under: dict[UUID, list[tuple[UUID, str]]] = {}
    for agreement_id, body_id, name in session().execute(query):
        under.setdefault(agreement_id, []).append((body_id, name))
    return under


def of_body(actor: Actor, body_id: UUID) -> list[UUID]:
    """The agreements that the body works under."""
    query = sa.select(BodyAgreement.agreement_id).where(BodyAgreement.body_id == body_id, visible(actor, BodyAgreement))
    return list(session().scalars(query.order_by(BodyAgreement.agreement_id)))
