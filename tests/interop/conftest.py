"""Other people's programs, found on this machine or named when they are missing."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO, Any

import pytest

READER = Path(__file__).with_name("read.cjs")
Read = Callable[[str, bytes], dict[str, Any]]


@pytest.fixture(scope="session")
def missing() -> Callable[[str], None]:
    """Says what cannot be tried here. With CI=true nothing may be left out."""

    def say(what: str) -> None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{what} mangler")
        pytest.skip(f"{what} mangler")

    return say


@pytest.fixture(scope="session")
def program(missing: Callable[[str], None]) -> Callable[[str], str]:
    """The path of a program of the machine."""

    def find(name: str) -> str:
        return shutil.which(name) or missing(name) or ""

    return find


@pytest.fixture(scope="session")
def read_with(program: Callable[[str], str], missing: Callable[[str], None]) -> Iterator[Read]:
    """Calendars read by ical.js and node-ical, in one Node process for the whole run."""
    command = [program("node"), READER]
    if subprocess.run(command, input=b"", capture_output=True).returncode:
        missing("ical.js eller node-ical")
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        yield partial(_ask, process.stdin, process.stdout)
        process.stdin.close()


def _ask(stdin: IO[bytes], stdout: IO[bytes], reader: str, text: bytes) -> dict[str, Any]:
    stdin.write(json.dumps({"reader": reader, "text": text.decode()}).encode() + b"\n")
    stdin.flush()
    answer = json.loads(stdout.readline())
    assert "error" not in answer, answer["error"]
    return answer
