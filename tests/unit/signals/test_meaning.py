from meritorder.providers.recognisers import shipped
from meritorder.signals.cues import usual
from meritorder.signals.meaning import by_cues, by_heads
from meritorder.signals.turns import Turns

SHORT = "and in winter?"


def test_cues_read_the_intent_and_say_that_the_rest_is_not_read():
    words = "Summarise the report below."
    read = by_cues(words, ())
    assert (read.intent.value, read.median, read.p90) == ("summarise", *usual("summarise"))
    assert read.domain.value == "unknown"
    for reading in (read.domain, read.difficulty, read.ambiguity, read.failure_cost):
        assert (reading.confidence, reading.evidence) == (0.0, "not read")
    assert read.safety.evidence == "not read"


def test_code_in_the_text_is_a_cue():
    words = "```\nx = 1\n```"
    assert by_cues(words, ()).intent.value == "code"


def test_heads_read_everything():
    words = "Which hormone lowers the level of glucose in the blood of a patient with diabetes?"
    read = by_heads(words, Turns((words,), (), ""), (), shipped())
    assert (read.intent.value, read.domain.value) == ("answer", "health")
    assert 0 < read.median <= read.p90


def test_a_short_turn_is_read_with_the_one_before_it_to_tell_its_subject():
    recognisers = shipped()
    before = "How should a gardener prune roses, and which fertiliser suits the soil of a flower bed in summer?"
    alone = by_heads(SHORT, Turns((SHORT,), (), ""), (), recognisers)
    following = by_heads(SHORT, Turns((before, SHORT), (), ""), (), recognisers)
    assert following.intent == alone.intent
    assert following.domain != alone.domain
