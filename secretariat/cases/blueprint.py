"""The pages of cases, gathered from the modules that hold them."""

from flask import Blueprint

bp = Blueprint("cases", __name__)
