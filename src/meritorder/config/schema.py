"""Plain data to sections, and what a section cannot take to sentences about the setting at fault."""

import re
from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ValidationError

from meritorder.config import amounts
from meritorder.config.defaults import EMBEDDED
from meritorder.config.diagnose import listed, nearest, word
from meritorder.config.document import (
    DIAL,
    NESTED,
    WORTH,
    Document,
    EndpointSection,
    KeySection,
    ModelSection,
    PolicySection,
    Section,
    SettingsSection,
    VirtualModelSection,
    settings_of,
)
from meritorder.config.findings import Findings
from meritorder.config.locate import Data, Located, Where

S = TypeVar("S", bound=Section)

_KINDS = {"models": "model", "endpoints": "endpoint", "virtual_models": "virtual model", "keys": "key"}
_SETTINGS = settings_of(SettingsSection)
_TOP = ("version", "objective", "budget", "models", "endpoints", "paths", "virtual_models", "policies", "keys")
_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_KEY = "[key]"
_MARKS = {_KEY, DIAL, WORTH}
_WANTED = {
    "float_type": "a number",
    "int_type": "a whole number",
    "string_type": "text",
    "tuple_type": "a list",
    "frozen_set_type": "a list",
    "dict_type": "settings, each a `name: value`",
    "model_type": "settings, each a `name: value`",
    "finite_number": "a finite number",
}
_BOUNDS = {
    "greater_than": ("more than", "gt"),
    "greater_than_equal": ("at least", "ge"),
    "less_than": ("less than", "lt"),
    "less_than_equal": ("at most", "le"),
}
_ADVICE = {
    "version": "add `version: 1`",
    "quality": "a share of right answers, from 0 to 1: `quality: 0.8`",
    "quality_by_intent": "a share of right answers, from 0 to 1",
    "context": "the most tokens that prompt and answer have together: `context: 128000`",
    "max_output": "the most tokens of one answer: `max_output: 4096`",
    "input": "per million tokens: `input: $0.25`",
    "output": "per million tokens: `output: $2.00`",
    "price": "per million tokens: `price: {input: $0.25, output: $2.00}`",
    "zone": "where it runs: `device` (this machine), `site` (your own) or `cloud`",
    "forbid": "say which endpoints: `forbid: {zones: [cloud]}`",
    "money": "`money: $10`",
    "per": "`per: day`, `month` or `total`",
    "value": "what a right answer is worth: `value: $0.02`",
    "secret": "`secret: env:NAME` or `secret: file:PATH`",
    "name": "`name: private-stays-here`",
    "model": "one of the names under `models`",
    "policies": "each rule begins with `- name: …`",
    "intents": "a list: `intents: [code, maths]`",
    "zones": "a list: `zones: [cloud]`",
    "models": "a list of names: `models: [gpt-5-mini]`",
    "serves": "a list of models: `serves: [gpt-5-mini]`",
    "abilities": "a list: `abilities: [tools, vision]`",
    "paths": "a list: `paths: [answer, escalate]`",
}


