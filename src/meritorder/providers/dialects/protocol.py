"""What a dialect does: it turns a request into a call, and what comes back into values.

The client's dialect is OpenAI's chat completions. A dialect gives back bodies and stream events in that
form; where the upstream speaks it already, the upstream's own bytes.
"""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct

from meritorder.errors import UpstreamError
from meritorder.types.outcome import Usage
from meritorder.types.request import Request


class Call(Struct, frozen=True):
    """One HTTP POST: path below the endpoint's base URL, headers (lower case), body."""

    path: str
    headers: dict[str, str]
    body: bytes


class Answer(Struct, frozen=True):
    """A whole answer. `body` is for the client; `logprobs` are those of the generated tokens, if any.

    `usage` is None where the upstream did not say or said something impossible; `output_bytes` is the
    length of the generated text and tool arguments, from which a missing usage is metered.
    """

    body: bytes
    usage: Usage | None
    logprobs: tuple[float, ...]
    output_bytes: int


class Event(Struct, frozen=True):
    """What one read of a stream brought: complete server-sent events for the client (may be empty).

    `content` is true when it carries a part of the answer: what must not be retried elsewhere once sent.
    `tokens` is the number of tokens that it must have taken at least (one for each content event), `size`
    the length of what was generated: some servers put many tokens into one event.
    """

    data: bytes
    content: bool
    tokens: int
    usage: Usage | None
    logprobs: tuple[float, ...]
    done: bool
    size: int = 0


class StreamReader(Protocol):
    """A state machine over one stream. Splitting the input anywhere changes nothing but the grouping."""

    def feed(self, data: bytes) -> Event:
        """Take what arrived. Raises UpstreamError on garbage or on an error inside the stream."""
        ...

    def end(self) -> None:
        """The upstream closed the stream. Raises UpstreamError(code="upstream_cut") if that was too early."""
        ...


class WireDialect(Protocol):
    """One upstream dialect. `evidence` asks for log-probabilities, which the client then does not see
    unless it asked for them itself.
    """

    def call(self, request: Request, upstream_model: str, key: str, *, evidence: bool) -> Call:
        """The call that puts `request` to the upstream's model; usage is always asked for."""
        ...

    def answer(self, request: Request, body: bytes, *, evidence: bool) -> Answer:
        """Read a whole reply. Raises UpstreamError on garbage or on an error inside a 200."""
        ...

    def stream(self, request: Request, *, evidence: bool) -> StreamReader:
        """A reader for the reply to a streaming request."""
        ...

    def fault(self, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
        """What a reply with an error status means, and whether another endpoint may do better."""
        ...
