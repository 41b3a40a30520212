"""Figures that cannot all be true, as small sets, each with its arithmetic.

One pass over all figures, in the order of time, finds every ceiling that is broken by what is proved
beneath it: no other can be, since fewer figures prove less. Only those are looked at closely: whose
figures break it, by a single number or by a sum, alone or together with others of the same side.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from .floor import Floor, Row, in_order
from .moments import FINAL, Moment
from .places import Atlas
from .results import Contradiction, Figure, Key, Kind, Message, Proof, Term
from .rules import PEAKS, STOCKS, Rules

# Of one ceiling, so many disputes with single figures, and so many with sums, are told.
MOST_PER_CEILING = 3
# Of a ceiling that only an assumption sets against them, fewer.
MOST_PER_TENSION = 2
# So many broken ceilings are looked at closely, the widest gaps first; the rest are counted.
MOST_CEILINGS = 400
# So many speakers are tried as the partner of the one whose ceiling is broken.
MOST_PARTNERS = 20


@dataclass(slots=True)
class Case:
    """What every step needs: the figures, the tree, the rules, and the floor of all figures at once."""

    figures: Sequence[Figure]
    atlas: Atlas
    rules: Rules


@dataclass(frozen=True, slots=True)
class Broken:
    """A ceiling, the figures to be held against it, and what has to be assumed for that."""

    ceiling: Figure
    against: tuple[Figure, ...]
    assumes: tuple[str, ...] = ()
    shown: Mapping[Figure, Figure] = field(default_factory=dict)

    def as_said(self, proof: Proof) -> Proof:
        """The proof with the figures as they were said, where an assumption has put them elsewhere."""
        return replace(proof, terms=tuple(replace(t, figure=self.shown.get(t.figure, t.figure)) for t in proof.terms))


def _shortages(case: Case) -> Iterator[Contradiction]:
    """A place and what lies outside it, both with ceilings, against a figure for the whole that is above their sum."""
    rows: defaultdict[Key, list[Figure]] = defaultdict(list)
    for f in case.figures:
        rows[f.key].append(f)
    for rest in case.figures:
        if not rest.apart or rest.ceiling is None or "outside" not in case.rules:
            continue
        base = replace(rest.key, place=rest.key.place.partition(" (outside ")[0])
        for whole in rows[base]:
            parts = [_lowest(rows[replace(base, place=place)], whole) for place in rest.apart]
            sound = whole.floor is not None and whole.moment.settles(rest.moment)
            if sound and all(parts):
                yield from _short(whole, [f for f in (*parts, rest) if f])


def _lowest(figures: Iterable[Figure], whole: Figure) -> Figure | None:
    capped = (f for f in figures if f.ceiling is not None and whole.moment.settles(f.moment))
    return min(capped, key=lambda f: (f.ceiling or 0, f.name), default=None)


def _short(whole: Figure, parts: Sequence[Figure]) -> Iterator[Contradiction]:
    most = sum(f.ceiling or 0 for f in parts)
    gap = (whole.floor or 0) - most
    if gap > 0:
        below = Proof((Term(whole, whole.floor or 0),), whole.floor or 0, ())
        above = Proof(tuple(Term(f, f.ceiling or 0) for f in parts), most, ("outside",))
        core = tuple(sorted((whole, *parts), key=lambda f: (f.name, f.key)))
        mend = (Message("mend.lower", {"to": most, "figure": whole}), Message("mend.more", {"gap": gap}))
        yield Contradiction(_kind(core), "clash.parts_below_whole", whole.key, below, above, core, gap, (), mend)


def clashes(case: Case) -> tuple[list[Contradiction], int]:
    """All contradictions between figures, the weightiest first, and how many broken ceilings were not looked at."""
    broken = list(_broken(case))
    broken += _assumed(case, {(b.ceiling.name, b.ceiling.key) for b in broken})
    broken.sort(
        key=lambda b: (
            bool(b.assumes),
            not b.ceiling.named,
            b.ceiling.side != "authority",
            b.ceiling.name,
            b.ceiling.key,
        )
    )
    found: dict[tuple[object, ...], Contradiction] = {}
    views: dict[tuple[object, ...], View] = {}
    for one in broken[:MOST_CEILINGS]:
        slot = (one.ceiling.key, tuple((f.name, f.floor) for f in one.against), _moment(one))
        view = views.setdefault(slot, View(one.ceiling, one.against, case))
        for clash in _told(one, view, case):
            found.setdefault(_names(clash), clash)
    for clash in _shortages(case):
        found.setdefault(_names(clash), clash)
    return sorted(found.values(), key=rank), max(0, len(broken) - MOST_CEILINGS)


def _names(clash: Contradiction) -> tuple[object, ...]:
    return tuple(sorted((f.name, f.key.place) for f in clash.core))


def _moment(one: Broken) -> str:
    """What tells two rows of a stock apart: their moment."""
    return one.ceiling.moment.key if one.ceiling.key.quantity in STOCKS else ""


# What an editor asks for first: who was taken and where they are; crowds and places come after.
_FIRST = "detained still_held killed injured jailed released charged charges to_court fined".split()
_ORDER = {"proof": 0, "dispute": 0, "text": 1, "tension": 2, "relay": 3}


def rank(clash: Contradiction) -> tuple[object, ...]:
    """What an editor should look at first: proved before assumed, official figures first, then the wider gap."""
    official = any(f.side == "authority" for f in clash.core)
    nobody = not all(f.named for f in clash.core)
    weight = _FIRST.index(clash.key.quantity) if clash.key.quantity in _FIRST else len(_FIRST)
    return (
        _ORDER[clash.kind],
        nobody,
        not official,
        weight > 1,
        -clash.gap,
        clash.key,
        tuple(f.name for f in clash.core),
    )


# --- which ceilings are broken


def _broken(case: Case) -> Iterator[Broken]:
    """Every ceiling that figures which it must cover break."""
    floor = Floor(case.atlas, case.rules)
    waiting: list[tuple[Figure, Row]] = []
    suspects: list[tuple[Figure, Row]] = []
    for figure in in_order(case.figures):
        if waiting and waiting[0][0].moment.hi < figure.moment.hi:
            suspects += [(f, row) for f, row in waiting if floor.low[row] > (f.ceiling or 0)]
            waiting = []
        row = floor.add(figure)
        if figure.ceiling is not None:
            waiting.append((figure, row))
    suspects += [(f, row) for f, row in waiting if floor.low[row] > (f.ceiling or 0)]
    beneath = _Beneath(floor)
    for figure, row in suspects:
        against = tuple(f for f in beneath(row) if f.floor and f.moment.settles(figure.moment))
        if against:
            yield Broken(figure, against)


class _Beneath:
    """The figures that say anything of a row or of what is beneath it."""

    def __init__(self, floor: Floor) -> None:
        self.floor = floor
        self.known: dict[Row, tuple[Figure, ...]] = {}

    def __call__(self, row: Row) -> tuple[Figure, ...]:
        if row not in self.known:
            self.known[row] = tuple(self._walk(row))
        return self.known[row]

    def _walk(self, row: Row) -> Iterator[Figure]:
        seen, waiting = {row}, [row]
        while waiting:
            row = waiting.pop()
            yield from self.floor.said[row]
            for join in self.floor.into[row]:
                fresh = [part for part in join.parts if part not in seen]
                seen.update(fresh)
                waiting += fresh


# --- whose figures break a ceiling


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which figures prove a row to be at least so much."""

    proof: Proof
    direct: bool

    @property
    def total(self) -> int:
        return self.proof.total


