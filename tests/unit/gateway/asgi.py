"""An ASGI application asked without a server: one HTTP request in, what it sends out."""

import asyncio
import json
from collections.abc import Iterable, Mapping, MutableMapping
from typing import Any

from meritorder.gateway.exchange import Exchange

Event = MutableMapping[str, Any]


class Client:
    """The far end of one connection. `leave` closes it; `sent` is what the application sent."""

    def __init__(self, body: Iterable[bytes] = (b"",), *, breaks_off: bool = False) -> None:
        parts = list(body)
        self._waiting = [
            {"type": "http.request", "body": part, "more_body": breaks_off or place < len(parts) - 1}
            for place, part in enumerate(parts)
        ]
        self.read = 0
        self.sent: list[Event] = []
        self.heard = asyncio.Event()
        self._left = asyncio.Event()
        if breaks_off:
            self._left.set()

    def leave(self) -> None:
        self._left.set()

    async def receive(self) -> Event:
        if self._waiting:
            self.read += 1
            return self._waiting.pop(0)
        await self._left.wait()
        return {"type": "http.disconnect"}

    async def send(self, event: Event) -> None:
        self.sent.append(event)
        self.heard.set()

    @property
    def status(self) -> int:
        return self.sent[0]["status"]

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.sent[0]["headers"]}

    @property
    def body(self) -> bytes:
        return b"".join(event["body"] for event in self.sent[1:])

    @property
    def ended(self) -> bool:
        return len(self.sent) > 1 and not self.sent[-1].get("more_body", False)

    @property
    def error(self) -> dict[str, Any]:
        return json.loads(self.body)["error"]


def scope(method: str, path: str, headers: Mapping[str, str] | None = None) -> Event:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in (headers or {}).items()]
    return {"type": "http", "method": method, "path": path, "headers": raw}


def exchange(client: Client, headers: Mapping[str, str] | None = None) -> Exchange:
    return Exchange(scope("POST", "/v1/chat/completions", headers), client.receive, client.send, "req_1")
