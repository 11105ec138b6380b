"""Keeps the code in pieces a reader can hold: one line per figure over its limit, exit 1 if there is any.

Limits hold for every file alike and nothing is exempt; a figure that is too large asks for a better cut.
Every function here is pure over paths and source text, except `main`.
"""

import ast
import io
import re
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import NamedTuple

ROOTS = ("src", "tests", "tools", "benchmarks")
PACKAGE = PurePosixPath("src/meritorder")
JUDGEMENT = {"types", "signals", "policy", "pool", "ledger", "paths", "routing"}
VAGUE = {"core", "common", "utils", "util", "helpers", "helper", "base", "misc"}

# What is measured, and how much of it is allowed. What is forbidden has the limit 0.
LIMITS = {
    "code lines in function": 60,
    "lines in file": 600,
    "attributes in class": 15,
    "methods in class": 25,
    "modules in folder": 15,
    "folders below the package": 3,
    "parameters of function": 7,
    "nested blocks in function": 4,
    "internal imports in module": 12,
    "public names in package": 30,
    "missing docstring": 0,
    "vague name": 0,
    "silenced check": 0,
    "untyped escape in judgement": 0,
    "syntax error": 0,
}

SILENCED = re.compile(r"\bnoqa\b|\btype:\s*ignore|\bpyright:|\bmypy:|\bpylint:")
REASONED = re.compile(
    r"#\s*pyright: ignore\[\w+(?:, ?\w+)*\](?!.*(?:\bnoqa\b|\bpyright:|type:\s*ignore))[\s#:,-]+\w{2,}"
)
BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)
LAYOUT = {"COMMENT", "NL", "NEWLINE", "INDENT", "DEDENT", "ENDMARKER"}
Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef


class Figure(NamedTuple):
    """One measured thing: `what` is a key of LIMITS, `name` the thing's name in the source."""

    path: str
    line: int
    what: str
    name: str
    value: int = 1

    def __str__(self) -> str:
        limit = LIMITS[self.what]
        return f"{self.path}:{self.line}: {self.what} {self.name}, limit {limit}, figure {self.value}"


def measure(files: Mapping[str, str]) -> Iterator[Figure]:
    """Every figure of a tree, given as path (from the repository's root, with slashes) → source text."""
    modules = {module_name(path) for path in files if in_package(path)}
    yield from folder_figures(list(files))
    for path, text in files.items():
        yield Figure(path, 1, "lines in file", PurePosixPath(path).name, len(text.splitlines()))
        try:
            tree = ast.parse(text)
            tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
        except (SyntaxError, tokenize.TokenError) as error:
            yield Figure(path, getattr(error, "lineno", None) or 1, "syntax error", str(error))
            continue
        yield from comment_figures(path, tokens)
        yield from function_figures(path, tree, code_lines(tree, tokens))
        if in_package(path):
            yield from class_figures(path, tree)
            yield from module_figures(path, tree, modules)


def violations(files: Mapping[str, str]) -> list[Figure]:
    """The figures over their limits, in the order of the files."""
    return sorted(figure for figure in measure(files) if figure.value > LIMITS[figure.what])


def summary(files: Mapping[str, str]) -> str:
    """One line with the largest figure of each kind that has a limit above zero."""
    largest: dict[str, Figure] = {}
    for figure in measure(files):
        if LIMITS[figure.what] and figure.value > largest.get(figure.what, figure._replace(value=-1)).value:
            largest[figure.what] = figure
    parts = (f"{what} {largest[what].value} ({largest[what].name})" for what in LIMITS if what in largest)
    return f"shape: {len(files)} files; largest: {', '.join(parts)}"


def in_package(path: str) -> bool:
    return PurePosixPath(path).is_relative_to(PACKAGE)


def module_name(path: str) -> str:
    parts = PurePosixPath(path).relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def folder_figures(paths: list[str]) -> Iterator[Figure]:
    """Depth and population of the package's folders, and vague names anywhere."""
    inside = [PurePosixPath(path) for path in paths if in_package(path)]
    population = Counter(path.parent for path in inside if path.stem != "__init__")
    for folder in sorted({path.parent for path in inside}):
        yield Figure(str(folder), 1, "modules in folder", folder.name, population[folder])
        depth = len(folder.relative_to(PACKAGE).parts)
        yield Figure(str(folder), 1, "folders below the package", folder.name, depth)
    for path in map(PurePosixPath, paths):
        for part in path.with_suffix("").parts:
            if part in VAGUE:
                yield Figure(str(path), 1, "vague name", part)


def comment_figures(path: str, tokens: list[tokenize.TokenInfo]) -> Iterator[Figure]:
    """Comments that silence a check; `pyright: ignore[rule]` is allowed when a reason follows it."""
    for token in tokens:
        if token.type == tokenize.COMMENT and SILENCED.search(token.string) and not REASONED.match(token.string):
            yield Figure(path, token.start[0], "silenced check", token.string)


def code_lines(tree: ast.Module, tokens: list[tokenize.TokenInfo]) -> set[int]:
    """The numbers of the lines that are neither blank, nor comment, nor docstring."""
    lines: set[int] = set()
    for token in tokens:
        if tokenize.tok_name[token.type] not in LAYOUT:
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | Definition) and ast.get_docstring(node, clean=False) is not None:
            lines.difference_update(range(node.body[0].lineno, (node.body[0].end_lineno or 0) + 1))
    return lines


