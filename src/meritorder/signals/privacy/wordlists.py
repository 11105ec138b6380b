"""Lists of terms that come with the package, read once when they are first needed.

A file holds terms separated by blanks or, where terms have blanks in them, by lines; `#` begins a comment. They were
written for this package.
"""

from collections.abc import Mapping
from importlib import resources

_FOLDER = resources.files("meritorder.signals.privacy") / "terms"


def lines(name: str) -> tuple[str, ...]:
    """The lines of a list, without comments and empty ones."""
    told = (line.partition("#")[0].strip() for line in (_FOLDER / f"{name}.txt").read_text("utf-8").splitlines())
    return tuple(line for line in told if line)


def words(name: str) -> frozenset[bytes]:
    """The words of a list as UTF-8."""
    return frozenset(word.encode() for line in lines(name) for word in line.split())


def alternatives(name: str) -> bytes:
    """An expression of `re` for any of the lines of a list, which are expressions themselves."""
    return b"(?:" + "|".join(lines(name)).encode() + b")"


def groups(name: str) -> Mapping[bytes, frozenset[str]]:
    """For each word of a list of lines `group: word word`, the groups that it is in."""
    found: dict[bytes, frozenset[str]] = {}
    for line in lines(name):
        group, _, listed = line.partition(":")
        for word in listed.split():
            found[word.encode()] = found.get(word.encode(), frozenset()) | {group}
    return found
