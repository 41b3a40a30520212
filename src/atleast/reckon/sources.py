"""What each speaker is known to have said, and when: what tells a relay from its source."""

import re
from bisect import bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from operator import attrgetter

from .moments import FINAL
from .results import Figure, Key
from .rules import GROWING, PEAKS

# Below this a number is too common to tell by itself where it came from.
TELLING = 10
# A number that stands in the wrong place or under the wrong name is only recognised when it is neither small nor round.
UNMISTAKABLE = 30
WEAK_HEDGES = frozenset("more_than about nearly up_to dozens tens scores hundreds thousands several".split())
SOURCES = frozenset({"monitor", "authority"})
_ABOUT_THEN = timedelta(minutes=15)
_WORD = re.compile(r"[^\W_]+")

Slot = tuple[str, Key]
_Saying = tuple[int | None, str | None]
Update = tuple[datetime, datetime]


class Sources:
    """The statements of every speaker: by row, by number, and by the update that they were given in.

    Figures may come and go, in any order; `settle` then makes true again what follows from them.
    """

    def __init__(
        self, figures: Iterable[Figure] = (), called: Callable[[Figure], str | None] = lambda figure: None
    ) -> None:
        """The figures stand in their settled order; `called` tells by which words one is called a correction."""
        self._called = called
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
        self._prints: dict[Slot, dict[_Saying, Figure]] = {}
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
        figures, stated = self._slots[slot], list[Figure]()
        for f in figures:
            if _stated(f):
                stated.append(f)
            elif relayed(f):
                pairs[f.quotes[0].report, f.speaker] = None
        if len(figures) > 1 or self.lost:
            stated = self._without_lost(figures, stated)
        self.said[slot] = stated = sorted(stated, key=settled) if len(stated) > 1 else stated
        numbers: dict[int | None, list[Figure]] = {}
        for f in stated:
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

    def counted(self, key: Key, number: int) -> Sequence[Figure]:
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

    def bulletin(self, figure: Figure) -> Figure | None:
        """The speaker's own bulletin that a relay means by its clock: it was out some minutes later, and tells no time.

        It gives the same number, or one that cannot have grown from it in between.
        """
        (clock, hi), number = figure.moment.real, figure.number or 0
        if not figure.dated or not figure.named or clock != hi or figure.key.quantity not in GROWING or own(figure):
            return None
        said = self.said.get((figure.speaker, figure.key), [])
        at = bisect_right(said, (False, (clock, clock)), key=lambda s: (not own(s), s.moment.real))
        before, after = (said[at - 1] if at else None), (said[at] if at < len(said) else None)
        if after is None or not own(after) or after.moment.real[0] - clock > _ABOUT_THEN:
            return None
        if before is not None and before.moment.real == figure.moment.real:
            return None
        grown = (before.number or 0 if before else 0) <= number <= (after.number or 0)
        return after if same(after, figure) or not (grown or figure.hedge in WEAK_HEDGES) else None

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

    def echoed(self, figure: Figure) -> Figure | None:
        """The statement of a named speaker that somebody else repeats as his own: the same number of the same row.

        An outlet that names nobody, or an organisation that gives a monitor's number for the same minute.
        """
        if (figure.number or 0) < TELLING or figure.hedge in WEAK_HEDGES or figure.partial:
            return None
        told = [
            s
            for s in self._counts.get((figure.key, figure.number), ())
            if s.speaker != figure.speaker
            and s.named
            and not s.partial
            and same(s, figure)
            and not (s.name in self.lost or self._slips[s.name])
        ]
        if figure.named:
            told = [s for s in told if s.kind in SOURCES and s.dated and _could_echo(figure, s)]
        return min(told, key=lambda s: (s.kind not in SOURCES, not s.dated, *settled(s)), default=None)

    def placed(self, figure: Figure) -> Figure:
        """The figure at the moment, and under the name, of the statement that it passes on."""
        if relayed(figure):
            if source := self.statement(figure) or self.rounded(figure):
                told = figure._replace(moment=source.moment)
                if reworded(figure, source):
                    told = told._replace(low=source.low, floor=source.floor, hedge=source.hedge)
                return told._replace(partial=True, ceiling=None) if source.partial else told
            printed = self.first_print(figure)
            figure = figure._replace(moment=printed.moment)
            if self.widened(figure) or self.outgrown(printed):
                return figure._replace(ceiling=None)
        if source := self.bulletin(figure):
            return figure._replace(moment=source.moment)
        source = self.echoed(figure) or next(iter(self.rounded_up(figure)), None)
        if source is None:
            return figure
        if source.number != figure.number:
            figure = figure._replace(low=source.low, floor=source.floor, hedge=source.hedge)
        return figure._replace(
            speaker=source.speaker, named=True, kind=source.kind, side=source.side, moment=source.moment
        )

    def first_print(self, figure: Figure) -> Figure:
        """Of the relays that tell no time the first to give this number of the speaker's: it was said by then.

        A later one may print it again. What is called a correction says it anew.
        """
        first = self._prints[figure.speaker, figure.key].get(_saying(figure), figure)
        return figure if first is figure or not _timeless(figure) or self._called(figure) else first

    def outgrown(self, figure: Figure) -> bool:
        """Whether the speaker had counted more before the relay was printed: then its number is an earlier one."""
        if figure.key.quantity not in GROWING or not _timeless(figure):
            return False
        counted = (s for s in self.said[figure.speaker, figure.key] if s.dated and s.hedge not in WEAK_HEDGES)
        before = (s.floor or 0 for s in counted if s.moment.real[1] <= figure.moment.real[0])
        return max(before, default=0) > (figure.number or 0) and not self._called(figure)

    def rounded(self, figure: Figure) -> Figure | None:
        """The speaker's statement that a loosely put relay rounds: "more than 800" of 875, "about 150" of 147."""
        if figure.hedge not in WEAK_HEDGES:
            return None
        said = (s for s in self.said[figure.speaker, figure.key] if s.hedge not in WEAK_HEDGES and agree(s, figure))
        told = (s for s in said if figure.hedge != "more_than" or (s.number or 0) >= spoken(figure))
        return min(told, key=lambda s: (abs((s.number or 0) - spoken(figure)), *settled(s)), default=None)

    def rounded_up(self, figure: Figure) -> list[Figure]:
        """The statements that an outlet rounds in its own voice: "more than 1,100" where somebody counted 1,100.

        The word is the outlet's, and nobody counted one more. What stands in the same report comes first.
        """
        if figure.named or figure.hedge != "more_than" or spoken(figure) < TELLING or figure.partial:
            return []
        counted = (s for s in self.counted(figure.key, spoken(figure)) if s.named and not s.partial)
        told = (s for s in counted if s.bound == "exact" and s.hedge is None)
        told = (s for s in told if not (s.name in self.lost or self._slips[s.name]))
        report = figure.quotes[0].report
        return sorted(
            told, key=lambda s: (s.quotes[0].report != report, s.kind not in SOURCES, not s.dated, *settled(s))
        )

    def widened(self, figure: Figure) -> bool:
        """Whether the number was given for a part only, and never for the place that the relay names."""
        if self.said.get((figure.speaker, figure.key)):
            return False
        keys = self._inside.get((figure.speaker, figure.key.place, _anywhere(figure.key), figure.number), ())
        return any(self.same(figure, key=key) for key in keys)


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


