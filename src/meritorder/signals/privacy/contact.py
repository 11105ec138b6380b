"""Where people and their machines are reached in networks: e-mail, internet addresses, addresses of hardware."""

import re
from collections.abc import Iterator, Mapping, Sequence
from ipaddress import AddressValueError, IPv4Address, IPv4Network, IPv6Address, IPv6Network

from meritorder.signals.privacy.kinds import UNCHECKED, Anchor, Reader, Span, regions

_BEFORE, _AFTER = 64, 200
_MOST_READ = 512 * 1024
"""Bytes around the `@` of e-mail addresses that are read. A text with more cannot be cleared in bounded time."""

_EMAIL = re.compile(rb"[\w.+'\x80-\xff-]{1,64}@(?:[\w\x80-\xff-]{1,63}\.){1,5}[A-Za-z]{2,24}(?![\w-])")
_NO_EMAIL = re.compile(rb"(?i)^(?:git|hg|svn)@|@\dx\.(?:png|jpe?g|gif|webp|svg)$")
_FOR_EXAMPLE = re.compile(
    rb"(?i)^(?:user(?:name)?|you|your[._-]?(?:e?mail|name)|name|e?mail|me|someone|somebody|foo|bar|test"
    rb"|john\.?doe|jane\.?doe"
    rb"|no-?reply|example|alice|bob)@"
    rb"(?:[\w-]+\.)*(?:example|domain|company|email|mail|host|test|localhost|yourdomain|mycompany|exemple)\.\w+$"
)
"""Addresses that pages and code put in the place of somebody's."""


def _emails(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    left = _MOST_READ
    for start, end in regions(places, _BEFORE, _AFTER):
        left -= end - start
        if left < 0:
            yield Span(UNCHECKED, start, len(text))
            return
        for found in _EMAIL.finditer(text, start, end):
            address = found.group()
            address = address.lstrip(b"'.-")
            if not _NO_EMAIL.search(address) and not _FOR_EXAMPLE.match(address):
                yield Span("email", found.end() - len(address), found.end())


_IPV4 = re.compile(rb"(?<![\w.-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
_VERSION = re.compile(
    rb"(?i)(?:version\w*|ver\.?|v|release|build|rev|section|chapter|abschnitt|kapitel|firmware|update|driver|bios"
    rb"|patch|clause|\xc2\xa7|chrome|firefox|edge|opera|safari|go|python|node)[ :=/\"-]{0,3}$"
    rb"|(?:versi|update|upgrade|actuali[sz]|aktualis|atuali|aggiorn|mise \xc3\xa0 jour|software|release)"
    rb"(?:(?! ip|from|client|host|server)[^\n]){0,32}$"
)
_RESOLVERS = frozenset(
    b"8.8.8.8 8.8.4.4 1.1.1.1 1.0.0.1 9.9.9.9 149.112.112.112 208.67.222.222 208.67.220.220 4.2.2.2".split()
)
_LARGEST_COUNTED = 20
"""Four numbers below this count something, such as versions and sections."""
_PRIVATE, _RESERVED = 10, 240
"""First numbers: of the largest private network, and where addresses begin that are given to nobody."""
_EVERYWHERE = frozenset(b"192.168.0.1 192.168.1.1 192.168.2.1 192.168.100.1 10.0.0.1 10.0.0.138 172.17.0.1".split())
"""What routers and containers are called wherever they come from."""
_DOCUMENTED = tuple(map(IPv4Network, ("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24")))


def _ipv4(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    reached = 0
    for place in places:
        found = _IPV4.search(text, max(reached, place - 16), place + 3)
        if found is None:
            continue
        start, reached = found.span()
        if _somebody4(found.group()) and not _VERSION.search(text, max(0, start - 40), start):
            yield Span("ip_address", start, reached)


def _somebody4(address: bytes) -> bool:
    """Whether it can be somebody's: not of documentation, loops, groups, nets and masks, no resolver, no version."""
    if address in _RESOLVERS or address in _EVERYWHERE or address.endswith(b".0"):
        return False
    parts = [int(part) for part in address.split(b".")]
    if max(parts) < _LARGEST_COUNTED and parts[0] != _PRIVATE:
        return False
    try:
        found = IPv4Address(address.decode("ascii"))
    except AddressValueError:
        return False
    if found.is_loopback or found.is_multicast or found.is_unspecified or parts[0] >= _RESERVED or parts[0] == 0:
        return False
    return not any(found in network for network in _DOCUMENTED)


_IPV6 = re.compile(rb"(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:{1,2}){2,7}(?:[0-9A-Fa-f]{1,4}|(?<=::))(?![\w:])")


def _ipv6(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    for start, end in regions(places, 40, 44):
        for found in _IPV6.finditer(text, start, end):
            try:
                address = IPv6Address(found.group().decode("ascii"))
            except AddressValueError:
                continue
            if not (address.is_loopback or address.is_multicast or address.is_unspecified or address in _DOCUMENTED6):
                yield Span("ip_address", found.start(), found.end())


_DOCUMENTED6 = IPv6Network("2001:db8::/32")

_MAC = re.compile(
    rb"(?<![\w:.-])(?:[0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}"
    rb"|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-]|\.\w)"
)
_BARE_MAC = re.compile(rb"(?i)(?<![0-9a-z])(?=[a-f]*\d)(?=\d*[a-f])([0-9a-f]{12})(?![0-9a-z])")
_SHORTLY = 64
"""Bytes after the word, or after another address, in which one is looked for."""
_NO_MACHINE = re.compile(
    rb"(?i)^(?:00|ff)(?:[:.-]?(?:00|ff)){5}$|^(?:\d\d-){5}\d\d$|^aa[:-]bb[:-]cc|^(?:\d{4}\.){2}\d{4}$"
    rb"|^(?:00[:-]11[:-]22[:-]33|01[:-]23[:-]45[:-]67|12[:-]34[:-]56[:-]78|de[:-]ad[:-]be)"
)


def _machines(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    for start, end in regions(places, 40, 8):
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
    "colons": _ipv6,
    "machine": _machines,
    "mac": _labelled_machines,
}
ANCHORS = (
    Anchor("at", rb"[\w.+\x80-\xff-]@[\w\x80-\xff-]", along="contacts"),
    Anchor("dots", rb"[0-9]\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}", along="digits"),
    Anchor("colons", rb"[0-9A-Fa-f]{2,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{0,4}:[0-9A-Fa-f:]", along="contacts"),
    Anchor(
        "machine",
        rb"[0-9A-Fa-f](?:(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f](?:-[0-9A-Fa-f]{2}){5}"
        rb"|[0-9A-Fa-f]{3}(?:\.[0-9A-Fa-f]{4}){2})",
        along="machines",
    ),
    Anchor("mac", rb"(?i)(?:^|[^a-z])mac[^a-z]", 1),
    Anchor("mac", rb"(?i)(?:^|[^a-z])nics?[^a-z]", 1),
)
