"""What opens doors: keys by their known beginnings, passwords by the words before them, private keys."""

import re
from collections.abc import Iterator

from meritorder.signals.privacy.surroundings import Found, Readers, utf8

_KEY = re.compile(
    rb"(?<![A-Za-z0-9])(?:[sr]k[-_](?:ant-|proj-|or-|live_|test_)?[A-Za-z0-9_-]{20,}|A[KS]IA[0-9A-Z]{16}"
    rb"|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_\w{30,}|xox[abeprs]-[A-Za-z0-9-]{10,}|xapp-\d-[\w-]{20,}|AIza[\w-]{35}"
    rb"|(?:glpat|glrt|gldt|nvapi|pplx|tvly|fw|sntrys)[-_][\w-]{20,}|(?:gsk|hf|npm|pypi|dop_v1|xai|whsec|glsa"
    rb"|lin_api|shpat|dckr_pat|r8|rk_live)[-_][\w-]{20,}"
    rb"|(?<![\w-])eyJ[\w-]{10,}+\.eyJ[\w-]{10,}+(?:\.[\w-]++)?|SG\.[\w-]{16,64}\.[\w-]{16,64}"
    rb"|ya29\.[\w-]{20,}|\d{8,10}:AA[\w-]{32,35}"
    rb"|SK[0-9a-f]{32}|key-[0-9a-f]{32}|dapi[0-9a-f]{32}|hvs\.[\w-]{20,}|ATATT3[\w=-]{20,}"
    rb"|AGE-SECRET-KEY-1[0-9A-Z]{40,}|AC[0-9a-f]{32}:[0-9a-f]{32}"
    rb"|hooks\.slack\.com/services/T\w{6,}/B\w{6,}/\w{16,}|discord(?:app)?\.com/api/webhooks/\d{15,}/[\w-]{40,})"
)
_NO_KEY = re.compile(rb"(?i)x{8}|your[-_]?|placeholder|\.\.\.|(?:[-_][a-z]{2,}){4,}$|1234567890abcdef12345")
_AWS_SECRET = re.compile(rb"(?<![A-Za-z0-9/+=])(?=[A-Za-z/+]{0,39}\d)[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")


def _keys(text: bytes, start: int, end: int) -> Iterator[Found]:
    beside_its_name = False
    for found in _KEY.finditer(text, start, end):
        if not _NO_KEY.search(found.group()):
            yield "credential", found.start(), found.end()
            beside_its_name = beside_its_name or found.group()[:4] in {b"AKIA", b"ASIA"}
    if beside_its_name:
        for found in _AWS_SECRET.finditer(text, start, end):
            yield "credential", found.start(), found.end()


