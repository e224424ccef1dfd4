"""Finds and kills what belongs to one run of LocalStack, by the variable that all its processes inherit.

    python -m headgate_localstack.run_processes list RUN_ID     prints the ids of all of them, the reaper's too
    python -m headgate_localstack.run_processes kill RUN_ID     kills all but the reaper, prints those that would not die
"""

import os
import sys
import time

import psutil

from headgate_localstack.settings import REAPER_VARIABLE, RUN_VARIABLE

KILL_SECONDS_MAX = 5.0
"""How long killing goes on: a process may start another one before it dies."""


def processes_of(run_id: str, *variables: str) -> list[psutil.Process]:
    """Processes that carry the run's id in one of `variables`, without the caller; other users' are not looked at."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
                continue
            environment = process.environ()
            if any(environment.get(variable) == run_id for variable in variables):
                found.append(process)
        except (psutil.Error, OSError):
            continue
    return found


def kill_processes_of(run_id: str) -> list[psutil.Process]:
    """Kills until nothing is left; gives what would not die in time."""
    deadline = time.monotonic() + KILL_SECONDS_MAX
    while remaining := processes_of(run_id, RUN_VARIABLE):
        if time.monotonic() > deadline:
            return remaining
        for process in remaining:
            try:
                process.kill()
            except psutil.Error:
                continue
        psutil.wait_procs(remaining, timeout=0.2)
    return []


if __name__ == "__main__":
    verb, run = sys.argv[1:]
    left = kill_processes_of(run) if verb == "kill" else processes_of(run, RUN_VARIABLE, REAPER_VARIABLE)
    print("\n".join(str(process.pid) for process in left))
