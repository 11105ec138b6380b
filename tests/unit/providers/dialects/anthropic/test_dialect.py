"""The dialect as the engine sees it."""

import json

import pytest

from meritorder.errors import RequestError
from meritorder.providers.dialects.anthropic import CARRIED, VERSION, AnthropicDialect
from meritorder.providers.dialects.protocol import WireDialect

from .asking import accepted, ask, chunks

DIALECT: WireDialect = AnthropicDialect()
BODY = b'{"id":"msg_1","content":[{"type":"text","text":"Hi"}]}'


def test_a_call_goes_to_messages_with_key_and_version():
    call = DIALECT.call(ask(), "claude-x", "sk-1", evidence=True)
    assert call.path == "/messages"
    assert call.headers == {
        "content-type": "application/json",
        "anthropic-version": VERSION,
        "x-api-key": "sk-1",
    }
    assert accepted(call.body)["model"] == "claude-x"


def test_an_endpoint_without_a_key_gets_no_key_header():
    assert "x-api-key" not in DIALECT.call(ask(), "m", "", evidence=False).headers


def test_the_key_is_only_in_its_header():
    call = DIALECT.call(ask(), "m", "sk-CANARY", evidence=False)
    assert b"CANARY" not in call.body


def test_there_are_never_log_probabilities():
    assert DIALECT.answer(ask(), BODY, evidence=True).logprobs == ()
    assert DIALECT.stream(ask(stream=True), evidence=True).feed(b"").logprobs == ()


def test_evidence_changes_nothing():
    assert DIALECT.answer(ask(), BODY, evidence=True) == DIALECT.answer(ask(), BODY, evidence=False)
    assert DIALECT.call(ask(), "m", "", evidence=True) == DIALECT.call(ask(), "m", "", evidence=False)


def test_a_stream_is_read_into_chunks():
    event = DIALECT.stream(ask(stream=True), evidence=False).feed(b'data: {"type":"message_stop"}\n\n')
    assert event.done
    assert len(chunks(event.data)) == 2


@pytest.mark.parametrize(
    ("status", "kind", "code"),
    [
        (401, "authentication_error", "upstream_auth"),
        (404, "not_found_error", "upstream_model_not_found"),
        (429, "rate_limit_error", "upstream_rate_limited"),
        (500, "api_error", "upstream_error"),
        (529, "overloaded_error", "upstream_overloaded"),
    ],
)
def test_an_error_status_is_understood(status: int, kind: str, code: str):
    body = json.dumps({"type": "error", "error": {"type": kind, "message": "m"}, "request_id": "req_1"})
    fault = DIALECT.fault(status, {"retry-after": "3"}, body.encode())
    assert (fault.code, fault.elsewhere, fault.retry_after_ms) == (code, True, 3000)


def test_a_rejection_reaches_the_client_in_openais_form():
    body = b'{"type":"error","error":{"type":"invalid_request_error","message":"top_p: must be below 1"}}'
    fault = DIALECT.fault(400, {}, body)
    assert not fault.elsewhere
    assert json.loads(fault.body)["error"]["message"] == "top_p: must be below 1"


def test_whatever_is_said_to_be_carried_can_be_asked_and_nothing_else():
    for name in CARRIED - {"messages"}:
        DIALECT.call(ask(**{name: None}), "m", "", evidence=False)
    with pytest.raises(RequestError):
        DIALECT.call(ask(audio={}), "m", "", evidence=False)
