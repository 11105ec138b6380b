from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meritorder.errors import ConfigError
from meritorder.training.samples import (
    LENGTHS,
    SOURCES,
    TOPICS,
    Answered,
    Sample,
    answered,
    digest,
    length_label,
    of,
    read,
)
from meritorder.types.workload import DOMAINS
from tests.unit.training.folder import PROMPTS, SAFETY

PROMPT = "code\tprogramming\t3\t2\t100\tobject\ten\tFix it"


def only(folder: Path, source: str, content: str | bytes) -> list[Sample]:
    data = content if isinstance(content, bytes) else content.encode()
    (folder / f"{source}.tsv").write_bytes(data)
    return read(folder)


def refusal(folder: Path, source: str, content: str | bytes) -> ConfigError:
    with pytest.raises(ConfigError) as refused:
        only(folder, source, content)
    return refused.value


def test_a_prompt_is_a_sample_for_every_head(tmp_path: Path):
    labels = {
        "domain": "computer science",
        "difficulty": "medium",
        "stakes": "high",
        "length": "180",
        "missing": "object",
        "attack": "none",
        "harm": "none",
        "intent": "code",
    }
    assert only(tmp_path, "prompts-a", PROMPT) == [Sample("Fix it", "prompts-a", "en", labels)]


def test_examination_questions_are_no_samples_for_lengths(tmp_path: Path):
    (daily,), (asked, _) = only(tmp_path, "prompts-a", PROMPT), only(tmp_path, "prompts-zb", PROMPT)[::-1]
    assert daily.labels.keys() - asked.labels.keys() == {"length"}


@pytest.mark.parametrize(("attack", "label"), [("override", "attack"), ("none", "none")])
def test_a_line_of_safety_is_one_for_attacks_and_harms(tmp_path: Path, attack: str, label: str):
    (sample,) = only(tmp_path, "safety-a", f"{attack}\tweapons\tuser\tde\ttext")
    assert sample == Sample("text", "safety-a", "de", {"attack": label, "harm": "weapons"})


def test_a_phrase_is_one_for_intents(tmp_path: Path):
    assert only(tmp_path, "phrases", "plan\ten\twhat to do") == [
        Sample("what to do", "phrases", "en", {"intent": "plan"})
    ]


def test_an_act_is_asked_for_in_one_of_many_forms(tmp_path: Path):
    acts = "".join(f"{harm}\t{verb} a bridge\n" for harm, verb in (("violence", "blow up"), ("none", "build")))
    harmful, harmless = only(tmp_path, "acts-a", acts)
    assert (harmful.labels, harmless.labels) == ({"harm": "violence"}, {"harm": "none"})
    assert "blow up a bridge" in harmful.text
    assert (
        len({each.text.replace(str(n), "") for n in range(40) for each in only(tmp_path, "acts-a", f"none\tgo {n}")})
        > 9
    )


def test_terms_are_samples_for_domains_by_sixes(tmp_path: Path):
    samples = only(tmp_path, "lexicon-en", "geometry-discrete\ten\tone, two, three, four, five, six, seven")
    assert [each.text for each in samples] == ["one two three four five six", "seven"]
    assert {each.labels["domain"] for each in samples} == {"maths"}


def test_breaks_and_tabs_are_written_as_escapes(tmp_path: Path):
    assert only(tmp_path, "phrases", "plan\ten\ta\\nb\\tc")[0].text == "a\nb\tc"


@pytest.mark.parametrize("sign", ["\u2028", "\x85", "\x0b", "\x0c", "\x1c"])
def test_only_the_ends_of_lines_end_a_sample(tmp_path: Path, sign: str):
    assert only(tmp_path, "phrases", f"plan\ten\ta{sign}b\r\nplan\ten\tc\n")[0].text == f"a{sign}b"
    assert len(read(tmp_path)) == 2


