"""Pages of appointing."""

from flask import Blueprint

bp = Blueprint("appointing", __name__)
