from typing import Literal

import msgspec
import pytest
from msgspec import Raw

from meritorder.errors import RequestError
from meritorder.providers.dialects.anthropic.fields import is_set, read, unsupported


class Part(msgspec.Struct):
    text: str


def test_null_and_absent_are_both_not_set():
    fields = {"a": Raw(b"null"), "b": Raw(b"0")}
    assert [is_set(fields, name) for name in "abc"] == [False, True, False]
    assert [read(fields, name, int) for name in "abc"] == [None, 0, None]


def test_a_value_of_another_type_is_named_with_its_place_and_the_type_that_was_expected():
    with pytest.raises(RequestError) as caught:
        read({"messages": Raw(b'[{"text":"a"},{"text":7}]')}, "messages", list[Part])
    assert caught.value.param == "messages[1].text"
    assert str(caught.value).endswith("expected `str`, got `int`")
    assert (caught.value.code, caught.value.status) == ("unsupported_value", 400)


def test_a_field_that_is_missing_is_named():
    with pytest.raises(RequestError, match="missing required field `text`"):
        read({"messages": Raw(b"[{}]")}, "messages", list[Part])


def test_the_value_at_fault_is_never_repeated():
    with pytest.raises(RequestError) as caught:
        read({"role": Raw(b'"CANARY"')}, "role", Literal["user"])
    assert "CANARY" not in str(caught.value)
    assert caught.value.param == "role"


@pytest.mark.parametrize("value", [b"[", b'"\xff"', b"[" * 100_000, b""])
def test_what_is_not_json_is_the_clients_error(value: bytes):
    with pytest.raises(RequestError, match="not JSON"):
        read({"user": Raw(value)}, "user", object)


def test_an_unsupported_value_names_its_field():
    error = unsupported("stop", "it is odd")
    assert (error.param, error.code, "stop" in str(error)) == ("stop", "unsupported_value", True)
