"""Pages of accounts."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from secretariat.core.guard import public

bp = Blueprint("accounts", __name__)


@bp.get("/logg-inn")
@public
def sign_in() -> ResponseReturnValue:
    """To come."""
    return {}


@bp.get("/min-side")
@public
def my_page() -> ResponseReturnValue:
    """To come."""
    return {}


@bp.get("/logg-ut")
@public
def sign_out() -> ResponseReturnValue:
    """To come."""
    return {}
