"""What each speaker is known to have said, and when: what tells a relay from its source."""

from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from .manner import (
    ABOUT_THEN,
    TELLING,
    UNMISTAKABLE,
    Saying,
    in_heap,
    own,
    relayed,
    same,
    saying,
    settled,
    stated,
    timeless,
)
from .moments import FINAL
from .results import Figure, Key

Slot = tuple[str, Key]
Update = tuple[datetime, datetime]


class Sources:
    """The statements of every speaker: by row, by number, and by the update that they were given in.

    Figures may come and go, in any order; `settle` then makes true again what follows from them.
    """

    def __init__(self, figures: Iterable[Figure] = ()) -> None:
        """The figures stand in their settled order."""
        self.said: defaultdict[Slot, list[Figure]] = defaultdict(list)
        self.rows: defaultdict[Key, list[Figure]] = defaultdict(list)
        self.lost: dict[str, Figure] = {}
        self.updates: dict[tuple[str, str], Update] = {}
        self._quoted: defaultdict[tuple[str, Key], list[Figure]] = defaultdict(list)
        self._relays: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
        self._counts: defaultdict[tuple[Key, int | None], list[Figure]] = defaultdict(list)
        self._slots: defaultdict[Slot, list[Figure]] = defaultdict(list)
        self._by_number: dict[Slot, dict[int | None, list[Figure]]] = {}
        self._elsewhere: defaultdict[tuple[str, Key, int | None], dict[Key, None]] = defaultdict(dict)
        self._inside: defaultdict[tuple[str, str, Key, int | None], dict[Key, None]] = defaultdict(dict)
        self._prints: dict[Slot, dict[Saying, Figure]] = {}
        self._stirred: tuple[dict[Slot, None], dict[tuple[str, str], None]] = ({}, {})
        self._slipped: Counter[tuple[str, str]] = Counter()
        self._misprinted: Counter[tuple[str, Key, int | None]] = Counter()
        self._slips: Counter[str] = Counter()
        for figure in figures:
            self._change(figure, list[Figure].append)
        self.settle()

    def add(self, figure: Figure) -> None:
        """Take in one figure."""
        self._change(figure, _put)

    def drop(self, figure: Figure) -> None:
        """Let go of a figure that was taken in."""
        self._change(figure, list[Figure].remove)

    def _change(self, figure: Figure, change: Callable[[list[Figure], Figure], None]) -> None:
        report, speaker, key, number = figure.quotes[0].report, figure.speaker, figure.key, figure.number
        change(self._quoted[report, key], figure)
        change(self._counts[key, number], figure)
        change(self._slots[speaker, key], figure)
        if figure.named and not figure.partial and number is not None:
            change(self.rows[key], figure)
        slots, pairs = self._stirred
        slots[speaker, key] = None
        if relayed(figure):
            change(self._relays[report, speaker], figure)
            pairs[report, speaker] = None

    def settle(self) -> set[tuple[str, str]]:
        """Make true again what follows from the figures; the relays (report, speaker) that pass on another update."""
        slots, pairs = self._stirred
        for slot in slots:
            self._settle(slot, pairs)
        changed = set()
        for pair in pairs:
            before, after = self.updates.pop(pair, None), self._update(self._relays[pair])
            if after is not None:
                self.updates[pair] = after
            if before != after:
                changed.add(pair)
        self._stirred = {}, {}
        return changed

    def _settle(self, slot: Slot, pairs: dict[tuple[str, str], None]) -> None:
        """What a speaker said of one row, and whose update has to be told again by it."""
        figures, said = self._slots[slot], list[Figure]()
        for f in figures:
            if stated(f):
                said.append(f)
            elif relayed(f):
                pairs[f.quotes[0].report, f.speaker] = None
        if len(figures) > 1 or self.lost:
            said = self._without_lost(figures, said)
        self.said[slot] = said = sorted(said, key=settled) if len(said) > 1 else said
        numbers: dict[int | None, list[Figure]] = {}
        for f in said:
            numbers.setdefault(f.number, []).append(f)
        self._place(slot, self._by_number.get(slot, ()), numbers)
        self._by_number[slot] = numbers
        self._prints[slot] = _first_prints(figures) if len(figures) > 1 else {}

    def _without_lost(self, figures: Sequence[Figure], stated: Sequence[Figure]) -> list[Figure]:
        """The statements that are none of another zone's hour; those that are, are noted."""
        lost = {f.name: told for f in figures if (told := self._lost_zone(f, stated))}
        for f in figures:
            self.lost.pop(f.name, None)
        self.lost.update(lost)
        return [f for f in stated if f.name not in lost]

    def _place(self, slot: Slot, before: Iterable[int | None], after: Iterable[int | None]) -> None:
        """Note in which places a speaker gives a number, and in what those lie by their names."""
        speaker, key = slot
        count, wider = _anywhere(key), _in_words(key.place)
        for number in before:
            self._elsewhere[speaker, count, number].pop(key)
            for place in wider:
                self._inside[speaker, place, count, number].pop(key)
        for number in after:
            self._elsewhere[speaker, count, number][key] = None
            for place in wider:
                self._inside[speaker, place, count, number][key] = None

    def _update(self, relays: Sequence[Figure]) -> Update | None:
        """Which statement of a speaker a report relays, as its numbers tell.

        The larger a number, the more it tells: a total of 290 outweighs a city's 57. Of updates that tell as much that
        counts which gives the numbers in the same words; an update that was made after the report was out counts last.
        But who also prints what the speaker told in a later update for the first time has read that one.
        """
        votes: Counter[Update] = Counter()
        in_words: Counter[Update] = Counter()
        out = max((figure.moment.real[1] for figure in relays), default=FINAL)
        for figure in relays:
            told = self.same(figure)
            in_words.update({s.moment.real for s in told if s.bound == figure.bound})
            if (figure.number or 0) >= TELLING:
                for real in {s.moment.real for s in told}:
                    votes[real] += figure.number or 0
        most = max(votes, key=lambda real: (votes[real], real[0] <= out, in_words[real], real), default=None)
        firsts = (first for f in relays if most and (first := self._told_first(f, most)))
        return max(firsts, default=most)

    def _told_first(self, figure: Figure, update: Update) -> Update | None:
        """The later update in which a number was told, and its row for the first time; and which was known by then."""
        if (figure.number or 0) < UNMISTAKABLE:
            return None
        first = min(s.moment.real for s in self.said[figure.speaker, figure.key] or (figure,))
        later = update < first and first[1] <= figure.moment.real[1]
        return first if later and any(s.moment.real == first for s in self.same(figure)) else None

    def _lost_zone(self, figure: Figure, stated: Iterable[Figure]) -> Figure | None:
        """A relay whose clock shows the hour of Greenwich as that of the place, or that of the place as Greenwich's."""
        lo, hi = figure.moment.real
        if not figure.dated or own(figure) or lo != hi or not 1 < lo.year < 9999 or figure.bound == "vague":
            return None
        told = [s for s in stated if same(s, figure) and s.moment.real[0] != FINAL]
        elsewhere = (s for s in told if s.quotes[0].report != figure.quotes[0].report and _other_zone(lo, s))
        source = min(elsewhere, key=settled, default=None)
        return None if source is None or any(own(s) and _held_at(lo, source, s) for s in told) else source

    def same(self, figure: Figure, *, key: Key | None = None) -> list[Figure]:
        """What the speaker said with the same number of the row, or of another row."""
        numbers = self._by_number.get((figure.speaker, key or figure.key))
        return [s for s in numbers.get(figure.number, ()) if same(s, figure)] if numbers else []

    def elsewhere(self, figure: Figure) -> list[Figure]:
        """What the speaker said with the same number of other places."""
        keys = self._elsewhere.get((figure.speaker, _anywhere(figure.key), figure.number), ())
        return [s for key in keys if key != figure.key for s in self.same(figure, key=key)]

    def counted(self, key: Key, number: int | None) -> Sequence[Figure]:
        """All that give a number of a row, whoever speaks."""
        return self._counts.get((key, number), ())

    def printed(self, figure: Figure) -> list[Figure]:
        """What the report gives its speaker for the same row."""
        return [f for f in self._quoted[figure.quotes[0].report, figure.key] if f.speaker == figure.speaker]

    def quoted(self, figure: Figure) -> list[Figure]:
        """What other speakers are quoted with for the same row in the same report."""
        return [f for f in self._quoted[figure.quotes[0].report, figure.key] if f.speaker != figure.speaker and f.named]

    def update(self, figure: Figure) -> Update | None:
        """The time of the statement from which the report took the speaker's numbers."""
        return self.updates.get((figure.quotes[0].report, figure.speaker))

    def statement(self, figure: Figure) -> Figure | None:
        """The speaker's own dated statement that an undated relay passes on, if it can be told."""
        told = self.same(figure)
        together = [s for s in told if s.moment.real == self.update(figure)]
        return min(together or told, key=lambda s: (not own(s), s.bound != figure.bound, *settled(s)), default=None)

    def wrong(self, figure: Figure) -> bool:
        """Whether a figure is a slip, or of another zone's hour."""
        return figure.name in self.lost or self._slips[figure.name] > 0

    def first(self, figure: Figure) -> Figure:
        """Of the relays that tell no time the first to give this number of the speaker's."""
        return self._prints[figure.speaker, figure.key].get(saying(figure), figure)

    def given_inside(self, figure: Figure) -> bool:
        """Whether the speaker gives the number for a place inside."""
        keys = self._inside.get((figure.speaker, figure.key.place, _anywhere(figure.key), figure.number), ())
        return any(self.same(figure, key=key) for key in keys)

    def companion(self, figure: Figure) -> Figure | None:
        """What the speaker said of the same row in the update from which the report took its other numbers."""
        told = [s for s in self.said[figure.speaker, figure.key] if s.moment.real == self.update(figure)]
        return min(told, key=settled, default=None)

    def slip(self, what: str, figure: Figure) -> None:
        """Take note of a slip: nobody repeats it, and what stands beside it is doubted."""
        self._note(what, figure, 1)

    def unslip(self, what: str, figure: Figure) -> None:
        """Forget a slip."""
        self._note(what, figure, -1)

    def _note(self, what: str, figure: Figure, times: int) -> None:
        report = figure.quotes[0].report
        self._slips[figure.name] += times
        self._misprinted[report, figure.key, figure.number] += times
        if what == "relay.companion":
            self._slipped[report, figure.speaker] += times

    def texts(self) -> Mapping[tuple[str, Key], Sequence[Figure]]:
        """What each report tells of each row, whoever speaks."""
        return self._quoted

    def relays(self, pair: tuple[str, str]) -> Sequence[Figure]:
        """What a report passes on of a speaker without its time."""
        return self._relays.get(pair, ())

    def beside_slip(self, figure: Figure) -> bool:
        """Whether the report garbles this speaker elsewhere, and nothing else vouches for this number of it.

        Or whether it gives a slip's number a second time, as its own: in the headline.
        """
        report = figure.quotes[0].report
        if not figure.named:
            return self._misprinted[report, figure.key, figure.number] > 0
        return relayed(figure) and self._slipped[report, figure.speaker] > 0 and self.statement(figure) is None


