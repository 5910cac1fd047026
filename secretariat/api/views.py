"""The interface over HTTP."""

from typing import Any
from uuid import UUID

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from secretariat.api.inputs import read
from secretariat.api.lists import LARGEST_COUNT, LISTS, USUAL, listing, one
from secretariat.api.openapi import description
from secretariat.core.actions import registry
from secretariat.core.actor import Actor
from secretariat.core.errors import DomainError, NotFound
from secretariat.core.guard import guard, public, signed_in
from secretariat.core.text.language import _
from secretariat.documents.uploads import receive

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/openapi.json")
@public
def openapi() -> ResponseReturnValue:
    """What the interface offers."""
    return jsonify(description())


@bp.get("/<kind>")
@guard(signed_in)
def rows(actor: Actor, kind: str) -> ResponseReturnValue:
    """A stretch of a list."""
    listed = LISTS.get(kind)
    if listed is None:
        raise NotFound
    after = _argument("after", UUID)
    limit, since = _argument("limit", int) or USUAL, _argument("changed_since", _count)
    found = listing(actor, listed, after=after, limit=limit, changed_since=since)
    return jsonify(items=found.items, next=found.next, changed_until=found.changed_until)


@bp.get("/<kind>/<uuid:row_id>")
@guard(signed_in)
def row(actor: Actor, kind: str, row_id: UUID) -> ResponseReturnValue:
    """One row."""
    found = one(actor, LISTS[kind], row_id) if kind in LISTS else None
    if found is None:
        raise NotFound
    return jsonify(found)


@bp.post("/actions/<name>")
@guard(signed_in)
def run(actor: Actor, name: str) -> ResponseReturnValue:
    """Carry out a verb: the same action, rule and sentences as behind the pages."""
    verb = registry.get(name)
    if verb is None:
        raise NotFound
    body = _body()
    subject = _uuid(body.pop("subject", None)) if verb.load is not None else None
    result = verb(actor, subject, read(verb, body))
    return jsonify(id=str(result) if result is not None else None)


@bp.post("/uploads")
@guard(signed_in)
def upload(actor: Actor) -> ResponseReturnValue:
    """Lay a file on disk; the note that answers is handed to the verb that files it, such as ``cases.attach``."""
    partnership_id = _argument("partnership", UUID)
    if partnership_id is None or not actor.takes_part(partnership_id):
        raise NotFound
    note = receive(actor, partnership_id, request.args.get("filename", ""), request.get_data())
    return jsonify(note=note)


def _body() -> dict[str, Any]:
    try:
        body = request.get_json(silent=True)
    except RecursionError:
        body = None
    if not isinstance(body, dict):
        raise DomainError(_("Innholdet må være et JSON-objekt."))
    return body


def _uuid(text: Any) -> UUID:
    try:
        return UUID(str(text))
    except ValueError as error:
        raise DomainError(_("Dette er ikke en gyldig id."), "subject") from error


def _count(text: str) -> int:
    number = int(text)
    if not 0 <= number <= LARGEST_COUNT:
        raise ValueError(text)
    return number


def _argument(name: str, kind: Any) -> Any:
    text = request.args.get(name)
    if text is None:
        return None
    try:
        return kind(text)
    except ValueError as error:
        raise DomainError(_("Verdien kan ikke brukes her."), name) from error
