"""The least that a set of figures proves of every row.

Figures raise their rows, and a raised part raises its wholes, until nothing moves. Since every join says only
that a whole is at least a sum, the least solution exists, this finds it, and it satisfies every join: so the
floor is exact, and the figures fit under their ceilings if and only if the floor does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .fates import Fates, Said, in_order, settled_order
from .results import Figure, Proof, Term
from .rows import Join, Row, Rows

Why = Said | Join
# Sums that say more than they need come after those that say the same in plainer words.
_PLAIN = {"parts": 0, "outside": 2, "city_has_one": 3}


class Floor:
    """How high figures raise each row, and why. Figures may come and go, in any order."""

    def __init__(self, rows: Rows, figures: Iterable[Figure] = ()) -> None:
        self.rows = rows
        self.low: dict[Row, int] = {}
        self.total: dict[int, int] = {}
        self.said: defaultdict[Row, list[Figure]] = defaultdict(list)
        self.joined: defaultdict[Row, dict[int, Join]] = defaultdict(dict)
        self.fates = Fates(rows)
        self._met = len(rows.grown)
        for figure in figures:
            self._take(figure)
        for row in self.fates.all_rows():
            self._raise_by_fates(row)

    def change(self, gone: Iterable[Figure], new: Iterable[Figure]) -> set[Row]:
        """Let go of some figures and take in others; their rows."""
        new = list(new)
        rows = {*map(self.drop, gone), *map(self._take, new)}
        for whole in dict.fromkeys(row for figure in new for row in self.fates.rows_of(figure)):
            self._raise_by_fates(whole)
        return rows

    def _take(self, figure: Figure) -> Row:
        row = self.rows.of(figure)
        if self._met < len(self.rows.grown):
            self.meet()
        self.said[row].append(figure)
        if figure.floor is not None:
            self._raise(row, figure.floor)
            self.fates.add(figure)
        return row

    def _raise_by_fates(self, row: Row) -> None:
        for why in self.fates.of(row):
            self._raise(row, why.total)

    def drop(self, figure: Figure) -> Row:
        """Let go of a figure that was taken in; its row."""
        row = self.rows.of(figure)
        self.meet()
        self.said[row].remove(figure)
        self.fates.drop(figure)
        for changed in (row, *self.fates.rows_of(figure)):
            self._lower(changed)
        return row

    def meet(self) -> set[Row]:
        """Rows that were joined to a whole since they were raised raise it too; the wholes that this bears on.

        Only a division joins rows that were there before; any other row is joined when it is new and empty.
        """
        if self._met == len(self.rows.grown):
            return set()
        # How high parts are is noted first: what raises them on the way reaches their wholes by itself.
        grown = [(join, self.low.get(part, 0)) for join, part in self.rows.grown[self._met :]]
        self._met = len(self.rows.grown)
        for join, low in grown:
            self._carry(join, low)
        return {join.whole for join, low in grown if low or self.rows.divisions}

    def _raise(self, row: Row, value: int) -> None:
        if value <= self.low.get(row, -1):
            return
        waiting = [(row, value)]
        while waiting:
            row, value = waiting.pop()
            more = value - self.low.get(row, 0)
            if more <= 0:
                self.low.setdefault(row, 0)
                continue
            self.low[row] = value
            for join in self.rows.up[row]:
                waiting.append((join.whole, self._add(join, more)))

    def _carry(self, join: Join, more: int) -> None:
        if more:
            self._raise(join.whole, self._add(join, more))

    def _add(self, join: Join, more: int) -> int:
        total = self.total[join.number] = self.total.get(join.number, 0) + more
        self.joined[join.whole].setdefault(join.number, join)
        return total

    def _lower(self, row: Row) -> None:
        """Let rows sink to what is still said of them."""
        waiting = [row]
        while waiting:
            row = waiting.pop()
            still = max((self._height(why) for why in self._reasons(row)), default=None)
            less = self.low.get(row, 0) - (still or 0)
            if still is None:
                self.low.pop(row, None)
            else:
                self.low[row] = still
            if less:
                for join in self.rows.up[row]:
                    self.total[join.number] -= less
                    waiting.append(join.whole)

    def _reasons(self, row: Row) -> Iterator[Why]:
        """All that raises a row: its own figures, the fates of its people, its parts; the plainest first."""
        yield from (Said((f,)) for f in in_order(self.said.get(row, ())) if f.floor is not None)
        yield from self.fates.of(row)
        yield from self._sums(row)

    def _sums(self, row: Row) -> list[Join]:
        found = (join for join in self.joined.get(row, {}).values() if self.total[join.number])
        return sorted(found, key=lambda join: (_PLAIN.get(join.rule, 1), join.rule, join.name))  # the plainest first

    def _height(self, why: Why) -> int:
        return why.total if isinstance(why, Said) else self.total[why.number]

    def proof(self, row: Row, why: Why | None = None) -> Proof:
        """Why a row is at least what it is (or, given another reason, what that reason gives)."""
        terms: list[Term] = []
        rules: set[str] = set()
        waiting = [why or self.why(row)]
        while waiting:
            reason = waiting.pop()
            if isinstance(reason, Said):
                terms += [Term(f, f.floor or 0) for f in reason.figures]
                rules |= {*reason.rules, *(f.implied for f in reason.figures)} - {""}
                rules.update(rule for f in reason.figures if f.people for rule in f.people.rules)
            elif reason is not None:
                rules.add(reason.rule)
                waiting += [self.why(part) for part in reason.parts if self.low.get(part)]
        terms.sort(key=lambda term: (-term.value, term.figure.key, term.figure.name))
        return Proof(tuple(terms), sum(term.value for term in terms), tuple(sorted(rules)))

    def why(self, row: Row) -> Why | None:
        """What raises the row to where it is: of several reasons the one that rests on the fewest figures."""
        low = self.low.get(row)
        said = [f for f in self.said.get(row, ()) if f.floor == low]
        if said:
            return Said((min(said, key=settled_order),))
        found = [why for why in self._reasons(row) if self._height(why) == low]
        if len(found) < 2:
            return found[0] if found else None
        return min(found, key=lambda why: len(self.proof(row, why).terms))

    def ways(self, row: Row, above: int) -> Iterator[Proof]:
        """Every way in which others than its own figures prove the row to be above a number."""
        if self.low.get(row, 0) > above:
            others: list[Why] = [*self.fates.of(row), *self._sums(row)]
            for why in others:
                if self._height(why) > above:
                    yield self.proof(row, why)
