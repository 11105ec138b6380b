"""Everything a decision reads beside the workload, frozen at one instant."""

from msgspec import Struct

from meritorder.types.ledger import Balance, Cap
from meritorder.types.path import CapabilityPath
from meritorder.types.policy import Objective, Rule
from meritorder.types.pool import Endpoint, EndpointState, Model
from meritorder.types.units import Milliseconds


class VirtualModel(Struct, frozen=True):
    """A name that clients may ask for: which models it may become, and for which objective."""

    name: str
    models: frozenset[str]
    objective: Objective


class Generation(Struct, frozen=True):
    """A compiled configuration. `digest` names its content: equal digests decide alike."""

    digest: str
    models: dict[str, Model]
    endpoints: dict[str, Endpoint]
    paths: tuple[CapabilityPath, ...]
    virtual: dict[str, VirtualModel]
    rules: tuple[Rule, ...]
    caps: dict[str, Cap]


class View(Struct, frozen=True):
    """The moving part of a snapshot: what a Record keeps beside the name of the generation.

    `tried` are the endpoints that already failed this request.
    """

    principal: str
    states: dict[str, EndpointState]
    balances: tuple[Balance, ...]
    tried: frozenset[str]
    now: Milliseconds
    seed: int


class Snapshot(Struct, frozen=True):
    """One instant of the world, as `decide` sees it."""

    generation: Generation
    view: View
