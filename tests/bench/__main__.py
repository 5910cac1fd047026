"""Measure, and write a table: what, how it must be, how it is."""

import sys
import tempfile
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path

from secretariat import config, create_app
from secretariat.core import db
from secretariat.web import migrating
from tests import postgres
from tests.bench import measures
from tests.bench.measures import SIGNED_IN
from tests.bench.scene import Addresses, set_scene
from tests.factories import Factory
from tests.pages.statements import count_statements
from tests.soak.running import Running

MOST_STATEMENTS = 15


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    what: str
    must: str
    number: str
    holds: bool

    def __str__(self) -> str:
        return f"{'  ' if self.holds else '! '}{self.what:44} {self.must:>24}   {self.number}"


def main() -> int:
    """Both databases where PostgreSQL is installed; the exit code says whether everything holds."""
    say(measures.machine())
    rows = list(_long_paper())
    cluster = postgres.start() if postgres.programs() else None
    try:
        for url in ["sqlite", *([cluster.url] if cluster else [])]:
            with tempfile.TemporaryDirectory(prefix="bench-") as folder:
                rows += list(_measured(Path(folder), url))
    finally:
        if cluster is not None:
            cluster.stop()
    missed = [row for row in rows if not row.holds]
    say(f"{len(rows)} measured, {len(missed)} short of what they must be")
    return bool(missed)


def say(words: object) -> None:
    """A line of the table, as soon as it is known."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def told(row: Row) -> Row:
    """The row, written at once."""
    say(row)
    return row


def _measured(folder: Path, url: str) -> Iterator[Row]:
    url = f"sqlite:///{folder / 'bench.sqlite'}" if url == "sqlite" else url
    say(f"\n{url.split(':')[0]}")
    settings = config.Settings(
        instance=folder, database_url=url, secret_key="only for measuring", url="http://localhost"
    )
    engine = db.create_engine(url)
    migrating.upgrade(engine)
    engine.dispose()
    addresses = yield from _in_process(settings)
    yield from _served(Running(settings), addresses)


def _in_process(settings: config.Settings) -> Generator[Row, None, Addresses]:
    app = create_app(settings)
    with db.connected():
        addresses = set_scene(Factory())
    client = app.test_client()
    for page in addresses.pages:
        client.get(page, headers=SIGNED_IN)
        with count_statements() as counted:
            status = client.get(page, headers=SIGNED_IN).status_code
        name = page if len(page) < 20 else page.replace(page.split("/")[2], "…")
        yield told(
            Row(f"statements {name}", "<= 15, 200", f"{counted.count}, {status}", counted.count <= 15 and status == 200)
        )
    db.engine().dispose()
    return addresses


def _served(running: Running, addresses: Addresses) -> Iterator[Row]:
    taken = measures.cold_start(running)
    yield told(Row("cold start to first answer", "<= 3 s", f"{taken:.1f} s", taken <= 3))
    try:
        with measures.bare_server() as bare:
            yield from _rates(bare, running.port, addresses)
        yield from _memory(running, addresses)
    finally:
        running.stop()


def _rates(bare: int, port: int, addresses: Addresses) -> Iterator[Row]:
    mark = {"If-None-Match": measures.etag(port, addresses.ics)}
    requests = {
        "meeting page": (addresses.meeting, SIGNED_IN),
        "one .ics": (addresses.ics, SIGNED_IN),
        "304 for it": (addresses.ics, SIGNED_IN | mark),
        **{f"feed of {count} meetings": (address, {}) for count, address in addresses.feeds.items()},
    }
    best = measures.interleaved(bare, port, requests)
    yield told(Row("bare page", "", f"{best['bare']:.0f}/s", True))
    for name, least in {"meeting page": 0.13, "one .ics": 0.3, "304 for it": 0.5}.items():
        ratio = best[name] / best["bare"]
        yield told(Row(f"{name} to bare", f">= {least}", f"{ratio:.3f} ({best[name]:.0f}/s)", ratio >= least))
    for name, least in {"feed of 200 meetings": 300, "feed of 2000 meetings": 30}.items():
        yield told(Row(name, f">= {least}/s", f"{best[name]:.0f}/s", best[name] >= least))


def _memory(running: Running, addresses: Addresses) -> Iterator[Row]:
    found = measures.memory_after(running, [*addresses.pages, addresses.ics])
    (_first, early), (count, last) = found[1], found[-1]
    steps = ", ".join(f"{size:.0f}" for _count, size in found)
    steady = last <= 140 and last - early <= 5
    yield told(Row(f"memory of a process, {count} mixed requests", "<= 140 MB, steady", f"{steps} MB", steady))


def _long_paper() -> Iterator[Row]:
    taken, size = measures.long_paper()
    yield told(
        Row(
            "60 pages of meeting papers as PDF",
            "<= 1 s, <= 150 MB",
            f"{taken:.2f} s, {size:.0f} MB",
            taken <= 1 and size <= 150,
        )
    )


if __name__ == "__main__":
    sys.exit(main())
