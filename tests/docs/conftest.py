"""A real gateway for the examples in the documentation, as a reader would start it."""

import pytest

from tests.gateway import Gateway, surroundings


@pytest.fixture(scope="session")
def reader() -> dict[str, str]:
    """The environment of a reader's shell."""
    return surroundings()


@pytest.fixture(scope="session")
def gateway(first_gateway: Gateway) -> str:
    """The address of a gateway with the configuration that `meritorder init` writes."""
    return first_gateway.url
