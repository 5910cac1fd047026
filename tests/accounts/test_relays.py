"""A relay (a regional council, KS) sees and answers for those it represents, for nobody else, until its last day."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from secretariat.accounts.recognition import actor_of
from secretariat.cases.models import Case
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actor import Actor, Role
from secretariat.core.db import session
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.decisions import implementation
from secretariat.decisions.models import (
    Decision,
    DecisionState,
    Implementation,
    ImplementationState,
    Task,
    TaskState,
)
from secretariat.decisions.queries import awaiting_implementation
from secretariat.decisions.tasks import report_task
from secretariat.directory import relays
from secretariat.directory.invariants import representations_do_not_overlap
from secretariat.directory.models import Organisation, OrganisationKind, Person, Representation
from secretariat.directory.parties import Party
from secretariat.messages.models import Mail
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements


@dataclass
class Around:
    """A regional council that represents one municipality and not the other, with work for both."""

    cast: Cast
    council: Organisation
    represented: Organisation
    other: Organisation
    person: Person
    lines: dict[str, Implementation]
    tasks: dict[str, Task]
    cases: dict[str, Case]

    @property
    def actor(self) -> Actor:
        """The council's contact as of now."""
        return self.cast.factory.actor(self.person)


@pytest.fixture
def around(a: Factory, cast: Cast) -> Around:
    with a.together():
        council = a.organisation("Regionrådet", kind=OrganisationKind.REGIONAL_COUNCIL, partnership=cast.partnership)
        ours = a.organisation("Vår kommune", partnership=cast.partnership)
        other = a.organisation("Annen kommune", partnership=cast.partnership)
        person = a.person("Rune Rådssen", organisation=council)
        a.user(person, token="token-relay")
        own = {"party": Party.M, "partnership_id": cast.partnership.id}
        a.office(person, Role.CONTACT, organisation_id=council.id, **own)
    lines, tasks, cases = _work(a, cast, {"ours": ours, "other": other})
    cast.person["relay"] = person
    return Around(cast, council, ours, other, person, lines, tasks, cases)


def _work(
    a: Factory, cast: Cast, organisations: dict[str, Organisation]
) -> tuple[dict[str, Implementation], dict[str, Task], dict[str, Case]]:
    meeting = a.meeting(cast.body, day=clock.today() - timedelta(days=5))
    item = a.item(meeting)
    here = {"partnership_id": cast.partnership.id}
    place = {"meeting_id": meeting.id, "agenda_item_id": item.id}
    decision = Decision(**here, **place, body_id=cast.body.id, state=DecisionState.IN_FORCE, decided_on=meeting.day)
    with a.together():
        session().add(decision)
        session().flush()
        carried = {"decision_id": decision.id}
        lines = {n: Implementation(**here, **carried, organisation_id=o.id) for n, o in organisations.items()}
        tasks = {
            n: Task(**here, **place, text=f"For {n}", in_force=True, responsible_organisation_id=o.id)
            for n, o in organisations.items()
        }
        session().add_all([*lines.values(), *tasks.values()])
        cases = {n: a.case(f"Sak fra {n}", organisation=o) for n, o in organisations.items()}
    return lines, tasks, cases


def let(around: Around, **values: object) -> None:
    """The secretary registers that the council represents the municipality."""
    values = {"organisation_id": around.council.id, "represented": (around.represented.id,)} | values
    relays.represent(around.cast.actor("secretary"), around.cast.partnership.id, **values)


@contextmanager
def days_later(days: int) -> Iterator[None]:
    with clock.at(datetime(2026, 9, 7, 6, 0, tzinfo=UTC) + timedelta(days=days)):
        yield


def seen_cases(actor: Actor) -> set[str]:
    return set(session().scalars(sa.select(Case.title).where(visible(actor, Case))))


def test_a_relay_speaks_for_itself_alone_until_it_is_registered(around: Around) -> None:
    assert around.actor.organisations == {around.council.id}
    assert seen_cases(around.actor) == set()
    with pytest.raises(Denied):
        implementation.report_implementation(
            around.actor, around.lines["ours"].id, state=ImplementationState.IN_PROGRESS
        )


def test_a_relay_sees_and_answers_for_those_it_represents(around: Around) -> None:
    let(around)
    relay = around.actor
    assert relay.organisations == {around.council.id, around.represented.id}
    assert seen_cases(relay) == {"Sak fra ours"}
    assert [line.organisation for line in awaiting_implementation(relay)] == ["Vår kommune"]
    implementation.report_implementation(relay, around.lines["ours"].id, state=ImplementationState.IN_PROGRESS)
    report_task(relay, around.tasks["ours"].id, state=TaskState.DONE, note="Gjort")
    assert around.tasks["ours"].state is TaskState.DONE


def test_what_belongs_to_a_municipality_that_is_not_represented_is_neither_seen_nor_answered(around: Around) -> None:
    let(around)
    relay = around.actor
    with pytest.raises(Denied):
        implementation.report_implementation(relay, around.lines["other"].id, state=ImplementationState.IN_PROGRESS)
    with pytest.raises(Denied):
        report_task(relay, around.tasks["other"].id, state=TaskState.DONE, note="Gjort")
    assert "Sak fra other" not in seen_cases(relay)


def test_a_relay_answers_on_the_last_day_and_not_on_the_day_after(around: Around) -> None:
    let(around, ends_on=clock.today() + timedelta(days=3))
    with days_later(3):
        assert seen_cases(around.actor) == {"Sak fra ours"}
    with days_later(4):
        assert around.actor.organisations == {around.council.id}
        assert seen_cases(around.actor) == set()
        with pytest.raises(Denied):
            report_task(around.actor, around.tasks["ours"].id, state=TaskState.DONE, note="For sent")


