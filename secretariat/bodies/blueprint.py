"""The pages of bodies, gathered from the modules that hold them."""

from flask import Blueprint

bp = Blueprint("bodies", __name__)
