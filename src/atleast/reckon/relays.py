"""Relays told from their source: a relay adds no evidence, and what it got wrong is no dispute.

A claim that passes on a speaker's figure takes the moment of the speaker's own statement where the
number, or the other numbers of the same report, tell which statement it was.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from .corrections import Corrections
from .moments import FINAL
from .places import Atlas
from .results import Contradiction, Figure, Key
from .rules import Rules
from .slips import alone, error, hedge_slip, slips
from .sources import WEAK_HEDGES, Sources, agree, own, relayed, same
from .texts import against_itself


@dataclass(slots=True)
class Sorted:
    """Figures with their relays gathered, the figures nobody should rest on, and the errors found."""

    figures: list[Figure] = field(default_factory=list)
    doubted: list[tuple[Figure, str]] = field(default_factory=list)
    errors: list[Contradiction] = field(default_factory=list)


def gather(figures: Sequence[Figure], atlas: Atlas, rules: Rules, corrections: Corrections) -> Sorted:
    """One figure per statement, with all its quotes; the errors of relays and headlines set apart."""
    if "relay" not in rules:
        return Sorted(_merged(figures))
    found = Sorted()
    sources = Sources(figures)
    texts = list(against_itself(sources))
    sums = {c.below.terms[0].figure.name for c in texts if c.what == "text.added"}
    sound = []
    for figure in figures:
        wrong = next(slips(figure, sources, atlas), None)
        if wrong is not None:
            _doubt(found, figure, wrong[0])
            found.errors.append(error(wrong[0], figure, *wrong[1]))
            sources.slip(wrong[0], figure)
        elif figure.name in sums:
            _doubt(found, figure, "text.added")
        else:
            sound.append(figure)
    kept = []
    for figure in sound:
        if sources.beside_slip(figure):
            _doubt(found, figure, "relay.beside")
        else:
            kept.append(sources.placed(figure))
    found.figures = _agreed(_merged(kept), found, corrections)
    found.errors = [*_gathered(found.errors), *texts]
    return found


def _doubt(found: Sorted, figure: Figure, what: str) -> None:
    found.doubted.append((figure, what))


# --- gathering


def _merged(figures: Iterable[Figure]) -> list[Figure]:
    """Figures that say the same as one, with all their quotes."""
    groups: defaultdict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for f in figures:
        said = (f.low, f.high, f.bound, f.hedge, f.partial, f.others)
        told = None if f.moment.lo == FINAL else f.moment.real
        groups[f.speaker, f.key, said, f.moment.lo, f.moment.hi, told].append(f)
    return sorted((_one(group) if len(group) > 1 else group[0] for group in groups.values()), key=lambda f: f.name)


def _one(group: Sequence[Figure]) -> Figure:
    first = min(group, key=lambda f: (not own(f), not f.dated, f.moment.real, f.name))
    quotes = sorted((q for f in group for q in f.quotes), key=lambda q: (q.claim, q.report, q.words))
    lead = first.quotes[0]
    return first._replace(
        dated=any(f.dated for f in group), quotes=(lead, *dict.fromkeys(q for q in quotes if q != lead))
    )


def _agreed(figures: Sequence[Figure], found: Sorted, corrections: Corrections) -> list[Figure]:
    """One figure where one speaker is given several numbers for one moment: the speaker's own, else the weaker."""
    slots: defaultdict[tuple[str, Key, str], list[Figure]] = defaultdict(list)
    for figure in figures:
        slots[figure.speaker, figure.key, figure.moment.key].append(figure)
    kept: list[Figure] = []
    for group in slots.values():
        kept += _one_moment(group, found, corrections) if len(group) > 1 else group
    return sorted(kept, key=lambda f: f.name)


def _one_moment(group: Sequence[Figure], found: Sorted, corrections: Corrections) -> list[Figure]:
    """The figures of one slot that can stand: each is laid beside what was said at its very time, else beside all."""
    first, *rest = sorted(group, key=_authentic)
    kept = [first]
    for figure in rest:
        leads = [f for f in kept if f.moment.real == figure.moment.real] or kept
        lead = next((f for f in leads if _one_text(figure, f) or _beside(figure, f)), leads[0])
        if _one_text(figure, lead) or any(_corrected(figure, f, corrections) for f in leads):
            kept.append(figure)
        elif _hedged(figure, lead):
            lost = figure.ceiling is not None and lead.ceiling is None
            if lost and (lead.dated or own(lead) or lead.bound == "about"):
                found.errors.append(error("relay.hedge_lost", figure, lead))
            kept[kept.index(lead)] = lead._replace(quotes=(*lead.quotes, *figure.quotes))
        elif _beside(figure, lead):
            kept.append(figure)
        else:
            slip = hedge_slip(figure, lead) or "relay.two_numbers"
            found.errors.append(error(slip, figure, lead))
            _doubt(found, figure, slip)
    return kept


