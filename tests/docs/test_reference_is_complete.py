"""The reference lists every error code, every header and every command that the sources have."""

import ast
import importlib
import importlib.util
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs/reference"
HEADER = re.compile(r"\bx-meritorder(?:-[a-z0-9]+)+\b", re.IGNORECASE)


def sources() -> dict[str, ast.Module]:
    found = sorted((ROOT / "src/meritorder").rglob("*.py"))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in found}


def page(name: str) -> str:
    path = REFERENCE / name
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def literals(node: ast.expr | None) -> set[str]:
    """The texts an expression can be: a literal, or either side of a choice between literals."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        return {node.value}
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    if isinstance(node, ast.BoolOp):
        return set[str]().union(*map(literals, node.values))
    return set()


def last_word(node: ast.expr) -> str:
    return ast.unparse(node).rpartition(".")[2]


def error_classes(trees: Mapping[str, ast.Module]) -> set[str]:
    """MeritorderError and everything below it, by name."""
    classes = [node for tree in trees.values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    found = {"MeritorderError"}
    while below := {node.name for node in classes if {*map(last_word, node.bases)} & found} - found:
        found |= below
    return found


def error_codes(trees: Mapping[str, ast.Module]) -> dict[str, str]:
    """Every literal error code → the first place that has it."""
    errors = error_classes(trees)
    found: dict[str, str] = {}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            for code in codes_at(node, errors):
                found.setdefault(code, f"{path}:{getattr(node, 'lineno', 1)}")
    return found


def codes_at(node: ast.AST, errors: set[str]) -> set[str]:
    """The codes that are given where an error is made, by a class to its parent, or as a class attribute."""
    if isinstance(node, ast.Call) and last_word(node.func) in errors:
        return set[str]().union(*(literals(item.value) for item in node.keywords if item.arg == "code"))
    if not isinstance(node, ast.ClassDef):
        return set()
    found: set[str] = set()
    for item in node.body:
        names = item.targets if isinstance(item, ast.Assign) else [getattr(item, "target", None)]
        if any(isinstance(name, ast.Name) and name.id == "code" for name in names):
            found |= literals(getattr(item, "value", None))
    if node.name in errors:
        to_parent = (part for part in ast.walk(node) if isinstance(part, ast.Call))
        given = (item for part in to_parent for item in part.keywords if ast.unparse(part.func) == "super().__init__")
        found |= set[str]().union(*(literals(item.value) for item in given if item.arg == "code"))
    return found


def headers(trees: Mapping[str, ast.Module]) -> dict[str, str]:
    """Every `x-meritorder-*` header in a literal, in lower case → the first place that has it."""
    found: dict[str, str] = {}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes):
                text = node.value if isinstance(node.value, str) else node.value.decode("latin-1")
                for name in HEADER.findall(text):
                    found.setdefault(name.lower(), f"{path}:{node.lineno}")
    return found


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command and everything below it, each under the words a user types."""
    if command.hidden:
        return
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for word in command.list_commands(context):
            below = command.get_command(context, word)
            if below is not None:
                yield from commands(below, f"{name} {word}")


def options(command: click.Command) -> list[str]:
    """The options of one command, in their long form where they have one."""
    found: list[str] = []
    for param in command.params:
        if isinstance(param, click.Option) and not param.hidden:
            every = [*param.opts, *param.secondary_opts]
            found.extend([text for text in every if text.startswith("--")] or every)
    return found


def section(document: str, name: str) -> str:
    """The text under the heading that starts with a command's words, down to the next of its rank."""
    text = re.sub(r"^\s*(`{3,}|~{3,}).*?^\s*\1`*~*$", "", document, flags=re.MULTILINE | re.DOTALL)
    headings = list(re.finditer(r"^(#+) +(.*)$", text, flags=re.MULTILINE))
    titled = [(match[2].replace("`", "").strip(), match) for match in headings]
    fitting = [pair for pair in titled if f"{pair[0]} ".startswith(f"{name} ")]
    if not fitting:
        return ""
    opening = min(fitting, key=lambda pair: len(pair[0].split()))[1]
    after = (match for match in headings if match.start() > opening.start() and len(match[1]) <= len(opening[1]))
    following = next(after, None)
    return text[opening.end() : following.start() if following else len(text)]


