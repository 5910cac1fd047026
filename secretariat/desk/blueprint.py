"""The pages of desk, gathered from the modules that hold them."""

from flask import Blueprint

bp = Blueprint("desk", __name__)
