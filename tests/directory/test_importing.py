"""People and organisations read from files: what would happen is shown first, and then all of it happens or nothing."""

import io
from itertools import count
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import given, settings, strategies as st

from secretariat.core.actions import writing
from secretariat.core.errors import Denied, DomainError, NotFound
from secretariat.directory import actions
from secretariat.directory.imports import actions as importing, exporting
from secretariat.directory.imports.planning import What
from secretariat.directory.imports.reading import MOST_ROWS, read
from secretariat.directory.models import (
    ImportBatch,
    ImportKind,
    Membership,
    Organisation,
    OrganisationKind,
    Partnership,
    Person,
)
from secretariat.directory.parties import Party
from tests.directory import files
from tests.directory.files import HEADING, Table, people, workbook, written
from tests.factories import Factory
from tests.factories.cast import Cast
from tests.pages import Browser, Page
from tests.pages.statements import count_statements

PLACE = "Stedet kommune"
KARI = ("Kari", "Ærlig", "rådgiver", PLACE, "kari@stedet.example", "+47 900 00 000", "nynorsk")


def read_in(cast: Cast, rows: Table, kind: ImportKind = ImportKind.PEOPLE, role: str = "secretary") -> Any:
    """What would happen with these rows."""
    cells = tuple(tuple(map(str, row)) for row in rows)
    batch_id = importing.read_rows(cast.actor(role), cast.partnership, kind=kind, cells=cells)
    return importing.preview(cast.actor(role), batch_id)


def carried_out(cast: Cast, rows: Table, kind: ImportKind = ImportKind.PEOPLE) -> Any:
    """Carry these rows out and see what they would do once more."""
    importing.carry_out(cast.actor("secretary"), read_in(cast, rows, kind).id)
    return read_in(cast, rows, kind)


def refused(cast: Cast, rows: Table, kind: ImportKind = ImportKind.PEOPLE) -> str:
    """All reasons for which these rows are refused."""
    with pytest.raises(DomainError) as error:
        read_in(cast, rows, kind)
    return " ".join(str(reason) for reasons in error.value.fields.values() for reason in reasons)


def sent(browse: Browser, cast: Cast, name: str, content: bytes, kind: str = "personer") -> Page:
    """Send a file as the secretary does."""
    page = browse.as_("secretary").open(f"/{kind}/importer/{cast.partnership.id}")
    return page.press("Les filen", file=(io.BytesIO(content), name))


def people_called(database: sa.orm.Session, family_name: str) -> list[Person]:
    database.rollback()
    return list(database.scalars(sa.select(Person).where(Person.family_name == family_name).order_by(Person.id)))


def test_a_file_is_shown_first_and_carried_out_by_a_press(
    browse: Browser, cast: Cast, database: sa.orm.Session
) -> None:
    shown = sent(browse, cast, "liste.csv", written([HEADING, KARI]))
    assert shown.status == 200
    assert "Ny: 1" in shown.text
    assert people_called(database, "Ærlig") == []
    done = shown.press("Gjennomfør")
    assert "1 nye og 0 endret" in done.text
    kari = people_called(database, "Ærlig")[0]
    assert (kari.email, kari.language, kari.phone) == ("kari@stedet.example", "nn", "+47 900 00 000")
    again = sent(browse, cast, "liste.csv", written([HEADING, KARI]))
    assert "Det er ingenting å endre." in again.text


def test_the_page_says_what_may_stand_in_the_columns_that_hold_one_of_several(browse: Browser, cast: Cast) -> None:
    page = browse.as_("secretary").open(f"/organisasjoner/importer/{cast.partnership.id}")
    assert "Type (må være med): Kommune, Helseforetak, Sykehus eller klinikk" in page.text
    assert "Part (må være med): Kommunene, Helseforetaket" in page.text


def test_a_file_that_says_no_language_registers_people_in_that_of_the_partnership(
    cast: Cast, database: sa.orm.Session
) -> None:
    with writing("test"):
        database.get_one(Partnership, cast.partnership.id).language = "nn"
    carried_out(cast, [HEADING, (*KARI[:-1], "")])
    assert [one.language for one in people_called(database, "Ærlig")] == ["nn"]


