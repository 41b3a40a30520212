"""A speaker's later figure replaces the earlier one, up or down. The log of that is a result."""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping, Sequence
from itertools import pairwise

from .corrections import Corrections
from .groups import Change, Groups, Outcome
from .manner import in_heap, own
from .moments import FINAL
from .results import Figure, Key, Revision
from .rules import GROWING, Rules

_LOOSE = frozenset("more_than nearly about up_to dozens tens scores hundreds thousands several less_than".split())


class Revisions:
    """Figures with what their speakers have taken back marked stale, and the log of the changes.

    An outlet's own number is no statement that a later one replaces, but for the `versions` of a dispatch: claims of
    it in which copies changed the number. A number that does not only grow is replaced only by another one for the
    same moment. Figures may come and go; only their lines are looked at again.
    """

    def __init__(self, rules: Rules, corrections: Corrections, versions: Container[str] = ()) -> None:
        self._on = "last_figure" in rules
        self._corrections, self._versions = corrections, versions
        self._speakers: Counter[str] = Counter()
        self._lines = Groups(self._line, self._revised)

    def change(self, change: Change) -> Change | None:
        """Let go of figures and take in others; how the revised ones differ from before.

        None, and nothing is done, where the change tells otherwise who speaks for whom: then all has to be taken in
        again.
        """
        speakers = self._speakers.copy()
        speakers.subtract(f.speaker for f in change.gone)
        speakers.update(f.speaker for f in change.new)
        changed = {s for s in {f.speaker for f in (*change.gone, *change.new)} if (speakers[s] > 0) != (s in self)}
        if any(changed & set(s.split(" and ")) for s in self._speakers if " and " in s and s in self):
            return None
        self._speakers = speakers
        return self._lines.change(change)

    def __contains__(self, speaker: object) -> bool:
        return self._speakers[str(speaker)] > 0

    def figures(self) -> list[Figure]:
        """All figures, in their settled order."""
        return sorted(self._lines.figures(), key=in_heap)

    def log(self) -> list[Revision]:
        """Every change of a number, line by line, in a settled order."""
        lines = (outcome.log for outcome in self._lines.outcomes() if outcome.log)
        return [change for line in sorted(lines, key=lambda line: (line[0].speaker, line[0].key)) for change in line]

    def _line(self, figure: Figure) -> tuple[str, Key]:
        return self._voice(figure.speaker), figure.key

    def _voice(self, speaker: str) -> str:
        """Under whose name a speaker's figures follow each other: "A and B" speak later for A, if A spoke alone."""
        if " and " not in speaker:
            return speaker
        return next((part for part in speaker.split(" and ") if part in self), speaker)

    def _revised(self, figures: Sequence[Figure]) -> Outcome:
        """What one voice said of one row."""
        if not self._on:
            return Outcome(figures)
        lines: defaultdict[str, list[Figure]] = defaultdict(list)
        for figure in figures:
            if _sharp(figure) and (figure.named or any(claim in self._versions for claim in figure.claims)):
                lines["" if figure.key.quantity in GROWING else figure.moment.key].append(figure)
        changed: dict[str, Figure] = {}
        log: list[Revision] = []
        voice = self._voice(figures[0].speaker)
        for _, line in sorted(lines.items()):
            if len(line) > 1:
                log += _changes(voice, _in_time(line, self._corrections), changed, self._corrections)
        return Outcome(_without_stale(figures, changed), log=log)


def _sharp(figure: Figure) -> bool:
    """Whether the figure is a count that can replace another: whole, and not loosely put."""
    return not figure.partial and not figure.others and figure.number is not None and figure.hedge not in _LOOSE


def _in_time(line: Sequence[Figure], corrections: Corrections) -> list[Figure]:
    """What a speaker said of a row, in order. Relays that tell no time count only where there is nothing else,

    or where they were published after all that is dated and give more: then the count has grown since.
    """
    timed = [f for f in line if f.dated or own(f)]
    if timed:
        last = max(timed, key=lambda f: (f.moment.real[1], f.number or 0))
        timed += [f for f in line if f not in timed and _grown_since(f, last)]
    return sorted(timed or line, key=lambda f: (f.moment.real, corrections.published(f), f.number or 0, f.name))


def _grown_since(figure: Figure, last: Figure) -> bool:
    return figure.moment.real[0] >= last.moment.real[1] and (figure.number or 0) > (last.number or 0)


def _changes(
    speaker: str, line: Sequence[Figure], changed: dict[str, Figure], corrections: Corrections
) -> list[Revision]:
    """Consecutive statements whose number differs; what was taken back is marked in `changed`."""
    log = []
    for before, after in pairwise(line):
        if before.number != after.number and _follows(after, before, corrections):
            log.append(_revision(speaker, before, after, corrections))
    for place, figure in enumerate(line):
        later = [f for f in line[place + 1 :] if _follows(f, figure, corrections)]
        if later and (later[-1].number or 0) < (figure.number or 0):
            changed[figure.name] = figure._replace(floor=None, ceiling=None, stale=True)
        elif later and later[-1].number != figure.number:
            changed[figure.name] = figure._replace(ceiling=None)
    return log


def _follows(after: Figure, before: Figure, corrections: Corrections) -> bool:
    """Whether one figure is of a later moment; or of the same, and the other was published before it."""
    if before.moment.real == after.moment.real:
        return corrections.replaces(after, before)
    return after.key.quantity in GROWING and before.moment.real[1] <= after.moment.real[0]


def _revision(speaker: str, before: Figure, after: Figure, corrections: Corrections) -> Revision:
    """A change, with the reason for which it is no growth, if there is one."""
    down = (after.number or 0) < (before.number or 0)
    called = corrections.called(after)
    (start, end), over = before.moment.real, before.moment.lo
    one_moment = before.moment.real == after.moment.real and start == end
    reasons = (("called", called), ("fell", down), ("same_moment", one_moment), ("event_over", over == FINAL != start))
    why = next((name for name, holds in reasons if holds), "")
    return Revision(before.key, speaker, before, after, "down" if down else "up", why, called or "")


def _without_stale(figures: Sequence[Figure], changed: Mapping[str, Figure]) -> list[Figure]:
    """The same figures; an undated repetition of a number that was taken back is taken back with it."""
    stale = {(f.number, f.moment.key) for f in changed.values() if f.stale}
    kept = []
    for figure in figures:
        figure = changed.get(figure.name, figure)
        if not figure.stale and (figure.number, figure.moment.key) in stale:
            figure = figure._replace(floor=None, ceiling=None, stale=True)
        kept.append(figure)
    return kept
