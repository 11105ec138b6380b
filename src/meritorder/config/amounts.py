"""How amounts are written in the document: money, durations, references to secrets.

Every function takes what YAML gave and raises `Misfit` where that is not what the setting takes.
"""

import re
from decimal import Decimal
from urllib.parse import urlsplit

from meritorder.config.diagnose import word
from meritorder.types.units import NANO, Milliseconds, NanoUSD

DEAREST: NanoUSD = 1_000_000_000 * NANO
"""A billion dollars; sums of several still fit the 64-bit integers that a store keeps."""
LONGEST: Milliseconds = 7 * 24 * 3_600_000

_MONEY = re.compile(r"\$([0-9]{1,12}(?:\.[0-9]{1,30})?)")
_DURATION = re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,12})?) ?(ms|s|m|h)")
_MS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000}
_SURELY_MS = 100
_BARE = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,9})?")
_REFERENCE = re.compile(r"env:[A-Za-z_][A-Za-z0-9_]{0,200}|file:[^\s\x00].{0,1000}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/+-]{0,127}")


class Misfit(ValueError):
    """A value that its setting cannot take. `str(misfit)` continues the sentence "the setting …"."""

    def __init__(self, code: str, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.mend = mend


def money(value: object) -> NanoUSD:
    """`$0.25` → nano-dollars, exactly."""
    text = str(value).strip()
    found = _MONEY.fullmatch(text)
    if found is None:
        raise _not_money(value, text)
    nano = Decimal(found[1]) * NANO
    if nano != int(nano):
        raise Misfit("C-023", f"is finer than a nano-dollar: {word(text)}", "nine decimals are the most")
    if nano > DEAREST:
        raise Misfit("C-022", f"is more than a billion dollars: {word(text)}")
    return int(nano)


def _not_money(value: object, text: str) -> Misfit:
    if re.fullmatch(r"-\$?[0-9.]+|\$-[0-9.]+", text):
        return Misfit("C-022", f"must not be negative: {word(text)}")
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    bare = text.removesuffix("USD").strip().replace(",", "").removeprefix("$")
    mend = f"write {word('$' + bare)}" if _BARE.fullmatch(bare) else "write dollars, like `$0.25`"
    return Misfit("C-023", f"needs its unit: {word(text)}" if is_number else f"is not money: {seen(value)}", mend)


def duration(value: object) -> Milliseconds:
    """`500ms`, `5s`, `10m`, `2h` → milliseconds, exactly."""
    text = str(value).strip()
    found = _DURATION.fullmatch(text)
    if found is None:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        said = f"needs its unit: {word(text)}" if is_number else f"is not a duration: {seen(value)}"
        mend = "write `500ms`, `5s`, `10m` or `2h`"
        if _BARE.fullmatch(text):
            # Nobody waits for minutes and writes them in seconds: a large number was meant in milliseconds.
            mend = f"write {word(text + ('ms' if float(text) >= _SURELY_MS else 's'))}"
        raise Misfit("C-024", said, mend)
    length = Decimal(found[1]) * _MS[found[2]]
    if length != int(length):
        raise Misfit("C-024", f"is finer than a millisecond: {word(text)}")
    if length > LONGEST:
        raise Misfit("C-022", f"is longer than seven days: {word(text)}")
    return int(length)


def positive_duration(value: object) -> Milliseconds:
    """A duration that is not zero."""
    length = duration(value)
    if length == 0:
        raise Misfit("C-022", "must be longer than zero")
    return length


def reference(value: object) -> str:
    """`env:NAME` or `file:PATH`. What was written is never repeated: it may be the secret itself."""
    if isinstance(value, str) and is_reference(value):
        return value
    mend = "put the secret in a variable or a file, and write `env:NAME` or `file:PATH`"
    if isinstance(value, str) and value.startswith("$"):
        mend = "write `env:NAME` for a variable"
    raise Misfit("C-025", "must say where the secret is, not what it is", mend)


def is_reference(text: str) -> bool:
    """Whether it says where a secret is."""
    return _REFERENCE.fullmatch(text) is not None


def address(value: object) -> str:
    """The base URL of a model's server, without a trailing slash."""
    mend = "write something like `https://api.example.com/v1`"
    if not isinstance(value, str):
        raise Misfit("C-027", f"is not an address: {seen(value)}", mend)
    try:
        parts = urlsplit(value)
        port, host = parts.port, parts.hostname
    except ValueError as error:
        raise Misfit("C-027", f"is not an address: {word(value)}", mend) from error
    if parts.username is not None or parts.password is not None:
        raise Misfit("C-025", "must not carry a user or password", "put the secret into `key`, by reference")
    if parts.scheme not in {"http", "https"}:
        raise Misfit("C-027", f"must begin with `http://` or `https://`: {word(value)}", mend)
    if not host or port == 0 or any(each.isspace() or not each.isprintable() for each in value):
        raise Misfit(
            "C-027", f"names no host: {word(value)}" if not host else f"is not an address: {word(value)}", mend
        )
    if parts.query or parts.fragment:
        raise Misfit("C-027", f"must not have a query or fragment: {word(value)}", mend)
    return value.rstrip("/")


def name(value: object) -> str:
    """A name of the document's own: of a model, an endpoint, a key."""
    if isinstance(value, str) and _NAME.fullmatch(value):
        return value
    mend = "begin with a letter or digit; go on with those, and any of `. _ : / + -`"
    raise Misfit("C-030", f"{word(value)} cannot be a name", mend)


def title(value: object) -> object:
    """The name of a rule: any text that fits into a line of a log or a header."""
    if isinstance(value, str) and value and not value.isprintable():
        raise Misfit("C-030", f"must be one printable line: {word(value)}")
    return value


def seen(value: object) -> str:
    """What kind of thing was found, or the text itself."""
    match value:
        case None:
            return "it has no value"
        case bool() | int() | float() | str():
            return word(str(value).lower() if isinstance(value, bool) else value)
        case list():
            return "it is a list"
        case _:
            return "it holds settings"
