"""Pages of publishing."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from secretariat.core.guard import public

bp = Blueprint("publishing", __name__)


@bp.get("/innsyn")
@public
def index() -> ResponseReturnValue:
    """To come."""
    return {}
