"""Where people and their machines are reached: e-mail, telephone, network addresses."""

import re
from collections.abc import Iterator
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from meritorder.signals.privacy.surroundings import Found, Readers, cued, utf8

_EMAIL = re.compile(rb"[\w.+\x80-\xff-]{1,40}@(?:[\w\x80-\xff-]{1,40}\.){1,4}[A-Za-z]{2,12}")
_NO_EMAIL = re.compile(rb"(?i)^git@|@\dx\.(?:png|jpe?g|gif|webp|svg)$")


def _emails(text: bytes, start: int, end: int) -> Iterator[Found]:
    for found in _EMAIL.finditer(text, start, end):
        if not _NO_EMAIL.search(found.group()):
            yield "email", found.start(), found.end()


_PHONE = re.compile(
    rb"(?<![\w.+/$-])(?<!\d[ ,])(?:"
    rb"\+\d{1,3}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d{1,4}(?:[ .-]?/?[ ]?\d{2,4}){2,4}"  # as dialled from abroad
    rb"|00[1-9]\d{0,2}[ /-]\(?\d{1,4}\)?(?:[ -]\d{2,8}){1,4}"
    rb"|(?:1[ .-])?(?:\([2-9]\d\d\)|[2-9]\d\d)[ .-][2-9]\d\d[.-]\d{4}"  # North America
    rb"|(?:1 )?\([2-9]\d\d\) ?\d{3} \d{4}"
    rb"|0[1-9](?:[ .]\d\d){4}|0[1-9](?:-\d\d){4}"  # France
    rb"|0(?:20 \d{4} \d{4}|1\d\d \d{3} \d{4}|1\d{3} \d{5,6}|7\d{3} ?\d{3} ?\d{3})"  # United Kingdom
    rb"|\(0\d{1,5}\) ?\d{3,8}(?:[ -]?\d{2,5}){0,3}|0[1-9]\d{1,4} ?/ ?\d{3,8}(?:[ -]\d{1,5}){0,3}"  # Germany and around
    rb"|0(?:1[5-7]\d{1,2}|[2-9]\d{1,4})[ -]\d{3,8}(?:[ -]\d{2,5}){0,3}"
    rb"|[679]\d\d \d\d \d\d \d\d|06[ -]\d{8}|0\d{1,2}-\d{7,8}|0\d{1,3}-\d{1,4}-\d{4}"  # Spain, Netherlands, Japan
    rb"|\(\d\d\) ?9?\d{4}-\d{4}|\d\d 9\d{4}-\d{4}|1[3-9]\d-?\d{4}-\d{4}|1[3-9]\d \d{4} \d{4}"  # Brazil, China
    rb")(?![\w@])(?![-.,:/]\d)"
)
_CUED_PHONE = re.compile(rb"(?<![\w.+/$-])(?<!\d,)\(?\d[\d ()./-]{5,18}\d(?![\w@])(?![-.,:/]\d)")
_PHONE_CUE = utf8(
    r"(?i)(?<![a-z])(?:tel(?:ephone|efon\w*|efoon\w*|\.|éfono|efone|éphone|ef\.?)?|phone|ph|mob(?:ile|iel|il)?"
    r"|mobil(?:nummer|telefon)?|cell(?:phone)?"
    r"|handy(?:nummer)?|fax|whatsapp|wa|sms|call(?: me)?(?: on| at| back)?|text me|ring me|reach me|móvil"
    r"|celular|telemóvel|cellulare|portable"
    r"|gsm|appelez|ruf|rufen|erreichbar|rückruf|llám\w*|llamar\w*|contacto|ligue|liga(?:r)?|chiam\w*|bel"
    r"|bellen|bereikbaar|joignable|numero|número|durchwahl)"
    r"(?![a-z])[^0-9\n@$%]{0,24}(?:\+?\(?0?\)?)?$|电话|手机|電話|携帯|微信"
)
_NOT_PHONE = re.compile(
    rb"000|(?:19|20)\d\d[-./]\d\d|\d\d[./]\d\d[./](?:19|20)?\d\d(?![./\d])|97[89][ -]|\d{1,3}(?:\.\d{1,3}){3}$|0\.\d"
)
_MIN_DIGITS, _MAX_DIGITS = 8, 15


def _phones(text: bytes, start: int, end: int) -> Iterator[Found]:
    """Numbers in the groups in which some country writes them; in any groups after a word for the telephone."""
    for found in _PHONE.finditer(text, start, end):
        number = found.group()
        if _MIN_DIGITS <= _digits(number) <= _MAX_DIGITS and not _NOT_PHONE.match(number):
            yield "phone", found.start(), found.end()


