"""Sweeps through time: what any set of figures proves of one row at every moment.

A count that only grows is at least what was surely counted by a moment, and at most what any later full count says.
So one sweep through time gives the whole curve: floors rise, and a ceiling holds for all that came before it.
Of people held nothing is known between two counts of them; their curve is a row of single moments.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta, tzinfo
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from atleast.model import People, Span

from .bounds import Level
from .floor import Floor
from .heap import Heap
from .moments import FINAL, Moment
from .results import Figure, Key
from .rows import Join, Row, Rows
from .rules import CLOSING

_MINUTE = timedelta(minutes=1)


class Step(NamedTuple):
    """How many, from `start` until `end` (excluded; None: as long as anything is known). No start: no time is told."""

    start: datetime | None
    end: datetime | None
    people: People


class Axis(NamedTuple):
    """The time that is shown. What holds at the end of a count that is complete stands at `end`."""

    start: datetime | None
    end: datetime | None
    closing: datetime | None
    zone: tzinfo

    @classmethod
    def of(cls, heap: Heap, key: Key, at: Span | datetime | None, zone: tzinfo) -> "Axis":
        day = heap.clock.day
        closing = day.end if day and key.quantity in CLOSING and "event_over" in heap.rules else None
        alike = (f for f in heap.figures if f.key.quantity == key.quantity)
        told = [f.moment.real for f in alike if f.key == key or heap.atlas.within(f.key.place, key.place)]
        known = [last for first, last in told if last != FINAL and (first == last or not day)]
        last = [last + _MINUTE for _, last in told if last != FINAL]
        ends = [closing] if closing else [*([day.end] if day else []), *last]
        if at is not None:
            ends = [min(max(ends), at.end if isinstance(at, Span) else at + _MINUTE)] if ends else ends
        starts = [*([day.start] if day else []), *known]
        start, end = (min(starts), max(ends)) if starts and ends else (None, None)
        if start is not None and end is not None and start > end:
            start = end
        return cls(start and start.astimezone(zone), end and end.astimezone(zone), closing, zone)

    def clipped(self, when: datetime) -> datetime:
        """The moment as the count sees it: once the event is over, all times are its end."""
        over = (self.closing is not None and when >= self.closing) or (self.end is not None and when >= self.end)
        return FINAL if over else when

    def step(self, start: datetime, end: datetime | None, people: People) -> Step:
        """A step in the zone of the curve; FINAL is the end of what is shown."""
        first = self.end if start == FINAL else start.astimezone(self.zone)
        last = self.end if end == FINAL else end and end.astimezone(self.zone)
        return Step(first, last, people)


class Growing:
    """The curve of a count that only grows, for any set of figures."""

    def __init__(self, heap: Heap, key: Key, axis: Axis) -> None:
        self.axis = axis
        self.rows = Rows(heap.atlas, heap.rules, heap.usable)
        self.row = self.rows.row(key, "", _apart(heap, key))
        self.above = _above(self.rows, self.row)
        self.wholes = {self.rows.keys[row][0] for row in self.above}

    def steps(self, figures: Sequence[Figure]) -> tuple[Step, ...]:
        """What these figures, in the order of a floor, prove at every moment."""
        floor = Floor(self.rows)
        lows: list[tuple[datetime, int | None]] = []
        caps: list[tuple[datetime, int]] = []
        for when, events in groupby(self._in_time(figures), key=itemgetter(0)):
            ceilings: dict[Row, int] = {}
            come: list[Figure] = []
            for _, is_ceiling, figure in events:
                if is_ceiling:
                    row, most = self.rows.of(figure), figure.ceiling or 0
                    ceilings[row] = min(most, ceilings.get(row, most))
                else:
                    come.append(figure)
            floor.change((), come)
            lows.append((when, floor.low.get(self.row)))
            cap = self._cap(floor, ceilings) if ceilings else None
            caps += [(when, cap)] if cap is not None else []
        return tuple(self._steps(lows, caps))

    def alone(self, figures: Sequence[Figure]) -> tuple[Step, ...]:
        """What one claimant's figures prove: the same, by that claimant's word alone."""
        return self.steps(figures)

    def _in_time(self, figures: Sequence[Figure]) -> list[tuple[datetime, bool, Figure]]:
        """When each figure begins to bound from below, and when its ceiling ceases to bound from above."""
        clipped = self.axis.clipped
        events = [(clipped(f.moment.hi), False, f) for f in figures]
        start = self.axis.start or FINAL  # what bounds nothing but the time before it tells nothing
        capping = (f for f in figures if f.ceiling is not None and f.key in self.wholes and f.moment.lo > start)
        events += [(clipped(f.moment.lo), True, f) for f in capping]
        return sorted(events, key=itemgetter(0, 1))

    def _cap(self, floor: Floor, ceilings: Mapping[Row, int]) -> int | None:
        """The most that the row is when these ceilings are set: what the other parts leave of a whole.

        From a whole in a contradiction nothing is subtracted.
        """
        caps: dict[Row, tuple[int, bool]] = {}
        for row, joins in self.above.items():
            found = [(ceilings[row], False)] if row in ceilings else []
            for join in joins:
                if join.whole in caps:
                    most, doubtful = caps[join.whole]
                    taken = 0 if doubtful else floor.total.get(join.number, 0) - floor.low.get(row, 0)
                    found.append((most - taken, doubtful))
            if found:
                most, doubtful = min(found)
                caps[row] = most, doubtful or floor.low.get(row, 0) > most
        return caps[self.row][0] if self.row in caps else None

    def _steps(
        self, lows: Sequence[tuple[datetime, int | None]], caps: Sequence[tuple[datetime, int]]
    ) -> Iterator[Step]:
        """The interval between any two moments at which either end of it changes."""
        when_low, when_cap = [when for when, _ in lows], [when for when, _ in caps]
        least: list[int] = []
        for _, cap in reversed(caps):
            least.append(min(cap, least[-1]) if least else cap)
        least.reverse()
        changes = {self.axis.start or FINAL, *when_low, *(when + _MINUTE for when in when_cap if when != FINAL)}
        told: list[tuple[datetime, People]] = []
        for change in sorted(changes):
            before = bisect_right(when_low, change)
            low = lows[before - 1][1] if before else None
            after = bisect_left(when_cap, change)
            people = People(low if after == len(least) else low or 0, least[after] if after < len(least) else None)
            if not told or told[-1][1] != people:
                told.append((change, people))
        ends = [*(start for start, _ in told[1:]), None]
        return (self.axis.step(start, end, people) for (start, people), end in zip(told, ends, strict=True))


def _apart(heap: Heap, key: Key) -> tuple[str, ...]:
    return next((f.apart for f in heap.figures if f.key == key), ())


def _above(rows: Rows, row: Row) -> dict[Row, list[Join]]:
    """The row and all that it is a part of, wholes before their parts, each with the joins that lead up from it."""
    found: dict[Row, list[Join]] = {}

    def climb(here: Row) -> None:
        for join in rows.up[here]:
            if join.whole not in found:
                climb(join.whole)
        found.setdefault(here, rows.up[here])

    climb(row)
    return found


class Momentary:
    """The curve of a stock: what is proved of the moments at which it was counted, and nothing in between."""

    def __init__(self, heap: Heap, key: Key, axis: Axis) -> None:
        self.axis, self.key = axis, key
        self.rows = Rows(heap.atlas, heap.rules, heap.usable)
        self.apart = _apart(heap, key)

    def steps(self, figures: Sequence[Figure]) -> tuple[Step, ...]:
        """What these figures prove of each moment at which they count the row or what lies in it."""
        atlas, place = self.rows.atlas, self.key.place
        here = [f for f in figures if f.key._replace(place=place) == self.key and atlas.within(f.key.place, place)]
        here += [f for f in figures if f.key == self.key and f not in here]
        moments = {f.moment.key: f.moment for f in here if f.floor is not None or f.ceiling is not None}
        if not moments:
            return ()
        level = Level(Floor(self.rows, figures))
        return tuple(self._step(level, moment) for moment in sorted(moments.values()))

    def alone(self, figures: Sequence[Figure]) -> tuple[Step, ...]:
        """What one claimant said of the row itself, moment by moment."""
        said: defaultdict[Moment, list[Figure]] = defaultdict(list)
        for f in figures:
            if f.key == self.key and (f.floor is not None or f.ceiling is not None):
                said[f.moment].append(f)
        return tuple(self._told(moment, _together(said[moment])) for moment in sorted(said))

    def _step(self, level: Level, moment: Moment) -> Step:
        row = self.rows.row(self.key, moment.key, self.apart)
        return self._told(moment, level.bound(row, moment).people)

    def _told(self, moment: Moment, people: People) -> Step:
        start, end = moment.real
        if start == FINAL:
            return Step(None, None, people)
        return self.axis.step(start, FINAL if end == FINAL else end + _MINUTE if start == end else end, people)


def _together(figures: Sequence[Figure]) -> People:
    """What figures of one row and moment prove together."""
    most = [f.ceiling for f in figures if f.ceiling is not None]
    return People(max(f.floor or 0 for f in figures), min(most, default=None))
