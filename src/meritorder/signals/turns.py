"""Who wrote what: the user's own words told apart from what an agent or a tool put between them."""

import re
from collections.abc import Sequence

from msgspec import Struct

from meritorder.types.request import Message

_INSERTED = (
    "system-reminder",
    "system_reminder",
    "environment_context",
    "environment_details",
    "user_instructions",
    "local-command-stdout",
    "command-message",
    "command-args",
    "ide_opened_file",
    "ide_selection",
    "additional_data",
    "attached_files",
    "open_files",
    "tool_result",
    "file_content",
    "search_results",
    "retrieved_context",
)
"""Elements that agents' clients put into the user's turn."""

_OPENING = re.compile(rf"<({'|'.join(_INSERTED)})\b[^<>]{{0,200}}(?<!/)>")
_TOOLS = frozenset(("tool", "function"))


class Turns(Struct, frozen=True):
    """`users` are the user's turns without what was inserted, `inserted` that and what tools gave back, `system`
    the instructions. All in the order in which they came.
    """

    users: tuple[str, ...]
    inserted: tuple[str, ...]
    system: str


def turns(messages: Sequence[Message]) -> Turns:
    """Part `messages` by who wrote them."""
    users: list[str] = []
    inserted: list[str] = []
    system: list[str] = []
    for message in messages:
        if message.role == "user":
            users.append(_own(message.text, inserted))
        elif message.role in _TOOLS:
            inserted.append(message.text)
        elif message.role != "assistant":
            system.append(message.text)
    return Turns(tuple(users), tuple(inserted), "\n".join(system))


def _own(text: str, inserted: list[str]) -> str:
    """What is left of a user's turn; what was inserted goes to `inserted`. Elements that never end are left."""
    if "<" not in text:
        return text
    own: list[str] = []
    unclosed: set[str] = set()
    place = 0
    while (opening := _OPENING.search(text, place)) is not None:
        closing = f"</{opening.group(1)}>"
        # One that was looked for in vain is not there further on either.
        end = -1 if closing in unclosed else text.find(closing, opening.end())
        if end < 0:
            unclosed.add(closing)
            own.append(text[place : opening.end()])
            place = opening.end()
        else:
            own.append(text[place : opening.start()])
            inserted.append(text[opening.end() : end])
            place = end + len(closing)
    own.append(text[place:])
    return "".join(own).strip()
