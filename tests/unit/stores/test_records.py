from pathlib import Path

import pytest

from meritorder.errors import StoreError
from meritorder.stores.records import Records
from tests.builders import NOW
from tests.unit.stores.recorded import a_named_generation, a_record, a_refused_record, kept


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "records.db"


def spent(file: Path, account: str, since: int = 0) -> int:
    records = Records(file)
    found = records.spent(account, since)
    records.close()
    return found


def found(file: Path, name: str) -> list[int]:
    """The seeds of what is found, from which the ids are made."""
    records = Records(file)
    seeds = [record.view.seed for record in records.find(name)]
    records.close()
    return seeds


def test_a_record_comes_back_as_it_was(file: Path):
    written = [a_record(1), a_record(2, failed=True), a_refused_record(3)]
    records = Records(kept(file, *written))
    assert records.latest(10) == written[::-1]
    records.close()


def test_the_latest_come_first_and_no_more_than_asked_for(file: Path):
    records = Records(kept(file, *(a_record(number) for number in (1, 2, 3, 4))))
    assert [record.view.seed for record in records.latest(2)] == [4, 3]
    records.close()


def test_a_record_is_found_by_either_of_its_names_or_their_beginnings(file: Path):
    kept(file, a_record(0xABC1, request="req_a"), a_record(0xABC2, request="req_a"), a_record(0xDEF, request="req_b"))
    assert found(file, "req_a") == [0xABC1, 0xABC2]
    assert found(file, "dec_000000000000abc1") == [0xABC1]
    assert found(file, "dec_000000000000abc") == [0xABC1, 0xABC2]
    assert found(file, "req") == [0xDEF, 0xABC1, 0xABC2]
    assert found(file, "nothing") == []


@pytest.mark.parametrize("name", ["%", "_", "dec%", "d_c", "\\", "' or 1=1 --", "req\\_a"])
def test_a_name_is_no_pattern(file: Path, name: str):
    kept(file, a_record(1, request="req_a"))
    assert found(file, name) == []


def test_a_generation_comes_back_as_it_was(file: Path):
    generation = a_named_generation("feedc0ffee12")
    records = Records(kept(file, generation, generation))
    assert records.generation("feedc0ffee12") == generation
    assert records.generation("000000000000") is None
    records.close()


def test_what_was_spent_is_the_sum_of_what_was_posted_on_the_account(file: Path):
    kept(file, a_record(1, posted=5), a_record(2, posted=7, failed=True), a_record(3, posted=9, accounts=("gateway",)))
    assert spent(file, "gateway") == 21
    assert spent(file, "key:ada") == 12
    assert spent(file, "key:bob") == 0


def test_only_what_was_settled_since_then_counts(file: Path):
    kept(file, a_record(1, posted=1, now=NOW), a_record(2, posted=2, now=NOW + 100, duration=10))
    assert spent(file, "gateway", NOW + 5) == 3
    assert spent(file, "gateway", NOW + 6) == 2
    assert spent(file, "gateway", NOW + 110) == 2
    assert spent(file, "gateway", NOW + 111) == 0


def test_a_refusal_spent_nothing(file: Path):
    kept(file, a_refused_record(1))
    assert spent(file, "gateway") == 0


@pytest.mark.parametrize(
    ("account", "other"),
    [
        ("key:ada", "key:ada2"),
        ("key:ada", "key:a"),
        ("key:ada", "ada"),
        ("key:Ada", "key:ada"),
        ("key:team_a", "key:teamXa"),
        ("key:a.b", "key:a+b"),
    ],
)
def test_accounts_whose_names_are_alike_are_not_confused(file: Path, account: str, other: str):
    kept(file, a_record(1, posted=5, accounts=("gateway", account)))
    assert spent(file, account) == 5
    assert spent(file, other) == 0
    kept(file, a_record(2, posted=7, accounts=("gateway", other)))
    assert (spent(file, account), spent(file, other)) == (5, 7)


def test_reading_what_was_never_written_is_an_error_that_says_so(file: Path):
    with pytest.raises(StoreError) as caught:
        Records(file)
    assert caught.value.code == "no_records"
    assert str(file) in str(caught.value)
    assert not file.exists()


def test_a_reader_does_not_write(file: Path):
    records = Records(kept(file, a_record(1)))
    with pytest.raises(Exception, match="readonly"):
        records._database.execute("delete from records")
    records.close()
