"""What was learned, as the signals use it; where it comes from is not their concern."""

from collections.abc import Callable
from typing import TypeAlias

from msgspec import Struct

from meritorder.signals.language import LanguageIdentifier
from meritorder.signals.learned.heads import Embedding, Heads
from meritorder.signals.learned.length import Lengths

Embed: TypeAlias = Callable[[str], Embedding]
"""Gives a text's embedding, in some ten milliseconds."""


class Recognisers(Struct, frozen=True):
    """An identifier of languages, the heads, how long answers are, and a model of meaning where one is installed."""

    identify: LanguageIdentifier
    heads: Heads
    lengths: Lengths
    embed: Embed | None = None
