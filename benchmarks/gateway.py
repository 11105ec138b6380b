"""The gateway under measurement, or any other server put in its place."""

import shlex
import shutil
import sys
from pathlib import Path

from benchmarks.processes import SCRATCH, RunningServer, free_port, start

# What a small installation has: two models with prices, a cascade between them, a rule, budgets for the
# gateway and for the key that pays. The strong model is so good and so cheap that it always wins, so every
# request is one call to the upstream, after a whole decision, on the ledger and in the journal.
CONFIG = """\
version: 1
objective: best
budget: {{money: $1000000, per: month}}
models:
  small:
    quality: 0.5
    context: 128000
    max_output: 4096
    price: {{input: $0.05, output: $0.20}}
    confidence: {{intercept: 1.0, slope: 2.0}}
  strong: {{quality: 0.99, context: 128000, max_output: 4096, price: {{input: $0.10, output: $0.40}}}}
endpoints:
  upstream: {{url: "{upstream}/v1", zone: site, serves: [small, strong]}}
policies:
  - name: secrets-stay-here
    when: {{privacy_at_least: secret}}
    forbid: {{zones: [cloud]}}
keys:
  benchmarks: {{secret: "file:{secret}", budget: {{money: $1000000, per: day}}}}
"""
SECRET = "benchmarks"


def start_gateway(upstream_url: str, instead: str | None = None) -> RunningServer:
    """Start the gateway in front of the upstream.

    `instead` is the command line of another server to measure, in which `{port}` and `{upstream}` are
    filled in. Raises CannotStart if nothing comes to listen.
    """
    port = free_port()
    if instead is not None:
        return start("gateway", shlex.split(instead.format(port=port, upstream=upstream_url)), port)
    config = configuration_file(SCRATCH, upstream_url)
    shutil.rmtree(SCRATCH / ".meritorder", ignore_errors=True)  # The journal of an earlier run slows this one.
    program = Path(sys.executable).with_name("meritorder")
    return start("gateway", [str(program), "up", "--config", str(config), "--port", str(port)], port)


def configuration_file(folder: Path, upstream_url: str) -> Path:
    """Write the configuration that is measured, and the secret of its key, into `folder`."""
    config, secret = folder / "meritorder.yaml", folder / "secret"
    secret.write_text(SECRET)
    config.write_text(CONFIG.format(upstream=upstream_url, secret=secret))
    return config
