"""What a caller says of itself and of its request, in headers or in the body's metadata: read, checked, not trusted."""

from collections.abc import Callable, Mapping
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

from meritorder.config.amounts import Misfit, duration, money
from meritorder.errors import RequestError
from meritorder.types.caller import PRIVACY_CLASSES, Caller, Hints, PrivacyClass
from meritorder.types.workload import NO_HINTS

_HEADER, _FIELD = b"x-meritorder-", "meritorder_"
_LONGEST = 200
"""Characters of a repository's or a session's name."""

_SESSIONS = (b"x-meritorder-session", b"x-session-id", b"session_id", b"session-id", b"x-claude-code-session-id")
"""Headers in which clients name their session, ours first."""

_NAMING = frozenset(_SESSIONS)

_METADATA = msgspec.json.Decoder(dict[str, str])

T = TypeVar("T")


class _Said(Struct, frozen=True):
    """One hint as it was given, and where."""

    text: str
    where: str


def caller(headers: Mapping[bytes, bytes], fields: Mapping[str, Raw]) -> Caller:
    """The caller of a request with these headers (names in lower case) and body fields.

    A hint is a header `x-meritorder-deadline`, `-value`, `-failure-cost`, `-data-class` or `-repository`, or in the
    body's `metadata` the same with underscores and without `x-`: `meritorder_deadline`. A header goes before. Raises
    RequestError for a hint that cannot be read.
    """
    said = _from_headers(headers)
    if "metadata" in fields:
        said = _from_metadata(fields) | said
    user_agent = headers.get(b"user-agent", b"").decode("latin-1")[:_LONGEST]
    named = _NAMING.intersection(headers)
    session = headers[min(named, key=_SESSIONS.index)].decode("latin-1") if named else ""
    if not session and "prompt_cache_key" in fields:
        session = _string(fields["prompt_cache_key"])
    return Caller(user_agent, session[:_LONGEST], _hints(said) if said else NO_HINTS)


def _hints(said: Mapping[str, _Said]) -> Hints:
    return Hints(
        _read(said, "deadline", duration, 0),
        _read(said, "value", money, 0),
        _read(said, "failure-cost", money, 0),
        _read(said, "data-class", _data_class, "public"),
        _read(said, "repository", _name, ""),
    )


def _read(said: Mapping[str, _Said], name: str, read: Callable[[str], T], default: T) -> T:
    if name not in said:
        return default
    try:
        return read(said[name].text)
    except Misfit as misfit:
        where = said[name].where
        raise RequestError(f"`{where}` {misfit}", code="invalid_value", param=where) from misfit


def _from_headers(headers: Mapping[bytes, bytes]) -> dict[str, _Said]:
    return {
        name.removeprefix(_HEADER).decode("latin-1"): _Said(value.decode("latin-1"), name.decode("latin-1"))
        for name, value in headers.items()
        if name.startswith(_HEADER)
    }


def _from_metadata(fields: Mapping[str, Raw]) -> dict[str, _Said]:
    return {
        name.removeprefix(_FIELD).replace("_", "-"): _Said(value, f"metadata.{name}")
        for name, value in _metadata(fields).items()
        if name.startswith(_FIELD)
    }


def _metadata(fields: Mapping[str, Raw]) -> Mapping[str, str]:
    """The body's metadata where it is made of texts; else it has no hints, and is the upstream's business."""
    try:
        return _METADATA.decode(fields["metadata"])
    except msgspec.ValidationError:
        return {}


def _string(raw: Raw) -> str:
    try:
        return msgspec.json.decode(raw, type=str)
    except msgspec.ValidationError:
        return ""


def _data_class(given: str) -> PrivacyClass:
    for known in PRIVACY_CLASSES:
        if given.lower() == known:
            return known
    raise Misfit("C-026", f"must be one of {', '.join(PRIVACY_CLASSES)}")


def _name(given: str) -> str:
    return given[:_LONGEST]
