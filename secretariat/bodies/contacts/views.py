"""The contact list of a body: to read, as files, and to paste."""

import re
from io import BytesIO

from flask import Response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from secretariat.bodies import queries
from secretariat.bodies.blueprint import bp
from secretariat.bodies.contacts import files
from secretariat.bodies.contacts.queries import Chosen, contacts, reads_contacts, secretariat_address
from secretariat.bodies.models import Body
from secretariat.core.actor import Actor
from secretariat.core.forms import ChoiceField, Form
from secretariat.core.guard import guard
from secretariat.core.text.language import _l

CHOICES = [
    ("", _l("Alle, også vara")),
    (Chosen.HOLDERS, _l("Bare faste")),
    (Chosen.MUNICIPAL, _l("Fra kommunene")),
    (Chosen.HOSPITAL, _l("Fra helseforetaket")),
]


class ContactsFilter(Form):
    """Whom to list."""

    hvem = ChoiceField(_l("Hvem"), choices=CHOICES, coerce=Chosen)


def _chosen() -> Chosen | None:
    wanted = request.args.get("hvem", "")
    return Chosen(wanted) if wanted in set(Chosen) else None


@bp.get("/utvalg/<uuid:body_id>/kontakter")
@guard(reads_contacts, queries.body)
def contact_list(actor: Actor, body: Body) -> ResponseReturnValue:
    """How do I reach those who sit here?"""
    chosen = _chosen()
    people = contacts(actor, body, chosen)
    form = ContactsFilter(data={"hvem": chosen})
    page = {"body": body, "people": people, "form": form, "chosen": chosen}
    page |= {"addresses": files.addresses(people), "secretariat": secretariat_address(actor, body)}
    return render_template("bodies/contacts.html", **page)


@bp.get("/utvalg/<uuid:body_id>/kontakter.csv")
@guard(reads_contacts, queries.body)
def contacts_sheet(actor: Actor, body: Body) -> ResponseReturnValue:
    """The list for a spreadsheet."""
    return _file(files.sheet(contacts(actor, body, _chosen())), "text/csv", body, "csv")


@bp.get("/utvalg/<uuid:body_id>/kontakter.vcf")
@guard(reads_contacts, queries.body)
def contacts_cards(actor: Actor, body: Body) -> ResponseReturnValue:
    """The list for an address book."""
    cards = files.vcards(contacts(actor, body, _chosen()), body.short_name)
    return _file(cards, "text/vcard", body, "vcf")


def _file(content: bytes, kind: str, body: Body, ending: str) -> Response:
    name = "-".join(re.findall(r"\w+", body.short_name))
    return send_file(BytesIO(content), mimetype=kind, as_attachment=True, download_name=f"kontakter-{name}.{ending}")
