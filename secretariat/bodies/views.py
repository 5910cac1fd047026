"""Pages of bodies."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from secretariat.core.guard import public

bp = Blueprint("bodies", __name__)


@bp.get("/utvalg")
@public
def index() -> ResponseReturnValue:
    """To come."""
    return {}
