"""The pages of bodies: the structure, one body on a day, and what its secretaries keep."""

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from secretariat.bodies import actions, queries
from secretariat.bodies.models import Appointment, Body, Capacity, ChairTerm, Seat, SeatRole
from secretariat.core.text.markdown import read_markdown
from secretariat.directory.models import Person
from secretariat.directory.parties import Party
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser
from tests.pages.statements import count_statements

MOST_STATEMENTS = 16  # fifteen and the BEGIN that SQLite's driver lets us see


# ---- one body on a day


def test_the_page_says_who_sits_for_whom_until_when_and_who_leads(browse: Browser, cast: Cast, a: Factory) -> None:
    seat = a.seat(cast.body, Party.M, organisation_id=cast.municipality.id)
    a.appointment(seat, a.person("Kari Nordmann", title="kommunedirektør"), ends_on=date(2027, 10, 31))
    text = browse.as_("member").open(f"/utvalg/{cast.body.id}").text
    assert "Leder Chair Testesen fra kommunene" in text
    assert "Nestleder DeputyChair Testesen fra helseforetaket" in text
    assert "kommunedirektør, Stedet kommune" in text
    assert "til 31.10.2027" in text
    assert "til ny er oppnevnt" in text


def test_an_earlier_date_shows_who_sat_then(browse: Browser, cast: Cast, a: Factory) -> None:
    seat = a.seat(cast.body, Party.M)
    a.appointment(seat, a.person("Gamle Hansen"), ends_on=date(2026, 6, 30))
    a.appointment(seat, a.person("Nye Hansen"), starts_on=date(2026, 7, 1))
    member = browse.as_("member")
    now, then = (member.open(f"/utvalg/{cast.body.id}{when}").text for when in ("", "?dato=30.6.2026"))
    assert "Nye Hansen" in now
    assert "Gamle Hansen" not in now
    assert "Gamle Hansen" in then
    assert "Nye Hansen fra 1. juli 2026" in then


def test_a_vacant_seat_says_so_and_who_sat_there_last(browse: Browser, cast: Cast, a: Factory) -> None:
    seat = a.seat(cast.body, Party.H)
    a.appointment(seat, a.person("Gamle Hansen"), ends_on=date(2026, 6, 30))
    text = browse.as_("member").open(f"/utvalg/{cast.body.id}").text
    assert "Ubesatt" in text
    assert "Gamle Hansen satt til 30. juni 2026. Ny er ikke oppnevnt." in text


def test_a_date_that_does_not_exist_is_told_and_stays_in_its_field(browse: Browser, cast: Cast) -> None:
    page = browse.as_("member").open(f"/utvalg/{cast.body.id}?dato=31.2.2026")
    assert page.status == 422
    assert "Datoen 31.2.2026 finnes ikke." in page.text
    assert [e.get("value") for e in page.html.all("input") if e.get("name") == "dato"] == ["31.2.2026"]


def test_a_deputy_without_authority_is_marked_and_leave_names_who_steps_up(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    held = a.appointment(seat := a.seat(cast.body), a.person("Kari Nordmann"))
    a.appointment(seat, a.person("Vera Vara"), capacity=Capacity.DEPUTY, rank=1, may_decide=False)
    actions.give_leave(cast.actor("secretary"), held.id, starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 31))
    text = browse.as_("member").open(f"/utvalg/{cast.body.id}").text
    assert "uten fullmakt" in text
    assert "Permisjon 01.09.2026–31.12.2026" in text
    assert "Vera Vara møter som vara" in text


def test_the_balance_is_for_the_secretariat_and_those_who_lead(browse: Browser, cast: Cast, a: Factory) -> None:
    a.seat(cast.body, Party.H)
    a.appointment(a.seat(cast.body, Party.H, role=SeatRole.SECRETARY))
    for role in ("secretary", "hospital_secretary", "chair", "deputy_chair"):
        text = browse.as_(role).open(f"/utvalg/{cast.body.id}").text
        assert "Fra kommunene 2 · fra helseforetaket 2" in text
        assert "Avtalt: 2 og 3" in text
    for role in ("member", "observer", "contact"):
        assert "Avtalt" not in browse.as_(role).open(f"/utvalg/{cast.body.id}").text


