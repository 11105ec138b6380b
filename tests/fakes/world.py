"""A whole engine, put together from a document, on fake upstreams; and what it looks like afterwards."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from meritorder.engine.assemble import Assembly, Places, assemble
from meritorder.engine.engine import Engine
from meritorder.gateway import wire
from meritorder.stores.records import Records
from meritorder.types.ledger import Balance
from meritorder.types.outcome import NotRun
from meritorder.types.record import Record
from meritorder.types.request import Principal, Request
from tests.fakes.upstream import Upstream

SECRET = "ada's own"
KEY = "sk-of-the-upstream"
ENVIRON = {"ADA_KEY": SECRET, "UPSTREAM_KEY": KEY}

HEADER = """\
version: 1
budget: {money: $100, per: total}
keys:
  ada: {secret: env:ADA_KEY, budget: {money: $50, per: total}}
"""
TIMEOUTS = "{connect: 200ms, first_token: 300ms, idle: 300ms, total: 900ms}"
PATIENT = "{connect: 2s, first_token: 10s, idle: 10s, total: 60s}"

ONE = """\
paths: [answer]
models:
  m: {quality: 0.9, context: 8192, max_output: 2000, price: {input: $1, output: $4, cached_input: $0.5}}
"""


def endpoint(name: str, url: str, upstream: str, *, timeouts: str = TIMEOUTS, price: str = "") -> str:
    """An endpoint line for model `m`, known upstream as `upstream`."""
    own = f", price: {price}" if price else ""
    serves = f"[{{model: m, as: {upstream}{own}}}]"
    return f"  {name}: {{url: {url}, zone: site, key: env:UPSTREAM_KEY, serves: {serves}, timeouts: {timeouts}}}\n"


def single(url: str, upstream: str = "good", *, timeouts: str = TIMEOUTS) -> str:
    """One priced model at one endpoint."""
    return f"{HEADER}{ONE}endpoints:\n{endpoint('only', url, upstream, timeouts=timeouts)}"


def pair(bad: str, good: str, upstream: str) -> str:
    """The same model at a cheap endpoint, which is known there as `upstream`, and at a dear one, as `good`."""
    cheap = endpoint("bad", bad, upstream, price="{input: $0.1, output: $0.4}")
    return f"{HEADER}{ONE}endpoints:\n{cheap}{endpoint('well', good, 'good')}"


def cascade(url: str, *, timeouts: str = TIMEOUTS, objective: str = "{value: $1, deadline: 60s}") -> str:
    """A draft whose log-probabilities tell something, and a strong model that costs a thousand times more."""
    return f"""\
{HEADER}objective: {objective}
models:
  small:
    quality: 0.5
    context: 8192
    max_output: 500
    price: {{input: $0.01, output: $0.02}}
    confidence: {{intercept: 8, slope: 8}}
  large: {{quality: 0.95, context: 8192, max_output: 500, price: {{input: $10, output: $400}}}}
endpoints:
  near: {{url: {url}, zone: device, serves: [{{model: small, as: draft}}], timeouts: {timeouts}}}
  far: {{url: {url}, zone: cloud, serves: [{{model: large, as: strong}}], timeouts: {timeouts}}}
"""


class World:
    """An engine and its surroundings. Usable after its end, too: what was recorded is complete then."""

    def __init__(self, assembly: Assembly, upstream: Upstream, journal: Path) -> None:
        self.assembly = assembly
        self.upstream = upstream
        self.journal = journal
        self._asked = 0

    @property
    def engine(self) -> Engine:
        return self.assembly.engine

    @property
    def principal(self) -> Principal:
        admitted = self.engine.state.configuration.admit(SECRET)
        assert admitted is not None
        return admitted

    def request(self, *, stream: bool = False, content: str = "Is clause seven unusual?", **fields: object) -> Request:
        """A request as the gateway would read it. Ids count up; the upstream sees them as `user`."""
        self._asked += 1
        name = f"req_{self._asked:04}"
        messages = [{"role": "user", "content": content}]
        asked = {"model": "auto", "messages": messages, "max_tokens": 400, "user": name, **fields}
        if stream:
            asked["stream"] = True
        body = json.dumps({name: value for name, value in asked.items() if value is not None}).encode()
        now = self.engine.state.clock()
        return wire.read(body, request_id=name, principal=self.principal, received_at=now)

    async def ask(self, request: Request) -> bytes:
        """Serve `request` to a client that stays to the end; all that the client gets."""
        async with self.engine.serve(request) as reply:
            if not request.stream:
                return reply.body
            return b"".join([data async for data in reply.events()])

    async def take(self, request: Request, got: list[bytes]) -> None:
        """Serve a stream piece by piece; `got` has them also when it breaks off. No limit is ever exceeded."""
        async with self.engine.serve(request) as reply:
            async for data in reply.events():
                got.append(data)
                within_limits(self)

    def balances(self) -> tuple[Balance, ...]:
        state = self.engine.state
        return state.ledger.balances(("gateway", "key:ada"), state.clock())

    @property
    def posted(self) -> int:
        """On the gateway's account, which is the same as on the key's: nothing else is charged."""
        whole, key = self.balances()
        assert whole.posted == key.posted
        return whole.posted

    @property
    def held(self) -> int:
        return sum(balance.held for balance in self.balances())

    @property
    def in_flight(self) -> int:
        state = self.engine.state
        states = state.tracker.states(state.configuration.generation.endpoints)
        return sum(each.in_flight for each in states.values())

    def records(self, request: Request | None = None) -> list[Record]:
        """What was recorded (of one request), oldest first; to be read once the world has ended."""
        records = Records(self.journal)
        found = records.latest(100_000) if request is None else records.find(request.id)
        records.close()
        return sorted(found, key=lambda record: record.decision.id)


@asynccontextmanager
async def running(
    folder: Path, document: str, upstream: Upstream, environ: Mapping[str, str] = ENVIRON
) -> AsyncIterator[World]:
    """The engine that `document` describes, kept in `folder`."""
    file = folder / "meritorder.yaml"
    file.write_text(document)
    places = Places(file, folder / "records.db", folder / "cache")
    async with assemble(places, environ) as assembly:
        yield World(assembly, upstream, places.journal)


def within_limits(world: World) -> None:
    for balance in world.balances():
        assert balance.posted + balance.held <= balance.limit


def spent(records: list[Record]) -> int:
    """What the records say was posted."""
    outcomes = [record.outcome for record in records]
    return sum(outcome.settlement.posted for outcome in outcomes if not isinstance(outcome, NotRun))


def consistent(world: World) -> None:
    """Nothing is held or in flight, and the ledger's balances are the sum of what the records say."""
    assert world.held == 0
    assert world.in_flight == 0
    records = world.records()
    assert world.posted == spent(records)
    for record in records:
        outcome = record.outcome
        if not isinstance(outcome, NotRun):
            assert outcome.settlement.posted == sum(step.money for step in outcome.steps)
