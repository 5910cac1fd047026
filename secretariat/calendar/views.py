"""Pages of calendar."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from secretariat.core.guard import public

bp = Blueprint("calendar", __name__)


@bp.get("/kalender")
@public
def index() -> ResponseReturnValue:
    """To come."""
    return {}
