"""What can go wrong, sorted by who can act on it.

    MeritorderError
    ├─ ConfigError      the operator can act   one or more diagnostics
    ├─ RequestError     the client can act     malformed, unknown model, too large
    ├─ Refused          policy, budget or the state of the pool said no; carries the Refusal, a value
    ├─ UpstreamError    a model's server failed: refused, stalled, cut the stream, sent garbage
    └─ StoreError       state could not be kept

Every error has a stable `code`, documented in docs/reference/errors.md. Inside the judgement packages
a refusal is a value that is returned; an exception there is a bug.
"""

from meritorder.types.decision import Refusal


class MeritorderError(Exception):
    """An error with a stable code. `str(error)` is one sentence for a person, lower case, no full stop.

    `decision` is the id of the decision that was being carried out, if one was.
    """

    code: str = "internal_error"
    decision: str = ""

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code


class ConfigError(MeritorderError):
    """The operator's configuration or machine cannot be used as it is."""

    code = "config_error"


class RequestError(MeritorderError):
    """The client sent something that cannot be served as it is.

    `param` names the field at fault in the client's own words, `status` is an HTTP status.
    """

    code = "invalid_request"

    def __init__(self, message: str, *, code: str, param: str | None = None, status: int = 400) -> None:
        super().__init__(message, code=code)
        self.param = param
        self.status = status


class Refused(MeritorderError):
    """No path is permitted, possible or affordable. `refusal` says why for every candidate."""

    code = "refused"

    def __init__(self, message: str, refusal: Refusal) -> None:
        super().__init__(message)
        self.refusal = refusal
        self.decision = refusal.id


class UpstreamError(MeritorderError):
    """A model's server failed. `code` says how; `retry_after_ms` is what it asked for, 0 if nothing.

    `elsewhere` is true when another endpoint may do better: false when the request itself was at fault,
    in which case `status` and `body` are the upstream's own answer.
    """

    code = "upstream_error"

    def __init__(
        self,
        message: str,
        *,
        code: str,
        elsewhere: bool = True,
        status: int = 502,
        body: bytes = b"",
        retry_after_ms: int = 0,
    ) -> None:
        super().__init__(message, code=code)
        self.elsewhere = elsewhere
        self.status = status
        self.body = body
        self.retry_after_ms = retry_after_ms


class StoreError(MeritorderError):
    """Records or balances could not be kept."""

    code = "store_error"
