"""Where people and their machines are reached in networks: e-mail, internet addresses, addresses of hardware."""

import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

from meritorder.signals.privacy.kinds import UNCHECKED, Anchor, Reader, Span, regions

_BEFORE, _AFTER = 64, 200
_MOST_READ = 512 * 1024
"""Bytes around the `@` of e-mail addresses that are read. A text with more cannot be cleared in bounded time."""

_EMAIL = re.compile(rb"[\w.+'\x80-\xff-]{1,64}@(?:[\w\x80-\xff-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])")
_NO_EMAIL = re.compile(rb"(?i)^(?:git|hg|svn)@|@\dx\.(?:png|jpe?g|gif|webp|svg)\Z")
_STANDS_FOR_ONE = re.compile(
    rb"(?i)(?:user(?:name)?|you|your[._-]?(?:e?mail|name)|name|e?mail|someone|somebody|foo|bar|no-?reply|example)@"
    rb"(?:[\w-]+\.)*(?:example|domain|company|email|mail|host|test|localhost|yourdomain|mycompany|exemple)\.\w+\Z"
)
"""Words in the place of an address. An invented person's at example.com is read as anybody's."""


def _emails(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    left = _MOST_READ
    for start, end in regions(places, _BEFORE, _AFTER):
        left -= end - start
        if left < 0:
            yield Span(UNCHECKED, start, len(text))
            return
        for found in _EMAIL.finditer(text, start, end):
            address = found.group().lstrip(b"'.-")
            if not _NO_EMAIL.search(address) and not _STANDS_FOR_ONE.match(address):
                yield Span("email", found.end() - len(address), found.end())


_IPV4 = re.compile(rb"(?<![\w.])(?<![A-Za-z]-)(?:\d{1,3}\.){3}\d{1,3}(?!\w|-(?!\d{1,3}\.\d)\w|\.\d)")
_VERSION = re.compile(
    rb"(?i)(?:(?<![a-z])(?:version\w*|ver\.?|v|release|build|rev|section|chapter|abschnitt|kapitel|firmware|update|driver"
    rb"|bios|patch|clause|chrome|firefox|edge|opera|safari|go|python|node)|\xc2\xa7)[ :=/\"-]{0,3}\Z|[\w\]][=~><!]=\Z"
)
_VERSION_BEFORE = re.compile(
    rb"(?i)(?:versi|update|upgrade|actuali[sz]|aktualis|atuali|aggiorn|mise \xc3\xa0 jour|software|release)"
    rb"(?:(?! ip|from|client|host|server)[^\n]){0,32}\Z"
)
"""Words that tell a version further on; only numbers that are small enough for one are taken for it."""
_MACHINE_BEFORE = re.compile(
    rb"(?i)(?<![a-z])(?:from|ip(?:v4)?|addr(?:ess)?|host|client|server|peer|remote|src|dst|inet|ssh|ping|gateway|via)"
    rb"[ :=\"'\[(]{1,4}\Z|[@/]\Z"
)
_PORT_AFTER = re.compile(rb":\d{2,5}(?!\d)")
_RESOLVERS = frozenset(
    b"8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 149.112.112.112 208.67.222.222 208.67.220.220 4.2.2.2".split()
)
_LARGEST_COUNTED = 20
"""Four numbers below this count something, such as versions and sections."""
_LOCAL, _RESERVED = 10, 240
"""First numbers: of the largest private network, and where addresses begin that are given to nobody."""
_DOCUMENTED = tuple(map(IPv4Network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")))


def _ipv4(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    reached = 0
    for place in places:
        found = _IPV4.search(text, max(reached, place - 16), place + 24)
        if found is None or found.start() >= place:
            continue
        start, reached = found.span()
        if _somebody4(found.group()) and not _is_version(text, start, reached):
            yield Span("ip_address", start, reached)


def _is_version(text: bytes, start: int, end: int) -> bool:
    """Whether what looks like an address is the number of a version or a section."""
    before = text[max(0, start - 48) : start]
    if _VERSION.search(before):
        return True
    parts = [int(part) for part in text[start:end].split(b".")]
    few = sum(part < _LARGEST_COUNTED for part in parts)
    if few == 4 and parts[0] != _LOCAL:
        return not (_MACHINE_BEFORE.search(before) or _PORT_AFTER.match(text, end))
    return few >= 2 and _VERSION_BEFORE.search(before) is not None


def _somebody4(address: bytes) -> bool:
    """Whether it can be a machine's that is somebody's: none of documentation, loops, links, groups, nets and masks."""
    if address in _RESOLVERS or address.endswith(b".0"):
        return False
    try:
        found = IPv4Address(address.decode("ascii"))
    except AddressValueError:
        return False
    first = int(address.partition(b".")[0])
    if found.is_loopback or found.is_multicast or found.is_link_local or first >= _RESERVED or first == 0:
        return False
    return not any(found in network for network in _DOCUMENTED)


_IPV6 = re.compile(
    rb"(?:(?<![\w:.])|(?<=[G-Zg-z_]:)|(?<=ip6:)|(?<=v6:)|(?<=remote:)|(?<=source:))"
    rb"(?:[0-9A-Fa-f]{1,4}:{1,2}){1,7}(?:[0-9A-Fa-f]{1,4}|(?<=::))(?!\w|:[\w:]|\.\d)"
)


def _ipv6(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    for start, end in regions(places, 40, 44):
        for found in _IPV6.finditer(text, start, end):
            if _somebody6(found.group()):
                yield Span("ip_address", found.start(), found.end())


def _somebody6(written: bytes) -> bool:
    """Whether it is an address, and that of a machine: none of documentation, loops, links and groups."""
    try:
        address = IPv6Address(written.decode("ascii"))
    except AddressValueError:
        return False
    if address.is_loopback or address.is_multicast or address.is_unspecified or address.is_link_local:
        return False
    return address not in _DOCUMENTED6 and (written.count(b":") > 2 or address.is_private or address in _GLOBAL)


_DOCUMENTED6, _GLOBAL = IPv6Network("2001:db8::/32"), IPv6Network("2000::/3")

_MAC = re.compile(
    rb"(?<![\w:.-])(?:[0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}"
    rb"|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-]|\.\w)"
)
_BARE_MAC = re.compile(rb"(?i)(?<![0-9a-z])(?=[a-f]*\d)(?=\d*[a-f])([0-9a-f]{12})(?![0-9a-z])")
_SHORTLY = 64
"""Bytes after the word, or after another address, in which one is looked for."""
_NO_MACHINE = re.compile(
    rb"(?i)^(?:00|ff)(?:[:.-]?(?:00|ff)){5}\Z|^(?:\d\d-){5}\d\d\Z|^aa[:-]bb[:-]cc|^(?:\d{4}\.){2}\d{4}\Z"
    rb"|^(?:00[:-]11[:-]22[:-]33|01[:-]23[:-]45[:-]67|12[:-]34[:-]56[:-]78|de[:-]ad[:-]be)"
)


def _with_colons(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    yield from _ipv6(text, places)
    yield from _machines(text, places)


def _machines(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    for start, end in regions(places, 40, 24):
        for found in _MAC.finditer(text, start, end):
            if not _NO_MACHINE.match(found.group()):
                yield Span("mac_address", found.start(), found.end())


def _labelled_machines(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Addresses without separators shortly after the word, and those that follow them."""
    at = 0
    for place in places:
        at = max(at, place)
        while found := _BARE_MAC.search(text, at, at + _SHORTLY):
            at = found.end()
            yield Span("mac_address", found.start(), at)


READERS: Mapping[str, Reader] = {
    "at": _emails,
    "dots": _ipv4,
    "colons": _with_colons,
    "machine": _machines,
    "mac": _labelled_machines,
}
ANCHORS = (
    Anchor("at", rb"[\w.+\x80-\xff-]@[\w\x80-\xff-]", along="contacts"),
    Anchor("dots", rb"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", along="digits"),
    Anchor("colons", rb"[0-9A-Fa-f]{2,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]", along="contacts"),
    Anchor("colons", rb"(?:[23][0-9A-Fa-f]{3}|[fF][cCdD][0-9A-Fa-f]{2})::[0-9A-Fa-f]", along="machines"),
    Anchor("machine", rb"(?:[0-9A-Fa-f]{2}-){4}[0-9A-Fa-f]", along="contacts"),
    Anchor("machine", rb"[0-9A-Fa-f]\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}", along="machines"),
    Anchor("mac", rb"(?i)(?:^|[^a-z])mac[^a-z]", 1),
    Anchor("mac", rb"(?i)(?:^|[^a-z])nics?[^a-z]", 1),
)
