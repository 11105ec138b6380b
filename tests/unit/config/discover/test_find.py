import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from aiohttp import web

from meritorder.config.discover.find import Found, Probe, ServedModel, Server, find, probes

Serve = Callable[[str, object], Awaitable[str]]


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Starts a server on a free loopback port that answers one path: a value as JSON, or a handler's answer."""
    runners: list[web.AppRunner] = []

    async def start(path: str, answer: object) -> str:
        async def handle(request: web.Request) -> web.StreamResponse:
            return await answer(request) if callable(answer) else web.json_response(answer)

        app = web.Application()
        app.router.add_get(path, handle)
        runner = web.AppRunner(app)
        runners.append(runner)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{runner.addresses[0][1]}"

    yield start
    for runner in runners:
        await runner.cleanup()


async def test_an_openai_compatible_server_lists_its_models_and_their_context(serve: Serve):
    listing = {"data": [{"id": "Qwen/Qwen3-8B", "max_model_len": 32768}, {"id": "bge-embed"}, {"id": "other"}]}
    url = await serve("/v1/models", listing)
    found = await find({}, [Probe("vllm", url, "openai")])
    models = (ServedModel("Qwen/Qwen3-8B", 32768), ServedModel("other"))
    assert found == Found((), (Server("vllm", url, "openai", models),))
    assert found.servers[0].on_this_machine


async def test_ollama_lists_its_models(serve: Serve):
    url = await serve("/api/tags", {"models": [{"name": "llama3.2:3b", "size": 1}]})
    found = await find({}, [Probe("ollama", url, "ollama")])
    assert found.servers[0].models == (ServedModel("llama3.2:3b"),)


async def test_a_gateway_that_runs_already_is_no_model_server(serve: Serve):
    url = await serve("/v1/models", {"data": [{"id": "auto", "owned_by": "meritorder"}]})
    assert (await find({}, [Probe("vllm", url, "openai")])).servers == ()


async def slow(_: web.Request) -> web.StreamResponse:
    await asyncio.sleep(1)
    return web.json_response({"data": [{"id": "late"}]})


async def elsewhere(_: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("http://192.0.2.1/")


async def endless(_: web.Request) -> web.StreamResponse:
    return web.Response(body=b" " * (2 << 20))


@pytest.mark.parametrize("answer", [{"data": []}, {"data": 3}, [], {"error": "no"}, slow, elsewhere, endless])
async def test_what_is_no_list_of_models_is_passed_over(answer: object, serve: Serve):
    url = await serve("/v1/models", answer)
    assert await find({}, [Probe("vllm", url, "openai")], timeout_s=0.3) == Found()


async def test_nobody_at_home_is_no_error():
    assert await find({}, [Probe("vllm", "http://127.0.0.1:1", "openai")]) == Found()


async def test_a_cloud_is_found_by_its_key():
    found = await find({"OPENAI_API_KEY": "x", "GROQ_API_KEY": "", "GEMINI_API_KEY": "y"}, [])
    assert [cloud.name for cloud in found.clouds] == ["openai", "gemini"]


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("", "http://127.0.0.1:11434"),
        ("0.0.0.0", "http://127.0.0.1:11434"),
        ("0.0.0.0:8085", "http://127.0.0.1:8085"),
        (":8085", "http://127.0.0.1:8085"),
        ("box.example:99/", "http://box.example:99"),
        ("https://box.example", "https://box.example:11434"),
        ("[::1]:5", "http://[::1]:5"),
        ("box:port", "http://127.0.0.1:11434"),
        ("http://[::1", "http://127.0.0.1:11434"),
    ],
)
def test_the_host_of_ollama_may_be_given_in_short(host: str, url: str):
    assert probes({"OLLAMA_HOST": host})[0] == Probe("ollama", url, "ollama")


def test_a_server_elsewhere_is_not_on_this_machine():
    assert not Server("x", "http://box.example:1", "openai", ()).on_this_machine
    assert Server("x", "http://localhost:1", "openai", ()).on_this_machine
