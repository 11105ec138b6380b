"""A request read as work: every signal, in the order in which they need each other."""

from meritorder.signals.language import LanguageIdentifier, language
from meritorder.signals.length import output, prompt_tokens
from meritorder.signals.private import privacy
from meritorder.signals.task import code_present, maths_present, task_kind
from meritorder.signals.text import everything, size
from meritorder.signals.window import window
from meritorder.types.request import Ability, Request
from meritorder.types.workload import Ask, Workload

_WITH_MEDIA: frozenset[Ability] = frozenset(("vision", "audio", "other_fields"))


def profile(request: Request, identify: LanguageIdentifier) -> Workload:
    """Read `request`. The wording signals see a bounded window; the private patterns read all that would be sent."""
    text = everything(request.wire.fields, media=not request.needs.isdisjoint(_WITH_MEDIA))
    seen = window(request.messages)
    code = code_present(seen)
    maths = maths_present(seen)
    task = task_kind(seen, request.tools, code=code.value, maths=maths.value)
    limits = request.limits
    return Workload(
        ask=Ask(request.model, limits.max_output_tokens, limits.choices, request.stream, request.needs),
        task=task,
        language=language(seen, identify),
        code=code,
        maths=maths,
        privacy=privacy(text, seen.vocabulary),
        prompt=prompt_tokens(size(text), request.images),
        output=output(
            task.value,
            structured="json_schema" in request.needs or "json_object" in request.needs,
            tools=bool(request.tools),
            limit=limits.max_output_tokens,
        ),
        tools=len(request.tools),
    )
