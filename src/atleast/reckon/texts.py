"""What one text says against itself: a headline against its body, a total against its own list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .manner import agree, settled, spoken
from .results import Contradiction, Figure
from .rules import PEAKS
from .slips import error, hedge_slip
from .sources import Sources

# So many numbers of one text are tried as the terms of a headline that adds what must not be added.
MOST_QUOTED = 40


def against_itself(told: Sequence[Figure], sources: Sources) -> Iterator[Contradiction]:
    """Of all that one text tells of a row, the outlet's own number that fits none of the numbers it quotes.

    It stands in the headline or the lead.
    """
    if len(told) < 2:
        return
    quoted = [f for f in told if f.named and _comparable(f)]
    for figure in (f for f in told if quoted and not f.named and _comparable(f)):
        others = [f for f in quoted if f.moment.real == figure.moment.real]
        if others and not any(_fits(figure, f) for f in others):
            yield from _misfit(figure, others, sources)


def _misfit(figure: Figure, others: Sequence[Figure], sources: Sources) -> Iterator[Contradiction]:
    """The outlet's number beside the quoted ones: a sum of them, or a number that is none of theirs."""
    terms = _sum(figure.number or 0, others)
    heard = [f for f in others if f.side == figure.side]
    if terms:
        yield replace(error("text.added", figure, *terms), kind="text")
    elif heard or figure.headline or not _vouched(figure, sources):
        yield replace(error("text.own_and_quoted", figure, min(heard or others, key=settled)), kind="text")


def _vouched(figure: Figure, sources: Sources) -> bool:
    """Whether a named speaker gives such a number elsewhere: then the outlet may have it from there."""
    return any(_fits(figure, f) for f in sources.rows[figure.key])


def _fits(figure: Figure, other: Figure) -> bool:
    """Whether an outlet can have its number from a quoted one. A headline may not go beyond "at least 866"."""
    beyond = figure.headline and other.hedge in (None, "at_least") and spoken(figure) > (other.high or other.low or 0)
    if beyond and figure.bound != "about":
        return False
    return agree(figure, other) or hedge_slip(figure, other) is not None


def _sum(number: int, quoted: Iterable[Figure]) -> tuple[Figure, ...]:
    """Two of the quoted figures for one row that make the number together: two counts of the same people."""
    by_number = {f.number: f for f in sorted(quoted, key=settled, reverse=True)[:MOST_QUOTED] if f.number}
    for one in sorted(by_number, reverse=True):
        other = by_number.get(number - one)
        if other is not None and other.number != one:
            return by_number[one], other
    return ()


def _comparable(figure: Figure) -> bool:
    """Whether the figure is a whole count. Crowds are left out: an outlet may well have counted one itself."""
    whole = figure.number is not None and figure.bound != "vague" and not figure.partial and not figure.others
    return whole and figure.key.quantity not in PEAKS
