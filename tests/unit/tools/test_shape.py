"""Each limit, on made-up trees just within it and just over it."""

from pathlib import Path

import pytest

from tools import shape

MODULE = "src/meritorder/routing/plan.py"


def over(text: str, path: str = MODULE) -> list[tuple[str, str, int]]:
    """What is over its limit in a tree of one file, docstrings aside."""
    found = shape.violations({path: text})
    return [(figure.what, figure.name, figure.value) for figure in found if figure.what != "missing docstring"]


def function(body: list[str], parameters: str = "") -> str:
    return "\n".join([f"def f({parameters}):", *(f"    {line}" for line in body)]) + "\n"


def test_a_function_of_sixty_code_lines_is_within_its_limit():
    assert over(function(["pass"] * 59)) == []


def test_a_function_of_sixty_one_code_lines_is_over_its_limit():
    assert over(function(["pass"] * 60)) == [("code lines in function", "f", 61)]


def test_blank_lines_comments_and_docstrings_are_not_code_lines():
    padding = ['"""One.', "", "Two.", '"""', "", "# a comment", *["# more", ""] * 40]
    assert over(function([*padding, *["pass"] * 59])) == []


def test_the_lines_of_a_text_that_is_no_docstring_are_code_lines():
    assert over(function(['x = """', *["words"] * 60, '"""'])) == [("code lines in function", "f", 63)]


def test_an_asynchronous_function_is_measured_like_any_other():
    assert over("async " + function(["pass"] * 60)) == [("code lines in function", "f", 61)]


def test_a_long_function_is_over_its_limit_in_tests_tools_and_benchmarks_too():
    for path in ("tests/unit/test_a.py", "tools/a.py", "benchmarks/a.py"):
        assert over(function(["pass"] * 60), path) == [("code lines in function", "f", 61)]


def test_a_file_of_more_than_six_hundred_lines_is_over_its_limit():
    assert over("x = 1\n" * 600) == []
    assert over("x = 1\n" * 601) == [("lines in file", "plan.py", 601)]


def test_attributes_are_the_annotated_ones_and_those_assigned_on_self_counted_once():
    declared = "".join(f"    a{i}: int\n" for i in range(10))
    assigned = "".join(f"        self.a{i} = self.b = {i}\n" for i in range(5, 14))
    within = f"class C:\n{declared}    def f(self):\n{assigned}"
    assert over(within) == []
    assert over(within + "        self.c, other.d = 1, 2\n") == [("attributes in class", "C", 16)]


def test_a_class_of_more_than_twenty_five_methods_is_over_its_limit():
    methods = [f"    def m{i}(self): ...\n" for i in range(26)]
    assert over("class C:\n" + "".join(methods[:25])) == []
    assert over("class C:\n" + "".join(methods)) == [("methods in class", "C", 26)]


def test_parameters_of_every_kind_count():
    assert over(function(["pass"], "a, b, /, c, d, *, e, f, g")) == []
    assert over(function(["pass"], "a, b, /, c, *d, e, f, g, **h")) == [("parameters of function", "f", 8)]


def test_the_receiver_of_a_method_is_not_a_parameter():
    method = "class C:\n    def f(self, a, b, c, d, e, f, g): ...\n"
    assert over(method) == []
    static = "class C:\n    @staticmethod\n    def f(h, a, b, c, d, e, f, g): ...\n"
    assert over(static) == [("parameters of function", "f", 8)]


def test_the_parameters_of_a_test_are_fixtures_and_not_counted():
    assert over(function(["pass"], "a, b, c, d, e, f, g, h"), "tests/unit/test_a.py") == []


def nested(depth: int) -> str:
    openers = ["if a:", "for b in c:", "while d:", "with e:", "match g:"]
    blocks = [" " * i + openers[i] for i in range(depth)]
    return function([*blocks, " " * depth + ("case _: pass" if depth == len(openers) else "pass")])


def test_a_fifth_nested_block_is_over_the_limit():
    assert over(nested(4)) == []
    assert over(nested(5)) == [("nested blocks in function", "f", 5)]


