"""Bounds by linear programming, for places that a source divides in two ways at once.

Where a place "outside" another is counted, the joins are equations and no longer a tree, and raising
and capping row by row may stop short of the truth. There HiGHS finds the optimum; its dual weights are
turned into fractions and checked in exact arithmetic. Only a bound whose check comes out is used.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from .floor import Floor, Row
from .results import Figure, Proof, Term

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


def divided(floor: Floor, capped: Sequence[object | None]) -> set[Row]:
    """The rows of every division that can bind: at most one of its parts has no ceiling."""
    rows: set[Row] = set()
    for (rule, whole, _), join in floor.joins.items():
        if rule == "outside" and sum(capped[part] is None for part in join.parts) <= 1:
            rows |= {whole, *join.parts}
    return rows


def around(floor: Floor, rows: Iterable[Row]) -> list[Row]:
    """The rows, and all that are joined to them."""
    seen, waiting = set(rows), list(rows)
    while waiting:
        row = waiting.pop()
        near = (
            *(p for j in floor.into[row] for p in j.parts),
            *(j.whole for j in floor.up[row]),
            *(p for j in floor.up[row] for p in j.parts),
        )
        fresh = set(near) - seen
        seen |= fresh
        waiting += fresh
    return sorted(seen)


def system(floor: Floor, rows: Sequence[Row]) -> list[Line]:
    """What figures and rules say of the rows, as inequalities."""
    lines: list[Line] = []
    for row in rows:
        for figure in floor.said[row]:
            if figure.floor:
                lines.append(Line({row: -1}, -figure.floor, figure))
            if figure.ceiling is not None and floor.newest[row].settled_by(figure.moment):
                lines.append(Line({row: 1}, figure.ceiling, figure))
        for join in floor.into[row]:
            lines.append(Line({**dict.fromkeys(join.parts, 1), row: -1}, 0, join.rule))
            if join.rule == "outside":
                lines.append(Line({**dict.fromkeys(join.parts, -1), row: 1}, 0, join.rule))
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
