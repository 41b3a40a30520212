"""Figures that cannot all be true, as small sets, each with its arithmetic.

Every broken ceiling is looked at within a budget, the weightiest first; what follows from a smaller contradiction is
not told beside it.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from .broken import Suspect
from .groups import Moved
from .manner import own
from .quarrels import caught_up, told
from .readings import Readings
from .results import Contradiction, Figure, Key, Message, Proof
from .rows import Rows
from .shortages import shortages
from .statements import Breaths
from .suspects import Suspects

# What an editor asks for first: who was taken and where they are; crowds and places come after.
_FIRST = "detained still_held killed injured jailed released charged charges to_court fined".split()
_ORDER = {"proof": 0, "dispute": 0, "text": 0, "tension": 1, "relay": 2}


@dataclass(frozen=True, slots=True)
class Look:
    """How closely contradictions are looked for.

    What is beyond is counted in `Tally.hidden`, and `Tally.stopped` says which limit was reached.

    Args:
        ceilings: So many broken ceilings, the weightiest first.
        figures: Against so many figures in all.
        seconds: And for so long. None is as long as it takes: then the same claims always give the same answer.
    """

    ceilings: int = 400
    figures: int = 200_000
    seconds: float | None = None


CLOSELY = Look()


class Found(NamedTuple):
    """The contradictions; how many broken ceilings were not looked at, and which limit was reached."""

    contradictions: list[Contradiction]
    hidden: int
    stopped: Message | None


class Clashes:
    """The contradictions between figures. Figures may come and go; what they do not touch is not looked at again."""

    def __init__(self, rows: Rows, over: datetime | None = None) -> None:
        """`over` is the end of the event, if that is known."""
        self._rows = rows
        self._suspects = Suspects(rows, over=over)
        self._breaths = Breaths(rows.atlas)
        self._alone: dict[tuple[Figure, ...], tuple[Rows, Suspects]] = {}
        self._told: _Told = {}

    def change(self, moved: Moved) -> None:
        """Take in how figures changed: as printed, as gathered, and those that their speakers still stand by."""
        for figure in moved.usable.gone:
            self._suspects.drop(figure)
        for figure in moved.usable.new:
            self._suspects.add(figure)
        self._breaths.change(moved)

    def found(self, whole: Callable[[], tuple[Sequence[Figure], Sequence[Figure]]], look: Look = CLOSELY) -> Found:
        """The contradictions, and how far the budget went.

        Args:
            whole: All figures: what speakers still stand by, and what they ever said. Asked for only where a place
                is divided.
            look: How closely to look.
        """
        found: dict[tuple[object, ...], Contradiction] = {}
        looking = _Looking(look, self._told)
        for clash in looking.at(self._suspects, self._rows):
            found.setdefault(_names(clash), clash)
        self._alone = {breath: self._alone.get(breath) or self._by_itself(breath) for breath in self._breaths.found()}
        for rows, suspects in self._alone.values():
            for clash in looking.at(suspects, rows):
                found.setdefault(_names(clash), clash)
        if self._rows.divisions:
            figures, said = whole()
            for clash in shortages(figures, self._rows, said):
                found.setdefault(_names(clash), clash)
        self._told = looking.told
        return Found(once(list(found.values())), looking.hidden, looking.stopped)

    def _by_itself(self, breath: Sequence[Figure]) -> tuple[Rows, Suspects]:
        rows = Rows(self._rows.atlas, self._rows.rules, breath)
        return rows, Suspects(rows, breath, assuming=False)


_Name = tuple[str, Key]
_Told = dict[tuple[Rows, Figure, int, tuple[str, ...], int], tuple[Sequence[Figure], tuple[Contradiction, ...]]]


class _Looking:
    """The budget as it is spent, and what was told of each suspect, now and the last time."""

    def __init__(self, look: Look, before: _Told) -> None:
        self.look = look
        self.ceilings = self.figures = 0
        self.stopped: Message | None = None
        self.told: _Told = {}
        self._seen: set[_Name] = set()
        self._passed: set[_Name] = set()
        self._before = before
        self._start = time.monotonic()

    def at(self, suspects: Suspects, rows: Rows) -> Iterator[Contradiction]:
        """The contradictions of broken ceilings, as far as the budget goes; the rest are counted."""
        broken, every = suspects.weightiest(max(0, self.look.ceilings - self.ceilings))
        looked = 0
        for one in broken:
            if self._spent():
                break
            against = one.against()
            looked, self.ceilings, self.figures = looked + 1, self.ceilings + 1, self.figures + len(against)
            self._seen.add(_name(one))
            yield from self._of(one, rows, against)
        if looked < len(every):
            self._passed.update(map(_name, every))
            self.stopped = self._spent() or _limit("ceilings", self.look.ceilings)

    @property
    def hidden(self) -> int:
        """How many ceilings were not looked at, whatever is held against each of them."""
        return len(self._passed - self._seen)

    def _of(self, one: Suspect, rows: Rows, against: Sequence[Figure]) -> Sequence[Contradiction]:
        """What is told of a suspect: as before, if the same is held against it."""
        ways = len(rows.grown) if rows.divisions else 0  # by a division the same figures may prove it in another way
        name = rows, one.ceiling, one.gap, one.assumes, ways
        before = self._before.get(name)
        if before is None or before[0] != against:
            before = against, tuple(told(one, rows, against))
        self.told[name] = before
        return before[1]

    def _spent(self) -> Message | None:
        if self.figures > self.look.figures:
            return _limit("figures", self.look.figures)
        if self.look.seconds is not None and time.monotonic() - self._start > self.look.seconds:
            return _limit("seconds", self.look.seconds)
        return None


def _name(one: Suspect) -> _Name:
    return one.ceiling.name, one.ceiling.key


def _limit(name: str, most: float) -> Message:
    return Message(f"stopped.{name}", {"most": str(most)})


def rank(clash: Contradiction) -> tuple[object, ...]:
    """What an editor should look at first: proved before assumed, and what rests on names before what does not.

    Then quarrels before updates, official figures first, and of those a statement that contradicts itself; then the
    wider gap.
    """
    official = any(f.side == "authority" for f in clash.core)
    nobody = not all(f.named for f in clash.core)
    weight = _FIRST.index(clash.key.quantity) if clash.key.quantity in _FIRST else len(_FIRST)
    names = tuple(f.name for f in clash.core)
    return (
        (nobody and clash.kind != "relay") + 2 * _ORDER[clash.kind],
        _caught_up(clash),
        not official,
        not _own_words(clash),
        weight > 1,
        -clash.gap,
        clash.key,
        clash.what,
        names,
    )


def _caught_up(clash: Contradiction) -> bool:
    """Whether a full count was passed by a later one of the same side: as like as not an update between two offices."""
    below, above = ([t.figure for t in proof.terms] for proof in (clash.below, clash.above))
    return len({f.side for f in (*below, *above)}) == 1 and caught_up(below, above)


def _own_words(clash: Contradiction) -> bool:
    """Whether somebody's own statement contradicts itself: then nobody else has to be believed for it."""
    figures = {f for f in clash.core if f.quotes}
    return len({f.speaker for f in figures}) == 1 and all(f.named and own(f) for f in figures)


