"""Relays told from their source: a relay adds no evidence, and what it got wrong is no dispute.

A claim that passes on a speaker's figure takes the moment of the speaker's own statement where the
number, or the other numbers of the same report, tell which statement it was.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from .corrections import Corrections
from .groups import Change, Groups, Outcome
from .manner import TELLING, WEAK_HEDGES, agree, in_heap, own, relayed, same
from .moments import FINAL
from .nearby import Nearby
from .passing import placed
from .places import Atlas
from .results import Contradiction, Figure, Key
from .rules import Rules
from .slips import Slip, alone, error, hedge_slip, slips
from .sources import Sources
from .texts import against_itself


class Relays:
    """Figures with their relays gathered: one per statement, with all its quotes; errors of relays set apart.

    Figures may come and go; only what a change can bear on is judged again.
    """

    def __init__(self, atlas: Atlas, rules: Rules, corrections: Corrections) -> None:
        self._atlas, self._on = atlas, "relay" in rules
        self._called = corrections.called
        self._sources = Sources()
        self._nearby: Nearby | None = None
        self._placed: dict[Figure, Figure] = {}
        self._slips: dict[Figure, Slip] = {}
        self._doubted: dict[Figure, str] = {}
        self._texts: dict[tuple[str, Key], list[Contradiction]] = {}
        self._added: set[str] = set()
        self._gathered = Groups(_voice, lambda group: _one_voice(group, corrections, agreeing=self._on))

    def change(self, change: Change) -> Change:
        """Let go of figures and take in others; how what is gathered of them differs from before."""
        return self._gathered.change(self._judged(change) if self._on else change)

    def figures(self) -> list[Figure]:
        """What is gathered, in its settled order."""
        return sorted(self._gathered.figures(), key=in_heap)

    def doubted(self) -> list[tuple[Figure, str]]:
        """The figures that nobody should rest on, each with its reason."""
        return [*self._doubted.items(), *(doubt for outcome in self._gathered.outcomes() for doubt in outcome.doubted)]

    def errors(self) -> list[Contradiction]:
        """What relays and headlines got wrong."""
        slips = [error(what, figure, *told) for figure, (what, told) in sorted(self._slips.items(), key=_first)]
        numbers = (e for outcome in self._gathered.outcomes() for e in outcome.errors)
        found = _gathered([*slips, *sorted(numbers, key=lambda e: tuple(f.name for f in e.core))])
        return [*found, *(e for place in sorted(self._texts) for e in self._texts[place])]

    def _judged(self, change: Change) -> Change:
        """What becomes of each figure by itself: it is doubted, or stands for the statement that it passes on."""
        if not self._placed and not change.gone:
            self._sources = Sources(change.new)
            self._read(self._sources.texts())
            for figure in change.new:
                self._try(figure)
            return self._place(change.new, ())
        touched = self._touched(change)
        again = dict(touched)
        for figure in touched:
            if self._try(figure):
                again.update(dict.fromkeys(self._beside(figure)))
        return self._place(again, change.gone)

    def _touched(self, change: Change) -> dict[Figure, None]:
        """The figures that a change can bear on, those that came among them; what went is forgotten."""
        nearby = self._nearby = self._nearby or Nearby([*self._placed, *self._doubted])
        for figure in change.gone:
            self._sources.drop(figure)
            nearby.drop(figure)
        for figure in change.new:
            self._sources.add(figure)
            nearby.add(figure)
        pairs = self._sources.settle()
        changed = [*change.gone, *change.new]
        touched = dict.fromkeys(near for figure in changed for near in nearby.of(figure))
        touched.update(dict.fromkeys(relay for pair in pairs for relay in self._sources.relays(pair)))
        rows = {figure.key for figure in changed}
        texts = self._sources.texts()
        told = {(f.quotes[0].report, key) for key in rows for f in nearby.row(key)}
        self._read({place: texts[place] for place in told | {(f.quotes[0].report, f.key) for f in change.gone}})
        for figure in change.gone:
            if (slip := self._slips.pop(figure, None)) is not None:
                self._sources.unslip(slip[0], figure)
                touched.update(dict.fromkeys(self._beside(figure)))
        return touched

    def _beside(self, figure: Figure) -> Iterator[Figure]:
        """The figures that are doubted, or not, for a slip of this one."""
        yield from self._nearby.row(figure.key) if self._nearby else ()
        yield from self._sources.relays((figure.quotes[0].report, figure.speaker))

    def _read(self, texts: Mapping[tuple[str, Key], Sequence[Figure]]) -> None:
        """Lay the numbers of texts beside each other."""
        for place, told in texts.items():
            before = self._texts.pop(place, ())
            self._added.difference_update(_sums(before))
            if found := list(against_itself(told, self._sources)):
                self._texts[place] = found
                self._added.update(_sums(found))

    def _try(self, figure: Figure) -> bool:
        """Look for a slip; whether anything else was found than before."""
        before, after = self._slips.get(figure), next(slips(figure, self._sources, self._atlas), None)
        if before == after:
            return False
        if before is not None:
            self._sources.unslip(before[0], figure)
            del self._slips[figure]
        if after is not None:
            self._sources.slip(after[0], figure)
            self._slips[figure] = after
        return True

    def _place(self, figures: Iterable[Figure], gone: Iterable[Figure]) -> Change:
        out = [self._placed.pop(figure) for figure in gone if figure in self._placed]
        new: list[Figure] = []
        for figure in gone:
            self._doubted.pop(figure, None)
        for figure in figures:
            doubt = self._doubt(figure)
            before = self._placed.pop(figure, None)
            after = None if doubt else placed(figure, self._sources, self._called)
            if doubt:
                self._doubted[figure] = doubt
            elif after is not None:
                self._doubted.pop(figure, None)
                self._placed[figure] = after
            if before != after:
                out += [before] if before is not None else []
                new += [after] if after is not None else []
        return Change(out, new)

    def _doubt(self, figure: Figure) -> str | None:
        """Why nobody should rest on a figure, if so."""
        if figure in self._slips:
            return self._slips[figure][0]
        if figure.name in self._added:
            return "text.added"
        return "relay.beside" if self._sources.beside_slip(figure) else None


def _sums(texts: Iterable[Contradiction]) -> set[str]:
    return {c.below.terms[0].figure.name for c in texts if c.what == "text.added"}


def _first(slip: tuple[Figure, Slip]) -> tuple[str, str]:
    return in_heap(slip[0])


# --- gathering


def _saying(f: Figure) -> tuple[object, ...]:
    """What a figure says: those that say the same are one."""
    told = None if f.moment.lo == FINAL else f.moment.real
    return f.speaker, f.key, f.low, f.high, f.bound, f.hedge, f.partial, f.others, f.moment.lo, f.moment.hi, told


def _voice(figure: Figure) -> tuple[str, Key]:
    """Who says it of which row."""
    return figure.speaker, figure.key


def _one_voice(group: Sequence[Figure], corrections: Corrections, *, agreeing: bool) -> Outcome:
    """What one speaker says of a row: each saying once, and where they have to agree one number for each moment."""
    once = [_one(alike, corrections) for alike in _alike(group, _saying)]
    if not agreeing:
        return Outcome(once)
    moments = [_one_moment(together, corrections) for together in _alike(once, lambda f: f.moment.key)]
    figures, doubted, errors, _ = (tuple(chain.from_iterable(told)) for told in zip(*moments, strict=True))
    return Outcome(figures, doubted, errors)


def _alike(figures: Iterable[Figure], name: Callable[[Figure], object]) -> Iterable[list[Figure]]:
    """Figures by what they share."""
    groups: defaultdict[object, list[Figure]] = defaultdict(list)
    for figure in figures:
        groups[name(figure)].append(figure)
    return groups.values()


def _one(group: Sequence[Figure], corrections: Corrections) -> Figure:
    if len(group) == 1:
        return group[0]
    first = min(group, key=lambda f: (not own(f), not f.dated, f.moment.real, corrections.published(f), f.name))
    quotes = sorted((q for f in group for q in f.quotes), key=lambda q: (q.claim, q.report, q.words))
    lead = first.quotes[0]
    return first._replace(
        dated=any(f.dated for f in group), quotes=(lead, *dict.fromkeys(q for q in quotes if q != lead))
    )


def _one_moment(group: Sequence[Figure], corrections: Corrections) -> Outcome:
    """One figure where one speaker is given several numbers for one moment: the speaker's own, else the weaker.

    Each is laid beside what was said at its very time, else beside all.
    """
    if len(group) == 1:
        return Outcome(group)
    first, *rest = sorted(group, key=_authentic)
    kept = [first]
    errors: list[Contradiction] = []
    doubted: list[tuple[Figure, str]] = []
    for figure in rest:
        leads = [f for f in kept if f.moment.real == figure.moment.real] or kept
        lead = next((f for f in leads if _one_text(figure, f) or _beside(figure, f)), leads[0])
        if _one_text(figure, lead) or any(_corrected(figure, f, corrections) for f in leads):
            kept.append(figure)
        elif _hedged(figure, lead):
            lost = figure.ceiling is not None and lead.ceiling is None
            if lost and (own(lead) or _plainly_told(lead)):
                errors.append(error("relay.hedge_lost", figure, lead))
            kept[kept.index(lead)] = lead._replace(quotes=(*lead.quotes, *figure.quotes))
        elif _beside(figure, lead):
            kept.append(figure)
        else:
            slip = hedge_slip(figure, lead) or "relay.two_numbers"
            errors.append(error(slip, figure, lead))
            doubted.append((figure, slip))
    return Outcome(kept, doubted, errors)


def _plainly_told(lead: Figure) -> bool:
    """Whether a relay tells its time and a number that tells: of two outlets that one has kept the hedge."""
    return lead.dated and lead.bound != "about" and (lead.number or 0) >= TELLING


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
    told = all(f.dated or own(f) for f in (figure, lead))
    timed = told and lo == hi and lead.moment.real == (lo, hi) != (FINAL, FINAL)
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
