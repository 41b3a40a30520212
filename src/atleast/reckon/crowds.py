"""Sizes of a crowd that several people tell of one hour: a crowd comes and goes, but at one hour it has one size."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import chain

from .broken import Laid, Suspect
from .results import Figure, Key
from .rows import Rows
from .rules import PEAKS


def crowds(rows: Rows) -> Laid:
    """What is told of each crowd at each hour: every size below one that somebody else tells."""
    return Laid(_hour, lambda told: chain.from_iterable(_of(figure, told, rows) for figure in told))


def _hour(figure: Figure) -> tuple[Key, datetime] | None:
    """The crowd and the hour that a figure is of."""
    start, end = figure.moment.real
    timed = figure.key.quantity in PEAKS and figure.named and figure.dated and start == end
    return (figure.key, start) if timed else None


def _of(figure: Figure, told: Sequence[Figure], rows: Rows) -> Iterator[Suspect]:
    """A size as the most that there were, first by the plain words, then with "about" within its tolerance."""
    others = [f for f in told if f.speaker != figure.speaker]
    plainly = _against(_capped(figure), others, rows)
    roughly = _against(_capped(_rough(figure)), map(_rough, others), rows) if "about" in rows.rules else None
    if plainly:
        yield plainly
    elif roughly:
        yield roughly


def _against(cap: Figure, others: Iterable[Figure], rows: Rows) -> Suspect | None:
    more = [f for f in others if cap.ceiling is not None and (f.floor or 0) > cap.ceiling]
    if not more:
        return None
    gap = max(f.floor or 0 for f in more) - (cap.ceiling or 0)
    rough = any(f.roughly.known for f in (cap, *more))
    return Suspect(cap, rows.of(cap), gap, lambda: more, ("about",) if rough else ())


def _capped(figure: Figure) -> Figure:
    """The figure as a full count of its hour."""
    if figure.ceiling is not None or figure.bound in ("about", "vague", "at_least"):
        return figure
    return figure._replace(ceiling=figure.high)


def _rough(figure: Figure) -> Figure:
    known = figure.roughly.known
    return figure._replace(floor=figure.roughly.low, ceiling=figure.roughly.high) if known else figure