def test_only_secretaries_are_offered_to_change_anything(browse: Browser, cast: Cast) -> None:
    assert "Legg til plass" in browse.as_("secretary").open(f"/utvalg/{cast.body.id}").text
    for role in ("chair", "member", "archivist"):
        text = browse.as_(role).open(f"/utvalg/{cast.body.id}").text
        assert "Legg til plass" not in text
        assert "Oppnevn" not in text


def test_to_a_vacant_place_one_appoints_with_one_press(browse: Browser, cast: Cast, a: Factory) -> None:
    seat = a.seat(cast.body, title="Fra legevakten")
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}")
    assert "Ubesatt Oppnevn: Fra legevakten" in page.text
    assert page.follow("Oppnevn: Fra legevakten").address == f"/utvalg/plass/{seat.id}/oppnevn"
    assert "Oppnevn" not in browse.as_("member").open(f"/utvalg/{cast.body.id}").text


def test_names_and_mandates_with_markup_are_shown_as_they_were_written(browse: Browser, cast: Cast, a: Factory) -> None:
    evil = "<script>alert(1)</script>"
    body = a.body(evil, partnership=cast.partnership, short_name="<b>X</b>", mandate=read_markdown(f"Om {evil}"))
    a.appointment(a.seat(body, title=evil, represents="<i>alle</i>"), a.person(f"Kari {evil}"))
    for address in (f"/utvalg/{body.id}", "/utvalg", f"/utvalg/{body.id}/innstillinger", "/personer"):
        page = browse.as_("secretary").open(address)
        assert page.status == 200
        assert "alert(1)" in page.text or address.endswith("innstillinger")
        scripts = ["".join(script.itertext()) for script in page.html.all("script")]
        assert not any("alert" in script for script in scripts)


# ---- what one sees


def test_a_body_of_the_municipalities_own_is_hidden_from_the_hospital_secretary(
    browse: Browser, cast: Cast, a: Factory
) -> None:
    body = a.body("Formøte i kommunene", partnership=cast.partnership, room="M", short_name="FM")
    seat = a.seat(body)
    held = a.appointment(seat)
    theirs, ours = browse.as_("hospital_secretary"), browse.as_("secretary")
    assert ours.open(f"/utvalg/{body.id}").status == 200
    for address in (f"/utvalg/{body.id}", f"/utvalg/{body.id}/innstillinger", f"/utvalg/plass/{seat.id}/oppnevn"):
        assert theirs.open(address).status == 404
    assert theirs.open(f"/utvalg/oppnevning/{held.id}/avslutt").status == 404
    assert "Formøte" in ours.open("/utvalg").text
    assert "Formøte" not in theirs.open("/utvalg").text
    actors = {role: cast.actor(role) for role in ("secretary", "hospital_secretary")}
    assert {role: len(queries.bodies(actor)) for role, actor in actors.items()} == {
        "secretary": 2,
        "hospital_secretary": 1,
    }
    assert str(body.id) not in dict(queries.choices(actors["hospital_secretary"]))
    assert queries.party_groups(actors["hospital_secretary"], body.id, date(2026, 9, 7)) == []


def test_another_partnerships_things_are_not_found(browse: Browser, cast: Cast) -> None:
    seat = cast.seats["chair"]
    stranger = browse.as_("stranger")
    addresses = (
        f"/utvalg/{cast.body.id}",
        f"/utvalg/{cast.body.id}/leder",
        f"/utvalg/plass/{seat.id}",
        f"/utvalg/plass/{seat.id}/vara",
        f"/utvalg/ny/{cast.partnership.id}",
        f"/personer/ny/{cast.partnership.id}",
        f"/personer/{cast.person['chair'].id}",
    )
    assert {address: stranger.open(address).status for address in addresses} == dict.fromkeys(addresses, 404)
    assert "Administrativt" not in stranger.open("/utvalg").text


