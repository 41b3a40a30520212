"""What figures of the released and the held prove together of the detained."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import accumulate

from .moments import FINAL, Moment
from .results import Figure, Key
from .rows import Row, Rows
from .rules import STOCKS


@dataclass(frozen=True, slots=True)
class Said:
    """Why a row is at least so much: these figures say so of it, by these rules beside the plain words."""

    figures: tuple[Figure, ...]
    rules: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """What the figures give together."""
        return sum(f.floor or 0 for f in self.figures)


def in_order(figures: Iterable[Figure]) -> list[Figure]:
    """Figures in a settled order: by time, stocks after the rest, then by name."""
    found = list(figures)
    return sorted(found, key=settled_order) if len(found) > 1 else found


def settled_order(f: Figure) -> tuple[object, ...]:
    """Where a figure stands in a settled order."""
    return (f.moment.hi, f.key.quantity in STOCKS, f.name, f.key)


_FATES = ("released", "still_held", "moved_out")
_Place = tuple[str, str]
_EVER = Moment(FINAL, FINAL, "")
# Of a place so many releases are laid beside so many counts of the held, product of the two. Beyond that only figures
# for the place itself are: they prove less, but nothing wrong.
MOST_WEIGHED = 10_000


class Fates:
    """Those released in a place, or moved out of it, by a moment, and those held in it, are different people.

    All of them were detained there, unless people were brought there from elsewhere: of such places nothing is said.
    """

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.on = "released_not_held" in rows.rules and "among_detained" in rows.rules
        self._freed: defaultdict[_Place, list[Figure]] = defaultdict(list)
        self._held: defaultdict[_Place, list[Figure]] = defaultdict(list)
        self._moved: defaultdict[_Place, list[Figure]] = defaultdict(list)
        self._rows: defaultdict[_Place, set[Row]] = defaultdict(set)
        self._place: dict[Row, _Place] = {}
        self._made: dict[Row, list[Said]] = {}

    def add(self, figure: Figure) -> None:
        """Take in a figure, if it is of people released or held."""
        for place in self._places(figure):
            self._alike(figure)[place].append(figure)
            if figure.key.quantity != "released":
                row = self._row(figure, place)
                self._place[row] = place
                self._rows[place].add(row)
            self._forget(place)

    def drop(self, figure: Figure) -> None:
        """Let go of a figure that was taken in."""
        for place in self._places(figure):
            self._alike(figure)[place].remove(figure)
            self._forget(place)

    def rows_of(self, figure: Figure) -> Iterator[Row]:
        """The rows of the detained on which a figure bears together with others."""
        for place in self._places(figure):
            yield from self._rows[place]

    def all_rows(self) -> Iterable[Row]:
        """All such rows of the detained."""
        return self._place

    def of(self, row: Row) -> list[Said]:
        """The sums that raise a row of the detained: those held at each moment with all who were free by then."""
        if row not in self._place:
            return []
        if row not in self._made:
            self._made[row] = list(self._sums(row))
        return self._made[row]

    def freed(self, place: str, among: str, moment: Moment) -> tuple[Figure, ...]:
        """The figures that prove most of those who had left a place by a moment: they were not held there at it."""
        known = self._freed.get((place, among), ())
        if len(known) > MOST_WEIGHED // 10:
            most = Most(f for f in known if f.key.place == place).by(moment)
            return (most,) if most else ()
        return self._gone((place, among), moment)

    def _gone(self, place: _Place, moment: Moment) -> tuple[Figure, ...]:
        """What proves most of those released in a place, and most of those moved out of it, by a moment."""
        return next(self._leaving(place, (moment,)))[1]

    def _leaving(self, place: _Place, moments: Iterable[Moment]) -> Iterator[tuple[Moment, tuple[Figure, ...]]]:
        """The same, by each of some moments in turn."""
        told = (known.get(place, ()) for known in (self._freed, self._moved))
        gone = [_Leaving(figures, lambda own: self._most(place[0], own)) for figures in told]
        for moment in sorted(moments, key=lambda moment: moment.lo):
            yield moment, tuple(figure for each in gone for figure in each.by(moment))

    def _sums(self, row: Row) -> Iterator[Said]:
        place = self._place[row]
        freed = self._freed[place]
        if not freed and place not in self._moved:
            return
        moments: defaultdict[str, list[Figure]] = defaultdict(list)
        one_row = len(self._rows[place]) == 1
        for figure in self._held[place]:
            if one_row or self._row(figure, place) == row:
                moments[figure.moment.key].append(figure)
        if len(freed) * len(moments) > MOST_WEIGHED:
            yield from self._of_the_place(place[0], freed, moments)
            return
        if self._moved.get(place) and "growing" in self.rows.rules and (gone := self._gone(place, _EVER)):
            yield self._said(place[0], gone)
        left = {moment.key: free for moment, free in self._leaving(place, (f[0].moment for f in moments.values()))}
        for key in sorted(key for key in left if left[key]):
            if there := self._most(place[0], _largest_by_place(moments[key])):
                yield self._said(place[0], (*left[key], *there))

    def _said(self, place: str, figures: tuple[Figure, ...]) -> Said:
        apart = {f.key.place for f in figures} != {place}
        return Said(figures, ("parts", "released_not_held") if apart else ("released_not_held",))

    def _of_the_place(
        self, place: str, freed: Iterable[Figure], moments: Mapping[str, Iterable[Figure]]
    ) -> Iterator[Said]:
        """The same with figures for the place itself only."""
        most = Most(f for f in freed if f.key.place == place)
        for one in in_order(f for held in moments.values() for f in held if f.key.place == place):
            if free := most.by(one.moment):
                yield Said((free, one), ("released_not_held",))

    def _most(self, top: str, own: Mapping[str, Figure]) -> tuple[Figure, ...]:
        """Of the largest figures of places those that together prove most: the place's own, or those of its parts."""
        found = list(own.values()) if len(own) < 2 else self._apart(top, own)
        return tuple(f for f in found if f.floor)

    def _apart(self, top: str, own: Mapping[str, Figure]) -> list[Figure]:
        """Of figures for different places those that make the largest sum."""
        atlas = self.rows.atlas
        depth = {place: len(atlas.path(place)) for name in own for place in atlas.path(name)}
        total: defaultdict[str, int] = defaultdict(int)
        best: defaultdict[str, list[Figure]] = defaultdict(list)
        for place in sorted((p for p in depth if depth[p] >= depth[top]), key=lambda place: (-depth[place], place)):
            alone = own.get(place)
            if alone is not None and (alone.floor or 0) >= total[place]:
                total[place], best[place] = alone.floor or 0, [alone]
            if place != top and (wider := atlas.above(place)) is not None:
                total[wider] += total[place]
                best[wider] += best[place]
        return best[top]

    def _places(self, figure: Figure) -> list[_Place]:
        """The places on which a figure bears; none if it is of something else."""
        if not self.on or figure.key.quantity not in _FATES or figure.key.of or figure.floor is None:
            return []
        place = figure.key.place
        alone = figure.apart or figure.key.quantity == "moved_out" or "parts" not in self.rows.rules
        path = (place,) if alone else self.rows.atlas.path(place)
        return [(place, figure.key.among) for place in path if place not in self.rows.atlas.entered]

    def _alike(self, figure: Figure) -> defaultdict[_Place, list[Figure]]:
        return {"released": self._freed, "moved_out": self._moved}.get(figure.key.quantity, self._held)

    def _row(self, held: Figure, place: _Place) -> Row:
        return self.rows.row(Key("detained", *place), held.moment.key, held.apart)

    def _forget(self, place: _Place) -> None:
        for row in self._rows[place]:
            self._made.pop(row, None)


