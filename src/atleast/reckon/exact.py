"""Bounds by linear programming, for places that a source divides in two ways at once.

Where a place "outside" another is counted, the joins are equations and no longer a tree, and raising
and capping row by row may stop short of the truth. There HiGHS finds the optimum; its dual weights are
turned into fractions and checked in exact arithmetic. Only a bound whose check comes out is used.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .fates import in_order
from .floor import Floor
from .results import Figure, Proof, Term
from .rows import Row, Rows

# Weights of a dual solution are small fractions; rounding to this denominator undoes the floating point.
_FINEST = 1000
# A division of more rows than this is left to raising and capping, whose bounds are sound but may be loose.
MOST_ROWS = 4000


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the system: the sum of `times` × row is at most `most`. It comes from a figure or from a rule."""

    times: Mapping[Row, int]
    most: int
    source: Figure | str


@dataclass(frozen=True, slots=True)
class Optimum:
    """The most that the target can be, as a sum of lines with exact weights."""

    value: Fraction
    weights: tuple[tuple[Line, Fraction], ...]


def divided(rows: Rows, capped: Callable[[Row], bool]) -> set[Row]:
    """The rows of every division that can bind: at most one of its parts has no ceiling."""
    binding = [j for j in rows.divisions if sum(not capped(part) for part in j.parts) <= 1]
    return {row for join in binding for row in (join.whole, *join.parts)}


def around(rows: Rows, some: Iterable[Row]) -> list[Row]:
    """The rows, and all that are joined to them."""
    seen = set(some)
    waiting = list(seen)
    while waiting:
        row = waiting.pop()
        near = {row for join in (*rows.into[row], *rows.up[row]) for row in (join.whole, *join.parts)} - seen
        seen |= near
        waiting += near
    return sorted(seen, key=rows.keys.__getitem__)


def system(floor: Floor, some: Iterable[Row], settled: Callable[[Row, Figure], bool]) -> list[Line]:
    """What figures and rules say of the rows, as inequalities. A ceiling holds only where it is the latest word."""
    lines: list[Line] = []
    for row in some:
        for figure in in_order(floor.said.get(row, ())):
            if figure.floor:
                lines.append(Line({row: -1}, -figure.floor, figure))
            if figure.ceiling is not None and settled(row, figure):
                lines.append(Line({row: 1}, figure.ceiling, figure))
        for join in sorted(floor.rows.into[row], key=lambda join: (join.rule, join.name)):
            parts = sorted(join.parts, key=floor.rows.keys.__getitem__)
            lines.append(Line({**dict.fromkeys(parts, 1), row: -1}, 0, join.rule))
            if join.exact:
                lines.append(Line({**dict.fromkeys(parts, -1), row: 1}, 0, join.rule))
    return lines


class Solver:
    """One system in HiGHS, solved for one row after another."""

    def __init__(self, rows: Sequence[Row], lines: Sequence[Line]) -> None:
        import highspy

        self.lines = list(lines)
        self.column = {row: number for number, row in enumerate(rows)}
        self._target: Row | None = None
        solver: Any = highspy.Highs
        self._highs: Any = solver()
        self._highs.setOptionValue("output_flag", False)
        infinite = highspy.kHighsInf
        for _ in rows:
            self._highs.addVar(0, infinite)
        for line in self.lines:
            columns = [self.column[row] for row in line.times]
            self._highs.addRow(-infinite, line.most, len(columns), columns, list(line.times.values()))
        self._solved = highspy.HighsModelStatus.kOptimal

    def afresh(self, row: Row, sign: int) -> Optimum | None:
        """The same as `most`, by weights that do not depend on what was solved before."""
        self._highs.clearSolver()
        return self.most(row, sign)

    def most(self, row: Row, sign: int = 1) -> Optimum | None:
        """The most that `sign` × row can be, proved exactly; None where there is no end to it or no proof."""
        if self._target is not None:
            self._highs.changeColCost(self.column[self._target], 0)
        self._target = row
        self._highs.changeColCost(self.column[row], -sign)
        self._highs.run()
        if self._highs.getModelStatus() != self._solved:
            return None
        duals = self._highs.getSolution().row_dual
        weights = [(line, _fraction(-dual)) for line, dual in zip(self.lines, duals, strict=True)]
        return checked(row, sign, [(line, weight) for line, weight in weights if weight])


def _fraction(number: float) -> Fraction:
    return Fraction(number).limit_denominator(_FINEST)


def checked(row: Row, sign: int, weights: Sequence[tuple[Line, Fraction]]) -> Optimum | None:
    """The bound that the weights prove, in exact arithmetic; None where they prove none.

    Rows are never negative. So if every weight is positive and the weighted lines add up to at least
    `sign` × row, then `sign` × row is at most the weighted sum of their right sides.
    """
    total: dict[Row, Fraction] = {row: Fraction(-sign)}
    for line, weight in weights:
        if weight < 0:
            return None
        for other, times in line.times.items():
            total[other] = total.get(other, Fraction(0)) + weight * times
    if any(left < 0 for left in total.values()):
        return None
    return Optimum(sum((weight * line.most for line, weight in weights), Fraction(0)), tuple(weights))


def proof(optimum: Optimum, total: int, sign: int) -> Proof:
    """The lines of an optimum as a sum of figures."""
    terms = [
        Term(line.source, abs(line.most), sign * weight * (1 if line.most >= 0 else -1))
        for line, weight in optimum.weights
        if isinstance(line.source, Figure)
    ]
    terms.sort(key=lambda t: (t.times < 0, -t.value, t.figure.key, t.figure.name))
    rules = {line.source for line, _ in optimum.weights if isinstance(line.source, str)}
    return Proof(tuple(terms), total, tuple(sorted(rules)))
