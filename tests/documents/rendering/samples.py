"""Papers to render: invented people, places that exist, texts of the length and kind that bodies really get."""

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, time

from secretariat.core.text.document import Document
from secretariat.core.text.markdown import read_markdown
from secretariat.documents.rendering.papers import (
    Addition,
    AgendaLine,
    ArchiveReference,
    Attachment,
    AttendanceGroup,
    Attendee,
    CasePaper,
    Correction,
    DecisionBlock,
    EarlierStep,
    ExtractPaper,
    Letterhead,
    MeetingFacts,
    MinutesItem,
    MinutesPaper,
    MinutesState,
    NoticePaper,
    Position,
    PracticalLine,
    Recipient,
    RecipientGroup,
    Section,
    Signature,
    SingleCasePaper,
    TaskLine,
)

MADE_AT = datetime(2026, 9, 28, 12, 5, tzinfo=UTC)
MEETING_DAY = date(2026, 10, 14)
SAMI_LETTERS = "č đ ŋ š ŧ ž Č Đ Ŋ Š Ŧ Ž"

LETTERHEAD = Letterhead("Helsefellesskapet Nord-Trøndelag", "Administrativt samarbeidsutvalg", "ASU")
FACTS = MeetingFacts(
    title="Ordinært møte nr. 4/2026",
    day=MEETING_DAY,
    form="Fysisk møte, med mulighet for å delta digitalt",
    starts=time(9, 0),
    ends=time(14, 0),
    place="Rådhuset i Steinkjer, møterom Egge",
    digital_link="https://mote.steinkjer.example/asu-oktober",
    chair="Kari Nordmann, kommunedirektør i Steinkjer",
    practical=(
        PracticalLine("Lunsj", "Serveres kl. 11.30. Gi beskjed om allergier til sekretariatet."),
        PracticalLine("Formøter", "Partenes formøter er kl. 08.15, kommunene i Egge og helseforetaket i Ogndal."),
    ),
)

PROPOSAL = """
1. Administrativt samarbeidsutvalg anbefaler at alle kommunene og helseforetaket tar i bruk felles rutine for \
utskriving av skrøpelige eldre fra 1. januar 2027.
2. Fagrådet for eldre får i oppdrag å følge innføringen, og legger fram **en samlet vurdering** for utvalget \
innen 1. juni 2027.
3. Saken sendes partnerskapsmøtet til orientering.
"""

FACTS_OF_THE_CASE = """
Kommunene meldte i 2025 at pasienter kommer hjem uten oppdatert medisinliste i om lag hvert femte tilfelle. \
Helseforetaket ser den samme utviklingen i egne tall, og peker på at meldinger sendes for sent på dagen. \
Partene er enige om at dette er det viktigste enkelttiltaket for tryggere utskriving i 2027.

# Tall fra begge parter

| Kommunegruppe | Utskrivinger 2025 | Med oppdatert liste | Andel |
| --- | --- | --- | --- |
| Innherred | 2 410 | 1 904 | 79 % |
| Namdalen | 1 655 | 1 341 | 81 % |
| Værnes | 1 120 | 941 | 84 % |
| Indre Namdal og Lierne | 305 | 259 | 85 % |

Tallene bygger på partenes egne registreringer. _De er ikke kvalitetssikret av en tredje part_, og små \
forskjeller mellom gruppene bør ikke tillegges vekt.

# Hva rutinen inneholder

- Utskrivingsmelding sendes før kl. 12 dagen før hjemreise.
- Medisinlisten følger pasienten på papir og elektronisk.
- Kommunen ringer avdelingen innen to timer hvis noe mangler.

> Det er ikke rutinen som svikter, men at ingen av oss eier den alene.
"""

ASSESSMENT = """
Sekretariatet viser til at rutinen har vært til gjennomlesning i alle kommunene og i helseforetakets \
klinikker. Sytten av tjueto har svart, og ingen har meldt at de ikke kan slutte seg til den. Merknadene \
gjelder frister og hvem som ringer hvem; de er tatt inn i punkt 4 og 7.

Det er en fordel at rutinen er kort. Den bør likevel prøves ut i to kommuner før sommeren, slik at erfaringene \
kan legges fram for utvalget.
"""

CONSEQUENCES = """
Rutinen kan innføres innenfor dagens rammer. Opplæring er anslått til en halv dag for om lag 120 ansatte, og \
fordeles likt mellom partene.
"""