def _cued_phones(text: bytes, start: int, end: int) -> Iterator[Found]:
    for found in _CUED_PHONE.finditer(text, start, end):
        number = found.group()
        if _digits(number) <= _MAX_DIGITS and not _NOT_PHONE.match(number) and cued(_PHONE_CUE, text, found.start()):
            begins = found.start() - (text[found.start() - 1 : found.start()] == b"+")
            yield "phone", begins, found.end()


def _digits(number: bytes) -> int:
    return sum(48 <= byte <= 57 for byte in number)


_IPV4 = re.compile(rb"(?<![\w.-])(?<!\w/)(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
_IPV6 = re.compile(rb"(?<![\w:.])(?:[0-9A-Fa-f]{1,4}:{1,2}){2,7}[0-9A-Fa-f]{1,4}(?![\w:])")
_VERSION = re.compile(
    rb"(?i)(?:version|ver\.?|v|release|build|rev|section|chapter|abschnitt|kapitel|firmware|\xc2\xa7)[ :=-]{0,2}\Z"
)
_RESOLVERS = frozenset(
    (b"8.8.8.8", b"8.8.4.4", b"1.1.1.1", b"1.0.0.1", b"9.9.9.9", b"208.67.222.222", b"208.67.220.220")
)
_LARGEST_COUNTED = 20
"""Four numbers below this count something, such as versions and sections."""


def _addresses(text: bytes, start: int, end: int) -> Iterator[Found]:
    """Network addresses that the internet routes: those of documentation and of private networks name nobody."""
    for found in _IPV4.finditer(text, start, end):
        if _routed(found.group()) and not cued(_VERSION, text, found.start(), 12):
            yield "ip_address", found.start(), found.end()
    for found in _IPV6.finditer(text, start, end):
        try:
            routed = IPv6Address(found.group().decode("ascii")).is_global
        except AddressValueError:
            continue
        if routed:
            yield "ip_address", found.start(), found.end()


def _routed(address: bytes) -> bool:
    try:
        routed = IPv4Address(address.decode("ascii")).is_global
    except AddressValueError:
        return False
    parts = map(int, address.split(b"."))
    return routed and address not in _RESOLVERS and max(parts) >= _LARGEST_COUNTED


_MAC = re.compile(
    rb"(?<![\w:.-])(?:[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f]{2}(?:-[0-9A-Fa-f]{2}){5}"
    rb"|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4})(?![\w:-]|\.\w)"
)
_NO_MACHINE = re.compile(
    rb"(?i)^(?:00|ff)(?:[:.-]?(?:00|ff)){5}$|^(?:\d\d-){5}\d\d$|^(?:xx|aa[:-]bb[:-]cc)|^(?:\d{4}\.){2}\d{4}$"
)


def _machines(text: bytes, start: int, end: int) -> Iterator[Found]:
    for found in _MAC.finditer(text, start, end):
        if not _NO_MACHINE.match(found.group()):
            yield "mac_address", found.start(), found.end()


READERS: Readers = {
    "at": _emails,
    "digits": _phones,
    "telephone": _cued_phones,
    "dots": _addresses,
    "colons": _addresses,
    "machine": _machines,
}
PATTERNS = (
    ("at", rb"[\w.+\x80-\xff-]@[\w\x80-\xff-]"),
    (
        "telephone",
        (
            r"(?i)(?:tel|phone|tel(?:e|é)fon[oe]?|mob(?:ile|iel|il)?|m(?:o|ó)vil|celular|cell|handy|handynummer|fax"
            r"|whatsapp|(?:call|text|ring|reach) me|call"
            r"|sms|gsm|ll(?:a|á)m\w{1,5}|numero|número|telemóvel|cellulare|portable|durchwahl|erreichbar|joignable"
            r"|bereikbaar|bel|ligue|电话|手机|電話|携帯)"
            r"[^a-zA-Z0-9\n][^0-9\n]{0,20}[0-9][0-9 ()./-]{5}"
        ).encode(),
    ),
    ("dots", rb"\d\.\d{1,3}\.\d{1,3}\.\d"),
    ("colons", rb"[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{1,4}:[0-9A-Fa-f]{0,4}:"),
    (
        "machine",
        (
            rb"[0-9A-Fa-f](?::[0-9A-Fa-f]{2}){5}|[0-9A-Fa-f](?:-[0-9A-Fa-f]{2}){5}"
            rb"|[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}"
        ),
    ),
)
