"""Typed settings from the environment. Nothing has a default secret outside the demo and the tests."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

DATABASES = {"sqlite", "postgresql", "postgres", "postgresql+psycopg"}
SERVED_AT = "served_at"
"""The file that remembers where the installation was served last, for the links that a command shows."""


class SettingRefused(ValueError):
    """A setting cannot be used: its name and what it holds."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(f"{name}={value}")
        self.name, self.value = name, value


@dataclass(frozen=True)
class Settings:
    """Everything an installation may set. ``instance`` is the folder of all data; ``smtp_host`` empty: mail is taken
    for sent, or, where ``mail_waits``, stays in the outbox until there is a server.
    """

    instance: Path
    database_url: str
    secret_key: str
    url: str = "http://127.0.0.1:5000"
    smtp_host: str = ""
    smtp_port: int = 25
    smtp_username: str = ""
    smtp_password: str = ""
    smtp_starttls: bool = False
    mail_waits: bool = False
    sender: str = "sekretariatet@helsefellesskap.example"
    clock: datetime | None = None
    demo: bool = False
    secure_cookies: bool = False

    @classmethod
    def from_environment(cls, *, demo: bool = False) -> Self:
        """Read the environment; the instance folder is made when it is missing.

        Raises SettingRefused for what cannot be used.
        """
        env = os.environ
        instance = Path(env.get("SECRETARIAT_INSTANCE") or ("instance/demo" if demo else "instance")).resolve()
        instance.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_demo = demo or (instance / "demo").exists()
        smtp_host = env.get("SECRETARIAT_SMTP_HOST", "")
        url = _read("SECRETARIAT_URL", _web_address) or _served_at(instance) or cls.url
        return cls(
            instance=instance,
            database_url=_read("DATABASE_URL", _database) or f"sqlite:///{instance / 'secretariat.sqlite'}",
            secret_key=env.get("SECRETARIAT_SECRET_KEY") or _kept_secret(instance),
            url=url.rstrip("/"),
            smtp_host=smtp_host,
            smtp_port=_read("SECRETARIAT_SMTP_PORT", int) or cls.smtp_port,
            smtp_username=env.get("SECRETARIAT_SMTP_USERNAME", ""),
            smtp_password=env.get("SECRETARIAT_SMTP_PASSWORD", ""),
            smtp_starttls=env.get("SECRETARIAT_SMTP_STARTTLS", "") == "1",
            mail_waits=not smtp_host and not is_demo,
            sender=env.get("SECRETARIAT_SENDER", cls.sender),
            clock=_read("SECRETARIAT_CLOCK", _instant),
            demo=is_demo,
            secure_cookies=url.startswith("https://"),
        )


def _read(name: str, reading: Callable[[str], Any]) -> Any:
    """What the setting holds, None when it is not set."""
    value = os.environ.get(name, "")
    try:
        return reading(value) if value else None
    except ValueError as error:
        raise SettingRefused(name, value) from error


def _instant(words: str) -> datetime:
    """A time without a zone is that of a Norwegian wall."""
    moment = datetime.fromisoformat(words)
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo("Europe/Oslo"))


def _web_address(words: str) -> str:
    if urlsplit(words).scheme not in ("http", "https") or not urlsplit(words).hostname:
        raise ValueError(words)
    return words


def _database(words: str) -> str:
    try:
        driver = make_url(words).drivername
    except ArgumentError as error:
        raise ValueError(words) from error
    if driver not in DATABASES:
        raise ValueError(words)
    return words


def _served_at(instance: Path) -> str:
    place = instance / SERVED_AT
    return place.read_text().strip() if place.exists() else ""


def _kept_secret(instance: Path) -> str:
    """The installation's own random secret, made once and readable by its owner only."""
    place = instance / "secret_key"
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return place.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(os.urandom(32).hex())
    return place.read_text()


_current: Settings | None = None


def use(settings: Settings) -> None:
    """Let this process run with ``settings``."""
    global _current
    _current = settings


def settings() -> Settings:
    """The settings this process runs with."""
    if _current is None:
        raise RuntimeError("no settings yet: call config.use first")
    return _current