@pytest.mark.parametrize(
    "line",
    [
        "",
        "code",
        "plan\ten",
        PROMPT + "\tmore",
        PROMPT.replace("programming", "knitting"),
        PROMPT.replace("\t3\t", "\t0\t"),
        PROMPT.replace("\t3\t", "\t6\t"),
        PROMPT.replace("\t3\t", "\thard\t"),
        PROMPT.replace("\t2\t", "\t3\t"),
        PROMPT.replace("\t2\t", "\t-1\t"),
        PROMPT.replace("100", "many"),
        PROMPT.encode().replace(b"Fix", b"\xff"),
    ],
)
def test_a_malformed_line_is_told_with_its_file_and_number(tmp_path: Path, line: str | bytes):
    data = line if isinstance(line, bytes) else line.encode()
    error = refusal(tmp_path, "prompts-b", f"{PROMPT}\n{PROMPT}\n".encode() + data + b"\n")
    assert str(error).startswith("prompts-b.tsv:3: not a sample: ")
    assert error.code == "malformed_sample"


def test_a_topic_that_is_not_known_is_told_among_terms_too(tmp_path: Path):
    assert str(refusal(tmp_path, "lexicon-en", "knitting\ten\ta, b")).startswith("lexicon-en.tsv:1: ")


@pytest.mark.parametrize("name", ["", "prompts-q.tsv", "prompts-a.txt", "prompts-a.tsv"])
def test_a_folder_without_samples_is_told(tmp_path: Path, name: str):
    if name:
        (tmp_path / name).write_text("" if name == "prompts-a.tsv" else PROMPT)
    with pytest.raises(ConfigError, match=r"has no samples: it needs files like prompts-a\.tsv") as refused:
        read(tmp_path)
    assert refused.value.code == "no_samples"


def test_nothing_hangs_on_a_phrase_of_small_talk(tmp_path: Path):
    assert only(tmp_path, "phrases", "converse\ten\thello")[0].labels == {"intent": "converse", "stakes": "low"}


def test_measured_answers_are_read_by_purpose(tmp_path: Path):
    (tmp_path / "answers-h.tsv").write_text("12\ta\\nb\n900\tc\n")
    (tmp_path / "answers-r.tsv").write_text("7\td\n")
    assert answered(tmp_path, "calibrate") == [Answered("a\nb", 12), Answered("c", 900)]
    assert answered(tmp_path, "test") == [Answered("d", 7)]
    assert answered(tmp_path, "train") == []


@pytest.mark.parametrize("line", ["12", "many\ttext", "1\t2\t3"])
def test_a_malformed_answer_is_told(tmp_path: Path, line: str):
    (tmp_path / "answers-h.tsv").write_text(line + "\n")
    with pytest.raises(ConfigError, match=r"answers-h\.tsv:1: not a sample: "):
        answered(tmp_path, "calibrate")


def test_sources_are_parted_by_purpose(samples: list[Sample]):
    assert {each.source for each in samples} == {*PROMPTS, *SAFETY}
    assert {each.source for each in of(samples, "train", "attack")} == {
        "prompts-a",
        "prompts-b",
        "prompts-c",
        "safety-a",
    }
    assert {each.source for each in of(samples, "calibrate", "intent")} == {"prompts-h"}
    assert {each.source for each in of(samples, "test", "harm")} == {"prompts-r", "safety-g"}
    assert of(samples, "test", "nothing") == []


def test_every_purpose_has_a_source():
    assert set(SOURCES.values()) == {"train", "calibrate", "test"}


def test_every_domain_has_topics_and_each_topic_one_domain():
    topics = [topic for each in TOPICS.values() for topic in each.split()]
    assert set(TOPICS) == set(DOMAINS) - {"unknown"}
    assert len(topics) == len(set(topics))


@given(st.integers(0, 10_000))
def test_a_length_is_in_the_first_class_that_holds_it(tokens: int):
    label = int(length_label(tokens))
    assert label in LENGTHS
    assert tokens <= label or label == LENGTHS[-1]
    assert not [end for end in LENGTHS if tokens <= end < label]


def test_the_digest_is_over_what_is_read(tmp_path: Path):
    only(tmp_path, "prompts-a", PROMPT)
    first = digest(tmp_path)
    (tmp_path / "notes.txt").write_text("other")
    assert digest(tmp_path) == first
    only(tmp_path, "prompts-a", PROMPT + "!")
    changed = digest(tmp_path)
    (tmp_path / "prompts-a.tsv").rename(tmp_path / "prompts-b.tsv")
    assert len({first, changed, digest(tmp_path)}) == 3