def _corrected(figure: Figure, lead: Figure, corrections: Corrections) -> bool:
    """Whether one of the two was published later as a correction of the other."""
    return corrections.replaces(figure, lead) or corrections.replaces(lead, figure)


def _one_text(figure: Figure, lead: Figure) -> bool:
    """Whether both stand in the report that first said them, not in one that repeats them; then no relay erred."""
    return figure.quotes[0].report == lead.quotes[0].report


def _beside(figure: Figure, lead: Figure) -> bool:
    """Whether both can stand: a part, an update, one number hedged, or numbers that agree."""
    if figure.partial or lead.partial or figure.others or lead.others or _updates(figure, lead):
        return True
    if _hedged(figure, lead):
        return True
    loosely = figure.hedge in WEAK_HEDGES and _weaker(figure, lead)
    return not _one_minute(figure, lead) and (agree(figure, lead) or loosely)


def _hedged(figure: Figure, lead: Figure) -> bool:
    """Whether the number is the same and only the hedge differs."""
    if figure.partial or lead.partial or figure.others or lead.others or _updates(figure, lead):
        return False
    rough = "about" in (figure.bound, lead.bound) and figure.number == lead.number
    return figure.bound != lead.bound and (same(figure, lead) or rough)


def _one_minute(figure: Figure, lead: Figure) -> bool:
    """Whether both are told with one time to the minute, plainly: then "at least 312" and 321 are two numbers."""
    lo, hi = figure.moment.real
    timed = figure.dated and lead.dated and lo == hi and lead.moment.real == (lo, hi) != (FINAL, FINAL)
    return timed and not {figure.hedge, lead.hedge} & WEAK_HEDGES and figure.bound != "about" != lead.bound


def _updates(figure: Figure, lead: Figure) -> bool:
    """Whether both count an event that was over, one of them told later: an update, no slip.

    Of relays without a time only those that give more can be one.
    """
    if figure.moment.lo != FINAL or lead.moment.lo != FINAL:
        return False
    earlier, later = sorted((figure, lead), key=lambda f: f.moment.real)
    told = not (relayed(figure) or relayed(lead))
    in_turn = earlier.moment.real[1] <= later.moment.real[0] and earlier.moment.real != later.moment.real
    return in_turn and (told or (earlier.number or 0) < (later.number or 0))


def _authentic(figure: Figure) -> tuple[object, ...]:
    """The speaker's own words first, then what was told with its time, then what claims least.

    How often a figure was repeated does not count: a relay changes no bound.
    """
    own_words = any(own(figure._replace(quotes=(quote,))) for quote in figure.quotes)
    return (not own_words, not figure.dated, figure.ceiling is not None, figure.number or 0, figure.name)


def _weaker(figure: Figure, lead: Figure) -> bool:
    return (figure.number or 0) <= (lead.number or 0)


def _gathered(errors: Sequence[Contradiction]) -> list[Contradiction]:
    """One error where several outlets made the same slip."""
    groups: defaultdict[tuple[object, ...], list[Contradiction]] = defaultdict(list)
    for e in errors:
        told = e.above.terms[0].figure
        groups[e.what, e.key, e.below.total, told.speaker, told.number, told.moment.key].append(e)
    return [_together(group) for group in groups.values()]


def _together(group: Sequence[Contradiction]) -> Contradiction:
    first = min(group, key=lambda e: e.below.terms[0].figure.name)
    wrong = first.below.terms[0].figure
    quotes = dict.fromkeys(q for e in group for q in e.below.terms[0].figure.quotes)
    wrong = wrong._replace(quotes=tuple(sorted(quotes, key=lambda q: (q.claim, q.report, q.words))))
    core = tuple(sorted((wrong, *(t.figure for t in first.above.terms)), key=lambda f: f.name))
    return replace(first, below=alone(wrong), core=core)
