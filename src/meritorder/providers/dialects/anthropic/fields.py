"""Fields of a chat completions request, read one at a time; an error names the one at fault as the client
wrote it, and never repeats its value.
"""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Raw

from meritorder.errors import RequestError

# msgspec's messages that begin like this name types and fields only; others may repeat a value.
_SAFE = ("Expected ", "Object missing ")


def is_set(fields: Mapping[str, Raw], name: str) -> bool:
    """Whether the client gave `name` a value: to OpenAI, null is as good as absent."""
    return name in fields and bytes(memoryview(fields[name])) != b"null"


def read(fields: Mapping[str, Raw], name: str, form: Any) -> Any:
    """The value of `name` as the type `form`, None where it is absent or null, or RequestError."""
    if not is_set(fields, name):
        return None
    try:
        return msgspec.json.decode(fields[name], type=form)
    except msgspec.ValidationError as error:
        reason, _, path = str(error).partition(" - at `$")
        param = f"{name}{path.rstrip('`')}"
        why = reason[0].lower() + reason[1:] if reason.startswith(_SAFE) else "not a value that it knows"
        raise unsupported(param, why) from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise unsupported(name, "not JSON") from error


def unsupported(param: str, why: str) -> RequestError:
    """The error for a value that an Anthropic endpoint cannot be given."""
    message = f"an Anthropic endpoint cannot be given {param} as it is: {why}"
    return RequestError(message, code="unsupported_value", param=param)
