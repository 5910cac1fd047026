"""Pages of transitions."""

from flask import Blueprint

bp = Blueprint("transitions", __name__)
