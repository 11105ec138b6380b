"""Capability paths: a program with its steps bound to endpoints."""

from typing import Literal, TypeAlias

from msgspec import Struct

ProgramName: TypeAlias = Literal["answer", "escalate"]


class CapabilityPath(Struct, frozen=True):
    """A program and the endpoints (labels) it is bound to, in the order in which its steps use them."""

    name: str
    program: ProgramName
    endpoints: tuple[str, ...]
