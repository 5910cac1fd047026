"""The pages of meetings are one blueprint."""

from flask import Blueprint

bp = Blueprint("meetings", __name__)
