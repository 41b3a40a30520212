"""Work shared out over processes, what comes of it in the order of what was given."""

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeVar

from atleast.model import Stopped

_CHUNK = 16  # items sent at a time: few enough to share out evenly, enough not to spend the time on sending
_AHEAD = 3  # chunks that a worker has before it; more would only fill the memory
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def in_order(work: Callable[[_Item], _Made], items: Iterable[_Item], jobs: int) -> Iterator[_Made]:
    """What `work` makes of each item, in their order.

    Args:
        work: For more than one job a function (or a partial of one) that another process can be given.
        items: Taken as they are needed, a few ahead.
        jobs: How many processes; with 1 all is done here.

    Raises:
        Stopped: A worker was killed. What `work` raises is raised here.
    """
    if jobs < 2:
        yield from map(work, items)
        return
    left = iter(items)
    chunks = iter(lambda: list(islice(left, _CHUNK)), [])
    with _crew(work, jobs) as crew:
        given: deque[Connection] = deque()
        for worker, chunk in zip(cycle(crew), chunks, strict=False):
            if len(given) == jobs * _AHEAD:
                yield from _made(given.popleft())
            _give(worker, chunk)
            given.append(worker)
        while given:
            yield from _made(given.popleft())


def _give(worker: Connection, chunk: list[Any]) -> None:
    try:
        worker.send(chunk)
    except OSError as gone:
        raise _killed() from gone


def _killed() -> Stopped:
    return Stopped("a process that was reading was killed", remedy="Start again; --jobs 1 needs less memory")


def _made(worker: Connection) -> Any:
    try:
        made, wrong = worker.recv()
    except (EOFError, OSError) as gone:
        raise _killed() from gone
    if wrong:
        raise wrong
    return made


@contextmanager
def _crew(work: Callable[[Any], Any], jobs: int) -> Iterator[list[Connection]]:
    """So many processes that do the work, each at the other end of a pipe; gone when the context is left."""
    # A fork shares the word lists that are loaded already; elsewhere each process loads its own.
    context: Any = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    ends: list[Connection] = []
    processes: list[BaseProcess] = []
    try:
        for _ in range(jobs):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, [*ends, ours], work), daemon=True)
            process.start()
            theirs.close()
            ends.append(ours)
            processes.append(process)
        yield ends
    finally:
        for end in ends:
            end.close()
        for process in processes:
            process.terminate()
            process.join()


def _serve(pipe: Connection, others: list[Connection], work: Callable[[Any], Any]) -> None:
    """The life of a worker: it ends when nobody is left at the other end, even if that one was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one who started us
    for other in others:  # ends that a fork has copied: while we held them, nobody would see them closed
        other.close()
    waiting: SimpleQueue[Any] = SimpleQueue()
    Thread(target=_listen, args=(pipe, waiting), daemon=True).start()
    while (chunk := waiting.get()) is not None:
        with suppress(BrokenPipeError):
            pipe.send(_done(work, chunk))


def _listen(pipe: Connection, waiting: "SimpleQueue[Any]") -> None:
    """Take in what is sent at once, so that the sender never waits for us while we wait for him."""
    with suppress(EOFError, OSError):
        while True:
            waiting.put(pipe.recv())
    waiting.put(None)


def _done(work: Callable[[Any], Any], chunk: list[Any]) -> tuple[list[Any], Exception | None]:
    try:
        return [work(item) for item in chunk], None
    except Exception as wrong:
        return [], wrong
