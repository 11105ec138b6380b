"""Documents for tests: one that is in order, and ways to read others."""

from collections.abc import Mapping
from pathlib import Path

from meritorder.config.configuration import Configuration
from meritorder.config.diagnose import ConfigurationInvalid, Diagnostic
from meritorder.config.load import parse
from meritorder.config.secret import Secrets

ENVIRON = {"OPENAI_API_KEY": "sk-of-openai", "ALICE_KEY": "alices-own", "BOB_KEY": "bobs-own"}

SMALL = """\
version: 1
models:
  tiny: {quality: 0.4, context: 8192}
  large: {quality: 0.9, context: 400000, price: {input: $1.25, output: $10}}
endpoints:
  near: {url: "http://127.0.0.1:8000/v1", zone: device, serves: [{model: tiny, price: {input: $0, output: $0}}]}
  far: {url: "https://api.example.com/v1", zone: cloud, key: env:OPENAI_API_KEY, serves: [large]}
"""


def compiled(text: str | bytes, environ: Mapping[str, str] = ENVIRON, folder: Path = Path()) -> Configuration:
    raw = text if isinstance(text, bytes) else text.encode()
    return parse(raw, "meritorder.yaml", Secrets(environ, folder))


def diagnostics(text: str | bytes, environ: Mapping[str, str] = ENVIRON) -> tuple[Diagnostic, ...]:
    try:
        return compiled(text, environ).diagnostics
    except ConfigurationInvalid as invalid:
        return invalid.diagnostics


def codes(text: str | bytes) -> list[str]:
    return [each.code for each in diagnostics(text)]


def only(text: str | bytes) -> Diagnostic:
    found = diagnostics(text)
    assert len(found) == 1, [each.message for each in found]
    return found[0]


def pointed_at(text: str, found: Diagnostic) -> str:
    """The words that the carets stand under."""
    line = text.splitlines()[found.line - 1]
    return line[found.column - 1 : found.column - 1 + found.length]