# Where a figure stands among the figures of a heap: by its name, and of those that share one by the report.
in_heap = attrgetter("name", "quotes")


def _stated(figure: Figure) -> bool:
    """Whether the figure is a statement of its speaker: a number with its time, or in his own report."""
    if not figure.named or figure.number is None:
        return False
    if figure.partial:
        return figure.dated and figure.key.quantity in PEAKS
    return figure.dated or own(figure)


def _timeless(figure: Figure) -> bool:
    """Whether a relay tells no time at all, and is dated by its own report."""
    return relayed(figure) and figure.moment.shown == (figure.quotes[0].published or "")


def _saying(figure: Figure) -> _Saying:
    """The number as it is laid beside others: "at least" is no other number."""
    return figure.number, None if figure.hedge == "at_least" else figure.hedge


def _first_prints(figures: Iterable[Figure]) -> dict[_Saying, Figure]:
    """Of the relays of one row that tell no time, the first to give each number."""
    first: dict[_Saying, Figure] = {}
    for f in filter(_timeless, figures):
        first[_saying(f)] = min(first.get(_saying(f), f), f, key=lambda f: (f.moment.real[::-1], f.name))
    return first


def _held_at(clock: datetime, source: Figure, told: Figure) -> bool:
    """Whether the speaker gave the number about that hour, too, or both before and after it: then the clock is right.

    A bulletin of nine o'clock may be out some minutes later.
    """
    when, other = told.moment.real[0], source.moment.real[0]
    return abs(when - clock) <= _ABOUT_THEN or (when < clock) != (other < clock)


