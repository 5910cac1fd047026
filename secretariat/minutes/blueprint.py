"""The pages of minutes are one blueprint."""

from flask import Blueprint

bp = Blueprint("minutes", __name__)
