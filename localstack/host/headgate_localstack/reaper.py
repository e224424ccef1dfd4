"""Waits for LocalStack to end, however it ends, and then kills what it left behind.

Started by the hook with a pipe as its standard input, whose other end only LocalStack holds: the operating system closes
it even after SIGKILL.
"""

import os
import shutil
import sys

from headgate_localstack.run_processes import kill_processes_of


def main(run_id: str, environments_folder: str) -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    kill_processes_of(run_id)
    shutil.rmtree(environments_folder, ignore_errors=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
