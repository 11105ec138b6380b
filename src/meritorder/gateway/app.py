"""The ASGI application: routes and keys, requests in, replies and streams out.

It is raw ASGI: on this path a framework would cost more than the decision does. Who may do what is decided
on the very path that is routed on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import msgspec

from meritorder.engine.engine import Engine
from meritorder.engine.ids import ascending
from meritorder.errors import MeritorderError, RequestError
from meritorder.gateway import faults, headers, wire
from meritorder.gateway.exchange import ClientLeft, Exchange, Lookout, Receive, Scope, Send
from meritorder.types.pool import IDLE
from meritorder.types.request import Principal, Request

_log = logging.getLogger(__name__)

_encode = msgspec.json.Encoder().encode

Route = Callable[[Exchange], Awaitable[None]]

_HERE = frozenset(("localhost", "127.0.0.1", "::1"))


class Gateway:
    """One engine behind HTTP. While `draining`, what runs is finished and nothing new is begun.

    `quiet` is set while no request is in flight.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.draining = False
        self._lookout = Lookout()
        self._fresh = ascending(engine.state.clock)
        self._running: set[asyncio.Task[object] | None] = set()
        self._cutting = False
        self.quiet = asyncio.Event()
        self.quiet.set()
        self._routes: dict[str, tuple[str, Route]] = {
            "/v1/chat/completions": ("POST", self._chat),
            "/v1/models": ("GET", self._models),
            "/health/live": ("GET", self._live),
            "/health/ready": ("GET", self._ready),
        }

    @property
    def in_flight(self) -> int:
        """How many requests are being answered."""
        return len(self._running)

    def cut(self) -> None:
        """End what runs still; its clients are told why."""
        self._cutting = True
        for task in self._running:
            if task is not None:
                task.cancel()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request. Whatever goes wrong, the client is told and the gateway goes on."""
        if scope["type"] != "http":
            return
        exchange = Exchange(scope, receive, send, f"req_{self._fresh():016x}")
        try:
            await self._route(exchange)(exchange)
        except ClientLeft:
            return
        except MeritorderError as error:
            await self._tell(exchange, error)
        except Exception:
            _log.exception("%s failed in the gateway itself", exchange.request_id)
            await self._tell(exchange, MeritorderError("the gateway itself failed; its log says how"))

    def _route(self, exchange: Exchange) -> Route:
        path = exchange.path
        method, route = self._routes.get(path, ("GET", self._model))
        if route == self._model and not path.startswith("/v1/models/"):
            known = ", ".join(f"{verb} {name}" for name, (verb, _) in self._routes.items())
            raise RequestError(f"there is no {path} here; there is {known}", code="unknown_route", status=404)
        if exchange.method != method and (exchange.method, method) != ("HEAD", "GET"):
            raise RequestError(f"{path} takes {method}, not {exchange.method}", code="method_not_allowed", status=405)
        return route

    async def _chat(self, exchange: Exchange) -> None:
        principal = self._admit(exchange)
        body = await exchange.body()
        if self.draining:
            raise _shutting_down()
        now = self.engine.state.clock()
        request = wire.read(
            body, request_id=exchange.request_id, principal=principal, received_at=now, headers=exchange.headers
        )
        self._known(request.model)
        task = asyncio.current_task()
        self._running.add(task)
        self.quiet.clear()
        try:
            await exchange.unless_client_leaves(self._answer(exchange, request), self._lookout)
        except asyncio.CancelledError:
            if not self._cutting:
                raise
            raise _shutting_down() from None
        finally:
            self._running.discard(task)
            if not self._running:
                self.quiet.set()

    async def _answer(self, exchange: Exchange, request: Request) -> None:
        async with self.engine.serve(request) as reply:
            described = headers.of_reply(reply, exchange.request_id)
            if not request.stream:
                await exchange.reply(200, reply.body, described)
                return
            await exchange.begin(described)
            async for data in reply.events():
                await exchange.send(data, more=True)
            await exchange.send(b"", more=False)

    async def _models(self, exchange: Exchange) -> None:
        self._admit(exchange)
        listed = [_model(name) for name in self._names()]
        await exchange.reply(200, _encode({"object": "list", "data": listed}), headers.of_request(exchange.request_id))

    async def _model(self, exchange: Exchange) -> None:
        self._admit(exchange)
        name = exchange.path.removeprefix("/v1/models/")
        self._known(name)
        await exchange.reply(200, _encode(_model(name)), headers.of_request(exchange.request_id))

    async def _live(self, exchange: Exchange) -> None:
        await exchange.reply(200, b'{"status":"live"}', [])

    async def _ready(self, exchange: Exchange) -> None:
        """Ready when there is an endpoint to send work to, and records can be kept."""
        why = self._unready()
        state = {"status": "not ready", "because": why} if why else {"status": "ready"}
        await exchange.reply(503 if why else 200, _encode(state), [])

    def _unready(self) -> str:
        if self.draining:
            return "shutting down"
        if self.engine.trouble:
            return self.engine.trouble
        state = self.engine.state
        now = state.clock()
        labels = state.configuration.generation.endpoints
        states = state.tracker.states(labels)
        resting = [states.get(label, IDLE) for label in labels]
        if all(endpoint.resting_until > now for endpoint in resting):
            return "; ".join(sorted({endpoint.because for endpoint in resting}))
        return ""

    def _admit(self, exchange: Exchange) -> Principal:
        """Who asks. Without keys the gateway is open, but not to the pages of other sites in a browser here."""
        origin = exchange.header(b"origin")
        if origin and self.engine.state.configuration.is_open and urlsplit(origin).hostname not in _HERE:
            raise RequestError(f"pages of {origin} may not ask here without a key", code="foreign_origin", status=403)
        scheme, _, secret = exchange.header(b"authorization").partition(" ")
        presented = secret.strip() if scheme.lower() == "bearer" else exchange.header(b"x-api-key")
        principal = self.engine.state.configuration.admit(presented)
        if principal is None:
            message = "this key is not known here" if presented else "a key is needed: Authorization: Bearer KEY"
            raise RequestError(message, code="invalid_api_key", status=401)
        return principal

    def _names(self) -> list[str]:
        generation = self.engine.state.configuration.generation
        return [*sorted(generation.virtual), *sorted(generation.models)]

    def _known(self, model: str) -> None:
        generation = self.engine.state.configuration.generation
        if model not in generation.virtual and model not in generation.models:
            names = ", ".join(self._names())
            raise RequestError(
                f"there is no model `{model}`; there is {names}", code="model_not_found", param="model", status=404
            )

    async def _tell(self, exchange: Exchange, error: MeritorderError) -> None:
        """Reply with the error or, where a stream has begun, end it with an event that SDKs raise."""
        told = faults.fault(error, self.engine.state.clock())
        if exchange.started:
            await exchange.send(b"data: %b\n\n" % told.body, more=False)
        else:
            described = headers.of_error(error, exchange.request_id)
            await exchange.reply(told.status, told.body, [*described, *told.headers])


def _shutting_down() -> RequestError:
    return RequestError("the gateway is shutting down", code="draining", status=503)


def _model(name: str) -> dict[str, str | int]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "meritorder"}