def test_the_same_file_twice_changes_nothing_the_second_time(cast: Cast, database: sa.orm.Session) -> None:
    rows = [HEADING, KARI, ("Ola", "Uten", "", PLACE, "", "", "")]
    assert carried_out(cast, rows).changes_nothing
    assert [len(people_called(database, name)) for name in ("Ærlig", "Uten")] == [1, 1]


def test_a_person_is_known_by_address_else_by_name_and_employer(cast: Cast, a: Factory) -> None:
    a.person("Åse Østby", organisation=cast.municipality, email="aase@stedet.example", title="lege")
    a.person("Ola Uten", organisation=cast.municipality, email=None)
    rows = [
        HEADING,
        ("Åse", "Østby-Hansen", "overlege", PLACE, "AASE@stedet.example", "", ""),
        ("Ola", "Uten", "", PLACE, "ola@stedet.example", "", ""),
        ("Ola", "Uten", "", "Sykehuset HF", "", "", ""),
    ]
    planned = read_in(cast, rows).planned
    assert [one.what for one in planned] == [What.CHANGED, What.CHANGED, What.NEW]
    changes = [[(str(c.label), c.before, c.after) for c in one.changes] for one in planned]
    assert changes[0] == [("Etternavn", "Østby", "Østby-Hansen"), ("Stilling", "lege", "overlege")]
    assert changes[1] == [("E-post", "", "ola@stedet.example")]


def test_an_empty_cell_leaves_what_stands(cast: Cast, a: Factory, database: sa.orm.Session) -> None:
    a.person("Åse Østby", organisation=cast.municipality, email="aase@stedet.example", phone="900 00 000")
    assert read_in(cast, [HEADING, ("Åse", "Østby", "", PLACE, "aase@stedet.example", "", "")]).changes_nothing


@pytest.mark.parametrize(
    "heading",
    [
        ("fornavn", "etternavn", "tittel", "organisasjon", "e-post", "telefon", "språk"),
        ("Førenamn", "Etternamn", "Stilling", "Organisasjon", "E-postadresse", "Mobil", "Målform"),
        ("First name", "Surname", "Title", "Organisation", "Email", "Phone", "Language"),
    ],
)
def test_headings_are_known_in_three_languages_and_in_any_order(cast: Cast, heading: tuple[str, ...]) -> None:
    turned = [tuple(reversed((*heading, "Skostørrelse"))), tuple(reversed((*KARI, "44")))]
    preview = read_in(cast, turned)
    assert preview.left_out == ["Skostørrelse"]
    assert (preview.planned[0].name, preview.planned[0].values["email"]) == ("Kari Ærlig", "kari@stedet.example")


def test_missing_columns_are_named(cast: Cast) -> None:
    assert "«Etternavn», «Organisasjon»" in refused(cast, [("Fornavn", "E-post"), ("Kari", "kari@x.example")])
    twice = [("Fornavn", "Etternavn", "Organisasjon", "E-post", "epost"), ("Kari", "Ærlig", PLACE, "", "")]
    assert "To kolonner" in refused(cast, twice)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Kari", "Ærlig", "", "Ukjent kommune", "", "", ""), "«Ukjent kommune» er ikke med"),
        (("Kari", "Ærlig", "", "Fremmed kommune", "", "", ""), "«Fremmed kommune» er ikke med"),
        (("Kari", "Ærlig", "", PLACE, "ikke en adresse", "", ""), "gyldig e-postadresse"),
        (("Kari", "Ærlig", "", PLACE, "", "", "klingonsk"), "bokmål, nynorsk eller engelsk"),
        (("", "Ærlig", "", PLACE, "", "", ""), "Fornavn: Feltet må fylles ut."),
        (("Kari", "Ærlig", "fnr 17054026641", PLACE, "", "", ""), "fødselsnummer"),
        (("K" * 101, "Ærlig", "", PLACE, "", "", ""), "for lang"),
        (("=HYPERLINK(1)", "Ærlig", "", PLACE, "", "", ""), "formel"),
        (("@SUM(1)", "Ærlig", "", PLACE, "", "", ""), "formel"),
        (("-2+3", "Ærlig", "", PLACE, "", "", ""), "formel"),
        (("+cmd", "Ærlig", "", PLACE, "", "", ""), "formel"),
        (("#REF!", "Ærlig", "", PLACE, "", "", ""), "formel"),
        (("Kari", "Ærlig", "", PLACE, "person12@kommune.example", "", ""), "En annen person har alt"),
    ],
)
def test_a_wrong_row_stops_the_file_and_says_which_and_why(
    cast: Cast, a: Factory, database: sa.orm.Session, row: tuple[str, ...], reason: str
) -> None:
    stranger = cast.person["stranger"].email or ""
    said = refused(cast, [HEADING, KARI, tuple(cell.replace("person12@kommune.example", stranger) for cell in row)])
    assert "Rad 3" in said
    assert reason in said
    assert people_called(database, "Ærlig") == []
    assert database.scalar(sa.select(sa.func.count()).select_from(ImportBatch)) == 0


