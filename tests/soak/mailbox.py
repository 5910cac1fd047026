"""A mail server that remembers every byte it has taken, and how often."""

import asyncio
from collections import defaultdict
from typing import Any

from aiosmtpd.controller import Controller

from tests.soak.running import free_port

AS_OVER_A_NETWORK = 0.02
"""Seconds until the receipt: a sender that is killed meanwhile does not know whether the mail has arrived."""


class Mailbox:
    """What has arrived, by Message-ID."""

    def __init__(self) -> None:
        self.received: dict[str, list[bytes]] = defaultdict(list)
        self.port = free_port()
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 (the name that is called)
        """Take every mail."""
        head = envelope.content.split(b"\r\n\r\n")[0].decode("ascii", "replace")
        lines = dict(line.split(": ", 1) for line in head.split("\r\n") if ": " in line)
        self.received[lines["Message-ID"]].append(envelope.content)
        await asyncio.sleep(AS_OVER_A_NETWORK)
        return "250 OK"