def test_a_body_cannot_be_moved_under_one_of_another_partnership(browse: Browser, cast: Cast, a: Factory) -> None:
    elsewhere = a.body("Et annet utvalg", partnership=cast.other_partnership)
    page = browse.as_("secretary").open(f"/utvalg/{cast.body.id}/innstillinger")
    refused = page.press("Lagre", parent_id=str(elsewhere.id))
    assert refused.status == 422


# ---- keeping


def test_a_secretary_appoints_a_registered_person_by_name(
    browse: Browser, cast: Cast, a: Factory, database: sa.orm.Session
) -> None:
    seat = a.seat(cast.body)
    a.person("Kari Nordmann", organisation=cast.municipality)
    page = browse.as_("secretary").open(f"/utvalg/plass/{seat.id}/oppnevn")
    done = page.fill("Person", "kari nordmann").fill("Fra og med", "1.9.2026").press("Oppnevn")
    assert done.status == 200
    assert "Oppnevningen er registrert." in done.text
    assert "Kari Nordmann" in done.text
    held = database.scalar(sa.select(Appointment).where(Appointment.seat_id == seat.id))
    assert held is not None
    assert held.starts_on == date(2026, 9, 1)


def test_two_of_the_same_name_are_told_apart_by_employer_and_address(browse: Browser, cast: Cast, a: Factory) -> None:
    for address in ("en@stedet.example", "to@stedet.example"):
        a.person("Kari Nordmann", organisation=cast.municipality, email=address)
    page = browse.as_("secretary").open(f"/utvalg/plass/{a.seat(cast.body).id}/oppnevn")
    refused = page.fill("Person", "Kari Nordmann").press("Oppnevn")
    assert refused.status == 422
    assert "Flere heter dette." in refused.text
    done = refused.fill("Person", "Kari Nordmann (Stedet kommune, to@stedet.example)").press("Oppnevn")
    assert "Oppnevningen er registrert." in done.text


def test_a_name_nobody_has_is_refused_and_everything_typed_stays(browse: Browser, cast: Cast, a: Factory) -> None:
    page = browse.as_("secretary").open(f"/utvalg/plass/{a.seat(cast.body).id}/oppnevn")
    refused = (
        page.fill("Person", "Ingen Slik").fill("Fra og med", "2026-10-01").fill("Stilling", "rådgiver").press("Oppnevn")
    )
    assert refused.status == 422
    assert "Ingen i registeret heter dette." in refused.text
    values = {e.get("name"): e.get("value") for e in refused.html.all("input")}
    assert values["person_id"] == "Ingen Slik"
    assert values["title"] == "rådgiver"
    assert values["starts_on"] == "2026-10-01"


def test_a_secretary_registers_somebody_new_while_appointing(
    browse: Browser, cast: Cast, a: Factory, database: sa.orm.Session
) -> None:
    page = browse.as_("secretary").open(f"/utvalg/plass/{a.seat(cast.body).id}/oppnevn")
    page.fill("Fornavn", "Kari").fill("Etternavn", "Nordmann").fill("E-post", "Kari@Stedet.example")
    done = page.press("Oppnevn", organisation_id=str(cast.municipality.id))
    assert "Oppnevningen er registrert." in done.text
    assert database.scalar(sa.select(Person.family_name).where(Person.email == "kari@stedet.example")) == "Nordmann"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"ends_on": "2026-01-01"}, "Siste dag kan ikke være før første dag."),
        ({"starts_on": "31.2.2026"}, "Datoen 31.2.2026 finnes ikke."),
        ({"starts_on": ""}, "Feltet må fylles ut."),
        ({}, "Chair Testesen har plassen fra 1. januar 2020 og sitter til ny er oppnevnt."),
    ],
)
def test_what_cannot_be_is_refused_in_a_clear_sentence(
    browse: Browser, cast: Cast, typed: dict[str, str], sentence: str
) -> None:
    page = browse.as_("secretary").open(f"/utvalg/plass/{cast.seats['chair'].id}/oppnevn")
    refused = page.fill("Person", "Member Testesen").press("Oppnevn", **typed)
    assert refused.status == 422
    assert sentence in refused.text


