"""Sizes of a crowd that several people tell of one hour: a crowd comes and goes, but at one hour it has one size."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from .broken import Suspect
from .results import Figure, Key
from .rows import Rows
from .rules import PEAKS

_Hour = tuple[Key, datetime]


class Crowds:
    """What is told of one crowd at one hour. Figures may come and go."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._hours: defaultdict[_Hour, list[Figure]] = defaultdict(list)
        self._stirred: set[_Hour] = set()
        self._found: dict[_Hour, tuple[Suspect, ...]] = {}

    def add(self, figure: Figure) -> None:
        """Take in one figure."""
        self._change(figure, list.append)

    def drop(self, figure: Figure) -> None:
        """Let go of a figure that was taken in."""
        self._change(figure, list.remove)

    def found(self) -> Iterable[Suspect]:
        """Every size of a crowd at an hour below one that somebody else tells."""
        for hour in self._stirred:
            self._found[hour] = tuple(chain.from_iterable(self._of(f, self._hours[hour]) for f in self._hours[hour]))
        self._stirred = set()
        return chain.from_iterable(self._found.values())

    def _change(self, figure: Figure, change: Callable[[list[Figure], Figure], None]) -> None:
        start, end = figure.moment.real
        if figure.key.quantity in PEAKS and figure.named and figure.dated and start == end:
            change(self._hours[figure.key, start], figure)
            self._stirred.add((figure.key, start))

    def _of(self, figure: Figure, told: Sequence[Figure]) -> Iterator[Suspect]:
        """A size as the most that there were, first by the plain words, then with "about" within its tolerance."""
        others = [f for f in told if f.speaker != figure.speaker]
        plainly = self._against(_capped(figure), others)
        roughly = self._against(_capped(_rough(figure)), map(_rough, others)) if "about" in self._rows.rules else None
        if plainly:
            yield plainly
        elif roughly:
            yield roughly

    def _against(self, cap: Figure, others: Iterable[Figure]) -> Suspect | None:
        more = [f for f in others if cap.ceiling is not None and (f.floor or 0) > cap.ceiling]
        if not more:
            return None
        gap = max(f.floor or 0 for f in more) - (cap.ceiling or 0)
        rough = any(f.roughly.known for f in (cap, *more))
        return Suspect(cap, self._rows.of(cap), gap, lambda: more, ("about",) if rough else ())


def _capped(figure: Figure) -> Figure:
    """The figure as a full count of its hour."""
    if figure.ceiling is not None or figure.bound in ("about", "vague", "at_least"):
        return figure
    return figure._replace(ceiling=figure.high)


def _rough(figure: Figure) -> Figure:
    known = figure.roughly.known
    return figure._replace(floor=figure.roughly.low, ceiling=figure.roughly.high) if known else figure
