"""What a document compiles to: one immutable value that the engine takes up by one assignment."""

from hashlib import sha256

from msgspec import Struct

from meritorder.config.diagnose import Diagnostic
from meritorder.providers.connection import Connection
from meritorder.types.request import Principal
from meritorder.types.snapshot import Generation

GATEWAY_ACCOUNT = "gateway"


class Configuration(Struct, frozen=True):
    """A compiled document. `connections` are by endpoint label.

    `principals` are by the SHA-256 digest of their secret; where there are none, the gateway is open.
    `diagnostics` holds the warnings.
    """

    generation: Generation
    connections: dict[str, Connection]
    principals: dict[bytes, Principal]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def is_open(self) -> bool:
        """Whether anybody may ask, since the document names no keys."""
        return not self.principals

    def admit(self, secret: str) -> Principal | None:
        """Who presents this secret; everybody is `anyone` where the gateway is open, `None` is a stranger."""
        if self.is_open:
            return Principal("anyone", (GATEWAY_ACCOUNT,))
        return self.principals.get(sha256(secret.encode("utf-8", "surrogatepass")).digest())
