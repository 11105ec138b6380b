"""The child process that holds the embedded model: llama.cpp's own HTTP server on a loopback port.

Run as `python -m meritorder.providers.embedded.serve --model FILE`. Once it listens it says so with one
line on stdout, `listening http://127.0.0.1:PORT/NONCE`, and it ends as soon as its stdin does: a parent
that is killed cannot keep its end of the pipe. The port is one the system had free, unless `--port` names
one, and the path under which it answers is told to nobody but the parent: nothing else can be taken for
this process, and no other user or web page on the machine finds it.

What this server was seen to do with SmolLM2 (xllamacpp 2026.10.11549), for whoever declares its abilities:

    streaming        yes, with usage in a last chunk when stream_options.include_usage is set. The first
                     delta has a null content; the headers come before the prompt has been read
    logprobs         yes, in OpenAI's shape, whole or streamed with each token. Without top_logprobs it
                     returns twenty alternatives, and with top_logprobs 0 none at all
    seed, stop       yes; the stop text is not part of the answer
    n                up to the number of slots, but usage counts one answer only: do not offer it
    response_format  json_object and json_schema are enforced by a grammar; an answer can still be cut by
                     its limit, and an impossible schema is a 400
    tools            no: the model's template knows none. Tools are ignored in silence, tool_choice too
    images           no: 500. Embeddings: 501
    /v1/messages     yes, streaming and not, but its errors are in OpenAI's shape, and a stop sequence
                     gives stop_reason end_turn
    too long         prompt: 400, type exceed_context_size_error, with n_prompt_tokens and n_ctx; answer:
                     finish_reason length where the context ends
    invalid JSON     400, type invalid_request_error
    unknown model    answered all the same
    client leaves    a streamed answer stops within a few hundredths of a second. An answer that is not
                     streamed runs to its end; so do the reading of a prompt and a request that waits for
                     a slot until its first token. So: always stream, set max_tokens, queue on this side
    connections      are closed after a streamed answer although the headers promise to keep them: do not
                     use one twice
"""

import argparse
import importlib
import os
import secrets
import select
import signal
import sys
from pathlib import Path
from typing import Any

from meritorder.errors import ConfigError

ALIAS = "smollm2-135m"
ANNOUNCEMENT = "listening "

_ERRORS = 1
_PARENT_CHECK_S = 1.0
# llama.cpp keeps the caches of finished conversations in main memory: up to 8 GiB unless told otherwise.
_PROMPT_CACHE_MIB = 64


def usable_cores() -> int:
    """The cores this process may really use: its affinity, or the quota of its container if that is less."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        quota, period = Path("/sys/fs/cgroup/cpu.max").read_text(encoding="ascii").split()
        return count if quota == "max" else max(1, min(count, int(quota) // int(period)))
    except (OSError, ValueError):
        return count


def compute_threads(cores: int) -> int:
    """One core is left to the rest: llama.cpp's threads spin at barriers, and starve when they share."""
    return max(1, cores - 1)


def listen(model: Path, port: int, context: int, slots: int, threads: int, prefix: str) -> tuple[object, str]:
    """The running server, which serves until it is dropped, and the address at which it answers."""
    try:
        llama: Any = importlib.import_module("xllamacpp")
    except ImportError as error:
        message = f"the embedded model needs xllamacpp ({error}): pip install 'meritorder[local]'"
        raise ConfigError(message) from error
    params: Any = llama.CommonParams()
    params.model.path = str(model)
    params.model_alias = {ALIAS}
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.api_prefix = prefix
    params.n_ctx = context * slots
    params.n_parallel = slots
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = threads
    params.endpoint_metrics = params.endpoint_slots = params.endpoint_props = True
    params.use_jinja = True
    params.cache_ram_mib = _PROMPT_CACHE_MIB
    params.verbosity = _ERRORS
    # What is asked for is what is run: no shrinking of the context to fit, no pages, no foreign origins.
    params.fit_params = False
    params.ui = False
    params.cors_origins = ""
    try:
        server: Any = llama.Server(params)
    except RuntimeError as error:
        raise ConfigError(f"the embedded model does not start from {model}: {error}") from error
    return server, f"{server.listening_address}{prefix}"


def wait_for_parent_to_go(parent: int) -> None:
    """Return when stdin ends, or when this process has been handed to another parent."""
    stdin = sys.stdin.fileno()
    while os.getppid() == parent:
        readable, _, _ = select.select([stdin], [], [], _PARENT_CHECK_S)
        if readable and not os.read(stdin, 4096):
            return


def main(arguments: list[str] | None = None) -> None:
    """Serve until the parent goes away."""
    parent = os.getppid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # ctrl-C reaches the whole terminal; the parent stops us
    options = _options(arguments)
    # Only the announcement may reach the parent's pipe, whatever native code prints.
    parents_pipe = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    prefix = f"/{secrets.token_urlsafe(16)}"
    try:
        _server, address = listen(options.model, options.port, options.context, options.slots, options.threads, prefix)
    except ConfigError as error:
        sys.exit(str(error))
    try:
        parents_pipe.write(f"{ANNOUNCEMENT}{address}\n")
        parents_pipe.flush()
        wait_for_parent_to_go(parent)
    finally:
        # Dropping the server would first wait for every running request; nobody is left to read them.
        os._exit(0)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"python -m {__spec__.name}")
    parser.add_argument("--model", type=Path, required=True, help="the weights, a GGUF file")
    parser.add_argument("--port", type=int, default=0, help="loopback port; 0 takes any free one")
    parser.add_argument("--context", type=int, default=2048, help="tokens that one request may use")
    parser.add_argument("--slots", type=int, default=4, help="requests that run at once; others queue")
    parser.add_argument("--threads", type=int, default=compute_threads(usable_cores()), help="compute threads")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