class View:
    """What different voices prove of one row: each update, each speaker, pairs, a side, all."""

    def __init__(self, ceiling: Figure, figures: Sequence[Figure], case: Case) -> None:
        self.row, self.figures, self.case = ceiling, figures, case

    def ways(self, figures: Iterable[Figure]) -> list[Way]:
        """Each way in which these figures alone bound the row from below."""
        floor = Floor(self.case.atlas, self.case.rules)
        row = floor.row(self.row.key, self.row.moment.key, self.row.apart)
        floor.feed(figures)
        return [
            Way(floor.proof(row, why), len(p.terms) == 1 and p.terms[0].figure.key == self.row.key)
            for _, why in floor.alternatives(row)
            for p in (floor.proof(row, why),)
        ]

    @cached_property
    def direct(self) -> list[Way]:
        """What single figures say of the row itself, the largest of each speaker."""
        best: dict[str, Figure] = {}
        for f in self.figures:
            if f.key == self.row.key and (f.floor or 0) > (best[f.speaker].floor or 0 if f.speaker in best else 0):
                best[f.speaker] = f
        return [Way(Proof((Term(f, f.floor or 0),), f.floor or 0, ()), True) for f in best.values()]

    @cached_property
    def by_speaker(self) -> dict[str, list[Way]]:
        """The sums of each speaker: of one update where that is enough to see, of all updates else."""
        return {speaker: self._sums(figures) for speaker, figures in self._voices.items()}

    @cached_property
    def _voices(self) -> dict[str, list[Figure]]:
        voices: defaultdict[str, list[Figure]] = defaultdict(list)
        for f in self.figures:
            voices[f.speaker].append(f)
        return voices

    def _sums(self, figures: Sequence[Figure]) -> list[Way]:
        """Sums from single updates first, then from everything the speaker said."""
        updates: defaultdict[object, list[Figure]] = defaultdict(list)
        for f in figures:
            updates[f.moment.real if f.moment.real[0] != FINAL else f.moment.key].append(f)
        single = [way for _, update in sorted(updates.items(), key=lambda u: str(u[0])) for way in self.ways(update)]
        every = self.ways(figures) if len(updates) > 1 else []
        return [*sorted((w for w in single if not w.direct), key=_most), *(w for w in every if not w.direct)]

    def together(self, speakers: Iterable[str]) -> list[Way]:
        """Sums that take figures of several speakers."""
        chosen = [f for speaker in speakers for f in self._voices.get(speaker, ())]
        ways = (w for w in self.ways(chosen) if len({t.figure.speaker for t in w.proof.terms}) > 1)
        return sorted(ways, key=_most)

    def side(self, side: str | None) -> list[str]:
        """The speakers of a side, those who contribute most first."""
        weight = {
            s: sum(f.floor or 0 for f in figs) for s, figs in self._voices.items() if side in (None, figs[0].side)
        }
        return sorted(weight, key=lambda s: (-weight[s], s))


