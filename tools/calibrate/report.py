"""What ships with the model, from the outcomes alone: no model is run, and the same comes out every time."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from meritorder.training.figures import wilson
from meritorder.types.workload import INTENTS
from tools.calibrate import fit
from tools.calibrate.ask import Outcome, dump
from tools.calibrate.fit import Numbers
from tools.calibrate.questions import Question, Split, splits

SHIPPED = Path(__file__).parents[2] / "src" / "meritorder" / "config" / "smollm2-135m.json"
ROUNDS = 2000
Interval = tuple[float, float, float]
"""A figure, and the ends of its 95 % interval."""


class Table(msgspec.Struct, frozen=True):
    """Questions and outcomes side by side, as columns."""

    kind: NDArray[np.str_]
    source: NDArray[np.str_]
    split: NDArray[np.str_]
    right: Numbers
    mean: Numbers
    least: Numbers
    tokens: Numbers

    def rows(self, keep: NDArray[np.bool_] | NDArray[np.intp]) -> "Table":
        """Some of the rows, in the order given."""
        return Table(*(getattr(self, name)[keep] for name in self.__struct_fields__))

    def part(self, *names: Split) -> "Table":
        """The rows of these splits."""
        return self.rows(np.isin(self.split, names))


class Kind(msgspec.Struct, frozen=True):
    """How one kind of question went."""

    prompts: int
    right: int
    share: Interval


class Check(msgspec.Struct, frozen=True):
    """How what train alone gives would have to be moved to suit the calibration split.

    `shift` is added to the log-odds where the slope is kept. `slope` is the slope that each split gives by itself.
    """

    shift: Interval
    slope: dict[str, Interval]


class Figures(msgspec.Struct, frozen=True):
    """How good it is on the test split, unless it says otherwise; [figure, lowest, highest] at 95 %."""

    prompts: dict[str, int]
    families: dict[str, int]
    share_right: dict[str, float]
    accuracy: Interval
    auc: Interval
    auc_within_kinds: Interval
    ece: Interval
    brier: Interval
    brier_of_constant: Interval
    brier_gain: Interval
    right_among_most_confident: dict[str, Interval]
    with_quality_of_kind: dict[str, Interval]
    auc_all_splits: Interval
    auc_within_kinds_all_splits: Interval
    auc_of_variants: dict[str, Interval]
    calibration_check: Check
    by_kind_all_splits: dict[str, Kind]


class Shipped(msgspec.Struct, frozen=True):
    """The file: what the product reads, then what it rests on."""

    intercept: float
    slope: float
    spread: tuple[float, ...]
    quality: float
    quality_by_intent: dict[str, float]
    measured_on: str
    sha256_of_outcomes: str
    figures: Figures


def shipped(questions: Iterable[Question], outcomes: tuple[Outcome, ...]) -> Shipped:
    """Fit on train, check on calibration, fit on both, report on test."""
    whole = table(tuple(questions), outcomes)
    weights = _fitted(whole.part("train", "calibration"))
    held_out = whole.part("calibration", "test")
    spread = fit.spread(fit.predict(weights, held_out.mean[:, None]))
    return Shipped(
        intercept=round(float(weights[0]), 4),
        slope=round(float(weights[1]), 4),
        spread=spread,
        quality=round(float(whole.right.mean()), 3),
        quality_by_intent=_qualities(whole),
        measured_on=f"{len(outcomes)} prompts of {len(set(whole.source))} families, temperature 0, 64 tokens at most",
        sha256_of_outcomes=hashlib.sha256(dump(outcomes)).hexdigest(),
        figures=_figures(whole, weights, spread),
    )


def write(content: Shipped) -> bytes:
    """The bytes of the file: one line for each key."""
    fields = msgspec.to_builtins(content)
    figures = fields.pop("figures")
    lines = [f"  {_json(key)}: {_json(value)}" for key, value in fields.items()]
    inner = ",\n".join(f"    {_json(key)}: {_json(value)}" for key, value in figures.items())
    return ("{\n" + ",\n".join([*lines, f'  "figures": {{\n{inner}\n  }}']) + "\n}\n").encode()


def table(questions: tuple[Question, ...], outcomes: tuple[Outcome, ...]) -> Table:
    asked = {question.id: question for question in questions}
    split = splits(questions)
    found = [asked[each.id] for each in outcomes]
    return Table(
        np.array([each.kind for each in found]),
        np.array([each.source for each in found]),
        np.array([split[each.source] for each in found]),
        np.array([float(each.right) for each in outcomes]),
        np.array([each.mean_logprob for each in outcomes]),
        np.array([each.least_logprob for each in outcomes]),
        np.array([float(each.tokens) for each in outcomes]),
    )


def _fitted(part: Table) -> Numbers:
    return fit.logistic(part.mean[:, None], part.right)


def _check(whole: Table) -> Check:
    held = whole.part("calibration")
    before = fit.log_odds(fit.predict(_fitted(whole.part("train")), held.mean[:, None]))
    parts = {"train": whole.part("train"), "calibration": held, "both": whole.part("train", "calibration")}
    parts["all"] = whole
    return Check(
        _interval(held, lambda at: fit.shift(before[at], held.right[at])),
        {name: _slope(part) for name, part in parts.items()},
    )


def _slope(part: Table) -> Interval:
    return _interval(part, lambda at: float(_fitted(part.rows(at))[1]), rounds=ROUNDS // 4)


def _qualities(whole: Table) -> dict[str, float]:
    mean = float(whole.right.mean())
    measured = [kind for kind in INTENTS if kind in whole.kind]
    parts = {kind: whole.right[whole.kind == kind] for kind in measured}
    return {kind: round(fit.shrunk(int(right.sum()), len(right), mean), 3) for kind, right in parts.items()}


def _figures(whole: Table, weights: Numbers, spread: tuple[float, ...]) -> Figures:
    test = whole.part("test")
    names: tuple[Split, ...] = ("train", "calibration", "test")
    parts = {name: whole.part(name) for name in names}
    p, every = (fit.predict(weights, part.mean[:, None]) for part in (test, whole))
    constant = np.full(len(p), whole.part("train", "calibration").right.mean())
    return Figures(
        prompts={name: len(part.right) for name, part in parts.items()},
        families={name: len(set(part.source)) for name, part in parts.items()},
        share_right={name: round(float(part.right.mean()), 3) for name, part in parts.items()},
        accuracy=_interval(test, lambda at: float(test.right[at].mean())),
        auc=_measured(fit.auc, p, test),
        auc_within_kinds=_within(p, test),
        ece=_measured(fit.ece, p, test),
        brier=_measured(fit.brier, p, test),
        brier_of_constant=_measured(fit.brier, constant, test),
        brier_gain=_gain(constant, p, test),
        right_among_most_confident={
            name: _measured(fit.most_confident(share), p, test)
            for name, share in (("tenth", 0.1), ("quarter", 0.25), ("half", 0.5))
        },
        with_quality_of_kind=_as_used(whole, p, spread),
        auc_all_splits=_measured(fit.auc, every, whole),
        auc_within_kinds_all_splits=_within(every, whole),
        auc_of_variants=_variants(whole),
        calibration_check=_check(whole),
        by_kind_all_splits=_kinds(whole),
    )


def _as_used(whole: Table, p: Numbers, spread: tuple[float, ...]) -> dict[str, Interval]:
    """As the product uses it: log-odds moved to the quality of the kind, here without the test split's part."""
    test = whole.part("test")
    known = _qualities(whole.part("train", "calibration"))
    quality = np.array([known[kind] for kind in test.kind])
    moved = fit.shifted(p, fit.log_odds(quality) - fit.log_odds(np.array([np.mean(spread)])))
    return {
        "auc": _measured(fit.auc, moved, test),
        "ece": _measured(fit.ece, moved, test),
        "brier": _measured(fit.brier, moved, test),
        "brier_without_logprobs": _measured(fit.brier, quality, test),
        "brier_gain_by_logprobs": _gain(quality, moved, test),
    }