def test_one_person_cannot_stand_in_two_rows(cast: Cast, a: Factory) -> None:
    a.person("Åse Østby", organisation=cast.municipality, email="aase@stedet.example")
    by_address = ("Åse", "Østby", "", PLACE, "aase@stedet.example", "", "")
    by_name = ("Kari", "Ærlig", "", PLACE, "", "", "")
    for pair in ((KARI, KARI), (by_address, by_address), (by_name, KARI), (by_name, by_name)):
        assert "Samme person som i rad 2" in refused(cast, [HEADING, *pair])


def test_two_people_of_one_name_need_their_addresses(cast: Cast, a: Factory) -> None:
    for number in range(2):
        a.person("Ola Hansen", organisation=cast.municipality, email=f"ola{number}@stedet.example")
    assert "Skriv e-postadressen" in refused(cast, [HEADING, ("Ola", "Hansen", "", PLACE, "", "", "")])
    both = [("Ola", "Hansen", "", PLACE, f"ola{number}@stedet.example", "", "") for number in range(2)]
    assert read_in(cast, [HEADING, *both]).changes_nothing


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_text_files_are_read_as_any_program_writes_them(encoding: str, separator: str) -> None:
    rows = [("Fornavn", "Etternavn", "Organisasjon"), ("Åse", "Ærlig", "Øy kommune"), ('"Per ""P"""', "Ås", "Å")]
    cells = read("liste.csv", written(rows, separator, encoding))
    assert cells == (rows[0], rows[1], ('Per "P"', "Ås", "Å"))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("tom.csv", b"", "tom"),
        ("bare.csv", written([HEADING]), "ingen rader"),
        ("bare.xlsx", workbook([HEADING]), "ingen rader"),
        ("tom.xlsx", workbook([]), "ingen rader"),
        ("ark.xlsx", workbook(people(1, PLACE), people(1, PLACE)), "flere ark (Ark1, Ark2)"),
        ("slått.xlsx", workbook(people(2, PLACE), merge="A2:B2"), "slått sammen"),
        ("bombe.xlsx", files.bomb(), "for stor når den pakkes ut"),
        ("passord.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "passord"),
        ("ødelagt.xlsx", workbook(people(2, PLACE))[:900], "kan ikke leses"),
        ("egentlig-csv.xlsx", written(people(1, PLACE)), "et annet enn navnet"),
        ("egentlig-xlsx.csv", workbook(people(1, PLACE)), "et annet enn navnet"),
        ("bilde.csv", b"\x89PNG\r\n\0\0", "verken en Excel-fil"),
        ("anførsel.csv", b'Fornavn;Etternavn\n"Kari;Hansen\n', "anførselstegn"),
        ("mange.csv", written(people(40_000, PLACE)), "for mange rader"),
        ("mange.xlsx", workbook(people(MOST_ROWS + 1, PLACE)), "for mange rader"),
        ("stor.csv", b"a" * (10 * 1024 * 1024 + 1), "for stor"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_a_bad_file_is_refused_with_the_reason(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(DomainError) as error:
        read(name, content)
    assert reason in str(error.value.reason)
    assert error.value.field == "file"


def test_a_refused_file_is_answered_on_its_page_and_nothing_is_kept(
    browse: Browser, cast: Cast, database: sa.orm.Session
) -> None:
    for name, content, reason in (
        ("liste.csv", written([HEADING, ("Kari", "", "", PLACE, "", "", "")]), "Rad 2: Etternavn"),
        ("liste.xlsx", b"PK\x03\x04 ikke en zip", "kan ikke leses"),
        ("liste.csv", b"", "Filen er tom."),
    ):
        page = sent(browse, cast, name, content)
        assert page.status == 422
        assert reason in page.text
    assert database.scalar(sa.select(sa.func.count()).select_from(ImportBatch)) == 0


def test_a_file_beyond_all_measure_is_turned_away(
    app: Flask, browse: Browser, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1000)
    assert sent(browse, cast, "liste.csv", b"a" * 2000).status == 413


def test_numbers_and_days_of_a_workbook_are_read_as_they_look(cast: Cast) -> None:
    rows: Table = [HEADING, ("Kari", "Ærlig", None, PLACE, None, 90000000, "nb"), (None,) * 7]
    cells = read("liste.xlsx", workbook(rows, []))
    assert read_in(cast, [*cells]).planned[0].values["phone"] == "90000000"


def test_only_the_one_who_read_a_file_carries_it_out_and_once(cast: Cast, database: sa.orm.Session) -> None:
    """Invariant IMPORT_ONCE."""
    preview = read_in(cast, [HEADING, KARI])
    for role in ("hospital_secretary", "stranger", "member"):
        with pytest.raises(NotFound):
            importing.carry_out(cast.actor(role), preview.id)
        assert importing.preview(cast.actor(role), preview.id) is None
    importing.carry_out(cast.actor("secretary"), preview.id)
    with pytest.raises(DomainError, match="alt lest inn"):
        importing.carry_out(cast.actor("secretary"), preview.id)
    assert len(people_called(database, "Ærlig")) == 1
    assert database.get_one(ImportBatch, preview.id).rows == []


def test_only_a_secretary_of_the_partnership_reads_files_in(cast: Cast) -> None:
    for role, refusal in (("member", Denied), ("contact", Denied), ("stranger", NotFound)):
        with pytest.raises(refusal):
            read_in(cast, [HEADING, KARI], role=role)


def test_what_changed_meanwhile_stops_all_of_it(cast: Cast, a: Factory, database: sa.orm.Session) -> None:
    preview = read_in(cast, [HEADING, ("Per", "Først", "", PLACE, "", "", ""), KARI])
    a.person("En Annen", organisation=a.organisation("Borte", partnership=cast.other_partnership), email=KARI[4])
    with pytest.raises(DomainError, match="Rad 3"):
        importing.carry_out(cast.actor("secretary"), preview.id)
    assert people_called(database, "Først") == []


def test_organisations_are_registered_joined_and_corrected(cast: Cast, database: sa.orm.Session) -> None:
    rows = [
        ("Namn", "Type", "Part", "E-post", "Frå"),
        ("Ny kommune", "Kommune", "Kommunene", "post@ny.example", "1.1.2026"),
        ("Fremmed kommune", "kommune", "M", "", ""),
        ("STEDET kommune", "Kommune", "M", "post@stedet.example", ""),
        ("Sykehuset HF", "Helseforetak", "Helseforetaket", "", ""),
    ]
    kinds = [one.what for one in read_in(cast, rows, ImportKind.ORGANISATIONS).planned]
    assert kinds == [What.NEW, What.JOINS, What.CHANGED, What.SAME]
    assert carried_out(cast, rows, ImportKind.ORGANISATIONS).changes_nothing
    new = database.scalars(sa.select(Organisation).where(Organisation.name == "Ny kommune")).one()
    assert (new.kind, new.party) == (OrganisationKind.MUNICIPALITY, Party.M)
    here = sa.select(sa.func.count()).where(Membership.partnership_id == cast.partnership.id)
    assert database.scalar(here) == 4


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("Ny", "Romstasjon", "M", ""), "«Romstasjon» er ingen kjent type"),
        (("Ny", "Kommune", "Naboen", ""), "«Naboen» er ingen kjent part"),
        (("Ny", "Kommune", "M", "31.2.2026"), "finnes ikke"),
        (("Ny", "Kommune", "M", "i fjor"), "Skriv datoen"),
        (("stedet KOMMUNE", "Kommune", "M", ""), "Samme organisasjon som i rad 2"),
    ],
)
def test_a_wrong_organisation_stops_the_file(cast: Cast, row: tuple[str, ...], reason: str) -> None:
    rows = [("Navn", "Type", "Part", "Fra"), ("Stedet kommune", "Kommune", "M", ""), row]
    assert reason in refused(cast, rows, ImportKind.ORGANISATIONS)


