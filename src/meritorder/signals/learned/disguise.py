"""Text written so that a machine's guard overlooks it, made plain again.

Letters set apart or replaced by digits, Base64, signs that look like others or are not shown at all: a model reads
through all of them, so what guards it has to as well.
"""

import binascii
import re
import unicodedata
from base64 import b64decode
from collections.abc import Iterator

from meritorder.signals.anchors import Anchors

_BEARD = rb"[A-Za-z][0134578@$]{1,2}[a-z]"
_MARKS = Anchors(
    [
        ("digits", _BEARD + rb".{1,60}" + _BEARD),
        ("apart", rb"(?:\b[A-Za-z][ ._-]){6}"),
        ("base64", rb"[A-Za-z0-9+/]{20}"),
    ]
)

_WITH_DIGITS = re.compile(r"(?<![\w@$])(?=[0134578@$]*[A-Za-z])(?=[A-Za-z]*[0134578@$])[A-Za-z0134578@$]+(?![\w@$])")
_LONGEST_WORD = 20
_WORD = re.compile(r"[A-Za-z]{2}")
_LETTERS = str.maketrans("0134578@$", "oieastbas")
_APART = re.compile(r"(?<![A-Za-z])(?:[A-Za-z][ ._-]){5,}[A-Za-z](?![A-Za-z])")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{20,2000}={0,2}")

_TAGS = range(0xE0020, 0xE007F)
"""Tag characters: ASCII that no screen shows (Unicode 16, 23.9)."""
_UNSEEN = re.compile("(?<=[A-Za-z])[\u00ad\u200b-\u200d\u2060\ufeff]+(?=[A-Za-z])")

_ALIKE = str.maketrans(
    "авекмнорстухіјѕАВЕКМНОРСТУХІЈЅαεικονρτυχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "abekmhopctyxijsABEKMHOPCTYXIJSaeikovptuxABEZHIKMNOPTYX"
)
_MIXED = re.compile(r"[A-Za-z][\u0370-\u04ff]|[\u0370-\u04ff][A-Za-z]")
"""Letters of other alphabets that look like Latin ones; a word of both is a disguise."""

_MOST_DECODED = 3


def plain(text: str) -> Iterator[str]:
    """`text` once more for each way in which some of it is disguised, without that disguise; nothing where none is.

    Meant for a window of a text: time is linear in its length.
    """
    if not text.isascii():
        yield from _shown(text)
        if _MIXED.search(text):
            yield text.translate(_ALIKE)
    marks = _MARKS.places(text.encode(errors="ignore"))
    if "digits" in marks:
        usual, words = _WITH_DIGITS.subn(_letters, text)
        if words > 1 and usual != text:
            yield usual
    if "apart" in marks:
        yield _APART.sub(lambda run: re.sub(r"[ ._-]", "", run.group()), text)
    if "base64" in marks:
        yield from _decoded(text)


def _shown(text: str) -> Iterator[str]:
    hidden = "".join(chr(ord(sign) - 0xE0000) for sign in text if ord(sign) in _TAGS)
    if hidden:
        yield hidden
    bare, unseen = _UNSEEN.subn("", text)
    usual = unicodedata.normalize("NFKC", bare)
    # Full-width punctuation is how some languages are written; full-width and mathematical letters are a disguise.
    if unseen or _latin(usual) > _latin(text):
        yield usual


def _latin(text: str) -> int:
    return len(_WORD.findall(text))


def _letters(word: re.Match[str]) -> str:
    """The word with letters for its digits, where at least half are letters and it is no longer than words are."""
    found = word.group()
    digits = sum(not sign.isalpha() for sign in found)
    return found.translate(_LETTERS) if 2 * digits <= len(found) <= _LONGEST_WORD else found


def _decoded(text: str) -> Iterator[str]:
    left = _MOST_DECODED
    for run in _BASE64.finditer(text):
        coded = run.group().rstrip("=")
        try:
            found = " ".join(b64decode(coded + "=" * (-len(coded) % 4)).decode().split())
        except (binascii.Error, UnicodeDecodeError):
            continue  # It only looked like it: most long words do.
        if found.isprintable():
            yield found
            left -= 1
        if not left:
            return
