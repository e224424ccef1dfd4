"""A child process in a session of its own, both of whose output streams go into one pipe."""

import os
import signal
import subprocess
from pathlib import Path


class ChildProcess:
    """Starts at once. Whoever makes it reads `output` to its end."""

    def __init__(self, command: list[str], folder: Path, environment: dict[str, str]):
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            bufsize=0,
        )

    @property
    def pid(self) -> int:
        return self._process.pid

    def detach_output(self) -> int:
        """The reading end of its output; the caller closes it."""
        return os.dup(self._process.stdout.fileno())

    def kill(self) -> None:
        """The process and what it started, unless that has made a session of its own."""
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass  # Ended already.

    def wait(self) -> str:
        """Blocks until it has ended; says how, in the words that Lambda uses."""
        code = self._process.wait()
        self._process.stdout.close()
        return f"signal: {signal.strsignal(-code).lower()}" if code < 0 else f"exit status {code}"
