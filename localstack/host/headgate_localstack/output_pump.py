"""Reads a child's output until it ends: into the function's log file, and the newest part into memory.

The child writes a mark to each of its two streams when an invocation is over (`bootstrap.mjs`), behind everything that
the handler wrote. Who has seen both marks has seen all of it, without having waited for a while and hoped.
"""

import os
import re
import threading
from collections import Counter

from headgate_localstack.function_log import FunctionLog

READ_BYTES = 65_536
KEPT_BYTES_MAX = 256 * 1024
"""Output of one invocation that reaches CloudWatch Logs; the file has all of it."""
STREAMS = 2
"""Standard output and standard error, which share one pipe."""


class OutputPump(threading.Thread):
    """Owns `descriptor`, and closes it when the child and all its descendants have closed theirs."""

    def __init__(self, descriptor: int, mark: str, log: FunctionLog):
        super().__init__(name="lambda-output", daemon=True)
        self._descriptor = descriptor
        self._mark_start = f"\0{mark}:".encode()
        self._mark = re.compile(re.escape(self._mark_start) + rb"([^\0\n]{1,64})\0")
        self._log = log
        self._changed = threading.Condition()
        self._marks: Counter[str] = Counter()
        self._kept = b""
        self._ended = False

    def run(self) -> None:
        pending = b""
        try:
            while data := os.read(self._descriptor, READ_BYTES):
                pending = self._pass_on(pending + data)
        finally:
            os.close(self._descriptor)
            self._keep(pending)
            with self._changed:
                self._ended = True
                self._changed.notify_all()

    def wait_for_marks(self, request_id: str, timeout: float) -> None:
        """Until all output of an invocation is here, the child has ended, or `timeout` seconds have passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended or self._marks[request_id] >= STREAMS, timeout)
            del self._marks[request_id]

    def wait_for_end(self, timeout: float) -> None:
        """Until the child's output has ended, or `timeout` seconds have passed."""
        with self._changed:
            self._changed.wait_for(lambda: self._ended, timeout)

    def take(self) -> str:
        """What was written since the last call, or the newest part of it."""
        with self._changed:
            kept, self._kept = self._kept, b""
        return kept.decode("utf-8", "replace")

    def _pass_on(self, data: bytes) -> bytes:
        """Keeps what is before, between and behind marks; gives back what may be the beginning of one."""
        position = 0
        for mark in self._mark.finditer(data):
            self._keep(data[position : mark.start()])
            position = mark.end()
            with self._changed:
                self._marks[mark[1].decode()] += 1
                self._changed.notify_all()
        rest = data[position:]
        begun = _beginning_of_mark(rest, self._mark_start)
        self._keep(rest[:begun])
        return rest[begun:]

    def _keep(self, data: bytes) -> None:
        if not data:
            return
        self._log.write(data)
        with self._changed:
            self._kept = (self._kept + data)[-KEPT_BYTES_MAX:]


def _beginning_of_mark(data: bytes, mark_start: bytes) -> int:
    """Where an unfinished mark begins at the end of `data`; its length when there is none."""
    begun = data.rfind(b"\0")
    if begun < 0:
        return len(data)
    tail = data[begun:]
    unfinished = tail.startswith(mark_start) or mark_start.startswith(tail)
    return begun if unfinished and len(tail) < len(mark_start) + 65 else len(data)
