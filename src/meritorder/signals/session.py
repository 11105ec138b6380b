"""Where in a conversation a request stands, and which agent holds it."""

import re
from collections.abc import Mapping, Sequence

from meritorder.signals.turns import Turns
from meritorder.types.request import Message
from meritorder.types.workload import Session

_AGENTS: Mapping[str, tuple[str, str]] = {
    "Claude Code": ("claude-cli", "You are Claude Code"),
    "Codex": ("codex", "You are Codex"),
    "Cursor": ("cursor", "powered by Cursor"),
    "OpenCode": ("opencode", "You are OpenCode"),
}
"""For each known agent: what its user agent begins with, and what its instructions say near their beginning."""

_INSTRUCTIONS_WITHIN = 2_000

_BEGINNINGS = (
    r"no[,.! ]|nope\b|wrong\b|that'?s (?:not|wrong)\b|not what i\b|again\b|try again\b",
    r"same error|still (?:not|doesn|wrong|fail)|it (?:still )?(?:doesn'?t|does not|didn'?t) work",
    r"nein\b|falsch\b|nochmal|non[,.! ]|encore\b|faux\b|no es\b|otra vez\b|mal\b",
)
_AGAIN = re.compile(rf"^\W*(?:{'|'.join(_BEGINNINGS)})", re.IGNORECASE)
"""How people begin when the last answer did not settle it."""

_SHORT = 12
"""Words below which a turn has too few to tell whether the subject changed."""
_ALIKE = 0.6
_KEPT = 0.05
"""Share of words in common above which a turn repeats the one before, and below which it leaves its subject."""
_COMPARED = 400
"""Words that are compared of each turn."""


def session(messages: Sequence[Message], parted: Turns, user_agent: str, key: str) -> Session:
    """Read the state of the conversation from its turns; `key` is the session's name where the caller gave one."""
    users = parted.users
    again = shifted = False
    if len(users) > 1:
        before, now = _words(users[-2]), _words(users[-1])
        common = len(before & now) / max(1, len(before | now))
        again = common >= _ALIKE or _AGAIN.match(users[-1][:80]) is not None
        shifted = not again and min(len(before), len(now)) >= _SHORT and common <= _KEPT
    return Session(
        turns=len(users),
        tool_loop=bool(messages) and messages[-1].role in ("tool", "function"),
        asked_again=again,
        shifted=shifted,
        client=_client(user_agent, parted.system[:_INSTRUCTIONS_WITHIN]),
        key=key,
    )


def _client(user_agent: str, instructions: str) -> str:
    agent = user_agent.lower()
    for name, (beginning, said) in _AGENTS.items():
        if agent.startswith(beginning) or said in instructions:
            return name
    return ""


def _words(text: str) -> set[str]:
    return set(text[: _COMPARED * 12].lower().split(maxsplit=_COMPARED)[:_COMPARED])
