"""The forms of a round of appointing."""

from typing import Any

from wtforms import BooleanField, EmailField, SelectMultipleField, StringField, TelField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget, RadioInput

from secretariat.appointing.actions import pool_field
from secretariat.appointing.inputs import Answer, Named, PoolNumber, Pools
from secretariat.appointing.models import NominationChoice
from secretariat.appointing.naming import WRITTEN, field_name
from secretariat.appointing.queries import PlaceRow, PoolRow
from secretariat.bodies.forms import NumberField, SomebodyForm
from secretariat.core.actions import Action
from secretariat.core.forms import ChoiceField, DayField, Form, VersionField
from secretariat.core.text.language import _l
from secretariat.directory.forms import to_id


class ManyField(SelectMultipleField):
    """Several of many, each with a box to tick; ids come out."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()

    def __init__(self, label: Any, **values: Any) -> None:
        super().__init__(label, coerce=lambda value: to_id(value), **values)

    def process_formdata(self, valuelist: Any) -> None:
        """Keep what is ticked as ids; anything else was never offered."""
        super().process_formdata(valuelist)
        self.data: Any = tuple(self.data or ())


class OneField(ChoiceField):
    """One of a few, as round buttons; nothing chosen is nothing said."""

    widget = ListWidget(prefix_label=False)
    option_widget = RadioInput()

    def pre_validate(self, form: Any) -> None:
        """Only what is chosen must be among the choices."""
        if self.raw_data:
            super().pre_validate(form)


class RoundForm(Form):
    """A round: term, deadline, text and bodies; the view gives ``body_ids`` its choices."""

    version = VersionField()
    title = StringField(_l("Tittel"), description=_l("For eksempel «Oppnevning 2027–2031»."))
    starts_on = DayField(_l("Ny periode fra og med"))
    term_ends_on = DayField(_l("Ny periode til og med"))
    answer_by = DayField(_l("Svarfrist"))
    text = TextAreaField(_l("Tekst i brevet"), description=_l("Står i e-posten over listen med plasser."))
    body_ids = ManyField(_l("Utvalg"), description=_l("Velger du ingen, er alle felles utvalg med."))


class DeadlineForm(Form):
    """Another deadline."""

    answer_by = DayField(_l("Svarfrist"))


class RegisterForm(Form):
    """From which day the appointments hold."""

    starts_on = DayField(_l("Gjelder fra og med"))


class ResignForm(SomebodyForm):
    """The last day, and who follows."""

    ends_on = DayField(_l("Siste dag"))
    moves_up = BooleanField(_l("Første vara rykker opp inntil ny er oppnevnt"))
    follows_on = DayField(_l("Ny fra og med"), description=_l("La feltet stå tomt når den nye begynner dagen etter."))


class PoolsForm(Form):
    """How many common deputies; made for one letter by :func:`pools_form`."""

    asked: tuple[PoolRow, ...] = ()

    def _input(self, action: Action, values: dict[str, Any]) -> Any:
        return Pools(tuple(PoolNumber(one.body_id, one.party, self.of(one).data) for one in self.asked), **values)

    def of(self, one: PoolRow) -> Any:
        """The field of a pool."""
        return self[pool_field(one)]


def pools_form(pools: list[PoolRow]) -> PoolsForm:
    """The form of a letter: a number for each body and party that it is about."""
    fields: dict[str, Any] = {"asked": tuple(pools)}
    fields |= {pool_field(one): NumberField(one.words) for one in pools}
    made: PoolsForm = type("LetterPoolsForm", (PoolsForm,), fields)(data={pool_field(o): o.number for o in pools})
    return made


# ---- the answer of a nominating body: one group of fields for each place


class AnswerForm(Form):
    """What is said of each place; made for one letter by :func:`answer_form`."""

    asked: tuple[PlaceRow, ...] = ()
    answers = VersionField()
    women = NumberField(_l("Kvinner"))
    men = NumberField(_l("Menn"))
    note = TextAreaField(_l("Beskjed til sekretariatet"))

    def _input(self, action: Action, values: dict[str, Any]) -> Any:
        said = tuple(self._named(place) for place in self.asked if place.appointment_id is None)
        counted = {name: self[name].data for name in ("women", "men", "answers")}
        return Answer(places=said, note=self.note.data or "", **counted, **values)

    def _named(self, place: PlaceRow) -> Named:
        choice = self.of("choice", place).data
        if choice is not NominationChoice.NEW:
            return Named(place.id, choice)
        typed = {name: self.of(name, place).data or "" for name in WRITTEN if name != "organisation_id"}
        return Named(place.id, choice, organisation_id=self.of("organisation_id", place).data, **typed)

    def _face(self, subject: Any) -> None:
        super()._face(subject)
        self.answers.raw_data, self.answers.data = None, subject.answers

    def of(self, name: str, place: PlaceRow) -> Any:
        """The field of a place."""
        return self[field_name(name, place.id)]

    def wrong(self, places: list[PlaceRow]) -> bool:
        """Whether something about these places was refused."""
        still = [place for place in places if place.appointment_id is None]
        return any(self.of(name, place).errors for place in still for name in ("choice", *WRITTEN))


def answer_form(places: list[PlaceRow], employers: list[tuple[Any, Any]], letter: Any) -> AnswerForm:
    """The form of a letter: for every place not yet registered a choice, and the fields of somebody new."""
    fields: dict[str, Any] = {"asked": tuple(places)}
    for place in places:
        if place.appointment_id is None:
            fields |= _place_fields(place, employers)
    made: AnswerForm = type("LetterForm", (AnswerForm,), fields)(data=_said(places, letter))
    return made


def _place_fields(place: PlaceRow, employers: list[tuple[Any, Any]]) -> dict[str, Any]:
    made = {
        "choice": OneField(_legend(place), choices=_choices(place), coerce=NominationChoice),
        "given_name": StringField(_l("Fornavn")),
        "family_name": StringField(_l("Etternavn")),
        "title": StringField(_l("Stilling")),
        "email": EmailField(_l("E-post")),
        "phone": TelField(_l("Telefon, hvis dere vil")),
        "organisation_id": ChoiceField(_l("Arbeidsgiver"), choices=employers, coerce=to_id),
    }
    return {field_name(name, place.id): field for name, field in made.items()}


def _legend(place: PlaceRow) -> Any:
    if place.is_pool:
        return _l("Felles vara %(rank)s", rank=place.rank)
    if place.is_deputy:
        return _l("Plass %(number)s, vara nummer %(rank)s", number=place.number, rank=place.rank)
    return _l("Plass %(number)s: %(words)s", number=place.number, words=place.words or place.body)


def _choices(place: PlaceRow) -> list[tuple[Any, Any]]:
    keep = [(NominationChoice.KEEP.value, _l("%(name)s gjenoppnevnes", name=place.present))] if place.present else []
    return keep + [(choice.value, choice.word) for choice in (NominationChoice.NEW, NominationChoice.LATER)]


def _said(places: list[PlaceRow], letter: Any) -> dict[str, Any]:
    said = {"women": letter.women, "men": letter.men, "note": letter.note, "answers": letter.answers}
    for place in places:
        for name in ("choice", *WRITTEN):
            said[field_name(name, place.id)] = getattr(place, name)
    return said