def test_the_whole_of_an_appointments_life_is_kept_on_pages(browse: Browser, cast: Cast) -> None:
    secretary = browse.as_("secretary")
    seat = cast.seats["hospital_member"].id
    deputy = secretary.open(f"/utvalg/plass/{seat}/vara").fill("Person", "Chair Testesen").press("Oppnevn")
    assert "Vara er registrert." in deputy.text
    pool = secretary.open(f"/utvalg/{cast.body.id}/felles-vara").fill("Person", "Archivist Testesen")
    assert "Felles vara, uten rekkefølge: Archivist Testesen" in pool.press("Oppnevn", party="M").text
    away = secretary.open(f"/utvalg/{cast.body.id}").follow("Permisjon: Member Testesen").press("Lagre")
    assert "Permisjonen er registrert." in away.text
    back = away.follow("Avslutt permisjon: Member Testesen").press("Lagre")
    assert "Siste dag er registrert." in back.text
    ended = back.follow("Avslutt oppnevning: Member Testesen").fill("Siste dag", "2026-09-06").press("Lagre")
    assert "Member Testesen satt til 6. september 2026." in ended.text


def test_the_settings_keep_what_was_typed_and_show_both_texts_when_two_wrote(browse: Browser, cast: Cast) -> None:
    mine, theirs = (
        browse.as_(role).open(f"/utvalg/{cast.body.id}/innstillinger") for role in ("secretary", "hospital_secretary")
    )
    assert theirs.fill("Mandat", "Deres mandat").press("Lagre").title == "Administrativt samarbeidsutvalg"
    conflict = mine.fill("Mandat", "Mitt mandat").press("Lagre")
    assert conflict.status == 409
    assert "Deres mandat" in conflict.text
    assert "Mitt mandat" in conflict.text
    assert "Mitt mandat" in conflict.press("Lagre").text


def test_a_case_number_is_shown_as_it_will_be_written_while_one_types(browse: Browser, cast: Cast) -> None:
    pattern = "number_prefix=PS&number_digits=3&number_separator=-&year_digits=2&year_first=y&number_suffix=LEV"
    answer = browse.as_("secretary").client.get(f"/utvalg/{cast.body.id}/nummereksempel?{pattern}")
    assert "PS 26-007 LEV" in answer.text
    assert browse.as_("member").client.get(f"/utvalg/{cast.body.id}/nummereksempel").status_code == 403


def test_a_body_is_set_up_with_places_and_a_chair_plan_that_warns_of_gaps(
    browse: Browser, cast: Cast, database: sa.orm.Session
) -> None:
    page = (
        browse.as_("secretary")
        .open(f"/utvalg/ny/{cast.partnership.id}")
        .fill("Navn", "Fagråd rus")
        .fill("Kortnavn", "FR-R")
    )
    made = page.press("Opprett")
    assert made.title == "Fagråd rus"
    body = database.scalar(sa.select(Body.id).where(Body.name == "Fagråd rus"))
    for party in ("M", "H"):
        made.follow("Legg til plass").press("Lagre", party=party)
    database.rollback()
    seats = [str(found) for found in database.scalars(sa.select(Seat.id).where(Seat.body_id == body).order_by(Seat.id))]
    plan = made.follow("Lederplan")
    for chair, deputy, year in ((*seats, 2026), (*reversed(seats), 2028)):
        given = {"chair_seat_id": chair, "deputy_chair_seat_id": deputy}
        plan = plan.press("Legg til", **given, starts_on=f"{year}-01-01", ends_on=f"{year}-12-31")
    assert "Ingen leder er satt opp fra 1. januar 2027 til 31. desember 2027." in plan.text
    refused = plan.press("Legg til", **given, starts_on="2026-06-01", ends_on="2027-12-31")
    assert refused.status == 422
    assert "Lederplanen har alt en periode" in refused.text
    assert "Perioden er fjernet" in plan.press("Fjern 1. januar 2026").text
    database.rollback()
    assert database.scalar(sa.select(sa.func.count()).select_from(ChairTerm).where(ChairTerm.body_id == body)) == 1


# ---- the structure


