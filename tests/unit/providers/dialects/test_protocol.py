import inspect

import pytest

from meritorder.providers.dialects import DIALECTS
from meritorder.providers.dialects.protocol import StreamReader, WireDialect
from meritorder.types.request import Dialect
from tests.unit.providers.dialects.chat import ask


def methods(kind: type) -> dict[str, inspect.Signature]:
    found = inspect.getmembers(kind, inspect.isfunction)
    return {name: inspect.signature(method) for name, method in found if not name.startswith("_")}


def satisfies(value: object, protocol: type) -> bool:
    """Every method of the protocol is there and takes the same arguments."""
    own = methods(type(value))
    return all(
        name in own and list(own[name].parameters) == list(signature.parameters)
        for name, signature in methods(protocol).items()
    )


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_is_a_wire_dialect(name: Dialect):
    assert satisfies(DIALECTS[name], WireDialect)


@pytest.mark.parametrize("name", DIALECTS)
def test_a_dialect_reads_streams_with_a_stream_reader(name: Dialect):
    assert satisfies(DIALECTS[name].stream(ask(stream=True), evidence=False), StreamReader)


def test_nothing_else_is_one():
    assert not satisfies(object(), StreamReader)
