"""What an organisation was, is and will be called: another name from a day, past or to come.

The present name stands in the organisation; a planned one is taken up by the worker at its midnight. Invariant
``NAMES_IN_ORDER``: a name to come lies ahead, one that was is over. Invariant ``NAME_TO_ONE``: a name that an
organisation will have is kept for it; no other takes it or plans it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from secretariat.core import clock, outbox
from secretariat.core.access import visible
from secretariat.core.actions import action
from secretariat.core.actor import Actor
from secretariat.core.dates import ONE_DAY, instant
from secretariat.core.db import session
from secretariat.core.errors import DomainError
from secretariat.core.inputs import Line
from secretariat.core.text.language import _l, format_date
from secretariat.directory.changing import takes_up_changes
from secretariat.directory.models import Organisation, OrganisationName
from secretariat.directory.policy import may_edit_organisation

FORMER = sa.orm.aliased(OrganisationName, name="former_name")
PLANNED = sa.orm.aliased(OrganisationName, name="planned_name")


def named_on(organisation: Any, day: Any) -> sa.ColumnElement[str]:
    """What an organisation of a query is called on the day: a date, or a column of the query."""
    to_come = sa.select(PLANNED.name).where(PLANNED.organisation_id == organisation.id, PLANNED.starts_on <= day)
    before = sa.select(FORMER.name).where(FORMER.organisation_id == organisation.id, FORMER.ends_on >= day)
    return sa.func.coalesce(
        to_come.limit(1).correlate_except(PLANNED).scalar_subquery(),
        before.order_by(FORMER.ends_on).limit(1).correlate_except(FORMER).scalar_subquery(),
        organisation.name,
    )


def all_names(wanted: Iterable[str], day: date) -> dict[str, str]:
    """All that the organisations of these names on the day were, are and will be called, each with that name."""
    of_day, names = named_on(Organisation, day), sorted(set(wanted))
    other = sa.select(OrganisationName.name, of_day).join(
        Organisation, Organisation.id == OrganisationName.organisation_id
    )
    every = sa.union_all(sa.select(Organisation.name, of_day).where(of_day.in_(names)), other.where(of_day.in_(names)))
    return {called: name for called, name in session().execute(every)} | {name: name for name in names}


def former_names(actor: Actor, organisation_id: UUID) -> list[tuple[str, date]]:
    """What an organisation was called before, each with its last day, the newest first."""
    query = sa.select(OrganisationName.name, OrganisationName.ends_on).where(
        OrganisationName.organisation_id == organisation_id,
        OrganisationName.ends_on.is_not(None),
        visible(actor, OrganisationName),
    )
    return [(name, day) for name, day in session().execute(query.order_by(OrganisationName.ends_on.desc())) if day]


def planned_name(actor: Actor, organisation_id: UUID) -> OrganisationName | None:
    """The name that an organisation will have, if one is planned."""
    planned = _planned(organisation_id).where(visible(actor, OrganisationName))
    return session().scalar(planned)


def name_to_come(actor: Actor, organisation_name_id: UUID) -> OrganisationName | None:
    """One name that is planned."""
    query = sa.select(OrganisationName).where(OrganisationName.id == organisation_name_id)
    return session().scalar(query.where(OrganisationName.starts_on.is_not(None), visible(actor, OrganisationName)))


def _planned(organisation_id: UUID) -> sa.Select[OrganisationName]:
    to_come = OrganisationName.starts_on.is_not(None)
    return sa.select(OrganisationName).where(OrganisationName.organisation_id == organisation_id, to_come)


# ---- whose a name is


def kept_names(wanted: Iterable[str]) -> dict[str, Any]:
    """Those of the names that an organisation will have from a day to come, each with a sentence that says so."""
    query = (
        sa.select(OrganisationName.name, OrganisationName.starts_on, Organisation.name.label("present"))
        .join(Organisation, Organisation.id == OrganisationName.organisation_id)
        .where(OrganisationName.name.in_(sorted(set(wanted))), OrganisationName.starts_on.is_not(None))
    )
    return {
        row.name: _l("%(organisation)s skal hete dette fra %(day)s.", organisation=row.present, day=format_date(day))
        for row in session().execute(query)
        if (day := row.starts_on)
    }


def claim(name: str, organisation_id: UUID | None = None, field: str | None = "name") -> None:
    """Refuse a name that another organisation has, or that one will have (``NAME_TO_ONE``)."""
    _one_at_a_time()
    kept = kept_names([name])
    if kept:
        raise DomainError(kept[name], field)
    others = sa.select(Organisation.id).where(Organisation.name == name, Organisation.id != organisation_id)
    if session().scalar(others) is not None:
        raise DomainError(_l("Det finnes alt en organisasjon med dette navnet."), field)


def _one_at_a_time() -> None:
    """Two who take a name at the same moment wait for each other: both ask for the same row first."""
    session().execute(sa.select(Organisation.id).order_by(Organisation.id).limit(1).with_for_update())


# ---- another name from a day


@dataclass(frozen=True)
class Rename:
    """The new name, and the first day it is used."""

    name: Line
    starts_on: date


@action("directory.rename_organisation", load=Organisation, rule=may_edit_organisation, input=Rename)
def rename(_actor: Actor, organisation: Organisation, given: Rename) -> UUID:
    """The organisation is called something else from a day; what it is called until then is kept."""
    if given.starts_on is None:
        raise DomainError(_l("Skriv fra hvilken dag."), "starts_on")
    if given.name == organisation.name:
        raise DomainError(_l("Organisasjonen heter alt dette."), "name")
    claim(given.name, organisation.id)
    if given.starts_on > clock.today():
        _plan(organisation, given)
    else:
        _call(organisation, given.name, given.starts_on)
    return organisation.id


def _plan(organisation: Organisation, given: Rename) -> None:
    """The name of today stays until the day."""
    known = session().scalar(_planned(organisation.id))
    if known is not None and known.starts_on is not None:
        sentence = _l("Et nytt navn er alt planlagt fra %(day)s.", day=format_date(known.starts_on))
        raise DomainError(sentence, "starts_on")
    row = OrganisationName(organisation_id=organisation.id, name=given.name, starts_on=given.starts_on)
    session().add(row)
    session().flush()
    midnight = instant(given.starts_on, time())
    outbox.put("directory.name", {"name_id": str(row.id)}, key=f"directory.name:{row.id}", not_before=midnight)


def _call(organisation: Organisation, name: str, first_day: date) -> None:
    """The new name is the present one; the one before was used until the eve."""
    last = first_day - ONE_DAY
    kept = sa.select(sa.func.max(OrganisationName.ends_on)).where(OrganisationName.organisation_id == organisation.id)
    latest = session().scalar(kept)
    if latest is not None and latest >= last:
        raise DomainError(_l("Den fikk sitt nåværende navn %(day)s.", day=format_date(latest + ONE_DAY)), "starts_on")
    session().add(OrganisationName(organisation_id=organisation.id, name=organisation.name, ends_on=last))
    organisation.name = name


def may_keep_name(actor: Actor, name: Any) -> bool:
    """Take back a name to come: whoever keeps the organisation."""
    return may_edit_organisation(actor, session().get_one(Organisation, name.organisation_id))


@action("directory.drop_planned_name", load=OrganisationName, rule=may_keep_name)
def drop_planned_name(_actor: Actor, name: OrganisationName, _given: Any) -> UUID:
    """Take back a name that is not used yet."""
    if name.starts_on is None or name.starts_on <= clock.today():
        raise DomainError(_l("Navnet er alt tatt i bruk. Gi organisasjonen et nytt navn i stedet."))
    session().delete(name)
    return name.organisation_id


@action("directory.take_name", load=Organisation, rule=takes_up_changes)
def take_name(_actor: Actor, organisation: Organisation, _given: Any) -> UUID:
    """The day has come: from now on the organisation is called what was planned."""
    planned = session().scalar(_planned(organisation.id).where(OrganisationName.starts_on <= clock.today()))
    if planned is not None and planned.starts_on is not None:
        _call(organisation, planned.name, planned.starts_on)
        session().delete(planned)
    return organisation.id


@outbox.handles("directory.name")
def take_up_name(payload: dict[str, Any]) -> None:
    """Let a planned name take effect; one that was taken back in the meantime changes nothing."""
    planned = session().get(OrganisationName, UUID(payload["name_id"]))
    if planned is not None:
        take_name(Actor.system("worker"), planned.organisation_id)