@pytest.mark.parametrize("kind", ["personer", "organisasjoner"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_taken_out_is_unchanged_when_it_is_read_in(
    browse: Browser, cast: Cast, a: Factory, kind: str, form: str
) -> None:
    a.person("=cmd Ærlig", organisation=cast.municipality, title="-leder", phone="+47 900 00 000", language="nn")
    a.person('Per "P" Ås', organisation=cast.trust, title="a;b,c", email=None)
    taken = browse.as_("secretary").open(f"/{kind}/eksport/{cast.partnership.id}.{form}").response
    assert taken.status_code == 200
    again = sent(browse, cast, f"liste.{form}", taken.data, kind)
    assert "Det er ingenting å endre." in again.text


def test_no_cell_that_is_taken_out_is_a_formula(browse: Browser, cast: Cast, a: Factory) -> None:
    a.person("=cmd Ærlig", organisation=cast.municipality, title="@SUM(A1)", email=None)
    taken = browse.as_("secretary").open(f"/personer/eksport/{cast.partnership.id}.xlsx").response.data
    cells = [cell for row in openpyxl.load_workbook(io.BytesIO(taken)).active.iter_rows() for cell in row]
    assert {"'=cmd", "'@SUM(A1)"} <= {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    text = browse.as_("secretary").open(f"/personer/eksport/{cast.partnership.id}.csv").response.data
    assert text.startswith(b"\xef\xbb\xbfFornavn;Etternavn;")


def test_reading_many_rows_takes_as_many_statements_as_few(cast: Cast) -> None:
    counts = []
    for size in (3, 5, 60):  # the first reads what the session keeps
        for title in ("rådgiver", "leder"):
            rows = people(size, PLACE, first=1000 * size, title=title)
            with count_statements() as statements:
                importing.carry_out(cast.actor("secretary"), read_in(cast, rows).id)
            counts.append(statements.count)
    assert counts[2:4] == counts[4:]


SIGNS = "aæøåÆØÅé'\"=+-@;,\t #.&12 "
NUMBERS = count(1)
NAMES = st.text(SIGNS, min_size=1, max_size=12).filter(lambda text: text.strip())


@settings(max_examples=40)
@given(st.lists(st.tuples(NAMES, NAMES, st.text(SIGNS, max_size=12)), min_size=1, max_size=4), st.booleans())
def test_whatever_people_are_called_taking_them_out_and_in_changes_nothing(
    cast: Cast, named: list[tuple[str, str, str]], as_csv: bool
) -> None:
    secretary, here = cast.actor("secretary"), cast.partnership
    for given_name, family_name, title in named:
        names = {"given_name": given_name, "family_name": family_name, "title": title}
        email = f"person-{next(NUMBERS)}@stedet.example"
        actions.register_person(secretary, here, organisation_id=cast.municipality.id, email=email, **names)
    cells = exporting.cells(secretary, here.id, ImportKind.PEOPLE)
    content = exporting.as_csv(cells) if as_csv else exporting.as_workbook(cells, "Personer")
    again = read("liste.csv" if as_csv else "liste.xlsx", content)
    preview = importing.preview(secretary, importing.read_rows(secretary, here, kind=ImportKind.PEOPLE, cells=again))
    assert preview is not None
    assert [one for one in preview.planned if one.what is not What.SAME] == []
