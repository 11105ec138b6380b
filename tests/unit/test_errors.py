import pytest

from meritorder.errors import ConfigError, MeritorderError, Refused, RequestError, StoreError, UpstreamError
from meritorder.types.decision import Refusal


@pytest.mark.parametrize(
    ("kind", "code"), [(MeritorderError, "internal_error"), (ConfigError, "config_error"), (StoreError, "store_error")]
)
def test_every_error_has_a_code_and_a_sentence(kind: type[MeritorderError], code: str):
    error = kind("the disk is full")
    assert (error.code, str(error)) == (code, "the disk is full")


def test_a_more_precise_code_belongs_to_one_error_only():
    assert StoreError("it is locked", code="store_locked").code == "store_locked"
    assert StoreError("it is locked").code == "store_error"


def test_a_request_error_names_the_field_and_a_client_status():
    error = RequestError("no such model", code="model_not_found", param="model", status=404)
    assert (error.code, error.param, error.status) == ("model_not_found", "model", 404)
    plain = RequestError("it is not JSON", code="invalid_json")
    assert (plain.param, plain.status) == (None, 400)


def test_a_refusal_is_carried_as_a_value():
    refusal = Refusal("dec_1", "policy", "rule `x` forbids it", (), 0, "0123")
    error = Refused("rule `x` forbids it", refusal)
    assert error.refusal is refusal
    assert error.code == "refused"


def test_an_upstream_error_may_be_tried_elsewhere_unless_it_says_otherwise():
    error = UpstreamError("it stalled", code="upstream_stalled")
    assert (error.elsewhere, error.status, error.body, error.retry_after_ms) == (True, 502, b"", 0)
    fault = UpstreamError("bad request", code="upstream_refused", elsewhere=False, status=400, body=b"{}")
    assert (fault.elsewhere, fault.status, fault.body) == (False, 400, b"{}")


@pytest.mark.parametrize("kind", [ConfigError, RequestError, Refused, UpstreamError, StoreError])
def test_every_error_can_be_caught_as_one_of_ours(kind: type[Exception]):
    assert issubclass(kind, MeritorderError)
