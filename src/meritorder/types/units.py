"""Integer units and how a person reads them.

Money is counted in nano-dollars, time in milliseconds, prices in nano-dollars per million tokens.
"""

from functools import lru_cache
from typing import TypeAlias

NanoUSD: TypeAlias = int
Milliseconds: TypeAlias = int
Tokens: TypeAlias = int

NANO: NanoUSD = 1_000_000_000
MILLION = 1_000_000


def cost(tokens: Tokens, per_million: NanoUSD) -> NanoUSD:
    """Nano-dollars for `tokens` at a price per million tokens, rounded up: never less than what is owed."""
    return -(-tokens * per_million // MILLION)


@lru_cache(maxsize=4096)
def dollars(amount: NanoUSD) -> str:
    """`1_234_000` → `$0.001234`: exact, without trailing zeros, at least two decimals."""
    digits = f"{abs(amount):010d}"
    decimals = digits[-9:].rstrip("0").ljust(2, "0")
    return f"{'-' if amount < 0 else ''}${digits[:-9]}.{decimals}"


def seconds(duration: Milliseconds) -> str:
    """`1500` → `1.5 s`, `40` → `40 ms`."""
    return f"{duration} ms" if duration < 1000 else f"{duration / 1000:.1f} s"
