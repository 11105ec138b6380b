import msgspec
import pytest
from msgspec import Raw
from openai.types import CompletionUsage

from meritorder.providers.dialects.anthropic.usage import LARGEST, Counts, for_client, merged, read, usage
from meritorder.types.outcome import Usage


def test_what_the_cache_read_and_wrote_counts_as_prompt_once():
    counts = Counts(input_tokens=10, cache_read_input_tokens=100, cache_creation_input_tokens=5, output_tokens=7)
    assert usage(counts) == Usage(prompt=115, cached=100, output=7, basis="reported")


def test_a_server_that_says_nothing_of_a_cache_had_none():
    assert usage(Counts(input_tokens=10, output_tokens=0)) == Usage(10, 0, 0, "reported")


def test_a_prompt_all_of_which_was_cached_counts():
    assert usage(Counts(0, 12, None, 3)) == Usage(12, 12, 3, "reported")


@pytest.mark.parametrize(
    "counts",
    [
        Counts(),
        Counts(input_tokens=10),
        Counts(output_tokens=10),
        Counts(-1, None, None, 5),
        Counts(10, -1, None, 5),
        Counts(10, None, -1, 5),
        Counts(10, None, None, -5),
        Counts(10, None, None, LARGEST + 1),
        Counts(0, 0, 0, 5),
    ],
)
def test_numbers_that_are_missing_or_impossible_are_no_usage(counts: Counts):
    assert usage(counts) is None


@pytest.mark.parametrize("raw", [b"null", b"[]", b'{"input_tokens":"7"}', b'{"input_tokens":1.5}', b"[" * 100_000, b""])
def test_a_usage_object_that_is_malformed_says_nothing(raw: bytes):
    assert read(Raw(raw)) == Counts()


def test_counts_that_come_later_replace_and_do_not_add():
    start = Counts(10, 100, 5, 1)
    assert merged(start, Counts(output_tokens=30)) == Counts(10, 100, 5, 30)
    assert merged(start, Counts(11, 0, 6, 40)) == Counts(11, 0, 6, 40)
    assert merged(Counts(), start) == start


def test_a_client_reads_the_cached_tokens_as_part_of_the_prompt():
    encoded = msgspec.json.encode(for_client(Usage(115, 100, 7, "reported")))
    read_back = CompletionUsage.model_validate_json(encoded, strict=True)
    assert (read_back.prompt_tokens, read_back.completion_tokens, read_back.total_tokens) == (115, 7, 122)
    assert read_back.prompt_tokens_details is not None
    assert read_back.prompt_tokens_details.cached_tokens == 100
