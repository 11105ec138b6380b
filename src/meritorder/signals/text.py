"""All the text that a request would carry to an upstream: messages, tools and their arguments, every other field.

It is read in the JSON that it came in, for whatever is forwarded may hold what must not leave. Escapes are
undone as far as patterns need it; the payloads of images, audio and files are cut out and not read.
"""

import re
from collections.abc import Mapping

from msgspec import Raw

_PAYLOADS = (
    re.compile(rb";base64,[A-Za-z0-9+/=\\]{256,}+"),
    re.compile(rb"\"data\": ?\"[A-Za-z0-9+/=\\]{256,}+"),
)
"""Payloads of data URLs and of parts of audio; shorter runs are read, so that little else can hide as one."""
_ASCII_ESCAPE = re.compile(rb"\\u00([2-7][0-9a-fA-F])")
_NO_BREAK_SPACE = "\u00a0".encode()


def everything(fields: Mapping[str, Raw], *, media: bool) -> bytes:
    """The text of `fields` as UTF-8; `media` says that there may be payloads to cut out."""
    text = b"\n".join(fields.values())
    if media:
        for payload in _PAYLOADS:
            text = payload.sub(b"", text)
    if b"\\" in text:
        for escape, plain in ((b"\\n", b"\n "), (b"\\t", b" "), (b"\\r", b" "), (b"\\u00a0", b" "), (b"\\/", b"/")):
            text = text.replace(escape, plain)
        if b"\\u00" in text:
            text = _ASCII_ESCAPE.sub(_character, text)
    return text if text.isascii() else text.replace(_NO_BREAK_SPACE, b" ")


def size(text: bytes) -> int:
    """Bytes of `text` as UTF-8, about: an escaped character counts as three."""
    if b"\\" not in text:  # Looking for one byte costs a hundredth of looking for two.
        return len(text)
    return len(text) - 3 * text.count(b"\\u")


def _character(escape: re.Match[bytes]) -> bytes:
    return bytes((int(escape.group(1), 16),))
