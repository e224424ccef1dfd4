"""One child process of a function, from its start to its end. A crash or a timeout ends it; a new one takes its place."""

import secrets
import threading
import time
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from pathlib import Path

import psutil

from headgate_localstack.child_process import ChildProcess
from headgate_localstack.function_log import FunctionLog
from headgate_localstack.invocation import InitFailed, Invocation, Outcome, error_payload
from headgate_localstack.output_pump import OutputPump
from headgate_localstack.runtime_api import RuntimeApi

BOOTSTRAP = Path(__file__).with_name("bootstrap.mjs")

HEAP_SHARE = 0.9
"""Part of a function's memory that is its JavaScript heap: the rest is for buffers, stacks and code. Only the heap is
limited; what native code allocates is not."""
OUTPUT_SECONDS_MAX = 2.0
"""For output that is on its way after an answer or an end. Reached only if a descendant keeps the pipe open."""


@dataclass(frozen=True)
class SandboxSpec:
    """All that a child process is made from."""

    node: str
    code_folder: Path
    environment: dict[str, str]
    memory_mb: int
    payload_bytes_max: int
    log: FunctionLog


class Sandbox:
    """Runs one invocation at a time."""

    def __init__(self, spec: SandboxSpec):
        mark = secrets.token_hex(12)
        self._api = RuntimeApi(spec.payload_bytes_max)
        environment = spec.environment | {"AWS_LAMBDA_RUNTIME_API": self._api.address, "HEADGATE_OUTPUT_MARK": mark}
        heap_mb = max(1, int(spec.memory_mb * HEAP_SHARE))
        command = [spec.node, f"--max-old-space-size={heap_mb}", str(BOOTSTRAP)]
        try:
            self._child = ChildProcess(command, spec.code_folder, environment)
        except OSError as error:
            self._api.end(b"{}")
            raise InitFailed(error_payload("Runtime.InvalidEntrypoint", str(error))) from error
        self._output = OutputPump(self._child.detach_output(), mark, spec.log)
        self._output.start()
        self._ended = threading.Event()
        self._running_request: str | None = None
        threading.Thread(target=self._watch, name="lambda-child", daemon=True).start()

    def wait_until_ready(self, timeout: float) -> None:
        """Raises InitFailed, also when `timeout` seconds pass."""
        try:
            self._api.ready.result(timeout)
        except NotInTime:
            self.kill()
            raise InitFailed(error_payload("Sandbox.Timedout", f"init took more than {timeout:.0f} seconds")) from None
        except InitFailed:
            # The process ends by itself once it has reported; its last words are part of the log.
            self._ended.wait(OUTPUT_SECONDS_MAX)
            self.kill()
            raise

    @property
    def has_ended(self) -> bool:
        return self._ended.is_set()

    def invoke(self, invocation: Invocation) -> Outcome:
        """Waits for the answer, at most until the deadline; then the process is killed."""
        self._running_request = invocation.request_id
        answer = self._api.submit(invocation)
        seconds = invocation.deadline_ms / 1000 - time.time()
        try:
            outcome = answer.result(seconds)
        except NotInTime:
            self.kill()
            return _timed_out(invocation.request_id, seconds)
        self._output.wait_for_marks(invocation.request_id, OUTPUT_SECONDS_MAX)
        return outcome

    def take_output(self) -> str:
        """What the process wrote since the last call."""
        return self._output.take()

    def memory_used_mb(self) -> int | None:
        """What the process holds now; None when it has ended."""
        try:
            return psutil.Process(self._child.pid).memory_info().rss // 1_048_576
        except psutil.Error:
            return None

    def kill(self) -> None:
        """Ends the process; returns when it is gone and its output is read."""
        self._child.kill()
        self._ended.wait(OUTPUT_SECONDS_MAX)

    def _watch(self) -> None:
        how = self._child.wait()
        self._output.wait_for_end(OUTPUT_SECONDS_MAX)
        self._ended.set()
        request = f"RequestId: {self._running_request} " if self._running_request else ""
        self._api.end(error_payload("Runtime.ExitError", f"{request}Error: Runtime exited with error: {how}"))


def _timed_out(request_id: str, seconds: float) -> Outcome:
    message = f"RequestId: {request_id} Error: Task timed out after {seconds:.2f} seconds"
    return Outcome(error_payload("Sandbox.Timedout", message), is_error=True)
