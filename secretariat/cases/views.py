"""Pages of cases."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from secretariat.core.guard import public

bp = Blueprint("cases", __name__)


@bp.get("/saker")
@public
def index() -> ResponseReturnValue:
    """To come."""
    return {}
