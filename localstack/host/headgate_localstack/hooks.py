"""Runs when LocalStack starts: what ends LocalStack with its starter, and its children with LocalStack."""

import logging
import os
import signal
import subprocess
import sys
import threading

from localstack.runtime import hooks

from headgate_localstack.settings import REAPER_VARIABLE, RUN_VARIABLE, settings

LOG = logging.getLogger(__name__)

SHUTDOWN_SECONDS_MAX = 30.0
"""LocalStack takes 5 to 8 s to end after SIGTERM; then it is ended the hard way."""

_reaper: subprocess.Popen | None = None
"""Kept, because its pipe closes when it is collected."""


@hooks.on_infra_start(priority=100)
def guard_run() -> None:
    """Does nothing when LocalStack was not started by the project's scripts."""
    global _reaper
    if RUN_VARIABLE not in os.environ or _reaper:
        return
    _reaper = _start_reaper()
    if settings().tied:
        threading.Thread(target=_end_with_starter, name="end-with-starter", daemon=True).start()


def _start_reaper() -> subprocess.Popen:
    run = settings()
    environment = {name: value for name, value in os.environ.items() if name != RUN_VARIABLE}
    environment[REAPER_VARIABLE] = run.run_id
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "headgate_localstack.reaper", run.run_id, str(run.environments_folder)],
        env=environment,
        stdin=subprocess.PIPE,
        start_new_session=True,
    )


def _end_with_starter() -> None:
    """The starter holds the other end of standard input open for as long as it lives."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    LOG.info("The process that started LocalStack has ended; so does LocalStack.")
    os.kill(os.getpid(), signal.SIGTERM)
    timer = threading.Timer(SHUTDOWN_SECONDS_MAX, lambda: os._exit(1))
    timer.daemon = True
    timer.start()
