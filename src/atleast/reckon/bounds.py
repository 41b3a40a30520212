"""The table: for every row and side the interval that the figures prove, and the proof of either end."""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from atleast.model import People

from . import exact
from .floor import Floor, Join, Row
from .moments import Moment
from .places import Atlas
from .results import Bound, Cell, Figure, Key, Proof, Term
from .rules import STOCKS, Rules


@dataclass(frozen=True, slots=True)
class Cap:
    """The most a row can be, and why: a figure says so, or the rest of a capped whole is taken already.

    `whole` is the cap of the row that it comes from; `doubtful` that a contradiction stands above it.
    """

    value: int
    why: Figure | Join
    whole: int
    doubtful: bool = False


def cells(figures: Sequence[Figure], rows: Iterable[Key], atlas: Atlas, rules: Rules) -> tuple[Cell, ...]:
    """One cell per row: what each side alone, and both together, prove of it."""
    keys = sorted(set(rows))
    apart = {f.key: f.apart for f in figures if f.apart}
    sides = {
        "independent": [f for f in figures if f.side == "independent"],
        "authority": [f for f in figures if f.side == "authority"],
        "joint": list(figures),
    }
    found = {side: bounds(keys, of_side, atlas, rules, apart) for side, of_side in sides.items()}
    return tuple(Cell(key, **{side: found[side][key] for side in sides}) for key in keys)


def bounds(
    keys: Sequence[Key], figures: Sequence[Figure], atlas: Atlas, rules: Rules, apart: Mapping[Key, tuple[str, ...]]
) -> Mapping[Key, Bound]:
    """The interval of every key that these figures, and no others, prove."""
    floor = Floor(atlas, rules)
    floor.feed(figures)
    stocks = _stock_moments(figures, atlas)
    rows = {}
    for key in keys:
        moment = stocks(key) if key.quantity in STOCKS else None
        rows[key] = (floor.row(key, moment.key if moment else "", apart.get(key, ())), moment)
    caps = ceilings(floor)
    found = {key: _bound(floor, caps, row, moment) for key, (row, moment) in rows.items()}
    return found | _divided(floor, caps, {key: row for key, (row, _) in rows.items()}, found)


def _divided(
    floor: Floor, caps: Sequence[Cap | None], rows: Mapping[Key, Row], found: Mapping[Key, Bound]
) -> dict[Key, Bound]:
    """The bounds of rows that a source divides in two ways at once, tightened by linear programming."""
    divided = exact.divided(floor, caps)
    near = exact.around(floor, divided) if divided else []
    if not near or len(near) > exact.MOST_ROWS:
        return {}
    solver = exact.Solver(near, exact.system(floor, near))
    inside = set(near)
    return {key: _tightened(found[key], solver, row) for key, row in rows.items() if row in inside}


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


def ceilings(floor: Floor) -> list[Cap | None]:
    """The most that each row can be, wholes before their parts."""
    caps: list[Cap | None] = [None] * len(floor.keys)
    pending = [len(joins) for joins in floor.up]
    ready = [row for row, left in enumerate(pending) if not left]
    while ready:
        row = ready.pop()
        caps[row] = _cap(floor, caps, row)
        for join in floor.into[row]:
            for part in join.parts:
                pending[part] -= 1
                if not pending[part]:
                    ready.append(part)
    return caps


def _cap(floor: Floor, caps: Sequence[Cap | None], row: Row) -> Cap | None:
    """The lowest ceiling of a row. From a whole in a contradiction, or under one, nothing is subtracted."""
    newest = floor.newest[row]
    best: Cap | None = None
    for figure in floor.said[row]:
        if figure.ceiling is not None and newest.settled_by(figure.moment):
            best = _lower(best, Cap(figure.ceiling, figure, figure.ceiling))
    for join in floor.up[row]:
        whole = caps[join.whole]
        if whole is not None:
            doubtful = whole.doubtful or floor.low[join.whole] > whole.value
            taken = 0 if doubtful else join.total - floor.low[row]
            best = _lower(best, Cap(whole.value - taken, join, whole.value, doubtful))
    return best


def _lower(one: Cap | None, other: Cap) -> Cap:
    return one if one is not None and one.value <= other.value else other


def cap_proof(floor: Floor, caps: Sequence[Cap | None], row: Row) -> Proof:
    """Why a row is at most what it is: a figure for a whole, less what other parts have already."""
    terms: list[Term] = []
    rules: set[str] = set()
    cap = caps[row]
    total = cap.value if cap else 0
    while cap is not None and isinstance(cap.why, Join):
        join = cap.why
        rules.add(join.rule)
        if cap.value != cap.whole:
            for part in join.parts:
                if part != row and floor.low[part]:
                    proof = floor.proof(part)
                    rules |= set(proof.rules)
                    terms += [Term(t.figure, t.value, Fraction(-1)) for t in proof.terms]
        row, cap = join.whole, caps[join.whole]
    if cap is not None and isinstance(cap.why, Figure):
        terms.insert(0, Term(cap.why, cap.value))
        rules |= {"others"} if cap.why.others else set()
    return Proof(tuple(terms), total, tuple(sorted(rules)))


def _bound(floor: Floor, caps: Sequence[Cap | None], row: Row, moment: Moment | None) -> Bound:
    low, cap = floor.low[row], caps[row]
    told = floor.why[row] is not None
    people = People(low if told or cap else None, cap.value if cap else None)
    roughly = _roughly(floor.said[row]) if not people.known else People()
    return Bound(
        people,
        floor.proof(row) if told else None,
        cap_proof(floor, caps, row) if cap else None,
        moment or floor.moments.get(floor.newest[row].first),
        roughly,
    )


def _roughly(figures: Iterable[Figure]) -> People:
    """What "about" figures would give if each were within its tolerance: shown apart, never proved."""
    ranges = [f.roughly for f in figures if f.roughly.known]
    lows, highs = [r.low for r in ranges if r.low is not None], [r.high for r in ranges if r.high is not None]
    return People(min(lows), max(highs)) if lows and highs else People()


class _stock_moments:
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
