"""All the text that a request would carry to an upstream: messages, tools and their arguments, every other field.

It is read in the JSON that it came in, for whatever is forwarded may hold what must not leave. Escapes are
undone as far as patterns need it; the payloads of images, audio and files are cut out and not read.
"""

import re
from collections.abc import Mapping

from msgspec import Raw

_MEDIA = b";base64,"
_ASCII_ESCAPE = re.compile(rb"\\u00([2-7][0-9a-fA-F])")
_NO_BREAK_SPACE = "\u00a0".encode()


def everything(fields: Mapping[str, Raw], *, media: bool) -> bytes:
    """The text of `fields` as UTF-8; `media` says that there may be payloads to cut out."""
    text = b"\n".join(fields.values())
    if media and _MEDIA in text:
        text = _without_media(text)
    if b"\\" in text:
        for escape, plain in ((b"\\n", b"\n "), (b"\\t", b" "), (b"\\r", b" "), (b"\\u00a0", b" "), (b"\\/", b"/")):
            text = text.replace(escape, plain)
        if b"\\u00" in text:
            text = _ASCII_ESCAPE.sub(_character, text)
    return text if text.isascii() else text.replace(_NO_BREAK_SPACE, b" ")


def size(text: bytes) -> int:
    """Bytes of `text` as UTF-8, about: an escaped character counts as three."""
    return len(text) - 3 * text.count(b"\\u") if b"\\u" in text else len(text)


def _character(escape: re.Match[bytes]) -> bytes:
    return bytes((int(escape.group(1), 16),))


def _without_media(text: bytes) -> bytes:
    """Cut each payload from its marker to the quote that ends it."""
    kept: list[bytes] = []
    place = 0
    while (start := text.find(_MEDIA, place)) >= 0:
        kept.append(text[place:start])
        end = text.find(b'"', start)
        place = end if end >= 0 else len(text)
    kept.append(text[place:])
    return b"".join(kept)
