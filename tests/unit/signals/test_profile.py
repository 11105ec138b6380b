from msgspec import Raw
from msgspec.structs import replace

from meritorder.signals.length import output, prompt_tokens
from meritorder.signals.profile import profile
from meritorder.types.request import Limits, Message
from meritorder.types.workload import Ask, PrivateSpan
from tests.builders import a_conversation, a_request
from tests.unit.signals.reading import Identifier


def test_a_request_is_read_as_work():
    work = profile(a_request("Summarise the following text for me, please: the cat sat."), Identifier())
    assert work.intent.value == "summarise"
    assert work.language.value == "en"
    assert not work.code.value
    assert not work.maths.value
    assert work.privacy.level == "public"
    assert work.output == output("summarise", structured=False, tools=False, limit=0)


def test_what_the_client_fixed_is_kept():
    request = a_conversation(
        [Message("user", "hi")],
        model="small",
        needs=("tools", "json_schema"),
        tools=("book",),
        limits=Limits(30, 2),
        stream=True,
    )
    work = profile(request, Identifier())
    assert work.ask == Ask("small", 30, 2, stream=True, needs=frozenset(("tools", "json_schema")))
    assert work.tools == 1
    assert work.output.kind == "json"
    assert work.output.p90 <= 30


def test_plain_json_is_structured_output_too():
    work = profile(a_conversation([Message("user", "hi")], needs=("json_object",)), Identifier())
    assert work.output.kind == "json"


def test_tools_make_the_output_a_tool_call():
    work = profile(a_conversation([Message("user", "book a table now")], tools=("book",)), Identifier())
    assert (work.intent.value, work.output.kind) == ("act", "tool_call")


def test_code_in_the_text_makes_it_a_coding_task():
    work = profile(a_request("```\nx = 1\n```"), Identifier())
    assert (work.code.value, work.intent.value, work.output.kind) == (True, "code", "code")


def test_a_formula_makes_it_mathematics():
    work = profile(a_request("12 * 7"), Identifier())
    assert (work.maths.value, work.intent.value) == (True, "maths")


def test_private_text_is_found_in_every_turn():
    turns = [Message("system", "the boss is ada@example.com"), Message("user", "x" * 1_000), Message("user", "hello")]
    work = profile(a_conversation(turns), Identifier())
    assert work.privacy.level == "personal"
    assert work.privacy.spans == (PrivateSpan("email", 1),)


def test_the_prompt_is_as_long_as_everything_that_is_sent():
    plain = profile(a_conversation([Message("user", "b" * 420)]), Identifier())
    longer = profile(a_conversation([Message("user", "b" * 840)], images=1), Identifier())
    assert longer.prompt.expected - plain.prompt.expected == prompt_tokens(420, 1).expected


def test_private_text_is_found_wherever_it_would_be_sent():
    request = a_request("hello")
    for field in (
        b'[{"type":"function","function":{"name":"f","description":"uses AKIAIOSFODNN7EXAMPLE"}}]',
        b'{"nested":{"arguments":"{\\"key\\":\\"AKIAIOSFODNN7EXAMPLE\\"}"}}',
        b'"\\u0041KIAIOSFODNN7EXAMPLE"',
    ):
        wire = replace(request.wire, fields={**request.wire.fields, "anything": Raw(field)})
        assert profile(replace(request, wire=wire), Identifier()).privacy.level == "secret", field


def test_the_payload_of_an_image_is_not_read():
    payload = b"AKIAIOSFODNN7EXAMPLE" * 20
    part = b'[{"role":"user","content":[{"image_url":{"url":"data:image/png;base64,' + payload + b'"}}]}]'
    request = a_conversation([Message("user", "look")], needs=("vision",), images=1)
    wire = replace(request.wire, fields={"messages": Raw(part)})
    assert profile(replace(request, wire=wire), Identifier()).privacy.level == "public"


def test_the_language_is_asked_for_where_the_words_do_not_tell():
    identify = Identifier("de", 0.5)
    assert profile(a_request("Erzähle mir etwas über Wien"), identify).language.value == "de"
    assert len(identify.asked) == 1
