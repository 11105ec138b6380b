"""An installation whose endpoints are the recording upstream: what a gateway does, with no model in the way."""

from pathlib import Path

ADA = "ada-0123456789"
POOR = "poor-0123456789"
UPSTREAM_KEY = "upstream-0123456789"
NOBODY_LISTENS = "http://127.0.0.1:9/v1"

BEHAVIOURS = ("echo", "slow", "cut", "error", "rejects", "long", "keyless", "limited", "broken", "held", "lingers")
MODELS = (*BEHAVIOURS, "cloudy", "plain", "dead")

_DOCUMENT = """\
version: 1
objective: balanced
paths: [answer]
models:
{models}
endpoints:
  here: {{url: "{url}", zone: site, key: "file:upstream.key", serves: [{behaviours}]}}
  far: {{url: "{url}", zone: cloud, serves: [{{model: cloudy, as: echo}}]}}
  bare: {{url: "{url}", zone: site, serves: [{{model: plain, as: echo}}], abilities: []}}
  gone: {{url: "{nobody}", zone: site, serves: [dead], timeouts: {{connect: 500ms}}}}
virtual_models:
  thrifty: {{models: [echo], objective: {{value: $0.000001}}}}
policies:
  - name: private-stays-here
    when: {{privacy_at_least: personal}}
    forbid: {{zones: [cloud]}}
{keys}"""

_KEYS = """\
keys:
  ada: {secret: "file:ada.key", budget: {money: $100, per: day}}
  poor: {secret: "file:poor.key", budget: {money: $0.000001, per: total}}
"""


def install(folder: Path, base_url: str, *, keys: bool = True) -> Path:
    """Write the configuration and its secrets into `folder`; a gateway without `keys` is open."""
    models = "\n".join(
        f"  {name}: {{quality: 0.8, context: 4000, max_output: 1000, price: {{input: $1, output: $2}}}}"
        for name in MODELS
    )
    text = _DOCUMENT.format(
        models=models,
        url=base_url,
        behaviours=", ".join(BEHAVIOURS),
        nobody=NOBODY_LISTENS,
        keys=_KEYS if keys else "",
    )
    for name, secret in (("ada", ADA), ("poor", POOR), ("upstream", UPSTREAM_KEY)):
        (folder / f"{name}.key").write_text(secret)
    file = folder / "meritorder.yaml"
    file.write_text(text, encoding="utf-8")
    return file


SMALL = """\
version: 1
models:
  echo: {{quality: 0.8, context: 4000, price: {{input: $1, output: $2}}}}
endpoints:
  here: {{url: "{url}", zone: site, serves: [echo]}}
"""


def install_small(folder: Path, base_url: str) -> Path:
    """Write an open configuration with one model at one place."""
    file = folder / "meritorder.yaml"
    file.write_text(SMALL.format(url=base_url), encoding="utf-8")
    return file
