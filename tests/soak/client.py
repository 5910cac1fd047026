"""A program that uses the interface over HTTP as a careful one does: the same key until there is an answer."""

import json
import time
from http.client import HTTPConnection, HTTPException
from typing import Any
from uuid import uuid4

TRIES = 120


class Api:
    """One caller with one connection."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def close(self) -> None:
        """Hang up."""
        self.connection.close()

    def do(self, verb: str, subject: str | None, **values: Any) -> tuple[int, dict[str, Any]]:
        """Carry out a verb, once, whatever happens to the server meanwhile."""
        body = json.dumps(({"subject": subject} if subject else {}) | values)
        status, answer = self._send("POST", f"/api/v1/actions/{verb}", body, {"Idempotency-Key": str(uuid4())})
        return status, json.loads(answer)

    def rows(self, kind: str) -> list[dict[str, Any]]:
        """The newest stretch of a list is enough for a random choice."""
        status, answer = self._send("GET", f"/api/v1/{kind}?limit=200")
        assert status == 200, answer
        return list(json.loads(answer)["items"])

    def row(self, kind: str, row_id: str) -> dict[str, Any]:
        """One row."""
        status, answer = self._send("GET", f"/api/v1/{kind}/{row_id}")
        assert status == 200, answer
        return dict(json.loads(answer))

    def page(self, address: str) -> tuple[int, str]:
        """A page."""
        status, answer = self._send("GET", address)
        return status, answer.decode()

    def _send(self, method: str, address: str, body: str | None = None, more: dict[str, str] | None = None) -> Any:
        for attempt in range(TRIES):
            try:
                self.connection.request(method, address, body, self.headers | (more or {}))
                answer = self.connection.getresponse()
                content = answer.read()
            except (OSError, HTTPException):
                self.connection.close()
            else:
                if answer.status != 503:
                    return answer.status, content
            time.sleep(min(0.02 * (attempt + 1), 0.5))
        raise AssertionError(f"{method} {address}: no answer after {TRIES} tries")