PARTICIPATION = """
Brukerutvalget i helseforetaket og Eldrerådet i Levanger har lest utkastet. De ba om at pårørende skal få \
samme melding som kommunen, og det er fulgt opp i punkt 5.
"""


def text(markdown: str) -> Document:
    """A document as people write it."""
    return read_markdown(markdown.strip())


def attachment(filename: str, content: bytes, item: str = "", description: str = "") -> Attachment:
    """An original with its right checksum."""
    kind = {"pdf": "application/pdf", "csv": "text/csv", "txt": "text/plain"}[filename.rsplit(".", 1)[1]]
    return Attachment(filename, kind, content, hashlib.sha256(content).hexdigest(), description, item)


def case_paper(item: str = "b", number: str = "27/26", title: str = "Felles rutine for utskriving") -> CasePaper:
    """A full case paper with table, lists, quote and an earlier step."""
    return CasePaper(
        item=item,
        title=title,
        number_text=number,
        kind_label="Vedtakssak",
        presenter="samhandlingssjef Ola Hansen",
        raised_by="Levanger kommune, på vegne av kommunene på Innherred",
        archive_references=(
            ArchiveReference("kommunene", "26/01482-7"),
            ArchiveReference("helseforetaket", "2026/3391-12"),
        ),
        proposal=text(PROPOSAL),
        sections=(
            Section("Bakgrunn og fakta", text(FACTS_OF_THE_CASE)),
            Section("Brukermedvirkning", text(PARTICIPATION)),
            Section("Vurdering", text(ASSESSMENT)),
            Section("Konsekvenser for økonomi og personell", text(CONSEQUENCES)),
        ),
        earlier=(
            EarlierStep("Fagråd for eldre", date(2026, 4, 21), "11/26", "Anbefalt"),
            EarlierStep(
                "Administrativt samarbeidsutvalg", date(2026, 6, 10), "19/26", "Utsatt til høringen er oppsummert"
            ),
        ),
        not_enclosed=("Svarene fra gjennomlesningen, hos sekretariatet",),
    )


LONG_TITLE = (
    "Felles rutine for utskriving av skrøpelige eldre fra sykehuset til kommunene i Nord-Trøndelag, "
    "med ansvarsfordeling og oppfølging av legemiddelgjennomgang"
)

AGENDA = (
    AgendaLine("h1", "Faste saker", heading=True),
    AgendaLine("a", "Godkjenning av innkalling og saksliste", "25/26", "Godkjenning", minutes=5, clock=time(9, 0)),
    AgendaLine(
        "a2", "Godkjenning av referat fra møtet 10. juni 2026", "26/26", "Godkjenning", minutes=5, clock=time(9, 5)
    ),
    AgendaLine("h2", "Saker til drøfting og vedtak", heading=True),
    AgendaLine("b", LONG_TITLE, "27/26", "Vedtakssak", "v/ samhandlingssjef Ola Hansen", 45, time(9, 10)),
    AgendaLine("c", "Revisjon av delavtale 3 om innleggelse", "28/26", "Drøftingssak", withdrawn=True),
    AgendaLine(
        "d",
        "Tvist om betaling for utskrivningsklare pasienter",
        "29/26",
        "Drøftingssak",
        "v/ Ingrid Moen",
        30,
        time(9, 55),
        exempt_basis="offentleglova § 13, jf. forvaltningsloven § 13",
    ),
    AgendaLine("h3", "Orienteringer", heading=True),
    AgendaLine("e", "Samisk språk i møte med pasienten", "30/26", "Orienteringssak", "v/ Elle Utsi", 20, time(10, 25)),
    AgendaLine("f", "Eventuelt", minutes=10, clock=time(13, 45)),
)

RECIPIENTS = (
    RecipientGroup(
        "Fra kommunene",
        (
            Recipient("Kari Nordmann", "kommunedirektør", "Steinkjer kommune", "leder"),
            Recipient("Per Aasen", "kommunalsjef helse", "Levanger kommune"),
            Recipient("Ingrid Moen", "kommunedirektør", "Namsos kommune"),
            Recipient("Olav Østby", "helsesjef", "Lierne kommune", "vara for Anne Ås"),
        ),
    ),
    RecipientGroup(
        "Fra helseforetaket",
        (
            Recipient("Ola Hansen", "samhandlingssjef", "Helse Nord-Trøndelag HF", "nestleder"),
            Recipient("Berit Vik", "klinikksjef medisin", "Sykehuset Levanger"),
            Recipient("Jon Dahl", "klinikksjef psykisk helse", "Sykehuset Namsos"),
        ),
    ),
    RecipientGroup(
        "Møter med talerett",
        (
            Recipient("Elle Utsi", "brukerrepresentant", "Brukerutvalget"),
            Recipient("Marit Sæther", "praksiskonsulent", "Fastlegene"),
        ),
    ),
)


