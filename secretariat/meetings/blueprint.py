"""The pages of meetings, gathered from the modules that hold them."""

from flask import Blueprint

bp = Blueprint("meetings", __name__)
