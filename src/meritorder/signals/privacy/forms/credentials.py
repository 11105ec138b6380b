"""What opens doors: keys by how they begin, passwords by the words before them, logins in URLs, private keys."""

import re
from collections.abc import Iterator, Mapping, Sequence

from meritorder.signals.privacy.kinds import Anchor, Reader, Span, regions
from meritorder.signals.privacy.wordlists import lines

_KEYS: Mapping[bytes, bytes] = {
    rb"sk-": rb"(?:ant-|proj-|or-|svcacct-|lf-)?[\w-]{20,400}+",  # OpenAI, Anthropic, OpenRouter, Langfuse
    rb"[sr]k_(?:live|test)_": rb"[A-Za-z0-9]{16,400}+",  # Stripe
    rb"[sr]k_": rb"[A-Za-z0-9]{24,400}+",
    rb"whsec_": rb"[\w+/]{20,400}+",
    rb"A[KS]IA": rb"[0-9A-Z]{16}",  # AWS
    rb"gh[pousr]_": rb"[A-Za-z0-9]{30,400}+",  # GitHub
    rb"github_pat_": rb"\w{30,400}+",
    rb"gl(?:pat|rt|dt|ft|cbt)-": rb"[\w-]{20,400}+",  # GitLab
    rb"xox[abeprs]-": rb"[\w-]{10,400}+",  # Slack
    rb"xapp-\d-": rb"[\w-]{20,400}+",
    rb"hooks\.slack\.com/services/": rb"T\w{6,400}+/B\w{6,400}+/\w{16,400}+",
    rb"AIza": rb"[\w-]{35}",  # Google
    rb"ya29\.": rb"[\w-]{20,400}+",
    rb"GOCSPX-": rb"[\w-]{20,400}+",
    rb"(?:gsk|hf|npm|pypi|dop_v1|xai|glsa|lin_api|shpat|dckr_pat|nvapi|pplx|tvly|sntrys|dp\.pt|figd"
    rb"|ntn)[-_.]": rb"[\w-]{20,400}+",
    rb"eyJ[\w-]{10,400}+\.eyJ": rb"[\w-]{10,400}+(?:\.[\w-]{0,400}+)?",  # JSON web tokens
    rb"SG\.": rb"[\w-]{16,64}\.[\w-]{16,64}",  # SendGrid
    rb"\d{8,10}:AA": rb"[\w-]{32,35}",  # Telegram
    rb"SK": rb"[0-9a-f]{32}",  # Twilio
    rb"key-": rb"[0-9a-f]{32}",
    rb"dapi": rb"[0-9a-f]{32}",
    rb"hv[sb]\.": rb"[\w-]{20,400}+",  # Vault
    rb"ATATT3": rb"[\w=-]{20,400}+",
    rb"api/webhooks/\d{15,400}+/": rb"[\w-]{40,400}+",
    rb"AC[0-9a-f]{32}:": rb"[0-9a-f]{32}",
    rb"https://[\w.-]{1,40}\.webhook\.office\.com/": rb"[\w@/-]{40,400}+",
}
"""How keys of services begin, and what follows."""

_KEY = re.compile(
    rb"(?<![A-Za-z0-9])(?:" + rb"|".join(rb"(?:%b)%b" % (begins, follows) for begins, follows in _KEYS.items()) + rb")"
)
_NO_KEY = re.compile(
    rb"(?i:x{6}|your[-_]?|placeholder|\.\.\.|redacted|dummy|changeme|replace.?me)|^sk(?:[-_][a-z]{2,15}){3,}\Z"
)
"""Words and crosses in the place of a key, and names of things that begin like one."""
_TELLING = 64
"""Bytes of a key in which it is looked for words that stand for one."""
_AWS_SECRET = re.compile(
    rb"(?<![A-Za-z0-9/+=@.-])(?=[A-Za-z/+]{0,39}\d)(?=[A-Z0-9/+]{0,39}[a-z])(?=[a-z0-9/+]{0,39}[A-Z])[A-Za-z0-9/+]{40}"
    rb"(?![A-Za-z0-9/+=@-]|\.\w)"
)


