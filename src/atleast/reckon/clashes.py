"""Figures that cannot all be true, as small sets, each with its arithmetic.

Each broken ceiling is looked at closely: whose figures break it, by a single number or by a sum, alone or together
with others of the same side? What one speaker's figures show is not told again with two speakers'.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .moments import FINAL
from .results import Contradiction, Figure, Key, Kind, Message, Proof, Term
from .rows import Rows
from .rules import PEAKS, STOCKS
from .suspects import Suspect, suspects
from .voices import Voices, by_size

# Of one ceiling, so many disputes with single figures, and so many with sums, are told.
MOST_PER_CEILING = 3
# Of a ceiling that only an assumption sets against them, fewer.
MOST_PER_TENSION = 2
# So many speakers are tried as the partner of the one whose ceiling is broken.
MOST_PARTNERS = 20
# So many ceilings are looked at closely, and against so many figures in all; the rest are counted.
MOST_CEILINGS = 400
MOST_FIGURES = 200_000
# Against one ceiling so many figures are held, the largest: fewer figures prove less, but nothing wrong.
MOST_AGAINST = 1_000

# What an editor asks for first: who was taken and where they are; crowds and places come after.
_FIRST = "detained still_held killed injured jailed released charged charges to_court fined".split()
_ORDER = {"proof": 0, "dispute": 0, "text": 1, "tension": 2, "relay": 3}


def clashes(figures: Sequence[Figure], rows: Rows) -> tuple[list[Contradiction], int]:
    """The contradictions between figures, and how many broken ceilings were not looked at."""
    found: dict[tuple[object, ...], Contradiction] = {}
    broken = suspects(figures, rows)
    looked, work = 0, 0
    for one in broken[:MOST_CEILINGS]:
        if work > MOST_FIGURES:
            break
        against = _heaviest(one.against())
        looked, work = looked + 1, work + len(against)
        for clash in _told(one, Voices(rows, one.row, against, one.limit)):
            found.setdefault(_names(clash), clash)
    for clash in _shortages(figures, rows):
        found.setdefault(_names(clash), clash)
    return _once(sorted(found.values(), key=rank)), len(broken) - looked


def _heaviest(figures: Sequence[Figure]) -> Sequence[Figure]:
    """The largest of the figures, in the order in which they came."""
    if len(figures) <= MOST_AGAINST:
        return figures
    least = sorted((f.floor or 0 for f in figures), reverse=True)[MOST_AGAINST - 1]
    return [f for f in figures if (f.floor or 0) >= least][:MOST_AGAINST]


def _once(ranked: Sequence[Contradiction]) -> list[Contradiction]:
    """The contradictions without repetitions: the same speakers, at odds over the same row in the same way, once.

    What can be proved is not told again as a tension.
    """
    told: set[tuple[object, ...]] = set()
    kept = []
    for clash in ranked:
        below = frozenset(t.figure.speaker for t in clash.below.terms)
        quarrel = (clash.key, below, *(t.figure.speaker for t in clash.above.terms))
        way = (*quarrel, clash.what)
        if way not in told and not (clash.kind == "tension" and quarrel in told):
            kept.append(clash)
            told |= {way} if clash.kind == "tension" else {way, quarrel}
    return kept


def _names(clash: Contradiction) -> tuple[object, ...]:
    return tuple(sorted((f.name, f.key.place) for f in clash.core))


def rank(clash: Contradiction) -> tuple[object, ...]:
    """What an editor should look at first: proved before assumed, official figures first, then the wider gap."""
    official = any(f.side == "authority" for f in clash.core)
    nobody = not all(f.named for f in clash.core)
    weight = _FIRST.index(clash.key.quantity) if clash.key.quantity in _FIRST else len(_FIRST)
    names = tuple(f.name for f in clash.core)
    return (_ORDER[clash.kind], nobody, not official, weight > 1, -clash.gap, clash.key, clash.what, names)


# --- whose figures break a ceiling


def _told(broken: Suspect, voices: Voices) -> Iterator[Contradiction]:
    """The contradictions worth telling of one broken ceiling: single speakers' first, several's only without."""
    most = MOST_PER_TENSION if broken.assumes else MOST_PER_CEILING
    told = [p for p in _single(voices, broken) if p.terms[0].figure != broken.ceiling][:most]
    sums = (next(iter(voices.sums(speaker)), None) for speaker in voices.by_speaker)
    told += sorted((p for p in sums if p), key=_standing)[:most]
    if not any(all(t.figure.side == broken.ceiling.side for t in p.terms) for p in told):
        told += _with_partner(broken.ceiling, voices)
    for side in (broken.ceiling.side, None):
        told = told or voices.together(voices.side(side))[:1]
    for proof in told:
        yield _clash(broken, proof)


def _single(voices: Voices, broken: Suspect) -> list[Proof]:
    """Single figures above the ceiling: named speakers; an outlet's own only where nobody named says so."""
    above = sorted((p for p in voices.singly() if p.total > broken.limit), key=_standing)
    named = [p for p in above if p.terms[0].figure.named]
    return named or above[:1]


