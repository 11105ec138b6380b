"""Sections that are in order to the values that the engine decides with."""

from collections.abc import Mapping
from hashlib import sha256
from itertools import islice

import msgspec

from meritorder.config import calibration, defaults
from meritorder.config.configuration import GATEWAY_ACCOUNT, Configuration
from meritorder.config.defaults import EMBEDDED, served
from meritorder.config.document import (
    BudgetSection,
    Dial,
    Document,
    EndpointSection,
    ModelSection,
    ObjectiveSection,
    PolicySection,
    PriceSection,
    ServedSection,
)
from meritorder.paths.enumerate import bindings
from meritorder.providers.connection import Connection
from meritorder.types.ledger import Cap
from meritorder.types.path import CapabilityPath
from meritorder.types.policy import Condition, Objective, Rule, Scope
from meritorder.types.pool import Endpoint, Model, Price
from meritorder.types.request import Principal
from meritorder.types.snapshot import Generation, VirtualModel

AUTO = "auto"
MOST_PATHS = 20_000
_DIGEST_LETTERS = 12


class TooManyPaths(ValueError):
    """The endpoints allow more paths than can be compared for each request."""


def compile_document(document: Document, secrets: Mapping[str, str]) -> Configuration:
    """A checked document as a configuration without diagnostics; `secrets` are by reference.

    Raises `TooManyPaths`.
    """
    models = {name: _model(name, each, document) for name, each in document.models.items()}
    endpoints: dict[str, Endpoint] = {}
    connections: dict[str, Connection] = {}
    for name, section in document.endpoints.items():
        for each in served(section):
            endpoint = _endpoint(name, section, each, document)
            endpoints[endpoint.label] = endpoint
            connections[endpoint.label] = _connection(section, secrets)
    paths = tuple(islice(bindings(endpoints, models, document.settings.paths), MOST_PATHS + 1))
    if len(paths) > MOST_PATHS:
        raise TooManyPaths
    caps = _caps(document)
    generation = _generation(document, models, endpoints, paths, caps)
    principals = {
        sha256(secrets[key.secret].encode()).digest(): Principal(name, (GATEWAY_ACCOUNT, f"key:{name}"))
        for name, key in document.keys.items()
    }
    return Configuration(_named(generation, connections, principals), connections, principals, ())


def _generation(
    document: Document,
    models: dict[str, Model],
    endpoints: dict[str, Endpoint],
    paths: tuple[CapabilityPath, ...],
    caps: dict[str, Cap],
) -> Generation:
    usual = objective(document.settings.objective)
    virtual = {AUTO: VirtualModel(AUTO, frozenset(models), usual)}
    for name, section in document.virtual_models.items():
        chosen = frozenset(section.models or models)
        own = usual if section.objective is None else objective(section.objective)
        virtual[name] = VirtualModel(name, chosen, own)
    rules = tuple(_rule(each) for each in document.policies.values())
    return Generation("", models, endpoints, paths, virtual, rules, caps)


def _named(
    generation: Generation, connections: Mapping[str, Connection], principals: Mapping[bytes, Principal]
) -> Generation:
    """The generation with its digest: over everything but the secrets, so equal documents get equal names."""
    places = {label: msgspec.structs.replace(each, key="") for label, each in connections.items()}
    asking = sorted(principals.values(), key=lambda each: each.name)
    content = msgspec.json.encode((generation, places, asking), order="deterministic")
    return msgspec.structs.replace(generation, digest=sha256(content).hexdigest()[:_DIGEST_LETTERS])


def _model(name: str, section: ModelSection, document: Document) -> Model:
    """What the document declares of a model; where it is silent on one that ships, what was measured."""
    measured = _measured(name, document)
    quality, by_intent = section.quality, dict(section.quality_by_intent)
    if quality is None and measured is not None:
        quality, by_intent = measured.quality, measured.quality_by_intent | by_intent
    # The schema asks for a quality of every model that does not ship.
    assert quality is not None, name
    confidence = section.confidence
    found = measured.calibration if measured is not None else None
    if confidence is not None:
        found = calibration.declared(confidence.intercept, confidence.slope, quality)
    return Model(
        name,
        section.context,
        section.max_output or section.context,
        quality,
        by_intent,
        "measured" if section.quality is None else "declared",
        found,
    )


def _measured(name: str, document: Document) -> calibration.Measured | None:
    if name in EMBEDDED:
        return calibration.measured(name)
    for each in document.endpoints.values():
        if each.embedded is not None and any(one.model == name for one in served(each)):
            return calibration.measured(each.embedded)
    return None


def _endpoint(name: str, section: EndpointSection, each: ServedSection, document: Document) -> Endpoint:
    zone = section.zone or "device"
    dialect = section.dialect or "openai"
    speed, usual = section.speed, defaults.SPEEDS[zone]
    given = section.abilities
    if given is None:
        given = EMBEDDED[section.embedded] if section.embedded else defaults.DIALECT_ABILITIES[dialect]
    rate = speed.tokens_per_second or usual.tokens_per_second
    return Endpoint(
        label=f"{each.model}@{name}",
        name=name,
        model=each.model,
        upstream_model=section.embedded or each.upstream or each.model,
        dialect=dialect,
        zone=zone,
        price=_price(each.price or document.models[each.model].price),
        abilities=given,
        first_token=usual.first_token if speed.first_token is None else speed.first_token,
        tokens_per_second=rate,
        fastest_tokens_per_second=speed.fastest or max(usual.fastest, rate),
    )


def _price(section: PriceSection | None) -> Price:
    """Only the embedded model comes here without a price: `check` has refused every other."""
    if section is None:
        return defaults.FREE
    cached = section.input if section.cached_input is None else section.cached_input
    return Price(section.input, section.output, cached)


def _connection(section: EndpointSection, secrets: Mapping[str, str]) -> Connection:
    limits = section.timeouts
    return Connection(
        base_url=section.url or "",
        key=secrets[section.key] if section.key else "",
        embedded=section.embedded or "",
        connect=limits.connect,
        first_token=limits.first_token,
        idle=limits.idle,
        total=limits.total,
        gather=section.gather or section.embedded is not None,
    )


def objective(section: Dial | ObjectiveSection) -> Objective:
    """A dial's objective, or the one that was stated in money; only that one may decline."""
    if isinstance(section, str):
        return defaults.dial(section)
    late = section.late_second
    return Objective(
        "stated",
        section.value,
        section.failure_cost,
        section.deadline or defaults.DEADLINE,
        section.value // defaults.LATE_SHARE if late is None else late,
        may_decline=True,
    )


def _rule(section: PolicySection) -> Rule:
    when, forbid = section.when, section.forbid
    return Rule(
        section.name,
        Condition(when.privacy_at_least, when.intents, frozenset(when.keys)),
        Scope(forbid.zones, frozenset(forbid.models), frozenset(forbid.endpoints)),
    )


def _caps(document: Document) -> dict[str, Cap]:
    budgets: dict[str, BudgetSection | None] = {GATEWAY_ACCOUNT: document.settings.budget}
    budgets |= {f"key:{name}": key.budget for name, key in document.keys.items()}
    return {
        account: Cap(account, budget.money, budget.per) for account, budget in budgets.items() if budget is not None
    }
