"""Writes a first document from what was found: commented, free of errors, and meant to be changed."""

import json
import re
from collections.abc import Container, Iterator, Mapping

from meritorder.config.discover.clouds import Cloud, CloudModel
from meritorder.config.discover.find import Found, ServedModel, Server

_EMBEDDED = "smollm2-135m"
_UNTOLD_CONTEXT = 8192
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9._/-]*")
_SIZE = re.compile(r"(?<![a-z0-9.])(\d{1,4}(?:\.\d+)?)b(?![a-z0-9])")
_WORDS = {"true", "false", "null"}
# Declared: what open models of a size (billions of parameters, up to) are usually worth.
_QUALITIES = ((1, 0.4), (4, 0.52), (10, 0.62), (40, 0.72), (1e9, 0.8))
_UNKNOWN_QUALITY = 0.6

_HEAD = """\
# What this gateway may use, and what it is worth. `meritorder check` reads this file and says what is wrong
# with it; a running gateway takes up each change that is in order, and otherwise keeps what it has.
version: 1

# What to buy: `cheapest`, `balanced` or `best`. Or say what an answer is worth to you; work whose best
# answer would cost more than that is then declined:
# objective: {value: $0.02, failure_cost: $0.01, deadline: 20s}
objective: balanced

# The most that all requests together may spend. It stops; it does not warn.
# budget: {money: $10, per: day}
"""

_MODELS = """
# `quality` is the share of your requests that a model answers right. These figures are declared: nobody has
# measured them on your work, and what is routed where depends on them. For the model that ships, figures that
# were measured are taken where none is given here.
models:
  smollm2-135m:                 # ships with Meritorder and runs in it: small, free, and right about one time in five
    context: 8192
    max_output: 2048
"""

_ENDPOINTS = """
# Where the models run. `zone` says how far a request travels: `device` (this machine), `site` (yours), `cloud`.
endpoints:
  local: {embedded: smollm2-135m}
"""

_POLICIES = """
# What may run where, whatever it saves. This one takes hold wherever an endpoint is in zone `cloud`: text
# in which e-mail addresses, phone, card or account numbers, keys and the like are found stays out of there.
# Names of people and postal addresses are not recognised, and images, audio and files are not read.
policies:
  - name: private-stays-here
    when: {privacy_at_least: personal}
    forbid: {zones: [cloud]}
"""

_TAIL = """
# Names of your own that clients may ask for, besides `auto` and the models themselves.
# virtual_models:
#   fast: {models: [smollm2-135m], objective: cheapest}

# Who may ask. Without this section everybody who reaches the gateway may.
# keys:
#   alice: {secret: env:ALICE_KEY, budget: {money: $1, per: day}}
"""

_LIST_PRICE = "list price as far as known when this was written: check it against your invoice"


def render(found: Found) -> str:
    """The document's text. It compiles where the variables are set that `found` was made with."""
    entries: dict[str, tuple[str, ...]] = {}
    endpoints: list[str] = []
    taken = {model.name for cloud in found.clouds for model in cloud.models} | {_EMBEDDED, "auto"}
    for server in found.servers:
        names = {catalog_name(model.name, taken): model for model in server.models}
        for name, model in names.items():
            entries.setdefault(name, _local_model(name, model))
        endpoints.append("\n".join(_server(server, names)))
    for cloud in found.clouds:
        for model in cloud.models:
            entries.setdefault(model.name, _cloud_model(model))
        endpoints.append("\n".join(_cloud(cloud)))
    models = "".join("\n".join(lines) + "\n" for lines in entries.values())
    places = "".join(f"{endpoint}\n" for endpoint in endpoints)
    return _HEAD + _MODELS + models + _ENDPOINTS + places + _POLICIES + _TAIL


def catalog_name(name: str, taken: Container[str]) -> str:
    """The server's name for a model, made fit to be a name in the document.

    A name that is taken gets an ending: what a server here calls `gpt-5` may be free, and is another model.
    """
    plain = re.sub(r"[^A-Za-z0-9._:/+-]", "-", name).lstrip("._:/+-")[:100] or "model"
    return f"{plain}-local" if plain in taken else plain


def declared_quality(name: str) -> float:
    """A first guess from the size that is written in a model's name."""
    size = _SIZE.search(name.lower())
    if size is None:
        return _UNKNOWN_QUALITY
    return next(quality for most, quality in _QUALITIES if float(size[1]) <= most)


def _local_model(name: str, model: ServedModel) -> tuple[str, ...]:
    told = "" if model.context else "   # the server does not say: check"
    return (
        f"  {_scalar(name)}:",
        f"    quality: {declared_quality(model.name)}",
        f"    context: {model.context or _UNTOLD_CONTEXT}{told}",
        "    price: {input: $0, output: $0}   # your own machine: power is not counted here",
    )


def _cloud_model(model: CloudModel) -> tuple[str, ...]:
    cached = f", cached_input: {model.cached_input}" if model.cached_input else ""
    return (
        f"  {_scalar(model.name)}:",
        f"    quality: {model.quality}",
        f"    context: {model.context}",
        f"    max_output: {model.max_output}",
        f"    # {_LIST_PRICE}",
        f"    price: {{input: {model.input}, output: {model.output}{cached}}}   # per million tokens",
    )


def _server(server: Server, names: Mapping[str, ServedModel]) -> Iterator[str]:
    yield f"  {server.name}:"
    yield f"    url: {_scalar(server.url + '/v1')}"
    yield f"    zone: {'device' if server.on_this_machine else 'site'}"
    yield from _serves([(name, model.name) for name, model in names.items()])
    if server.lists == "ollama":
        yield "    abilities: [tools, json_object, json_schema, seed, penalties]"
    else:
        yield "    # add `tools` if the server was started with them"
        yield "    abilities: [json_object, json_schema, logprobs, seed, penalties, other_fields]"
    if server.name == "llama-cpp":
        yield "    gather: true   # it stops for a client that leaves only while it streams"


def _cloud(cloud: Cloud) -> Iterator[str]:
    yield f"  {cloud.name}:"
    yield f"    url: {cloud.url}"
    if cloud.dialect != "openai":
        yield f"    dialect: {cloud.dialect}"
    yield f"    key: env:{cloud.variable}"
    yield "    zone: cloud"
    yield from _serves([(model.name, model.upstream) for model in cloud.models])
    yield f"    abilities: [{', '.join(cloud.abilities)}]"


def _serves(models: list[tuple[str, str]]) -> Iterator[str]:
    yield "    serves:"
    for name, upstream in models:
        if name == upstream:
            yield f"      - {_scalar(name)}"
        else:
            yield f"      - {{model: {_scalar(name)}, as: {_scalar(upstream)}}}"


def _scalar(text: str) -> str:
    """Text that YAML reads back as the same text: quoted where it might be taken for something else."""
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else json.dumps(text)
