"""Where the words that were found stand in a text, and how near to each other."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from atleast.lexicon import spellings

from .finding import Term


@dataclass(frozen=True, slots=True)
class Bit:
    """Some words of a text, and whether they are what was looked for."""

    words: str
    marked: bool = False


class Placed(NamedTuple):
    """Where the words stand in a text, how well they fit it, and the shortest stretch that has so many of them."""

    fit: float
    spans: tuple[tuple[int, int], ...]
    nearest: tuple[int, int]  # code points

    @property
    def apart(self) -> int:
        """How long that stretch is."""
        return self.nearest[1] - self.nearest[0]


def placed(terms: Sequence[Term], text: str) -> Placed:
    """Where the words that were found stand in a text."""
    spans: dict[str, set[tuple[int, int]]] = defaultdict(set)
    best: dict[str, float] = {}
    for word, start, end in spellings.words(text):
        for term in terms:
            if fit := term.texts.get(word):
                best[term.word] = max(fit, best.get(term.word, 0.0))
                spans[term.word].add((start, end))
    every = sorted(set().union(*spans.values()))
    fit = sum(best.values()) / len(terms) if terms else 0.0
    return Placed(round(fit, 2), tuple(every), _nearest(every, len(spans)))


def _nearest(spans: Sequence[tuple[int, int]], number: int) -> tuple[int, int]:
    """The shortest stretch with so many of the words."""
    runs = [(first[0], last[1]) for first, last in zip(spans, spans[max(0, number - 1) :], strict=False)]
    return min(runs, key=lambda run: run[1] - run[0], default=(0, 0))


def bits(text: str, spans: Iterable[tuple[int, int]]) -> tuple[Bit, ...]:
    """A text in pieces, those in these spans marked."""
    made, last = [], 0
    for start, end in spans:
        if start >= last:
            made += [Bit(text[last:start]), Bit(text[start:end], True)]
            last = end
    return tuple(bit for bit in (*made, Bit(text[last:])) if bit.words)
