"""The meeting secretariat for the joint bodies of municipalities and hospital trusts.

Each folder is a room of the trade; rooms import downwards only, in the order that pyproject.toml lists.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from secretariat.config import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """The application, ready to serve; rooms can be imported without it."""
    from secretariat.web import application

    return application.create_app(settings)
