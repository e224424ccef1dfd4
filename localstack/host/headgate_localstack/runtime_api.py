"""The Lambda Runtime API of one child process, on a loopback port of its own.

https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html: next invocation, response, error and init error. A new
child gets a new one, so that a request of a dead child can take nothing away from its successor.
"""

import logging
import queue
import re
import threading
from concurrent.futures import Future, InvalidStateError
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from headgate_localstack.http_body import BodyTooLarge, read_body
from headgate_localstack.invocation import InitFailed, Invocation, Outcome, error_payload

LOG = logging.getLogger(__name__)

PREFIX = "/2018-06-01/runtime"
ANSWER = re.compile(rf"^{PREFIX}/invocation/([^/]+)/(response|error)$")


class RuntimeApi:
    """Hands invocations to the child that asks for them, and its answers to who waits for them."""

    def __init__(self, payload_bytes_max: int):
        self.payload_bytes_max = payload_bytes_max
        self.ready: Future[None] = Future()
        """Done when the child asks for its first invocation; fails with InitFailed."""
        self._waiting: queue.Queue[Invocation | None] = queue.Queue()
        self._outcomes: dict[str, Future[Outcome]] = {}
        self._lock = threading.Lock()
        self._ended: bytes | None = None
        self._server = _Server(self)

    @property
    def address(self) -> str:
        """Host and port, for AWS_LAMBDA_RUNTIME_API."""
        return f"127.0.0.1:{self._server.server_port}"

    def submit(self, invocation: Invocation) -> Future[Outcome]:
        """Queues an invocation; its future is done when the child answers or ends."""
        outcome: Future[Outcome] = Future()
        with self._lock:
            if self._ended is not None:
                outcome.set_result(Outcome(self._ended, is_error=True))
                return outcome
            self._outcomes[invocation.request_id] = outcome
        self._waiting.put(invocation)
        return outcome

    def end(self, error: bytes) -> None:
        """The child is gone: everybody who waits gets `error`, and the port is given up."""
        with self._lock:
            if self._ended is not None:
                return
            self._ended = error
            unanswered = list(self._outcomes.values())
            self._outcomes.clear()
        self.init_failed(error)
        for outcome in unanswered:
            outcome.set_result(Outcome(error, is_error=True))
        self._waiting.put(None)
        # Takes up to half a second, for which nobody has to wait.
        threading.Thread(target=self._server.close, daemon=True).start()

    def next_invocation(self) -> Invocation | None:
        """Blocks until there is one; None when the child is gone."""
        try:
            self.ready.set_result(None)
        except InvalidStateError:
            pass  # Not the first.
        invocation = self._waiting.get()
        if invocation is None:
            self._waiting.put(None)
        return invocation

    def init_failed(self, error: bytes) -> None:
        """Ignored once the child was ready."""
        try:
            self.ready.set_exception(InitFailed(error))
        except InvalidStateError:
            pass

    def answer(self, request_id: str, outcome: Outcome) -> bool:
        """False when nobody waits for it: it was answered before, or never asked."""
        with self._lock:
            waiting = self._outcomes.pop(request_id, None)
        if waiting is None:
            return False
        waiting.set_result(outcome)
        return True


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, api: RuntimeApi):
        self.api = api
        super().__init__(("127.0.0.1", 0), _Handler)
        threading.Thread(target=self.serve_forever, name="lambda-runtime-api", daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()

    def handle_error(self, request, client_address) -> None:
        LOG.debug("A connection to the Runtime API broke.", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    # Without these two every answer waits 40 ms for the acknowledgement of its headers.
    disable_nagle_algorithm = True
    wbufsize = -1

    def do_GET(self) -> None:
        if self.path != f"{PREFIX}/invocation/next":
            return self._send(404)
        invocation = self.server.api.next_invocation()
        if invocation is None:
            self.close_connection = True
            return self._send(410)
        self._send(
            200,
            invocation.payload,
            {
                "Lambda-Runtime-Aws-Request-Id": invocation.request_id,
                "Lambda-Runtime-Deadline-Ms": str(invocation.deadline_ms),
                "Lambda-Runtime-Invoked-Function-Arn": invocation.function_arn,
                "Lambda-Runtime-Trace-Id": invocation.trace_id,
            },
        )

    def do_POST(self) -> None:
        api = self.server.api
        answer = ANSWER.match(self.path)
        try:
            body = read_body(self.headers, self.rfile, api.payload_bytes_max)
        except BodyTooLarge as error:
            return self._refuse_large(answer, error.size)
        if self.path == f"{PREFIX}/init/error":
            api.init_failed(body)
            return self._send(202)
        if answer is None:
            return self._send(404)
        known = api.answer(answer[1], Outcome(body, is_error=answer[2] == "error"))
        self._send(202 if known else 400)

    def _refuse_large(self, answer: re.Match | None, size: int) -> None:
        api = self.server.api
        message = f"Response payload size ({size} bytes) exceeded maximum allowed payload size "
        error = error_payload("Function.ResponseSizeTooLarge", f"{message}({api.payload_bytes_max} bytes).")
        if answer:
            api.answer(answer[1], Outcome(error, is_error=True))
        self._send(413, error)

    def _send(self, status: int, body: bytes = b"{}", headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()

    def log_message(self, *args) -> None:
        """The server's access log says nothing that the function's log does not."""