# --- each meaning once


def together(
    clashes: Iterable[Contradiction], errors: Sequence[Contradiction], readings: Readings
) -> tuple[Contradiction, ...]:
    """The contradictions of both kinds in order, with their readings.

    A number that does not fit its own text is not held against others.
    """
    misfits = {f.name for e in errors if e.kind == "text" for f in e.core if not f.named}
    kept = (c for c in clashes if not any(f.name in misfits for f in c.core))
    return tuple(readings.read(sorted([*kept, *errors], key=rank)))


def once(clashes: Sequence[Contradiction]) -> list[Contradiction]:
    """The contradictions without repetitions: the same speakers, at odds over the same row in the same way, once,
    by the widest gap.

    What can be proved is not told again as a tension, unless that goes further, and what a smaller contradiction brings
    about is not told.
    """
    told: dict[tuple[object, ...], int] = {}
    kept = []
    order = {id(clash): rank(clash) for clash in clashes}
    for clash in sorted(clashes, key=lambda c: (c.kind == "tension", -c.gap, order[id(c)])):
        below = frozenset(t.figure.speaker for t in clash.below.terms)
        ceilings = (clash.key, *(t.figure.name for t in clash.above.terms))
        way = (clash.key, below, *(t.figure.speaker for t in clash.above.terms), clash.what)
        if way not in told and not (clash.kind == "tension" and told.get(ceilings, 0) >= clash.gap):
            kept.append(clash)
            told[way] = clash.gap
            if clash.kind != "tension":
                told.setdefault(ceilings, clash.gap)
    return _without_consequences(sorted(kept, key=lambda c: order[id(c)]))


