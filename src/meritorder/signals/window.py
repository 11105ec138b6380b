"""The part of a conversation that the wording signals read: bounded, the latest user turn first."""

from collections.abc import Sequence

from msgspec import Struct

from meritorder.types.request import Message

HEAD = 280
TAIL = 140


class Window(Struct, frozen=True):
    """`text` is the beginning and the end of the last user turn; `words` are its words, lower case."""

    text: str
    words: tuple[str, ...]
    vocabulary: frozenset[str]


_PUNCTUATION = str.maketrans(dict.fromkeys("\"'“”‘’.,;:!?()[]{}<>|*¿¡«»", " "))


def window(messages: Sequence[Message]) -> Window:
    """Cut the window from the last user turn, or from the last turn where no user spoke."""
    text = next((m.text for m in reversed(messages) if m.role == "user"), messages[-1].text)
    if len(text) > HEAD + TAIL:
        text = f"{text[:HEAD]}\n{text[-TAIL:]}"
    words = tuple(text.lower().translate(_PUNCTUATION).split())
    return Window(text, words, frozenset(words))
