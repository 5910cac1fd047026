"""How often one address may try: sign-in and links are limited, ordinary work is not."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="fixed-window")


def register(app: Flask) -> None:
    """Put the limits into the application."""
    limiter.init_app(app)
