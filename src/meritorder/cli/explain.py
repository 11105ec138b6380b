"""`meritorder explain`: the whole decision on a prompt, as a person would want to read it; no model is called."""

import os
import sys
from pathlib import Path

import click
import msgspec

from meritorder.cli.options import config_option, places, reading
from meritorder.cli.show import explained
from meritorder.config.configuration import Configuration
from meritorder.config.diagnose import ConfigurationInvalid, render
from meritorder.config.load import load
from meritorder.engine.assemble import clock
from meritorder.engine.rehearse import rehearse
from meritorder.errors import RequestError
from meritorder.gateway import wire
from meritorder.types.request import Principal, Request


@click.command(short_help="Say how a prompt would be routed, and why.")
@click.argument("prompt")
@click.option("--model", default="auto", show_default=True, help="What the client would ask for.")
@click.option("--key", help="Decide as for the holder of this key (its name in the configuration).")
@click.option("--max-tokens", type=click.IntRange(min=1), help="The client's limit on the answer.")
@click.option("--json", "as_json", is_flag=True, help="Workload, snapshot and decision as JSON.")
@config_option
def explain(prompt: str, model: str, key: str | None, max_tokens: int | None, file: Path, *, as_json: bool) -> None:
    """Say how PROMPT (- for standard input) would be routed, and why. No model is called.

    Endpoints are taken to be idle and well; budgets stand as the records say.
    """
    configuration = _loaded(file)
    principal = _principal(configuration, key)
    _known(configuration, model)
    text = sys.stdin.read() if prompt == "-" else prompt
    request = _request(text, model, max_tokens, principal)
    journal = places(file).journal
    with reading(journal):
        workload, snapshot, decision = rehearse(request, configuration, journal)
    if as_json:
        click.echo(
            msgspec.json.format(
                msgspec.json.encode({"workload": workload, "view": snapshot.view, "decision": decision})
            )
        )
    else:
        click.echo(explained(workload, snapshot.generation, decision))


def _loaded(file: Path) -> Configuration:
    try:
        return load(file, os.environ)
    except ConfigurationInvalid as invalid:
        click.echo(render(invalid.diagnostics, "nothing was decided", colour=sys.stderr.isatty()), err=True)
        sys.exit(1)


def _principal(configuration: Configuration, key: str | None) -> Principal:
    if key is None:
        return configuration.admit("") or Principal("nobody", ())
    found = next((each for each in configuration.principals.values() if each.name == key), None)
    if found is None:
        names = ", ".join(sorted(each.name for each in configuration.principals.values())) or "none"
        raise click.ClickException(f"there is no key `{key}` in the configuration; there is: {names}")
    return found


def _known(configuration: Configuration, model: str) -> None:
    generation = configuration.generation
    if model not in generation.virtual and model not in generation.models:
        names = ", ".join([*sorted(generation.virtual), *sorted(generation.models)])
        raise click.ClickException(f"there is no model `{model}`; there is {names}")


def _request(text: str, model: str, max_tokens: int | None, principal: Principal) -> Request:
    body: dict[str, object] = {"model": model, "messages": [{"role": "user", "content": text}]}
    if max_tokens is not None:
        body["max_tokens"] = max_tokens
    try:
        return wire.read(msgspec.json.encode(body), request_id="req_explain", principal=principal, received_at=clock())
    except UnicodeEncodeError as error:
        raise click.ClickException("the prompt is not valid UTF-8") from error
    except RequestError as error:
        raise click.ClickException(str(error)) from error