def test_a_try_is_one_block_and_its_handlers_are_none():
    text = function(["try:", "    pass", "except E:", "    if a:", "        pass"])
    figures = [figure.value for figure in shape.measure({MODULE: text}) if "nested" in figure.what]
    assert figures == [2]


def test_an_elif_nests_no_deeper_than_its_if():
    branches = [line for i in range(8) for line in (f"elif a == {i}:", "    pass")]
    assert over(function(["if a:", "    pass", *branches])) == []


def test_a_function_inside_a_function_starts_its_nesting_anew():
    inner = ["        def g():", "            if d:", "                if e:", "                    pass"]
    text = function(["if a:", "    if b:", *inner])
    figures = {figure.name: figure.value for figure in shape.measure({MODULE: text}) if "nested" in figure.what}
    assert figures == {"f": 2, "g": 2}


def test_more_than_fifteen_modules_in_a_folder_are_over_the_limit_and_the_package_file_is_not_one():
    files = {f"src/meritorder/routing/m{i}.py": '"""M."""\n' for i in range(15)}
    files["src/meritorder/routing/__init__.py"] = ""
    assert shape.violations(files) == []
    files["src/meritorder/routing/n.py"] = '"""N."""\n'
    assert [str(figure) for figure in shape.violations(files)] == [
        "src/meritorder/routing:1: modules in folder routing, limit 15, figure 16"
    ]


def test_a_fourth_folder_below_the_package_is_over_the_limit():
    assert over("", "src/meritorder/a/b/c/m.py") == []
    assert over("", "src/meritorder/a/b/c/d/m.py") == [("folders below the package", "d", 4)]


def test_each_internal_module_that_is_imported_counts_once():
    imports = [f"import meritorder.a.m{i}\n" for i in range(11)]
    text = "".join([*imports, *imports, "from meritorder.b import x, y\n", "import os\n"])
    assert over(text) == []
    text += "if TYPE_CHECKING:\n    from . import sibling\n"
    assert over(text) == [("internal imports in module", "meritorder.routing.plan", 13)]


def imported(text: str, *modules: str) -> set[str]:
    tree = shape.ast.parse(text)
    return shape.internal_imports(MODULE, tree, set(modules))


def test_a_name_imported_from_a_package_counts_as_a_module_where_it_is_one():
    text = "from meritorder.routing import quote, choose, Thing"
    known = ("meritorder.routing.quote", "meritorder.routing.choose")
    assert imported(text, *known) == {*known, "meritorder.routing"}


def test_all_nouns_count_as_one():
    text = "from meritorder.types import path\nfrom meritorder.types.quote import Quote"
    assert imported(text, "meritorder.types.path", "meritorder.types.quote") == {"meritorder.types"}


def test_relative_imports_are_resolved():
    assert imported("from .other import x") == {"meritorder.routing.other"}
    assert imported("from ..paths.answer import x") == {"meritorder.paths.answer"}
    assert imported("from . import other", "meritorder.routing.other") == {"meritorder.routing.other"}


def test_the_package_offers_at_most_thirty_names():
    path = "src/meritorder/__init__.py"
    names = [f"name{i}" for i in range(31)]
    assert over(f"from a import {', '.join(names[:30])}\n_private = 1\n", path) == []
    assert over(f"from a import {', '.join(names)}\n", path) == [("public names in package", "meritorder", 31)]
    assert over(f"from a import {', '.join(names)}\n__all__ = ['name1']\n", path) == []


def undocumented(text: str, path: str = MODULE) -> list[str]:
    return [figure.name for figure in shape.violations({path: text}) if figure.what == "missing docstring"]


def test_public_modules_classes_functions_and_methods_need_docstrings():
    text = "class C:\n    def method(self): ...\ndef f():\n    def inside(): ...\n"
    assert sorted(undocumented(text)) == ["C", "f", "meritorder.routing.plan", "method"]


def test_private_things_need_no_docstrings_and_neither_do_special_methods_and_their_likes():
    text = '''"""Module."""
def _f(): ...
class _C:
    def method(self): ...
class D:
    """Class."""
    def __init__(self): ...
    @typing.overload
    def a(self): ...
    @a.setter
    def b(self, value): ...
    @override
    def c(self): ...
'''
    assert undocumented(text) == []


