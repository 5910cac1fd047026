"""A small application that shows the layouts and parts with invented content, for the parser, Chromium and axe."""

from datetime import date, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
from flask import Flask, flash, render_template
from markupsafe import Markup
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    Form,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from secretariat.web.assets import asset
from secretariat.web.places import assets_folder, templates_folder

SAMPLES = Path(__file__).parent / "samples"
TODAY = date(2027, 3, 12)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)


class ProseField(TextAreaField):
    """A text with an editor, as the real one is named."""


class CaseForm(Form):
    """One field of every kind."""

    title = StringField(
        "Tittel", [InputRequired("Skriv en tittel.")], description="Kort, slik den skal stå på sakslisten."
    )
    public_title = StringField("Offentlig tittel")
    background = ProseField("Bakgrunn", description="Hva har skjedd, og hvorfor kommer saken nå?")
    note = TextAreaField("Merknad til sekretariatet")
    deadline = DateField("Frist", [InputRequired("Skriv en dato, for eksempel 3.12.2027.")])
    starts = TimeField("Klokkeslett")
    minutes = IntegerField("Varighet i minutter")
    body = SelectField("Utvalg", choices={"psu": "Politisk samarbeidsutvalg", "ssu": "Strategisk samarbeidsutvalg"})
    kind = RadioField(
        "Type sak",
        [InputRequired("Velg type sak.")],
        choices={"v": "Vedtakssak", "d": "Drøftingssak", "o": "Orienteringssak"},
    )
    asked = SelectMultipleField(
        "Sendes til gjennomlesning hos",
        choices={"a": "Fjordvik kommune", "b": "Haugmark kommune", "c": "Lysdal kommune", "d": "Storvær kommune"},
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="Kommunene som ikke krysses av, får saken til orientering.",
    )
    urgent = BooleanField("Saken haster", description="Da spørres leder og nestleder samme dag.")
    attachment = FileField("Vedlegg")


def sample_form(refused: bool = False) -> CaseForm:
    """The form filled in, or refused with errors on three fields."""
    form = CaseForm(data={"deadline": date(2027, 4, 1), "kind": "d", "asked": ["a"], "background": "Sykehuset melder."})
    form.title.flags.most = 40
    if refused:
        form.title.errors = ["Skriv en tittel."]
        form.deadline.errors = ["Fristen må være før møtet 1. april 2027."]
        form.kind.errors = ["Velg type sak."]
    return form


def create_house() -> Flask:
    """The application with a page per sample."""
    house = Flask("samples", static_folder=str(assets_folder().parent), static_url_path="/static")
    house.secret_key = "samples"
    house.jinja_loader = jinja2.ChoiceLoader([jinja2.FileSystemLoader([templates_folder(), SAMPLES])])
    house.jinja_env.trim_blocks = house.jinja_env.lstrip_blocks = True
    house.jinja_env.globals.update(words())
    house.context_processor(frame)
    house.add_url_rule("/<name>", "sample", show)
    house.after_request(with_policy)
    return house


def show(name: str) -> str:
    """One sample page; ``refused`` and ``flashed`` samples show their messages."""
    if name == "meeting":
        flash("Sakslisten er lagret.", "success")
    return render_template(f"{name}.html", form=sample_form(refused=name == "refused"), **content())


def with_policy(response: Any) -> Any:
    """The strict policy the real application sends."""
    response.headers["Content-Security-Policy"] = POLICY
    return response


def words() -> dict[str, Any]:
    """What the application puts into every template as globals."""
    return {
        "_": lambda text, **values: text % values if values else text,
        "asset": asset,
        "csrf_token": lambda: "token",
        "one_time_key": lambda: "key",
        "prose": lambda text: Markup("<p>{}</p>").format(text),
        "today": lambda: TODAY,
        "format_date": lambda value, style="long": f"{value.day}.{value.month}.{value.year}",
        "format_datetime": lambda value, style="weekday": f"{value.day}.{value.month}.{value.year} kl. {value:%H.%M}",
        "format_time": lambda value: f"{value:%H.%M}",
    }


def frame() -> dict[str, Any]:
    """What the application puts around every page."""
    ways = ["Min uke", "Saker", "Møter", "Vedtak", "Oppgaver", "Utvalg", "Kalender"]
    return {
        "language": "nb",
        "languages": [
            SimpleNamespace(code=code, label=label, url=f"?lang={code}", current=code == "nb")
            for code, label in (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))
        ],
        "addresses": SimpleNamespace(
            home="/", my_page="/min", sign_in="/inn", sign_out="/ut", search="/sok", public="/innsyn", outbox="/utboks"
        ),
        "partnership": SimpleNamespace(name="Helsefellesskapet Fjordane og Nordvik"),
        "is_demo": True,
        "current_user": SimpleNamespace(name="Kari Nordmann", secretary_in={}, is_administrator=False),
        "navigation": [
            SimpleNamespace(
                label=label, url=f"/{label}", current=label == "Møter", count=4 if label == "Oppgaver" else None
            )
            for label in ways
        ],
    }


def content() -> dict[str, Any]:
    """The invented meeting that the samples show."""
    return {
        "starts": datetime(2027, 4, 1, 9, 0),
        "ends": datetime(2027, 4, 1, 14, 30),
        "due": [date(2027, 3, 9), date(2027, 3, 12), date(2027, 3, 14), date(2027, 4, 20)],
        "changed": [("same", "Utvalget "), ("removed", "anbefaler"), ("added", "vedtar"), ("same", " forslaget.")],
    }