def notice() -> NoticePaper:
    """A notice with all that may stand in one: withdrawn and exempt cases, a table, a long title, originals."""
    sami = CasePaper(
        "e", "Samisk språk i møte med pasienten", "30/26", sections=(Section("Om saken", text(SAMI_LETTERS)),)
    )
    secret = CasePaper(
        "d",
        "Tvist om betaling for utskrivningsklare pasienter",
        "29/26",
        sections=(Section("Fakta", text("Kravet gjelder hemmeligholdt beløp.")),),
        exempt_basis="offentleglova § 13, jf. forvaltningsloven § 13",
    )
    return NoticePaper(
        language="nb",
        made_at=MADE_AT,
        letterhead=LETTERHEAD,
        facts=FACTS,
        agenda=AGENDA,
        case_papers=(case_paper(title=LONG_TITLE), secret, sami),
        recipients=RECIPIENTS,
        attachments=(
            attachment("Rutine, utkast 4.pdf", b"%PDF-1.4 rutine", "b", "Utkast til rutine"),
            attachment("tall.csv", "gruppe;andel\nVærnes;84".encode(), "b"),
            attachment("krav.txt", b"hemmeligholdt", "d", "Krav fra Namsos"),
        ),
        signatures=(Signature("Kari Nordmann", "leder"), Signature("Ola Hansen", "nestleder")),
        absence_sentence="Meld forfall til sekretariatet så snart som mulig. Varamedlemmer møter etter innkalling.",
        sent_statement="Sendt 28. september 2026 kl. 14.05. Nestleder har ikke svart innen fristen for sakslisten.",
    )


def sixty_pages() -> NoticePaper:
    """Meeting papers of about sixty pages: twelve cases with tables, lists and assessments of several pages each."""
    numbers = range(31, 43)
    titles = [f"Oppfølging av handlingsplanens tiltak nr. {number}" for number in numbers]
    agenda = tuple(
        AgendaLine(f"i{number}", title, f"{number}/26", "Drøftingssak", minutes=20, clock=time(9, 0))
        for number, title in zip(numbers, titles, strict=True)
    )
    papers = tuple(
        replace(case_paper(f"i{number}", f"{number}/26", title), sections=case_paper().sections * 4)
        for number, title in zip(numbers, titles, strict=True)
    )
    originals = tuple(attachment(f"vedlegg-{number}.pdf", b"%PDF-1.4 " * 20_000, f"i{number}") for number in numbers)
    return replace(notice(), agenda=agenda, case_papers=papers, attachments=originals)


def single_case() -> SingleCasePaper:
    """Saksframlegg on its own."""
    return SingleCasePaper(
        "nb", MADE_AT, LETTERHEAD, case_paper(title=LONG_TITLE), notice().attachments[:2], meeting_day=MEETING_DAY
    )


DECISION = """
1. Administrativt samarbeidsutvalg anbefaler at alle kommunene og helseforetaket tar i bruk felles rutine for \
utskriving av skrøpelige eldre fra 1. mars 2027.
2. Fagrådet for eldre får i oppdrag å følge innføringen, og legger fram en samlet vurdering innen 1. juni \
2027.
"""

