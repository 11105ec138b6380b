"""What a caller says of itself and of its request, which nobody vouches for."""

from typing import Literal, TypeAlias, get_args

from msgspec import Struct

from meritorder.types.units import Milliseconds, NanoUSD

PrivacyClass: TypeAlias = Literal["public", "internal", "personal", "sensitive", "secret"]
PRIVACY_CLASSES: tuple[PrivacyClass, ...] = get_args(PrivacyClass)
"""From least to most private."""


class Hints(Struct, frozen=True, omit_defaults=True):
    """What the caller says of its own request; zero and empty where it said nothing.

    A hint is recorded, and the data class may make privacy stricter; nothing is granted on the strength of one.
    """

    deadline: Milliseconds = 0
    value: NanoUSD = 0
    failure_cost: NanoUSD = 0
    data_class: PrivacyClass = "public"
    repository: str = ""


class Caller(Struct, frozen=True):
    """The program that asks: its user agent, the name of its session, its hints. Empty where it said nothing."""

    user_agent: str = ""
    session: str = ""
    hints: Hints = Hints()
