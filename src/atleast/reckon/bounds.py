"""The table: for every row and side the interval that the figures prove, and the proof of either end."""

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

from atleast.model import People

from . import exact
from .fates import in_order
from .floor import Floor
from .moments import Moment
from .places import Atlas
from .results import Bound, Cell, Figure, Key, Later, Proof, Term
from .rows import Join, Row, Rows
from .rules import BY_LAW, STOCKS


@dataclass(frozen=True, slots=True)
class Cap:
    """The most a row can be, and why: a figure says so, or the rest of a capped whole is taken already.

    `whole` is the cap of the row that it comes from; `doubtful` that a contradiction stands above it.
    """

    value: int
    why: Figure | Join
    whole: int
    doubtful: bool = False


def cells(figures: Iterable[Figure], rows: Rows, also: Iterable[Key] = ()) -> tuple[Cell, ...]:
    """One cell per row that anything is said of, and `also` of these: what each side alone, and both, prove of it."""
    table = Table(rows)
    table.change((), figures)
    return table.cells(also)


class Table:
    """The rows that anything is said of: what each side alone, and both, prove of them. Figures may come and go."""

    def __init__(self, rows: Rows) -> None:
        self.independent, self.authority, self.joint = _Part(rows), _Part(rows), _Part(rows)
        self._said: Counter[Key] = Counter()
        self._apart: dict[Key, tuple[str, ...]] = {}

    def change(self, gone: Iterable[Figure], new: Iterable[Figure]) -> None:
        """Let go of some figures and take in others."""
        gone, new = list(gone), sorted(new, key=_largest_first)  # then what is smaller raises nothing
        self._apart.update((f.key, f.apart) for f in new if f.apart)
        for figures, sign in ((gone, -1), (new, 1)):
            for figure in figures:
                if not figure.implied and (_bounded(figure) or figure.roughly.known):
                    self._said[figure.key] += sign
        self.joint.change(gone, new)
        for part, side in ((self.independent, "independent"), (self.authority, "authority")):
            part.change([f for f in gone if f.side == side], [f for f in new if f.side == side])

    @property
    def keys(self) -> tuple[Key, ...]:
        """All rows that anything is said of, in order."""
        return tuple(sorted(key for key, times in self._said.items() if times))

    def cells(self, also: Iterable[Key] = ()) -> tuple[Cell, ...]:
        """All rows that anything is said of, and `also` of these, in order."""
        return tuple(map(self.cell, sorted({*self.keys, *also})))

    def has(self, key: Key) -> bool:
        """Whether anything is said of the row."""
        return self._said[key] > 0

    def cell(self, key: Key) -> Cell:
        """One row."""
        apart = self._apart.get(key, ())
        independent, authority, joint = (
            part.bound(key, apart) for part in (self.independent, self.authority, self.joint)
        )
        return Cell(key, independent, authority, joint)


class _Part:
    """What the figures of one side, or of both, and no others, prove."""

    def __init__(self, rows: Rows) -> None:
        self.rows, self.level, self.stocks = rows, Level(Floor(rows)), _StockMoments(rows.atlas)
        self._division: _Division | None = None

    def change(self, gone: Sequence[Figure], new: Sequence[Figure]) -> None:
        """Let go of some figures and take in others."""
        if gone or new:
            self.stocks.change(gone, new)
            self.level.change(gone, new)
            self._division = None

    def bound(self, key: Key, apart: tuple[str, ...]) -> Bound:
        """The interval of a row; where a source divides places in two ways at once, by linear programming."""
        moment = self.stocks(key) if key.quantity in STOCKS else None
        row = self.rows.row(key, moment.key if moment else "", apart)
        self.level.meet()
        bound = self.level.bound(row, moment)
        if not self.rows.divisions:
            return bound
        if self._division is None:
            self._division = _Division(self.level)
        return self._division.tightened(bound, row)


