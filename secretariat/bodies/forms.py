"""The forms of bodies, places, appointments and the chair plan."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from wtforms import BooleanField, EmailField, HiddenField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from secretariat.bodies.models import AgreementKind, Authority, DeputyRule, MinutesWord, SeatRole, Tier
from secretariat.bodies.structures import Level
from secretariat.core.actor import COMMON_ROOM
from secretariat.core.dates import parse_date
from secretariat.core.forms import ChoiceField, DayField, Form, ProseField, VersionField
from secretariat.core.text.language import _l, format_date
from secretariat.core.text.sorting import folded
from secretariat.directory.forms import party_choices, to_id
from secretariat.directory.parties import Party

REQUIRED = InputRequired(_l("Feltet må fylles ut."))
BODY_LANGUAGES = [("nb", "Bokmål"), ("nn", "Nynorsk")]
ROOMS = [(COMMON_ROOM, _l("Felles")), (Party.M.value, _l("Kommunenes rom")), (Party.H.value, _l("Helseforetakets rom"))]
SEAT_ROLES = [(role.value, role.word) for role in SeatRole if role not in (SeatRole.CHAIR, SeatRole.DEPUTY_CHAIR)]
CHAIR_RULES = [
    ("", _l("Ingen fast regel")),
    ("M1", _l("Skifter hvert år, kommunene først")),
    ("H1", _l("Skifter hvert år, helseforetaket først")),
    ("M2", _l("Skifter hvert annet år, kommunene først")),
    ("H2", _l("Skifter hvert annet år, helseforetaket først")),
    ("M0", _l("Lederen kommer alltid fra kommunene")),
    ("H0", _l("Lederen kommer alltid fra helseforetaket")),
]
TIERS = [("", _l("Etter stillingen")), *Tier.choices()]
UNTIL_SUCCESSOR = _l("La feltet stå tomt når representanten sitter til ny er oppnevnt.")
AFTER_THE_TERM = _l("Etter denne dagen sitter representanten til ny er oppnevnt.")


def level_choices() -> list[tuple[int, Any]]:
    """The levels from the political one down."""
    return [(level.order, level.word) for level in Level]


class NumberField(IntegerField):
    """A whole number."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number; what was typed stays when it is none."""
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if text and not text.isdecimal():
            raise ValueError(_l("Skriv et helt tall."))
        if text:
            self.data = int(text[:9])


class DaysField(TextAreaField):
    """Dates, one on each line; comes out as a tuple of days in order."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the dates; what was typed stays when one cannot be read."""
        self.raw_data = list(valuelist)
        self.data: tuple[date, ...] = ()
        lines = [line.strip() for line in (valuelist[0] if valuelist else "").splitlines()]
        self.data = tuple(sorted({parse_date(line) for line in lines if line}))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "\n".join(format_date(day, "short") for day in self.data or ())