_SAID = (
    r"passw(?:or[dt]|d)|pass(?:phrase|code)|pwd|kennwort|contraseña|contrasena|clave(?: secreta| de acceso)?"
    r"|mot de passe|mdp|senha|palavra-passe|wachtwoord"
    r"|parola d'ordine|sshpass -p|密码|密碼|パスワード|пароль"
)
_NAMED = (
    r"api[_ -]?(?:key|token|secret|schlüssel)|apikey|secret[_ -]?(?:access[_ -]?)?key|client[_ -]?secret"
    r"|(?:access|auth|bearer|refresh|session|bot|personal access)[_ -]?token"
    r"|account[_-]?key|shared[_-]?access[_-]?key|(?:encryption|signing|master|private|license)[_ -]?key|token"
    r"|secret|credentials?"
)
_FOR = "for|für|de|of|del|du|do|della|da|van|voor|to|zum|zur|vom"
_QUOTE = r"(?:\\?[\"'`])?"
_VALUE = r"([^\s\"'`\\,;<>(){}\[\]]{4,200}+)(?![(\[{])"
_SECRET = utf8(
    rf"(?i)(?<![a-z])(?:({_SAID})|({_NAMED})){_QUOTE}(?: ?\([^()\n]{{0,30}}\))?(?: (?:{_FOR})(?: the| my| our"
    rf"| il| la)? [\w@.-]{{1,30}})?"
    rf"(?:\s{{0,2}}(?:=>|:=|[:=]|：)|( (?:is|ist|lautet|est|es|era|was|é|è|to|zu|now)))(?: now| still| jetzt| :"
    rf"|:)?\s{{0,2}}{_QUOTE}{_VALUE}"
)
_BARE = utf8(rf"(?i)(?<![a-z])(?:{_SAID}) {_QUOTE}{_VALUE}")
_BEARER = re.compile(
    rb"(?i)(?:authorization\\?[\"']?\s{0,2}[:=]\s{0,2}\\?[\"']?(?:bearer|basic|token)"
    rb"|(?<![a-z])bearer)\s([A-Za-z0-9._~+/=-]{16,})"
)
_URL = re.compile(
    rb"(?i)[a-z][a-z0-9+.-]{1,20}://[^\s:/@\"'<>\\]{0,64}:([^\s/@\"'<>\\]{1,100})@[a-z0-9.-]{1,100}"
    rb"(?::\d{1,5})?(?:/[^\s\"'<>\\)]{0,100})?"
)
_ACCOUNT = re.compile(rb"(?:AccountKey|SharedAccessKey)=([A-Za-z0-9+/]{40,90}={0,2})")
_PLACEHOLDER = re.compile(
    rb"(?i)your|example|x{3}|\*{3}|\.{3}|change.?me|placeholder|^[<\[{$%]|\$\{|\{\{|%\(|dummy|insert|redacted"
    rb"|fixme|todo|^[-_.*#\xe2]"
    rb"|^(?:password|passwort|secret|token|string|none|null|undefined|true|false|required|optional|hunter2"
    rb"|foobar|abc|test|my)[\d_!-]*(?:password|secret|token|key)?$"
    rb"|^(?:os|process|env|config|settings|self|this|req|request|secrets|args|data|form|user|params|options"
    rb"|props|vault|credentials)\b[.\[]|env[.:\[]|^(.)\1+$"
    rb"|^(?:12345678?9?0?|abc123)$|^https?:|^/|^@|^&|[A-Z]+_[A-Z_]+$(?<=KEY|ORD|KEN|RET)"
)
_LEAST_SAID, _LEAST_NAMED, _LEAST_BARE = 6, 12, 8
_STRONG = re.compile(rb"(?=[^\d]*\d)(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])[!-~]+")
"""What is taken for a password with nothing between it and the word: all sorts of characters are in it."""


def _secrets(text: bytes, start: int, end: int) -> Iterator[Found]:
    """What is told to be a password or a key, unless it only stands for one."""
    for found in _SECRET.finditer(text, start, end):
        said, _, in_prose, value = found.groups()
        value = value.rstrip(b".!?:")
        least = _LEAST_SAID if said else _LEAST_NAMED
        if len(value) >= least and not _PLACEHOLDER.search(value) and _random(value, strict=bool(in_prose) or not said):
            yield "credential", found.start(4), found.start(4) + len(value)
    for found in _BARE.finditer(text, start, end):
        value = found.group(1).rstrip(b".!?:")
        if len(value) >= _LEAST_BARE and not _PLACEHOLDER.search(value) and _STRONG.fullmatch(value):
            yield "credential", found.start(1), found.start(1) + len(value)
    for pattern in (_BEARER, _ACCOUNT):
        for found in pattern.finditer(text, start, end):
            if not _PLACEHOLDER.search(found.group(1)):
                yield "credential", found.start(1), found.end(1)


_LOWER, _UPPER, _DIGIT, _MARK = (
    re.compile(rb"[a-z]"),
    re.compile(rb"[A-Z]"),
    re.compile(rb"\d"),
    re.compile(rb"[^A-Za-z0-9._:/-]"),
)


