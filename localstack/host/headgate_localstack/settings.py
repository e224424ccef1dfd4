"""What the starter of LocalStack says in the environment."""

import os
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

RUN_VARIABLE = "HEADGATE_LOCALSTACK_RUN"
"""Marks every process of one run: children inherit it, whatever they are."""
REAPER_VARIABLE = "HEADGATE_LOCALSTACK_REAPER"
"""Marks the process that ends the others, and must not end itself, in place of RUN_VARIABLE."""


@dataclass(frozen=True)
class Settings:
    """Where this run of LocalStack keeps things, and how functions are run."""

    run_id: str
    run_folder: Path
    node: str
    """Full path of the node that runs the functions."""
    tied: bool
    """Whether LocalStack ends when its standard input closes, that is, when its starter dies."""

    @property
    def environments_folder(self) -> Path:
        """Temporary folders of the execution environments."""
        return self.run_folder / "environments"

    @property
    def functions_folder(self) -> Path:
        """One log file a function."""
        return self.run_folder / "functions"


@cache
def settings() -> Settings:
    """Raises KeyError when LocalStack was not started by the project's scripts."""
    node = os.environ.get("HEADGATE_LOCALSTACK_NODE") or shutil.which("node")
    if not node:
        raise FileNotFoundError("no node: neither HEADGATE_LOCALSTACK_NODE nor PATH names one")
    return Settings(
        run_id=os.environ[RUN_VARIABLE],
        run_folder=Path(os.environ["HEADGATE_LOCALSTACK_RUN_FOLDER"]),
        node=node,
        tied=os.environ.get("HEADGATE_LOCALSTACK_TIED") == "1",
    )
