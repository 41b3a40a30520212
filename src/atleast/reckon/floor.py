"""The least that a set of figures proves of every row.

Figures raise their rows, and a raised part raises its wholes, until nothing moves. Since every join says only
that a whole is at least a sum, the least solution exists, this finds it, and it satisfies every join: so the
floor is exact, and the figures fit under their ceilings if and only if the floor does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .results import Figure, Key, Proof, Term
from .rows import Join, Row, Rows
from .rules import STOCKS


@dataclass(frozen=True, slots=True)
class Said:
    """Why a row is at least so much: these figures say so of it, by this rule beside the plain words."""

    figures: tuple[Figure, ...]
    rule: str = ""


Why = Said | Join


class Floor:
    """How high figures raise each row, and why. Figures must come in the order of `in_order`."""

    def __init__(self, rows: Rows, figures: Iterable[Figure] = ()) -> None:
        self.rows = rows
        self.low: dict[Row, int] = {}
        self.why: dict[Row, Why] = {}
        self.total: dict[int, int] = {}
        self.said: defaultdict[Row, list[Figure]] = defaultdict(list)
        self._released: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in figures:
            self.add(figure)

    def add(self, figure: Figure) -> Row:
        """Take in one figure; its row."""
        row = self.rows.of(figure)
        self.said[row].append(figure)
        if figure.floor is not None:
            self._raise(row, figure.floor, Said((figure,)))
            if figure.key.quantity in ("released", "still_held"):
                self._free_or_held(figure, figure.floor)
        return row

    def _free_or_held(self, figure: Figure, number: int) -> None:
        """Those released by a moment and those held at it are different people, all of them detained."""
        key, rules = figure.key, self.rows.rules
        if key.of or "released_not_held" not in rules or "among_detained" not in rules:
            return
        if key.quantity == "released":
            self._released[key.place, key.among].append(figure)
            return
        freed = [f for f in self._released[key.place, key.among] if f.moment.settles(figure.moment)]
        if freed:
            most = max(freed, key=lambda f: (f.floor or 0, f.name))
            whole = self.rows.row(Key("detained", key.place, key.among), figure.moment.key, figure.apart)
            self._raise(whole, (most.floor or 0) + number, Said((most, figure), "released_not_held"))

    def _raise(self, row: Row, value: int, why: Why) -> None:
        if row not in self.why:
            self.why[row] = why
        waiting: list[tuple[Row, int, Why]] = [(row, value, why)]
        while waiting:
            row, value, why = waiting.pop()
            more = value - self.low.get(row, 0)
            if more <= 0:
                continue
            self.low[row], self.why[row] = value, why
            for join in self.rows.up[row]:
                total = self.total[join.number] = self.total.get(join.number, 0) + more
                waiting.append((join.whole, total, join))

    def proof(self, row: Row, why: Why | None = None) -> Proof:
        """Why a row is at least what it is (or, given another reason, what that reason gives)."""
        terms: list[Term] = []
        rules: set[str] = set()
        waiting = [why or self.why.get(row)]
        while waiting:
            reason = waiting.pop()
            if isinstance(reason, Said):
                terms += [Term(f, f.floor or 0) for f in reason.figures]
                rules |= {reason.rule} - {""}
            elif reason is not None:
                rules.add(reason.rule)
                waiting += [self.why[part] for part in reason.parts if self.low.get(part)]
        terms.sort(key=lambda term: (-term.value, term.figure.key, term.figure.name))
        return Proof(tuple(terms), sum(term.value for term in terms), tuple(sorted(rules)))

    def ways(self, row: Row, above: int) -> Iterator[Proof]:
        """Every way in which others than its own figures prove the row to be above a number."""
        for join in self.rows.into[row]:
            if self.total.get(join.number, 0) > above:
                yield self.proof(row, join)
        why = self.why.get(row)
        if isinstance(why, Said) and why.rule and self.low[row] > above:
            yield self.proof(row, why)


def in_order(figures: Iterable[Figure]) -> list[Figure]:
    """Figures in the order in which a floor takes them: by time, stocks after the rest, then by name."""
    return sorted(figures, key=lambda f: (f.moment.hi, f.key.quantity in STOCKS, f.name, f.key))
