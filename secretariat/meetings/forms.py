"""The forms of meetings, agenda items and answers."""

from collections.abc import Container
from typing import Any
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectChoice, StringField, TextAreaField
from wtforms.validators import InputRequired

from secretariat.bodies.forms import NumberField, PersonField
from secretariat.core.dates import OSLO, year_of
from secretariat.core.forms import EMPTY_CHOICE, ChoiceField, ClockField, DayField, Form, VersionField
from secretariat.core.text.language import _, _l
from secretariat.directory.parties import Party
from secretariat.meetings.models import ItemKind, MeetingForm as MeetingKind, MeetingState, Reply

ALL = ("", _l("Alle"))
ALONE = [(Party.M.value, _l("Bare kommunene")), (Party.H.value, _l("Bare helseforetaket"))]
FOLDS = [("", _l("Velg …")), ("0", _l("Første gang")), ("1", _l("Andre gang"))]
ANSWERS = [SelectChoice(answer.value, answer.word) for answer in (Reply.ATTENDING, Reply.ABSENT)]


class MeetingFilter(Form):
    """Which meetings to list."""

    utvalg = ChoiceField(_l("Utvalg"), coerce=UUID)
    tilstand = ChoiceField(_l("Status"), choices=[ALL, *MeetingState.choices()], coerce=MeetingState)
    ar = ChoiceField(_l("År"), coerce=year_of)

    def offer(self, bodies: list[tuple[str, str]], years: list[int]) -> None:
        """The bodies and years to choose among."""
        self.utvalg.choices = [ALL, *bodies]
        self.ar.choices = [ALL, *((str(year), str(year)) for year in years)]


class TimeAndPlaceForm(Form):
    """When, where and how; which of two equal clock times is asked only in the night the clock is set back."""

    day = DayField(_l("Dato"), [InputRequired(_l("Skriv datoen, for eksempel 3.12.2026."))])
    starts = ClockField(_l("Begynner"), [InputRequired(_l("Skriv når møtet begynner, for eksempel 09.00."))])
    ends = ClockField(_l("Slutter"), [InputRequired(_l("Skriv når møtet slutter, for eksempel 12.00."))])
    fold = ChoiceField(_l("Hvilken av de to gangene?"), choices=FOLDS, coerce=int)
    form = ChoiceField(_l("Møteform"), choices=MeetingKind.choices(), coerce=MeetingKind)
    place = StringField(_l("Sted"))
    digital_link = StringField(_l("Lenke til digitalt møte"))
    practical = TextAreaField(
        _l("Praktisk"), description=_l("Lunsj, reise, parkering: det som skal stå i innkallingen.")
    )
    tentative = BooleanField(_l("Datoen er foreløpig"))
    timezone = StringField(_l("Tidssone"), default=OSLO)


class PlanForm(TimeAndPlaceForm):
    """A meeting that is to be."""

    body = ChoiceField(_l("Utvalg"), [InputRequired(_l("Velg utvalg."))], coerce=UUID)
    title = StringField(_l("Tittel"), description=_l("La stå tomt for «Møte i» og utvalgets navn."))
    room = ChoiceField(
        _l("Hvem møtes?"),
        description=_l("Et møte for én part er synlig bare for den parten, med saksliste, referat og vedtak."),
    )

    def offer(self, bodies: list[tuple[str, str]], rooms: Container[str]) -> None:
        """The bodies the secretary serves, and the secretary's own party, which may meet alone in a joint body."""
        self.body.choices = [EMPTY_CHOICE, *bodies]
        self.room.choices = [("", _l("Hele utvalget, begge parter")), *(one for one in ALONE if one[0] in rooms)]


class ChangeForm(TimeAndPlaceForm):
    """The meeting as it is to be."""

    title = StringField(_l("Tittel"), [InputRequired(_l("Skriv en tittel."))])
    version = VersionField()


class CancelForm(Form):
    """Why the meeting is cancelled."""

    reason = TextAreaField(
        _l("Begrunnelse"),
        [InputRequired(_l("Skriv hvorfor møtet avlyses."))],
        description=_l("Står i avlysningen til alle som er innkalt."),
    )


class ChairForm(Form):
    """Who leads this one meeting."""

    chair_person_id = ChoiceField(_l("Møteleder"), coerce=UUID)
    chair_reason = TextAreaField(_l("Begrunnelse"), description=_l("For eksempel: Leder har forfall."))

    def offer(self, people: list[Any]) -> None:
        """Those who are called."""
        chosen = [(str(person.person_id), person.name) for person in people]
        self.chair_person_id.choices = [("", _l("Etter lederplanen")), *chosen]


class AgreeForm(Form):
    """What a chair would have otherwise."""

    note = TextAreaField(_l("Merknad til sakslisten"))


class ItemForm(Form):
    """A line of the agenda."""

    title = StringField(_l("Tittel"), [InputRequired(_l("Skriv hva saken gjelder."))])
    kind = ChoiceField(_l("Type"), choices=ItemKind.choices(), coerce=ItemKind, default=ItemKind.INFORMATION.value)
    duration = NumberField(_l("Minutter"), [InputRequired(_l("Skriv antall minutter."))], default=15)
    presenter = StringField(_l("Legges fram av"))
    public_title = StringField(_l("Offentlig tittel"), description=_l("Bare når den skal være en annen."))
    exempt_basis = StringField(_l("Unntatt offentlighet"), description=_l("Hjemmel, for eksempel «offl. § 13»."))
    series = StringField(_l("Egen nummerserie"), default="", description=_l("For eksempel RS for referatsaker."))
    version = VersionField()


class ReplyForm(Form):
    """Kommer or forfall."""

    reply = RadioField(_l("Kommer du?"), [InputRequired(_l("Velg ett av svarene."))], choices=ANSWERS)
    note = TextAreaField(_l("Beskjed til sekretariatet"))

    def ask_of(self, name: str) -> None:
        """The secretariat writes what another has said."""
        self.reply.label.text, self.note.label.text = _("Kommer %(name)s?", name=name), _("Beskjed")


class GuestForm(Form):
    """Whom to invite."""

    person_id = PersonField(_l("Navn"), [InputRequired(_l("Skriv navnet."))], render_kw={"list": "people"})
