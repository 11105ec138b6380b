"""How a request is built: questions, steps, constraints; code and formulae."""

import re
from collections.abc import Iterable

from meritorder.types.workload import Structure

_QUESTION_MARKS = "?？؟"
_STEP = re.compile(r"\n[ \t]{0,8}(?:\d{1,2}[.)]|[-*•]|[a-h]\))[ \t]")
_LIMIT_WORDS = (
    "must should only least most exactly without avoid within limit maximum minimum never always keep muss soll nur "
    "ohne mindestens doit uniquement sans maximum debe solo sin deve senza somente sem"
)
_LIMITS = frozenset(_LIMIT_WORDS.split())
"""Words that set a constraint, looked for within so many characters from the start."""
_LIMITS_WITHIN = 200

_CODE_ANCHORS, _MATHS_ANCHORS, _OPERATORS = "`;{}=<(", "\\$√∫∑≤^(", "-+*/^=×÷"
"""Without one of these there is no program text, no formula, no operation; looking for one character costs little."""

_CODE_MARKS = ("```", "();", "{\n", ";\n", "=> ", "</", '="', "SELECT ", "import ", "def ", "#include", "println")
_MATHS_MARKS = ("\\frac", "\\int", "\\sum", "$$", "√", "∫", "∑", "≤", "x^", "sqrt(")
_MARKS_WITHIN = 600
"""Characters from the start in which code and formulae are looked for."""
_ARITHMETIC = re.compile(r"\d ?[-+*/^=×÷] ?[\d(x]")
_ARITHMETIC_WITHIN = 200
"""Characters from the start in which an operation on numbers is looked for."""


def structure(text: str) -> Structure:
    """Count what a reader would count in `text`, which is bounded."""
    return Structure(
        questions=sum(map(text.count, _QUESTION_MARKS)),
        steps=len(_STEP.findall(f"\n{text}")) if "\n" in text else 0,
        constraints=sum(map(_LIMITS.__contains__, text[:_LIMITS_WITHIN].lower().split())),
        code=has_code(text),
        maths=has_maths(text),
    )


def has_code(text: str) -> bool:
    """Whether there is program text near the beginning."""
    head = text[:_MARKS_WITHIN]
    return _has_any(head, _CODE_ANCHORS) and _has_any(head, _CODE_MARKS)


def has_maths(text: str) -> bool:
    """Whether there is a formula, or an operation on numbers, near the beginning."""
    head = text[:_MARKS_WITHIN]
    if _has_any(head, _MATHS_ANCHORS) and _has_any(head, _MATHS_MARKS):
        return True
    head = text[:_ARITHMETIC_WITHIN]
    return _has_any(head, _OPERATORS) and _ARITHMETIC.search(head) is not None


def _has_any(text: str, marks: Iterable[str]) -> bool:
    for mark in marks:
        if mark in text:
            return True
    return False
