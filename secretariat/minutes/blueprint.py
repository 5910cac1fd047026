"""The pages of minutes, gathered from the modules that hold them."""

from flask import Blueprint

bp = Blueprint("minutes", __name__)
