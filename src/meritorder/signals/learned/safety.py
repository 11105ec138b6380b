"""Attacks on the assistant, wherever in the request they stand, and requests for something harmful."""

from collections.abc import Iterable, Iterator, Sequence

from meritorder.signals.anchors import Anchors
from meritorder.signals.learned.disguise import plain
from meritorder.signals.learned.features import features
from meritorder.signals.learned.heads import Answers, Heads
from meritorder.signals.window import cut
from meritorder.types.workload import Safety

_SAID = (
    rb"(?:ignor|disregard|forget|overrid)\w{0,4} (?:(?:all|any|the|your|my) )?(?:previous|prior|above|earlier|former)",
    rb"(?:ignor|disregard|forget|overrid)\w{0,4} (?:(?:all|any|the|your|my) )?(?:instruction|rule|guideline)",
    rb"system prompt|developer mode|do anything now|jailbreak|without restrictions|(?:new|hidden|initial) instructions",
    rb"<\|im_start|\[/?(?:system|inst|admin)|<<sys|\bsystem ?(?:note|message|override|update)?:",
    rb"you are now |from now on|pretend (?:you|to) |do not (?:mention|tell|inform) the user|without (?:telling|asking)",
    rb"ignorier|vergiss (?:alle|deine)|anweisungen|oublie[zr]? (?:tout|les|vos|tes)|consignes|olvida|instrucciones",
    "istruzioni|instruções|инструк|Инструк|предыдущ|Предыдущ|之前的|忽略|以前の".encode(),
)
_SPOKEN_TO = (
    rb"\b(?:ai|llm|ki|ia)(?: (?:assistant|agent|model|system|reader|tool|bot)s?)?[ ,:](?:must|should|please|bitte)",
    rb"\b(?:assistant|agent|bot|copilot|chatbot|language model|llm)s?(?: reading this)?[,:]",
    rb"\b(?:ai|coding|language) (?:assistant|agent|model|reader|tool)s?|\bassistent\w{0,3},|\basist?ente,",
    rb"\[(?:ai|model|assistant|note to)",
    rb"(?:note|attention|message|instructions?) (?:to|for) (?:\w+ ){0,3}(?:ai|assistant|agent|model|bot|llm)",
    "助手|人工智能|大模型|アシスタント|ассистент|Ассистент".encode(),
)
_CUES = Anchors([("cue", rb"(?i)" + said) for said in (*_SAID, *_SPOKEN_TO)])
"""What attacks that are not hidden say, and how a text speaks to the machine that reads it. Where one stands the heads
read its surroundings; by itself it says nothing.
"""

_BEFORE, _AFTER = 100, 220
"""Bytes read around a cue: a few sentences, so that little else dilutes what they say."""
_MOST_INSERTED = 3
"""Inserted texts that are read, the latest first."""
_MOST_WINDOWS = 5
"""Windows around the first cues that are read, and around the last: each costs half of reading the user's words."""
_MOST_CUES = 200
"""Cues from the beginning, and from the end, among which those are chosen."""

LIKELY = 0.6
"""Probability from which something is suspected: so few harmless requests reach it on calibration sources."""

HARMLESS, HARMFUL = 0.02, 0.95
"""Probabilities of harm between which words leave it open: of most acts they have been seen in no sample."""


def safety(answers: Answers, heads: Heads, words: str, inserted: Sequence[str], text: bytes) -> Safety:
    """Read the user's `words`, of which the heads gave `answers`; what tools and agents `inserted`; both once more
    without disguise; and the surroundings of the first and the last cues in `text`, all that came from users and tools
    in UTF-8.
    """
    harms, injection, place = answers.of("harm"), answers.of("attack")["attack"], "the user's words"
    for window, where in _windows(words, inserted, text):
        read = heads.read(features(window))
        if (attack := read.of("attack")["attack"]) > injection:
            injection, place = attack, where
        if where == _DISGUISED and (meant := read.of("harm"))["none"] < harms["none"]:
            harms = meant
    harm = 1 - harms.pop("none")
    kind = max(harms, key=lambda each: harms[each])
    found = [f"an attack in {place}"] if injection >= LIKELY else []
    found += [f"{kind} asked for"] if harm >= LIKELY else []
    return Safety(round(injection, 3), round(harm, 3), kind if harm >= LIKELY else "", "; ".join(found) or "nothing")


_DISGUISED = "disguised words"


def _windows(words: str, inserted: Sequence[str], text: bytes) -> Iterator[tuple[str, str]]:
    for other in plain(words):
        yield other, _DISGUISED
    for each in inserted[: -_MOST_INSERTED - 1 : -1]:
        window = cut(each)
        yield window, "an inserted text"
        for other in plain(window):
            yield other, "an inserted text"
    if len(text) > _BEFORE + _AFTER or text != words.encode(errors="ignore"):  # Else all of it was read.
        for place in _chosen(_CUES.places(text).get("cue", [])):
            yield text[max(0, place - _BEFORE) : place + _AFTER].decode(errors="ignore"), "the text"


def _chosen(places: Sequence[int]) -> Sequence[int]:
    """The first and the last of `places`, each far enough from the one before: harmless cues in front hide nothing."""
    first = list(_apart(places[:_MOST_CUES]))[:_MOST_WINDOWS]
    last = list(_apart(places[max(len(first), len(places) - _MOST_CUES) :]))[-_MOST_WINDOWS:]
    return sorted({*first, *last})


def _apart(places: Iterable[int]) -> Iterator[int]:
    """Those of `places` that the window around the one before does not show already."""
    end = 0
    for place in places:
        if place > end:
            end = place + _AFTER // 2
            yield place
