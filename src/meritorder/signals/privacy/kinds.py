"""The kinds of private text, and what each makes of the text that it stands in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeAlias

from msgspec import Struct

from meritorder.types.caller import PrivacyClass

LEVELS: Mapping[str, PrivacyClass] = {
    "private_key": "secret",
    "credential": "secret",
    "email": "personal",
    "iban": "sensitive",
    "payment_card": "sensitive",
    "national_id": "sensitive",
    "passport": "sensitive",
    "mac_address": "personal",
    "ip_address": "personal",
    "phone": "personal",
    "address": "personal",
    "name": "personal",
    "confidential": "sensitive",
    "health": "sensitive",
    "payroll": "sensitive",
    "proprietary": "internal",
    "more than can be checked": "secret",
}
"""The class of each kind. Where two kinds claim the same words, the one that stands first here has them."""

UNCHECKED = "more than can be checked"
WORDING = frozenset(("confidential", "health", "payroll", "proprietary"))
"""Kinds that are told by their wording: they give way to what stands in their midst, and keep the rest."""


class Span(Struct, frozen=True):
    """Private text of one kind: from where to where it goes in the bytes that were read."""

    kind: str
    start: int
    end: int


DIGITS = ("digits", "identities", "machines", "postcodes")
"""Passes for patterns with digits in them; a text that has at most a year is spared them."""

Reader: TypeAlias = "Callable[[bytes, Sequence[int]], Iterator[Span]]"
"""Finds the spans around places of a text; the places ascend."""


class Anchor(Struct, frozen=True):
    """What is looked for in one pass over the text, in Hyperscan's syntax.

    Where it ends, less `back` bytes, is a place for the reader that is registered under `name`. Patterns that begin
    with a literal share one pass; the others are cheaper in a pass of their own with those that are like them, `along`.
    What `along` is in `DIGITS` has digits in it.
    """

    name: str
    pattern: bytes
    back: int = 0
    along: str = "literals"


def regions(places: Sequence[int], before: int, after: int) -> Iterator[tuple[int, int]]:
    """Where to look: the surroundings of each place (they ascend), those that overlap joined into one."""
    start, end = max(0, places[0] - before), places[0] + after
    for place in places:
        if place > end + before:
            yield start, end
            start = place - before
        end = place + after
    yield start, end