class PersonField(StringField):
    """A registered person, found by the name that was typed; ``find`` gives those whose name holds the words."""

    find: Callable[[str], Sequence[Any]]

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep what was typed; who it is, is settled when the form is read."""
        self.raw_data = list(valuelist)
        self.data = None

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""

    def offered(self) -> list[str]:
        """The people to choose among, each written so that it is found again."""
        return [person_line(person) for person in self.find("")]

    def pre_validate(self, form: Any) -> None:
        """Settle who was meant: the whole line of the list, or a name that only one person has."""
        typed = self._value().strip()
        if not typed:
            return
        found = self.find(typed.partition("(")[0])
        exact = [one for one in found if person_line(one) == typed] or [
            one for one in found if folded(one.name) == folded(typed)
        ]
        if len(exact) > 1:
            raise ValidationError(_l("Flere heter dette. Velg i listen, med organisasjon og e-post."))
        if not exact:
            raise ValidationError(_l("Ingen i registeret heter dette. Velg i listen, eller registrer en ny person."))
        self.data = exact[0].id


def person_line(person: Any) -> str:
    """A person as the list offers them: name, employer and address, which only one person has."""
    told = ", ".join(word for word in (person.organisation, person.email) if word)
    return f"{person.name} ({told})" if told else str(person.name)


class FoundForm(Form):
    """A partnership from a structure."""

    structure_key = HiddenField()
    name = StringField(_l("Navn på samarbeidet"))
    short_name = StringField(_l("Kortnavn"))
    language = ChoiceField(_l("Målform"), choices=BODY_LANGUAGES, default="nb")
    secretariat_email = EmailField(
        _l("Sekretariatets e-post"), description=_l("E-post fra sekretariatet kommer herfra, og svarene går hit.")
    )
    starts_on = DayField(_l("Gjelder fra"))


class RulesForm(Form):
    """How a body works: six settings are asked for, the rest have answers already and wait behind a press."""

    name = StringField(_l("Navn"), [REQUIRED])
    minutes_word = ChoiceField(_l("Ord for møteboken"), choices=MinutesWord.choices(), coerce=MinutesWord)
    number_prefix = StringField(_l("Foran nummeret"), description=_l("For eksempel PS. Kan stå tomt."))
    number_digits = NumberField(_l("Minste antall siffer"), description=_l("0 til 3. Med 3 blir sak 7 til 007."))
    number_separator = ChoiceField(_l("Skilletegn"), choices=[("/", "/"), ("-", "-")])
    year_digits = ChoiceField(_l("Årstall"), choices=[(4, _l("Fire siffer")), (2, _l("To siffer"))], coerce=int)
    year_first = BooleanField(_l("Årstallet står først"))
    intake_days = NumberField(_l("Saker meldes inn, dager før møtet"))
    review_days = NumberField(_l("Gjennomlesning begynner, dager før møtet"))
    dispatch_days = NumberField(_l("Innkalling sendes, dager før møtet"))
    minutes_days = NumberField(_l("Referat sendes, dager etter møtet"))
    comments_days = NumberField(_l("Merknadsfrist, dager etter at referatet er sendt"))
    working_days = BooleanField(
        _l("Tell bare arbeidsdager"),
        description=_l(
            "En frist på en helg eller helligdag flyttes uansett: før møtet til arbeidsdagen før, "
            "ellers til arbeidsdagen etter."
        ),
    )
    chair_rule = ChoiceField(_l("Hvem leder"), choices=CHAIR_RULES, coerce=str, default="")
    deputy_rule = ChoiceField(_l("Vara ved forfall"), choices=DeputyRule.choices(), coerce=DeputyRule)
    level = ChoiceField(_l("Nivå"), choices=level_choices(), coerce=int)
    level_name = StringField(_l("Eget navn på nivået"), description=_l("Kan stå tomt."))
    parent_id = ChoiceField(_l("Rapporterer til"), coerce=to_id)
    language = ChoiceField(_l("Målform"), choices=BODY_LANGUAGES, default="nb")
    meetings_per_year = NumberField(_l("Møter i året"), description=_l("Slik avtalen sier. Kan stå tomt."))
    term_years = NumberField(_l("Funksjonstid, år"), description=_l("Kan stå tomt."))
    term_begins = StringField(_l("Eller funksjonstiden skifter hvert år"), description=_l("Dag og måned, som 1.4."))
    secretary = StringField(_l("Sekretær"), description=_l("For eksempel helseforetaket eller regionrådet."))
    note = TextAreaField(_l("Merknad"), description=_l("Annet avtalen sier om utvalget."))
    starts_on = DayField(_l("Opprettet fra"), [REQUIRED])
    ends_on = DayField(_l("Til"), description=_l("Bare for utvalg og arbeidsgrupper som skal slutte en bestemt dag."))

    @property
    def chair(self) -> dict[str, Any]:
        """The rule of the chair, as the verbs take it: which party first, and how many years until the sides change."""
        rule = self.chair_rule.data or ""
        return {"chair_first": rule[:1], "chair_years": int(rule[1:] or 0)}

    def _several(self, *names: str) -> list[Any]:
        return [self[name] for name in names]

    @property
    def deadlines(self) -> list[Any]:
        """The fields of the deadlines."""
        return self._several("intake_days", "review_days", "dispatch_days", "minutes_days", "comments_days")

    @property
    def agreed(self) -> list[Any]:
        """What the agreement says besides."""
        return self._several("meetings_per_year", "term_years", "term_begins", "secretary", "note")


class SetUpForm(RulesForm):
    """A new body; the view gives ``parent_id`` and ``room`` their choices."""

    short_name = StringField(
        _l("Kortnavn"), description=_l("For eksempel ASU. Høyst 30 tegn; tomt felt gir begynnelsen av navnet.")
    )
    room = ChoiceField(_l("Hvem ser utvalget"), default=COMMON_ROOM)

    @property
    def rest(self) -> list[Any]:
        """What waits behind a press."""
        first = self._several("short_name", "level", "level_name", "parent_id", "room", "language")
        return [*first, *self.agreed, self.starts_on, self.ends_on]


class BodyForm(RulesForm):
    """A body's settings."""

    version = VersionField()
    short_name = StringField(_l("Kortnavn"), [REQUIRED])
    number_suffix = StringField(_l("Etter nummeret"), description=_l("Kan stå tomt."))
    authority = ChoiceField(_l("Myndighet"), choices=Authority.choices(), coerce=Authority)
    mandate = ProseField(_l("Mandat"))
    composition = StringField(_l("Avtalt sammensetning"))
    standing_items_numbered = BooleanField(_l("Faste saker får nummer"))
    proposal_first = BooleanField(_l("Forslag til vedtak står først i saksframlegget"))
    meetings_open = BooleanField(_l("Møtene er åpne"))

    @property
    def rest(self) -> list[Any]:
        """What waits behind a press."""
        first = self._several("short_name", "mandate", "composition", "authority", "level", "level_name", "parent_id")
        last = self._several("language", "standing_items_numbered", "proposal_first", "meetings_open")
        return [*first, *last, *self.agreed, self.starts_on, self.ends_on]


