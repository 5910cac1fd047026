"""What is written to the log: never the seal of a link, which would open it; its id is enough to find it."""

import logging

from flask import Flask

from secretariat.messages.links import sealed_away


class WithoutSeals(logging.Filter):
    """Leaves the seal of every link out of a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line and let it through."""
        record.msg, record.args = sealed_away(record.getMessage()), None
        return True


def register(app: Flask) -> None:
    """Let the application's log keep quiet about links."""
    if not any(isinstance(known, WithoutSeals) for known in app.logger.filters):
        app.logger.addFilter(WithoutSeals())
