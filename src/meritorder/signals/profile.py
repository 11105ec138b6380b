"""A request read as work: every signal, in the order in which they need each other."""

from meritorder.signals.intent import code_present, intent, maths_present
from meritorder.signals.language import LanguageIdentifier, language
from meritorder.signals.length import output, prompt_tokens
from meritorder.signals.privacy.find import privacy
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
    asked = intent(seen, request.tools, code=code.value, maths=maths.value)
    limits = request.limits
    return Workload(
        ask=Ask(request.model, limits.max_output_tokens, limits.choices, request.stream, request.needs),
        intent=asked,
        language=language(seen, identify),
        code=code,
        maths=maths,
        privacy=privacy(text),
        prompt=prompt_tokens(size(text), request.images),
        output=output(
            asked.value,
            structured="json_schema" in request.needs or "json_object" in request.needs,
            tools=bool(request.tools),
            limit=limits.max_output_tokens,
        ),
        tools=len(request.tools),
    )
