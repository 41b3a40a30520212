"""The least that figures prove of every row: sums climb the tree of places and the ladder of quantities.

All joins have one form: *a whole is at least the sum of these separate parts*. The least solution of
such a system exists, is found by raising rows until nothing moves, and satisfies every join: so the
floor is exact, and the figures fit under a ceiling if and only if the floor does.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from .figures import outside
from .moments import Moment
from .places import Atlas
from .results import Figure, Key, Proof, Term
from .rules import AMONG_DETAINED, APART_BY_SCOPE, STOCKS, Rules

Row = int
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class Join:
    """A whole that is at least the sum of separate parts."""

    rule: str
    whole: Row
    parts: dict[Row, None] = field(default_factory=dict)
    total: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """Why a row is at least so much: these figures say so of it, by this rule beside the plain words."""

    figures: tuple[Figure, ...]
    rule: str = ""


Why = Said | Join


@dataclass(slots=True)
class Newest:
    """The latest moments that speak of a row or of anything beneath it: the last, and the last of another key."""

    first: tuple[datetime, str] = (_LONG_AGO, "")
    other: tuple[datetime, str] = (_LONG_AGO, "")

    def add(self, hi: datetime, key: str) -> bool:
        """Whether the moment changed anything."""
        one = (hi, key)
        if one <= self.first and key == self.first[1]:
            return False
        if one > self.first:
            if key != self.first[1]:
                self.other = self.first
            self.first = one
            return True
        if one > self.other:
            self.other = one
            return True
        return False

    def settled_by(self, moment: Moment) -> bool:
        """Whether nothing newer than the moment is known, or only what was said together with it."""
        newest = self.other if self.first[1] == moment.key else self.first
        return newest[0] <= moment.lo


class Floor:
    """Rows, the joins between them, and the most that is proved of each from below so far."""

    def __init__(self, atlas: Atlas, rules: Rules) -> None:
        self.atlas, self.rules = atlas, rules
        self.rows: dict[tuple[Key, str], Row] = {}
        self.keys: list[tuple[Key, str]] = []
        self.low: list[int] = []
        self.why: list[Why | None] = []
        self.newest: list[Newest] = []
        self.up: list[list[Join]] = []
        self.into: list[list[Join]] = []
        self.moments: dict[tuple[datetime, str], Moment] = {}
        self.joins: dict[tuple[str, Row, str], Join] = {}
        self.said: defaultdict[Row, list[Figure]] = defaultdict(list)
        self._released: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
        self._rests: defaultdict[Row, list[tuple[Row, tuple[str, ...]]]] = defaultdict(list)
        self._children: defaultdict[Row, list[Row]] = defaultdict(list)

    # --- rows and joins

    def row(self, key: Key, moment: str = "", apart: tuple[str, ...] = ()) -> Row:
        """The row of a key (of a stock: at a moment), made with all that it is a part of when new."""
        if key.quantity not in STOCKS and "growing" in self.rules:
            moment = ""
        found = self.rows.get((key, moment))
        return self._make(key, moment, apart) if found is None else found

    def _make(self, key: Key, moment: str, apart: tuple[str, ...]) -> Row:
        row = self.rows[key, moment] = len(self.keys)
        self.keys.append((key, moment))
        self.low.append(0)
        self.why.append(None)
        self.newest.append(Newest())
        self.up.append([])
        self.into.append([])
        if apart:
            self._join_outside(row, key, moment, apart)
        elif (wider := self.atlas.above(key.place)) is not None and "parts" in self.rules:
            whole = self.row(replace(key, place=wider), moment)
            self._children[whole].append(row)
            self.join("parts", whole, [row])
            for rest, without in self._rests[whole]:
                self._join_rest(rest, row, without)
        for rule, whole_key in self._wider_counts(key):
            name = f"{key.quantity}|{key.among}|{key.of}|{moment}"
            self.join(rule, self.row(whole_key, moment, apart), [row], name)
        return row

    def _wider_counts(self, key: Key) -> Iterator[tuple[str, Key]]:
        """The counts that everybody in this one is also in, at the same place."""
        if key.of and key.quantity not in APART_BY_SCOPE and "scope" in self.rules:
            yield "scope", replace(key, of="")
        if key.among and "among" in self.rules:
            yield "among", replace(key, among="")
        if key.quantity in AMONG_DETAINED and not key.of and "among_detained" in self.rules:
            yield "among_detained", replace(key, quantity="detained")
        if key.quantity == "cities" and key.of == "detentions" and "city_has_one" in self.rules:
            yield "city_has_one", Key("detained", key.place, key.among)

    def _join_outside(self, row: Row, key: Key, moment: str, apart: tuple[str, ...]) -> None:
        """A place without some parts: with them it makes up the whole; the other parts lie in it."""
        if "outside" not in self.rules:
            return
        base = replace(key, place=key.place.partition(" (outside ")[0])
        whole = self.row(base, moment)
        self.join("outside", whole, [row, *(self.row(replace(key, place=place), moment) for place in apart)], key.place)
        self._rests[whole].append((row, apart))
        for child in list(self._children[whole]):
            self._join_rest(row, child, apart)

    def _join_rest(self, rest: Row, child: Row, apart: tuple[str, ...]) -> None:
        key, moment = self.keys[child]
        if key.place in apart or any(self.atlas.within(key.place, place) for place in apart):
            return
        inside = tuple(place for place in apart if self.atlas.within(place, key.place))
        part = self.row(replace(key, place=outside(key.place, inside)), moment, inside) if inside else child
        self.join("parts", rest, [part])

    def join(self, rule: str, whole: Row, parts: list[Row], name: str = "") -> None:
        """State that a whole is at least the sum of parts; parts of one name are added to what is there."""
        join = self.joins.get((rule, whole, name))
        if join is None:
            join = self.joins[rule, whole, name] = Join(rule, whole)
            self.into[whole].append(join)
        for part in parts:
            if part not in join.parts:
                join.parts[part] = None
                self.up[part].append(join)
                self._grow(join, self.low[part])
                self._tell(whole, *self.newest[part].other)
                self._tell(whole, *self.newest[part].first)

    # --- raising

    def feed(self, figures: Iterable[Figure]) -> None:
        """Take in figures, earliest first."""
        for figure in in_order(figures):
            self.add(figure)

    def add(self, figure: Figure) -> Row:
        """Take in one figure. Figures must come in the order of `in_order`."""
        row = self.row(figure.key, figure.moment.key, figure.apart)
        self.said[row].append(figure)
        if figure.floor is not None or figure.ceiling is not None:
            self.moments[figure.moment.hi, figure.moment.key] = figure.moment
            self._tell(row, figure.moment.hi, figure.moment.key)
        if figure.floor is not None:
            self._raise(row, figure.floor, Said((figure,)))
            self._free_or_held(figure)
        return row

    def _free_or_held(self, figure: Figure) -> None:
        """Those released by a moment and those held at it are different people, all of them detained."""
        key = figure.key
        if (
            key.of
            or figure.floor is None
            or "released_not_held" not in self.rules
            or "among_detained" not in self.rules
        ):
            return
        if key.quantity == "released":
            self._released[key.place, key.among].append(figure)
        elif key.quantity == "still_held":
            freed = [f for f in self._released[key.place, key.among] if f.moment.settles(figure.moment)]
            if freed:
                most = max(freed, key=lambda f: (f.floor or 0, f.name))
                whole = self.row(replace(key, quantity="detained"), "", figure.apart)
                self._raise(whole, (most.floor or 0) + figure.floor, Said((most, figure), "released_not_held"))

    def _tell(self, row: Row, hi: datetime, key: str) -> None:
        waiting = [row]
        while waiting:
            row = waiting.pop()
            if hi != _LONG_AGO and self.newest[row].add(hi, key):
                waiting.extend(join.whole for join in self.up[row])

    def _raise(self, row: Row, value: int, why: Why) -> None:
        waiting: list[tuple[Row, int, Why]] = [(row, value, why)]
        while waiting:
            row, value, why = waiting.pop()
            more = value - self.low[row]
            if more <= 0:
                continue
            self.low[row], self.why[row] = value, why
            for join in self.up[row]:
                join.total += more
                waiting.append((join.whole, join.total, join))

    def _grow(self, join: Join, more: int) -> None:
        if more:
            join.total += more
            self._raise(join.whole, join.total, join)

    # --- reasons

    def proof(self, row: Row, why: Why | None = None) -> Proof:
        """Why a row is at least what it is (or, given another reason, what that reason gives)."""
        terms: list[Term] = []
        rules: set[str] = set()
        waiting = [why or self.why[row]]
        while waiting:
            reason = waiting.pop()
            if isinstance(reason, Said):
                terms += [Term(f, f.floor or 0) for f in reason.figures]
                rules |= {reason.rule} - {""}
            elif reason is not None:
                rules.add(reason.rule)
                waiting += [self.why[part] for part in reason.parts if self.low[part]]
        terms.sort(key=lambda term: (-term.value, term.figure.key, term.figure.name))
        return Proof(tuple(terms), sum(term.value for term in terms), tuple(sorted(rules)))

    def alternatives(self, row: Row) -> Iterator[tuple[int, Why]]:
        """Every way in which the row is bounded from below: its own figures, and each join into it."""
        best: dict[str, Figure] = {}
        for figure in self.said[row]:
            if figure.floor and figure.floor > (best[figure.speaker].floor or 0 if figure.speaker in best else 0):
                best[figure.speaker] = figure
        for figure in best.values():
            yield figure.floor or 0, Said((figure,))
        for join in self.into[row]:
            if join.total:
                yield join.total, join
        why = self.why[row]
        if isinstance(why, Said) and why.rule:
            yield self.low[row], why


def in_order(figures: Iterable[Figure]) -> list[Figure]:
    """Figures in the order in which a floor takes them: by time, stocks after the rest, then by name."""
    return sorted(figures, key=lambda f: (f.moment.hi, f.key.quantity in STOCKS, f.name))
