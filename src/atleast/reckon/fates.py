"""What figures of the released and the held prove together of the detained."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from .moments import Moment
from .results import Figure
from .rows import Row, Rows
from .rules import STOCKS


@dataclass(frozen=True, slots=True)
class Said:
    """Why a row is at least so much: these figures say so of it, by this rule beside the plain words."""

    figures: tuple[Figure, ...]
    rule: str = ""

    @property
    def total(self) -> int:
        """What the figures give together."""
        return sum(f.floor or 0 for f in self.figures)


def in_order(figures: Iterable[Figure]) -> list[Figure]:
    """Figures in a settled order: by time, stocks after the rest, then by name."""
    return sorted(figures, key=settled_order)


def settled_order(f: Figure) -> tuple[object, ...]:
    """Where a figure stands in a settled order."""
    return (f.moment.hi, f.key.quantity in STOCKS, f.name, f.key)


_FATES = ("released", "still_held")
_Place = tuple[str, str]


class Fates:
    """Those released by a moment and those held at it are different people, all of them detained."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.on = "released_not_held" in rows.rules and "among_detained" in rows.rules
        self._freed: defaultdict[_Place, list[Figure]] = defaultdict(list)
        self._held: defaultdict[_Place, list[Figure]] = defaultdict(list)
        self._rows: defaultdict[_Place, set[Row]] = defaultdict(set)
        self._place: dict[Row, _Place] = {}

    def add(self, figure: Figure) -> None:
        """Take in a figure, if it is of people released or held."""
        if self._bears(figure):
            self._alike(figure).append(figure)
            if figure.key.quantity == "still_held":
                row = self._row(figure)
                self._place[row] = _place(figure)
                self._rows[_place(figure)].add(row)

    def drop(self, figure: Figure) -> None:
        """Let go of a figure that was taken in."""
        if self._bears(figure):
            self._alike(figure).remove(figure)

    def rows_of(self, figure: Figure) -> Iterator[Row]:
        """The rows of the detained on which a figure bears together with others."""
        if self._bears(figure):
            yield from self._rows[_place(figure)]

    def all_rows(self) -> Iterable[Row]:
        """All such rows of the detained."""
        return self._place

    def of(self, row: Row) -> list[Said]:
        """The sums that raise a row of the detained: each count of the held with the most that were free by then."""
        if row not in self._place:
            return []
        most = Most(self._freed[self._place[row]])
        held = in_order(f for f in self._held[self._place[row]] if self._row(f) == row)
        return [Said((free, one), "released_not_held") for one in held if (free := most.by(one.moment))]

    def freed(self, place: str, among: str) -> "Most":
        """Those who were released there: whoever was free by a moment was not held at it."""
        return Most(self._freed.get((place, among), ()))

    def _bears(self, figure: Figure) -> bool:
        return self.on and figure.key.quantity in _FATES and not figure.key.of and figure.floor is not None

    def _alike(self, figure: Figure) -> list[Figure]:
        return (self._freed if figure.key.quantity == "released" else self._held)[_place(figure)]

    def _row(self, held: Figure) -> Row:
        return self.rows.row(held.key._replace(quantity="detained"), held.moment.key, held.apart)


def _place(figure: Figure) -> _Place:
    return figure.key.place, figure.key.among


class Most:
    """The largest count of the released that a moment covers."""

    def __init__(self, freed: Iterable[Figure]) -> None:
        line = in_order(freed)
        self._ends = [f.moment.hi for f in line]
        self._largest = list(accumulate(line, _larger))
        self._together: dict[str, Figure] = {}
        for f in line:
            self._together[f.moment.key] = _larger(self._together.get(f.moment.key, f), f)

    def by(self, moment: Moment) -> Figure | None:
        """The largest of those that are surely in a count made at the moment."""
        before = bisect_right(self._ends, moment.lo)
        found = [self._largest[before - 1]] if before else []
        if moment.key in self._together:
            found.append(self._together[moment.key])
        return max(found, key=_size, default=None)


def _larger(one: Figure, other: Figure) -> Figure:
    return max(one, other, key=_size)


def _size(figure: Figure) -> tuple[int, str]:
    return figure.floor or 0, figure.name
