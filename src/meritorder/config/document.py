"""The document's sections as they are written: which settings there are, of what kind, with which defaults.

Each section is checked by itself, so that a slip in one hides nothing in another. What refers to what is
checked in `check`.
"""

from typing import Annotated, Any, Literal, TypeAlias

from msgspec import Struct
from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag

from meritorder.config import amounts
from meritorder.types.caller import PrivacyClass
from meritorder.types.ledger import Window
from meritorder.types.path import ProgramName
from meritorder.types.pool import Zone
from meritorder.types.request import Ability, Dialect
from meritorder.types.units import Milliseconds, NanoUSD
from meritorder.types.workload import Intent

Money: TypeAlias = Annotated[NanoUSD, BeforeValidator(amounts.money)]
Duration: TypeAlias = Annotated[Milliseconds, BeforeValidator(amounts.duration)]
PositiveDuration: TypeAlias = Annotated[Milliseconds, BeforeValidator(amounts.positive_duration)]
Reference: TypeAlias = Annotated[str, BeforeValidator(amounts.reference)]
Address: TypeAlias = Annotated[str, BeforeValidator(amounts.address)]
Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
Count: TypeAlias = Annotated[int, Field(ge=1, le=100_000_000)]
Rate: TypeAlias = Annotated[float, Field(gt=0, le=1_000_000, allow_inf_nan=False)]
UpstreamName: TypeAlias = Annotated[str, Field(min_length=1, max_length=300)]
DIAL = "[dial]"
WORTH = "[worth]"
"""Marks in the place of an error that tell which form of an objective it was read as."""
Dial: TypeAlias = Literal["cheapest", "balanced", "best"]


class Section(BaseModel):
    """Settings that go together. Nothing is converted: `"0.5"` is not a number, and `true` is not 1."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, protected_namespaces=())


class PriceSection(Section):
    """Per million tokens."""

    input: Money
    output: Money
    cached_input: Money | None = None


class ConfidenceSection(Section):
    """How a model's mean token log-probability tells whether it is right."""

    intercept: Annotated[float, Field(ge=-1000, le=1000)]
    slope: Annotated[float, Field(gt=0, le=1000)]


class ModelSection(Section):
    """A model: what it can hold, how often it is right, what it costs."""

    quality: Share | None = None
    quality_by_intent: dict[Intent, Share] = {}
    context: Count
    max_output: Count | None = None
    price: PriceSection | None = None
    confidence: ConfidenceSection | None = None


class ServedSection(Section):
    """One model at an endpoint: under which name it is known there, and its price there."""

    model: str
    upstream: UpstreamName | None = Field(default=None, alias="as")
    price: PriceSection | None = None


class SpeedSection(Section):
    """How fast an endpoint is taken to be until its traffic shows better."""

    first_token: Duration | None = None
    tokens_per_second: Rate | None = None
    fastest: Rate | None = None


class TimeoutsSection(Section):
    """How long an endpoint may take to connect, to begin, between two chunks, and in all."""

    connect: PositiveDuration = 5_000
    first_token: PositiveDuration = 60_000
    idle: PositiveDuration = 30_000
    total: PositiveDuration = 600_000


def _served(entry: Any) -> Any:
    return {"model": entry} if isinstance(entry, str) else entry


Served: TypeAlias = Annotated[ServedSection, BeforeValidator(_served)]


class EndpointSection(Section):
    """A place where models are served: a server with a URL, or the model that ships."""

    url: Address | None = None
    embedded: str | None = None
    dialect: Dialect | None = None
    key: Reference | None = None
    zone: Zone | None = None
    serves: Annotated[tuple[Served, ...], Field(strict=False, min_length=1)] | None = None
    abilities: Annotated[frozenset[Ability], Field(strict=False)] | None = None
    speed: SpeedSection = SpeedSection()
    timeouts: TimeoutsSection = TimeoutsSection()
    gather: bool = False


class ObjectiveSection(Section):
    """What a right answer is worth, what a wrong one costs, and how time is paid for."""

    value: Money
    failure_cost: Money = 0
    deadline: PositiveDuration | None = None
    late_second: Money | None = None


def _which_objective(value: Any) -> str:
    return DIAL if isinstance(value, str) else WORTH


Objective: TypeAlias = Annotated[
    Annotated[Dial, Tag(DIAL)] | Annotated[ObjectiveSection, Tag(WORTH)], Discriminator(_which_objective)
]


class BudgetSection(Section):
    """The most that may be spent in each window."""

    money: Money
    per: Window


class VirtualModelSection(Section):
    """A name that clients may ask for; all models and the document's objective where it says nothing else."""

    models: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] | None = None
    objective: Objective | None = None


class WhenSection(Section):
    """Which work a rule speaks of: all that is set must hold."""

    privacy_at_least: PrivacyClass = "public"
    intents: Annotated[frozenset[Intent], Field(strict=False, min_length=1)] = frozenset()
    keys: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = ()


class ForbidSection(Section):
    """Which endpoints a rule keeps that work from: those that match any part."""

    zones: Annotated[frozenset[Zone], Field(strict=False, min_length=1)] = frozenset()
    models: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = ()
    endpoints: Annotated[tuple[str, ...], Field(strict=False, min_length=1)] = ()


class PolicySection(Section):
    """A rule."""

    name: Annotated[str, Field(min_length=1, max_length=100), BeforeValidator(amounts.title)]
    when: WhenSection = WhenSection()
    forbid: ForbidSection


class KeySection(Section):
    """A key that clients present, and what may be spent with it."""

    secret: Reference
    budget: BudgetSection | None = None


class SettingsSection(Section):
    """The settings of the document that are not lists of named things."""

    version: Literal[1]
    objective: Objective = "balanced"
    budget: BudgetSection | None = None
    paths: Annotated[tuple[ProgramName, ...], Field(strict=False, min_length=1)] = ("answer", "escalate")


NESTED: dict[str, type[Section]] = {
    "price": PriceSection,
    "confidence": ConfidenceSection,
    "serves": ServedSection,
    "speed": SpeedSection,
    "timeouts": TimeoutsSection,
    "objective": ObjectiveSection,
    "budget": BudgetSection,
    "when": WhenSection,
    "forbid": ForbidSection,
}
"""The section that a setting of this name holds, wherever it stands."""

COLLECTIONS: dict[str, type[Section]] = {
    "models": ModelSection,
    "endpoints": EndpointSection,
    "virtual_models": VirtualModelSection,
    "policies": PolicySection,
    "keys": KeySection,
}
"""The document's settings that hold many sections of one kind."""


class Document(Struct):
    """The sections that are in order, and the names of all that were written, in order or not."""

    settings: SettingsSection
    models: dict[str, ModelSection]
    endpoints: dict[str, EndpointSection]
    virtual_models: dict[str, VirtualModelSection]
    policies: dict[int, PolicySection]
    keys: dict[str, KeySection]
    written: dict[str, tuple[str, ...]]


def settings_of(section: type[Section]) -> tuple[str, ...]:
    """The names of a section's settings, as a document spells them."""
    return tuple(field.alias or name for name, field in section.model_fields.items())