def _most(way: Way) -> tuple[object, ...]:
    return (-way.total, tuple(t.figure.name for t in way.proof.terms))


def _told(broken: Broken, view: View, case: Case) -> Iterator[Contradiction]:
    """The contradictions worth telling of one broken ceiling."""
    limit = broken.ceiling.ceiling or 0
    most = MOST_PER_TENSION if broken.assumes else MOST_PER_CEILING
    told = [w for w in _direct(view, limit) if not _own_word(w, broken.ceiling)][:most]
    sums = [next((w for w in ways if w.total > limit), None) for ways in view.by_speaker.values()]
    told += sorted((w for w in sums if w), key=_standing)[:most]
    if not any(_all_of(w, broken.ceiling.side) for w in told):
        told += _with_partner(broken.ceiling, view, limit)
    if not told:
        told += [w for w in view.together(view.side(broken.ceiling.side)) if w.total > limit][:1]
    if not told:
        told += [w for w in view.together(view.side(None)) if w.total > limit][:1]
    for way in told:
        yield _clash(broken, way)


def _own_word(way: Way, ceiling: Figure) -> bool:
    return all(term.figure.name == ceiling.name and term.figure.key == ceiling.key for term in way.proof.terms)


def _all_of(way: Way, side: str) -> bool:
    return all(term.figure.side == side for term in way.proof.terms)


def _direct(view: View, limit: int) -> list[Way]:
    """Single figures above the ceiling: named speakers; an outlet's own only where nobody named says so."""
    above = sorted((w for w in view.direct if w.total > limit), key=_standing)
    named = [w for w in above if w.proof.terms[0].figure.named]
    return named or above[:1]


def _standing(way: Way) -> tuple[object, ...]:
    """Whose word is told first: the authorities', a monitor's, anybody named, an outlet's; then the larger number."""
    figures = [t.figure for t in way.proof.terms]
    kinds = {f.kind for f in figures}
    office = 0 if kinds == {"authority"} else 1 if kinds <= {"authority", "monitor"} else 2
    return (not all(f.named for f in figures), office, -way.total, tuple(f.name for f in figures))


def _with_partner(ceiling: Figure, view: View, limit: int) -> list[Way]:
    """Sums of the ceiling's own speaker and one other of the same side."""
    partners = [s for s in view.side(ceiling.side) if s != ceiling.speaker][:MOST_PARTNERS]
    ways = (w for partner in partners for w in view.together([ceiling.speaker, partner]) if w.total > limit)
    return sorted(ways, key=lambda w: (len({t.figure.speaker for t in w.proof.terms}), *_most(w)))[:2]


# --- a contradiction and its words


