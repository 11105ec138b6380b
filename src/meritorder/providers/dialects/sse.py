"""Server-sent events, cut out of a byte stream that arrives in pieces of any size."""

from meritorder.errors import UpstreamError

LIMIT = 16 * 2**20
"""The longest event, in bytes as sent. Nothing that a model says in one event comes near it."""

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Events:
    """Splits a stream into the data of its events; event names, ids and comments are dropped.

    Works on bytes, so a character cut in two is nobody's concern. An event that the stream ends in the
    middle of is never given out, as the standard has it.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._limit = limit
        self._line = bytearray()
        self._data = bytearray()
        self._has_data = False
        self._is_first_line = True
        self._after_cr = False
        self._is_too_long = False

    def feed(self, data: bytes) -> list[bytes]:
        """The data of every event that is now complete, its lines joined by newlines.

        Raises UpstreamError where an event is longer than the limit: events that were complete before it
        are given out first, and the call after that raises.
        """
        events: list[bytes] = []
        if not self._is_too_long:
            self._split(data, events)
        if self._is_too_long and not events:
            message = f"the upstream sent an event longer than {self._limit} bytes"
            raise UpstreamError(message, code="upstream_garbage")
        return events

    def _split(self, data: bytes, events: list[bytes]) -> None:
        # The second half of a CRLF that was cut in two ends no further line.
        pieces = data[1:] if self._after_cr and data.startswith(b"\n") else data
        self._after_cr = data.endswith(b"\r") if data else self._after_cr
        for piece in pieces.splitlines(keepends=True):
            text = piece.rstrip(b"\r\n")
            if len(self._data) + len(self._line) + len(text) > self._limit:
                self._is_too_long = True
                return
            if len(text) == len(piece):
                self._line += text
                return
            line = bytes(self._line) + text if self._line else text
            self._line.clear()
            if self._is_first_line:
                line = line.removeprefix(_BYTE_ORDER_MARK)
                self._is_first_line = False
            self._take(line, events)

    def _take(self, line: bytes, events: list[bytes]) -> None:
        if not line:
            if self._data:
                events.append(bytes(self._data))
            self._data.clear()
            self._has_data = False
            return
        name, _, value = line.partition(b":")
        if name == b"data":
            if self._has_data:
                self._data += b"\n"
            self._data += value.removeprefix(b" ")
            self._has_data = True
