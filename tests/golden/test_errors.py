"""Errors as a client of the gateway gets them: status, headers of ours, body, word for word.

After a change that is meant: run with `MERITORDER_WRITE_GOLDEN=1`, and read the difference.
"""

import http.client
import json
import os
import re
import signal
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.gateway import Gateway, Reply, ask, started, until
from tests.recorded import ADA, POOR, install
from tests.recorder import Recorder

HERE = Path(__file__).parent / "errors"
CHAT = "/v1/chat/completions"
NAMES = re.compile(r"\b(req|dec)_[0-9a-f]{16}\b")
TIMES = re.compile(r"\b\d+(\.\d+)? m?s\b")
WAITS = re.compile(r"^(retry-after(?:-ms)?): \d+$", re.MULTILINE)
NOT_OURS = {"date", "connection", "transfer-encoding"}


def chat(text: str | None = "Is all well?", model: str = "echo", **fields: Any) -> bytes:
    messages = [] if text is None else [{"role": "user", "content": text}]
    return json.dumps({"model": model, "messages": messages, **fields}).encode()


def send(
    gateway: Gateway, body: bytes | None, *, path: str = CHAT, method: str = "POST", key: str | None = ADA
) -> Reply:
    headers = {"content-type": "application/json"}
    if key is not None:
        headers["authorization"] = f"Bearer {key}"
    return ask(gateway.url + path, method, body, headers)


def masked(reply: Reply) -> str:
    headers = "".join(f"{name}: {value}\n" for name, value in reply.headers.items() if name not in NOT_OURS)
    body = json.dumps(json.loads(reply.body), indent=2, ensure_ascii=False)
    text = f"{reply.status}\n{headers}\n{body}\n"
    text = re.sub(r"^content-length: \d+\n", "", text, flags=re.MULTILINE)
    return WAITS.sub(r"\1: …", TIMES.sub("… s", NAMES.sub(r"\1_…", text)))


def compare(name: str, reply: Reply) -> None:
    assert int(reply.headers["content-length"]) == len(reply.body)
    shown = masked(reply)
    expected = HERE / f"{name}.txt"
    if os.environ.get("MERITORDER_WRITE_GOLDEN"):
        expected.write_text(shown, encoding="utf-8")
    assert shown == expected.read_text(encoding="utf-8")


CASES: Mapping[str, dict[str, Any]] = {
    "malformed-json": {"body": b'{"model": "echo", "messages": ['},
    "invalid-utf8": {"body": b'{"model": "caf\xe9"}'},
    "not-an-object": {"body": b"[]"},
    "no-body": {"body": b""},
    "wrong-type": {"body": chat(max_tokens="many")},
    "wrong-type-deep": {"body": json.dumps({"model": "echo", "messages": [{"role": "user", "content": 5}]}).encode()},
    "wrong-role": {"body": json.dumps({"model": "echo", "messages": [{"role": "robot", "content": "x"}]}).encode()},
    "out-of-range": {"body": chat(temperature=3)},
    "missing-field": {"body": b'{"model": "echo"}'},
    "empty-messages": {"body": chat(None)},
    "stream-options-without-stream": {"body": chat(stream_options={"include_usage": True})},
    "unknown-model": {"body": chat(model="gpt-9")},
    "missing-key": {"body": chat(), "key": None},
    "wrong-key": {"body": chat(), "key": "sk-not-of-this-gateway"},
    "unknown-route": {"body": chat(), "path": "/v1/completions"},
    "wrong-method": {"body": None, "method": "GET"},
    "body-of-20-mb": {"body": chat("x" * 20_000_000)},
    "prompt-longer-than-every-context": {"body": chat("word " * 8000)},
    "tools-where-there-are-none": {
        "body": chat(model="plain", tools=[{"type": "function", "function": {"name": "f"}}])
    },
    "policy-forbids": {"body": chat("Write to ada@example.com", model="cloudy")},
    "budget-exhausted": {"body": chat(), "key": POOR},
    "not-worth-its-price": {"body": chat(model="thrifty")},
    "upstream-rejects": {"body": chat(model="rejects")},
    "upstream-prompt-too-long": {"body": chat(model="long")},
    "upstream-broken": {"body": chat(model="broken")},
    "upstream-limits": {"body": chat(model="limited")},
    "upstream-does-not-take-our-key": {"body": chat(model="keyless")},
    "upstream-cuts": {"body": chat(model="cut")},
}


@pytest.mark.parametrize("name", CASES)
def test_an_error_is_told_word_for_word(recorded_gateway: Gateway, name: str):
    compare(name, send(recorded_gateway, **CASES[name]))


def test_an_endpoint_that_is_down_is_told_word_for_word_and_then_that_it_rests(recorded_gateway: Gateway):
    compare("upstream-unreachable", send(recorded_gateway, chat(model="dead")))

    def resting() -> Reply | None:
        reply = send(recorded_gateway, chat(model="dead"))
        return reply if reply.status == 503 else None

    compare("no-endpoint-available", until(resting, 10, "an endpoint that rests"))


def test_an_error_inside_a_stream_is_told_word_for_word(recorded_gateway: Gateway):
    reply = send(recorded_gateway, chat(model="error", stream=True))
    assert reply.status == 200
    event = reply.body.removesuffix(b"\n\n").rpartition(b"data: ")[2]
    compare("error-inside-a-stream", Reply(200, {"content-length": str(len(event))}, event))


def test_a_gateway_that_drains_says_so_word_for_word(tmp_path: Path, recorder: Recorder):
    install(tmp_path, recorder.base_url)
    with started(tmp_path) as gateway:
        reading = _stream(gateway, chat(model="slow", stream=True, max_tokens=20))
        gateway.signal(signal.SIGTERM)
        until(lambda: gateway.ready() == 503, 5, "a gateway that is not ready")
        compare("draining", send(gateway, chat()))
        reading.join(20)
        assert gateway.ended() == 0


def _stream(gateway: Gateway, body: bytes) -> threading.Thread:
    """Begin a stream, and read it to its end in a thread."""
    parts = urlsplit(gateway.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=60)
    connection.request("POST", CHAT, body, {"authorization": f"Bearer {ADA}"})
    response = connection.getresponse()
    response.readline()

    def read() -> None:
        response.read()
        connection.close()

    reading = threading.Thread(target=read)
    reading.start()
    return reading


def test_every_golden_file_belongs_to_an_error():
    others = {"upstream-unreachable", "no-endpoint-available", "error-inside-a-stream", "draining"}
    assert {file.stem for file in HERE.glob("*.txt")} == set(CASES) | others


def test_no_error_quotes_a_key_or_an_upstreams_insides():
    for file in HERE.glob("*.txt"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r"sk-|0123456789|Traceback|secret\.py|ada@example", text), file.name
