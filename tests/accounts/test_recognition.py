"""Who is asking is read anew for every request; what was worked out of it is kept only while nothing has changed."""

from datetime import timedelta

from secretariat.accounts.models import Office
from secretariat.accounts.recognition import actor_of
from secretariat.core import clock
from secretariat.core.access import visible
from secretariat.core.actions import writing
from secretariat.core.actor import Role
from secretariat.meetings.models import Meeting
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages.statements import count_statements


def test_a_person_is_known_by_one_statement_with_few_rights_and_with_many(cast: Cast, a: Factory) -> None:
    busy = a.person("Mange Verv")
    for number in range(5):
        a.appointment(a.seat(a.body(f"Utvalg {number}", partnership=cast.partnership)), busy)
    for person in (a.person("Uten Verv"), busy):
        with count_statements() as asked:
            actor_of(person.id)
        assert asked.count == 1


def test_what_a_person_sees_is_worked_out_once_while_the_rights_are_the_same(cast: Cast) -> None:
    person_id = cast.person["secretary"].id

    assert visible(actor_of(person_id), Meeting) is visible(actor_of(person_id), Meeting)


def test_an_office_that_has_ended_opens_nothing_at_the_next_request(cast: Cast, a: Factory) -> None:
    person = a.person("Siste Dag")
    with writing("test") as work:
        office = Office(
            person_id=person.id,
            role=Role.SECRETARY,
            partnership_id=cast.partnership.id,
            starts_on=clock.today() - timedelta(days=30),
        )
        work.add(office)
    assert actor_of(person.id).secretary_in

    with writing("test"):
        office.ends_on = clock.today() - timedelta(days=1)

    assert not actor_of(person.id).secretary_in
