"""One HTTP exchange over ASGI: the body in, one reply out, and notice when the client leaves."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, MutableMapping
from typing import Any, TypeAlias

from meritorder.errors import RequestError

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Header: TypeAlias = tuple[bytes, bytes]

LARGEST_BODY = 16 * 1024 * 1024
"""Bytes of a request; of a larger one no more than this is read."""

_LOOK_AFTER_S = 0.05
"""Within which to begin looking for a client that has left; one that left sooner is noticed then."""

_CHAT_HEADERS: list[Header] = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-cache"),
]


class ClientLeft(Exception):
    """The client closed its connection; there is nobody to tell."""


class Exchange:
    """What a route needs of ASGI. `started` is true once the status is out; names of `headers` are in lower case."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        self.path: str = scope["path"]
        self.method: str = scope["method"]
        self.request_id = request_id
        self.started = False
        self.headers: dict[bytes, bytes] = dict(scope["headers"])
        self._receive = receive
        self._send = send

    def header(self, name: bytes) -> str:
        """The value of a request header (lower case), empty where it was not sent."""
        return self.headers.get(name, b"").decode("latin-1")

    async def body(self) -> bytes:
        """The whole request body. Raises RequestError where it is too large, ClientLeft where it breaks off."""
        declared = self.header(b"content-length")
        parts: list[bytes] = []
        size = int(declared) if declared.isdigit() else 0
        more = size <= LARGEST_BODY
        size = 0 if more else size
        while more:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ClientLeft
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            more = message.get("more_body", False) and size <= LARGEST_BODY
        if size > LARGEST_BODY:
            limit = LARGEST_BODY // 1024 // 1024
            raise RequestError(f"the body is larger than {limit} MiB", code="request_too_large", status=413)
        return b"".join(parts)

    async def reply(self, status: int, body: bytes, headers: list[Header]) -> None:
        """Send a whole JSON reply."""
        self.started = True
        length = (b"content-length", str(len(body)).encode())
        head = [(b"content-type", b"application/json"), length, *headers]
        await self._send({"type": "http.response.start", "status": status, "headers": head})
        await self._send({"type": "http.response.body", "body": body})

    async def begin(self, headers: list[Header]) -> None:
        """Begin a stream of server-sent events."""
        self.started = True
        await self._send({"type": "http.response.start", "status": 200, "headers": _CHAT_HEADERS + headers})

    async def send(self, data: bytes, *, more: bool) -> None:
        """Send a part of the stream, or the end of it."""
        await self._send({"type": "http.response.body", "body": data, "more_body": more})

    async def unless_client_leaves(self, work: Coroutine[Any, Any, None], lookout: "Lookout") -> None:
        """Do `work`, the body having been read; if the client leaves, cancel it and raise ClientLeft."""
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("an exchange runs in a task")
        watch = Watch(self._receive, task)
        lookout.post(watch)
        try:
            await work
        except asyncio.CancelledError:
            if watch.client_left and task.uncancel() == 0:
                raise ClientLeft from None
            raise
        finally:
            lookout.relieve(watch)


class Watch:
    """Cancels a task when its client leaves, from `begin` on until `end`."""

    def __init__(self, receive: Receive, task: asyncio.Task[Any]) -> None:
        self.client_left = False
        self._receive = receive
        self._task = task
        self._looking: asyncio.Future[Any] | None = None

    def begin(self) -> None:
        """Look from now on; a client that has left already is noticed at once."""
        self._looking = asyncio.ensure_future(self._receive())
        self._looking.add_done_callback(self._leave)

    def end(self) -> None:
        """Look no longer."""
        if self._looking is not None:
            self._looking.remove_done_callback(self._leave)
            self._looking.cancel()

    def _leave(self, looking: asyncio.Future[Any]) -> None:
        if not looking.cancelled():
            self.client_left = True
            self._task.cancel()


class Lookout:
    """Begins watches a moment after they are posted, all together: most requests are over by then.

    One timer for all of them costs a fiftieth of a timer, or a task, for each.
    """

    def __init__(self) -> None:
        self._fresh: dict[Watch, None] = {}
        self._timed = False

    def post(self, watch: Watch) -> None:
        """Have `watch` begin within a moment."""
        self._fresh[watch] = None
        if not self._timed:
            self._timed = True
            asyncio.get_running_loop().call_later(_LOOK_AFTER_S, self._begin)

    def relieve(self, watch: Watch) -> None:
        """End `watch`, whether it has begun or not."""
        self._fresh.pop(watch, None)
        watch.end()

    def _begin(self) -> None:
        self._timed = False
        begun, self._fresh = self._fresh, {}
        for watch in begun:
            watch.begin()
