import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.config.discover import Found, ServedModel, Server, render
from meritorder.config.discover.clouds import CLOUDS
from meritorder.config.discover.render import catalog_name, declared_quality
from tests.unit.config.documents import compiled, diagnostics

KEYS = {cloud.variable: f"key-of-{cloud.name}" for cloud in CLOUDS}


def test_with_nothing_but_the_embedded_model_the_document_is_in_order():
    configuration = compiled(render(Found()), {})
    assert configuration.diagnostics == ()
    assert list(configuration.generation.endpoints) == ["smollm2-135m@local"]


def test_every_cloud_gives_a_document_in_order():
    for cloud in CLOUDS:
        text = render(Found((cloud,)))
        assert diagnostics(text, KEYS) == ()
        assert "check it against your invoice" in text
    assert diagnostics(render(Found(CLOUDS)), KEYS) == ()


def test_private_work_stays_out_of_the_cloud_from_the_start():
    (rule,) = compiled(render(Found(CLOUDS)), KEYS).generation.rules
    assert (rule.when.privacy_at_least, rule.forbid.zones) == ("personal", {"cloud"})


def test_a_server_here_is_free_and_one_elsewhere_is_on_site():
    near = Server("ollama", "http://127.0.0.1:11434", "ollama", (ServedModel("llama3.2:3b"),))
    far = Server("vllm", "http://10.0.0.3:8000", "openai", (ServedModel("Qwen/Qwen3-8B", 32768),))
    generation = compiled(render(Found((), (near, far))), {}).generation
    assert generation.endpoints["llama3.2:3b@ollama"].zone == "device"
    assert generation.endpoints["Qwen/Qwen3-8B@vllm"].zone == "site"
    assert generation.endpoints["Qwen/Qwen3-8B@vllm"].price.output == 0
    assert generation.models["Qwen/Qwen3-8B"].context == 32768


def test_a_server_that_borrows_a_clouds_name_does_not_make_the_cloud_free():
    proxy = Server("vllm", "http://127.0.0.1:8000", "openai", (ServedModel("gpt-5-mini"), ServedModel("auto")))
    generation = compiled(render(Found(CLOUDS[:1], (proxy,))), KEYS).generation
    assert generation.endpoints["gpt-5-mini@openai"].price.output == 2_000_000_000
    assert generation.endpoints["gpt-5-mini-local@vllm"].upstream_model == "gpt-5-mini"


@given(
    st.lists(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=150), min_size=1),
    st.lists(st.sampled_from(["auto", "null", "true", "123", "1e3", "smollm2-135m", "gpt-5", "a: b", "#"]), max_size=4),
)
def test_whatever_servers_call_their_models_the_document_is_in_order(names: list[str], odd: list[str]):
    models = tuple(ServedModel(name) for name in names + odd)
    servers = tuple(Server(name, "http://127.0.0.1:1", "openai", models) for name in ("vllm", "sglang"))
    assert diagnostics(render(Found(CLOUDS, servers)), KEYS) == ()


@pytest.mark.parametrize(
    ("name", "quality"),
    [("SmolLM2-360M", 0.6), ("llama3.2:3b", 0.52), ("Qwen/Qwen3-8B", 0.62), ("qwen-0.5b", 0.4), ("x-405b", 0.8)],
)
def test_the_first_guess_of_a_quality_follows_the_size_in_the_name(name: str, quality: float):
    assert declared_quality(name) == quality


def test_a_name_is_made_fit_and_is_never_taken():
    assert catalog_name("@cf/meta/llama 3", set()) == "cf/meta/llama-3"
    assert catalog_name("auto", {"auto"}) == "auto-local"
    assert catalog_name("@@@", set()) == "model"
