"""The application without a server: routes, keys, streams and errors, on an engine before the recording upstream."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from meritorder.engine.assemble import Places, assemble
from meritorder.gateway.app import Gateway
from meritorder.stores.records import Records
from meritorder.types.outcome import Abandoned, Completed
from tests.recorded import ADA, install
from tests.recorder import Recorder
from tests.unit.gateway.asgi import Client, scope

KEY = {"authorization": f"Bearer {ADA}"}
CHAT = "/v1/chat/completions"


@pytest.fixture
async def app(tmp_path: Path, recorder: Recorder) -> AsyncIterator[Gateway]:
    places = Places(install(tmp_path, recorder.base_url), tmp_path / "records.sqlite", tmp_path / "cache")
    async with assemble(places, {}) as assembly:
        yield Gateway(assembly.engine)


async def ask(app: Gateway, method: str, path: str, headers: dict[str, str] | None = None, body: bytes = b"") -> Client:
    client = Client([body])
    await app(scope(method, path, KEY if headers is None else headers), client.receive, client.send)
    assert client.ended
    return client


def question(model: str = "echo", **fields: Any) -> bytes:
    return json.dumps({"model": model, "messages": [{"role": "user", "content": "Is all well?"}], **fields}).encode()


async def test_an_answer_is_the_upstreams_own(app: Gateway):
    client = await ask(app, "POST", CHAT, body=question())
    assert client.status == 200
    assert json.loads(client.body)["choices"][0]["message"]["content"] == "All is well"
    assert client.headers["x-meritorder-path"] == "answer:echo@here"
    assert client.headers["x-meritorder-model"] == "echo"


async def test_a_stream_comes_as_it_is_made(app: Gateway):
    client = await ask(app, "POST", CHAT, body=question(stream=True))
    assert client.headers["content-type"].startswith("text/event-stream")
    assert client.headers["x-meritorder-cost-basis"] == "quoted"
    assert client.body.endswith(b"data: [DONE]\n\n")
    assert len(client.sent) > 2


async def test_what_breaks_in_a_stream_ends_it_with_an_error_event(app: Gateway):
    client = await ask(app, "POST", CHAT, body=question("cut", stream=True))
    assert client.status == 200
    last = client.body.removesuffix(b"\n\n").rpartition(b"data: ")[2]
    assert json.loads(last)["error"]["code"] == "upstream_cut"
    assert b"[DONE]" not in client.body


@pytest.mark.parametrize("header", [{"authorization": f"bearer  {ADA} "}, {"x-api-key": ADA}])
async def test_a_key_may_come_in_either_header(app: Gateway, header: dict[str, str]):
    assert (await ask(app, "GET", "/v1/models", header)).status == 200


@pytest.mark.parametrize(
    ("method", "path"), [("POST", CHAT), ("GET", "/v1/models"), ("GET", "/v1/models/echo"), ("GET", "/v1/models/none")]
)
@pytest.mark.parametrize("header", [{}, {"authorization": "Bearer x"}, {"authorization": ADA}, {"x-api-key": "\xe9"}])
async def test_nothing_about_the_models_is_told_to_a_stranger(
    app: Gateway, method: str, path: str, header: dict[str, str]
):
    client = await ask(app, method, path, header, question())
    assert (client.status, client.error["code"]) == (401, "invalid_api_key")
    assert "echo" not in client.body.decode()


@pytest.mark.parametrize("path", ["/health/live", "/health/ready"])
async def test_health_is_told_to_anybody(app: Gateway, path: str):
    assert (await ask(app, "GET", path, {})).status == 200


async def test_every_route_takes_one_method(app: Gateway):
    for method, path in (("GET", CHAT), ("POST", "/v1/models"), ("DELETE", "/v1/models/echo"), ("PUT", "/health/live")):
        client = await ask(app, method, path)
        assert (client.status, client.error["code"]) == (405, "method_not_allowed"), path


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/chat/completions/", "/v1/models2", "/V1/models", "//v1/models", ""])
async def test_a_path_that_is_not_there_is_answered_with_those_that_are(app: Gateway, path: str):
    client = await ask(app, "GET", path)
    assert (client.status, client.error["code"]) == (404, "unknown_route")
    assert "POST /v1/chat/completions" in client.error["message"]


async def test_the_models_are_the_virtual_ones_and_then_the_others(app: Gateway):
    listed = json.loads((await ask(app, "GET", "/v1/models")).body)
    names = [model["id"] for model in listed["data"]]
    assert names[:2] == ["auto", "thrifty"]
    assert names[2:] == sorted(names[2:])
    assert {"echo", "dead"} < set(names)


async def test_one_model_is_told_by_its_name(app: Gateway):
    found = json.loads((await ask(app, "GET", "/v1/models/thrifty")).body)
    assert (found["id"], found["object"]) == ("thrifty", "model")


@pytest.mark.parametrize("name", ["", "none", "echo/none", "ECHO"])
async def test_a_model_that_is_not_there_is_not_found(app: Gateway, name: str):
    client = await ask(app, "GET", f"/v1/models/{name}")
    assert (client.status, client.error["code"]) == (404, "model_not_found")


async def test_every_reply_of_the_api_names_its_request(app: Gateway):
    names = [
        (await ask(app, "GET", "/v1/models")).headers["x-request-id"],
        (await ask(app, "GET", "/nowhere")).headers["x-request-id"],
        (await ask(app, "POST", CHAT, body=b"{")).headers["x-request-id"],
        (await ask(app, "POST", CHAT, body=question())).headers["x-request-id"],
    ]
    assert names == sorted(set(names))
    assert all(name.startswith("req_") for name in names)


async def test_a_client_may_name_no_request_and_no_decision_of_its_own(app: Gateway):
    spoofed = {**KEY, "x-request-id": "req_mine", "x-meritorder-decision": "dec_mine", "x-meritorder-cost": "0"}
    client = await ask(app, "POST", CHAT, spoofed, question())
    assert client.headers["x-request-id"] != "req_mine"
    assert client.headers["x-meritorder-decision"] != "dec_mine"


async def test_a_draining_gateway_is_not_ready_and_begins_nothing_new(app: Gateway, recorder: Recorder):
    app.draining = True
    before = len(recorder.calls)
    ready = await ask(app, "GET", "/health/ready")
    refused = await ask(app, "POST", CHAT, body=question())
    assert (ready.status, json.loads(ready.body)) == (503, {"status": "not ready", "because": "shutting down"})
    assert (refused.status, refused.error["code"]) == (503, "draining")
    assert (await ask(app, "GET", "/health/live")).status == 200
    assert len(recorder.calls) == before


async def test_the_gateway_is_quiet_while_nothing_is_in_flight(app: Gateway):
    assert app.quiet.is_set()
    client = Client([question("slow", stream=True, max_tokens=4)])
    running = asyncio.create_task(app(scope("POST", CHAT, KEY), client.receive, client.send))
    await client.heard.wait()
    assert app.in_flight == 1
    assert not app.quiet.is_set()
    await running
    assert app.in_flight == 0
    assert app.quiet.is_set()


async def test_a_client_that_leaves_ends_its_request_and_leaves_a_record(app: Gateway, tmp_path: Path):
    client = Client([question("slow", stream=True, max_tokens=200)])
    running = asyncio.create_task(app(scope("POST", CHAT, KEY), client.receive, client.send))
    await client.heard.wait()
    client.leave()
    async with asyncio.timeout(5):
        await running
    assert not client.ended
    assert app.quiet.is_set()
    outcome = await ended(tmp_path, client.headers["x-request-id"])
    assert isinstance(outcome, Abandoned)
    assert outcome.steps[0].usage.basis == "metered"


async def test_a_finished_request_leaves_a_record(app: Gateway, tmp_path: Path):
    client = await ask(app, "POST", CHAT, body=question())
    outcome = await ended(tmp_path, client.headers["x-request-id"])
    assert isinstance(outcome, Completed)
    assert outcome.answered_by == "echo@here"


async def test_what_is_no_http_request_is_left_alone(app: Gateway):
    client = Client()
    await app({"type": "websocket", "path": "/"}, client.receive, client.send)
    assert client.sent == []


async def ended(folder: Path, request_id: str) -> object:
    async with asyncio.timeout(5):
        while True:
            records = Records(folder / "records.sqlite")
            found = records.find(request_id)
            records.close()
            if found:
                return found[0].outcome
            await asyncio.sleep(0.02)