def undocumented(command: click.Command, name: str, document: str) -> list[str]:
    """One line per command without a section, and per option that its section does not mention."""
    lines: list[str] = []
    for words, each in commands(command, name):
        text = document if words == name else section(document, words)
        if not text:
            lines.append(f"{words}: no section")
            continue
        named = set(re.findall(r"(?<![\w-])--?[a-zA-Z][\w-]*", text))
        lines.extend(f"{words}: no {option}" for option in options(each) if option not in named)
    return lines


def test_every_error_code_is_in_the_reference():
    document = page("errors.md")
    missing = [f"{code} ({place})" for code, place in error_codes(sources()).items() if f"`{code}`" not in document]
    assert not missing, "not in docs/reference/errors.md: " + ", ".join(sorted(missing))


def test_every_header_is_in_the_reference():
    listed = {name.lower() for name in HEADER.findall(page("http.md"))}
    missing = [f"{name} ({place})" for name, place in headers(sources()).items() if name not in listed]
    assert not missing, "not in docs/reference/http.md: " + ", ".join(sorted(missing))


def test_every_command_and_option_is_in_the_reference():
    if importlib.util.find_spec("meritorder.cli") is None:
        pytest.skip("there is no command line yet")
    main = importlib.import_module("meritorder.cli").main
    missing = undocumented(main, "meritorder", page("cli.md"))
    assert not missing, "not in docs/reference/cli.md: " + ", ".join(missing)


def parsed(text: str) -> dict[str, ast.Module]:
    return {"src/a.py": ast.parse(text)}


def test_codes_are_found_where_errors_are_raised_and_where_their_classes_set_them():
    text = """
class MeritorderError(Exception):
    code: str = "of_the_class"
class Deep(errors.MeritorderError):
    def __init__(self):
        super().__init__("message", code="to_the_parent")
def f(slow):
    raise Deep("message", code="plain")
    raise errors.Deep("message", code="late" if slow else "early")
    return Unrelated("message", code="not_an_error")
"""
    found = error_codes(parsed(text))
    assert set(found) == {"of_the_class", "to_the_parent", "plain", "late", "early"}
    assert found["plain"] == "src/a.py:8"


def test_headers_are_found_in_texts_and_bytes_whatever_their_case():
    text = """
a = 'X-Meritorder-Path'
b = {b'x-meritorder-cost-usd': f'x-meritorder-trace: {a}'}
c = 'x-meritorder-*'
"""
    assert headers(parsed(text)) == {
        "x-meritorder-path": "src/a.py:2",
        "x-meritorder-cost-usd": "src/a.py:3",
        "x-meritorder-trace": "src/a.py:3",
    }


def made_up() -> click.Group:
    main = click.Group("main", params=[click.Option(["--config", "-c"]), click.Option(["--secret"], hidden=True)])
    up = click.Command("up", params=[click.Option(["--detach/--no-detach"]), click.Option(["-p"])])
    pool = click.Group("pool", commands=[click.Command("list", params=[click.Option(["--all"])])])
    for command in (up, pool, click.Command("inner", hidden=True)):
        main.add_command(command)
    return main


DOCUMENT = """# Commands
`--config FILE`
## `meritorder up`
| `--detach`, `--no-detach` | ... |
### Notes
`-p`
## meritorder pool
Groups.
```sh user
# a comment, not a heading --all
```
### meritorder pool list [NAME]
`--all`
"""


def test_a_reference_with_every_command_and_option_is_complete():
    assert undocumented(made_up(), "meritorder", DOCUMENT) == []


def test_commands_without_a_section_and_options_without_a_mention_are_named():
    cut = DOCUMENT.replace("`--detach`, ", "").replace("meritorder pool list", "more").replace("--config", "--conf")
    assert undocumented(made_up(), "meritorder", cut) == [
        "meritorder: no --config",
        "meritorder pool list: no section",
        "meritorder up: no --detach",
    ]


def test_an_option_in_the_section_of_another_command_does_not_count():
    moved = DOCUMENT.replace("`--all`", "").replace("`-p`", "`-p` and `--all`")
    assert undocumented(made_up(), "meritorder", moved) == ["meritorder pool list: no --all"]
