"""One log file a function, all its environments together, of bounded size."""

import threading
from functools import cache
from pathlib import Path

FILE_BYTES_MAX = 8 * 1024 * 1024
"""A full file becomes `<name>.log.1` and replaces the one before it: at most twice this is kept."""


class FunctionLog:
    """Appends to `<folder>/<function name>.log`."""

    def __init__(self, path: Path):
        self.path = path
        self._lock = threading.Lock()
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("ab", buffering=0)

    def write(self, text: bytes) -> None:
        with self._lock:
            if self._file.tell() + len(text) > FILE_BYTES_MAX:
                self._turn_over()
            self._file.write(text)

    def close(self) -> None:
        self._file.close()

    def _turn_over(self) -> None:
        self._file.close()
        self.path.replace(self.path.with_suffix(".log.1"))
        self._file = self.path.open("ab", buffering=0)


@cache
def function_log(folder: Path, function_name: str) -> FunctionLog:
    """The log of a function; the same one for all its environments."""
    return FunctionLog(folder / f"{function_name}.log")
