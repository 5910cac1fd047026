"""The pages of accounts, gathered from the modules that hold them."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)
