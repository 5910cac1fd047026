"""A real PostgreSQL of the tests' own: a fresh cluster in a temporary folder on a loopback port, gone afterwards."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from secretariat.web.tables import METADATA


def programs() -> Path | None:
    """The folder of the newest installed server's programs; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parent.parent.name))
    return found[-1].parent if found else None


@dataclass
class Cluster:
    """A running server."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        """The address of its first database."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


def _as_server_user(command: list[str]) -> list[str]:
    """The server refuses to run as root: use the account that Debian's package made."""
    return ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command


def start() -> Cluster:
    """Make a cluster and wait until it answers."""
    folder = Path(tempfile.mkdtemp(prefix="secretariat-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    binaries = programs()
    assert binaries is not None
    data = folder / "data"
    initdb = [str(binaries / "initdb"), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
    subprocess.run(_as_server_user([*initdb, "--locale=C.UTF-8"]), check=True, capture_output=True, cwd=folder)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {"listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "fsync": "off"}
    options |= {"synchronous_commit": "off", "full_page_writes": "off", "max_connections": 200}
    options |= {"autovacuum_naptime": "5s"}
    flags = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        _as_server_user([str(binaries / "postgres"), "-D", str(data), *flags]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
    )
    _wait_for(port)
    return Cluster(folder, port, server)


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start")


@contextmanager
def sweeping(url: str) -> Iterator[Callable[[], None]]:
    """What deletes every row, past triggers and references: a tenth of the time of TRUNCATE, which makes new files.
    A connection that has seen the tables once needs a tenth of the time of a new one.
    """
    deletions = "; ".join(str(table.delete()) for table in METADATA.sorted_tables)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")

        def sweep() -> None:
            connection.execute(deletions)

        yield sweep


def empty(url: str) -> None:
    """Delete every row, once."""
    with sweeping(url) as sweep:
        sweep()
