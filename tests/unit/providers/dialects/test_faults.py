import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.providers.dialects.faults import (
    LONGEST_WAIT_MS,
    Complaint,
    complaint,
    inside_a_200,
    retry_after_ms,
    upstream_fault,
)

SECRET = "sk-ant-api03-CANARY and what the client wrote"


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (401, "upstream_auth"),
        (402, "upstream_auth"),
        (403, "upstream_auth"),
        (404, "upstream_model_not_found"),
        (408, "upstream_error"),
        (429, "upstream_rate_limited"),
        (500, "upstream_error"),
        (503, "upstream_error"),
        (529, "upstream_overloaded"),
        (302, "upstream_error"),
    ],
)
def test_what_may_go_better_elsewhere_is_said_to(status: int, code: str):
    fault = upstream_fault(status, {}, SECRET, "")
    assert (fault.code, fault.elsewhere, fault.status, fault.body) == (code, True, 502, b"")


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_rejected_request_is_the_clients_and_carries_what_the_upstream_said(status: int):
    fault = upstream_fault(status, {}, "messages: at least one is needed", "invalid_request_error")
    assert (fault.code, fault.elsewhere, fault.status) == ("upstream_rejected", False, 400)
    assert json.loads(fault.body) == {
        "error": {
            "message": "messages: at least one is needed",
            "type": "invalid_request_error",
            "param": None,
            "code": "upstream_rejected",
        }
    }


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("prompt is too long: 200001 tokens > 200000 maximum", "invalid_request_error"),
        ("input length and `max_tokens` exceed context limit: 1 + 2 > 3", "invalid_request_error"),
        ("This model's maximum context length is 4096 tokens.", ""),
        ("too big", "context_length_exceeded"),
        ("request (3031 tokens) exceeds the available context size (2048 tokens)", ""),
        ("", "exceed_context_size_error"),
    ],
)
def test_a_prompt_that_is_too_long_has_its_own_code(message: str, code: str):
    fault = upstream_fault(400, {}, message, code)
    assert (fault.code, fault.elsewhere) == ("context_length_exceeded", False)
    assert json.loads(fault.body)["error"]["code"] == "context_length_exceeded"


