"""The table: for every row and side the interval that the figures prove, and the proof of either end."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from fractions import Fraction

from atleast.model import People

from . import exact
from .fates import Most, in_order
from .floor import Floor
from .moments import Moment
from .places import Atlas
from .results import Bound, Cell, Figure, Key, Later, Proof, Term
from .rows import Join, Row, Rows
from .rules import STOCKS


@dataclass(frozen=True, slots=True)
class Cap:
    """The most a row can be, and why: a figure says so, or the rest of a capped whole is taken already.

    `whole` is the cap of the row that it comes from; `doubtful` that a contradiction stands above it.
    """

    value: int
    why: Figure | Join
    whole: int
    doubtful: bool = False


def cells(figures: Sequence[Figure], rows: Rows, also: Iterable[Key] = ()) -> tuple[Cell, ...]:
    """One cell per row that anything is said of, and `also` of these: what each side alone, and both, prove of it."""
    said = {f.key for f in figures if f.floor is not None or f.ceiling is not None or f.roughly.known}
    keys = sorted(said.union(also))
    apart = {f.key: f.apart for f in figures if f.apart}
    sides = {
        "independent": [f for f in figures if f.side == "independent"],
        "authority": [f for f in figures if f.side == "authority"],
        "joint": list(figures),
    }
    found = {side: bounds(keys, of_side, rows, apart) for side, of_side in sides.items()}
    independent, authority, joint = (found[side] for side in sides)
    return tuple(Cell(key, independent[key], authority[key], joint[key]) for key in keys)


def bounds(
    keys: Sequence[Key], figures: Sequence[Figure], rows: Rows, apart: Mapping[Key, tuple[str, ...]]
) -> Mapping[Key, Bound]:
    """The interval of every key that these figures, and no others, prove."""
    stocks = _StockMoments(figures, rows.atlas)
    shown = {key: stocks(key) if key.quantity in STOCKS else None for key in keys}
    of_key = {key: rows.row(key, moment.key if moment else "", apart.get(key, ())) for key, moment in shown.items()}
    level = Level(Floor(rows, in_order(figures)))
    found = {key: level.bound(row, shown[key]) for key, row in of_key.items()}
    return found | _divided(level, of_key, found)


class Level:
    """The floor of some figures, with the ceilings that they set."""

    def __init__(self, floor: Floor) -> None:
        self.floor, self.rows, self.low = floor, floor.rows, floor.low
        self.newest, self.moments = newest(floor)
        self._free: dict[tuple[str, str], Most] = {}
        self._by_key = {moment.key: moment for moment in self.moments.values()}
        self.caps = self._ceilings()

    def _ceilings(self) -> list[Cap | None]:
        """The most that each row can be, wholes before their parts."""
        caps: list[Cap | None] = [None] * len(self.rows.keys)
        pending = [len(joins) for joins in self.rows.up]
        ready = [row for row, left in enumerate(pending) if not left]
        while ready:
            row = ready.pop()
            caps[row] = self._cap(caps, row)
            for join in self.rows.into[row]:
                for part in join.parts:
                    pending[part] -= 1
                    if not pending[part]:
                        ready.append(part)
        return caps

    def _cap(self, caps: Sequence[Cap | None], row: Row) -> Cap | None:
        """The lowest ceiling of a row. From a whole in a contradiction, or under one, nothing is subtracted."""
        best: Cap | None = None
        for figure in self.floor.said.get(row, ()):
            if figure.ceiling is not None and self.settled(row, figure):
                best = _lower(best, Cap(figure.ceiling, figure, figure.ceiling))
        for join in self.rows.up[row]:
            whole = caps[join.whole]
            if whole is not None:
                doubtful = whole.doubtful or self.low.get(join.whole, 0) > whole.value
                taken = 0 if doubtful else self._taken(join, row)
                best = _lower(best, Cap(whole.value - taken, join, whole.value, doubtful))
        return best

    def _taken(self, join: Join, row: Row) -> int:
        """How much of a whole other parts have; of the held at a moment, those who were free by then."""
        free = self._free_by(join, row)
        return self.floor.total.get(join.number, 0) - self.low.get(row, 0) + ((free.floor or 0) if free else 0)

    def _free_by(self, join: Join, row: Row) -> Figure | None:
        """The largest count of those released by the moment of a stock, where it is held against the detained."""
        key, moment = self.rows.keys[row]
        if join.rule != "among_detained" or key.quantity != "still_held" or moment not in self._by_key:
            return None
        place = key.place, key.among
        if place not in self._free:
            self._free[place] = self.floor.fates.freed(*place)
        return self._free[place].by(self._by_key[moment])

    def settled(self, row: Row, figure: Figure) -> bool:
        """Whether the figure is the latest word on its row and on all that adds to it."""
        return row not in self.newest or self.newest[row].settled_by(figure.moment)

    def bound(self, row: Row, moment: Moment | None) -> Bound:
        """The interval of a row, with its proofs."""
        low, cap = self.low.get(row, 0), self.caps[row]
        told = row in self.low
        people = People(low if told or cap else None, cap.value if cap else None)
        return Bound(
            people,
            Later(low, lambda: self.floor.proof(row)) if told else None,
            Later(cap.value, lambda: self._cap_proof(row)) if cap else None,
            moment or (self.moments[self.newest[row].first] if row in self.newest else None),
            People() if people.known else _roughly(self.floor.said.get(row, ())),
        )

    def _cap_proof(self, row: Row) -> Proof:
        """Why a row is at most what it is: a figure for a whole, less what other parts have already."""
        terms: list[Term] = []
        rules: set[str] = set()
        cap = self.caps[row]
        total = cap.value if cap else 0
        while cap is not None and isinstance(cap.why, Join):
            join = cap.why
            rules.add(join.rule)
            if cap.value != cap.whole:
                for proof in (self.floor.proof(part) for part in join.parts if part != row and self.low.get(part)):
                    rules |= set(proof.rules)
                    terms += [Term(t.figure, t.value, Fraction(-1)) for t in proof.terms]
                if free := self._free_by(join, row):
                    terms.append(Term(free, free.floor or 0, Fraction(-1)))
                    rules.add("released_not_held")
            row, cap = join.whole, self.caps[join.whole]
        if cap is not None and isinstance(cap.why, Figure):
            terms.insert(0, Term(cap.why, cap.value))
            rules |= {"others"} if cap.why.others else set()
        return Proof(tuple(terms), total, tuple(sorted(rules)))


_LONG_AGO = (datetime.min.replace(tzinfo=UTC), "")


@dataclass(slots=True)
class Newest:
    """The latest moments that speak of a row or of anything beneath it: the last, and the last of another key."""

    first: tuple[datetime, str] = _LONG_AGO
    other: tuple[datetime, str] = _LONG_AGO

    def add(self, one: tuple[datetime, str]) -> bool:
        """Whether the moment changed anything."""
        if one == self.first or one <= self.other:
            return False
        if one > self.first:
            self.other = self.first if one[1] != self.first[1] else self.other
            self.first = one
            return True
        if one[1] == self.first[1]:
            return False
        self.other = one
        return True

    def settled_by(self, moment: Moment) -> bool:
        """Whether nothing newer than the moment is known, or only what was said together with it."""
        return (self.other if self.first[1] == moment.key else self.first)[0] <= moment.lo


def newest(floor: Floor) -> tuple[dict[Row, Newest], dict[tuple[datetime, str], Moment]]:
    """The latest moments of every row that anything is said of or beneath, and what those moments are."""
    found: dict[Row, Newest] = {}
    moments: dict[tuple[datetime, str], Moment] = {}
    for row, figures in floor.said.items():
        for figure in figures:
            if figure.floor is not None or figure.ceiling is not None:
                one = (figure.moment.hi, figure.moment.key)
                moments.setdefault(one, figure.moment)
                _tell(found, floor.rows, row, one)
    return found, moments


def _tell(found: dict[Row, Newest], rows: Rows, row: Row, one: tuple[datetime, str]) -> None:
    waiting = [row]
    while waiting:
        row = waiting.pop()
        if found.setdefault(row, Newest()).add(one):
            waiting.extend(join.whole for join in rows.up[row])


def _divided(level: Level, of_key: Mapping[Key, Row], found: Mapping[Key, Bound]) -> dict[Key, Bound]:
    """The bounds of rows that a source divides in two ways at once, tightened by linear programming."""
    divided = exact.divided(level.rows, [cap is not None for cap in level.caps])
    near = exact.around(level.rows, divided) if divided else []
    if not near or len(near) > exact.MOST_ROWS:
        return {}
    solver = exact.Solver(near, exact.system(level.floor, near, level.settled))
    inside = set(near)
    return {key: _tightened(found[key], solver, row) for key, row in of_key.items() if row in inside}


def _tightened(bound: Bound, solver: exact.Solver, row: Row) -> Bound:
    """The bound with a better end where linear programming proves one."""
    low, high = solver.most(row, -1), solver.most(row)
    people = bound.people
    if low is not None and (least := math.ceil(-low.value)) > (people.low or 0):
        bound = replace(bound, people=replace(people, low=least), low=exact.proof(low, least, -1))
    people = bound.people
    if high is not None and (people.high is None or math.floor(high.value) < people.high):
        most = math.floor(high.value)
        bound = replace(bound, people=People(people.low or 0, most), high=exact.proof(high, most, 1))
    return bound


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

    def __init__(self, figures: Iterable[Figure], atlas: Atlas) -> None:
        self.atlas = atlas
        self.at: defaultdict[tuple[str, str, str], list[Moment]] = defaultdict(list)
        self.beneath: defaultdict[tuple[str, str, str], list[Moment]] = defaultdict(list)
        for figure in figures:
            if figure.key.quantity in STOCKS and (figure.floor is not None or figure.ceiling is not None):
                self.at[figure.key.place, figure.key.among, figure.key.of].append(figure.moment)
                for place in atlas.path(figure.key.place):
                    self.beneath[place, figure.key.among, figure.key.of].append(figure.moment)

    def __call__(self, key: Key) -> Moment | None:
        above = [m for place in self.atlas.path(key.place) for m in self.at[place, key.among, key.of]]
        return max(above or self.beneath[key.place, key.among, key.of], key=lambda m: (m.lo, m.hi, m.key), default=None)
