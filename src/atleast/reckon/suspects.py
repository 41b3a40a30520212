"""Which ceilings are broken, by what must be true and by what is only assumed.

A ceiling that is below what is proved of its row by its own latest moment is a suspect. No other can be broken:
fewer figures prove less.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from heapq import nsmallest
from itertools import chain

from .broken import Against, Broken, Suspect
from .crowds import crowds
from .moments import FINAL
from .results import Figure, Key
from .rows import Row, Rows
from .rules import STOCKS
from .sentenced import sentenced
from .together import Together


class Suspects:
    """Every ceiling that may be broken. Figures may come and go."""

    def __init__(
        self, rows: Rows, figures: Iterable[Figure] = (), *, over: datetime | None = None, assuming: bool = True
    ) -> None:
        """With `assuming` off only those that nothing has to be assumed for; `over` is the end of the event."""
        self._rows = rows
        self._assuming = assuming
        self._plain = Broken(rows)
        self._rough = Broken(rows)
        self._last = _LastWords()
        self._together = Together(rows, over)
        self._crowds = crowds(rows)
        self._sentenced = sentenced(rows)
        self._found: dict[Row, tuple[Suspect, ...]] = {}
        for figure in figures:
            self.add(figure)

    def add(self, figure: Figure) -> None:
        """Take in one figure."""
        row = self._rows.of(figure)
        self._plain.add(figure, row)
        if not self._assuming:
            return
        self._rough.add(_within_tolerance(figure), row)
        self._together.add(figure)
        self._crowds.add(figure)
        self._sentenced.add(figure)
        self._plain.stirred.update(map(self._rows.of, self._last.add(figure)))

    def drop(self, figure: Figure) -> None:
        """Let go of a figure that was taken in."""
        row = self._rows.of(figure)
        self._plain.drop(figure, row)
        if not self._assuming:
            return
        self._rough.drop(_within_tolerance(figure), row)
        self._together.drop(figure)
        self._crowds.drop(figure)
        self._sentenced.drop(figure)
        self._plain.stirred.update(map(self._rows.of, self._last.drop(figure)))

    def weightiest(self, most: int) -> tuple[list[Suspect], list[Suspect]]:
        """So many suspects, the weightiest first, and all there are."""
        for row in self._plain.settle() | self._rough.settle():
            self._found[row] = tuple(self._of(row))
        found = [
            *chain.from_iterable(self._found.values()),
            *self._together.found(),
            *self._crowds.found(),
            *self._sentenced.found(),
        ]
        return nsmallest(most, found, key=lambda one: one.weight), found

    def _of(self, row: Row) -> Iterator[Suspect]:
        """The suspects of one row."""
        rules = self._rows.rules
        for figure, gap, against in self._plain.of(row):
            yield Suspect(figure, row, gap, against)
        if "last_word" in rules and self._assuming:
            yield from self._last_words(row)
        for figure, gap, against in self._rough.of(row) if "about" in rules else ():
            yield Suspect(figure, row, gap, _rough_only(figure, against), ("about",))

    def _last_words(self, row: Row) -> Iterator[Suspect]:
        """A speaker's last figure held to be the full count; growth is no answer where officials spoke."""
        low = self._plain.course.at(row, FINAL)
        for figure in self._plain.ceilings.get(row, ()):
            if low > (figure.ceiling or 0) and figure in self._last:
                gap = low - (figure.ceiling or 0)
                yield Suspect(figure, row, gap, self._plain.against(row, figure, _meets), ("last_word",))


# --- what has to be assumed


class _LastWords:
    """What each named speaker said last of each row, where that is an open count with a ceiling.

    A relay that only the day is known of is nobody's last word beside a figure with a time.
    """

    def __init__(self) -> None:
        self._lines: defaultdict[tuple[str, Key], list[Figure]] = defaultdict(list)
        self._last: dict[tuple[str, Key], Figure] = {}

    def add(self, figure: Figure) -> list[Figure]:
        """Take in a figure; those that are the last word, or were it until now."""
        return self._change(figure, list.append)

    def drop(self, figure: Figure) -> list[Figure]:
        """Let go of a figure; those that are the last word, or were it until now."""
        return self._change(figure, list.remove)

    def _change(self, figure: Figure, change: Callable[[list[Figure], Figure], None]) -> list[Figure]:
        if not figure.named or figure.others or figure.key.quantity in STOCKS or figure.number is None:
            return []
        name = figure.speaker, figure.key
        change(self._lines[name], figure)
        before = self._last.pop(name, None)
        if self._lines[name]:
            self._last[name] = max(self._lines[name], key=_how_late)
        after = self._last.get(name)
        return [f for f in (before, after) if f is not None] if before != after else []

    def __contains__(self, figure: Figure) -> bool:
        last = self._last.get((figure.speaker, figure.key))
        return last is not None and last == figure and figure.moment.lo != FINAL


def _how_late(f: Figure) -> tuple[object, ...]:
    return (f.dated, f.moment.real, f.number or 0, f.name)


def _meets(ceiling: Figure, figure: Figure) -> bool:
    """Whether mere growth between the two figures is no ready answer, and they are not compared anyway."""
    same_row = figure.speaker == ceiling.speaker and figure.key == ceiling.key
    if same_row or figure.moment.settles(ceiling.moment):
        return False
    if ceiling.side == "authority" and figure.side == "independent":
        return True
    return figure.named and not ceiling.moment.hi <= figure.moment.lo


def _within_tolerance(figure: Figure) -> Figure:
    """What is said to be about N, taken to lie within its tolerance."""
    if figure.bound not in ("about", "vague") or not figure.named or not figure.roughly.known:
        return figure
    return figure._replace(floor=figure.roughly.low, ceiling=None if figure.partial else figure.roughly.high)


def _rough_only(ceiling: Figure, against: Against) -> Against:
    return lambda: [f for f in against() if ceiling.roughly.known or f.roughly.known]