def _random(value: bytes, *, strict: bool) -> bool:
    """Whether this looks chosen to be hard to guess, rather than a word; a digit is asked for where it is `strict`."""
    digit = _DIGIT.search(value) is not None
    letter = _LOWER.search(value) is not None or _UPPER.search(value) is not None
    mixed = re.search(rb"[a-z][A-Z]|[A-Za-z][^A-Za-z0-9\s._:/-]\S", value) is not None
    return (digit and letter) or (mixed and not strict) or (digit and _MARK.search(value) is not None)


def _urls(text: bytes, start: int, end: int) -> Iterator[Found]:
    for found in _URL.finditer(text, start, end):
        word = found.group(1)
        if not _PLACEHOLDER.search(word) and word.lower() not in {
            b"pass",
            b"pw",
            b"pwd",
            b"password",
            b"secret",
            b"port",
        }:
            yield "credential", found.start(), found.end()


_PRIVATE_KEY = re.compile(rb"-----BEGIN [A-Z ]{0,24}PRIVATE KEY(?: BLOCK)?(?:-----)?")
_LONGEST_KEY = 8_192


def _private_keys(text: bytes, start: int, end: int) -> Iterator[Found]:
    """From the first line to the last, if that is not too far."""
    for found in _PRIVATE_KEY.finditer(text, start, end):
        last = text.find(b"-----END ", found.end(), found.end() + _LONGEST_KEY)
        closes = text.find(b"-----", last + 9, last + 60) if last >= 0 else -1
        yield "private_key", found.start(), closes + 5 if closes >= 0 else found.end()


READERS: Readers = {"credential": _keys, "secret": _secrets, "login": _urls, "key": _private_keys}
_BEGINNINGS = (
    rb"(?:[sr]k[-_]|(?:glpat|glrt|gldt|nvapi|pplx|tvly|fw|sntrys|gsk|hf|npm|pypi|dop_v1|xai|whsec|glsa|lin_api"
    rb"|shpat|dckr_pat|r8)[-_])[\w-]{20}"
    rb"|A[KS]IA[0-9A-Z]{16}|(?:gh[pousr]_|github_pat_)\w{30}|xox[abeprs]-[\w-]{10}|xapp-\d-|AIza[\w-]{35}"
    rb"|eyJ[\w-]{10}|SG\.[\w-]{16}|ya29\.|\d{8}:AA[\w-]{32}"
    rb"|(?:SK|key-|dapi|AC)[0-9a-f]{32}|hvs\.\w|ATATT3|AGE-SECRET-KEY-1|hooks\.slack\.com/services/T|api/webhooks/\d"
)
PATTERNS = (
    ("credential", _BEGINNINGS),
    ("key", rb"-----BEGIN "),
    ("login", rb"://[^\s/@\"'<>:]{0,64}:[^\s/@\"'<>]{1,64}@"),
    (
        "secret",
        (
            rf"(?i)(?:{_SAID})(?: ?\([^()\n]{{0,30}}\))?(?: (?:{_FOR})(?: the| my| our| il"
            rf"| la)? [\w@.-]{{1,30}})?(?:\\?[\"'`])?(?: [!-~]{{1,20}}[0-9]|\s{{0,2}}[:=]| (?:is|ist|lautet|est|es|era"
            rf"|was|é|è|to|zu|now) |：)"
        ).encode(),
    ),
    (
        "secret",
        (
            r"(?i)(?:key|token|secret|schlüssel|apikey|credentials?)(?: ?\([^()\n]{0,30}\))?(?: (?:for|für|de"
            r"|of) [\w@.-]{1,30})?(?:\\?[\"'`])?(?:\s{0,2}[:=]| (?:is|ist|lautet|est|es|was) )[^,\n]{8}"
        ).encode(),
    ),
    ("secret", rb"(?i)bearer [\w.~+/=-]{16}|basic [\w+/=]{16}"),
)