def test_the_administrator_sees_a_structure_drawn_and_sets_up_a_partnership(
    browse: Browser, database: sa.orm.Session
) -> None:
    administrator = browse.as_("administrator")
    cards = administrator.open("/utvalg/ny-struktur")
    assert "22 kommuner · 18 utvalg · 6 nivåer" in cards.text
    form = administrator.open("/utvalg/ny-struktur?structure_key=nord-trondelag")
    assert "Politisk samarbeidsutvalg" in form.text
    done = form.fill("Kortnavn", "Nord-Trøndelag").press("Sett opp samarbeidet")
    assert done.title == "Administrasjon"
    assert "Gi nå hver side en sekretær." in done.text
    assert "Kommunene og Helse Nord-Trøndelag HF" in done.text
    assert database.scalar(sa.select(sa.func.count()).select_from(Body).where(Body.short_name == "PSU")) == 1


def test_who_reads_nynorsk_is_offered_the_structure_in_nynorsk(browse: Browser) -> None:
    administrator = browse.as_("administrator")
    administrator.open("/sprak/nn")
    form = administrator.open("/utvalg/ny-struktur?structure_key=more-og-romsdal-2021")
    assert form.title == "Kommunane i Møre og Romsdal og Helse Møre og Romsdal HF"
    assert "Strategisk samarbeidsutval " in form.text
    assert form.html.form_with_button("Set opp samarbeidet", form.address)[2]["language"] == "nn"


def test_a_partnership_without_a_name_is_refused_and_the_picture_stays(browse: Browser) -> None:
    form = browse.as_("administrator").open("/utvalg/ny-struktur?structure_key=ostfold")
    refused = form.fill("Navn på samarbeidet", " ").press("Sett opp samarbeidet")
    assert refused.status == 422
    assert refused.title == "Kommunene i Østfold og Sykehuset Østfold HF"


def test_nobody_else_sets_up_a_partnership(browse: Browser) -> None:
    assert browse.as_("secretary").open("/utvalg/ny-struktur").status == 403


def test_the_list_is_drawn_and_narrowed_by_level_room_and_day(browse: Browser, cast: Cast, a: Factory) -> None:
    a.body("Politisk utvalg", partnership=cast.partnership, level=1, short_name="PSU")
    a.body("Arbeidsgruppe", partnership=cast.partnership, level=6, short_name="AG", ends_on=date(2025, 12, 31))
    secretary = browse.as_("secretary")
    everything = secretary.open("/utvalg")
    assert "Politisk utvalg" in everything.text
    assert "Arbeidsgruppe PSU" not in everything.text
    tables = [secretary.open(f"/utvalg?{q}").text for q in ("level=1", "dato=1.6.2025", "room=H", "level=tull")]
    assert "Administrativt" not in tables[0]
    assert "AG · Arbeidsgrupper" in tables[1]
    assert "Ingen utvalg passer." in tables[2]
    assert "Politisk utvalg" in tables[3]


@pytest.mark.parametrize(
    "address", ["/utvalg", "/utvalg/{body}", "/utvalg/{body}/leder", "/utvalg/{body}/innstillinger"]
)
def test_a_page_costs_as_many_statements_with_many_seats_as_with_few(
    browse: Browser, cast: Cast, a: Factory, address: str
) -> None:
    secretary, counts = browse.as_("secretary"), []
    body_id = cast.body.id
    for more in (0, 12):
        _grow(a, cast, more)
        with count_statements() as statements:
            assert secretary.open(address.format(body=body_id)).status == 200
        counts.append(statements.count)
    assert counts[0] == counts[1] <= MOST_STATEMENTS


def _grow(a: Factory, cast: Cast, seats: int) -> None:
    for number in range(seats):
        party: Any = Party.H if number % 2 else Party.M
        seat = a.seat(cast.body, party)
        a.appointment(seat, starts_on=date(2018, 1, 1), ends_on=date(2019, 12, 31))
        a.appointment(seat)
        a.appointment(seat, capacity=Capacity.DEPUTY, rank=1)
        a.body(f"Utvalg {number}", partnership=cast.partnership, parent_id=cast.body.id, short_name=f"U{number}")
