"""Which ceilings are broken, by what must be true and by what is only assumed.

One pass over the figures in the order of time raises the floor of everything said so far; a ceiling that is below
the floor at its own latest moment is a suspect. No other can be broken: fewer figures prove less.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .floor import Floor, in_order
from .moments import FINAL, Moment
from .places import Atlas
from .results import Figure, Key, Proof
from .rows import Row, Rows
from .rules import STOCKS

Name = tuple[str, Key]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A ceiling, how far the floor is above it at most, and how to find the figures to be held against it.

    `assumes` names what has to be assumed; `shown` tells figures that an assumption has moved as they were said.
    """

    ceiling: Figure
    row: Row
    gap: int
    against: Callable[[], Sequence[Figure]]
    assumes: tuple[str, ...] = ()
    shown: Mapping[Figure, Figure] = field(default_factory=dict)

    @property
    def limit(self) -> int:
        return self.ceiling.ceiling or 0

    def as_said(self, proof: Proof) -> Proof:
        """The proof with the figures as they were said."""
        return replace(proof, terms=tuple(t._replace(figure=self.shown.get(t.figure, t.figure)) for t in proof.terms))


def suspects(figures: Sequence[Figure], rows: Rows) -> list[Suspect]:
    """Every ceiling that may be broken, the weightiest first."""
    found = [*_broken(figures, rows), *_assumed(figures, rows)]
    return sorted(found, key=_weight)


def _weight(one: Suspect) -> tuple[object, ...]:
    figure = one.ceiling
    return (
        bool(one.assumes),
        not figure.named,
        figure.side != "authority",
        -one.gap,
        figure.name,
        figure.key,
        one.assumes,
    )


def _broken(figures: Iterable[Figure], rows: Rows) -> Iterator[Suspect]:
    """Every ceiling below what is proved of its row when it was said."""
    floor = Floor(rows)
    waiting: list[tuple[Figure, Row]] = []
    high: list[tuple[Figure, Row, int]] = []

    def look() -> None:
        for figure, row in waiting:
            gap = floor.low.get(row, 0) - (figure.ceiling or 0)
            if gap > 0:
                high.append((figure, row, gap))
        waiting.clear()

    for figure in in_order(figures):
        if waiting and waiting[0][0].moment.hi < figure.moment.hi:
            look()
        row = floor.add(figure)
        if figure.ceiling is not None:
            waiting.append((figure, row))
    look()
    beneath = _Beneath(floor)
    for figure, row, gap in high:
        yield Suspect(figure, row, gap, beneath.settling(row, figure.moment))


class _Beneath:
    """The figures that say anything of a row or of what adds to it, in the order in which a floor takes them."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.known: dict[Row, list[Figure]] = {}

    def settling(self, row: Row, moment: Moment) -> Callable[[], list[Figure]]:
        """How to find those of them that a count made at the moment must cover."""
        return lambda: [f for f in self(row) if f.moment.settles(moment)]

    def __call__(self, row: Row) -> list[Figure]:
        if row not in self.known:
            said = self.floor.said
            self.known[row] = in_order(
                f for part in self.floor.rows.beneath(row) for f in said.get(part, ()) if f.floor
            )
        return self.known[row]


# --- what has to be assumed


def _assumed(figures: Sequence[Figure], rows: Rows) -> Iterator[Suspect]:
    """Ceilings that are broken only if a named assumption holds."""
    if "last_word" in rows.rules:
        yield from _last_word(figures, rows)
    if "about" in rows.rules:
        yield from _about(figures, rows)
    stocks = [f for f in figures if f.key.quantity in STOCKS and f.ceiling is not None]
    held = _ByPlace((f for f in figures if f.key.quantity in STOCKS and f.floor), rows.atlas)
    jailed = _ByPlace((f for f in figures if f.key.quantity == "jailed" and f.floor), rows.atlas)
    for ceiling in stocks:
        yield from _at_one_moment(ceiling, rows, "jailed_are_held", jailed, _next_day)
        yield from _at_one_moment(ceiling, rows, "same_day", held, _same_day)
        if ceiling.ceiling == 0 and not ceiling.partial:
            yield from _at_one_moment(ceiling, rows, "released_stay_free", held, _afterwards)


def _last_word(figures: Sequence[Figure], rows: Rows) -> Iterator[Suspect]:
    """A speaker's last figure held to be the full count; growth is no answer where officials spoke."""
    last = _last_figures(figures)
    at_the_end = [
        f._replace(moment=f.moment.at_the_end()) if (f.name, f.key) in last else f._replace(ceiling=None)
        for f in figures
    ]
    said = {(f.name, f.key): f for f in figures}

    def against(one: Suspect, ceiling: Figure) -> Callable[[], list[Figure]]:
        return lambda: [f for f in (said[f.name, f.key] for f in one.against()) if _meets(ceiling, f)]

    for one in _broken(at_the_end, rows):
        ceiling = said[one.ceiling.name, one.ceiling.key]
        yield Suspect(ceiling, one.row, one.gap, against(one, ceiling), ("last_word",))


