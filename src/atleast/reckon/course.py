"""The floor as it rose: at least how much every row was by every moment.

Of each row the steps are kept at which it rose. They are worked out from what is said of the row and from the steps
of its parts, wholes after their parts, and again only where something has changed.
"""

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import chain

from .fates import Fates
from .results import Figure
from .rows import Join, Row, Rows

Steps = list[tuple[datetime, int]]


class Course:
    """How the floor under every row rose. Figures may come and go; `settle` then makes it true again."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.steps: dict[Row, Steps] = {}
        self._said: defaultdict[Row, list[Figure]] = defaultdict(list)
        self._rises: defaultdict[Row, dict[int, dict[datetime, int]]] = defaultdict(dict)
        self._fates = Fates(rows)
        self._stirred: set[Row] = set()
        self._met = len(rows.grown)

    def add(self, figure: Figure, row: Row) -> None:
        """Take in one figure of a row."""
        self._fates.add(figure)
        self._change(figure, row, list.append)

    def drop(self, figure: Figure, row: Row) -> None:
        """Let go of a figure of a row that was taken in."""
        self._fates.drop(figure)
        self._change(figure, row, list.remove)

    def at(self, row: Row, when: datetime) -> int:
        """At least how much the row was by then."""
        steps = self.steps.get(row, ())
        step = bisect_right(steps, when, key=_when)
        return steps[step - 1][1] if step else 0

    def settle(self) -> set[Row]:
        """Work out again the steps of all that was stirred; the rows whose steps are new."""
        self._meet()
        waiting = [(self.rows.rank[row], row) for row in self._stirred]
        heapq.heapify(waiting)
        changed = set()
        while waiting:
            _, row = heapq.heappop(waiting)
            self._stirred.discard(row)
            before, after = self.steps.get(row, []), self._rising(row)
            if before != after:
                self.steps[row] = after
                changed.add(row)
                for join in self.rows.up[row]:
                    self._carry(join, before, after)
                    if join.whole not in self._stirred:
                        self._stirred.add(join.whole)
                        heapq.heappush(waiting, (self.rows.rank[join.whole], join.whole))
        return changed

    def _change(self, figure: Figure, row: Row, change: Callable[[list[Figure], Figure], None]) -> None:
        if figure.floor:
            change(self._said[row], figure)
            self._stirred.update((row, *self._fates.rows_of(figure)))

    def _meet(self) -> None:
        """Rows that were joined to a whole since their steps were worked out raise it too."""
        for join, part in self.rows.grown[self._met :]:
            if part in self.steps:
                self._carry(join, [], self.steps[part])
                self._stirred.add(join.whole)
        self._met = len(self.rows.grown)

    def _carry(self, join: Join, before: Steps, after: Steps) -> None:
        """Tell a whole how one of its parts rises, instead of how it rose before."""
        rises = self._rises[join.whole].setdefault(join.number, {})
        for steps, sign in ((before, -1), (after, 1)):
            low = 0
            for when, height in steps:
                rises[when] = rises.get(when, 0) + sign * (height - low)
                low = height

    def _rising(self, row: Row) -> Steps:
        """The steps of a row: what is said of it, or what its parts make together, whichever is more."""
        told, joined = self._told(row), self._rises.get(row)
        if not joined:
            return told if len(told) < 2 else _upwards((when, -1, height) for when, height in told)
        rises = ((when, join, more) for join, rise in joined.items() for when, more in rise.items() if more)
        return _upwards(chain(((when, -1, height) for when, height in told), rises))

    def _told(self, row: Row) -> Steps:
        """When figures say how much of the row: each by itself, and of the detained the fates of its people."""
        told = [(f.moment.hi, f.floor or 0) for f in self._said.get(row, ())]
        return told + [(max(f.moment.hi for f in why.figures), why.total) for why in self._fates.of(row)]


def _upwards(events: Iterable[tuple[datetime, int, int]]) -> Steps:
    """The steps that heights make which are said (by no join: minus one), and rises of what is joined."""
    totals: defaultdict[int, int] = defaultdict(int)
    steps: Steps = []
    low = 0
    for when, join, number in sorted(events):
        height = number
        if join >= 0:
            totals[join] = height = totals[join] + number
        if height > low:
            low = height
            if steps and steps[-1][0] == when:
                steps.pop()
            steps.append((when, low))
    return steps


def _when(step: tuple[datetime, int]) -> datetime:
    return step[0]
