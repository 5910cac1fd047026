"""Pages of meetings."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from secretariat.core.guard import public

bp = Blueprint("meetings", __name__)


@bp.get("/moter")
@public
def index() -> ResponseReturnValue:
    """To come."""
    return {}
