"""Attacks on the assistant, wherever in the request they stand, and requests for something harmful."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from meritorder.signals.anchors import Anchors
from meritorder.signals.learned.features import features
from meritorder.signals.learned.heads import Answers, Heads
from meritorder.signals.window import cut
from meritorder.types.workload import Safety

_SAID = (
    rb"(?:ignor|disregard|forget|overrid)\w{0,4} (?:(?:all|any|the|your|my) )?(?:previous|prior|above|earlier|former)",
    rb"(?:ignor|disregard|forget|overrid)\w{0,4} (?:(?:all|any|the|your|my) )?(?:instruction|rule|guideline)",
    rb"system prompt|developer mode|do anything now|jailbreak|without restrictions",
    rb"<\|im_start|\[system\]|\[inst\]|(?:new|hidden|initial) instructions",
    rb"(?:ai|assistants?|llms?|language models?|chatbots?|agents?) (?:must|should|shall|reading this)",
    rb"you are now |from now on you|pretend you (?:have|are)",
)
_CUES = Anchors([("cue", rb"(?i)" + said) for said in _SAID])
"""What attacks that are not hidden say. Where one stands the heads read its surroundings; by itself it says nothing."""

_AROUND = 400
"""Bytes read before and after a cue."""
_MOST_INSERTED = 3
"""Inserted texts that are read, the latest first."""
_MOST_WINDOWS = 8
"""Windows around cues that are read, the first first: each costs as much as reading the user's words."""

_LIKELY = 0.5


def safety(answers: Answers, heads: Heads, inserted: Sequence[str], text: bytes) -> Safety:
    """Read the user's words, from `answers`; the texts that tools and agents inserted; and the surroundings of cues
    anywhere in `text`, the request's UTF-8.
    """
    harms = answers.of("harm")
    harm = 1 - harms.pop("none")
    kind = max(harms, key=lambda each: harms[each])
    injection, place = answers.of("attack")["attack"], "the user's words"
    for window, where in _windows(inserted, text):
        read = heads.read(features(window)).of("attack")["attack"]
        if read > injection:
            injection, place = read, where
    found = [f"an attack in {place}"] if injection >= _LIKELY else []
    found += [f"{kind} asked for"] if harm >= _LIKELY else []
    return Safety(round(injection, 3), round(harm, 3), kind if harm >= _LIKELY else "", "; ".join(found) or "nothing")


def _windows(inserted: Sequence[str], text: bytes) -> Iterator[tuple[str, str]]:
    for each in inserted[: -_MOST_INSERTED - 1 : -1]:
        yield cut(each), "an inserted text"
    for place in islice(_apart(_CUES.places(text).get("cue", ())), _MOST_WINDOWS):
        around = text[max(0, place - _AROUND) : place + _AROUND]
        yield around.decode(errors="ignore"), f"the text at byte {place}"


def _apart(places: Iterable[int]) -> Iterator[int]:
    """Those of `places` that the window around the one before does not show already."""
    end = 0
    for place in places:
        if place > end:
            end = place + _AROUND
            yield place
