"""A sentence with what was marked in it, and a number with what it counts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field

from atleast.lexicon import Pack

from .marks import Mark, Marks
from .numbers import Amount
from .shapes import shape
from .tokens import Sentence, Token

PEOPLE = frozenset(
    (
        "detained", "released", "still_held", "charged", "to_court",
        "fined", "jailed", "injured", "killed", "participants",
    )
)  # fmt: skip
"""Quantities that are numbers of people."""

MOVED = {"moved": "transferred", "moved_out": "transferred out", "moved_in": "transferred in"}
"""People moved to another place of custody, numbers of something else: what is told of them, and its word."""

_NOUNS = {"unit": 3, "person": 2, "noun": 2}
_GROUPS = frozenset(("people", "crowd", "among", "paper"))


@shape
class Frame:
    """A number with what it counts. Token spans; `parts` are the marks that decided, for the evidence."""

    amount: Amount
    quantity: str
    first: int
    last: int
    among: str | None = None
    of: str | None = None
    listed: bool = False  # took its quantity from the frame before it
    total: bool = True
    parts: Mapping[str, Mark] = field(default_factory=dict)
    how: str = ""


@shape
class Line:
    """A sentence with all that was marked in it; what the steps below look at."""

    tokens: Sequence[Token]
    sentence: Sentence
    marks: Marks
    pack: Pack
    blocked: frozenset[int]  # tokens of dates, times, places and names: never a noun or number of ours
    placed: frozenset[int] = frozenset()  # tokens of cities and regions, adjectives too
    voiced: frozenset[int] = frozenset()  # tokens of those who might be speaking

    @property
    def joints(self) -> frozenset[str]:
        """Words that join two of a list: "and"."""
        return self.pack.words("joints")

    def at(self, i: int, *heads: str) -> Mark | None:
        """The longest mark at token `i` with one of these heads or labels."""
        if i in self.marks:
            for mark in self.marks[i]:
                if mark.head in heads or mark.label in heads:
                    return mark
        return None

    def each(self, *heads: str) -> Sequence[Mark]:
        """The longest mark with one of these heads or labels at each token that has one, in order."""
        found = self._any(heads)
        if not found:
            return ()
        firsts = {mark.first for mark in found}
        return [mark for i in sorted(firsts) if (mark := self.at(i, *heads))]

    def within(self, near: Collection[int], *heads: str) -> bool:
        """Whether a mark with one of these heads or labels begins at one of those tokens."""
        found = self._any(heads)
        return bool(found) and any(mark.first in near for mark in found)

    def _any(self, heads: Sequence[str]) -> Sequence[Mark]:
        """All marks with one of these heads or labels; nearly always none."""
        found: tuple[Mark, ...] = ()
        for head in heads:
            found += self.marks.of(head)
        return found

    def between(self, first: int, last: int, *texts: str) -> int:
        """How many of these marks of punctuation or words stand between two tokens."""
        if first >= last:
            return 0
        count = 0  # a loop: asked thousands of times, of few tokens each
        for token in self.tokens[first:last]:
            if token.fold in texts:
                count += 1
        return count

    def dash(self, i: int) -> bool:
        """Whether a dash stands at token `i`; a hyphen is one where it stands free."""
        token = self.tokens[i]
        if token.text != "-":
            return token.text in "—–"
        free = i > self.sentence.first and i + 1 < self.sentence.last
        return free and self.tokens[i - 1].end < token.start and token.end < self.tokens[i + 1].start

    def noun(self, i: int) -> Mark | None:
        """The noun that may be counted at token `i`: a unit before a person or an event, longer before shorter."""
        if i not in self.marks or i >= self.sentence.last or i in self.blocked:
            return None
        best: Mark | None = None
        for mark in self.marks[i]:
            noun = mark.tail in _NOUNS or mark.head in _GROUPS
            if noun and (best is None or _rank(mark) > _rank(best)):
                best = mark
        return best


def _rank(noun: Mark) -> tuple[int, int]:
    return noun.last, _NOUNS.get(noun.tail, 0)


def framed(
    amount: Amount,
    quantity: str,
    parts: Mapping[str, Mark],
    how: str,
    *,
    of: str | None = None,
    among: str | None = None,
) -> Frame:
    first, last = amount.first, amount.last
    for mark in parts.values():
        first, last = min(first, mark.first), max(last, mark.last)
    return Frame(amount, quantity, first, last, among, of, parts=dict(parts), how=how)
