import pytest

from meritorder.config.diagnose import ConfigurationInvalid, Diagnostic, as_values, listed, nearest, render, word


def diagnostic(**changes: object) -> Diagnostic:
    given: dict[str, object] = {
        "file": "meritorder.yaml",
        "line": 42,
        "column": 14,
        "length": 10,
        "severity": "error",
        "code": "C-011",
        "message": "unknown model `gpt-5-mimi`",
        "help": "did you mean `gpt-5-mini`?",
        "source": "    serves: [gpt-5-mimi, qwen3-8b]",
    }
    return Diagnostic(**(given | changes))


def test_a_diagnostic_shows_the_place_the_line_and_what_to_do():
    assert render([diagnostic()], "nothing was put in force") == (
        "meritorder.yaml:42:14: error C-011: unknown model `gpt-5-mimi`\n"
        "   |\n"
        "42 |     serves: [gpt-5-mimi, qwen3-8b]\n"
        "   |              ^^^^^^^^^^\n"
        "   | help: did you mean `gpt-5-mini`?\n"
        "\n"
        "1 error; nothing was put in force\n"
    )


def test_the_last_line_counts_and_says_what_the_system_did():
    found = [diagnostic(), diagnostic(line=43), diagnostic(severity="warning")]
    assert render(found, "generation abc123 stays in force").endswith(
        "\n2 errors, 1 warning; generation abc123 stays in force\n"
    )
    assert render([], "put in force") == "no problems; put in force\n"


def test_a_problem_of_the_whole_file_has_no_line():
    found = diagnostic(line=0, column=0, length=0, source="", help="")
    assert render([found], "x").splitlines()[0] == "meritorder.yaml: error C-011: unknown model `gpt-5-mimi`"


def test_carets_stand_under_wide_characters():
    source = "  名前: {価格: 5}"
    shown = render([diagnostic(source=source, column=12, length=1)], "x").splitlines()
    assert shown[3] == "   | " + " " * 15 + "^"


def test_a_long_line_is_cut_around_the_problem():
    source = "a" * 3000 + "WRONG" + "b" * 3000
    line, carets = render([diagnostic(source=source, column=3001, length=5)], "x").splitlines()[2:4]
    assert len(line) < 120
    assert line[carets.index("^") :].startswith("WRONG")


def test_colour_is_there_only_when_asked_for():
    assert "\x1b" not in render([diagnostic()], "x")
    assert "\x1b[1;31merror C-011\x1b[0m" in render([diagnostic()], "x", colour=True)


def test_values_have_the_same_facts_without_the_source_line():
    (value,) = as_values([diagnostic()])
    assert value["code"] == "C-011"
    assert value["line"] == 42
    assert "source" not in value


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gpt-5", "`gpt-5`"),
        ("\x1b[31m", "`\\x1b[31m`"),
        ("a\nb", "`a\\nb`"),
        ("x" * 70, f"`{'x' * 60}…`"),
        (1.5, "`1.5`"),
    ],
)
def test_a_word_is_shown_so_that_no_terminal_obeys_it(text: object, shown: str):
    assert word(text) == shown


def test_a_long_list_of_names_is_counted():
    assert listed(["a", "b"]) == "`a`, `b`"
    assert listed([str(n) for n in range(20)], most=2) == "`0`, `1` and 18 more"


def test_the_nearest_name_is_found_whatever_the_case():
    assert nearest("GPT5-mini", ["qwen", "gpt-5-mini"]) == "gpt-5-mini"
    assert nearest("claude", ["qwen", "gpt-5-mini"]) == ""
    assert nearest("x" * 10_000, ["x" * 9_999]) == ""


def test_an_invalid_configuration_says_the_first_error_and_how_many_more():
    invalid = ConfigurationInvalid([diagnostic(severity="warning"), diagnostic(line=7), diagnostic()])
    assert str(invalid) == "meritorder.yaml:7:14: unknown model `gpt-5-mimi` (and 1 more)"
    assert len(invalid.diagnostics) == 3
    assert invalid.code == "config_error"