def test_a_relay_that_begins_later_sees_nothing_yet(around: Around) -> None:
    let(around, starts_on=clock.today() + timedelta(days=3))
    assert seen_cases(around.actor) == set()
    with days_later(3):
        assert seen_cases(around.actor) == {"Sak fra ours"}


def test_in_the_api_a_relay_finds_the_represented_and_answers_for_no_other(around: Around, browse: Browser) -> None:
    let(around)
    client = browse.client
    token = {"Authorization": "Bearer token-relay"}
    listed = client.get("/api/v1/cases", headers=token).get_json()["items"]
    assert [case["title"] for case in listed] == ["Sak fra ours"]
    verb = "/api/v1/actions/decisions.report_implementation"
    answers = {
        name: client.post(verb, headers=token, json={"subject": str(line.id), "state": "in_progress"}).status_code
        for name, line in around.lines.items()
    }
    assert answers == {"ours": 200, "other": 403}


def test_the_relays_contacts_get_the_mail_of_those_it_represents(around: Around) -> None:
    secretary = around.cast.actor("secretary")
    with pytest.raises(DomainError):
        implementation.remind(secretary, around.lines["ours"].id)
    let(around)
    implementation.remind(secretary, around.lines["ours"].id)
    with pytest.raises(DomainError):
        implementation.remind(secretary, around.lines["other"].id)
    assert session().scalars(sa.select(Mail.person_id)).all() == [around.person.id]


def test_a_relay_is_recognised_in_one_statement_whomever_it_represents(around: Around) -> None:
    let(around, represented=(around.represented.id, around.other.id))
    person_id = around.person.id
    with count_statements() as asked:
        assert len(actor_of(person_id).organisations) == 3
    assert asked.count == 1


def test_representing_opens_no_room_that_the_relays_own_office_does_not(a: Factory, around: Around) -> None:
    state = a.organisation("KS", Party.K, kind=OrganisationKind.OTHER, partnership=around.cast.partnership)
    person = a.person("Kåre Sekretær", organisation=state)
    a.office(person, Role.CONTACT, party=Party.K, organisation_id=state.id, partnership_id=around.cast.partnership.id)
    let(around, organisation_id=state.id)
    actor = a.actor(person)
    assert around.represented.id in actor.organisations
    assert actor.rooms == {(around.cast.partnership.id, "K")}


def test_only_a_secretary_of_the_partnership_says_who_represents_whom(around: Around) -> None:
    given = {"organisation_id": around.council.id, "represented": (around.represented.id,)}
    for role, refusal in {"contact": Denied, "chair": Denied, "stranger": NotFound, "administrator": Denied}.items():
        with pytest.raises(refusal):
            relays.represent(around.cast.actor(role), around.cast.partnership.id, **given)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"organisation_id": None}, "organisation_id"),
        ({"represented": ()}, "represented"),
        ({"represented": "itself"}, "represented"),
        ({"represented": "stranger"}, "represented"),
        ({"ends_on": datetime(2026, 9, 6).date()}, "ends_on"),
    ],
)
def test_what_cannot_be_a_representation_is_refused_at_its_field(
    around: Around, change: dict[str, object], field: str
) -> None:
    named = {"itself": around.council.id, "stranger": around.cast.person["stranger"].organisation_id}
    change = {k: (named[v],) if isinstance(v, str) else v for k, v in change.items()}
    with pytest.raises(DomainError) as refused:
        let(around, **change)
    assert refused.value.field == field


def test_the_same_is_represented_once_on_any_day(around: Around) -> None:
    """REPRESENTED_ONCE."""
    let(around, ends_on=clock.today() + timedelta(days=30))
    with pytest.raises(DomainError, match="alt representert"):
        let(around, starts_on=clock.today() + timedelta(days=30))
    let(around, starts_on=clock.today() + timedelta(days=31))
    first = session().scalars(sa.select(Representation).order_by(Representation.starts_on)).first()
    assert first is not None
    with pytest.raises(DomainError, match="ny periode"):
        relays.end_representation(around.cast.actor("secretary"), first.id, ends_on=clock.today() + timedelta(days=40))
    assert list(representations_do_not_overlap()) == []


def test_a_secretary_registers_and_ends_a_representation_on_the_page(around: Around, browse: Browser) -> None:
    page = browse.as_("secretary").open("/organisasjoner").follow("Hvem representerer hvem")
    page.fill("Hvem representerer?", str(around.council.id)).typed["represented"] = str(around.represented.id)
    page = page.press("Registrer")
    assert page.status == 200
    assert "Vår kommune" in page.text
    page = page.follow("Avslutt Vår kommune").fill("Siste dag", "1.1.2020").press("Avslutt")
    assert page.status == 422
    page = page.fill("Siste dag", "7.9.2026").press("Avslutt")
    assert "7. september 2026" in page.text


def test_who_does_not_serve_the_partnership_does_not_get_the_page(around: Around, browse: Browser) -> None:
    address = f"/organisasjoner/representasjon/{around.cast.partnership.id}"
    assert browse.as_("contact").open(address).status == 403
    assert browse.as_("stranger").open(address).status == 404


def test_the_page_costs_the_same_for_few_relays_and_for_many(a: Factory, around: Around, browse: Browser) -> None:
    secretary, counts = browse.as_("secretary"), []
    for _size in range(2):
        with count_statements() as asked:
            secretary.open(f"/organisasjoner/representasjon/{around.cast.partnership.id}")
        counts.append(asked.count)
        let(around, represented=tuple(a.organisation(partnership=around.cast.partnership).id for _ in range(10)))
    assert counts[0] == counts[1] <= 15