class AboutForm(Form):
    """What the agreement says of the whole, and of the secretariat; what it is called and where mail is answered."""

    name = StringField(_l("Navn på samarbeidet"), [REQUIRED])
    short_name = StringField(_l("Kortnavn"), [REQUIRED])
    language = ChoiceField(_l("Målform"), choices=BODY_LANGUAGES)
    secretariat_email = EmailField(
        _l("Sekretariatets e-post"), description=_l("E-post fra sekretariatet kommer herfra, og svarene går hit.")
    )
    about = TextAreaField(_l("Om samarbeidet og sekretariatet"), render_kw={"rows": 14})


class AgreementForm(Form):
    """The overall agreement or a numbered part."""

    number = StringField(_l("Nummer"), [REQUIRED], description=_l("For eksempel 5. Den overordnede har gjerne 0."))
    title = StringField(_l("Tittel"), [REQUIRED])
    kind = ChoiceField(
        _l("Slag"),
        choices=AgreementKind.choices(),
        coerce=AgreementKind,
        default=AgreementKind.SUB,
        description=_l("Tjenesteavtaler og retningslinjer er delavtaler."),
    )
    starts_on = DayField(_l("Gjelder fra og med"), [REQUIRED])
    ends_on = DayField(_l("Til og med"), description=_l("La feltet stå tomt så lenge avtalen løper."))


class AgreementsForm(Form):
    """Which of the partnership's agreements a body works under, or a case concerns."""

    agreement_ids = SelectMultipleField(
        _l("Avtaler"), coerce=to_id, widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )

    def offer(self, agreements: Iterable[Any]) -> None:
        """The agreements to choose among: those in force, and those chosen before."""
        chosen = self.agreement_ids.object_data or ()
        shown = [one for one in agreements if one.is_in_force or one.id in chosen]
        self.agreement_ids.choices = [SelectChoice(one.id, one.words) for one in shown]