def test_an_empty_package_file_needs_no_docstring():
    assert undocumented("", "src/meritorder/routing/__init__.py") == []
    assert undocumented("x = 1\n", "src/meritorder/routing/__init__.py") == ["meritorder.routing"]


def test_tests_and_tools_need_no_docstrings():
    assert undocumented("def f(): ...\n", "tests/unit/test_a.py") == []


@pytest.mark.parametrize("path", ["src/meritorder/utils/m.py", "src/meritorder/a/base.py", "tests/helpers.py"])
def test_folders_and_modules_that_say_nothing_are_refused(path: str):
    assert [what for what, _, _ in over("", path)] == ["vague name"]


def test_a_name_that_only_contains_a_vague_word_is_allowed():
    assert over("", "src/meritorder/a/database.py") == []


@pytest.mark.parametrize(
    "comment",
    [
        "no" + "qa",
        "no" + "qa: E501",
        "type:" + " ignore[attr-defined]",
        "pyright:" + " ignore",
        "pyright:" + " ignore[reportAny]",
        "pyright:" + " ignore[reportAny]  # no" + "qa",
        "pyright:" + " basic",
        "pyright:" + " reportAny=false",
        "pylint:" + " disable=all",
    ],
)
def test_comments_that_silence_a_check_are_refused_everywhere(comment: str):
    for path in (MODULE, "tests/unit/test_a.py"):
        assert [what for what, _, _ in over(f"x = 1  # {comment}\n", path)] == ["silenced check"]


@pytest.mark.parametrize("between", [" ", "  # ", ": "])
def test_one_rule_may_be_silenced_with_a_reason(between: str):
    marker = "pyright:" + " ignore[reportAny, reportUnknownMemberType]"
    assert over(f"x = 1  # {marker}{between}the library has no stubs\n") == []


def test_a_text_about_silencing_is_no_comment():
    assert over("x = '# no" + "qa'\n") == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("from typing import Any", "Any"),
        ("from typing import Protocol, cast as c", "cast"),
        ("from typing_extensions import Any", "Any"),
        ("import typing", "typing"),
        ("import typing as t", "typing"),
        ("from typing import *", "*"),
    ],
)
def test_judgement_does_not_escape_from_its_types(line: str, name: str):
    assert over(line) == [("untyped escape in judgement", name, 1)]
    assert over(f"def f():\n    {line}\n") == [("untyped escape in judgement", name, 1)]
    assert over(line, "src/meritorder/gateway/plan.py") == []


def test_judgement_may_import_what_is_typed():
    assert over("from typing import Protocol, Final\nfrom other import cast\n") == []


def test_a_file_that_cannot_be_parsed_is_reported_and_the_others_are_still_measured():
    files = {"src/meritorder/a.py": "def f(:\n", "src/meritorder/b.py": "def f(): ...\n"}
    kinds = [figure.what for figure in shape.violations(files)]
    assert kinds == ["syntax error", "missing docstring", "missing docstring"]


def test_the_summary_names_the_largest_figures():
    text = '"""Module."""\ndef small():\n    """S."""\ndef large(a, b):\n    """L."""\n    return a\n'
    line = shape.summary({MODULE: text})
    assert line.startswith("shape: 1 files; largest: code lines in function 2 (large), lines in file 6 (plan.py)")
    assert "parameters of function 2 (large)" in line
    assert "\n" not in line


def write(root: Path, path: str, text: str) -> None:
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8")


def test_a_tree_on_disk_is_read_from_its_four_roots_and_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    write(tmp_path, "src/meritorder/a.py", '"""A."""\n')
    write(tmp_path, "docs/conf.py", function(["pass"] * 99))
    assert shape.main(tmp_path) == 0
    assert capsys.readouterr().out.startswith("shape: 1 files; largest: ")
    write(tmp_path, "tools/long.py", "\n\n" + function(["pass"] * 60))
    assert shape.main(tmp_path) == 1
    assert capsys.readouterr().out == "tools/long.py:3: code lines in function f, limit 60, figure 61\n"
