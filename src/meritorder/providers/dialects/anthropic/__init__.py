"""Anthropic's messages upstream, for a client that speaks OpenAI's chat completions."""

from collections.abc import Mapping

from meritorder.errors import UpstreamError
from meritorder.providers.dialects.anthropic.answer import answer
from meritorder.providers.dialects.anthropic.request import CARRIED, DEFAULT_MAX_TOKENS, body
from meritorder.providers.dialects.anthropic.stream import Reader
from meritorder.providers.dialects.faults import complaint, upstream_fault
from meritorder.providers.dialects.protocol import Answer, Call
from meritorder.types.request import Request

__all__ = ["CARRIED", "DEFAULT_MAX_TOKENS", "VERSION", "AnthropicDialect"]

VERSION = "2023-06-01"
"""Every call names the version of the API that it speaks. The next one takes no temperature and no top_p."""


class AnthropicDialect:
    """The messages API, as Anthropic and llama.cpp serve it. It has no log-probabilities to give."""

    def call(self, request: Request, upstream_model: str, key: str, *, evidence: bool) -> Call:
        """The call, without a key where the endpoint has none."""
        del evidence
        headers = {"content-type": "application/json", "anthropic-version": VERSION}
        if key:
            headers["x-api-key"] = key
        return Call("/messages", headers, body(request, upstream_model))

    def answer(self, request: Request, body: bytes, *, evidence: bool) -> Answer:
        """Read a whole reply into a chat completion."""
        del evidence
        return answer(request, body)

    def stream(self, request: Request, *, evidence: bool) -> Reader:
        """A reader for the reply to a streaming request."""
        del evidence
        return Reader(request)

    def fault(self, status: int, headers: Mapping[str, str], body: bytes) -> UpstreamError:
        """What a reply with an error status means."""
        said = complaint(body)
        return upstream_fault(status, headers, said.message, said.code)
