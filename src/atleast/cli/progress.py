"""A bar on stderr for whatever takes longer than a second; nothing where nobody looks."""

import sys
import time
from types import TracebackType

from atleast.tell import Words

from .drawing import columns

_PATIENCE, _EVERY, _CELLS = 1.0, 0.1, 30


class Bar:
    """Draws how far the work is, in one line that it wipes off at the end.

    Use it as a context, and hand it on as the `progress` of a case.
    """

    def __init__(self, words: Words) -> None:
        self._words = words
        self._seen = sys.stderr.isatty()
        self._next = time.monotonic() + _PATIENCE
        self._drawn = 0

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._drawn:
            self._write(" " * self._drawn)
            self._write("")

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if self._seen and total and now >= self._next:
            self._next = now + _EVERY
            full = _CELLS * done // total
            line = f"{self._words(f'stage.{stage}')} {'█' * full}{'░' * (_CELLS - full)} {100 * done // total:3d} %"
            self._write(line.ljust(self._drawn))
            self._drawn = columns(line)

    def _write(self, line: str) -> None:
        sys.stderr.write(f"\r{line}\r" if not line.strip() else f"\r{line}")
        sys.stderr.flush()