@pytest.mark.parametrize(
    ("status", "message", "code"),
    [
        (400, "Your credit balance is too low to access the API.", "invalid_request_error"),
        (400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT"),
        (429, "You exceeded your current quota", "insufficient_quota"),
    ],
)
def test_an_account_in_trouble_is_not_taken_for_a_bad_request_or_a_busy_server(status: int, message: str, code: str):
    assert upstream_fault(status, {}, message, code).code == "upstream_auth"


def test_a_client_cannot_make_a_bad_request_look_like_an_account_in_trouble():
    fault = upstream_fault(400, {}, "messages.0: 'your credit balance is too low' is not valid", "")
    assert fault.code == "upstream_rejected"


@pytest.mark.parametrize("status", [400, 401, 404, 418, 429, 500, 529])
def test_the_errors_own_sentence_never_quotes_the_upstream(status: int):
    fault = upstream_fault(status, {}, SECRET, SECRET)
    assert "CANARY" not in str(fault)
    assert "client wrote" not in str(fault)
    assert str(status) in str(fault)


def test_an_upstreams_word_for_the_error_is_repeated_only_if_it_is_a_plain_word():
    assert "(500 api_error)" in str(upstream_fault(500, {}, "", "api_error"))
    assert str(upstream_fault(500, {}, "", "sk-12")).endswith("(500)")


def test_no_more_than_300_characters_of_the_upstream_reach_the_client():
    quoted = json.loads(upstream_fault(400, {}, "é" * 1000, "").body)["error"]["message"]
    assert quoted == "é" * 299 + "…"
    assert json.loads(upstream_fault(400, {}, "é" * 300, "").body)["error"]["message"] == "é" * 300


def test_a_rejection_without_a_message_gets_one():
    assert json.loads(upstream_fault(400, {}, "", "").body)["error"]["message"]


def test_a_200_with_an_overload_inside_is_an_overload():
    payload = b'{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}'
    fault = inside_a_200(payload)
    assert (fault.code, fault.elsewhere) == ("upstream_overloaded", True)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ({"type": "rate_limit_error"}, "upstream_rate_limited"),
        ({"type": "authentication_error"}, "upstream_auth"),
        ({"type": "invalid_request_error"}, "upstream_rejected"),
        ({"type": "exceed_context_size_error", "code": 400}, "context_length_exceeded"),
        ({"type": "api_error"}, "upstream_error"),
        ({"message": "x", "code": 429}, "upstream_rate_limited"),
        ({"message": "x", "code": "502"}, "upstream_error"),
        ({"message": "x", "code": "529"}, "upstream_overloaded"),
        ("something went wrong", "upstream_error"),
    ],
)
def test_an_error_inside_a_200_means_what_its_kind_means(error: object, code: str):
    assert inside_a_200(json.dumps({"error": error}).encode()).code == code


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            b'{"type":"error","error":{"type":"not_found_error","message":"m"}}',
            Complaint("m", "not_found_error"),
        ),
        (b'{"error":{"message":"m","type":"t","param":"p","code":"c"}}', Complaint("m", "c")),
        (b'{"error":{"message":"m","type":"t","code":400}}', Complaint("m", "t", 400)),
        (b'{"error":{"message":null,"type":null,"code":null}}', Complaint()),
        (b'{"error":"m"}', Complaint("m")),
        (b'{"object":"error","message":"m","code":40303}', Complaint("m")),
        (b'{"detail":"m"}', Complaint("m")),
        (b'{"detail":[{"loc":["body"]}]}', Complaint()),
        (b"<html>bad gateway</html>", Complaint()),
        (b"\xff\xfe", Complaint()),
        (b'{"error":{"message":"\xff"}}', Complaint()),
        (b'{"error":' + b"[" * 100_000, Complaint()),
        (b"[]", Complaint()),
        (b"", Complaint()),
    ],
)
def test_error_bodies_of_every_usual_shape_are_read_and_others_say_nothing(body: bytes, expected: Complaint):
    assert complaint(body) == expected


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 0),
        ({"retry-after": "2"}, 2000),
        ({"retry-after": "0.25"}, 250),
        ({"retry-after-ms": "12", "retry-after": "2"}, 12),
        ({"retry-after-ms": "soon", "retry-after": "2"}, 2000),
        ({"retry-after": "-1"}, 0),
        ({"retry-after": "nan"}, 0),
        ({"retry-after": "inf"}, LONGEST_WAIT_MS),
        ({"retry-after": "1e300"}, LONGEST_WAIT_MS),
        ({"retry-after": "later"}, 0),
        (
            {
                "retry-after": "Wed, 21 Oct 2026 07:28:30 GMT",
                "date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            30_000,
        ),
        (
            {
                "retry-after": "Wed, 21 Oct 2026 07:28:00 GMT",
                "date": "Wed, 21 Oct 2026 07:28:30 GMT",
            },
            0,
        ),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:00 GMT"}, 0),
        ({"retry-after": "Wed, 99 Oct 99999 07:28:00 GMT", "date": "Wed, 21 Oct 2026 07:28:30 GMT"}, 0),
    ],
)
def test_how_long_to_wait_is_read_from_seconds_milliseconds_or_a_date(headers: dict[str, str], expected: int):
    assert retry_after_ms(headers) == expected
    assert upstream_fault(429, headers, "", "").retry_after_ms == expected


@given(st.binary(max_size=200), st.integers(300, 599), st.text())
def test_no_reply_is_too_strange_to_have_a_meaning(body: bytes, status: int, after: str):
    said = complaint(body)
    fault = upstream_fault(status, {"retry-after": after, "date": after}, said.message, said.code)
    assert 0 <= fault.retry_after_ms <= LONGEST_WAIT_MS
    assert fault.elsewhere == (fault.body == b"")
