"""How a request is built: questions, steps, constraints; code and formulae."""

import re

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
        code=_has_any(text[:_MARKS_WITHIN], _CODE_MARKS),
        maths=_has_any(text[:_MARKS_WITHIN], _MATHS_MARKS) or _ARITHMETIC.search(text[:_ARITHMETIC_WITHIN]) is not None,
    )


def _has_any(text: str, marks: tuple[str, ...]) -> bool:
    for mark in marks:
        if mark in text:
            return True
    return False
