from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from meritorder.engine.ids import ascending
from tests.builders import NOW


def test_numbers_ascend_and_none_comes_twice_in_one_millisecond():
    fresh = ascending(lambda: NOW)
    numbers = [fresh() for _ in range(10_000)]
    assert numbers == sorted(set(numbers))


@given(st.lists(st.integers(0, 2 * NOW), min_size=1, max_size=50))
def test_numbers_ascend_whatever_the_clock_does(times: list[int]):
    clock: Iterator[int] = iter(times)
    fresh = ascending(lambda: next(clock))
    numbers = [fresh() for _ in times]
    assert numbers == sorted(set(numbers))


def test_a_number_tells_its_time_and_fits_a_signed_64_bit_integer():
    number = ascending(lambda: NOW)()
    assert number >> 22 == NOW
    assert 0 < number < 2**63


def test_two_processes_that_begin_in_one_millisecond_differ():
    assert len({ascending(lambda: NOW)() for _ in range(50)}) > 45
