"""One call of a function, and how it came out."""

import json
from dataclasses import dataclass


@dataclass(frozen=True)
class Invocation:
    """What a runtime is told about a call."""

    request_id: str
    function_arn: str
    payload: bytes
    trace_id: str
    deadline_ms: int
    """Milliseconds since 1970."""


@dataclass(frozen=True)
class Outcome:
    """What a runtime answered, or what became of it; `body` is JSON."""

    body: bytes
    is_error: bool


class InitFailed(Exception):
    """A child process did not get ready; `payload` is the error as Lambda words it."""

    def __init__(self, payload: bytes):
        super().__init__(payload.decode("utf-8", "replace"))
        self.payload = payload


def error_payload(error_type: str, message: str) -> bytes:
    """An error as Lambda gives it to the caller."""
    return json.dumps({"errorType": error_type, "errorMessage": message}).encode()


def event_bytes(payload: str) -> int:
    """Size of an event as AWS would send it. LocalStack writes characters beyond ASCII as escapes of six bytes and puts
    spaces behind commas and colons, so that the text it sends can be three times as long."""
    try:
        compact = json.dumps(json.loads(payload), ensure_ascii=False, separators=(",", ":"))
    except ValueError:
        compact = payload  # No JSON: the function will say so.
    return len(compact.encode("utf-8", "surrogatepass"))