def _standing(proof: Proof) -> tuple[object, ...]:
    """Whose word is told first: the authorities', a monitor's, anybody named, an outlet's; then the larger number."""
    figures = [t.figure for t in proof.terms]
    kinds = {f.kind for f in figures}
    office = 0 if kinds == {"authority"} else 1 if kinds <= {"authority", "monitor"} else 2
    return (not all(f.named for f in figures), office, *by_size(proof))


def _with_partner(ceiling: Figure, voices: Voices) -> list[Proof]:
    """Sums of the ceiling's own speaker and one other of the same side."""
    speakers = voices.side(ceiling.side)
    if ceiling.speaker not in speakers or not voices.together(speakers):
        return []
    partners = [s for s in speakers if s != ceiling.speaker][:MOST_PARTNERS]
    found = (p for partner in partners for p in voices.together([ceiling.speaker, partner]))
    return sorted(found, key=by_size)[:2]


# --- a contradiction and its words


def _clash(broken: Suspect, way: Proof) -> Contradiction:
    limit, ceiling = broken.limit, broken.ceiling
    proof = broken.as_said(way)
    core = smallest(proof.terms, limit)
    figures = tuple(sorted({*(t.figure for t in core), ceiling}, key=lambda f: (f.name, f.key)))
    above = Proof((Term(ceiling, limit),), limit, ("others",) if ceiling.others else ())
    below = replace(proof, rules=tuple(sorted({*proof.rules, *_timely(proof, broken)})))
    kind: Kind = "tension" if broken.assumes else _kind((*(t.figure for t in proof.terms), ceiling))
    gap = proof.total - limit
    mend = tuple(_mend(broken, proof, gap))
    return Contradiction(kind, _what(broken, proof), ceiling.key, below, above, figures, gap, broken.assumes, mend)


def _timely(proof: Proof, broken: Suspect) -> Iterator[str]:
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


def smallest(terms: Sequence[Term], limit: int) -> list[Term]:
    """The fewest of the terms that make more than the limit: the largest are kept, and none of them can be spared."""
    kept, total = [], 0
    for term in sorted(terms, key=lambda t: (-t.value, t.figure.name)):
        if total > limit:
            break
        kept.append(term)
        total += term.value
    return kept


def _kind(figures: Sequence[Figure]) -> Kind:
    """Whose quarrel it is: one text's, one speaker's or one side's own sums, or a dispute."""
    reports = [{q.report for q in f.quotes} for f in figures]
    if len({f.speaker for f in figures}) == 1:
        return "text" if all(len(r) == 1 and r == reports[0] for r in reports) else "proof"
    return "proof" if all(f.side == "authority" for f in figures) else "dispute"


def _what(broken: Suspect, proof: Proof) -> str:
    """The pattern of the contradiction: the key of its message."""
    if "jailed_are_held" in broken.assumes:
        return "clash.jailed_but_released"
    if "released_stay_free" in broken.assumes:
        return "clash.held_after_release"
    if broken.ceiling.others:
        return "clash.above_others"
    row = broken.ceiling.key
    keys = [t.figure.key for t in proof.terms]
    if keys == [row]:
        return "clash.two_figures"
    if any((k.quantity, k.among, k.of) != (row.quantity, row.among, row.of) for k in keys):
        return "clash.group_above_all"
    return "clash.sum_above_whole" if len(keys) > 1 else "clash.part_above_whole"


def _mend(broken: Suspect, proof: Proof, gap: int) -> Iterator[Message]:
    """The least change that would make the figures fit."""
    yield Message("mend.raise", {"to": proof.total, "figure": broken.ceiling})
    if len(proof.terms) == 1:
        yield Message("mend.lower", {"to": broken.limit, "figure": proof.terms[0].figure})
    else:
        yield Message("mend.fewer", {"gap": gap})


# --- parts that are too few


def _shortages(figures: Sequence[Figure], rows: Rows) -> Iterator[Contradiction]:
    """A place and what lies outside it, both with ceilings, against a figure for the whole that is above their sum."""
    if "outside" not in rows.rules:
        return
    said: defaultdict[Key, list[Figure]] = defaultdict(list)
    for f in figures:
        said[f.key].append(f)
    for rest in figures:
        if rest.apart and rest.ceiling is not None:
            base = rest.key._replace(place=rest.key.place.partition(" (outside ")[0])
            for whole in said[base]:
                parts = [_lowest(said[base._replace(place=place)], whole) for place in rest.apart]
                if whole.floor is not None and whole.moment.settles(rest.moment) and all(parts):
                    yield from _short(whole, [f for f in (*parts, rest) if f])


def _lowest(figures: Iterable[Figure], whole: Figure) -> Figure | None:
    capped = (f for f in figures if f.ceiling is not None and not f.others and whole.moment.settles(f.moment))
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
