"""What would mend a contradiction: the least change of each number in it, the least change first."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from math import ceil, floor

from .broken import Suspect
from .results import Figure, Message, Proof, Term
from .rules import ABOUT


def mends(broken: Suspect, proof: Proof) -> tuple[Message, ...]:
    """The changes of one number that make the figures fit, each the least of its kind; the smallest share first.

    Raising the ceiling always does. One figure of a sum does when it is as large as the gap; the largest of them
    changes least in proportion. Of "about" it is the number spoken that has to change, so that its tolerance fits.
    """
    gap = proof.total - broken.limit
    found = [_raised(broken.ceiling, proof.total, broken)]
    found += [_lowered(term, gap, broken) for term in _largest(proof.terms, gap)]
    ordered = [m for _, m in sorted(found, key=lambda pair: pair[0])]
    return (*ordered, Message("mend.fewer", {"gap": gap})) if len(proof.terms) > 1 else tuple(ordered)


def _largest(terms: Sequence[Term], gap: int) -> Iterator[Term]:
    if terms and terms[0].times == 1:
        most = max(terms, key=lambda t: (t.value, t.figure.name))
        if most.value >= gap:
            yield most


def _raised(figure: Figure, total: int, broken: Suspect) -> tuple[Fraction, Message]:
    to = total
    if _rough(figure, broken):
        to = ceil(total / _tolerance(figure)[1])
    return _share(figure, to), Message("mend.raise", {"to": to, "figure": figure})


def _lowered(term: Term, gap: int, broken: Suspect) -> tuple[Fraction, Message]:
    figure, to = term.figure, term.value - gap
    if _rough(figure, broken):
        to = floor(to / _tolerance(figure)[0])
    return _share(figure, to), Message("mend.lower", {"to": to, "figure": figure})


def _share(figure: Figure, to: int) -> Fraction:
    """How large a change is, in proportion to the number that changes."""
    number = figure.number or 0
    return Fraction(abs(to - number), max(number, 1))


def _rough(figure: Figure, broken: Suspect) -> bool:
    return "about" in broken.assumes and figure.bound == "about"


def _tolerance(figure: Figure) -> tuple[Fraction, Fraction]:
    return ABOUT["nearly" if figure.hedge == "nearly" else "about"]


def shortage(whole: Figure, parts: Sequence[Figure], most: int, gap: int) -> tuple[Message, ...]:
    """The least changes where parts make less than the whole."""
    largest = max(parts, key=lambda f: (f.ceiling or 0, f.name))
    to = (largest.ceiling or 0) + gap
    found = [
        (_share(whole, most), Message("mend.lower", {"to": most, "figure": whole})),
        (_share(largest, to), Message("mend.raise", {"to": to, "figure": largest})),
    ]
    return (*(m for _, m in sorted(found, key=lambda pair: pair[0])), Message("mend.more", {"gap": gap}))
