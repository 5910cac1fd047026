"""Forms of cases: labels and hints; the rules live in the actions' inputs."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from wtforms import Form as PlainForm, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from secretariat.bodies import queries as bodies
from secretariat.cases.models import SECTIONS, CaseKind, CaseState
from secretariat.cases.pasting import Pasted
from secretariat.cases.queries import secretaries
from secretariat.core.actor import COMMON_ROOM, Actor
from secretariat.core.forms import EMPTY_CHOICE, ChoiceField, DayField, Form, ProseField, VersionField
from secretariat.core.text.document import Document
from secretariat.core.text.language import _l
from secretariat.core.text.markdown import read_markdown, write_markdown
from secretariat.directory import queries as directory
from secretariat.directory.forms import to_id
from secretariat.directory.parties import Party, label
from secretariat.documents.forms import BasisField

REQUIRED = InputRequired(_l("Feltet må fylles ut."))
LANGUAGE_CHOICES = [("nb", _l("Bokmål")), ("nn", _l("Nynorsk")), ("se", _l("Nordsamisk")), ("en", _l("Engelsk"))]
PARTY_CHOICES = [(party.value, label(party)) for party in Party]
OWN_ROOMS = {Party.M: _l("Bare for kommunene"), Party.H: _l("Bare for helseforetaket")}
PURPOSE_CHOICES = [
    (CaseKind.DECISION.value, _l("Send videre til vedtak")),
    (CaseKind.DISCUSSION.value, _l("Gi oppdrag, eller til drøfting")),
    (CaseKind.INFORMATION.value, _l("Til orientering")),
]

STATES: dict[str, tuple[CaseState, ...]] = {
    "innmeldt": (CaseState.RAISED, CaseState.MORE_WANTED),
    "under-arbeid": (CaseState.IN_PREPARATION,),
    "klar": (CaseState.READY,),
    "droftet": (CaseState.TREATED,),
    "returnert": (CaseState.RETURNED,),
    "trukket": (CaseState.WITHDRAWN,),
}
STATE_CHOICES = [("", _l("Alle")), *((name, states[0].word) for name, states in STATES.items())]
ORDER_CHOICES = [
    ("newest", _l("Nyeste først")),
    ("oldest", _l("Eldste først")),
    ("deadline", _l("Etter frist")),
    ("title", _l("Etter tittel")),
]


def _visible_signs(text: str | None) -> str:
    return "".join(sign for sign in text or "" if sign >= " ")


class FilterForm(PlainForm):
    """What to show of the register; lives in the address."""

    tilstand = ChoiceField(_l("Status"), choices=STATE_CHOICES, validate_choice=False)
    utvalg = ChoiceField(_l("Utvalg"), coerce=to_id, validate_choice=False)
    part = ChoiceField(_l("Meldt inn fra"), choices=[("", _l("Alle")), *PARTY_CHOICES], validate_choice=False)
    q = StringField(_l("Ord i tittelen"), filters=[_visible_signs])
    sorter = ChoiceField(_l("Rekkefølge"), choices=ORDER_CHOICES, validate_choice=False)

    def offer(self, actor: Actor) -> None:
        """The bodies the reader knows."""
        self.utvalg.choices = _offered([("", _l("Alle")), *bodies.choices(actor)])


class RaiseForm(Form):
    """Raising a case."""

    title = StringField(_l("Tittel"), [REQUIRED])
    organisation_id = ChoiceField(_l("Meldt inn av"), coerce=to_id)
    on_behalf_of = StringField(
        _l("På vegne av"), description=_l("Hvis du melder inn for en annen, for eksempel ordføreren.")
    )
    wanted_body_id = ChoiceField(_l("Ønsket utvalg"), coerce=to_id)
    wanted_by = DayField(_l("Ønsket drøftet innen"))
    kind = ChoiceField(_l("Type sak"), choices=CaseKind.choices(), coerce=CaseKind, default=CaseKind.DECISION)
    background = ProseField(
        _l("Hva gjelder saken?"), description=_l("Noen linjer er nok. Saksframlegget kan skrives senere.")
    )
    municipal_reference = StringField(_l("Arkivref. hos kommunene"))
    hospital_reference = StringField(_l("Arkivref. hos helseforetaket"))
    room = ChoiceField(_l("Hvem skal se saken?"), coerce=str, default=COMMON_ROOM)
    public_title = StringField(
        _l("Offentlig tittel"), description=_l("Fylles ut når tittelen over ikke kan være offentlig.")
    )
    party = ChoiceField(_l("Part"), coerce=Party, choices=[("", _l("Som organisasjonen")), *PARTY_CHOICES])
    language = ChoiceField(_l("Språk i saken"), choices=LANGUAGE_CHOICES, default="nb")

    def offer(self, actor: Actor, partnership_id: UUID, own: list[Any]) -> None:
        """The organisations one may raise for, the bodies, and the rooms one may raise in."""
        if own and not actor.is_secretary(partnership_id):
            self.organisation_id.choices = [SelectChoice(str(one.id), one.name) for one in own]
        else:
            self.organisation_id.choices = [SelectChoice(*EMPTY_CHOICE), *_by_party(actor, partnership_id)]
        if self.organisation_id.data is None and own and not self.organisation_id.raw_data:
            self.organisation_id.data = own[0].id
        self.organisation_id.flags.required = not own
        self.wanted_body_id.choices = _offered([EMPTY_CHOICE, *bodies.open_choices(actor, partnership_id)])
        self.room.choices = _offered([(COMMON_ROOM, _l("Begge parter")), *_own_rooms(actor, partnership_id)])


def _offered(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    return [SelectChoice(value, str(words)) for value, words in pairs]


def _by_party(actor: Actor, partnership_id: UUID) -> list[SelectChoice]:
    rows = directory.organisations(actor, partnership_id)
    in_order = sorted(rows, key=lambda row: list(Party).index(row.party))
    return [SelectChoice(str(row.id), row.name, optgroup=str(label(row.party))) for row in in_order]


def _own_rooms(actor: Actor, partnership_id: UUID) -> list[tuple[str, Any]]:
    rooms = [Party(room) for place, room in sorted(actor.rooms, key=str) if place == partnership_id]
    return [
        (room.value, OWN_ROOMS.get(room, _l("Bare for egen part")))
        for room in rooms
        if actor.is_secretary(partnership_id, room)
    ]


class EditForm(Form):
    """What is known of a case beside its paper."""

    version = VersionField()
    title = StringField(_l("Tittel"), [REQUIRED])
    public_title = StringField(_l("Offentlig tittel"), description=_l("Står i det som publiseres."))
    on_behalf_of = StringField(_l("På vegne av"))
    kind = ChoiceField(_l("Type sak"), choices=CaseKind.choices(), coerce=CaseKind)
    wanted_body_id = ChoiceField(_l("Ønsket utvalg"), coerce=to_id)
    wanted_by = DayField(_l("Ønsket drøftet innen"))
    responsible_id = ChoiceField(_l("Ansvarlig"), coerce=to_id)
    language = ChoiceField(_l("Språk i saken"), choices=LANGUAGE_CHOICES, default="nb")
    exempt_basis = BasisField()

    def offer(self, actor: Actor, case: Any) -> None:
        """The bodies and the people of the partnership."""
        open_bodies = bodies.open_choices(actor, case.partnership_id, case.wanted_body_id)
        self.wanted_body_id.choices = _offered([EMPTY_CHOICE, *open_bodies])
        people = secretaries(actor, case.partnership_id)
        if case.responsible_id and str(case.responsible_id) not in dict(people):
            people.append((str(case.responsible_id), case.responsible))
        self.responsible_id.choices = _offered([EMPTY_CHOICE, *people])


class ReasonForm(Form):
    """Why; whoever raised the case is told."""

    reason = TextAreaField(_l("Begrunnelse"), [REQUIRED])


class PaperForm(Form):
    """The case paper, part by part."""

    version = VersionField()
    archive_reference = StringField(_l("Arkivreferanse"), description=_l("Funnet i teksten du limte inn."))
    proposal = ProseField(SECTIONS["proposal"])
    background = ProseField(SECTIONS["background"])
    facts = ProseField(SECTIONS["facts"])
    assessment = ProseField(SECTIONS["assessment"])
    user_involvement = ProseField(
        SECTIONS["user_involvement"],
        description=_l("Hvem er spurt, og hva sa de? «Ikke relevant» er også et svar."),
    )
    consequences = ProseField(
        SECTIONS["consequences"], description=_l("Økonomi, bemanning og annet, for kommunene og for helseforetaket.")
    )

    def fill(self, pasted: Pasted, *, replace: bool) -> dict[str, Document]:
        """Put in what was found in a pasted text; what it does not have stays. A part that has a text already keeps
        it above the pasted one, or is replaced. The answer is what stood there before, by part.
        """
        stood = {name: self[name].data for name, text in pasted.sections.items() if self[name].data not in (None, text)}
        before = {name: text for name, text in stood.items() if text}
        for name, text in pasted.sections.items():
            kept = before.get(name) if not replace else None
            self[name].data, self[name].raw_data = _one_under_the_other(kept, text) if kept else text, None
        self.archive_reference.data = pasted.archive_reference
        return before


def _one_under_the_other(above: Document, below: Document) -> Document:
    return read_markdown(f"{write_markdown(above)}\n\n{write_markdown(below)}").keeping_ids(above)


STANDING = [
    SelectChoice("keep", _l("Beholdes, og det jeg limer inn, legges under")),
    SelectChoice("replace", _l("Erstattes av det jeg limer inn")),
]


class PasteForm(Form):
    """A saksframlegg written elsewhere."""

    text = TextAreaField(
        _l("Saksframlegg"),
        [REQUIRED],
        description=_l("Lim inn hele teksten. Den deles etter overskriftene: forslag, bakgrunn, vurdering og andre."),
    )
    standing = RadioField(_l("Tekst som alt står i saken"), choices=STANDING, default="keep")


class ReferenceForm(Form):
    """What one archive calls the case."""

    organisation_id = ChoiceField(_l("Organisasjon"), coerce=to_id)
    reference = StringField(_l("Arkivreferanse"), description=_l("La feltet stå tomt for å ta referansen bort."))

    def offer(self, actor: Actor, partnership_id: UUID) -> None:
        """The organisations of the partnership."""
        self.organisation_id.choices = _by_party(actor, partnership_id)


class StepForm(Form):
    """The next step of the saksgang."""

    purpose = ChoiceField(_l("Hva skal skje?"), choices=PURPOSE_CHOICES, coerce=CaseKind)
    body_id = ChoiceField(_l("Utvalg"), coerce=to_id)
    outside = StringField(
        _l("Eller utenfor"), description=_l("For eksempel «Kommunestyret i Steinkjer» eller «Styret i helseforetaket».")
    )

    def offer(self, actor: Actor, partnership_id: UUID) -> None:
        """The bodies of the partnership."""
        self.body_id.choices = _offered([EMPTY_CHOICE, *bodies.open_choices(actor, partnership_id)])


class OutcomeForm(Form):
    """What a council or board outside decided."""

    outcome = StringField(_l("Utfall"), [REQUIRED], description=_l("For eksempel «Vedtatt, PS 12/27»."))
    treated_on = DayField(_l("Dato"))
