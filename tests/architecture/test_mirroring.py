"""Every module has its tests where a reader looks for them.

`src/meritorder/a/b.py` is tested by `tests/unit/a/test_b.py`. The types hold values and no decisions: they
are covered where a test under tests/unit or tests/properties imports them.
"""

import ast
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).resolve().parents[2]
UNTESTED = {"__init__", "__main__"}


def counterpart(module: PurePosixPath) -> str:
    """Where the tests of a module live; a leading underscore is not part of the name."""
    name = f"test_{module.stem.lstrip('_')}.py"
    return f"tests/unit/{module.with_name(name)}"


def imported(text: str) -> set[str]:
    """The dotted names a test imports, modules and the names taken from them."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def missing(modules: list[str], tests: Mapping[str, str]) -> list[str]:
    """One line per module (its path below the package) that the tests (path → text) leave out."""
    reached: set[str] = set()
    for path, text in tests.items():
        if path.startswith(("tests/unit/", "tests/properties/")):
            reached |= imported(text)
    lines: list[str] = []
    for module in map(PurePosixPath, modules):
        dotted = ".".join(("meritorder", *module.with_suffix("").parts))
        is_reached_type = module.parts[0] == "types" and dotted in reached
        if module.stem not in UNTESTED and counterpart(module) not in tests and not is_reached_type:
            lines.append(f"{module}: no {counterpart(module)}")
    return lines


def read(root: Path, folder: str) -> dict[str, str]:
    found = sorted((root / folder).rglob("*.py"))
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in found}


def test_every_module_has_a_counterpart():
    modules = [path.removeprefix("src/meritorder/") for path in read(ROOT, "src/meritorder")]
    lines = missing(modules, read(ROOT, "tests"))
    assert not lines, "modules without tests:\n" + "\n".join(lines)


def test_a_module_without_a_counterpart_is_named_together_with_the_file_that_is_missing():
    tests = {"tests/unit/routing/test_plan.py": "", "tests/unit/test_errors.py": ""}
    assert missing(["errors.py", "routing/plan.py"], tests) == []
    assert missing(["routing/rank.py"], tests) == ["routing/rank.py: no tests/unit/routing/test_rank.py"]


def test_a_counterpart_in_another_folder_does_not_count():
    tests = {"tests/unit/test_plan.py": "import meritorder.routing.plan", "tests/routing/test_plan.py": ""}
    assert missing(["routing/plan.py"], tests) == ["routing/plan.py: no tests/unit/routing/test_plan.py"]


def test_package_and_main_files_need_no_counterpart():
    assert missing(["__init__.py", "routing/__init__.py", "__main__.py"], {}) == []


def test_a_private_module_is_tested_under_its_name_without_the_underscore():
    assert missing(["pool/_heap.py"], {"tests/unit/pool/test_heap.py": ""}) == []


def test_a_type_is_covered_where_a_unit_or_property_test_imports_it():
    for line in ("import meritorder.types.path", "from meritorder.types.path import X"):
        assert missing(["types/path.py"], {"tests/properties/test_x.py": line}) == []
    assert missing(["types/path.py"], {"tests/unit/a/test_x.py": "from meritorder.types import path"}) == []


def test_a_type_is_not_covered_by_an_import_elsewhere_or_of_another_type():
    line = "from meritorder.types.path import X"
    assert missing(["types/path.py"], {"tests/docs/test_x.py": line}) != []
    assert missing(["types/quote.py"], {"tests/unit/test_x.py": line}) != []
