"""The rows of a case and how they are joined. All joins have one form: *a whole is at least the sum of these parts*.

The rows and joins of all figures are laid out once; then any set of figures is poured over them (see `floor`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .figures import outside
from .places import Atlas
from .results import Figure, Key
from .rules import (
    AMONG_DETAINED,
    APART_BY_SCOPE,
    APART_GROUPS,
    COUNTED_APART,
    COUNTED_PLACES,
    MOVED,
    PAPERS,
    RECKONED,
    STOCKS,
    WITH_DETENTIONS,
    Rules,
)

Row = int
_MOVED = frozenset(MOVED.values())
_IN_CUSTODY = AMONG_DETAINED | _MOVED


@dataclass(frozen=True, slots=True, eq=False)
class Join:
    """A whole that is at least the sum of separate parts; `exact` where it is no more than that either."""

    number: int
    rule: str
    name: str
    whole: Row
    parts: dict[Row, None] = field(default_factory=dict)

    @property
    def exact(self) -> bool:
        return self.rule == "outside"


class Rows:
    """Every row that anything is said of, with all that it is a part of."""

    def __init__(self, atlas: Atlas, rules: Rules, figures: Iterable[Figure] = ()) -> None:
        self.atlas, self.rules = atlas, rules
        self._timed = STOCKS if "growing" in rules else RECKONED
        self.keys: list[tuple[Key, str]] = []
        self.up: list[list[Join]] = []
        self.into: list[list[Join]] = []
        self.joins: list[Join] = []
        self.divisions: list[Join] = []
        self.rank: list[tuple[int, int]] = []
        self.grown: list[tuple[Join, Row]] = []
        self._known: dict[tuple[Key, str], Row] = {}
        self._named: dict[tuple[str, Row, str], Join] = {}
        self._children: defaultdict[Row, list[Row]] = defaultdict(list)
        self._rests: defaultdict[Row, list[tuple[Row, tuple[str, ...]]]] = defaultdict(list)
        for figure in figures:
            self.of(figure)

    def of(self, figure: Figure) -> Row:
        """The row that a figure speaks of."""
        key = figure.key
        found = self._known.get((key, figure.moment.key if key.quantity in self._timed else ""))
        return self.row(key, figure.moment.key, figure.apart) if found is None else found

    def row(self, key: Key, moment: str = "", apart: tuple[str, ...] = ()) -> Row:
        """The row of a key (of a stock: at a moment), made with all that it is a part of when new."""
        if key.quantity not in self._timed:
            moment = ""
        found = self._known.get((key, moment))
        return self._make(key, moment, apart) if found is None else found

    def _make(self, key: Key, moment: str, apart: tuple[str, ...]) -> Row:
        row = self._known[key, moment] = len(self.keys)
        self.keys.append((key, moment))
        self.rank.append(self._rank(key, apart))
        self.up.append([])
        self.into.append([])
        if apart:
            self._join_outside(row, key, moment, apart)
        elif (wider := self._above(key)) is not None:
            whole = self.row(_at(key, wider), moment)
            self._children[whole].append(row)
            self._join("parts", whole, [row])
            for rest, without in self._rests[whole]:
                self._join_rest(rest, row, without)
        for rule, whole_key in self._wider_counts(key):
            group = APART_GROUPS.get(key.among, key.among) if rule == "among" else key.among
            name = f"{key.quantity}|{key.place}|{group}|{key.of}|{moment}" if rule != "city_has_one" else _besides(key)
            self._join(rule, self.row(whole_key, moment, apart), [row], name)
        return row

    def _rank(self, key: Key, apart: tuple[str, ...]) -> tuple[int, int]:
        """Where a row stands in an order in which parts come before all that they are a part of."""
        place = key.place.partition(" (outside ")[0] if apart else key.place
        depth = 2 * len(self.atlas.path(place)) + bool(apart)
        narrow = (key.quantity != "detained") + bool(key.among) + bool(key.of)
        few = key.quantity == "charges" and self.rules.lawful("one_paper_each", self.atlas.path(place)[-1])
        return -depth, -3 * narrow - (key.quantity == "charged") - 2 * few

    def _wider_counts(self, key: Key) -> Iterator[tuple[str, Key]]:
        """The counts that everybody in this one is also in, at the same place."""
        if key.of and key.quantity not in APART_BY_SCOPE and "scope" in self.rules:
            yield "scope", Key(key.quantity, key.place, key.among)
        if key.among and "among" in self.rules and (key.quantity, key.among) not in COUNTED_APART:
            yield "among", Key(key.quantity, key.place, "", key.of)
        if key.quantity in _IN_CUSTODY and not key.of and "among_detained" in self.rules:
            yield from self._detained(key)
        if _with_detentions(key) and "city_has_one" in self.rules:
            yield "city_has_one", Key("detained", key.place, key.among)
        if key.quantity in PAPERS and not key.of:
            yield from self._papers(key)

    def _above(self, key: Key) -> str | None:
        """The next wider place to whose count this one adds; who was moved out of a town may still be in its region."""
        return self.atlas.above(key.place) if "parts" in self.rules and key.quantity not in _MOVED else None

    def _detained(self, key: Key) -> Iterator[tuple[str, Key]]:
        """Where those in custody at a place were detained: there, or, if they may have been brought, in the country."""
        if key.quantity in AMONG_DETAINED and key.place not in self.atlas.entered:
            yield "among_detained", Key("detained", key.place, key.among)
        elif key.quantity in _MOVED:
            yield "among_detained", Key("detained", self.atlas.path(key.place)[-1], key.among)

    def _papers(self, key: Key) -> Iterator[tuple[str, Key]]:
        """Papers are joined to people by law only: as many as people charged, or as few."""
        country = self.atlas.path(key.place)[-1]
        few = self.rules.lawful("one_paper_each", country)
        if few and key.quantity == "charges":
            yield "one_paper_each", key._replace(quantity="charged")
        if not few and key.quantity == "charged" and self.rules.lawful("charged_has_paper", country):
            yield "charged_has_paper", key._replace(quantity="charges")

    def _join_outside(self, row: Row, key: Key, moment: str, apart: tuple[str, ...]) -> None:
        """A place without some parts: with them it makes up the whole; the other parts lie in it."""
        if "outside" not in self.rules:
            return
        base = _at(key, key.place.partition(" (outside ")[0])
        whole = self.row(base, moment)
        self._join("outside", whole, [row, *(self.row(_at(key, place), moment) for place in apart)], key.place)
        self._rests[whole].append((row, apart))
        for child in list(self._children[whole]):
            self._join_rest(row, child, apart)

    def _join_rest(self, rest: Row, child: Row, apart: tuple[str, ...]) -> None:
        """What of a child lies outside the parts: all of it, none of it, or the child without them."""
        key, moment = self.keys[child]
        if any(self.atlas.within(key.place, place) for place in apart):
            return
        inside = tuple(place for place in apart if self.atlas.within(place, key.place))
        part = self.row(_at(key, outside(key.place, inside)), moment, inside) if inside else child
        self._join("parts", rest, [part])

    def _join(self, rule: str, whole: Row, parts: Iterable[Row], name: str = "") -> None:
        """State that a whole is at least the sum of parts; parts of one name are added to what is there."""
        join = self._named.get((rule, whole, name))
        if join is None:
            join = self._named[rule, whole, name] = Join(len(self.joins), rule, name, whole)
            self.joins.append(join)
            if join.exact:
                self.divisions.append(join)
            self.into[whole].append(join)
        for part in parts:
            if part not in join.parts:
                join.parts[part] = None
                self.up[part].append(join)
                self.grown.append((join, part))

    def above(self, rows: Iterable[Row]) -> set[Row]:
        """The rows and every row that they add to."""
        seen = set(rows)
        waiting = list(seen)
        while waiting:
            fresh = {join.whole for join in self.up[waiting.pop()]} - seen
            seen |= fresh
            waiting += fresh
        return seen

    def beneath(self, row: Row) -> Iterator[Row]:
        """The row and every row that adds to it."""
        seen, waiting = {row}, [row]
        while waiting:
            row = waiting.pop()
            yield row
            for join in self.into[row]:
                fresh = [part for part in join.parts if part not in seen]
                seen.update(fresh)
                waiting += fresh


def besides_one(quantity: str, place: str) -> Key:
    """The row of those detained besides one for each city, or region, with detentions."""
    return Key("detained", place, "", f"{BESIDES}{quantity}")


BESIDES = "besides one in each of the "


def _with_detentions(key: Key) -> bool:
    counted = key.quantity in COUNTED_PLACES and key.of == WITH_DETENTIONS
    return counted or (key.quantity == "detained" and key.of.startswith(BESIDES))


def _besides(key: Key) -> str:
    """What names the sum of a number of places and of those detained there besides one in each."""
    return key.of.removeprefix(BESIDES) if key.of.startswith(BESIDES) else key.quantity


def _at(key: Key, place: str) -> Key:
    return Key(key.quantity, place, key.among, key.of)
