"""The first answered request: what a new user sees."""

from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request

import click
import msgspec

from meritorder.cli.running import Running, direct

_QUESTION = "What is the capital of France?"


def demonstrate(running: Running, file: Path) -> None:
    """Ask a first question; print the answer, its receipt, and what to type next."""
    click.echo(f"\n  > {_QUESTION}")
    request = Request(
        f"{running.url}/v1/chat/completions",
        data=msgspec.json.encode(
            {
                "model": "auto",
                "max_tokens": 60,
                "temperature": 0,
                "messages": [{"role": "user", "content": _QUESTION}],
            }
        ),
        headers={"content-type": "application/json"},
    )
    try:
        with direct.open(request, timeout=120) as reply:
            headers = dict(reply.headers)
            answer = msgspec.json.decode(reply.read())
    except HTTPError as refused:
        told = msgspec.json.decode(refused.read())
        raise click.ClickException(told["error"]["message"]) from refused
    except OSError as broken:
        raise click.ClickException(f"the gateway at {running.url} does not answer: {broken}") from broken
    click.echo(f"  < {answer['choices'][0]['message']['content']}\n")
    click.echo(f"  path      {headers['x-meritorder-path']}")
    click.echo(f"  cost      ${headers['x-meritorder-cost']} ({headers['x-meritorder-cost-basis']})")
    click.echo(f"  receipt   {headers['x-meritorder-receipt']}")
    option = "" if file == Path("meritorder.yaml") else f" --config {file}"
    click.echo(
        f"  decision  {headers['x-meritorder-decision']} (all of it: meritorder records{option} "
        f"{headers['x-meritorder-decision']})"
    )


def invite(running: Running, key: str) -> None:
    """The three lines a user needs next; `key` is what to present."""
    url = f"{running.url}/v1"
    body = '{"model": "auto", "messages": [{"role": "user", "content": "Hello!"}]}'
    asked = 'model="auto", messages=[{"role": "user", "content": "Hello!"}]'
    click.echo()
    click.echo(f"Base URL  {url}")
    bearer = "" if key == "any" else f"-H 'authorization: Bearer {key}' "
    click.echo(f"curl      curl {url}/chat/completions {bearer}-H 'content-type: application/json' -d '{body}'")
    click.echo(f'Python    OpenAI(base_url="{url}", api_key="{key}").chat.completions.create({asked})')