def _last_figures(figures: Iterable[Figure]) -> set[Name]:
    """What each named speaker said last of each row, where that is an open count with a ceiling.

    A relay that only the day is known of is nobody's last word beside a figure with a time.
    """
    lines: defaultdict[tuple[str, Key], list[Figure]] = defaultdict(list)
    for f in figures:
        if f.named and not f.others and f.key.quantity not in STOCKS and f.number is not None:
            lines[f.speaker, f.key].append(f)
    last = (max(line, key=lambda f: (f.dated, f.moment.real, f.number or 0, f.name)) for line in lines.values())
    return {(f.name, f.key) for f in last if f.ceiling is not None and f.moment.lo != FINAL}


def _meets(ceiling: Figure, figure: Figure) -> bool:
    """Whether mere growth between the two figures is no ready answer, and they are not compared anyway."""
    same_row = figure.speaker == ceiling.speaker and figure.key == ceiling.key
    if same_row or figure.moment.settles(ceiling.moment):
        return False
    if ceiling.side == "authority" and figure.side == "independent":
        return True
    return figure.named and not ceiling.moment.hi <= figure.moment.lo


def _about(figures: Sequence[Figure], rows: Rows) -> Iterator[Suspect]:
    """What is said to be about N, taken to lie within its tolerance."""
    rough = [_within_tolerance(f) if f.roughly.known and f.named else f for f in figures]

    def against(one: Suspect) -> Callable[[], list[Figure]]:
        return lambda: [f for f in one.against() if one.ceiling.roughly.known or f.roughly.known]

    for one in _broken(rough, rows):
        yield replace(one, against=against(one), assumes=("about",))


def _within_tolerance(figure: Figure) -> Figure:
    return figure._replace(floor=figure.roughly.low, ceiling=None if figure.partial else figure.roughly.high)


class _ByPlace:
    """Figures by every place that they lie in."""

    def __init__(self, figures: Iterable[Figure], atlas: Atlas) -> None:
        self._found: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
        for f in figures:
            for place in atlas.path(f.key.place):
                self._found[place, f.key.among].append(f)

    def within(self, key: Key) -> Sequence[Figure]:
        return self._found.get((key.place, key.among), ())


def _at_one_moment(
    ceiling: Figure, rows: Rows, assumed: str, held: _ByPlace, meets: Callable[[Moment, Moment], bool]
) -> Iterator[Suspect]:
    """Figures taken as counts of the held at the moment of the ceiling."""
    if assumed not in rows.rules:
        return
    said = [f for f in held.within(ceiling.key) if meets(f.moment, ceiling.moment)]
    if sum(f.floor or 0 for f in said) <= (ceiling.ceiling or 0):
        return
    moved = {f._replace(key=f.key._replace(quantity=ceiling.key.quantity), moment=ceiling.moment): f for f in said}
    row = rows.of(ceiling)
    for figure in moved:
        rows.of(figure)
    gap = Floor(rows, in_order(moved)).low.get(row, 0) - (ceiling.ceiling or 0)
    if gap > 0:
        yield Suspect(ceiling, row, gap, lambda: in_order(moved), (assumed,), moved)


def _next_day(sentence: Moment, count: Moment) -> bool:
    """Whether the count was made after the sentence and no later than the end of the day after it."""
    (_, passed), (start, end) = sentence.real, count.real
    if FINAL in (passed, start, end):
        return False
    return passed <= start and (end.date() - passed.date()).days <= 2 and (end - passed).total_seconds() <= 48 * 3600


def _afterwards(held: Moment, none: Moment) -> bool:
    """Whether people were held after a count of none."""
    return none.hi <= held.lo and none.key != held.key


def _same_day(one: Moment, other: Moment) -> bool:
    """Whether two counts are dated to one day, and nothing tells which came first."""
    return one.real == other.real and one.key != other.key and one.hi != FINAL
