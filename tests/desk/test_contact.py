"""Min kommune: what waits for the organisation one speaks for, and who speaks for it in the bodies."""

from secretariat.cases.models import CaseState
from secretariat.core.actor import Role
from secretariat.decisions.models import Implementation, ImplementationState
from secretariat.desk.concerns import concerns
from secretariat.directory.models import Region, RegionMember
from secretariat.directory.parties import Party
from tests.desk.test_start import after, decide, held, store
from tests.factories import LONG_AGO, Factory
from tests.factories.cast import Cast
from tests.pages import Browser


def test_a_contact_sees_what_the_organisation_has_to_report_and_answer(a: Factory, cast: Cast, browse: Browser) -> None:
    decision = decide(cast, held(a, cast), deadline=after(-5))
    here = {"partnership_id": cast.partnership.id}
    store(Implementation(**here, decision_id=decision.id, organisation_id=cast.municipality.id))
    a.case("Flere opplysninger", state=CaseState.MORE_WANTED, organisation=cast.municipality, reason="Hva koster det?")
    page = browse.as_("contact").open("/")
    assert page.title == "Min kommune"
    for words in (cast.municipality.name, "Felles rutine", "Flere opplysninger", "Hva koster det?", "5 dager over"):
        assert words in page.text


def test_who_speaks_for_several_sees_each_decision_once_with_how_every_one_stands(a: Factory, cast: Cast) -> None:
    decision, neighbour = decide(cast, held(a, cast), deadline=after(9)), a.organisation("Nabo kommune")
    here = {"partnership_id": cast.partnership.id, "decision_id": decision.id}
    store(Implementation(**here, organisation_id=cast.municipality.id))
    store(Implementation(**here, organisation_id=neighbour.id, state=ImplementationState.IMPLEMENTED))
    a.office(cast.person["contact"], Role.CONTACT, organisation_id=neighbour.id)
    (each,) = concerns(cast.actor("contact")).speaking.to_report
    stand = {line.organisation: line.state for line in each.lines}
    assert stand == {cast.municipality.name: "open", "Nabo kommune": "implemented"}


def test_a_contact_sees_who_speaks_for_the_organisation_and_its_region(a: Factory, cast: Cast) -> None:
    here = {"partnership_id": cast.partnership.id}
    region = store(Region(**here, name="Innherred"))
    store(RegionMember(**here, region_id=region.id, organisation_id=cast.municipality.id, starts_on=LONG_AGO))
    a.seat(cast.body, region_id=region.id)
    a.seat(cast.body, Party.H, organisation_id=cast.trust.id)
    found = concerns(cast.actor("contact")).speaking.representatives
    names = [one.name for one in found]
    assert cast.person["member"].name in names
    assert [one.represents for one in found if not one.name] == ["Innherred"]
    assert cast.person["hospital_member"].name not in names


def test_another_organisations_matters_are_not_on_a_contacts_desk(a: Factory, cast: Cast) -> None:
    decision = decide(cast, held(a, cast), deadline=after(-5))
    store(Implementation(partnership_id=cast.partnership.id, decision_id=decision.id, organisation_id=cast.trust.id))
    a.case(state=CaseState.MORE_WANTED, organisation=cast.trust)
    mine = concerns(cast.actor("contact")).speaking
    assert (mine.to_report, mine.wanted, mine.under_way) == ((), (), ())
