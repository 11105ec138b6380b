"""A client of a gateway that can stop half way: streams read by hand, and requests that are left."""

import http.client
import json
import socket
from typing import Any, Self
from urllib.parse import urlsplit

from tests.gateway import Gateway, ask, until

LONG = "Tell me everything about the history of the world, from the beginning."


def question(**fields: Any) -> bytes:
    return json.dumps({"model": "auto", "messages": [{"role": "user", "content": LONG}], **fields}).encode()


class Stream:
    """One streamed answer, read event by event."""

    def __init__(self, gateway: Gateway, **fields: Any) -> None:
        parts = urlsplit(gateway.url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
        body = question(stream=True, **fields)
        self._connection.request("POST", "/v1/chat/completions", body, {"content-type": "application/json"})
        self._response = self._connection.getresponse()
        self.status = self._response.status
        self.decision = self._response.headers["x-meritorder-decision"]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.leave()

    def event(self) -> str:
        """The data of the next event; empty at the end."""
        for line in self._response:
            if line.startswith(b"data: "):
                return line.removeprefix(b"data: ").decode().strip()
        return ""

    def rest(self) -> list[str]:
        """The data of all that follows."""
        return list(iter(self.event, ""))

    def leave(self) -> None:
        """Close the connection, whatever is still to come."""
        self._response.close()
        self._connection.close()


def asked_and_left(gateway: Gateway, after: float, **fields: Any) -> None:
    """Ask for a whole answer, and close the connection when it has not come after so many seconds."""
    parts = urlsplit(gateway.url)
    body = question(**fields)
    head = f"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: {len(body)}\r\n\r\n"
    with socket.create_connection((parts.hostname or "", parts.port), timeout=after) as connection:
        connection.sendall(head.encode() + body)
        try:
            answer = connection.recv(1)
        except TimeoutError:
            return
    raise AssertionError(f"an answer came before the client could leave: {answer!r}")


def busy(gateway: Gateway) -> int:
    """How many requests the embedded model works on."""
    return sum(slot["is_processing"] for slot in ask(f"{gateway.embedded}/slots").json())


def generated(gateway: Gateway) -> int:
    """Tokens that the embedded model has generated since it started."""
    for line in ask(f"{gateway.embedded}/metrics").body.decode().splitlines():
        if line.startswith("llamacpp:tokens_predicted_total "):
            return int(float(line.split()[1]))
    raise AssertionError("the embedded model counts no tokens")


def wait_until_idle(gateway: Gateway, within: float) -> None:
    until(lambda: busy(gateway) == 0, within, "an embedded model with nothing to do")
