"""The command `atleast`: called here, or started as a process of its own where the process is what a test is about."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner

from atleast.cli import main

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "cases" / "2017-10-07"
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONWARNINGS": "error"}


class Said(NamedTuple):
    """What a command said, and the code it ended with."""

    returncode: int
    stdout: str
    stderr: str


def atleast(*words: str | Path, typed: str = "", **environment: str) -> Said:
    """The command called in this process, with streams of its own: a start of Python costs more than most commands."""
    done = CliRunner().invoke(main, list(map(str, words)), input=typed, env=ENVIRONMENT | environment, prog_name="atleast")
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Said(done.exit_code, done.stdout, done.stderr)


def process(*words: str | Path, typed: str = "", **environment: str) -> Said:
    """The command as a process."""
    command = [sys.executable, "-m", "atleast", *words]
    done = subprocess.run(command, input=typed.encode(), capture_output=True, env=ENVIRONMENT | environment, timeout=120)
    return Said(done.returncode, done.stdout.decode(), done.stderr.decode())


def heed_interrupts() -> None:
    """To be run in a process before its program is: tests that run in the background ignore Ctrl-C, and it would, too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
