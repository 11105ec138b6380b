"""What the sections say of each other: unknown names, prices that are missing, rules that contradict."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from meritorder.config.defaults import EMBEDDED, SPEEDS, served
from meritorder.config.diagnose import listed, word
from meritorder.config.document import Document, EndpointSection, PolicySection
from meritorder.config.findings import Findings
from meritorder.config.locate import Located, Where
from meritorder.types.workload import INTENTS

AUTO = "auto"
ANYONE = "anyone"
MOST_LABELS = 1000
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_FREE = "write `price: {input: $0, output: $0}` if it costs nothing"


class Checker:
    """Checks one document; every problem goes to the findings."""

    def __init__(self, document: Document, located: Located, findings: Findings) -> None:
        self._document = document
        self._located = located
        self._findings = findings

    def check(self) -> None:
        """Everything that can be said of the sections that are in order."""
        if not self._document.written["endpoints"]:
            at = self._located.key(("endpoints",))
            self._findings.error(
                "C-033", at, "the document names no endpoints", "`meritorder init` finds what there is"
            )
        for name, endpoint in self._document.endpoints.items():
            self._endpoint(name, endpoint)
        self._models()
        self._virtual_models()
        self._references()
        self._rules()
        for name in self._document.keys:
            if name == ANYONE:
                mend = "choose another name; this one is for a gateway without keys"
                self._key("C-032", ("keys", name), f"{word(name)} cannot be the name of a key", mend)
        self._unserved()

    def _models(self) -> None:
        for name, model in self._document.models.items():
            path = ("models", name)
            if name == AUTO:
                mend = "it always means the choice among all models; choose another name"
                self._key("C-032", path, "a model cannot be named `auto`", mend)
            if model.max_output is not None and model.max_output > model.context:
                what = f"`max_output` of model {word(name)} is more than its `context` of {model.context}"
                self._findings.error("C-022", self._located.value((*path, "max_output")), what)

    def _unserved(self) -> None:
        """Only in a document that is otherwise in order: what is misspelt elsewhere would look unserved here."""
        used = {each.model for endpoint in self._document.endpoints.values() for each in served(endpoint)}
        for name in self._document.models:
            if name not in used and not self._findings.failed:
                at = self._located.key(("models", name))
                mend = "add it to the `serves` of an endpoint, or take it out"
                self._findings.warning("C-201", at, f"no endpoint serves model {word(name)}", mend)

    def _endpoint(self, name: str, endpoint: EndpointSection) -> None:
        path = ("endpoints", name)
        if endpoint.embedded is not None:
            self._embedded(path, endpoint)
        elif endpoint.url is None:
            mend = "give the address of its server, or `embedded: smollm2-135m`"
            self._key("C-020", path, f"endpoint {word(name)} has neither `url` nor `embedded`", mend)
        else:
            self._remote(path, endpoint)
        self._speed(path, endpoint)
        self._served(name, endpoint)

    def _served(self, name: str, endpoint: EndpointSection) -> None:
        seen: set[str] = set()
        for index, each in enumerate(served(endpoint)):
            at: Where = ("endpoints", name, "serves", index, "model")
            model = self._document.models.get(each.model)
            if each.model in seen:
                mend = "write two endpoints for two versions of one model"
                self._value("C-036", at, f"endpoint {word(name)} serves {word(each.model)} twice", mend)
            elif model is not None and model.price is None and each.price is None and not endpoint.embedded:
                what = f"no price is known for {word(each.model)} at endpoint {word(name)}"
                mend = f"add `price` to the model, per million tokens; {_FREE}"
                self._value("C-034", at, what, mend)
            seen.add(each.model)

    def _embedded(self, path: Where, endpoint: EndpointSection) -> None:
        name = str(path[-1])
        if endpoint.embedded not in EMBEDDED:
            at = self._located.value((*path, "embedded"))
            self._findings.unknown("C-014", at, "embedded model", str(endpoint.embedded), EMBEDDED)
        for setting in ("url", "key", "dialect"):
            if getattr(endpoint, setting) is not None:
                what = f"endpoint {word(name)} is embedded and has no `{setting}`"
                mend = f"take out `{setting}`, or `embedded` where you mean a server of your own"
                self._key("C-031", (*path, setting), what, mend)
        if endpoint.zone not in {None, "device"}:
            what = f"endpoint {word(name)} is embedded: its `zone` is `device`"
            self._value("C-031", (*path, "zone"), what, "take out `zone`")
        if len(served(endpoint)) > 1:
            what = f"endpoint {word(name)} is embedded and serves one model"
            self._key("C-031", (*path, "serves"), what, "write one endpoint for each model")
        for index, each in enumerate(served(endpoint)):
            if each.upstream is not None:
                what = f"endpoint {word(name)} is embedded: its model has no other name"
                self._key("C-031", (*path, "serves", index, "as"), what, "take out `as`")
            if endpoint.serves is None and each.model in EMBEDDED:
                known = self._document.written["models"]
                self._known("C-011", "model", each.model, (*path, "embedded"), known)

    def _remote(self, path: Where, endpoint: EndpointSection) -> None:
        name = str(path[-1])
        if endpoint.zone is None:
            mend = "where it runs: `device` (this machine), `site` (your own) or `cloud`"
            self._key("C-020", path, f"endpoint {word(name)} has no `zone`", mend)
        if endpoint.serves is None:
            mend = "name its models: `serves: [gpt-5-mini]`"
            self._key("C-020", path, f"endpoint {word(name)} has no `serves`", mend)
        parts = urlsplit(endpoint.url or "")
        if parts.scheme == "http" and endpoint.zone == "cloud" and parts.hostname not in _LOOPBACK:
            what = f"endpoint {word(name)} is in the cloud and is not encrypted"
            self._findings.warning("C-202", self._located.value((*path, "url")), what, "use `https://`")

    def _speed(self, path: Where, endpoint: EndpointSection) -> None:
        usual = SPEEDS[endpoint.zone or "device"]
        rate = endpoint.speed.tokens_per_second or usual.tokens_per_second
        if endpoint.speed.fastest is not None and endpoint.speed.fastest < rate:
            what = f"`speed.fastest` of endpoint {word(path[-1])} is below its `tokens_per_second`, {rate:g}"
            self._value("C-022", (*path, "speed", "fastest"), what, "it bounds what one request can generate")

    def _virtual_models(self) -> None:
        for name in self._document.written["virtual_models"]:
            if name in self._document.written["models"]:
                mend = "choose another name; clients could not tell them apart"
                self._key("C-032", ("virtual_models", name), f"{word(name)} is a model already", mend)

    def _references(self) -> None:
        """Names of other sections, also in sections that are not in order themselves."""
        written = self._document.written
        for path, place in self._located.places.items():
            name = place.text
            if name is None:
                continue
            match path:
                case ("endpoints", _, "serves", int()) | ("endpoints", _, "serves", int(), "model"):
                    self._known("C-011", "model", name, path, written["models"])
                case ("virtual_models", _, "models", int()) | ("policies", int(), "forbid", "models", int()):
                    self._known("C-011", "model", name, path, written["models"])
                case ("policies", int(), "forbid", "endpoints", int()):
                    self._known("C-012", "endpoint", name, path, written["endpoints"])
                case ("policies", int(), "when", "keys", int()):
                    self._known("C-013", "key", name, path, written["keys"])
                case _:
                    pass

    def _rules(self) -> None:
        names: dict[str, int] = {}
        for index, rule in self._document.policies.items():
            path: Where = ("policies", index)
            first = names.setdefault(rule.name, index)
            if first != index:
                line = self._located.value(("policies", first, "name")).line
                mend = f"the other stands in line {line}; a decision names its rule"
                self._value("C-036", (*path, "name"), f"two rules are named {word(rule.name)}", mend)
            if not (rule.forbid.zones or rule.forbid.models or rule.forbid.endpoints):
                mend = "say which endpoints: `forbid: {zones: [cloud]}`"
                self._key("C-040", (*path, "forbid"), f"rule {word(rule.name)} forbids nothing", mend)
        self._some_work_is_permitted()

    def _some_work_is_permitted(self) -> None:
        """Rules that always apply must leave an endpoint; what they forbid together, no request can have."""
        left = dict(_labels(self._document.endpoints))
        if not left or len(self._document.endpoints) < len(self._document.written["endpoints"]):
            return
        blamed: list[str] = []
        for index, rule in self._document.policies.items():
            hit = [label for label, (name, model) in left.items() if self._forbids(rule, name, model)]
            if not hit or not self._always(rule):
                continue
            blamed.append(rule.name)
            for label in hit:
                del left[label]
            if not left:
                which = "rule" if len(blamed) == 1 else "rules"
                what = f"{which} {listed(blamed)} can never permit anything"
                mend = "every endpoint is forbidden to every request; say in a `when` which work is meant"
                self._key("C-041", ("policies", index, "forbid"), what, mend)
                return

    def _always(self, rule: PolicySection) -> bool:
        when = rule.when
        return (
            when.privacy_at_least == "public"
            and (not when.intents or len(when.intents) == len(INTENTS))
            and (not when.keys or set(when.keys) == set(self._document.written["keys"]))
        )

    def _forbids(self, rule: PolicySection, endpoint: str, model: str) -> bool:
        section = self._document.endpoints[endpoint]
        zone = section.zone or "device"
        forbid = rule.forbid
        return zone in forbid.zones or model in forbid.models or endpoint in forbid.endpoints

    def _known(self, code: str, what: str, name: str, path: Where, known: tuple[str, ...]) -> None:
        if name not in known:
            self._findings.unknown(code, self._located.value(path), what, name, known)

    def _key(self, code: str, path: Where, what: str, mend: str = "") -> None:
        self._findings.error(code, self._located.key(path), what, mend)

    def _value(self, code: str, path: Where, what: str, mend: str = "") -> None:
        self._findings.error(code, self._located.value(path), what, mend)


def _labels(endpoints: Mapping[str, EndpointSection]) -> Iterable[tuple[str, tuple[str, str]]]:
    for name, endpoint in endpoints.items():
        for each in served(endpoint):
            yield f"{each.model}@{name}", (name, each.model)
