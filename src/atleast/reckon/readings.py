"""Which other readings of the words would remove a contradiction: each is tried, and told only if it does.

A reading changes one figure (its place, its moment, what is counted, a hedge that was lost, a zone) or leaves out one
rule. The figures of the contradiction are then reckoned again, by themselves: if nothing is broken any more, the
reading is told. So an editor knows what to ask, and of whom.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil

from atleast.model import People

from .figures import outside
from .groups import Change
from .manner import own
from .moments import FINAL, Moment
from .places import Atlas
from .results import Contradiction, Figure, Message, Proof
from .rows import Rows
from .rules import ABOUT, ASSUMPTIONS, GROWING, Rules
from .shortages import shortages
from .suspects import Suspects

# For so many contradictions, the first ones, readings are tried, and only in sets of so many figures.
MOST_READ, MOST_FIGURES = 200, 40
# So many places of the parts are tried as what a whole may have left out.
MOST_PLACES = 4
_PAPERS = frozenset({"charges", "charged", "to_court"})
# What a relay's slip would be no slip of. These follow from the class itself and need no reckoning.
_OF_SLIPS = {
    "relay.two_numbers": "reading.other_moment",
    "relay.companion": "reading.other_moment",
    "relay.credited": "reading.own_count",
    "relay.added": "reading.different_people",
    "text.added": "reading.different_people",
}

# Rules that words may be read against. A part lies in its whole whatever is read; only what is added may overlap.
_DOUBTED = frozenset(
    "others among among_detained scope released_not_held city_has_one said_together event_over".split()
)
_DOUBTED_OF_SUMS = _DOUBTED | {"parts"}

Reading = tuple[Message, list[Figure], Rules]


@dataclass(frozen=True, slots=True)
class Readings:
    """What the readings of a case rest on: its places, its rules, and how often numbers are also told of papers."""

    atlas: Atlas
    rules: Rules
    papers: Counter[tuple[str, int]] = field(default_factory=Counter)
    over: datetime | None = None
    known: dict[int, tuple[Contradiction, tuple[Message, ...]]] = field(default_factory=dict)

    def change(self, change: Change) -> None:
        """Take in how what was said differs."""
        papers = self.papers.copy()
        papers.subtract(_of_papers(change.gone))
        papers.update(_of_papers(change.new))
        if papers != self.papers:
            self.papers.update(_of_papers(change.new))
            self.papers.subtract(_of_papers(change.gone))
            self.known.clear()

    def read(self, ranked: Sequence[Contradiction]) -> list[Contradiction]:
        """The contradictions with their readings, the first ones in full."""
        before, first = dict(self.known), ranked[:MOST_READ]
        self.known.clear()
        for clash in first:  # one and the same contradiction is read once, as long as it is told
            known = before.get(id(clash))
            self.known[id(clash)] = known if known and known[0] is clash else (clash, self(clash))
        return [*(replace(c, readings=self.known[id(c)][1]) for c in first), *ranked[MOST_READ:]]

    def __call__(self, clash: Contradiction) -> tuple[Message, ...]:
        """The readings that remove one contradiction."""
        wrong = clash.below.terms[0].figure
        if clash.what in _OF_SLIPS:
            return (Message(_OF_SLIPS[clash.what], {"figure": wrong}),)
        clash = replace(clash, below=_as_said(clash.below), above=_as_said(clash.above))
        figures = list(dict.fromkeys(t.figure for t in (*clash.below.terms, *clash.above.terms)))
        rules = Rules(self.rules.off | (frozenset(ASSUMPTIONS) - frozenset(clash.assumes)))
        if len(figures) > MOST_FIGURES or clash.kind == "relay" or not self._broken(figures, rules):
            return ()
        tried = self._tried(clash, figures, rules)
        return tuple(dict.fromkeys(m for m, changed, kept in tried if not self._broken(changed, kept)))

    def _broken(self, figures: Sequence[Figure], rules: Rules) -> bool:
        rows = Rows(self.atlas, rules, figures)
        return (
            bool(Suspects(rows, figures, over=self.over).weightiest(1)[1])
            or next(shortages(figures, rows), None) is not None
        )

    def _tried(self, clash: Contradiction, figures: Sequence[Figure], rules: Rules) -> Iterator[Reading]:
        """Every reading that the words allow, with the figures and rules under it."""
        below = [t.figure for t in clash.below.terms]
        for cap in (t.figure for t in clash.above.terms):
            changes = (*self._without(cap, below), *_earlier(cap, below), *_hedged(cap))
            yield from ((m, _put(figures, cap, other), rules) for m, other in changes)
        for figure in below:
            yield from ((m, _put(figures, figure, other), rules) for m, other in _rough(figure))
        for figure in figures:
            changes = (*self._papers(figure), *_zone(figure), *_wider(figure, clash))
            yield from ((m, _put(figures, figure, other), rules) for m, other in changes)
        for rule in sorted(_DOUBTED & {*clash.rules} if len(below) == 1 else _DOUBTED_OF_SUMS & {*clash.rules}):
            message = Message("reading.rule", {"rule": f"rule.{rule}"})
            yield message, list(figures), Rules(rules.off | {rule})

    def _without(self, cap: Figure, below: Sequence[Figure]) -> Iterator[tuple[Message, Figure]]:
        """The whole may leave out a place that somebody else counted: the country without its capital."""
        inside = [f for f in below if f.key.place != cap.key.place and self.atlas.within(f.key.place, cap.key.place)]
        alien = [f for f in inside if f.speaker != cap.speaker and not f.apart and not cap.apart and not cap.others]
        for figure in sorted(alien, key=lambda f: (-(f.floor or 0), f.name))[:MOST_PLACES]:
            apart = (figure.key.place,)
            key = cap.key._replace(place=outside(cap.key.place, apart))
            yield (
                Message("reading.without", {"figure": cap, "place": figure.key.place.partition(", ")[0]}),
                cap._replace(key=key, apart=apart),
            )

    def _papers(self, figure: Figure) -> Iterator[tuple[Message, Figure]]:
        """People may be papers where the very number is told of papers too."""
        if figure.key.quantity == "detained" and self.papers[figure.key.place, figure.number or 0] > 0:
            yield (
                Message("reading.papers", {"figure": figure}),
                figure._replace(key=figure.key._replace(quantity="charges")),
            )


def _of_papers(figures: Iterable[Figure]) -> Iterator[tuple[str, int]]:
    return ((f.key.place, f.number) for f in figures if f.key.quantity in _PAPERS and f.number)


def _as_said(proof: Proof) -> Proof:
    """The proof without what an assumption made of "about" and vague words."""
    rough = (t._replace(figure=t.figure._replace(floor=None, ceiling=None)) for t in proof.terms)
    terms = (r if t.figure.bound in ("about", "vague") else t for r, t in zip(rough, proof.terms, strict=True))
    return replace(proof, terms=tuple(terms))


def _put(figures: Iterable[Figure], old: Figure, new: Figure) -> list[Figure]:
    return [new if f == old else f for f in figures]


def _earlier(cap: Figure, below: Sequence[Figure]) -> Iterator[tuple[Message, Figure]]:
    """A count that grew may be from before the others, even where it was told later."""
    first = min(below, key=lambda f: (f.moment.real, f.name))
    start = first.moment.real[0]
    if cap.key.quantity not in GROWING or cap.speaker == first.speaker or not _placed(start):
        return
    then = start - timedelta(minutes=1)
    gaps = {"figure": cap, "moment": first.moment.shown}
    key = "reading.earlier" if first.dated and first.moment.shown else "reading.other_moment"
    yield Message(key, gaps), cap._replace(moment=Moment(then, then, "earlier", "", (then, then)))


def _hedged(cap: Figure) -> Iterator[tuple[Message, Figure]]:
    """A relay may have lost a "more than"."""
    if cap.bound == "exact" and cap.hedge is None and not own(cap) and cap.number:
        yield Message("reading.more_than", {"figure": cap}), cap._replace(ceiling=None)


def _rough(figure: Figure) -> Iterator[tuple[Message, Figure]]:
    """A relay may have lost an "about"."""
    if figure.bound == "exact" and figure.hedge is None and not own(figure) and figure.floor:
        yield (
            Message("reading.about", {"figure": figure}),
            figure._replace(floor=ceil(figure.floor * ABOUT["about"][0])),
        )


def _zone(figure: Figure) -> Iterator[tuple[Message, Figure]]:
    """The clock of a relay may show Greenwich, or the hour of the place under the name of Greenwich."""
    lo, hi = figure.moment.real
    offset = lo.utcoffset() if _placed(lo) and lo == hi and figure.dated and not own(figure) else None
    if offset and figure.moment.lo != FINAL:
        for when in (lo + offset, lo - offset):
            moment = Moment(when, when, when.astimezone(UTC).isoformat(), "", (when, when))
            yield Message("reading.zone", {"figure": figure}), figure._replace(moment=moment)


def _wider(figure: Figure, clash: Contradiction) -> Iterator[tuple[Message, Figure]]:
    """How far from its number an "about" would have to lie."""
    number = figure.number or 0
    if "about" not in clash.assumes or figure.bound != "about" or not number:
        return
    rough = figure.roughly
    low, high = (rough.low or 0) - clash.gap, (rough.high or 0) + clash.gap
    for to, other in ((low, People(max(low, 0), rough.high)), (high, People(rough.low, high))):
        share = ceil(Fraction(abs(to - number) * 100, number))
        if to > 0 and share < 100:
            yield Message("reading.wider", {"figure": figure, "share": share}), figure._replace(roughly=other)


def _placed(when: datetime) -> bool:
    return 1 < when.year < 9999