def _clash(broken: Broken, way: Way) -> Contradiction:
    limit = broken.ceiling.ceiling or 0
    proof = broken.as_said(way.proof)
    ceiling = broken.shown.get(broken.ceiling, broken.ceiling)
    core = _smallest(proof.terms, limit)
    figures = tuple(sorted({*(t.figure for t in core), ceiling}, key=lambda f: (f.name, f.key)))
    above = Proof((Term(ceiling, limit),), limit, ("others",) if ceiling.others else ())
    below = replace(proof, rules=tuple(sorted({*proof.rules, *_timely(way.proof, broken)})))
    kind: Kind = "tension" if broken.assumes else _kind((*(t.figure for t in proof.terms), ceiling))
    gap = way.total - limit
    return Contradiction(
        kind,
        _what(broken, way),
        broken.ceiling.key,
        below,
        above,
        figures,
        gap,
        broken.assumes,
        tuple(_mend(broken, way, gap)),
    )


def _timely(proof: Proof, broken: Broken) -> Iterator[str]:
    """The rules of time that set the figures against the ceiling."""
    if broken.ceiling.key.quantity in STOCKS and broken.assumes:
        return
    for term in proof.terms:
        moment, limit = term.figure.moment, broken.ceiling.moment
        if term.figure.key.quantity in PEAKS:
            yield "crowd"
        elif moment.key == limit.key and moment.key != "end":
            yield "said_together"
        elif limit.lo == FINAL and "last_word" not in broken.assumes:
            yield "event_over"
        elif moment.hi <= limit.lo and moment.hi != limit.hi:
            yield "growing"


def _smallest(terms: Sequence[Term], limit: int) -> list[Term]:
    """The fewest of the terms that still make more than the limit, the largest kept: no figure of it can be spared."""
    kept, total = [], 0
    for term in sorted(terms, key=lambda t: (-t.value, t.figure.name)):
        if total > limit:
            break
        kept.append(term)
        total += term.value
    return kept


def _kind(figures: Sequence[Figure]) -> Kind:
    """Whose quarrel it is: one text's, one side's own sums, or a dispute."""
    if len({f.speaker for f in figures}) == 1:
        reports = set.intersection(*({q.report for q in f.quotes} for f in figures))
        alone = reports and all(len({q.report for q in f.quotes}) == 1 for f in figures)
        return "text" if alone else "proof"
    return "proof" if all(f.side == "authority" for f in figures) else "dispute"


def _what(broken: Broken, way: Way) -> str:
    """The pattern of the contradiction: the key of its message."""
    terms, row = way.proof.terms, broken.ceiling.key
    if "jailed_are_held" in broken.assumes:
        return "clash.jailed_but_released"
    if "released_stay_free" in broken.assumes:
        return "clash.held_after_release"
    if broken.ceiling.others:
        return "clash.above_others"
    if way.direct:
        return "clash.two_figures"
    if any(
        (t.figure.key.quantity, t.figure.key.among, t.figure.key.of) != (row.quantity, row.among, row.of) for t in terms
    ):
        return "clash.group_above_all"
    if len(terms) > 1:
        return "clash.sum_above_whole"
    return "clash.part_above_whole" if terms[0].figure.key.place != row.place else "clash.group_above_all"


def _mend(broken: Broken, way: Way, gap: int) -> Iterator[Message]:
    """The least change that would make the figures fit."""
    yield Message("mend.raise", {"to": way.total, "figure": broken.ceiling})
    if len(way.proof.terms) == 1:
        yield Message("mend.lower", {"to": broken.ceiling.ceiling or 0, "figure": way.proof.terms[0].figure})
    else:
        yield Message("mend.fewer", {"gap": gap})


# --- what has to be assumed


def _assumed(case: Case, proved: set[tuple[str, Key]]) -> Iterator[Broken]:
    """Ceilings that are broken only if a named assumption holds."""
    if "last_word" in case.rules:
        yield from _last_word(case)
    if "about" in case.rules:
        yield from _about(case)
    stocks = [f for f in case.figures if f.key.quantity in STOCKS and f.ceiling is not None]
    if "jailed_are_held" in case.rules:
        yield from _jailed(case, stocks)
    if "released_stay_free" in case.rules:
        yield from _stay_free(case, stocks)
    if "same_day" in case.rules:
        yield from _same_day(case, stocks)


def _last_word(case: Case) -> Iterator[Broken]:
    """A speaker's last figure held to be the full count; growth is no answer where officials spoke."""
    last = _last_figures(case.figures)
    at_the_end = [
        replace(f, moment=f.moment.at_the_end()) if (f.name, f.key) in last else replace(f, ceiling=None)
        for f in case.figures
    ]
    said = {(f.name, f.key): f for f in case.figures}
    for broken in _broken(Case(at_the_end, case.atlas, case.rules)):
        ceiling = said[broken.ceiling.name, broken.ceiling.key]
        against = [f for f in (said[f.name, f.key] for f in broken.against) if _meets(ceiling, f)]
        if against:
            yield Broken(ceiling, tuple(against), ("last_word",))


