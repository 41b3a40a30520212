"""Whose figures break a ceiling, and which of that is worth telling.

Each broken ceiling is looked at closely: whose figures break it, by a single number or by a sum, alone or together
with others of the same side? What one speaker's figures show is not told again with two speakers', and what a count
of the same thing shows is not told again with its subgroups.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .broken import Suspect
from .manner import described
from .mends import mends
from .moments import FINAL
from .results import Contradiction, Figure, Key, Kind, Proof, Term
from .rows import Row, Rows
from .rules import COMING_IN, PEAKS, STOCKS
from .voices import Voices, by_size

# Of one ceiling, so many disputes with single figures, and so many with sums, are told.
MOST_PER_CEILING = 3
# Of a ceiling that only an assumption sets against them, fewer.
MOST_PER_TENSION = 2
# So many speakers are tried as the partner of the one whose ceiling is broken, and so many sums with them are told.
MOST_PARTNERS = 20
MOST_WITH_PARTNERS = 2
# Assumptions by which officials answer to everybody, and others to officials only.
_OF_OFFICIALS = frozenset({"last_word", "held_grow_fewer"})


def told(broken: Suspect, rows: Rows, against: Sequence[Figure]) -> Iterator[Contradiction]:
    """The contradictions worth telling of one broken ceiling."""
    against = list(_meeting(broken, against))
    alike = [f for f in against if _count(f.key) == _count(broken.ceiling.key)]
    proofs = _proofs(broken, Voices(rows, broken.row, alike, broken.limit)) if alike else []
    if len(alike) < len(against) and not (proofs and broken.assumes):
        speakers = {_speakers(p) for p in proofs}
        mixed = _proofs(broken, Voices(rows, broken.row, against, broken.limit))
        proofs += [p for p in mixed if not any(s <= _speakers(p) for s in speakers)]
    taken = {t.figure for proof in proofs for t in proof.terms}
    left = [f for f in against if f not in taken]
    clashes = [_clash(broken, proof) for proof in proofs]
    also = [_instead(clash, rows, left) for clash in clashes]
    besides = _besides(broken, rows, left) if clashes and not any(also) else 0
    yield from (replace(clash, also=more or besides) for clash, more in zip(clashes, also, strict=True))


def _besides(broken: Suspect, rows: Rows, left: Iterable[Figure]) -> int:
    """How many figures are in a sum that breaks the ceiling without any figure that is told, or that does so alone."""
    few = [f for f in left if (f.floor or 0) <= broken.limit]
    rest = Voices(rows, broken.row, few, broken.limit)
    return sum(len(proof.terms) for proof in rest.together(rest.side(None))[:1])


def _instead(clash: Contradiction, rows: Rows, left: Iterable[Figure]) -> int:
    """How many figures can stand in the place of one that is told: for its row, a part of it, or its whole."""
    ceilings = {t.figure for t in clash.above.terms}
    spared = {rows.of(f): (f.floor or 0) - clash.gap for f in clash.core if f not in ceilings}
    least = min(spared.values(), default=0)
    large = [f for f in left if (f.floor or 0) > least]
    if len(spared) == 1 or not large:
        return len(large)
    below = {row: set(rows.beneath(row)) for row in spared}
    above = {row: rows.above([row]) for row in spared}

    def stands_for(row: Row, other: Row) -> bool:
        return other in below[row] or [r for r in spared if other in above[r]] == [row]

    return sum(
        any((f.floor or 0) > most and stands_for(row, rows.of(f)) for row, most in spared.items()) for f in large
    )


def _meeting(broken: Suspect, against: Iterable[Figure]) -> Iterator[Figure]:
    """The figures that the ceiling's speaker has to answer.

    An outlet's own number caps nothing but its own text: it is a relay whose source was not named. What an outlet
    counted of a crowd is set against nobody. A last word, or a full count of the held, is asked of officials, and of
    others by officials or where they said "nobody": two monitors may both be right.
    """
    ceiling = broken.ceiling
    of_officials = bool(_OF_OFFICIALS & {*broken.assumes}) and ceiling.side != "authority" and bool(ceiling.ceiling)
    for figure in against:
        own_text = figure.speaker == ceiling.speaker and figure.quotes[0].report == ceiling.quotes[0].report
        crowd = figure.key.quantity in PEAKS and _grown(figure, ceiling, broken)
        if (own_text and not broken.assumes) or not (
            crowd or _nobody(ceiling) or _come_in(figure, broken) or (of_officials and figure.side != "authority")
        ):
            yield figure


def _grown(figure: Figure, ceiling: Figure, broken: Suspect) -> bool:
    """Whether two numbers of a crowd are no quarrel: an outlet's own, or a speaker's "about" of another hour."""
    return not (figure.named and ceiling.named) or (figure.speaker == ceiling.speaker and bool(broken.assumes))


def _come_in(figure: Figure, broken: Suspect) -> bool:
    """Whether more were released, fined or charged since an official gave his last word."""
    since = broken.ceiling.moment.real[1] <= figure.moment.real[0]
    return "last_word" in broken.assumes and figure.key.quantity in COMING_IN and since


def _nobody(figure: Figure) -> bool:
    return not figure.named or described(figure)


def _count(key: Key) -> tuple[str, str, str]:
    return (key.quantity, key.among, key.of)


def _speakers(proof: Proof) -> frozenset[str]:
    return frozenset(t.figure.speaker for t in proof.terms)


def _proofs(broken: Suspect, voices: Voices) -> list[Proof]:
    """Single speakers' figures and sums first, several speakers' only without, and never on a doubtful word."""
    most = MOST_PER_TENSION if broken.assumes else MOST_PER_CEILING
    found = [p for p in _single(voices, broken) if p.terms[0].figure != broken.ceiling][:most]
    sums = map(voices.largest, voices.by_speaker)
    found += _by_names(found, sorted((p for p in sums if p), key=_standing))[:most]
    if {"about", "last_word"} & set(broken.assumes):
        return found
    if not any(all(t.figure.side == broken.ceiling.side for t in p.terms) for p in found):
        found += _with_partner(broken.ceiling, voices)
    for side in (broken.ceiling.side, None):
        found = found or voices.together(voices.side(side))[:1]
    return found


def _by_names(found: Sequence[Proof], sums: Sequence[Proof]) -> list[Proof]:
    """The sums without those of outlets in their own voice, where somebody named says as much."""
    named = max((p.total for p in (*found, *sums) if not _nobody(p.terms[0].figure)), default=0)
    return [p for p in sums if p.total > named or not _nobody(p.terms[0].figure)]


def _single(voices: Voices, broken: Suspect) -> list[Proof]:
    """Single figures above the ceiling: named speakers; an outlet's own only where nobody named says so."""
    above = sorted((p for p in voices.singly() if p.total > broken.limit), key=_standing)
    named = [p for p in above if not _nobody(p.terms[0].figure)]
    return [p for p in named if not any(_speaks_for(q, p) for q in named)] or above[:1]


