"""How to reach one endpoint: address, secret, patience."""

from msgspec import Struct

from meritorder.types.units import Milliseconds


class Connection(Struct, frozen=True):
    """Where an endpoint listens and how long to wait for it. `embedded` names the model that we run ourselves.

    `total` bounds a whole call, `first_token` the wait for the first token of a stream, `idle` the gaps after.
    `gather` asks for whole answers as streams: for servers that else go on generating for a client that left.
    """

    base_url: str
    key: str
    embedded: str
    connect: Milliseconds
    first_token: Milliseconds
    idle: Milliseconds
    total: Milliseconds
    gather: bool

    def __repr__(self) -> str:
        """Everything but the secret."""
        return f"Connection({self.embedded or self.base_url})"
