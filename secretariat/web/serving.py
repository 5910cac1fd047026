"""The server: gunicorn with a few processes of a few threads, and the worker as a child that lives and dies with it."""

import ctypes
import gc
import os
import socket
import subprocess
import sys
from dataclasses import replace
from errno import EADDRINUSE
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from jinja2 import FileSystemBytecodeCache

from secretariat import config
from secretariat.core import db
from secretariat.core.errors import DomainError
from secretariat.core.text.language import _l
from secretariat.web.application import create_app

THREADS = 4
HEAPS = 2
M_ARENA_MAX = -8  # malloc.h
PATIENCE_SECONDS = 10


def serve(settings: config.Settings, *, host: str, port: int, workers: int = 2, with_worker: bool = True) -> None:
    """Serve until SIGTERM or SIGINT. Without SECRETARIAT_URL, links in mails point at the address that is served."""
    if not os.environ.get("SECRETARIAT_URL"):
        settings = replace(settings, url=f"http://{host}:{port}")
        (settings.instance / config.SERVED_AT).write_text(settings.url)
    helper = Helper(settings) if with_worker else None
    try:
        Server(settings, helper, bind=f"{host}:{port}", workers=workers).run()
    finally:
        if helper is not None:
            helper.stop()


def demand_free(host: str, port: int) -> None:
    """Say in a sentence, before anything is started, that nobody can be served there."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        if error.errno == EADDRINUSE:
            raise DomainError(_l("Porten %(port)s er i bruk. Velg en annen med --port.", port=port)) from error
        reason = _l("Ingen kan nå %(host)s:%(port)s her: %(error)s", host=host, port=port, error=error.strerror)
        raise DomainError(reason) from error


class Helper:
    """The worker as a child process; started again should it die."""

    def __init__(self, settings: config.Settings) -> None:
        self.owner = os.getpid()
        self.process: subprocess.Popen[bytes] | None = None
        self.environment = os.environ | {
            "SECRETARIAT_INSTANCE": str(settings.instance),
            "DATABASE_URL": settings.database_url,
            "SECRETARIAT_URL": settings.url,
        }

    def keep_running(self) -> None:
        """Start it unless it runs."""
        if self.process is None or self.process.poll() is not None:
            command = [sys.executable, "-m", "secretariat", "worker", "--parent", str(self.owner)]
            self.process = subprocess.Popen(command, env=self.environment)  # noqa: S603 - our own command

    def stop(self) -> None:
        """Let it finish its errand, then end it. (A forked server process that leaves comes by here too.)"""
        if self.process is None or os.getpid() != self.owner:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()


class Server(BaseApplication):
    """Gunicorn with the settings written here and nowhere else."""

    def __init__(self, settings: config.Settings, helper: Helper | None, **options: Any) -> None:
        self.settings, self.helper, self.options = settings, helper, options
        super().__init__()

    def load_config(self) -> None:
        """The application is made once, before the processes part: what does not change is shared between them."""
        fixed = {
            "worker_class": "gthread",
            "threads": THREADS,
            "preload_app": True,
            "control_socket_disable": True,
            "when_ready": self._ready,
            "post_fork": _own_connections,
            "graceful_timeout": PATIENCE_SECONDS,
            "loglevel": "warning",
        }
        for name, value in (fixed | self.options).items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """The application with its templates compiled; what was compiled is kept for the next start."""
        gc.disable()  # nothing that is loaded is garbage, and to look for some takes a third of the time
        app = create_app(self.settings)
        gc.enable()
        kept = self.settings.instance / "compiled"
        kept.mkdir(mode=0o700, exist_ok=True)
        app.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(kept))
        for name in app.jinja_env.list_templates(extensions=["html"]):
            app.jinja_env.get_template(name)
        return app

    def run(self) -> None:
        """Serve until told to stop."""
        Keeper(self).run()

    def _ready(self, _arbiter: Arbiter) -> None:
        _share_free_memory()
        gc.collect()
        gc.freeze()


class Keeper(Arbiter):
    """Gunicorn's master process, which also keeps the worker running."""

    def manage_workers(self) -> None:
        """Called about once a second."""
        super().manage_workers()
        if self.app.helper is not None:
            self.app.helper.keep_running()


def _share_free_memory() -> None:
    """Let the threads of a process take memory from two heaps; glibc would keep what was freed apart for each."""
    allocator = ctypes.CDLL(None)
    if hasattr(allocator, "mallopt"):
        allocator.mallopt(M_ARENA_MAX, HEAPS)


def _own_connections(_arbiter: Arbiter, _worker: Any) -> None:
    """No two processes may share a database connection."""
    db.engine().dispose(close=False)
