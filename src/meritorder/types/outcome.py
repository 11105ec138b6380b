"""How a request ended: what each step used and cost, and what was settled."""

from typing import Literal, TypeAlias

from msgspec import Struct

from meritorder.types.ledger import Settlement
from meritorder.types.units import Milliseconds, NanoUSD, Tokens

UsageBasis: TypeAlias = Literal["reported", "metered", "bounded"]
"""`reported` by the upstream; `metered` from the chunks that passed; `bounded` from the time that passed."""


class Usage(Struct, frozen=True):
    """Tokens of one step. `cached` prompt tokens are included in `prompt`."""

    prompt: Tokens
    cached: Tokens
    output: Tokens
    basis: UsageBasis


NOTHING_USED = Usage(0, 0, 0, "reported")


class StepReport(Struct, frozen=True):
    """What one step did. `confidence` is P(right) read from the answer, -1 where none was read."""

    endpoint: str
    usage: Usage
    money: NanoUSD
    first_token: Milliseconds
    duration: Milliseconds
    confidence: float
    fault: str


class Completed(Struct, frozen=True, tag="completed"):
    """The client has the whole answer."""

    steps: tuple[StepReport, ...]
    settlement: Settlement
    answered_by: str
    duration: Milliseconds


class Failed(Struct, frozen=True, tag="failed"):
    """An upstream or a limit ended it; `fault` is the error's code, `because` its sentence."""

    steps: tuple[StepReport, ...]
    settlement: Settlement
    fault: str
    because: str
    duration: Milliseconds


class Abandoned(Struct, frozen=True, tag="abandoned"):
    """The client left before the end."""

    steps: tuple[StepReport, ...]
    settlement: Settlement
    duration: Milliseconds


class NotRun(Struct, frozen=True, tag="not_run"):
    """It was refused: nothing ran and nothing was held."""


Outcome: TypeAlias = Completed | Failed | Abandoned | NotRun
