"""Pages of messages: what has been sent, and the one address behind which every link from a mail opens."""

from flask import Blueprint

from secretariat.messages import sending  # noqa: F401 - names the handler of its errands

bp = Blueprint("messages", __name__)
