"""The part of a text that the wording signals read: bounded, whatever the length of the text."""

HEAD = 800
TAIL = 400
SAMPLE = 150
"""Characters of the beginning, of the end, and of each of two samples between them."""


def cut(text: str) -> str:
    """`text` whole where it is short; else its beginning, two samples from the middle, and its end."""
    if len(text) <= HEAD + TAIL + 2 * SAMPLE:
        return text
    between = len(text) - HEAD - TAIL
    third, two_thirds = HEAD + between // 3, HEAD + 2 * between // 3
    return "\n".join((text[:HEAD], text[third : third + SAMPLE], text[two_thirds : two_thirds + SAMPLE], text[-TAIL:]))
