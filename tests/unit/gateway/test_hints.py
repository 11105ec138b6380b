from collections.abc import Mapping

import msgspec
import pytest
from msgspec import Raw

from meritorder.errors import RequestError
from meritorder.gateway.hints import caller
from meritorder.types.caller import PRIVACY_CLASSES, Caller, Hints
from meritorder.types.units import NANO


def said(headers: Mapping[str, str] | None = None, **fields: object) -> Caller:
    sent = {name.encode(): value.encode() for name, value in (headers or {}).items()}
    raw = {name: Raw(msgspec.json.encode(value)) for name, value in fields.items()}
    return caller(sent, raw)


def test_a_caller_that_says_nothing_has_no_hints():
    assert said() == Caller("", "", Hints())


def test_hints_are_read_from_headers():
    hints = said(
        {
            "x-meritorder-deadline": "1.5s",
            "x-meritorder-value": "$0.25",
            "x-meritorder-failure-cost": "$3",
            "x-meritorder-data-class": "Sensitive",
            "x-meritorder-repository": "acme/shop",
        }
    ).hints
    assert hints == Hints(1_500, NANO // 4, 3 * NANO, "sensitive", "acme/shop")


def test_hints_are_read_from_the_metadata_of_the_body():
    assert said(metadata={"meritorder_data_class": "secret", "team": "a"}).hints.data_class == "secret"


def test_a_header_goes_before_the_metadata():
    given = said({"x-meritorder-deadline": "1s"}, metadata={"meritorder_deadline": "9s"})
    assert given.hints.deadline == 1_000


@pytest.mark.parametrize("level", PRIVACY_CLASSES)
def test_every_class_of_privacy_can_be_hinted(level: str):
    assert said({"x-meritorder-data-class": level}).hints.data_class == level


@pytest.mark.parametrize("metadata", [{"a": 1}, [1], "text", None])
def test_metadata_that_is_not_made_of_texts_is_left_to_the_upstream(metadata: object):
    assert said(metadata=metadata) == Caller()


@pytest.mark.parametrize(
    ("headers", "where", "told"),
    [
        ({"x-meritorder-deadline": "soon"}, "x-meritorder-deadline", "is not a duration"),
        ({"x-meritorder-value": "-$1"}, "x-meritorder-value", "must not be negative"),
        ({"x-meritorder-failure-cost": "a lot"}, "x-meritorder-failure-cost", "is not money"),
        ({"x-meritorder-data-class": "top"}, "x-meritorder-data-class", "must be one of public, internal"),
    ],
)
def test_a_hint_that_is_no_such_thing_is_told_with_its_place(headers: dict[str, str], where: str, told: str):
    with pytest.raises(RequestError, match=told) as caught:
        said(headers)
    assert (caught.value.param, caught.value.status) == (where, 400)


def test_a_malformed_hint_in_the_metadata_names_its_field():
    with pytest.raises(RequestError) as caught:
        said(metadata={"meritorder_deadline": "5 parsecs"})
    assert caught.value.param == "metadata.meritorder_deadline"


@pytest.mark.parametrize("name", ["x-meritorder-session", "x-session-id", "session_id", "x-claude-code-session-id"])
def test_a_session_is_named_by_the_headers_that_clients_send(name: str):
    assert said({name: "s-1"}).session == "s-1"


def test_a_session_may_be_named_by_the_key_of_the_prompt_cache():
    assert said(prompt_cache_key="s-2").session == "s-2"
    assert said(prompt_cache_key=7).session == ""


def test_long_names_are_cut():
    long = said({"user-agent": "a" * 999, "x-session-id": "b" * 999, "x-meritorder-repository": "c" * 999})
    assert {len(long.user_agent), len(long.session), len(long.hints.repository)} == {200}
