"""The rooms that have pages, in the order of the house; one line each."""

from importlib import import_module

from flask import Blueprint, Flask
from flask_wtf import CSRFProtect

ROOMS = (
    "directory",
    "documents",
    "messages",
    "bodies",
    "accounts",
    "appointing",
    "cases",
    "meetings",
    "decisions",
    "transitions",
    "dispatch",
    "minutes",
    "calendar",
    "publishing",
    "desk",
    "api",
    "web",
)


def register(app: Flask, csrf: CSRFProtect) -> None:
    """Put every room's pages into the application."""
    for room in ROOMS:
        blueprint: Blueprint = import_module(f"secretariat.{room}.views").bp
        app.register_blueprint(blueprint)
