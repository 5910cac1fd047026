"""Typed settings from the environment. Nothing has a default secret outside the demo and the tests."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self


@dataclass(frozen=True)
class Settings:
    """Everything an installation may set. ``instance`` is the folder of all data; ``smtp_host`` empty: mail stays in
    the outbox page.
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
    sender: str = "sekretariatet@helsefellesskap.example"
    clock: datetime | None = None
    demo: bool = False
    secure_cookies: bool = False

    @classmethod
    def from_environment(cls, *, demo: bool = False) -> Self:
        """Read the environment; the instance folder is made when it is missing.

        Raises ValueError when no secret key is set and the folder has none.
        """
        env = os.environ
        instance = Path(env.get("SECRETARIAT_INSTANCE") or ("instance/demo" if demo else "instance")).resolve()
        instance.mkdir(parents=True, exist_ok=True)
        is_demo = demo or (instance / "demo").exists()
        clock = env.get("SECRETARIAT_CLOCK")
        url = env.get("SECRETARIAT_URL", cls.url)
        return cls(
            instance=instance,
            database_url=env.get("DATABASE_URL") or f"sqlite:///{instance / 'secretariat.sqlite'}",
            secret_key=env.get("SECRETARIAT_SECRET_KEY") or _kept_secret(instance),
            url=url.rstrip("/"),
            smtp_host=env.get("SECRETARIAT_SMTP_HOST", ""),
            smtp_port=int(env.get("SECRETARIAT_SMTP_PORT", "25")),
            smtp_username=env.get("SECRETARIAT_SMTP_USERNAME", ""),
            smtp_password=env.get("SECRETARIAT_SMTP_PASSWORD", ""),
            smtp_starttls=env.get("SECRETARIAT_SMTP_STARTTLS", "") == "1",
            sender=env.get("SECRETARIAT_SENDER", cls.sender),
            clock=datetime.fromisoformat(clock) if clock else None,
            demo=is_demo,
            secure_cookies=url.startswith("https://"),
        )


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