def _other_zone(clock: datetime, told: Figure) -> bool:
    """Whether a clock shows the hour of the statement under another zone's name, or Greenwich's hour as its own."""
    when = told.moment.real[0]
    if when == clock or when != told.moment.real[1]:
        return False
    return clock.replace(tzinfo=when.tzinfo) == when or clock.replace(tzinfo=UTC) == when


def _could_echo(figure: Figure, source: Figure) -> bool:
    """Whether a named speaker's number can be another's.

    One for the same minute, one office's for another, or one of somebody who is only described ("media reports").
    """
    if described(figure) and not figure.dated:
        return True
    if figure.kind in SOURCES:
        return figure.side == source.side == "authority" and not figure.dated
    return figure.dated and source.moment.real == figure.moment.real


# --- what kind of figure it is


def own(figure: Figure) -> bool:
    """Whether the speaker's own report carries the figure: a monitor's bulletin, a ministry's statement.

    What nobody said, as the number of people who are documented, nobody relays.
    """
    return not figure.named or not figure.quotes or one_house(figure.quotes[0].publisher or "", figure.speaker)


@lru_cache(maxsize=65536)
def one_house(publisher: str, speaker: str) -> bool:
    """Whether one name stands whole within the other: "OVD-Info" in "OVD-Info (mirror)", but not "AP" in "Apostrophe".

    >>> one_house("OVD-Info (mirror)", "OVD-Info"), one_house("Apostrophe", "AP")
    (True, False)
    """
    one, other = (" ".join(["", *_WORD.findall(name.casefold()), ""]) for name in (publisher, speaker))
    return bool(one.strip() and other.strip()) and (one in other or other in one)


def relayed(figure: Figure) -> bool:
    """Whether the figure is a named speaker's, passed on by somebody else without its time."""
    return figure.named and not figure.dated and not own(figure) and not figure.partial


def described(figure: Figure) -> bool:
    """Whether the speaker is described and not named: "other sources", "media reports", "eyewitnesses".

    The names of a case are proper names with capital letters; what has none is a description.
    """
    return figure.kind in ("media", "witness") and figure.speaker == figure.speaker.lower()


def settled(figure: Figure) -> tuple[object, ...]:
    """The order of a speaker's statements: own reports first, then by time."""
    return (not own(figure), figure.moment.real, figure.moment.key, figure.name)


def same(one: Figure, other: Figure) -> bool:
    """Whether two figures give one number, hedged or not."""
    if one.hedge == other.hedge or {one.hedge, other.hedge} <= {None, "at_least"}:
        return one.number == other.number
    return False


def agree(one: Figure, other: Figure) -> bool:
    """Whether both numbers, as said, can be true of one count; "about" within its tolerance."""
    (a, b), (c, d) = _range(one), _range(other)
    return (b is None or c <= b) and (d is None or a <= d)


def _range(figure: Figure) -> tuple[int, int | None]:
    if figure.roughly.known:
        return figure.roughly.low or 0, figure.roughly.high
    return figure.low or 0, None if figure.bound in ("at_least", "vague") or figure.partial else figure.high


def reworded(figure: Figure, told: Figure) -> bool:
    """Whether "more than 830" stands for "at least 830": outlets write one for the other; nobody counted 831."""
    at_least = told.bound == "at_least" and told.hedge != "more_than"
    return figure.hedge == "more_than" and at_least and spoken(figure) == told.number


def spoken(figure: Figure) -> int:
    """The number as it was spoken: 260 of "more than 260"."""
    number = figure.number or 0
    return number - 1 if figure.hedge == "more_than" else number + 1 if figure.hedge == "less_than" else number