def _speaks_for(proof: Proof, other: Proof) -> bool:
    """Whether one is the word of somebody together with others, and the other his word alone, and no larger."""
    together, alone = proof.terms[0].figure.speaker, other.terms[0].figure.speaker
    return alone != together and alone in together.split(" and ") and proof.total >= other.total


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
    return voices.beside(ceiling.speaker, partners, MOST_WITH_PARTNERS)


# --- a contradiction and its words


def _clash(broken: Suspect, way: Proof) -> Contradiction:
    limit, ceiling = broken.limit, broken.ceiling
    proof = broken.as_said(way)
    core = smallest(proof.terms, limit)
    figures = tuple(sorted({*(t.figure for t in core), ceiling}, key=lambda f: (f.name, f.key)))
    above = Proof((Term(ceiling, limit),), limit, ("others",) if ceiling.others else ())
    below = replace(proof, rules=tuple(sorted({*proof.rules, *_timely(proof, broken)})))
    pattern: Kind = "tension" if broken.assumes else _whose([t.figure for t in proof.terms], ceiling)
    gap = proof.total - limit
    mend = mends(broken, proof)
    return Contradiction(pattern, _what(broken, proof), ceiling.key, below, above, figures, gap, broken.assumes, mend)


def _timely(proof: Proof, broken: Suspect) -> Iterator[str]:
    """The rules of time that set the figures against the ceiling."""
    if broken.ceiling.key.quantity in STOCKS and broken.assumes:
        return
    for term in proof.terms:
        moment, limit = term.figure.moment, broken.ceiling.moment
        if term.figure.key.quantity in PEAKS:
            if not (term.figure.partial and broken.ceiling.partial):
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


def _whose(below: Sequence[Figure], ceiling: Figure) -> Kind:
    """Whose quarrel it is. That an office counted more than another before it, when all was over, is no proof.

    It disputes that all was over, or counted, by then.
    """
    found = kind((*below, ceiling))
    return "dispute" if found == "proof" and _others(below, ceiling) and caught_up(below, (ceiling,)) else found


def _others(below: Iterable[Figure], ceiling: Figure) -> bool:
    return all(f.speaker != ceiling.speaker for f in below)


def caught_up(below: Iterable[Figure], above: Iterable[Figure]) -> bool:
    """Whether all that is below was counted after all that is above it."""
    return min(f.moment.real[0] for f in below) >= max(f.moment.real[1] for f in above)


def kind(figures: Sequence[Figure]) -> Kind:
    """Whose quarrel it is: one text's, one speaker's or one side's own sums, or a dispute."""
    reports = [{q.report for q in f.quotes} for f in figures]
    if len({f.speaker for f in figures}) == 1:
        return "text" if set.intersection(*reports) else "proof"
    return "proof" if all(f.side == "authority" for f in figures) else "dispute"


def _what(broken: Suspect, proof: Proof) -> str:
    """The pattern of the contradiction: the key of its message."""
    if "jailed_are_held" in broken.assumes and broken.ceiling.key.quantity in STOCKS:
        return "clash.jailed_but_released"
    if "released_stay_free" in broken.assumes:
        return "clash.held_after_release"
    if "held_grow_fewer" in broken.assumes:
        return "clash.held_grew"
    if broken.ceiling.others:
        return "clash.above_others"
    row = broken.ceiling.key
    if all(t.figure.implied for t in proof.terms):
        return "clash.more_named"
    keys = [t.figure.key for t in proof.terms]
    if keys == [row]:
        return "clash.two_figures"
    if any((k.quantity, k.among, k.of) != (row.quantity, row.among, row.of) for k in keys):
        return "clash.group_above_all"
    return "clash.sum_above_whole" if len(keys) > 1 else "clash.part_above_whole"