class Reader:
    """Reads one document; what does not fit is added to the findings, and left out of the result."""

    def __init__(self, located: Located, findings: Findings) -> None:
        self._located = located
        self._data = located.data
        self._findings = findings
        self._empty: set[Where] = set()

    def document(self) -> Document:
        """All sections that are in order."""
        for name in self._data:
            if name not in _TOP:
                self._unknown_setting((name,), _TOP)
        given: dict[str, Data] = {
            name: value for name, value in self._data.items() if name in _SETTINGS and value is not None
        }
        settings = self._section(SettingsSection, given, ())
        return Document(
            settings or SettingsSection(version=1),
            self._named("models", ModelSection),
            self._named("endpoints", EndpointSection),
            self._named("virtual_models", VirtualModelSection),
            self._rules(),
            self._named("keys", KeySection),
            {name: tuple(self._mapping(name)) for name in _KINDS},
        )

    def _named(self, collection: str, kind: type[S]) -> dict[str, S]:
        found: dict[str, S] = {}
        for name, data in self._mapping(collection, report=True).items():
            path = (collection, name)
            try:
                amounts.name(name)
            except amounts.Misfit as misfit:
                self._findings.error(misfit.code, self._located.key(path), str(misfit), misfit.mend)
            if collection == "models" and name not in EMBEDDED and isinstance(data, dict) and "quality" not in data:
                self._missing((*path, "quality"), _ADVICE["quality"])
            section = self._section(kind, data, path)
            if section is not None:
                found[name] = section
        return found

    def _rules(self) -> dict[int, PolicySection]:
        data = self._data.get("policies")
        if data is None:
            return {}
        if not isinstance(data, list):
            at = self._located.key(("policies",))
            self._findings.error("C-021", at, "`policies` must be a list", _ADVICE["policies"])
            return {}
        read = ((index, self._section(PolicySection, each, ("policies", index))) for index, each in enumerate(data))
        return {index: section for index, section in read if section is not None}

    def _mapping(self, collection: str, *, report: bool = False) -> Mapping[str, Data]:
        data = self._data.get(collection)
        if isinstance(data, dict):
            return data
        if data is not None and report:
            message = f"`{collection}` must hold a name and settings for each {_KINDS[collection]}"
            self._findings.error("C-021", self._located.key((collection,)), message)
        return {}

    def _section(self, kind: type[S], data: Data, path: Where) -> S | None:
        """One section, `None` where anything in it is not in order."""
        if data is None:
            self._findings.error("C-020", self._located.key(path), f"{self._phrase(path)} has no settings")
            return None
        before = len(self._empty)
        filled = self._without_empty(data, path)
        try:
            section = kind.model_validate(filled)
        except ValidationError as error:
            for each in error.errors(include_url=False):
                self._misfit(kind, path, each)
            return None
        return section if len(self._empty) == before else None

    def _without_empty(self, data: Data, path: Where) -> Data:
        """Settings that are named but have no value would silently count as not set; they are reported."""
        if isinstance(data, list):
            return [self._without_empty(each, (*path, index)) for index, each in enumerate(data)]
        if not isinstance(data, dict):
            return data
        filled: dict[str, Data] = {}
        for name, value in data.items():
            inner = (*path, name)
            if value is None:
                self._empty.add(inner)
                what = f"{self._phrase(inner)} has no value"
                self._findings.error("C-021", self._located.key(inner), what, "give it one, or take the line out")
            else:
                filled[name] = self._without_empty(value, inner)
        return filled

    def _misfit(self, kind: type[Section], path: Where, error: Any) -> None:
        where: Where = (*path, *(each for each in error["loc"] if each not in _MARKS))
        if len(path) == len(where) == 2:
            self._not_settings(where)
            return
        setting, advice = self._phrase(where), _ADVICE.get(_last(where), "")
        context, problem, given = error.get("ctx", {}), str(error["type"]), error["input"]
        match problem:
            case "extra_forbidden":
                inside = next((NESTED[each] for each in reversed(where[:-1]) if each in NESTED), kind)
                self._unknown_setting(where, settings_of(inside))
            case "missing":
                self._missing(where, advice)
            case "literal_error":
                self._not_one_of(where, given, context["expected"], is_key=error["loc"][-1] == _KEY)
            case "value_error" if isinstance(context["error"], amounts.Misfit):
                misfit = context["error"]
                self._say(misfit.code, where, f"{setting} {misfit}", misfit.mend)
            case "too_short" | "string_too_short":
                self._say("C-022", where, f"{setting} must not be empty", "")
            case "string_too_long":
                self._say("C-022", where, f"{setting} is too long", "")
            case _ if problem in _BOUNDS:
                bound, key = _BOUNDS[problem]
                self._say("C-022", where, f"{setting} must be {bound} {context[key]:g}, not {word(given)}", advice)
            case _:
                wanted = _WANTED.get(problem, "written differently")
                if wanted.endswith("number") and isinstance(given, str) and _DIGITS.fullmatch(given):
                    advice = "take off the quotes"
                said = "" if amounts.seen(given).startswith("it ") else f", not {amounts.seen(given)}"
                self._say("C-021", where, f"{setting} must be {wanted}{said}", advice)

    def _missing(self, where: Where, advice: str) -> None:
        if where in self._empty:
            return
        said = f"{self._phrase(where[:-1])} has no {word(where[-1])}"
        self._findings.error("C-020", self._located.key(where[:-1]), said, advice)

    def _not_settings(self, where: Where) -> None:
        """An entry that is not settings at all; what stands there is not repeated, since it may be a secret."""
        mend = "write its settings as `name: value`, indented below it or in braces"
        if where[0] == "keys":
            mend = "write `{secret: env:NAME}`"
        self._findings.error("C-021", self._located.value(where), f"{self._phrase(where)} must hold settings", mend)

    def _not_one_of(self, where: Where, given: object, expected: str, *, is_key: bool) -> None:
        choices = re.findall(r"'([^']*)'", expected) or [expected]
        close = nearest(given, choices) if isinstance(given, str) else ""
        mend = f"did you mean {word(close)}?" if close else f"it can be {listed(choices, 20)}"
        if is_key:
            said = f"{self._phrase(where[:-1])} cannot be given for {word(given)}"
            self._findings.error("C-026", self._located.key(where), said, mend)
        else:
            self._say("C-026", where, f"{self._phrase(where)} cannot be {word(given)}", mend)

    def _unknown_setting(self, where: Where, known: tuple[str, ...]) -> None:
        close = nearest(str(where[-1]), known)
        mend = f"did you mean {word(close)}?" if close else f"the settings here are {listed(known, 20)}"
        if where[-1] == "<<":
            mend = "merging is not part of the document; write the settings out"
        said = f"unknown setting {word(where[-1])} in {self._phrase(where[:-1])}".removesuffix(" in the document")
        self._findings.error("C-010", self._located.key(where), said, mend)

    def _say(self, code: str, where: Where, message: str, mend: str) -> None:
        self._findings.error(code, self._located.value(where), message, mend)

    def _phrase(self, where: Where) -> str:
        """A setting as a person would call it: `price.input` of model `x`; the document where it is all of it."""
        if not where:
            return "the document"
        match where:
            case ("policies", index, *inner):
                whole = self._rule(index)
            case (str(collection), name, *inner) if collection in _KINDS:
                whole = f"{_KINDS[collection]} {word(name)}"
            case _:
                whole, inner = "", list(where)
        words = [each for each in inner if isinstance(each, str)]
        setting = word(".".join(words)) if words else ""
        return f"{setting} of {whole}" if setting and whole else setting or whole

    def _rule(self, index: str | int) -> str:
        data = self._data.get("policies")
        rule = data[index] if isinstance(data, list) and isinstance(index, int) else None
        name = rule.get("name") if isinstance(rule, dict) else None
        return f"rule {word(name)}" if isinstance(name, str) and name else f"rule {int(index) + 1}"


def _last(where: Where) -> str:
    return next((each for each in reversed(where) if isinstance(each, str)), "")
