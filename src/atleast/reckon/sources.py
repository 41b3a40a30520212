"""What each speaker is known to have said, and when: what tells a relay from its source."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache

from .moments import FINAL
from .results import Figure, Key
from .rules import PEAKS

# Below this a number is too common to tell by itself where it came from.
TELLING = 10
# A number that stands in the wrong place or under the wrong name is only recognised when it is neither small nor round.
UNMISTAKABLE = 30
WEAK_HEDGES = frozenset("more_than about nearly up_to dozens tens scores hundreds thousands several".split())
SOURCES = frozenset({"monitor", "authority"})
_WORD = re.compile(r"[^\W_]+")

Slot = tuple[str, Key]
Update = tuple[datetime, datetime]


class Sources:
    """The statements of every speaker: by row, by number, and by the update that they were given in."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self.said: defaultdict[Slot, list[Figure]] = defaultdict(list)
        self.rows: defaultdict[Key, list[Figure]] = defaultdict(list)
        self.printed: defaultdict[tuple[str, str, Key], list[Figure]] = defaultdict(list)
        self._quoted: defaultdict[tuple[str, Key], list[Figure]] = defaultdict(list)
        self._counts: defaultdict[tuple[Key, int | None], list[Figure]] = defaultdict(list)
        self._named: defaultdict[tuple[Key, int | None], list[Figure]] = defaultdict(list)
        for figure in figures:
            self.printed[figure.quotes[0].report, figure.speaker, figure.key].append(figure)
            self._quoted[figure.quotes[0].report, figure.key].append(figure)
            self._counts[figure.key, figure.number].append(figure)
            if figure.named and not figure.partial and figure.number is not None:
                self.rows[figure.key].append(figure)
                self._named[figure.key, figure.number].append(figure)
                if figure.dated or own(figure):
                    self.said[figure.speaker, figure.key].append(figure)
            elif figure.named and figure.dated and figure.key.quantity in PEAKS and figure.number is not None:
                self.said[figure.speaker, figure.key].append(figure)
        self.lost = {f.name: told for f in figures if (told := self._lost_zone(f))}
        for slot, statements in self.said.items():
            self.said[slot] = sorted((f for f in statements if f.name not in self.lost), key=settled)
        self._by_number = self._numbers()
        self._elsewhere = self._places()
        self.updates = self._updates(figures)
        self._slipped: set[tuple[str, str]] = set()
        self._misprinted: set[tuple[str, Key, int | None]] = set()
        self._wrong = set(self.lost)

    def _numbers(self) -> Mapping[tuple[Slot, int | None], list[Figure]]:
        found: defaultdict[tuple[Slot, int | None], list[Figure]] = defaultdict(list)
        for slot, statements in self.said.items():
            for told in statements:
                found[slot, told.number].append(told)
        return found

    def _places(self) -> Mapping[tuple[str, Key, int | None], list[Figure]]:
        """Statements by speaker, number, and what is counted, wherever that is."""
        found: defaultdict[tuple[str, Key, int | None], list[Figure]] = defaultdict(list)
        for (speaker, key), statements in self.said.items():
            for told in statements:
                found[speaker, key._replace(place=""), told.number].append(told)
        return found

    def _updates(self, figures: Sequence[Figure]) -> Mapping[tuple[str, str], Update]:
        """Which statement of a speaker a report relays, as its numbers tell: (report, speaker) to its time.

        The larger a number, the more it tells: a total of 290 outweighs a city's 57.
        """
        votes: defaultdict[tuple[str, str], Counter[Update]] = defaultdict(Counter)
        for figure in figures:
            if relayed(figure) and (figure.number or 0) >= TELLING:
                for real in {s.moment.real for s in self.same(figure)}:
                    votes[figure.quotes[0].report, figure.speaker][real] += figure.number or 0
        return {pair: max(votes[pair], key=lambda real: (votes[pair][real], real)) for pair in votes}

    def _lost_zone(self, figure: Figure) -> Figure | None:
        """A relay whose clock shows the hour of Greenwich as that of the place, or that of the place as Greenwich's."""
        lo, hi = figure.moment.real
        if not figure.dated or own(figure) or lo != hi or not 1 < lo.year < 9999:
            return None
        told = [s for s in self.said[figure.speaker, figure.key] if same(s, figure) and s.moment.real[0] != FINAL]
        if any(own(s) and s.moment.real == figure.moment.real for s in told):
            return None
        elsewhere = (s for s in told if s.quotes[0].report != figure.quotes[0].report and _other_zone(lo, s))
        return min(elsewhere, key=settled, default=None)

    def same(self, figure: Figure, *, key: Key | None = None) -> list[Figure]:
        """What the speaker said with the same number of the row, or of another row."""
        told = self._by_number.get(((figure.speaker, key or figure.key), figure.number), ())
        return [s for s in told if same(s, figure)]

    def elsewhere(self, figure: Figure) -> list[Figure]:
        """What the speaker said with the same number of other places."""
        told = self._elsewhere.get((figure.speaker, figure.key._replace(place=""), figure.number), ())
        return [s for s in told if s.key != figure.key and same(s, figure)]

    def counted(self, key: Key, number: int) -> Sequence[Figure]:
        """All that give a number of a row, whoever speaks."""
        return self._counts.get((key, number), ())

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
        return min(together or told, key=settled, default=None)

    def companion(self, figure: Figure) -> Figure | None:
        """What the speaker said of the same row in the update from which the report took its other numbers."""
        told = [s for s in self.said[figure.speaker, figure.key] if s.moment.real == self.update(figure)]
        return min(told, key=settled, default=None)

    def slip(self, what: str, figure: Figure) -> None:
        """Take note of a slip: nobody repeats it, and what stands beside it is doubted."""
        report = figure.quotes[0].report
        self._wrong.add(figure.name)
        self._misprinted.add((report, figure.key, figure.number))
        if what == "relay.companion":
            self._slipped.add((report, figure.speaker))

    def beside_slip(self, figure: Figure) -> bool:
        """Whether the report garbles this speaker elsewhere, and nothing else vouches for this number of it.

        Or whether it gives a slip's number a second time, as its own: in the headline.
        """
        report = figure.quotes[0].report
        if not figure.named:
            return (report, figure.key, figure.number) in self._misprinted
        return relayed(figure) and (report, figure.speaker) in self._slipped and self.statement(figure) is None

    def echoed(self, figure: Figure) -> Figure | None:
        """The statement of a named speaker that somebody else repeats as his own: the same number of the same row.

        An outlet that names nobody, or an organisation that gives a monitor's number for the same minute.
        """
        if (figure.number or 0) < TELLING or figure.hedge in WEAK_HEDGES or figure.partial:
            return None
        told = [
            s
            for s in self._named.get((figure.key, figure.number), ())
            if s.speaker != figure.speaker and same(s, figure) and s.name not in self._wrong
        ]
        if figure.named:
            told = [s for s in told if s.kind in SOURCES and s.dated and _could_echo(figure, s)]
        return min(told, key=lambda s: (s.kind not in SOURCES, not s.dated, *settled(s)), default=None)

    def placed(self, figure: Figure) -> Figure:
        """The figure at the moment, and under the name, of the statement that it passes on."""
        if relayed(figure):
            if source := self.statement(figure) or self.rounded(figure):
                told = figure._replace(moment=source.moment)
                return told._replace(partial=True, ceiling=None) if source.partial else told
            if self.widened(figure):
                return figure._replace(ceiling=None)
        source = self.echoed(figure)
        if source is None:
            return figure
        return figure._replace(
            speaker=source.speaker, named=True, kind=source.kind, side=source.side, moment=source.moment
        )

    def rounded(self, figure: Figure) -> Figure | None:
        """The speaker's statement that a loosely put relay rounds: "more than 800" of 875, "about 150" of 147."""
        if figure.hedge not in WEAK_HEDGES:
            return None
        told = (s for s in self.said[figure.speaker, figure.key] if s.hedge not in WEAK_HEDGES and agree(s, figure))
        return min(told, key=lambda s: (abs((s.number or 0) - spoken(figure)), *settled(s)), default=None)

    def widened(self, figure: Figure) -> bool:
        """Whether the number was given for a part only, and never for the place that the relay names."""
        said = self.said.get((figure.speaker, figure.key))
        return not said and any(s.key.place.endswith(f", {figure.key.place}") for s in self.elsewhere(figure))


def _other_zone(clock: datetime, told: Figure) -> bool:
    """Whether a clock that is taken for another zone's shows the time of the statement."""
    when = told.moment.real[0]
    if when == clock or when != told.moment.real[1]:
        return False
    here = not clock.utcoffset() and clock.replace(tzinfo=when.tzinfo) == when
    return here or clock.replace(tzinfo=UTC) == when


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
    return not figure.named or not figure.quotes or _one_house(figure.quotes[0].publisher or "", figure.speaker)


@lru_cache(maxsize=65536)
def _one_house(publisher: str, speaker: str) -> bool:
    """Whether one name stands whole within the other: "OVD-Info" in "OVD-Info (mirror)", but not "AP" in "Apostrophe".

    >>> _one_house("OVD-Info (mirror)", "OVD-Info"), _one_house("Apostrophe", "AP")
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


def spoken(figure: Figure) -> int:
    """The number as it was spoken: 260 of "more than 260"."""
    number = figure.number or 0
    return number - 1 if figure.hedge == "more_than" else number + 1 if figure.hedge == "less_than" else number
