"""What claims alone say of places, where documented people are to be added to it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from itertools import chain, pairwise

from .bounds import Level
from .counting import Seen
from .floor import Floor
from .moments import FINAL
from .results import Figure, Key
from .rows import Rows
from .rules import STOCKS


class Ground:
    """What claims alone say of places: what they prove, where they set ceilings, where they divide a whole."""

    def __init__(self, rows: Rows, figures: Iterable[Figure] = ()) -> None:
        self.atlas, self.rules, self._rows = rows.atlas, rows.rules, rows
        self._joint, self._independent = Level(Floor(rows)), Level(Floor(rows))
        self.change((), list(figures))

    def change(self, gone: Collection[Figure], new: Collection[Figure]) -> None:
        """Let go of some figures and take in others."""
        self._joint.change(gone, new)
        self._independent.change(*([f for f in some if f.side == "independent"] for some in (gone, new)))
        said = list(chain.from_iterable(self._joint.floor.said.values()))
        self.empty = not said
        self.capped = {_base(f) for f in said if f.apart or f.ceiling is not None}
        self.cuts = sorted({f.moment.lo for f in said if f.ceiling is not None})
        self.low: dict[Key, int] = {}
        self.settled: dict[str, datetime] = {}  # when the ceilings that are the latest word on a place were said
        for level in (self._joint, self._independent):
            self._read(level)
        self.counted = {key.place for key, value in self.low.items() if value}

    def _read(self, level: Level) -> None:
        for row, value in level.low.items():
            key = self._rows.keys[row][0]
            self.low[key] = max(value, self.low.get(key, 0))
        for row, said in level.floor.said.items():
            for f in said:
                if f.ceiling is not None and f.key.quantity not in STOCKS and level.settled(row, f):
                    self.settled[_base(f)] = min(f.moment.lo, self.settled.get(_base(f), FINAL))

    def proved(self, top: Key, place: str) -> int:
        """The least that claims prove of the place."""
        return self.low.get(top._replace(place=place), 0)

    def rivals(self, others: Mapping[str, int], places: Iterable[str]) -> dict[str, int]:
        """For each place how many of those mentioned elsewhere matter, if they are counted in both places.

        They do where claims count people in the part of the country that the two places do not share, or where a
        ceiling or a division is over both.
        """
        inside: Counter[str] = Counter()
        for other, count in others.items():
            for place in self.atlas.path(other):
                inside[place] += count
        beside: Counter[str] = Counter()
        for place in inside:
            if place in self.counted and (above := self.atlas.above(place)) is not None:
                beside[above] += inside[place]
        return {place: self._rivals(place, others, inside, beside) for place in places}

    def _rivals(
        self, place: str, others: Mapping[str, int], inside: Mapping[str, int], beside: Mapping[str, int]
    ) -> int:
        found = 0
        path = self.atlas.path(place)
        for n, (part, whole) in enumerate(pairwise(path), 1):
            if not self.capped.isdisjoint(path[n:]):
                found += inside[whole] - inside[part] - others.get(whole, 0)
            else:
                found += beside[whole] - (inside[part] if part in self.counted else 0)
        return found

    def joins(self, seen: Seen) -> bool:
        """Whether people may join sums: not who became known after the last ceiling, for that must not be loosened."""
        path = self.atlas.path(seen.place) if self.settled else ()
        early = all(seen.moment.hi <= self.settled.get(place, FINAL) for place in path)
        return seen.side == "independent" and early


def _base(figure: Figure) -> str:
    """The place of a figure, with the parts that it leaves out."""
    return figure.key.place.partition(" (outside ")[0]