def _put(line: list[Figure], figure: Figure) -> None:
    """Put a figure where it stands in the settled order."""
    insort(line, figure, key=in_heap)


def _anywhere(key: Key) -> Key:
    """The same count, in whatever place."""
    return Key(key.quantity, "", key.among, key.of)


@lru_cache(maxsize=65536)
def _in_words(place: str) -> tuple[str, ...]:
    """What a place lies in by its name: "Zenda, Ruritania" in "Ruritania"."""
    names = place.split(", ")
    return tuple(", ".join(names[n:]) for n in range(1, len(names)))


def _first_prints(figures: Iterable[Figure]) -> dict[Saying, Figure]:
    """Of the relays of one row that tell no time, the first to give each number."""
    first: dict[Saying, Figure] = {}
    for f in filter(timeless, figures):
        first[saying(f)] = min(first.get(saying(f), f), f, key=lambda f: (f.moment.real[::-1], f.name))
    return first


def _held_at(clock: datetime, source: Figure, told: Figure) -> bool:
    """Whether the speaker gave the number about that hour, too, or both before and after it: then the clock is right.

    A bulletin of nine o'clock may be out some minutes later.
    """
    when, other = told.moment.real[0], source.moment.real[0]
    return abs(when - clock) <= ABOUT_THEN or (when < clock) != (other < clock)


def _other_zone(clock: datetime, told: Figure) -> bool:
    """Whether a clock shows the hour of the statement under another zone's name, or Greenwich's hour as its own."""
    when = told.moment.real[0]
    if when == clock or when != told.moment.real[1]:
        return False
    return clock.replace(tzinfo=when.tzinfo) == when or clock.replace(tzinfo=UTC) == when