def _keys(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    for start, end in regions(places, 48, 320):
        beside = False
        for found in _KEY.finditer(text, start, end):
            if not _NO_KEY.search(found.group()[:_TELLING]):
                yield Span("credential", found.start(), found.end())
                beside = beside or found.group()[:4] in {b"AKIA", b"ASIA"}
        for found in _AWS_SECRET.finditer(text, start, end) if beside else ():
            yield Span("credential", found.start(), found.end())


_URL = re.compile(
    rb"(?i)(?<![a-z0-9])[a-z][a-z0-9+.-]{1,30}://([^\s:/@\"'<>\\]{0,80}):([^\s/@\"'<>\\]{1,100})@[\w.-]{1,100}(?::\d{1,5})?"
    rb"(?:/[^\s\"'<>\\)`]{0,100})?"
)
_STANDS_FOR = frozenset(
    b"pass passwd password passwort pw pwd secret port token user username mysecretpassword postgres root admin guest"
    b" changeme x-oauth-basic example test".split()
)


def _logins(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """URLs with a password in them, the whole of each."""
    for start, end in regions(places, 100, 240):
        for found in _URL.finditer(text, start, end):
            word = found.group(2)
            if not _placeholder(word) and word.lower() not in _STANDS_FOR and not _KEY.fullmatch(word):
                yield Span("credential", found.start(), found.start() + len(found.group().rstrip(b".,;)")))


_QUOTE = rb"(?:\\?[\"'`])?"
_FOR = (
    rb"(?: ?\([^()\n]{0,30}\))?(?: [\w\x80-\xff@.-]{1,30}(?= ?[:=])| (?:for|f\xc3\xbcr|pour|para|per|voor|de"
    rb"|del|du|of|da|do|della|van|zum|zur|to|on)(?: \w{2,4})? [\w@.-]{1,30})?"
)
_IS = (
    rb"(?:\s{0,2}(?:=>|:=|==?|:|\xef\xbc\x9a)|( (?:is|ist|lautet|est|es|era|was|\xc3\xa9|\xc3\xa8|to|zu|now"
    rb"|wird)(?: now| still| jetzt)?:?(?= )))"
)
_VALUE = rb"([^\s\"'`\\,;<>(){}\[\]\xe3-\xef]{4,200}+)(?![(\[{])"
_AFTER_PASSWORD = re.compile(
    rb"(?i)(?:_?\d)?" + _QUOTE + rb"\]?" + _FOR + _IS + rb"\s{0,2}(?:ConvertTo-SecureString )?" + _QUOTE + _VALUE
)
_AFTER_KEY = re.compile(
    rb"(?i)(?:[_ -]?id)?s?"
    + _QUOTE
    + rb"\]?\s{0,2}(?:=>|:=|==?|:|\xef\xbc\x9a|(?:"
    + _FOR
    + rb")(?: is | ist | es | est |:\s))\s{0,2}"
    + _QUOTE
    + rb"([\w+/=.~!$%^&*#@-]{12,512}+)(?![(\[{])"
)
_BARE = re.compile(rb"(?i)[ :]{0,2}\s?" + _QUOTE + _VALUE)
_BEARER = re.compile(rb"(?i)[ :]\s?([\w.~+/=-]{16,2048}+)")
_PLACEHOLDER = re.compile(
    rb"(?i)your|tu[_-]|votre|example|exempl|ejemplo|x{3}|\*{3}|\.{3}|_{3}|change.?(?:me|it)|placeholder"
    rb"|^[<\[{$%]|\$\{|\{\{|%\(|dummy|insert"
    rb"|redacted|fixme|todo|^[-_.*#\xe2]|^(?:str|string|none|null|nil|undefined|true|false|required|optional"
    rb"|int|any|bool)\b"
    rb"|^(?:hunter2|foobar|foo|bar|abc|test|my|the|a|an|is|not|and|or|too|must|should|will|has"
    rb"|for)[\d_!-]*(?:password|secret|token|key)?$"
    rb"|^(?:os|process|env|config|settings|self|this|req|request|secrets|args|data|form|user|params|options|props|vault"
    rb"|credentials|input|getpass|await|get|read|load|new|conf|ctx|app|session|body|payload|opts|result"
    rb"|response|res|event)\b[.\[_]"
    rb"|env[.:\[]|^(?:ConvertTo|Get|Read|New)-\w+$|^(.)\1+$|^(?:12345678?9?0?|abc123|0123456789)$|^https?:"
    rb"|^[/~]\w|^[@&]|^!\w+\Z|^\w+\.\w+\.\w+$(?<![0-9])"
)
_NAMED_LIKE = re.compile(
    rb"[A-Za-z_]*(?:password|passwort|passwd|secret|token|key|clave|cle|senha)[A-Za-z_]*", re.IGNORECASE
)
_CONSTANT = re.compile(rb"[A-Z]+(?:_[A-Z]+)+|[a-z]+(?:[_.-][a-z]+)+|[a-z]+(?:[A-Z][a-z]+)+")


def _placeholder(value: bytes) -> bool:
    """Whether this only stands for a secret: a word in its place, a variable, what code reads it from."""
    return _PLACEHOLDER.search(value[:_TELLING]) is not None or _NAMED_LIKE.fullmatch(value) is not None


_LOWER, _UPPER, _DIGIT, _MARK = (re.compile(kind) for kind in (rb"[a-z\x80-\xff]", rb"[A-Z]", rb"\d", rb"[^\w./:-]"))


def _kinds_of_character(value: bytes) -> int:
    return sum(kind.search(value) is not None for kind in (_LOWER, _UPPER, _DIGIT, _MARK))


def _passwords(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """What is told to be a password, unless it only stands for one."""
    reached = -1
    for place in places:
        found = _AFTER_PASSWORD.match(text, place, place + 320) if place > reached else None
        value = found.group(2).rstrip(b".!?:") if found else b""
        if found and found.group(1) is None:
            told = _chosen(value)
        elif found:
            told = _chosen(value) and _kinds_of_character(value) >= 2 and (_DIGIT.search(value) or _MARK.search(value))
        else:
            found = _BARE.match(text, place, place + 240) if place > reached else None
            value = found.group(1).rstrip(b".!?:,") if found else b""
            told = _drawn(value) or (value.isdigit() and len(value) >= 6 and text[place - 3 : place].lower() in _PINS)
        if not told and _is_pin(text, place, value):
            told = True
        elif not told and place > reached and (found := _PAIR.match(text, place, place + 120)):
            value = found.group(1).rstrip(b".!?:")
            told = _chosen(value) and _DIGIT.search(value)
        if found and told:
            value = _PARAMETER.split(value, maxsplit=1)[0]
            start = found.start(found.lastindex or 1)
            reached = start + len(value)
            yield Span("credential", start, reached)


_PINS = frozenset((b"pin", b"sel"))
"""How words end after which digits alone are a secret: PIN, Schlüssel."""
_PAIR = re.compile(rb"(?i)(?::|(?: \w{1,12})? (?:is|ist|est|es))\s?[\w.@-]{2,30} ?(?:/|and|und|et|y|,) ?" + _VALUE)
"""A name to log in by, and after it the password."""
_PARAMETER = re.compile(rb"&\w+=")
"""Where the next parameter of a query begins."""


def _is_pin(text: bytes, place: int, value: bytes) -> bool:
    """Whether four to eight digits follow the capitals PIN, or the word and what says that it is them."""
    if not (value.isdigit() and 4 <= len(value) <= 8 and text[place - 3 : place].lower() == b"pin"):
        return False
    return text[place - 3 : place] == b"PIN" or text[place : place + 1] in {b":", b"="}


def _drawn(value: bytes) -> bool:
    """Whether this is taken for a password with nothing between it and the word: all sorts of characters are in it."""
    return len(value) >= 7 and not _placeholder(value) and _kinds_of_character(value) >= 3 and b"-" not in value[:2]


_FEWEST = 5


def _chosen(value: bytes) -> bool:
    """Whether this looks like a password that somebody has chosen, and not like a word of text or code."""
    if len(value) < _FEWEST or _placeholder(value) or value.lower() in _STANDS_FOR:
        return False
    if _CONSTANT.fullmatch(value) or (value.isalpha() and value[1:].islower()):
        return False
    return _kinds_of_character(value) >= 2 or (value.isdigit() and len(value) >= 6)


_LONG = 12


def _tokens(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Values of settings whose names say that they are keys, if they look drawn at random."""
    reached = -1
    for place in places:
        found = _AFTER_KEY.match(text, place, place + 600) if place > reached else None
        value = _PARAMETER.split(found.group(1), maxsplit=1)[0].rstrip(b".&") if found else b""
        if found and len(value) >= _LONG and (_random(value) or _AWS_SECRET.fullmatch(value)):
            reached = found.start(1) + len(value)
            yield Span("credential", found.start(1), reached)


_VARIED = 7


def _random(value: bytes) -> bool:
    if (
        _placeholder(value)
        or _CONSTANT.fullmatch(value)
        or _NO_KEY.search(value[:_TELLING])
        or _DIGIT.search(value) is None
    ):
        return False
    return (
        len(set(value)) >= _VARIED and (_LOWER.search(value) or _UPPER.search(value)) is not None and b".." not in value
    )


def _bearers(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    for place in places:
        found = _BEARER.match(text, place)
        if found and _random(found.group(1)):
            yield Span("credential", found.start(1), found.end(1))


_CODES = re.compile(
    rb"(?i)s?(?:\"?[:=]| is| are| ist)?[\s\"'\[]{1,3}((?-i:[A-Z2-7]{16,64}|[A-Za-z0-9]{3,10}(?:-[A-Za-z0-9]{3,10})+"
    rb"|\d{4} \d{4}|(?=[A-Za-z]*\d)[A-Za-z0-9]{6,16}))(?![A-Za-z0-9-])"
)
_MORE_CODES = re.compile(rb"[\s,;\"']{1,4}((?=[a-z]*\d)[a-z0-9]{3,10}(?:-[a-z0-9]{3,10})+)(?![a-z0-9-])", re.IGNORECASE)


def _codes(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Codes for one who has lost a password, and the seeds of second factors, with those that follow the first."""
    for place in places:
        found = _CODES.match(text, place, place + 96)
        while found and (_DIGIT.search(found.group(1)) or found.group(1).isupper()):
            yield Span("credential", *found.span(1))
            found = _MORE_CODES.match(text, found.end(), found.end() + 96)


_WITH_USER = re.compile(rb"[\"']?[\w.@-]{1,40}(?::|[\"'], ?[\"'])([^\s\"'$<{]{4,80})")


def _after_user(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Passwords after the name of a user, as programs and tools for the web take them."""
    for place in places:
        found = _WITH_USER.match(text, place, place + 140)
        if found and _chosen(found.group(1)):
            yield Span("credential", *found.span(1))


_BEGIN = re.compile(
    rb"-----BEGIN [A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?-----|---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----"
)
_END = re.compile(rb"---- ?-?END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)? ?-{4,5}")
_NO_BODY = re.compile(rb"(?i)[\"'`]|\s*(?:\\n)?\s*(?:<[a-z]{3}|\.\.\.|\[[a-z]{3}|your|paste|redacted|key ?here)")
_LONGEST_KEY = 16_384


def _blocks(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Private keys from their first line to their last, if that is not too far; else their first line."""
    reached = 0
    for place in places:
        found = _BEGIN.match(text, max(place - 11, reached)) if place >= reached else None
        if found and not _NO_BODY.match(text, found.end(), found.end() + 40):
            begins = found.end()
            other = text.find(b"-----BEGIN ", begins, begins + _LONGEST_KEY)
            last = _END.search(text, begins, other if other >= 0 else begins + _LONGEST_KEY)
            reached = last.end() if last else begins
            yield Span("private_key", found.start(), reached)


_SECRET_KEY = re.compile(
    rb"AGE-SECRET-KEY-1[0-9A-Z]{40,}|(?<![A-Za-z0-9])(?:[xyzt]prv[1-9A-HJ-NP-Za-km-z]{100,112}"
    rb"|nsec1[02-9ac-hj-np-z]{50,60}"
    rb"|[KL][1-9A-HJ-NP-Za-km-z]{51}|5[HJK][1-9A-HJ-NP-Za-km-z]{49})(?![A-Za-z0-9])"
)
_LABELLED_KEY = re.compile(
    rb"(?i)(?:private[_ ]?key|wallet)(?!(?: block)?-----)[^\n]{0,24}?[\s\"'(=:](0x[0-9a-f]{64}|[0-9a-f]{64}"
    rb"|[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9])"
)
_WEB_KEY = re.compile(rb"\"d\" ?: ?\"([\w-]{40,})\"")


def _lone_keys(text: bytes, places: Sequence[int]) -> Iterator[Span]:
    """Private keys that are one word: of wallets, of age, of WireGuard, of JSON web keys."""
    for start, end in regions(places, 16, 160):
        for found in _SECRET_KEY.finditer(text, start, end):
            mixed = found.group()[:1] not in {b"K", b"L", b"5"} or _kinds_of_character(found.group()) >= 3
            if mixed:
                yield Span("private_key", found.start(), found.end())
        for pattern in (_LABELLED_KEY, _WEB_KEY):
            for found in pattern.finditer(text, start, end):
                yield Span("private_key", *found.span(1))


READERS: Mapping[str, Reader] = {
    "key": _keys,
    "login": _logins,
    "password": _passwords,
    "token": _tokens,
    "bearer": _bearers,
    "code": _codes,
    "user": _after_user,
    "block": _blocks,
    "lone key": _lone_keys,
}


ANCHORS = (
    *(Anchor("key", re.escape(word.encode())) for word in lines("keys")),
    Anchor("key", rb"[^A-Za-z]sk-[\w-]{4}"),
    Anchor("key", rb"^sk-[\w-]{4}"),
    Anchor("key", rb"(?:AC|SK|key-)[0-9a-f]"),
    Anchor("login", rb"://[^\s/@\"'<>:]{0,80}:[^\s/@\"'<>]{1,100}@"),
    *(Anchor("password", b"(?i)" + word.encode()) for word in lines("passwords")),
    *(Anchor("token", b"(?i)" + word.encode()) for word in lines("tokens")),
    Anchor("bearer", rb"(?i)bearer"),
    Anchor("bearer", rb"(?i)authorization[\"']?[:=] ?[\"']?basic"),
    *(Anchor("code", b"(?i)" + word.encode()) for word in lines("codes")),
    *(Anchor("user", re.escape(word)) for word in (b" -u ", b"--user ", b"auth=(")),
    Anchor("block", rb"-----BEGIN "),
    Anchor("block", rb"---- BEGIN "),
    *(Anchor("lone key", b"(?i)" + word.encode()) for word in lines("wallets")),
)
