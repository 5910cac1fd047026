"""The pages of directory, gathered from the modules that hold them."""

from flask import Blueprint

bp = Blueprint("directory", __name__)
