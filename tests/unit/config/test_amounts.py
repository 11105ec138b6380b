import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.config import amounts
from meritorder.config.amounts import Misfit
from meritorder.types.units import NANO, dollars


@given(st.integers(0, amounts.DEAREST))
def test_money_that_was_formatted_reads_back_as_the_same_amount(nano: int):
    assert amounts.money(dollars(nano)) == nano


@pytest.mark.parametrize(("text", "nano"), [("$0.25", NANO // 4), ("$10", 10 * NANO), ("$0.000000001", 1), ("$0", 0)])
def test_money_is_exact(text: str, nano: int):
    assert amounts.money(text) == nano


@pytest.mark.parametrize(
    ("value", "code", "message", "mend"),
    [
        (0.25, "C-023", "needs its unit: `0.25`", "write `$0.25`"),
        ("0.25 USD", "C-023", "is not money: `0.25 USD`", "write `$0.25`"),
        ("$1,000", "C-023", "is not money: `$1,000`", "write `$1000`"),
        ("-$2.00", "C-022", "must not be negative: `-$2.00`", ""),
        ("$-2", "C-022", "must not be negative: `$-2`", ""),
        (-2, "C-022", "must not be negative: `-2`", ""),
        ("$0.0000000001", "C-023", "is finer than a nano-dollar: `$0.0000000001`", "nine decimals are the most"),
        ("$1000000001", "C-022", "is more than a billion dollars: `$1000000001`", ""),
        ("a lot", "C-023", "is not money: `a lot`", "write dollars, like `$0.25`"),
        (True, "C-023", "is not money: `true`", "write dollars, like `$0.25`"),
        (["$1"], "C-023", "is not money: it is a list", "write dollars, like `$0.25`"),
    ],
)
def test_what_is_not_money_is_told_how_to_become_it(value: object, code: str, message: str, mend: str):
    with pytest.raises(Misfit) as caught:
        amounts.money(value)
    assert (caught.value.code, str(caught.value), caught.value.mend) == (code, message, mend)


@pytest.mark.parametrize(
    ("text", "ms"), [("500ms", 500), ("5s", 5000), ("1.5 s", 1500), ("10m", 600_000), ("2h", 7_200_000), ("0s", 0)]
)
def test_durations_become_milliseconds(text: str, ms: int):
    assert amounts.duration(text) == ms


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (5, "needs its unit: `5`"),
        ("5 minutes", "is not a duration: `5 minutes`"),
        ("0.1ms", "is finer than a millisecond: `0.1ms`"),
        ("200h", "is longer than seven days: `200h`"),
        ({}, "is not a duration: it holds settings"),
    ],
)
def test_what_is_not_a_duration_is_refused(value: object, message: str):
    with pytest.raises(Misfit) as caught:
        amounts.duration(value)
    assert str(caught.value) == message


def test_a_duration_without_its_unit_is_shown_with_one():
    with pytest.raises(Misfit) as caught:
        amounts.duration("30")
    assert caught.value.mend == "write `30s`"
    with pytest.raises(Misfit) as caught:
        amounts.duration(800)
    assert caught.value.mend == "write `800ms`"


def test_a_limit_of_no_time_at_all_is_refused():
    with pytest.raises(Misfit):
        amounts.positive_duration("0s")
    assert amounts.positive_duration("1ms") == 1


@pytest.mark.parametrize("text", ["env:NAME", "file:/run/secrets/key", "file:keys/alice"])
def test_a_reference_says_where_a_secret_is(text: str):
    assert amounts.reference(text) == text


@pytest.mark.parametrize("value", ["sk-proj-1234567890", "env:", "env:1x", "file:", "$KEY", 42, None])
def test_a_literal_secret_is_refused_and_never_repeated(value: object):
    with pytest.raises(Misfit) as caught:
        amounts.reference(value)
    assert caught.value.code == "C-025"
    assert str(value) not in str(caught.value)


def test_a_shell_variable_is_told_how_it_is_written_here():
    with pytest.raises(Misfit) as caught:
        amounts.reference("${OPENAI_API_KEY}")
    assert caught.value.mend == "write `env:NAME` for a variable"


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("https://api.example.com/v1/", "https://api.example.com/v1"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_address_loses_its_trailing_slash(text: str, base: str):
    assert amounts.address(text) == base


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("api.example.com/v1", "C-027"),
        ("ftp://example.com", "C-027"),
        ("https://", "C-027"),
        ("https://example.com/v1?a=b", "C-027"),
        ("http://[::1", "C-027"),
        ("http://example.com:99999", "C-027"),
        ("http://exa mple.com", "C-027"),
        ("https://user:pass@example.com", "C-025"),
        (8000, "C-027"),
    ],
)
def test_what_cannot_be_called_is_not_an_address(value: object, code: str):
    with pytest.raises(Misfit) as caught:
        amounts.address(value)
    assert caught.value.code == code
    assert "pass" not in str(caught.value).replace("password", "")


@pytest.mark.parametrize("text", ["gpt-5-mini", "meta-llama/llama-3.1:free", "4"])
def test_names_are_those_that_models_have(text: str):
    assert amounts.name(text) == text


@pytest.mark.parametrize("text", ["", "a b", "a@b", "a>b", "-a", "x" * 200, "é"])
def test_names_leave_out_what_labels_and_paths_are_made_with(text: str):
    with pytest.raises(Misfit):
        amounts.name(text)
