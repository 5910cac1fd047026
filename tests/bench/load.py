"""``python -m tests.bench.load PORT CONNECTIONS SECONDS`` with requests on stdin: how many are answered in a second.

A program of its own, so that asking takes no time from answering in the same process; one loop over plain sockets.
Standard input holds one JSON list: [address, headers] for each request, asked in turn.
"""

import json
import selectors
import socket
import sys
import time
from typing import Any

END = b"\r\n\r\n"


class Caller:
    """One connection: asks, reads the answer to its end, asks again."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""

    def ask(self, request: bytes) -> None:
        """Send a request."""
        self.buffer = b""
        self.socket.sendall(request)

    def answered(self) -> int:
        """The status when the answer is whole, 0 until then."""
        got = self.socket.recv(1 << 18)
        if not got:
            raise ConnectionError("the server hung up")
        self.buffer += got
        head, end, body = self.buffer.partition(END)
        if not end:
            return 0
        status = int(head[9:12])
        return status if status == 304 or len(body) >= _length(head) else 0


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0


def request(address: str, headers: dict[str, str]) -> bytes:
    """The bytes of a GET."""
    lines = [f"GET {address} HTTP/1.1", "Host: localhost", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def run(port: int, connections: int, seconds: float, requests: list[bytes]) -> dict[str, Any]:
    """Ask for so long; how many were answered in a second, and with what."""
    selector, statuses, turn = selectors.DefaultSelector(), dict[int, int](), 0
    for _ in range(connections):
        caller = Caller(port)
        selector.register(caller.socket, selectors.EVENT_READ, caller)
        caller.ask(requests[turn % len(requests)])
        turn += 1
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        for key, _events in selector.select(1):
            status = key.data.answered()
            if status:
                statuses[status] = statuses.get(status, 0) + 1
                key.data.ask(requests[turn % len(requests)])
                turn += 1
    taken = time.perf_counter() - begun
    return {"per_second": sum(statuses.values()) / taken, "statuses": statuses, "count": sum(statuses.values())}


if __name__ == "__main__":
    given = [request(address, headers) for address, headers in json.loads(sys.stdin.read())]
    sys.stdout.write(json.dumps(run(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), given)))
