"""An OpenAI-compatible upstream on loopback that keeps what it is sent; the model asked for says how it behaves.

echo      answers at once                    slow      sends a token every 50 ms, up to `max_tokens`
cut       breaks the connection off          error     sends an error after its first tokens
rejects   400                                keyless   401
broken    500                                limited   429
long      400, the prompt is too long        held      answers once `release` is called
lingers   keeps the connection open for two seconds after the end of a stream
"""

import json
import threading
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

FAULTS = {
    "rejects": (400, {"message": "`top_k` is not for this model", "type": "invalid_request_error", "code": None}),
    "long": (400, {"message": "This model's maximum context length is 8 tokens", "code": "context_length_exceeded"}),
    "keyless": (401, {"message": "Incorrect API key provided: sk-of-the-operator", "code": "invalid_api_key"}),
    "limited": (429, {"message": "Slow down", "code": "rate_limit_exceeded"}),
    "broken": (500, {"message": "Traceback: secret.py, line 1", "type": "server_error", "code": None}),
}
USAGE = {"prompt_tokens": 12, "completion_tokens": 3, "total_tokens": 15}
WORDS = ("All", " is", " well")
TOOL_CALL = {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": '{"city": "Paris"}'}}


@dataclass(frozen=True)
class Call:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Recorder:
    """The server, in a thread; `calls` are what it was sent, the oldest first."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.release = threading.Event()
        self.sent = 0
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, recorder: Recorder) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.recorder = recorder


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.recorder.calls.append(Call(self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        asked = json.loads(body)
        if asked["model"] == "held":
            self.server.recorder.release.wait(60)
        if asked["model"] in FAULTS:
            status, error = FAULTS[asked["model"]]
            self._whole(status, {"error": error})
        elif asked.get("stream"):
            self._stream(asked)
        elif asked["model"] == "cut":
            self.close_connection = True
        else:
            self._whole(200, _completion(asked))

    def _whole(self, status: int, content: dict[str, Any]) -> None:
        payload = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def _stream(self, asked: dict[str, Any]) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        try:
            self._events(asked)
        except OSError:
            return  # the reader has left

    def _events(self, asked: dict[str, Any]) -> None:
        slow = asked["model"] == "slow"
        words = ("tick ",) * asked.get("max_tokens", 100) if slow else WORDS
        self.server.recorder.sent = 0
        for word in words:
            self._event(_chunk({"content": word}))
            self.server.recorder.sent += 1
            time.sleep(0.05 if slow else 0)
        if asked["model"] == "cut":
            return
        if asked["model"] == "error":
            self._event({"error": {"message": "the GPU fell off", "type": "server_error", "code": None}})
            return
        self._event(_chunk({}, "stop"))
        self._event({**_chunk({}), "choices": [], "usage": USAGE})
        self._send(b"data: [DONE]\n\n")
        if asked["model"] == "lingers":
            time.sleep(2)

    def _event(self, content: dict[str, Any]) -> None:
        self._send(b"data: %b\n\n" % json.dumps(content).encode())

    def _send(self, data: bytes) -> None:
        self.wfile.write(data)
        self.wfile.flush()

    def log_message(self, *_: object) -> None:
        pass


def _completion(asked: dict[str, Any]) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": "".join(WORDS)}
    if asked.get("tools"):
        message = {"role": "assistant", "content": None, "tool_calls": [TOOL_CALL]}
    choice = {"index": 0, "message": message, "finish_reason": "tool_calls" if asked.get("tools") else "stop"}
    outer = {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "model": asked["model"]}
    return {**outer, "choices": [choice], "usage": USAGE}


def _chunk(delta: dict[str, Any], finish: str | None = None) -> dict[str, Any]:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