def function_figures(path: str, tree: ast.Module, code: set[int]) -> Iterator[Figure]:
    """Length, nesting and parameters. A test's parameters are fixtures, and are not counted."""
    methods = {item for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for item in node.body}
    for node in ast.walk(tree):
        if not isinstance(node, Function):
            continue
        length = len(code.intersection(range(node.lineno, (node.end_lineno or node.lineno) + 1)))
        yield Figure(path, node.lineno, "code lines in function", node.name, length)
        yield Figure(path, node.lineno, "nested blocks in function", node.name, nesting(node))
        if not path.startswith("tests/"):
            count = parameters(node) - (node in methods and "staticmethod" not in decorators(node))
            yield Figure(path, node.lineno, "parameters of function", node.name, count)


def nesting(node: ast.AST) -> int:
    """How many blocks the innermost statement lies in; functions inside are measured by themselves."""
    deepest = 0
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Definition | ast.Lambda):
            continue
        is_elif = isinstance(node, ast.If) and isinstance(child, ast.If) and child.col_offset == node.col_offset
        deepest = max(deepest, nesting(child) + (isinstance(child, BLOCKS) and not is_elif))
    return deepest


def parameters(node: Function) -> int:
    given = node.args
    variadic = (given.vararg is not None) + (given.kwarg is not None)
    return len(given.posonlyargs) + len(given.args) + len(given.kwonlyargs) + variadic


def decorators(node: Definition) -> set[str]:
    """The last word of each decorator: `x.setter` is `setter`."""
    bare = (item.func if isinstance(item, ast.Call) else item for item in node.decorator_list)
    return {ast.unparse(item).rpartition(".")[2] for item in bare}


def class_figures(path: str, tree: ast.Module) -> Iterator[Figure]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            methods = [item for item in node.body if isinstance(item, Function)]
            count = len({item.name for item in methods})
            yield Figure(path, node.lineno, "attributes in class", node.name, len(attributes(node, methods)))
            yield Figure(path, node.lineno, "methods in class", node.name, count)


def attributes(node: ast.ClassDef, methods: list[Function]) -> set[str]:
    """Annotated class attributes, and what methods assign on `self`."""
    declared = {ast.unparse(item.target) for item in node.body if isinstance(item, ast.AnnAssign)}
    inner = (part for method in methods for part in ast.walk(method))
    assigned = (part for part in inner if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store))
    return declared | {part.attr for part in assigned if ast.unparse(part.value) == "self"}


def module_figures(path: str, tree: ast.Module, modules: set[str]) -> Iterator[Figure]:
    """Imports, public names, docstrings, and escapes from the types where decisions are made."""
    name = module_name(path)
    yield Figure(path, 1, "internal imports in module", name, len(internal_imports(path, tree, modules)))
    if name == PACKAGE.name:
        yield Figure(path, 1, "public names in package", name, len(public_names(tree)))
    is_judgement = set(name.split(".")[1:2]) & JUDGEMENT
    for node in ast.walk(tree):
        if is_judgement and isinstance(node, ast.ImportFrom | ast.Import):
            yield from escapes(path, node)
    if tree.body and not name.rpartition(".")[2].startswith("_"):
        if ast.get_docstring(tree) is None:
            yield Figure(path, 1, "missing docstring", name)
        yield from undocumented(path, tree.body)


def undocumented(path: str, body: list[ast.stmt]) -> Iterator[Figure]:
    """Public classes and functions without a docstring; overloads, overrides and setters need none."""
    for node in body:
        if not isinstance(node, Definition) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) is None and not decorators(node) & {"overload", "override", "setter"}:
            yield Figure(path, node.lineno, "missing docstring", node.name)
        if isinstance(node, ast.ClassDef):
            yield from undocumented(path, node.body)


def escapes(path: str, node: ast.Import | ast.ImportFrom) -> Iterator[Figure]:
    """Imports that bring in `Any` or `cast`; `import typing` would bring both."""
    typing = {"typing", "typing_extensions"}
    is_from = isinstance(node, ast.ImportFrom)
    if is_from and node.module not in typing:
        return
    for name in node.names:
        if name.name in ({"Any", "cast", "*"} if is_from else typing):
            yield Figure(path, node.lineno, "untyped escape in judgement", name.name)


def internal_imports(path: str, tree: ast.Module, modules: set[str]) -> set[str]:
    """The package's modules that a module imports, the ones for type checking included; all nouns count as one."""
    found: set[str] = set()
    folder = (*PurePosixPath(path).parent.relative_to(PACKAGE.parent).parts,)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = folder[: len(folder) + 1 - node.level] if node.level else ()
            source = ".".join((*above, *([node.module] if node.module else [])))
            imported = (f"{source}.{name.name}" for name in node.names)
            found.update(name if name in modules else source for name in imported)
    nouns = f"{PACKAGE.name}.types"
    internal = {name for name in found if name.split(".")[0] == PACKAGE.name}
    return {nouns if name.startswith(f"{nouns}.") else name for name in internal}


def public_names(tree: ast.Module) -> set[str]:
    """What `__all__` lists, or without it what the module binds and does not start with `_`."""
    found: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            found.update((name.asname or name.name).split(".")[0] for name in node.names)
        elif isinstance(node, Definition):
            found.add(node.name)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            names = {ast.unparse(item) for item in (node.targets if isinstance(node, ast.Assign) else [node.target])}
            if "__all__" in names and isinstance(node.value, ast.List | ast.Tuple):
                return {ast.unparse(item) for item in node.value.elts}
            found |= names
    return {name for name in found if not name.startswith("_")}


def read(root: Path) -> dict[str, str]:
    """The tree's Python files, as path from its root → source text."""
    found = sorted(path for name in ROOTS for path in (root / name).rglob("*.py"))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in found}


def main(root: Path) -> int:
    files = read(root)
    over = violations(files)
    print("\n".join(map(str, over)) if over else summary(files))
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main(Path(__file__).resolve().parent.parent))
