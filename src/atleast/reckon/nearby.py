"""Which figures have to be judged again when another one comes or goes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from .manner import UNMISTAKABLE
from .results import Figure, Key

_Line = dict[Figure, None]


class Nearby:
    """Figures by all that a relay's slip is told from: their row, their speaker's number, their number."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._rows: defaultdict[Key, _Line] = defaultdict(dict)
        self._numbers: defaultdict[tuple[str, Key, int | None], _Line] = defaultdict(dict)
        self._totals: defaultdict[tuple[Key, int], _Line] = defaultdict(dict)
        for figure in figures:
            self.add(figure)

    def add(self, figure: Figure) -> None:
        """Take in one figure."""
        for line in self._lines(figure):
            line[figure] = None

    def drop(self, figure: Figure) -> None:
        """Let go of a figure that was taken in."""
        for line in self._lines(figure):
            line.pop(figure, None)

    def of(self, figure: Figure) -> Iterator[Figure]:
        """The figures of which something else may be true when this one comes or goes.

        Those of its row; its speaker's same number elsewhere, and of people where it is of papers; and the same number
        of a part, or one beside it, where it may be the number of a whole.
        """
        speaker, key, number = figure.speaker, figure.key, figure.number
        yield from self._rows.get(key, ())
        for quantity in (key.quantity, *(("detained",) if key.quantity == "charges" else ())):
            yield from self._numbers.get((speaker, key._replace(quantity=quantity, place=""), number), ())
        for near in range(number - 1, number + 2) if number is not None else ():
            yield from self._totals.get((key._replace(place=""), near), ())

    def row(self, key: Key) -> Iterable[Figure]:
        """All figures of a row."""
        return self._rows.get(key, ())

    def _lines(self, figure: Figure) -> Iterator[_Line]:
        count, number = figure.key._replace(place=""), figure.number
        yield self._rows[figure.key]
        yield self._numbers[figure.speaker, count, number]
        if number is not None and number >= UNMISTAKABLE:
            yield self._totals[count, number]
