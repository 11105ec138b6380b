"""YAML text to plain data, with the place of every key and value.

The tree is built from the parser's events with a stack of our own: nothing recurses with the nesting of
the text, no tag makes an object, and aliases are counted as what they expand to.
"""

import re
from collections.abc import Iterator
from typing import TypeAlias

import yaml
from msgspec import Struct

from meritorder.config.diagnose import word
from meritorder.config.findings import Findings
from meritorder.config.source import EVERYWHERE, Source, Span, Unreadable

Data: TypeAlias = "dict[str, Data] | list[Data] | str | int | float | bool | None"
Where: TypeAlias = tuple[str | int, ...]

DEEPEST = 32
MOST_VALUES = 100_000
_LONGEST_NUMBER = 30

# libyaml is several times faster; the same parser in Python serves where a platform lacks it.
_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# YAML 1.2's core: `on`, `yes`, `1:30` and `0x10` are text, as they are in most other languages.
_INTEGER = re.compile(r"[-+]?[0-9]+")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_CONSTANTS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
# What the parsers say (libyaml, and the one in Python), what it means, and what mends it.
_SYNTAX: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (
        re.compile("did not find expected key|expected '-' indicator|expected <block end>"),
        "this line does not fit the indentation of those above",
        "",
    ),
    (re.compile(r"expected ',' or '\}'"), "a `,` or `}` is missing before this", ""),
    (re.compile(r"expected ',' or '\]'"), "a `,` or `]` is missing before this", ""),
    (
        re.compile("mapping values are not allowed"),
        "a `:` cannot stand here",
        "if the colon belongs to a text, put the text in quotes",
    ),
    (re.compile("expected ':'"), "a `:` is missing after this", ""),
    (re.compile("unexpected end of stream"), "a text in quotes is never closed", ""),
    (
        re.compile("cannot start any token"),
        "no value can begin with this character",
        "put the text in quotes",
    ),
)


class Place(Struct, frozen=True):
    """Where a setting stands: its key (for a list's entry, the entry itself) and its value.

    `text` is a single value as it was written, `None` for a list or settings.
    """

    key: Span
    value: Span
    text: str | None


class Located(Struct, frozen=True):
    """A document as plain data, and the place of everything in it."""

    data: dict[str, Data]
    places: dict[Where, Place]

    def key(self, path: Where) -> Span:
        """Where a setting's name stands; for what is not written, that of the closest setting around it."""
        place = self._closest(path)
        return place.key if place else EVERYWHERE

    def value(self, path: Where) -> Span:
        """Where a setting's value stands; its name, where the value is a list or settings."""
        place = self._closest(path)
        return EVERYWHERE if place is None else place.key if place.text is None else place.value

    def _closest(self, path: Where) -> Place | None:
        lengths = range(len(path), 0, -1)
        return next((self.places[path[:n]] for n in lengths if path[:n] in self.places), None)


class _Scalar(Struct, frozen=True):
    value: str | int | float | bool | None
    text: str
    span: Span
    size: int = 1


class _List(Struct):
    span: Span
    anchor: str | None
    size: int
    items: "list[_Node]"


class _Mapping(Struct):
    span: Span
    anchor: str | None
    size: int
    entries: "list[tuple[_Scalar, _Node]]"
    key: _Scalar | None
    seen: dict[str, Span]


_Node: TypeAlias = _Scalar | _List | _Mapping


def locate(source: Source, findings: Findings) -> Located:
    """Read the text; raises `Unreadable` for the first thing that keeps it from being read at all.

    Duplicate keys do not: they are added to `findings`, and the first of them counts.
    """
    source.check()
    tree = _Builder(source, findings)
    try:
        for event in _events(source.text):
            tree.take(event)
    except yaml.YAMLError as error:
        raise _syntax_error(source, error) from error
    except (ValueError, OverflowError) as error:
        raise Unreadable("C-004", EVERYWHERE, "the file is not YAML", str(error).splitlines()[0]) from error
    root = tree.root
    if root is None or (isinstance(root, _Scalar) and root.value is None):
        raise Unreadable("C-006", EVERYWHERE, "the document is empty", "`meritorder init` writes one to start from")
    if not isinstance(root, _Mapping):
        raise Unreadable("C-004", root.span, "the document must consist of settings, like `version: 1`", "")
    places: dict[Where, Place] = {}
    return Located(_mapping(root, (), places), places)


def _events(text: str) -> Iterator[yaml.Event]:
    loader = _LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    finally:
        loader.dispose()


