"""LocalStack's view of one execution environment: it starts it, calls it and stops it."""

import os
import shutil
import time
from pathlib import Path

from localstack import config
from localstack.services.lambda_.invocation.executor_endpoint import NAMESPACE, StatusErrorException
from localstack.services.lambda_.invocation.lambda_models import FunctionVersion, InvocationResult
from localstack.services.lambda_.invocation.runtime_executor import LambdaRuntimeException, RuntimeExecutor

from headgate_localstack.function_log import function_log
from headgate_localstack.invocation import InitFailed, Invocation, Outcome, error_payload, event_bytes
from headgate_localstack.sandbox import Sandbox, SandboxSpec
from headgate_localstack.settings import RUN_VARIABLE, settings

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
"""What a function finds beside node, as on AWS."""
NOT_INHERITED = ("LOCALSTACK_RUNTIME_ENDPOINT", "LOCALSTACK_RUNTIME_ID")
"""For the program that LocalStack runs in a container; there is none here."""


class ProcessRuntimeExecutor(RuntimeExecutor):
    """One environment: a temporary folder, and one child process after another."""

    def __init__(self, id: str, function_version: FunctionVersion) -> None:
        super().__init__(id=id, function_version=function_version)
        self._folder = settings().environments_folder / id
        self._log = function_log(settings().functions_folder, function_version.id.function_name)
        self._variables: dict[str, str] = {}
        self._sandbox: Sandbox | None = None
        self._init_ms: float | None = None
        self._stopped = False

    @classmethod
    def prepare_version(cls, function_version: FunctionVersion) -> None:
        """Raises LambdaRuntimeException for what is no node function: creating it fails then."""
        runtime = function_version.config.runtime or "a container image"
        if not runtime.startswith("nodejs"):
            raise LambdaRuntimeException(f"without Docker only node functions run, not {runtime}")
        function_version.config.code.prepare_for_execution()

    @classmethod
    def cleanup_version(cls, function_version: FunctionVersion) -> None:
        """LocalStack removes the unpacked code itself."""

    def start(self, env_vars: dict[str, str]) -> None:
        self._variables = {name: str(value) for name, value in env_vars.items() if name not in NOT_INHERITED}
        try:
            self._start_sandbox()
        except InitFailed as error:
            raise StatusErrorException(f"init of {self._name} failed: {error}", payload=error.payload) from error

    def stop(self) -> None:
        """May come from another thread while `start` waits, which then fails."""
        self._stopped = True
        if self._sandbox:
            self._sandbox.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def invoke(self, payload: dict[str, str]) -> InvocationResult:
        request_id = payload["invoke-id"]
        started = time.time()
        timeout = self.function_version.config.timeout
        self._log.write(f"START RequestId: {request_id} Version: {self.function_version.id.qualifier}\n".encode())
        outcome = self._refuse_large(payload["payload"]) or self._restart()
        if outcome is None:
            started = time.time()
            outcome = self._sandbox.invoke(
                Invocation(
                    request_id=request_id,
                    function_arn=payload["invoked-function-arn"],
                    payload=payload["payload"].encode(),
                    trace_id=payload["trace-id"],
                    deadline_ms=int((started + timeout) * 1000),
                )
            )
        return self._result(request_id, outcome, (time.time() - started) * 1000)

    def get_address(self) -> str:
        return "127.0.0.1"

    def get_endpoint_from_executor(self) -> str:
        """Becomes the host of the function's AWS_ENDPOINT_URL."""
        return "127.0.0.1"

    def get_runtime_endpoint(self) -> str:
        return f"http://127.0.0.1:{config.GATEWAY_LISTEN[0].port}{NAMESPACE}/{self.id}"

    def get_logs(self) -> str:
        return f"see {self._log.path}"

    @property
    def _name(self) -> str:
        return self.function_version.id.function_name

    def _start_sandbox(self) -> None:
        started = time.monotonic()
        sandbox = self._sandbox = Sandbox(self._spec())
        if self._stopped:
            sandbox.kill()
        try:
            sandbox.wait_until_ready(config.LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT)
        except InitFailed as error:
            self._log.write(b"INIT failed: " + error.payload + b"\n")
            raise
        self._init_ms = (time.monotonic() - started) * 1000

    def _restart(self) -> Outcome | None:
        """A new process where the last one crashed or was killed; its init error is the answer then."""
        if not self._sandbox.has_ended:
            return None
        try:
            self._start_sandbox()
        except InitFailed as error:
            return Outcome(error.payload, is_error=True)
        return None

    def _refuse_large(self, payload: str) -> Outcome | None:
        """LocalStack itself does not; an event source mapping on AWS would have split such a batch."""
        bytes_max = config.LAMBDA_LIMITS_MAX_FUNCTION_PAYLOAD_SIZE_BYTES
        # The cheap measure first: most events are far from the limit.
        if len(payload) * 4 <= bytes_max or (size := event_bytes(payload)) <= bytes_max:
            return None
        message = f"{size} byte payload is too large for the RequestResponse invocation type (limit {bytes_max} bytes)"
        return Outcome(error_payload("RequestEntityTooLargeException", message), is_error=True)

    def _spec(self) -> SandboxSpec:
        version = self.function_version.config
        code_folder = Path(version.code.get_unzipped_code_location())
        self._folder.mkdir(parents=True, exist_ok=True)
        node = settings().node
        return SandboxSpec(
            node=node,
            code_folder=code_folder,
            environment=self._variables
            | {
                "PATH": f"{Path(node).parent}:{SYSTEM_PATH}",
                "LANG": "en_US.UTF-8",
                "TMPDIR": str(self._folder),
                "LAMBDA_TASK_ROOT": str(code_folder),
                "AWS_EXECUTION_ENV": f"AWS_Lambda_{version.runtime}",
                RUN_VARIABLE: os.environ[RUN_VARIABLE],
            },
            memory_mb=version.memory_size,
            payload_bytes_max=config.LAMBDA_LIMITS_MAX_FUNCTION_PAYLOAD_SIZE_BYTES,
            log=self._log,
        )

    def _result(self, request_id: str, outcome: Outcome, duration_ms: float) -> InvocationResult:
        """The answer with its log, which LocalStack sends on to CloudWatch Logs."""
        written = self._sandbox.take_output()
        if written and not written.endswith("\n"):
            written += "\n"
            self._log.write(b"\n")
        facts = [
            f"REPORT RequestId: {request_id}",
            f"Duration: {duration_ms:.2f} ms",
            f"Memory Size: {self.function_version.config.memory_size} MB",
        ]
        if (memory_mb := self._sandbox.memory_used_mb()) is not None:
            facts.append(f"Memory Used: {memory_mb} MB")
        if self._init_ms is not None:
            facts.append(f"Init Duration: {self._init_ms:.2f} ms")
            self._init_ms = None
        error = f"{outcome.body.decode('utf-8', 'replace')}\n" if outcome.is_error else ""
        ending = f"{error}END RequestId: {request_id}\n" + "\t".join(facts) + "\n"
        self._log.write(ending.encode())
        start = f"START RequestId: {request_id} Version: {self.function_version.id.qualifier}\n"
        return InvocationResult(request_id, outcome.body, is_error=outcome.is_error, logs=start + written + ending)
