"""A speaker's later figure replaces the earlier one, up or down. The log of that is a result."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import pairwise

from .results import Figure, Key, Revision
from .rules import GROWING, Rules
from .sources import own

_LOOSE = frozenset("more_than nearly about up_to dozens tens scores hundreds thousands several less_than".split())


def revise(
    figures: Sequence[Figure], rules: Rules, versions: Container[str] = ()
) -> tuple[list[Figure], list[Revision]]:
    """The figures with what their speakers have taken back marked stale, and the log of the changes.

    An outlet's own number is no statement that a later one replaces, but for the `versions` of a dispatch: claims of
    it in which copies changed the number.
    """
    if "last_figure" not in rules:
        return list(figures), []
    voice = _voices(figures)
    lines: defaultdict[tuple[str, Key], list[Figure]] = defaultdict(list)
    for figure in figures:
        if _sharp(figure) and (figure.named or any(claim in versions for claim in figure.claims)):
            lines[voice(figure.speaker), figure.key].append(figure)
    changed: dict[str, Figure] = {}
    log: list[Revision] = []
    for (speaker, key), line in sorted(lines.items()):
        log += _changes(speaker, key, _in_time(line), changed)
    return _without_stale(figures, changed, voice), log


def _sharp(figure: Figure) -> bool:
    """Whether the figure is a count that can replace another: open, whole, and not loosely put."""
    return (
        figure.key.quantity in GROWING
        and not figure.partial
        and not figure.others
        and figure.number is not None
        and figure.hedge not in _LOOSE
    )


def _in_time(line: Sequence[Figure]) -> list[Figure]:
    """What a speaker said of a row, in order. Relays that tell no time count only where there is nothing else,

    or where they were published after all that is dated and give more: then the count has grown since.
    """
    timed = [f for f in line if f.dated or own(f)]
    if timed:
        last = max(timed, key=lambda f: (f.moment.real[1], f.number or 0))
        timed += [f for f in line if f not in timed and _grown_since(f, last)]
    return sorted(timed or line, key=lambda f: (f.moment.real, f.number or 0, f.name))


def _grown_since(figure: Figure, last: Figure) -> bool:
    return figure.moment.real[0] >= last.moment.real[1] and (figure.number or 0) > (last.number or 0)


def _changes(speaker: str, key: Key, line: Sequence[Figure], changed: dict[str, Figure]) -> list[Revision]:
    """Consecutive statements whose number differs; what was taken back is marked in `changed`."""
    log = []
    for before, after in pairwise(line):
        if (
            before.moment.real[1] > after.moment.real[0]
            or before.number == after.number
            or before.moment.real == after.moment.real
        ):
            continue
        down = (after.number or 0) < (before.number or 0)
        log.append(Revision(key, speaker, before, after, "down" if down else "up"))
    for place, figure in enumerate(line):
        later = [
            f
            for f in line[place + 1 :]
            if figure.moment.real[1] <= f.moment.real[0] and f.moment.real != figure.moment.real
        ]
        if later and (later[-1].number or 0) < (figure.number or 0):
            changed[figure.name] = figure._replace(floor=None, ceiling=None, stale=True)
        elif later and later[-1].number != figure.number:
            changed[figure.name] = figure._replace(ceiling=None)
    return log


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
