"""Reads a document from its file and compiles it whole, or says everything that is wrong with it."""

from collections.abc import Mapping
from pathlib import Path

from msgspec import structs

from meritorder.config.amounts import Misfit, is_reference
from meritorder.config.check import Checker
from meritorder.config.compile import MOST_PATHS, TooManyPaths, compile_document
from meritorder.config.configuration import Configuration
from meritorder.config.diagnose import ConfigurationInvalid, Diagnostic, word
from meritorder.config.findings import Findings
from meritorder.config.locate import Located, Where, locate
from meritorder.config.schema import Reader
from meritorder.config.secret import Secrets
from meritorder.config.source import LARGEST, Source, Unreadable


def load(file: Path, environ: Mapping[str, str]) -> Configuration:
    """The configuration that `file` describes; raises `ConfigurationInvalid` with every problem in it."""
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        raise ConfigurationInvalid([_unreadable(file, error)]) from error
    return parse(raw, str(file), Secrets(environ, file.parent))


def parse(raw: bytes, name: str, secrets: Secrets) -> Configuration:
    """The configuration in `raw`; `name` is what the diagnostics call it."""
    source = Source(name, raw)
    findings = Findings(source)
    try:
        located = locate(source, findings)
        _hide_literals(located, source)
        configuration = _compile(located, findings, secrets)
    except Unreadable as error:
        findings.error(error.code, error.span, error.message, error.mend)
        configuration = None
    if configuration is None:
        raise ConfigurationInvalid(findings.diagnostics())
    return structs.replace(configuration, diagnostics=findings.diagnostics())


def _compile(located: Located, findings: Findings, secrets: Secrets) -> Configuration | None:
    document = Reader(located, findings).document()
    Checker(document, located, findings).check()
    found = _secrets(located, findings, secrets)
    if findings.failed:
        return None
    try:
        return compile_document(document, found)
    except TooManyPaths:
        what = f"the endpoints allow more than {MOST_PATHS} paths"
        findings.error("C-037", located.key(("paths",)), what, "write `paths: [answer]`, or serve fewer models")
        return None


def _secrets(located: Located, findings: Findings, secrets: Secrets) -> dict[str, str]:
    """Every secret that is referred to; no two keys may have the same, or the gateway could not tell them."""
    found: dict[str, str] = {}
    owners: dict[str, str] = {}
    for path, place in located.places.items():
        if place.text is None or not _is_secret(path) or not is_reference(place.text):
            continue
        try:
            secret = found[place.text] = secrets.read(place.text)
        except Misfit as misfit:
            findings.error(misfit.code, place.value, str(misfit), misfit.mend)
            continue
        name = str(path[1])
        owner = owners.setdefault(secret, name) if path[0] == "keys" else name
        if owner != name:
            what = f"keys {word(owner)} and {word(name)} have the same secret"
            findings.error("C-036", place.value, what, "give each its own; a key says who asks")
    return found


def _is_secret(path: Where) -> bool:
    """Whether a secret's reference stands there."""
    match path:
        case ("endpoints", _, "key") | ("keys", _, "secret"):
            return True
        case _:
            return False


def _hide_literals(located: Located, source: Source) -> None:
    """A secret that was written into the document must not reach a terminal or a log by way of its line."""
    for path, place in located.places.items():
        if (path[0] == "keys" and len(path) == 2 and place.text is not None) or (
            _is_secret(path) and place.text is not None and not is_reference(place.text)
        ):
            source.mask(place.value)
        elif _is_secret(path[:3]) and len(path) > 3:
            source.mask(place.key)
            source.mask(place.value)


def _unreadable(file: Path, error: OSError | ValueError) -> Diagnostic:
    why = (error.strerror or "it cannot be read").lower() if isinstance(error, OSError) else "not a path"
    mend = "`meritorder init` writes one" if isinstance(error, FileNotFoundError) else ""
    return Diagnostic(str(file), 0, 0, 0, "error", "C-001", f"the file cannot be read: {why}", mend)