class _Builder:
    """Takes events one by one; `root` is the tree when they have ended."""

    def __init__(self, source: Source, findings: Findings) -> None:
        self.root: _Node | None = None
        self._source = source
        self._findings = findings
        self._stack: list[_List | _Mapping] = []
        self._anchors: dict[str, _Node] = {}
        self._values = 0
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        span = self._source.span(event.start_mark, event.end_mark)
        match event:
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise Unreadable("C-004", span, "there is a second document in the file", "take out `---`")
            case yaml.ScalarEvent():
                self._no_tag(event.tag, span)
                plain = event.implicit[0]
                text = str(event.value)
                text.encode()  # the parser in Python lets half a surrogate pair through; nothing after us would
                self._place(_Scalar(_value(text) if plain else text, text, span), event.anchor)
            case yaml.SequenceStartEvent():
                self._no_tag(event.tag, span)
                self._open(_List(span, event.anchor, 1, []))
            case yaml.MappingStartEvent():
                self._no_tag(event.tag, span)
                self._open(_Mapping(span, event.anchor, 1, [], None, {}))
            case yaml.AliasEvent():
                self._alias(str(event.anchor), span)
            case yaml.CollectionEndEvent():
                closed = self._stack.pop()
                self._place(closed, closed.anchor)
            case _:
                pass

    def _no_tag(self, tag: str | None, span: Span) -> None:
        if tag is not None:
            tag = tag.replace("tag:yaml.org,2002:", "!!")
            raise Unreadable("C-007", span, f"tags like {word(tag)} are not part of the document", "")

    def _open(self, node: _List | _Mapping) -> None:
        if isinstance(self._innermost_without_key(), _Mapping):
            raise Unreadable("C-004", node.span, "a key must be a name, not a list or settings", "")
        if len(self._stack) >= DEEPEST:
            raise Unreadable("C-007", node.span, f"the document is nested more than {DEEPEST} levels deep", "")
        self._stack.append(node)

    def _innermost_without_key(self) -> _List | _Mapping | None:
        top = self._stack[-1] if self._stack else None
        return top if isinstance(top, _Mapping) and top.key is None else None

    def _alias(self, name: str, span: Span) -> None:
        node = self._anchors.get(name)
        if node is None:
            inside = any(each.anchor == name for each in self._stack)
            what = f"{word('*' + name)} stands inside what it repeats" if inside else f"unknown anchor {word(name)}"
            raise Unreadable("C-007", span, what, "")
        self._place(node, None)

    def _place(self, node: _Node, anchor: str | None) -> None:
        """Put a finished node where it belongs, and count it as large as it is when written out."""
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        top.size += node.size
        if top.size > MOST_VALUES:
            raise Unreadable(
                "C-007", node.span, f"the document has more than {MOST_VALUES} values, aliases written out", ""
            )
        if isinstance(top, _List):
            top.items.append(node)
        elif top.key is not None:
            top.entries.append((top.key, node))
            top.key = None
        else:
            top.key = self._as_key(top, node)

    def _as_key(self, mapping: _Mapping, node: _Node) -> _Scalar:
        if not isinstance(node, _Scalar):
            raise Unreadable("C-004", node.span, "a key must be a name, not a list or settings", "")
        first = mapping.seen.setdefault(node.text, node.span)
        if first is not node.span:
            self._findings.error(
                "C-005",
                node.span,
                f"{word(node.text)} is given twice",
                f"it is first given in line {first.line}; keep one of them",
            )
        return node


def _value(text: str) -> str | int | float | bool | None:
    if text in _CONSTANTS:
        return _CONSTANTS[text]
    if len(text) > _LONGEST_NUMBER:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    return float(text) if _NUMBER.fullmatch(text) else text


def _data(node: _Node, path: Where, key: Span, places: dict[Where, Place]) -> Data:
    """Plain data; recursion is bounded, since `_Builder` took no text that is nested deeper."""
    places[path] = Place(key, node.span, node.text if isinstance(node, _Scalar) else None)
    if isinstance(node, _Scalar):
        return node.value
    if isinstance(node, _List):
        return [_data(item, (*path, index), item.span, places) for index, item in enumerate(node.items)]
    return _mapping(node, path, places)


def _mapping(node: _Mapping, path: Where, places: dict[Where, Place]) -> dict[str, Data]:
    data: dict[str, Data] = {}
    for name, item in node.entries:
        if name.text not in data:
            data[name.text] = _data(item, (*path, name.text), name.span, places)
    return data


def _syntax_error(source: Source, error: yaml.YAMLError) -> Unreadable:
    problem = str(getattr(error, "problem", None) or "the text is not YAML")
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    span = source.span(mark, mark) if mark else EVERYWHERE
    if source.character(span) == "\t":
        return Unreadable("C-004", span, "a tab is used where only spaces may indent", "indent with two spaces")
    opened = getattr(error, "context_mark", None)
    since = f"it belongs to what begins in line {opened.line + 1}" if opened else ""
    for pattern, said, mend in _SYNTAX:
        if pattern.search(problem):
            return Unreadable("C-004", span, said, mend or since)
    return Unreadable("C-004", span, f"this is not YAML: {problem}", since)
