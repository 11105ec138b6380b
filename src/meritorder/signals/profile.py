"""A request read as work: every signal, in the order in which they need each other."""

from msgspec import Struct
from msgspec.structs import replace

from meritorder.signals.language import language
from meritorder.signals.learned.heads import Embedding
from meritorder.signals.learned.safety import HARMFUL, HARMLESS
from meritorder.signals.length import output, prompt_tokens
from meritorder.signals.meaning import Meaning, by_cues, by_heads
from meritorder.signals.privacy.find import privacy
from meritorder.signals.recognisers import Recognisers
from meritorder.signals.session import session
from meritorder.signals.text import everything, size
from meritorder.signals.turns import Turns, turns
from meritorder.signals.window import cut
from meritorder.types.caller import PRIVACY_CLASSES, PrivacyClass
from meritorder.types.request import Ability, Request
from meritorder.types.workload import Ask, Output, Privacy, Workload

_WITH_MEDIA: frozenset[Ability] = frozenset(("vision", "audio", "other_fields"))


class Closeness(Struct, frozen=True):
    """How closely a request is read: its `wording` by the learned heads or by cue words, its `privacy` with all kinds
    of private text or only with those that are told by their form.
    """

    wording: bool = True
    privacy: bool = True


CLOSELY = Closeness()


def wording(request: Request) -> str:
    """The words that say what is wanted: a bounded part of the user's last turn."""
    return _words(request, turns(request.messages))


def profile(
    request: Request,
    recognisers: Recognisers,
    closeness: Closeness = CLOSELY,
    embedding: Embedding | None = None,
) -> Workload:
    """Read `request` with this `closeness`, and with the `embedding` of its wording where one was made.

    The wording signals see bounded windows; private text is found anywhere.
    """
    text = everything(request.wire.fields, media=not request.needs.isdisjoint(_WITH_MEDIA))
    parted = turns(request.messages)
    words = _words(request, parted)
    if closeness.wording:
        meaning = by_heads(words, parted, request.tools, recognisers, embedding)
    else:
        meaning = by_cues(words, request.tools)
    limits = request.limits
    return Workload(
        ask=Ask(request.model, limits.max_output_tokens, limits.choices, request.stream, request.needs),
        intent=meaning.intent,
        domain=meaning.domain,
        difficulty=meaning.difficulty,
        ambiguity=meaning.ambiguity,
        privacy=_at_least(privacy(text, closely=closeness.privacy), request.caller.hints.data_class),
        safety=meaning.safety,
        failure_cost=meaning.failure_cost,
        language=language(words, recognisers.identify),
        prompt=prompt_tokens(size(text), request.images),
        output=_output(request, meaning),
        structure=meaning.structure,
        session=session(request.messages, parted, request.caller.user_agent, request.caller.session),
        hints=request.caller.hints,
        tools=len(request.tools),
    )


def in_doubt(workload: Workload) -> bool:
    """Whether an embedding may settle what the words of a request that was read closely left open."""
    unsure = HARMLESS < workload.safety.harm < HARMFUL
    return workload.intent.rival is not None or workload.domain.rival is not None or unsure


def look_again(workload: Workload, request: Request, recognisers: Recognisers, embedding: Embedding) -> Workload:
    """The `workload` of `request`, which was read closely, with what the `embedding` of its wording adds."""
    parted = turns(request.messages)
    meaning = by_heads(_words(request, parted), parted, request.tools, recognisers, embedding)
    return replace(
        workload,
        intent=meaning.intent,
        domain=meaning.domain,
        difficulty=meaning.difficulty,
        safety=meaning.safety,
        failure_cost=meaning.failure_cost,
        output=_output(request, meaning),
    )


def _output(request: Request, meaning: Meaning) -> Output:
    return output(
        meaning.intent.value,
        meaning.median,
        meaning.p90,
        structured="json_schema" in request.needs or "json_object" in request.needs,
        tools=bool(request.tools),
        limit=request.limits.max_output_tokens,
    )


def _words(request: Request, parted: Turns) -> str:
    own = parted.users[-1] if parted.users else ""
    return cut(own if own.strip() else request.messages[-1].text)


def _at_least(found: Privacy, hinted: PrivacyClass) -> Privacy:
    """A hint may make privacy stricter, never laxer."""
    stricter = PRIVACY_CLASSES.index(hinted) > PRIVACY_CLASSES.index(found.level)
    return replace(found, level=hinted) if stricter else found
