"""What a figure passes on: the statement that it repeats, rounds, or prints without its time or its speaker."""

from bisect import bisect_right
from collections.abc import Callable

from .manner import (
    ABOUT_THEN,
    SOURCES,
    TELLING,
    WEAK_HEDGES,
    agree,
    described,
    own,
    relayed,
    reworded,
    same,
    settled,
    spoken,
    timeless,
)
from .results import Figure
from .rules import GROWING
from .sources import Sources

# By which words a figure is called a correction, if it is.
Called = Callable[[Figure], str | None]


def placed(figure: Figure, sources: Sources, called: Called) -> Figure:
    """The figure at the moment, and under the name, of the statement that it passes on."""
    if relayed(figure):
        if source := sources.statement(figure) or rounded(figure, sources):
            told = figure._replace(moment=source.moment)
            if reworded(figure, source):
                told = told._replace(low=source.low, floor=source.floor, hedge=source.hedge)
            return told._replace(partial=True, ceiling=None) if source.partial else told
        printed = _first_print(figure, sources, called)
        figure = figure._replace(moment=printed.moment)
        if _widened(figure, sources) or _outgrown(printed, sources, called):
            return figure._replace(ceiling=None)
    if source := _bulletin(figure, sources):
        return figure._replace(moment=source.moment)
    source = _echoed(figure, sources) or next(iter(rounded_up(figure, sources)), None)
    if source is None:
        return figure
    if source.number != figure.number:
        figure = figure._replace(low=source.low, floor=source.floor, hedge=source.hedge)
    return figure._replace(speaker=source.speaker, named=True, kind=source.kind, side=source.side, moment=source.moment)


def _first_print(figure: Figure, sources: Sources, called: Called) -> Figure:
    """Of the relays that tell no time the first to give this number of the speaker's: it was said by then.

    A later one may print it again. What is called a correction says it anew.
    """
    first = sources.first(figure)
    return figure if first is figure or not timeless(figure) or called(figure) else first


def _outgrown(figure: Figure, sources: Sources, called: Called) -> bool:
    """Whether the speaker had counted more before the relay was printed: then its number is an earlier one."""
    if figure.key.quantity not in GROWING or not timeless(figure):
        return False
    counted = (s for s in sources.said[figure.speaker, figure.key] if s.dated and s.hedge not in WEAK_HEDGES)
    before = (s.floor or 0 for s in counted if s.moment.real[1] <= figure.moment.real[0])
    return max(before, default=0) > (figure.number or 0) and not called(figure)


def _widened(figure: Figure, sources: Sources) -> bool:
    """Whether the number was given for a part only, and never for the place that the relay names."""
    return not sources.said.get((figure.speaker, figure.key)) and sources.given_inside(figure)


def _bulletin(figure: Figure, sources: Sources) -> Figure | None:
    """The speaker's own bulletin that a relay means by its clock: it was out some minutes later, and tells no time.

    It gives the same number, or one that cannot have grown from it in between.
    """
    (clock, hi), number = figure.moment.real, figure.number or 0
    if not figure.dated or not figure.named or clock != hi or figure.key.quantity not in GROWING or own(figure):
        return None
    said = sources.said.get((figure.speaker, figure.key), [])
    at = bisect_right(said, (False, (clock, clock)), key=lambda s: (not own(s), s.moment.real))
    before, after = (said[at - 1] if at else None), (said[at] if at < len(said) else None)
    if after is None or not own(after) or after.moment.real[0] - clock > ABOUT_THEN:
        return None
    if before is not None and before.moment.real == figure.moment.real:
        return None
    grown = (before.number or 0 if before else 0) <= number <= (after.number or 0)
    return after if same(after, figure) or not (grown or figure.hedge in WEAK_HEDGES) else None


def _echoed(figure: Figure, sources: Sources) -> Figure | None:
    """The statement of a named speaker that somebody else repeats as his own: the same number of the same row.

    An outlet that names nobody, or an organisation that gives a monitor's number for the same minute.
    """
    if (figure.number or 0) < TELLING or figure.hedge in WEAK_HEDGES or figure.partial:
        return None
    told = [
        s
        for s in sources.counted(figure.key, figure.number)
        if s.speaker != figure.speaker and s.named and not s.partial and same(s, figure) and not sources.wrong(s)
    ]
    if figure.named:
        told = [s for s in told if s.kind in SOURCES and s.dated and _could_echo(figure, s)]
    return min(told, key=lambda s: (s.kind not in SOURCES, not s.dated, *settled(s)), default=None)


def _could_echo(figure: Figure, source: Figure) -> bool:
    """Whether a named speaker's number can be another's.

    One for the same minute, one office's for another, or one of somebody who is only described ("media reports").
    """
    if described(figure) and not figure.dated:
        return True
    if figure.kind in SOURCES:
        return figure.side == source.side == "authority" and not figure.dated
    return figure.dated and source.moment.real == figure.moment.real


def rounded(figure: Figure, sources: Sources) -> Figure | None:
    """The speaker's statement that a loosely put relay rounds: "more than 800" of 875, "about 150" of 147."""
    if figure.hedge not in WEAK_HEDGES:
        return None
    said = (s for s in sources.said[figure.speaker, figure.key] if s.hedge not in WEAK_HEDGES and agree(s, figure))
    told = (s for s in said if figure.hedge != "more_than" or (s.number or 0) >= spoken(figure))
    return min(told, key=lambda s: (abs((s.number or 0) - spoken(figure)), *settled(s)), default=None)


def rounded_up(figure: Figure, sources: Sources) -> list[Figure]:
    """The statements that an outlet rounds in its own voice: "more than 1,100" where somebody counted 1,100.

    The word is the outlet's, and nobody counted one more. What stands in the same report comes first.
    """
    if figure.named or figure.hedge != "more_than" or spoken(figure) < TELLING or figure.partial:
        return []
    counted = (s for s in sources.counted(figure.key, spoken(figure)) if s.named and not s.partial)
    told = (s for s in counted if s.bound == "exact" and s.hedge is None)
    told = (s for s in told if not sources.wrong(s))
    report = figure.quotes[0].report
    return sorted(told, key=lambda s: (s.quotes[0].report != report, s.kind not in SOURCES, not s.dated, *settled(s)))
