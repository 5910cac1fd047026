"""Pages of desk."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from secretariat.core.guard import public

bp = Blueprint("desk", __name__)


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    """To come."""
    return {}
