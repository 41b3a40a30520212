"""A speaker's later figure replaces the earlier one, up or down. The log of that is a result."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import pairwise

from .corrections import Corrections
from .moments import FINAL
from .results import Figure, Key, Revision
from .rules import GROWING, Rules
from .sources import own

_LOOSE = frozenset("more_than nearly about up_to dozens tens scores hundreds thousands several less_than".split())


def revise(
    figures: Sequence[Figure], rules: Rules, corrections: Corrections, versions: Container[str] = ()
) -> tuple[list[Figure], list[Revision]]:
    """The figures with what their speakers have taken back marked stale, and the log of the changes.

    An outlet's own number is no statement that a later one replaces, but for the `versions` of a dispatch: claims of
    it in which copies changed the number. A number that does not only grow is replaced only by another one for the
    same moment.
    """
    if "last_figure" not in rules:
        return list(figures), []
    voice = _voices(figures)
    lines: defaultdict[tuple[str, Key, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        if _sharp(figure) and (figure.named or any(claim in versions for claim in figure.claims)):
            moment = "" if figure.key.quantity in GROWING else figure.moment.key
            lines[voice(figure.speaker), figure.key, moment].append(figure)
    changed: dict[str, Figure] = {}
    log: list[Revision] = []
    for (speaker, key, _), line in sorted(lines.items()):
        if len(line) > 1:
            log += _changes(speaker, key, _in_time(line, corrections), changed, corrections)
    return _without_stale(figures, changed, voice), log


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
    speaker: str, key: Key, line: Sequence[Figure], changed: dict[str, Figure], corrections: Corrections
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


def _without_stale(figures: Sequence[Figure], changed: dict[str, Figure], voice: Callable[[str], str]) -> list[Figure]:
    """The same figures; an undated repetition of a number that was taken back is taken back with it."""
    stale = {(voice(f.speaker), f.key, f.number, f.moment.key) for f in changed.values() if f.stale}
    kept = []
    for figure in figures:
        figure = changed.get(figure.name, figure)
        if not figure.stale and (voice(figure.speaker), figure.key, figure.number, figure.moment.key) in stale:
            figure = figure._replace(floor=None, ceiling=None, stale=True)
        kept.append(figure)
    return kept


def _voices(figures: Iterable[Figure]) -> Callable[[str], str]:
    """Under whose name a speaker's figures follow each other: "A and B" speak later for A, if A spoke alone."""
    speakers = {f.speaker for f in figures}

    def voice(speaker: str) -> str:
        alone = [part for part in speaker.split(" and ") if part in speakers]
        return alone[0] if alone and " and " in speaker else speaker

    return voice