class Level:
    """The floor of some figures, with the ceilings that they set."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.rows, self.low = floor, floor.rows, floor.low
        self._newest: dict[Row, Newest] = {}
        self._free: dict[tuple[str, str, str], tuple[Figure, ...]] = {}
        self._caps: dict[Row, Cap | None] = {}

    def change(self, gone: Iterable[Figure], new: Iterable[Figure]) -> None:
        """Let go of some figures and take in others."""
        self._forget(self.floor.meet())
        self._forget(self.floor.change(gone, new))

    def meet(self) -> None:
        """Take in rows that were joined to others since."""
        self._forget(self.floor.meet())

    def _forget(self, touched: Iterable[Row]) -> None:
        if touched:
            self._caps.clear()
            self._free.clear()
            for row in self.rows.above(touched) if self._newest else ():
                self._newest.pop(row, None)

    def newest(self, row: Row) -> "Newest":
        """The latest moments that speak of a row or of anything beneath it."""
        found = self._newest.get(row)
        if found is None:
            moments = [f.moment for f in self.floor.said.get(row, ()) if _bounded(f)]
            for join in self.rows.into[row]:
                for part in join.parts:
                    moments += filter(None, self.newest(part))
            found = self._newest[row] = Newest.of(moments)
        return found

    def cap(self, row: Row) -> Cap | None:
        """The most that a row can be; what it lies in was asked before it."""
        if row not in self._caps:
            self._caps[row] = self._cap(row)
        return self._caps[row]

    def _cap(self, row: Row) -> Cap | None:
        """The lowest ceiling of a row. From a whole in a contradiction, or under one, nothing is subtracted."""
        best: Cap | None = None
        for figure in in_order(f for f in self.floor.said.get(row, ()) if f.ceiling is not None):
            if self.settled(row, figure):
                best = _lower(best, Cap(figure.ceiling or 0, figure, figure.ceiling or 0))
        for join in self._wholes(row):
            whole = self.cap(join.whole)
            if whole is not None and join.rule not in BY_LAW:  # papers may be of one offence only: they cap nobody
                doubtful = whole.doubtful or self.low.get(join.whole, 0) > whole.value
                taken = 0 if doubtful else self._taken(join, row)
                best = _lower(best, Cap(whole.value - taken, join, whole.value, doubtful))
        return best

    def _wholes(self, row: Row) -> Sequence[Join]:
        """The sums that a row is a part of, in a settled order."""
        up = self.rows.up[row]
        if len(up) < 2:
            return up
        return sorted(up, key=lambda join: (join.rule, join.name, self.rows.keys[join.whole]))

    def _taken(self, join: Join, row: Row) -> int:
        """How much of a whole other parts have; of the held at a moment, those who were free by then."""
        free = sum(f.floor or 0 for f in self._free_by(join, row))
        return self.floor.total.get(join.number, 0) - self.low.get(row, 0) + free

    def _free_by(self, join: Join, row: Row) -> tuple[Figure, ...]:
        """What proves most of those gone by the moment of a stock, where it is held against the detained."""
        key, _ = self.rows.keys[row]
        moment = self.newest(row).first if join.rule == "among_detained" and key.quantity == "still_held" else None
        if moment is None:
            return ()
        when = key.place, key.among, moment.key
        if when not in self._free:
            self._free[when] = self.floor.fates.freed(key.place, key.among, moment)
        return self._free[when]

    def settled(self, row: Row, figure: Figure) -> bool:
        """Whether the figure is the latest word on its row and on all that adds to it."""
        return self.newest(row).settled_by(figure.moment)

    def bound(self, row: Row, moment: Moment | None) -> Bound:
        """The interval of a row, with its proofs."""
        low, cap = self.low.get(row, 0), self.cap(row)
        told = row in self.low
        people = People(low if told or cap else None, cap.value if cap else None)
        return Bound(
            people,
            Later(low, lambda: self.floor.proof(row)) if told else None,
            Later(cap.value, lambda: self._cap_proof(row)) if cap else None,
            moment or self.newest(row).first or self._cap_moment(cap),
            People() if people.known else _roughly(self.floor.said.get(row, ())),
        )

    def _cap_moment(self, cap: Cap | None) -> Moment | None:
        """When a ceiling was said that a row has from what it lies in: nothing else tells when the row was counted."""
        while cap is not None and isinstance(cap.why, Join):
            cap = self.cap(cap.why.whole)
        return cap.why.moment if cap is not None and isinstance(cap.why, Figure) else None

    def _cap_proof(self, row: Row) -> Proof:
        """Why a row is at most what it is: a figure for a whole, less what other parts have already."""
        terms: list[Term] = []
        rules: set[str] = set()
        cap = self.cap(row)
        total = cap.value if cap else 0
        while cap is not None and isinstance(cap.why, Join):
            join = cap.why
            rules.add(join.rule)
            if cap.value != cap.whole:
                for proof in (self.floor.proof(part) for part in join.parts if part != row and self.low.get(part)):
                    rules |= set(proof.rules)
                    terms += [Term(t.figure, t.value, Fraction(-1)) for t in proof.terms]
                if free := self._free_by(join, row):
                    terms += [Term(f, f.floor or 0, Fraction(-1)) for f in free]
                    apart = {f.key.place for f in free} != {self.rows.keys[row][0].place}
                    rules |= {"released_not_held"} | ({"parts"} if apart else set())
            row, cap = join.whole, self.cap(join.whole)
        terms.sort(key=lambda term: (-term.value, term.figure.key, term.figure.name))
        if cap is not None and isinstance(cap.why, Figure):
            terms.insert(0, Term(cap.why, cap.value))
            rules |= {"others"} if cap.why.others else set()
        return Proof(tuple(terms), total, tuple(sorted(rules)))


class Newest(NamedTuple):
    """The latest moments that speak of something: the last, and the last of another key."""

    first: Moment | None = None
    other: Moment | None = None

    @classmethod
    def of(cls, moments: Iterable[Moment]) -> "Newest":
        """The latest of some moments."""
        first = other = None
        for moment in moments:
            if first is None or moment.key == first.key:
                first = _later(first, moment)
            elif moment.hi > first.hi or (moment.hi == first.hi and moment.key > first.key):
                first, other = moment, first
            else:
                other = _later(other, moment)
        return cls(first, other)

    def settled_by(self, moment: Moment) -> bool:
        """Whether nothing newer than the moment is known, or only what was said together with it."""
        last = self.other if self.first and self.first.key == moment.key else self.first
        return last is None or last.hi <= moment.lo


def _largest_first(figure: Figure) -> int:
    return -(figure.floor or 0)


def _bounded(figure: Figure) -> bool:
    return figure.floor is not None or figure.ceiling is not None


def _later(one: Moment | None, other: Moment) -> Moment:
    """The later moment; of two with one end the one that began earlier, and that was later by the clock."""
    if one is None:
        return other
    if one.hi != other.hi:
        return one if one.hi > other.hi else other
    if one.key != other.key:
        return one if one.key > other.key else other
    if one.lo != other.lo:
        return one if one.lo < other.lo else other
    return max(one, other, key=lambda moment: (moment.real, moment.shown))


class _Division:
    """The rows that a source divides in two ways at once, tightened by linear programming.

    A place and what lies outside it make up the whole at one moment. So a ceiling counts only if it is the latest word
    on all of these rows: what the whole has grown since may have grown in the part.
    """

    def __init__(self, level: Level) -> None:
        divided = exact.divided(level.rows, lambda row: level.cap(row) is not None)
        near = exact.around(level.rows, divided) if divided else []
        self._inside = frozenset(near if len(near) <= exact.MOST_ROWS else ())
        newest = Newest.of(m for row in near for m in level.newest(row) if m is not None)
        lines = exact.system(level.floor, near, lambda _, f: newest.settled_by(f.moment)) if self._inside else []
        self._solver = exact.Solver(near, lines) if lines else None

    def tightened(self, bound: Bound, row: Row) -> Bound:
        """The bound with a better end where linear programming proves one."""
        if self._solver is None or row not in self._inside:
            return bound
        low, high = self._solver.afresh(row, -1), self._solver.afresh(row, 1)
        people = bound.people
        if low is not None and (least := math.ceil(-low.value)) > (people.low or 0):
            bound = _raised(bound, least, exact.proof(low, least, -1))
        people = bound.people
        if high is not None and (people.high is None or math.floor(high.value) < people.high):
            most = math.floor(high.value)
            bound = replace(bound, people=People(people.low or 0, most), high=exact.proof(high, most, 1))
        return bound


def _raised(bound: Bound, least: int, proof: Proof) -> Bound:
    """The bound with a better lower end, which holds since its last figure. An upper end of before that is let go."""
    last = max((bound.moment, *(t.figure.moment for t in proof.terms)), key=lambda m: (m.hi, m.key) if m else ())
    grown = bound.high is not None and last is not None and not last.settles(bound.high.terms[0].figure.moment)
    high, most = (None, None) if grown else (bound.high, bound.people.high)
    return replace(bound, people=People(least, most), low=proof, high=high, moment=last)


def _lower(one: Cap | None, other: Cap) -> Cap:
    return one if one is not None and one.value <= other.value else other


def _roughly(figures: Iterable[Figure]) -> People:
    """What "about" and vague words would give if each were within its tolerance: shown apart, never proved."""
    ranges = [f.roughly for f in figures if f.roughly.known]
    highs = [r.high for r in ranges if r.high is not None]
    open_above = len(highs) < len(ranges)
    return People(min(r.low or 0 for r in ranges), None if open_above else max(highs)) if ranges else People()


class _StockMoments:
    """The moment at which a stock is shown: the last at which it, or what it lies in, was counted."""

    def __init__(self, atlas: Atlas) -> None:
        self.atlas = atlas
        self.at, self.beneath = _Last(), _Last()

    def change(self, gone: Iterable[Figure], new: Iterable[Figure]) -> None:
        """Let go of some figures and take in others."""
        for figures, change in ((gone, list[Moment].remove), (new, list[Moment].append)):
            for figure in figures:
                if figure.key.quantity in STOCKS and _bounded(figure):
                    self.at.change(figure.key, figure.moment, change)
                    for place in self.atlas.path(figure.key.place):
                        self.beneath.change(figure.key._replace(place=place), figure.moment, change)

    def __call__(self, key: Key) -> Moment | None:
        above = (self.at.of(key._replace(place=place)) for place in self.atlas.path(key.place))
        return max(filter(None, above), key=_by_start, default=None) or self.beneath.of(key)


class _Last:
    """The last of the moments of every row."""

    def __init__(self) -> None:
        self._moments: defaultdict[Key, list[Moment]] = defaultdict(list)
        self._last: dict[Key, Moment | None] = {}

    def change(self, key: Key, moment: Moment, change: Callable[[list[Moment], Moment], None]) -> None:
        """Take in a moment or let go of one."""
        change(self._moments[key], moment)
        self._last.pop(key, None)

    def of(self, key: Key) -> Moment | None:
        """The last moment of a row."""
        if key not in self._last:
            self._last[key] = max(self._moments.get(key, ()), key=_by_start, default=None)
        return self._last[key]


def _by_start(moment: Moment) -> tuple[datetime, datetime, str]:
    return moment.lo, moment.hi, moment.key
