from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from meritorder.signals.privacy.find import privacy, spans
from meritorder.signals.privacy.forms.checks import iban, luhn
from meritorder.signals.privacy.kinds import LEVELS, UNCHECKED
from tests.properties.plants import cards, ibans, planted

LONGEST = 200_000
MEGABYTE = 1_000_000

some = settings(max_examples=300, deadline=None)
shards = st.sampled_from(
    (
        "lorem ipsum ",
        "\n",
        "x",
        "0",
        "00",
        "12 ",
        "a@",
        "@",
        "-----BEGIN ",
        "a" * 20,
        "A" * 23 + ".",
        "sk-",
        "é你 ",
        "+1 ",
    )
)
words = st.sampled_from(
    (
        "Dear",
        "Priya",
        "Nair",
        "Mr.",
        "my",
        "has",
        "diabetes",
        "salary",
        "€4,000",
        "confidential",
        "Street",
        "12",
        "Name:",
        "password",
        "=",
    )
)
fillers = st.lists(shards | st.text(max_size=20), min_size=1, max_size=6).map("".join).filter(bool)


def count(kind: str, text: str) -> int:
    spans = privacy(text.encode("utf-8", "surrogatepass")).spans
    return sum(span.count for span in spans if span.kind == kind)


def around(filler: str, before: int, after: int, middle: str) -> str:
    """`middle` on a line of its own in text that repeats `filler`."""
    longest = max(before, after)
    long = filler * (longest // len(filler) + 1)
    return f"{long[:before]}\n{middle}\n{long[:after]}"


@some
@given(planted, fillers, st.integers(0, LONGEST), st.integers(0, 500))
def test_private_text_is_found_wherever_it_stands(plant: tuple[str, str], filler: str, before: int, after: int):
    kind, secret = plant
    without = count(kind, around(filler, before, after, ""))
    assert count(kind, around(filler, before, after, secret)) == without + 1


@some
@given(planted, shards, st.integers(0, 200), st.integers(0, 200))
def test_private_text_is_found_at_every_distance_from_what_looks_like_it(
    plant: tuple[str, str], shard: str, before: int, after: int
):
    kind, secret = plant
    without = count(kind, around(shard, before, after, ""))
    assert count(kind, around(shard, before, after, secret)) == without + 1


@some
@given(st.lists(planted, min_size=2, max_size=8), st.integers(0, 100))
def test_all_that_is_planted_is_found(plants: list[tuple[str, str]], apart: int):
    text = ("\n" + " " * apart).join(secret for _, secret in plants)
    for kind in {kind for kind, _ in plants}:
        assert count(kind, text) >= sum(kind == each for each, _ in plants)


@some
@given(st.binary(max_size=400) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_nothing_that_can_be_sent_makes_it_fail(text: bytes):
    found = spans(text)
    assert all(0 <= span.start < span.end <= len(text) for span in found)
    assert {span.kind for span in found} <= set(LEVELS)
    assert found == sorted(found, key=lambda span: span.start)


@some
@given(st.lists(planted.map(lambda plant: plant[1]) | shards | words, max_size=30).map(" ".join))
def test_spans_are_in_order_and_do_not_overlap(text: str):
    found = [span for span in spans(text.encode()) if span.kind != UNCHECKED]
    assert all(one.end <= other.start for one, other in pairwise(found))


@some
@given(cards(), st.integers(1, 9))
def test_a_number_whose_check_digit_is_wrong_is_no_card(card: str, off: int):
    wrong = card[:-1] + str((int(card[-1]) + off) % 10)
    assert luhn(card.encode())
    assert not luhn(wrong.encode())
    assert count("payment_card", f"see {wrong}.") == 0


@some
@given(cards(), st.data())
def test_a_card_with_one_wrong_digit_is_no_card(card: str, data: st.DataObject):
    place = data.draw(st.integers(1, len(card) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != card[place])
    assert not luhn(f"{card[:place]}{digit}{card[place + 1 :]}".encode())


@some
@given(ibans(), st.integers(1, 95))
def test_a_number_whose_check_digits_are_wrong_is_no_bank_account(number: str, off: int):
    wrong = f"{number[:2]}{(int(number[2:4]) - 2 + off) % 97 + 2:02d}{number[4:]}"
    assert iban(number.encode())
    assert not iban(wrong.encode())
    assert count("iban", f"see {wrong}.") == 0


@pytest.mark.parametrize(
    "prefix",
    [
        "a@",
        "a@a",
        "a" * 40,
        "a" * 40 + "@" + "a" * 40,
        "@",
        "0",
        "00 ",
        "4111111111111111 ",
        "4111 1111 1111 1112 ",
        "4111 1111 1111 111",
        "2",
        "123-45-6789 ",
        "123-45-",
        "DE",
        "DE89",
        "DE89 3704 0044 0532 0130 00 ",
        "AA00 AAAA ",
        "+",
        "+1",
        "+111111111111111",
        "+1 (1) 11 11 11 11",
        "(415) 555-0132 ",
        "(415",
        "sk-",
        "sk-ant-",
        "sk-aaaaaaaaaaaaaaaaaaa ",
        "AKIA",
        "ghp_",
        "github_pat_",
        "xoxb-",
        "AIza",
        "glpat-",
        "eyJ",
        "-eyJ",
        "-eyJaaaaaaaaaa",
        "eyJaaaaaaaaaa.",
        "-----BEGIN ",
        "-----BEGIN A",
        "-",
        "a",
        "_",
        " ",
        "é",
        "\n",
        "A",
        "Anna ",
        "Anna Kowalczyk, ",
        "Mr. A",
        "Dear A",
        "regards,\n",
        "my name is ",
        "Name: ",
        "name=",
        "Patient: Anna ",
        "1 A Street ",
        "Street ",
        "straße 1 ",
        "Calle A ",
        "Address: 1 ",
        "I have diabetes ",
        "diabetes ",
        "Diagnosis: ",
        "salary ",
        "salary €1 ",
        "my salary 1 ",
        "name;salary\n",
        "name;salary 1\n",
        "she earns an an a a ",
        "my chronic chronic asthma ",
        "Mr A. signed off ",
        "xitis aitis ",
        "我高血压",
        "我月薪3",
        "confidential ",
        "proprietary ",
        "all rights reserved",
        "password ",
        "password=",
        "token=",
        "Bearer ",
        "://a:b@",
        "passport ",
        "passport A1234567 ",
        "P<",
        "1.1.1.1 ",
        "10.20.30.40 ",
        "1:1:",
        "aa:",
        "a1:b2:c3:d4:e5:f6 ",
        "mac ",
        "call me ",
        "phone 1",
        "12345678A ",
        "999 999 9999 ",
        "wallet ",
        "路1",
        "姓名",
    ],
)
def test_a_megabyte_of_what_only_begins_like_private_text_is_read_to_its_end(prefix: str):
    text = (prefix * (MEGABYTE // len(prefix) + 1))[:MEGABYTE]
    whole = text + " ada@example.com"
    assert count("email", whole) >= 1 or count(UNCHECKED, whole) >= 1
