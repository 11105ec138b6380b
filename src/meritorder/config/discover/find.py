"""Looks for model servers on this machine and for the keys of well-known clouds; asks nobody anything."""

import asyncio
from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal
from urllib.parse import urlsplit

import aiohttp
import msgspec
from msgspec import UNSET, Struct, UnsetType

from meritorder.config.discover.clouds import CLOUDS, Cloud
from meritorder.types.units import Tokens

TIMEOUT_S = 0.5
_LOOPBACK = "127.0.0.1"
_ELSEWHERE = "192.0.2.1"
_OLLAMA_PORT = 11434
_LARGEST_ANSWER = 1 << 20
_MOST_MODELS = 12
# A gateway that already runs on this machine is not a model server.
_OURSELVES = "meritorder"


class Probe(Struct, frozen=True):
    """Where a server may listen, and in which form it lists its models. `url` has no path."""

    name: str
    url: str
    lists: Literal["ollama", "openai"]


class ServedModel(Struct, frozen=True):
    """A model as its server names it; `context` is 0 where the server does not say."""

    name: str
    context: Tokens = 0


class Server(Struct, frozen=True):
    """A server that answered, with at least one model."""

    name: str
    url: str
    lists: Literal["ollama", "openai"]
    models: tuple[ServedModel, ...]

    @property
    def on_this_machine(self) -> bool:
        """Whether its address is a loopback one."""
        return _address(urlsplit(self.url).hostname or "").is_loopback


class Found(Struct, frozen=True):
    """What there is besides the embedded model."""

    clouds: tuple[Cloud, ...] = ()
    servers: tuple[Server, ...] = ()


class _OpenAIModel(Struct):
    id: str
    max_model_len: int | None = None
    owned_by: str | None = None


class _OpenAIModels(Struct):
    data: list[_OpenAIModel]


class _OllamaModel(Struct):
    name: str


class _OllamaModels(Struct):
    models: list[_OllamaModel] | UnsetType = UNSET


def probes(environ: Mapping[str, str]) -> tuple[Probe, ...]:
    """Where the usual servers listen; `OLLAMA_HOST` is read as Ollama's own client reads it."""
    return (
        Probe("ollama", _ollama(environ.get("OLLAMA_HOST", "")), "ollama"),
        Probe("vllm", f"http://{_LOOPBACK}:8000", "openai"),
        Probe("sglang", f"http://{_LOOPBACK}:30000", "openai"),
        Probe("llama-cpp", f"http://{_LOOPBACK}:8080", "openai"),
        Probe("lm-studio", f"http://{_LOOPBACK}:1234", "openai"),
    )


async def find(environ: Mapping[str, str], places: Sequence[Probe], *, timeout_s: float = TIMEOUT_S) -> Found:
    """Clouds whose key is set, and the servers of `places` that answer in time; all are asked at once."""
    clouds = tuple(cloud for cloud in CLOUDS if environ.get(cloud.variable, "").strip())
    timeout = aiohttp.ClientTimeout(total=timeout_s)
    async with aiohttp.ClientSession(timeout=timeout, trust_env=False) as session:
        answers = await asyncio.gather(*(_ask(session, place) for place in places))
    return Found(clouds, tuple(answer for answer in answers if answer is not None))


async def _ask(session: aiohttp.ClientSession, place: Probe) -> Server | None:
    """The server at that place; whatever goes wrong only means that there is none to use."""
    listing = "/api/tags" if place.lists == "ollama" else "/v1/models"
    try:
        async with session.get(place.url + listing, allow_redirects=False) as response:
            if response.status != 200:
                return None
            body = await _body(response)
        models = _read(body, place.lists)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return None
    return Server(place.name, place.url, place.lists, models) if models else None


async def _body(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > _LARGEST_ANSWER:
            raise ValueError("the answer is too large to be a list of models")
    return bytes(body)


def _read(body: bytes, lists: Literal["ollama", "openai"]) -> tuple[ServedModel, ...]:
    """The models that can chat; names that could not stand in a document are left out."""
    if lists == "ollama":
        tags = msgspec.json.decode(body, type=_OllamaModels).models
        found = [ServedModel(each.name) for each in tags or ()]
    else:
        data = msgspec.json.decode(body, type=_OpenAIModels).data
        found = [ServedModel(each.id, max(each.max_model_len or 0, 0)) for each in data if each.owned_by != _OURSELVES]
    usable = (each for each in found if _can_chat(each.name))
    return tuple(dict.fromkeys(usable))[:_MOST_MODELS]


def _can_chat(name: str) -> bool:
    is_plain = name.isascii() and name.isprintable() and 0 < len(name) <= 200
    return is_plain and not any(part in name.lower() for part in ("embed", "rerank", "whisper"))


def _ollama(host: str) -> str:
    """`OLLAMA_HOST` as an address: scheme and port may be missing, and `0.0.0.0` means this machine."""
    text = host.strip().rstrip("/")
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        name, port = parts.hostname or _LOOPBACK, parts.port or _OLLAMA_PORT
    except ValueError:
        return f"http://{_LOOPBACK}:{_OLLAMA_PORT}"
    if _address(name).is_unspecified:
        name = _LOOPBACK
    return f"{parts.scheme}://{f'[{name}]' if ':' in name else name}:{port}"


def _address(host: str) -> IPv4Address | IPv6Address:
    """The host as an address; that of no machine in particular where it is a name."""
    try:
        return ip_address(_LOOPBACK if host == "localhost" else host)
    except ValueError:
        return ip_address(_ELSEWHERE)
