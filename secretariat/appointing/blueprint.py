"""The pages of appointing, gathered from the modules that hold them."""

from flask import Blueprint

bp = Blueprint("appointing", __name__)
