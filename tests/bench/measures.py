"""How each thing is measured."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.soak.running import Running, free_port

CONNECTIONS, SECONDS, ROUNDS = 8, 2.0, 5
SIGNED_IN = {"Authorization": "Bearer token-secretary"}

Request = tuple[str, dict[str, str]]


@contextmanager
def bare_server() -> Iterator[int]:
    """The bare page under the same server with the same settings."""
    port = free_port()
    settings = ["-k", "gthread", "-w", "2", "--threads", "4", "--preload", "-b", f"127.0.0.1:{port}"]
    command = [sys.executable, "-m", "gunicorn", *settings, "--log-level", "error", "--no-control-socket"]
    process = subprocess.Popen([*command, "tests.bench.bare:app"])
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(port: int) -> None:
    for _ in range(400):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the bare page does not answer")


def load(port: int, requests: list[Request], seconds: float = SECONDS) -> dict[str, Any]:
    """How many requests a second are answered."""
    command = [sys.executable, "-m", "tests.bench.load", str(port), str(CONNECTIONS), str(seconds)]
    done = subprocess.run(command, input=json.dumps(requests), capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def interleaved(bare: int, served: int, rows: Mapping[str, Request]) -> dict[str, float]:
    """Requests a second of the bare page and of each row, in turn; of five rounds the best of each."""
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, port, asked in [("bare", bare, ("/", {})), *((name, served, row) for name, row in rows.items())]:
            found = load(port, [asked])
            wanted = "304" if "304" in name else "200"
            assert set(found["statuses"]) == {wanted}, (name, found)
            best[name] = max(best.get(name, 0.0), found["per_second"])
    return best


def etag(port: int, address: str) -> str:
    """The mark of what is there now."""
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        connection.request("GET", address, headers=SIGNED_IN)
        with connection.getresponse() as answer:
            answer.read()
            return str(answer.headers["ETag"])


def memory(pid: int) -> float:
    """MB that the process has for itself and its share of what it shares."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    lines = dict(line.split(":", 1) for line in rollup.splitlines()[1:])
    return int(lines["Rss"].split()[0]) / 1024


def server_processes(running: Running) -> list[int]:
    """The processes that answer, without the worker."""
    names = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in running.children()}
    return [pid for pid, name in names.items() if b"serve" in name]


def memory_after(running: Running, pages: list[str], requests: int = 10_000) -> list[tuple[int, float]]:
    """MB of the largest server process, after each quarter of so many mixed requests."""
    mixed: list[Request] = [(page, SIGNED_IN) for page in pages]
    found = [(0, max(map(memory, server_processes(running))))]
    while found[-1][0] < requests:
        count, quarter = found[-1][0], 0
        while quarter < requests // 4:
            quarter += load(running.port, mixed, seconds=5)["count"]
        found.append((count + quarter, max(map(memory, server_processes(running)))))
    return found


def cold_start(running: Running) -> float:
    """Seconds from the command to the first answer."""
    begun = time.perf_counter()
    running.start("--no-worker")
    return time.perf_counter() - begun


def long_paper() -> tuple[float, float]:
    """Seconds and MB for meeting papers of 60 pages."""
    program = (
        "import time, resource, sys; from tests.documents.rendering import samples;"
        "from secretariat.documents.rendering.render import render; paper = samples.sixty_pages();"
        "begun = time.perf_counter(); render(paper); taken = time.perf_counter() - begun;"
        "print(taken, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    runs = [_run(program) for _ in range(ROUNDS)]
    return min(taken for taken, _size in runs), max(size for _taken, size in runs)


def _run(program: str) -> tuple[float, float]:
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    taken, size = done.stdout.split()
    return float(taken), float(size)


def machine() -> str:
    """What it was measured on."""
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}"