def _last_figures(figures: Iterable[Figure]) -> set[tuple[str, Key]]:
    """What each named speaker said last of each row, where that is an open count with a ceiling.

    A relay that only the day is known of is nobody's last word beside a figure with a time.
    """
    lines: defaultdict[tuple[str, Key], list[Figure]] = defaultdict(list)
    for f in figures:
        if f.named and not f.stale and not f.others and f.key.quantity not in STOCKS and f.number is not None:
            lines[f.speaker, f.key].append(f)
    last = (max(line, key=lambda f: (f.dated, f.moment.real, f.number or 0, f.name)) for line in lines.values())
    return {(f.name, f.key) for f in last if f.ceiling is not None and f.moment.lo != FINAL}


def _meets(ceiling: Figure, figure: Figure) -> bool:
    """Whether mere growth between the two figures is no ready answer, and they are not compared anyway."""
    if figure.moment.settles(ceiling.moment):
        return False
    if ceiling.side == "authority":
        return figure.side == "independent"
    return figure.named and not ceiling.moment.hi <= figure.moment.lo


def _about(case: Case) -> Iterator[Broken]:
    """ "About N" taken to lie within its tolerance."""
    rough = [
        replace(f, floor=f.roughly.low, ceiling=None if f.partial else f.roughly.high)
        if f.roughly.known and f.named
        else f
        for f in case.figures
    ]
    for broken in _broken(Case(rough, case.atlas, case.rules)):
        if broken.ceiling.roughly.known:
            yield replace(broken, assumes=("about",))
        else:
            against = tuple(f for f in broken.against if f.roughly.known and f.floor)
            if against:
                yield Broken(broken.ceiling, against, ("about",))


def _jailed(case: Case, stocks: Sequence[Figure]) -> Iterator[Broken]:
    """Somebody sentenced to a term is held through the next day, whoever says that all were released."""
    jailed = [f for f in case.figures if f.key.quantity == "jailed" and f.floor and not f.stale]
    for ceiling in stocks:
        held = tuple(
            f
            for f in jailed
            if f.key.among == ceiling.key.among
            and case.atlas.within(f.key.place, ceiling.key.place)
            and _next_day(f.moment, ceiling.moment)
        )
        if held and sum(f.floor or 0 for f in held) > (ceiling.ceiling or 0):
            yield _at_one_moment(ceiling, held, "jailed_are_held")


def _at_one_moment(ceiling: Figure, held: Iterable[Figure], assumed: str) -> Broken:
    """The figures as if they were counts of the held at the moment of the ceiling."""
    shown = {replace(f, key=replace(f.key, quantity=ceiling.key.quantity), moment=ceiling.moment): f for f in held}
    return Broken(ceiling, tuple(shown), (assumed,), shown)


def _next_day(sentence: Moment, count: Moment) -> bool:
    """Whether the count was made after the sentence and no later than the end of the day after it."""
    (_, passed), (start, end) = sentence.real, count.real
    if FINAL in (passed, start, end):
        return False
    return passed <= start and (end.date() - passed.date()).days <= 2 and (end - passed).total_seconds() <= 48 * 3600


def _stay_free(case: Case, stocks: Sequence[Figure]) -> Iterator[Broken]:
    """After all were released, people held later must have been taken anew."""
    held = [f for f in case.figures if f.key.quantity in STOCKS and f.floor]
    for ceiling in stocks:
        if ceiling.ceiling == 0 and not ceiling.partial:
            later = tuple(
                f
                for f in held
                if ceiling.moment.hi <= f.moment.lo
                and case.atlas.within(f.key.place, ceiling.key.place)
                and f.key.among == ceiling.key.among
            )
            if later:
                yield _at_one_moment(ceiling, later, "released_stay_free")


def _same_day(case: Case, stocks: Sequence[Figure]) -> Iterator[Broken]:
    """Two counts of the held that are dated to one day only, taken to be of one moment."""
    held = [f for f in case.figures if f.key.quantity in STOCKS and f.floor]
    for ceiling in stocks:
        alike = tuple(
            f
            for f in held
            if f.moment.real == ceiling.moment.real
            and f.moment.key != ceiling.moment.key
            and f.moment.hi != FINAL
            and case.atlas.within(f.key.place, ceiling.key.place)
            and f.key.among == ceiling.key.among
        )
        if alike:
            yield _at_one_moment(ceiling, alike, "same_day")