def _variants(whole: Table) -> dict[str, Interval]:
    """Whether the length, or the least certain token, would tell more. Only reported."""
    train, test = whole.part("train", "calibration"), whole.part("test")
    forms: dict[str, Callable[[Table], Numbers]] = {
        "sum of logprobs": lambda each: (each.mean * each.tokens)[:, None],
        "mean, log of length": lambda each: np.column_stack([each.mean, np.log(each.tokens + 1)]),
        "log of length": lambda each: np.log(each.tokens + 1)[:, None],
        "least logprob": lambda each: each.least[:, None],
    }
    on_test = {
        name: _measured(fit.auc, fit.predict(fit.logistic(form(train), train.right), form(test)), test)
        for name, form in forms.items()
    }
    return on_test | {"least logprob, all splits": _measured(fit.auc, whole.least, whole)}


def _kinds(whole: Table) -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for kind in _qualities(whole):
        right = whole.right[whole.kind == kind]
        low, high = wilson(int(right.sum()), len(right))
        found[kind] = Kind(len(right), int(right.sum()), _rounded(float(right.mean()), low, high))
    return found


def _measured(measure: fit.Measure, p: Numbers, part: Table) -> Interval:
    return _interval(part, lambda at: measure(p[at], part.right[at]))


def _within(p: Numbers, part: Table) -> Interval:
    return _interval(part, lambda at: fit.auc_within(p[at], part.right[at], part.kind[at]))


def _gain(baseline: Numbers, p: Numbers, part: Table) -> Interval:
    """By how much the Brier score of `p` is better than that of `baseline`, question by question."""
    gains = (baseline - part.right) ** 2 - (p - part.right) ** 2
    return _interval(part, lambda at: float(gains[at].mean()))


def _interval(part: Table, of: Callable[[NDArray[np.intp]], float], rounds: int = ROUNDS) -> Interval:
    low, high = fit.bootstrap(of, [str(source) for source in part.source], rounds)
    return _rounded(of(np.arange(len(part.source))), low, high)


def _rounded(*values: float) -> Interval:
    figure, low, high = (round(value, 3) for value in values)
    return figure, low, high


def _json(value: object) -> str:
    return msgspec.json.format(msgspec.json.encode(value), indent=0).decode()
