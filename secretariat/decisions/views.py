"""Pages of decisions."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from secretariat.core.guard import public

bp = Blueprint("decisions", __name__)


@bp.get("/vedtak")
@public
def index() -> ResponseReturnValue:
    """To come."""
    return {}


@bp.get("/oppgaver")
@public
def tasks() -> ResponseReturnValue:
    """To come."""
    return {}