def _largest_by_place(figures: Iterable[Figure]) -> dict[str, Figure]:
    largest: dict[str, Figure] = {}
    for f in figures:
        largest[f.key.place] = _larger(largest.get(f.key.place, f), f)
    return largest


class _Leaving:
    """What proves most of those who left a place, asked for by one moment after another."""

    def __init__(self, figures: Iterable[Figure], most: Callable[[Mapping[str, Figure]], tuple[Figure, ...]]) -> None:
        self._coming = sorted(figures, key=lambda f: f.moment.hi, reverse=True)
        self._most, self._found = most, tuple[Figure, ...]()
        self._largest: dict[str, Figure] = {}
        self._together: defaultdict[str, list[Figure]] = defaultdict(list)
        for f in self._coming:
            self._together[f.moment.key].append(f)

    def by(self, moment: Moment) -> tuple[Figure, ...]:
        """The figures, of those that are surely in a count made at the moment."""
        came = False
        while self._coming and self._coming[-1].moment.hi <= moment.lo:
            f, came = self._coming.pop(), True
            self._largest[f.key.place] = _larger(self._largest.get(f.key.place, f), f)
        if came:
            self._found = self._most(self._largest)
        beside = [f for f in self._together.get(moment.key, ()) if f.moment.hi > moment.lo]
        return self._most(_largest_by_place([*self._largest.values(), *beside])) if beside else self._found


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
    return one if _size(one) >= _size(other) else other


def _size(figure: Figure) -> tuple[int, str]:
    return figure.floor or 0, figure.name