def _without_consequences(clashes: Sequence[Contradiction]) -> list[Contradiction]:
    """Those that stay when the smaller ones of the same speakers are mended."""
    by_figure: defaultdict[str, list[Contradiction]] = defaultdict(list)
    for clash in clashes:
        for figure in {t.figure.name for t in (*clash.below.terms[:1], *clash.above.terms)}:
            by_figure[figure].append(clash)
    return [c for c in clashes if not any(_follows(c, d) for d in _near(c, by_figure))]


def _near(clash: Contradiction, by_figure: Mapping[str, Sequence[Contradiction]]) -> Iterator[Contradiction]:
    names = {term.figure.name for term in (*clash.below.terms, *clash.above.terms)}
    near = (other for name in sorted(names) for other in by_figure.get(name, ()))
    yield from (other for other in near if clash.gap <= other.gap and other is not clash)


def _follows(clash: Contradiction, smaller: Contradiction) -> bool:
    """Whether one says no more than another of fewer figures and no smaller a gap.

    So 55 + 37 > 79 says no more than 55 > 42 where 42 + 37 = 79: one foreign number among a speaker's own. A list
    that somebody gave whole is always told.
    """
    if smaller.kind == "tension" and clash.kind != "tension":
        return False
    speakers, ceilings = ({t.figure.speaker for t in proof.terms} for proof in (clash.below, clash.above))
    whose = {t.figure.speaker for t in smaller.above.terms}
    fewer = len(smaller.above.terms) < len(clash.above.terms) and ceilings == whose
    if fewer and _names_of(clash.below) == _names_of(smaller.below):
        return True  # the rest of the country and its capital say nothing that its total does not
    if _own_sum(smaller, speakers) and _names_of(clash.below) == _names_of(smaller.below) and ceilings != speakers:
        return True  # 510 + 640 are more than their own 1,100 before they are more than the police's
    if _divided(clash.below) and _own_total(smaller, speakers) and _names_of(clash.above) == _names_of(smaller.above):
        return True  # 730 and the rest of the country say no more than their own total
    if len(ceilings) > 1:
        return _names_of(smaller.above) < _names_of(clash.above)
    mixed = len(speakers) > 1 or speakers == ceilings
    same = ceilings == {t.figure.speaker for t in smaller.above.terms} and "others" not in smaller.above.rules
    again = (
        _names_of(clash.below) == _names_of(smaller.below) and same and speakers == ceilings and clash.gap < smaller.gap
    )
    return again or (mixed and same and _names_of(smaller.below) < _names_of(clash.below))


def _own_sum(clash: Contradiction, speakers: set[str]) -> bool:
    """Whether a speaker's several figures are more than a figure of the same speaker."""
    return (
        len(clash.below.terms) > 1 and len(speakers) == 1 and {t.figure.speaker for t in clash.above.terms} == speakers
    )


def _own_total(clash: Contradiction, speakers: set[str]) -> bool:
    """Whether it is a speaker's one number for the whole that is more."""
    figures = [t.figure for t in clash.below.terms]
    return len(figures) == 1 and {f.speaker for f in figures} == speakers and figures[0].key == clash.key


def _divided(proof: Proof) -> bool:
    """Whether a place is divided into a part and the rest, and both are added."""
    return len(proof.terms) > 1 and any(t.figure.apart for t in proof.terms)


def _names_of(proof: Proof) -> frozenset[str]:
    return frozenset(t.figure.name for t in proof.terms)


def _names(clash: Contradiction) -> tuple[object, ...]:
    return tuple(sorted((f.name, f.key.place) for f in clash.core))
