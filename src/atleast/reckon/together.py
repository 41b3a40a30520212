"""Ceilings of a stock that are broken only if other figures are taken as counts of the same moment."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from itertools import chain

from .broken import Suspect
from .fates import in_order
from .floor import Floor
from .moments import FINAL, Moment
from .places import Atlas
from .results import Figure
from .rows import Rows
from .rules import STOCKS

_Place = tuple[str, str]
_Meets = Callable[[Moment, Moment], bool]


class Together:
    """Counts of people held, and of people jailed, against counts of the held at a moment that is taken to be one."""

    def __init__(self, rows: Rows, over: datetime | None = None) -> None:
        """`over` is the end of the event, if that is known."""
        self._rows, self._over = rows, over
        self._held = _ByPlace(rows.atlas)
        self._jailed = _ByPlace(rows.atlas)
        self._ceilings: defaultdict[_Place, list[Figure]] = defaultdict(list)
        self._stirred: list[Figure] = []
        self._found: dict[Figure, tuple[Suspect, ...]] = {}

    def add(self, figure: Figure) -> None:
        """Take in one figure."""
        self._change(figure, list.append)

    def drop(self, figure: Figure) -> None:
        """Let go of a figure that was taken in."""
        self._change(figure, list.remove)

    def found(self) -> Iterable[Suspect]:
        """Every ceiling that may be broken so."""
        for ceiling in self._touched() if self._found else chain.from_iterable(self._ceilings.values()):
            self._found[ceiling] = tuple(self._of(ceiling))
        self._stirred = []
        return chain.from_iterable(self._found.values())

    def _touched(self) -> set[Figure]:
        """The ceilings that are new, and those on which figures bear that came or went."""
        told = {c for f in self._stirred for place in self._held.places(f) for c in self._ceilings.get(place, ())}
        return {c for c in told if c not in self._found or any(_bears(f, c) for f in self._stirred)}

    def _change(self, figure: Figure, change: Callable[[list[Figure], Figure], None]) -> None:
        quantity = figure.key.quantity
        if quantity in STOCKS and figure.ceiling is not None:
            change(self._ceilings[figure.key.place, figure.key.among], figure)
            self._found.pop(figure, None)
        if quantity in STOCKS or (figure.floor and quantity == "jailed"):
            self._stirred.append(figure)
        if figure.floor and (quantity in STOCKS or quantity == "jailed"):
            (self._held if quantity in STOCKS else self._jailed).change(figure, change)

    def _of(self, ceiling: Figure) -> Iterator[Suspect]:
        yield from self._at_one_moment(ceiling, "jailed_are_held", self._jailed, _next_day)
        yield from self._at_one_moment(ceiling, "same_day", self._held, _same_day)
        if ceiling.ceiling == 0 and not ceiling.partial:
            yield from self._at_one_moment(ceiling, "released_stay_free", self._held, _afterwards)
        elif self._over is not None and ceiling.moment.lo >= self._over:
            yield from self._at_one_moment(ceiling, "held_grow_fewer", self._held, _afterwards, by_others=True)

    def _at_one_moment(
        self, ceiling: Figure, assumed: str, held: "_ByPlace", meets: _Meets, *, by_others: bool = False
    ) -> Iterator[Suspect]:
        """Figures (of others than the ceiling's speaker) taken as counts of the held at the moment of the ceiling."""
        if assumed not in self._rows.rules:
            return
        said = [f for f in held.meeting(ceiling, meets) if not (by_others and f.speaker == ceiling.speaker)]
        row, gap = self._rows.of(ceiling), self._at_most(said) - (ceiling.ceiling or 0)
        if gap > 0 and not self._plain_tree(said):
            gap = Floor(self._rows, _moved(said, ceiling)).low.get(row, 0) - (ceiling.ceiling or 0)
        if gap > 0:
            moved = cache(lambda: _moved(said, ceiling))
            yield Suspect(ceiling, row, gap, lambda: in_order(moved()), (assumed,), moved)

    def _plain_tree(self, figures: Sequence[Figure]) -> bool:
        """Whether nothing but the tree of places joins the figures."""
        return "parts" in self._rows.rules and not any(f.key.of or f.apart for f in figures)

    def _at_most(self, figures: Sequence[Figure]) -> int:
        """What figures of one moment prove of the place that they all lie in; where other joins bear, no less."""
        if not self._plain_tree(figures):
            return sum(f.floor or 0 for f in figures)
        atlas = self._rows.atlas
        low: dict[str, int] = {}
        for f in figures:
            low[f.key.place] = max(low.get(f.key.place, 0), f.floor or 0)
        sums: defaultdict[str, int] = defaultdict(int)
        for place in sorted({p for name in low for p in atlas.path(name)}, key=lambda p: -len(atlas.path(p))):
            sums[place] = max(sums[place], low.get(place, 0))
            if (wider := atlas.above(place)) is not None:
                sums[wider] += sums[place]
        return max(sums.values(), default=0)


def _moved(figures: Iterable[Figure], ceiling: Figure) -> dict[Figure, Figure]:
    """The figures as counts of the ceiling's quantity at its moment, with what they were."""
    quantity, moment = ceiling.key.quantity, ceiling.moment
    return {f._replace(key=f.key._replace(quantity=quantity), moment=moment): f for f in figures}


class _ByPlace:
    """Figures by every place that they lie in, and by when they were true."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._said: defaultdict[_Place, defaultdict[object, list[Figure]]] = defaultdict(lambda: defaultdict(list))

    def change(self, figure: Figure, change: Callable[[list[Figure], Figure], None]) -> None:
        """Take in a figure or let go of it."""
        for place in self.places(figure):
            change(self._said[place][figure.moment.real, figure.moment.lo, figure.moment.hi], figure)

    def places(self, figure: Figure) -> list[_Place]:
        """The places it bears on."""
        return [(place, figure.key.among) for place in self._atlas.path(figure.key.place)]

    def meeting(self, ceiling: Figure, meets: _Meets) -> list[Figure]:
        """The figures of the ceiling's place, and of what lies in it, whose moments meet its own."""
        by_time = self._said.get((ceiling.key.place, ceiling.key.among))
        near = (
            figures for figures in (by_time or {}).values() if figures and meets(_nobodys(figures[0]), ceiling.moment)
        )
        return [f for figures in near for f in figures if meets(f.moment, ceiling.moment)]


def _nobodys(figure: Figure) -> Moment:
    """When the figure was true, whoever said it."""
    return figure.moment._replace(key="")


def _bears(figure: Figure, ceiling: Figure) -> bool:
    """Whether a figure may be taken as a count of the moment of a ceiling."""
    moments = figure.moment, ceiling.moment
    return _same_day(*moments) or _afterwards(*moments) if figure.key.quantity in STOCKS else _next_day(*moments)


def _next_day(sentence: Moment, count: Moment) -> bool:
    """Whether the count was made after the sentence and no later than the end of the day after it."""
    (_, passed), (start, end) = sentence.real, count.real
    if FINAL in (passed, start, end):
        return False
    return passed <= start and (end.date() - passed.date()).days <= 2 and (end - passed).total_seconds() <= 48 * 3600


def _afterwards(held: Moment, none: Moment) -> bool:
    """Whether people were held after a count of none, or of fewer."""
    return none.hi <= held.lo and none.key != held.key


def _same_day(one: Moment, other: Moment) -> bool:
    """Whether two counts are dated to one day, and nothing tells which came first."""
    return one.real == other.real and one.key != other.key and one.hi != FINAL
