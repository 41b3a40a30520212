"""The figures that say anything of a row or of what adds to it: those that can be held against its ceilings."""

from bisect import bisect_left, insort
from collections.abc import Callable, Sequence
from itertools import islice

from .results import Figure
from .rows import Row, Rows

# Against one ceiling so many figures are held, the largest: fewer figures prove less, but nothing wrong.
MOST_AGAINST = 1_000

_Asked = tuple[Figure, Callable[[Figure, Figure], bool]]


class Beneath:
    """Figures with a floor by row, and by all rows that theirs adds to, the largest first."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self._said: dict[Row, list[Figure]] = {}
        self._known: dict[Row, list[Figure]] = {}
        self._found: dict[Row, dict[_Asked, list[Figure]]] = {}

    def add(self, figure: Figure, row: Row) -> None:
        """Take in a figure of a row, if it has a floor."""
        if figure.floor:
            self._said.setdefault(row, []).append(figure)
            for whole in self._above(row):
                self._forget(whole, figure)
                insort(self._known[whole], figure, key=_largest_first)

    def drop(self, figure: Figure, row: Row) -> None:
        """Let go of a figure of a row that was taken in."""
        if figure.floor:
            self._said[row].remove(figure)
            for whole in self._above(row):
                self._forget(whole, figure)
                line = self._known[whole]
                del line[line.index(figure, bisect_left(line, _largest_first(figure), key=_largest_first))]

    def largest(self, row: Row, ceiling: Figure, fits: Callable[[Figure, Figure], bool]) -> list[Figure]:
        """The figures that bear on a row and fit a ceiling, at most MOST_AGAINST of them."""
        known = self._found.setdefault(row, {})
        if (ceiling, fits) not in known:
            fitting = (figure for figure in self(row) if fits(ceiling, figure))
            known[ceiling, fits] = list(islice(fitting, MOST_AGAINST))
        return known[ceiling, fits]

    def _forget(self, row: Row, figure: Figure) -> None:
        """Forget what was found of a row for ceilings that the figure fits, if it is among the largest."""
        found = self._found.get(row, {})
        for name in [n for n, line in found.items() if n[1](n[0], figure) and not _beyond(line, figure)]:
            del found[name]

    def __call__(self, row: Row) -> Sequence[Figure]:
        """All figures that bear on a row."""
        if row not in self._known:
            found = (figure for part in self.rows.beneath(row) for figure in self._said.get(part, ()))
            self._known[row] = sorted(found, key=_largest_first)
        return self._known[row]

    def _above(self, row: Row) -> set[Row]:
        """The rows that were asked for, to which a row adds."""
        return self.rows.above([row]) & self._known.keys() if self._known else set()


def _beyond(line: Sequence[Figure], figure: Figure) -> bool:
    return len(line) == MOST_AGAINST and _largest_first(line[-1]) < _largest_first(figure)


def _largest_first(figure: Figure) -> tuple[object, ...]:
    return (-(figure.floor or 0), figure.name, figure.key)