MINUTES_ITEMS = (
    MinutesItem(
        "a",
        "Godkjenning av innkalling og saksliste",
        "25/26",
        text=text("Sak 28/26 er trukket av forslagsstilleren. Det ble meldt inn en sak til eventuelt."),
        decisions=(DecisionBlock("Vedtak", text("Innkalling og saksliste godkjennes med denne endringen."), "25/26"),),
    ),
    MinutesItem(
        "b",
        LONG_TITLE,
        "27/26",
        text=text(
            "Ola Hansen gikk gjennom rutinen og svarene fra gjennomlesningen.\n\n"
            "Utvalget drøftet særlig **oppstart og opplæring**. Flere kommuner ba om to måneder ekstra, og "
            "helseforetaket hadde ingen innvendinger mot det."
        ),
        decisions=(DecisionBlock("Anbefaling", text(DECISION), "27/26"),),
        additions=(Addition("Olav Østby, Lierne kommune", "Reiseavstanden må tas med når opplæringen blir planlagt."),),
        tasks=(
            TaskLine("Sende rutinen til alle postmottak", "Sekretariatet", date(2026, 10, 21)),
            TaskLine("Planlegge opplæring i hver kommunegruppe", "Fagråd for eldre", date(2027, 1, 15)),
        ),
    ),
    MinutesItem("c", "Revisjon av delavtale 3 om innleggelse", "28/26", withdrawn=True),
    MinutesItem(
        "d",
        "Tvist om betaling for utskrivningsklare pasienter",
        "29/26",
        text=text("Partene la fram hvert sitt syn på hemmeligholdt beløp."),
        decisions=(DecisionBlock("Ikke enighet", text("Saken sendes videre til partnerskapsmøtet."), "29/26"),),
        positions=(
            Position("Kommunene", "Kravet gjelder døgn der kommunen hadde meldt at den kunne ta imot."),
            Position("Helseforetaket", "Meldingene kom etter fristen i delavtale 5."),
        ),
        stepped_aside=("Ingrid Moen",),
        exempt_basis="offentleglova § 13, jf. forvaltningsloven § 13",
    ),
    MinutesItem("f", "Eventuelt", text=text("Neste møte er 9. desember 2026 på Sykehuset Namsos.")),
)


def minutes(state: MinutesState = MinutesState.OUT_FOR_COMMENTS) -> MinutesPaper:
    """Minutes with attendance by party, decisions, disagreement, tasks and a withdrawn case."""
    return MinutesPaper(
        language="nb",
        made_at=MADE_AT,
        letterhead=LETTERHEAD,
        word="Referat",
        facts=replace(FACTS, practical=(), digital_link="", secretary="Tone Lund, samhandlingskoordinator"),
        state=state,
        attendance=(
            AttendanceGroup(
                "Fra kommunene",
                (
                    Attendee("Kari Nordmann", "kommunedirektør, leder", "Steinkjer kommune"),
                    Attendee("Per Aasen", "kommunalsjef helse", "Levanger kommune", until_item="29/26"),
                    Attendee("Ingrid Moen", "kommunedirektør", "Namsos kommune"),
                    Attendee("Olav Østby", "helsesjef", "Lierne kommune", "Anne Ås", False),
                ),
            ),
            AttendanceGroup(
                "Fra helseforetaket",
                (
                    Attendee("Ola Hansen", "samhandlingssjef, nestleder", "Helse Nord-Trøndelag HF"),
                    Attendee("Berit Vik", "klinikksjef medisin", "Sykehuset Levanger", from_item="27/26"),
                ),
            ),
            AttendanceGroup("Observatører", (Attendee("Elle Utsi", "brukerrepresentant", "Brukerutvalget"),)),
            AttendanceGroup(
                "Sekretariat",
                (
                    Attendee("Tone Lund", "samhandlingskoordinator", "Steinkjer kommune"),
                    Attendee("Nils Berg", "samhandlingsrådgiver", "Helse Nord-Trøndelag HF"),
                ),
            ),
        ),
        absent=(
            Recipient("Anne Ås", "helse- og omsorgssjef", "Lierne kommune", "Olav Østby møtte"),
            Recipient("Jon Dahl", "klinikksjef psykisk helse", "Sykehuset Namsos"),
        ),
        items=MINUTES_ITEMS,
        comments_by=date(2026, 10, 28),
        approved_on=date(2026, 12, 9) if state is MinutesState.APPROVED else None,
        corrections=(
            (Correction(date(2027, 1, 12), "Tone Lund", "Under sak 27/26 skal det stå 1. mars 2027."),)
            if state is MinutesState.APPROVED
            else ()
        ),
    )


def extract() -> ExtractPaper:
    """Melding om vedtak to two municipalities, from minutes that are not approved yet."""
    return ExtractPaper(
        language="nb",
        made_at=MADE_AT,
        letterhead=LETTERHEAD,
        meeting_day=MEETING_DAY,
        recipients=("Lierne kommune", "Namsos kommune"),
        title=LONG_TITLE,
        number_text="27/26",
        decisions=(DecisionBlock("Anbefaling", text(DECISION), "27/26"),),
        background=text(ASSESSMENT),
        archive_references=(ArchiveReference("kommunene", "26/01482-7"),),
        next_steps=("Kommunestyret i hver kommune", "Styret i Helse Nord-Trøndelag HF"),
        answer_by=date(2027, 2, 1),
        signatures=(Signature("Tone Lund", "samhandlingskoordinator"),),
        unapproved=True,
    )
