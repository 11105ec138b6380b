"""The vocabulary of path programs: steps that are asked for, results that come back, how a program ends."""

from collections.abc import Generator
from typing import TypeAlias

from msgspec import Struct


class Generate(Struct, frozen=True):
    """Have the endpoint answer the request.

    `evidence` asks for token log-probabilities. `forward` declares that the program will keep whatever
    comes, so that chunks may go to the client as they arrive.
    """

    endpoint: str
    evidence: bool
    forward: bool


class Generated(Struct, frozen=True):
    """An answer, as far as a program may look at it. `logprobs` is empty where none came back."""

    endpoint: str
    logprobs: tuple[float, ...]


class Kept(Struct, frozen=True):
    """How a program ends: the answer of the step at `step` (from 0) is the reply.

    `confidence` is P(right) as read from the first answer, -1 where the program did not look.
    """

    step: int
    confidence: float = -1.0


Program: TypeAlias = Generator[Generate, Generated, Kept]