class SeatForm(Form):
    """A place; the view gives ``organisation_id`` and ``region_id`` their choices."""

    party = ChoiceField(_l("Part"), choices=party_choices(), coerce=Party)
    title = StringField(_l("Stilling eller verv"), description=_l("For eksempel ordfører eller klinikksjef."))
    organisation_id = ChoiceField(_l("Representerer organisasjonen"), coerce=to_id)
    region_id = ChoiceField(_l("Representerer regionen"), coerce=to_id)
    represents = StringField(_l("Representerer, med egne ord"))
    nominated_by = StringField(_l("Oppnevnes av"))
    role = ChoiceField(_l("Rolle"), choices=SEAT_ROLES, coerce=SeatRole, default=SeatRole.MEMBER)
    may_speak = BooleanField(_l("Talerett"), default=True)
    may_propose = BooleanField(_l("Forslagsrett"), default=True)
    may_vote = BooleanField(_l("Stemmerett"), default=True)
    starts_on = DayField(_l("Plassen gjelder fra"))
    ends_on = DayField(_l("Til"))


class SomebodyForm(Form):
    """Somebody registered, or somebody new; the view gives the person field its people and ``organisation_id`` its
    choices.
    """

    person_id = PersonField(_l("Person"), description=_l("Skriv navnet."), render_kw={"list": "people"})
    given_name = StringField(_l("Fornavn"))
    family_name = StringField(_l("Etternavn"))
    title = StringField(_l("Stilling"))
    email = EmailField(_l("E-post"))
    organisation_id = ChoiceField(_l("Organisasjon"), coerce=to_id)

    @property
    def registers(self) -> bool:
        """Whether something was typed or refused where a new person is registered."""
        fields = (self.given_name, self.family_name, self.title, self.email, self.organisation_id)
        return any(field.data or field.errors for field in fields)


class AppointmentForm(SomebodyForm):
    """Somebody registered, or somebody new, from–to."""

    tier = ChoiceField(_l("Nivå"), choices=TIERS, coerce=Tier)
    starts_on = DayField(_l("Fra og med"))
    term_ends_on = DayField(_l("Perioden går ut"), description=AFTER_THE_TERM)
    ends_on = DayField(_l("Til og med"), description=UNTIL_SUCCESSOR)


class AppointForm(AppointmentForm):
    """The holder of a place."""

    replaces = BooleanField(_l("Den som sitter nå, går ut dagen før"))


class DeputyForm(AppointmentForm):
    """A personal deputy."""

    rank = NumberField(_l("Nummer i rekken"), description=_l("La feltet stå tomt for å komme sist."))
    may_decide = BooleanField(_l("Møter med fullmakt til å beslutte"), default=True)


class PoolForm(AppointmentForm):
    """A deputy for all who sit for a party."""

    party = ChoiceField(_l("Part"), choices=party_choices(), coerce=Party)
    may_decide = BooleanField(_l("Møter med fullmakt til å beslutte"), default=True)


class ChangeAppointmentForm(Form):
    """At which level somebody meets, and for which term."""

    tier = ChoiceField(_l("Nivå"), choices=TIERS, coerce=Tier)
    term_ends_on = DayField(_l("Perioden går ut"), description=AFTER_THE_TERM)


class LeaveForm(Form):
    """Leave of absence."""

    starts_on = DayField(_l("Fra og med"))
    ends_on = DayField(_l("Til og med"), description=_l("La feltet stå tomt når sluttdagen ikke er kjent."))


class ChairForm(Form):
    """A stretch of the chair plan; the view gives both places their choices."""

    chair_seat_id = ChoiceField(_l("Leder"), coerce=to_id)
    deputy_chair_seat_id = ChoiceField(_l("Nestleder"), coerce=to_id)
    starts_on = DayField(_l("Fra og med"))
    ends_on = DayField(_l("Til og med"))


class BodyFilter(Form):
    """Which bodies to show."""

    level = ChoiceField(_l("Nivå"), coerce=int)
    room = ChoiceField(_l("Rom"))
