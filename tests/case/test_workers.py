"""Work shared out over processes: the order stays, what goes wrong is told, and nobody is left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from atleast.case.workers import in_order
from atleast.model import Stopped

ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}


def doubled(number: int) -> int:
    if number % 7 == 0:
        time.sleep(0.01)
    return 2 * number


def wrong_at_five(number: int) -> int:
    if number == 5:
        raise ValueError("five")
    return number


def long_answers(number: int) -> str:
    return str(number) * 200_000


def killed(number: int) -> int:
    if number == 40:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("jobs", (1, 2, 5))
@pytest.mark.parametrize("count", (0, 1, 16, 333))
def test_what_comes_out_stands_in_the_order_of_what_went_in(jobs: int, count: int) -> None:
    assert list(in_order(doubled, range(count), jobs)) == [2 * n for n in range(count)]


def test_answers_longer_than_a_pipe_holds_do_not_block() -> None:
    questions = [10**5 + n for n in range(100)]

    assert list(in_order(long_answers, questions, 2)) == [str(n) * 200_000 for n in questions]


def test_what_the_work_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="five"):
        list(in_order(wrong_at_five, range(100), 2))


def test_a_worker_that_is_killed_is_told() -> None:
    with pytest.raises(Stopped, match="killed"):
        list(in_order(killed, range(1000), 2))


def test_no_more_is_taken_than_is_worked_on() -> None:
    taken = []

    def items() -> object:
        for n in range(10_000):
            taken.append(n)
            yield n

    made = in_order(doubled, items(), 2)  # type: ignore[arg-type]
    assert next(made) == 0
    made.close()  # type: ignore[attr-defined]

    assert len(taken) < 200


def test_workers_end_when_their_starter_is_killed() -> None:
    program = """
import multiprocessing, os, sys, time
from atleast.case.workers import in_order
made = in_order(abs, iter(int, 1), 2)
next(made)
print(*(child.pid for child in multiprocessing.active_children()), flush=True)
time.sleep(60)
"""
    starter = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
    assert starter.stdout
    with starter, starter.stdout:
        workers = [int(pid) for pid in starter.stdout.readline().split()]
        starter.kill()

    assert len(workers) == 2
    deadline = time.monotonic() + 10
    while any(alive(pid) for pid in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(alive(pid) for pid in workers)


def alive(pid: int) -> bool:
    """Whether a process is there and has not ended yet."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stat:
            return stat.read().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
