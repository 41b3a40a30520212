"""The words of a line of a call: which are capital words that may be names, and which numbers may name a station.

What the line says as a whole is told by `call_line`.
"""

import re
from functools import cached_property

from atleast.lexicon import names

from .line import Line
from .marks import Mark
from .numbers import numeral

_SMALL = 3  # tokens from "street" to its name, at most
_ACRONYM = 5  # letters; a shorter word all in capitals is no name
_LONGEST = 3  # digits of a number that names a station or a van


class CallWords:
    """The tokens of a line, from `first` up to `last`; those that are `used` count nobody and name nobody."""

    def __init__(self, text: str, line: Line) -> None:
        self.text, self.line, self.tokens = text, line, line.tokens
        self.first, self.last = line.sentence.first, line.sentence.last
        self.used: set[int] = set()

    def marks(self, first: int, last: int, *heads: str) -> list[Mark]:
        """The longest marks with one of these heads or labels that begin between two tokens, in order."""
        return [mark for mark in self.line.each(*heads) if first <= mark.first < last]

    def labelled(self, first: int, last: int, labels: frozenset[str]) -> list[Mark]:
        """All marks with one of these labels that begin between two tokens, in order, but none that is denied.

        "Without papers", "not beaten" are denied; "nobody was not released" is not spoken, "никого не отпустили" is.
        """
        bare = {m.last for m in self.line.marks.of("without")}
        if not self.marks(first, last, "nobody"):
            denying = self.line.pack.words("negation")
            bare |= {i + 1 for i in range(self.first, self.last) if self.tokens[i].fold in denying}
        found = (mark for mark in self.line.marks.all if mark.label in labels)
        return [mark for mark in found if first <= mark.first < last and mark.first not in bare]

    @cached_property
    def named(self) -> frozenset[int]:
        """The tokens that stand in a street's or a square's name."""
        streets = self.line.each("street")
        return frozenset(
            i for m in streets for i in (*self._capitals(self._past_small(m.last)), *self._capitals_before(m.first))
        )

    # ------------------------------------------------------------ numbers

    def _past_number(self, i: int) -> int:
        """Past "78", "№ 3", "no 4", "1, 2 and 3" behind a station."""
        while i < self.last and (self.tokens[i].text in "№#" or self.line.at(i, "number_sign")):
            i += 1 + (i + 1 < self.last and self.tokens[i + 1].text == ".")
        if not (i < self.last and self._names(i)) or self._counts(i + 1):
            return i
        i += 1
        while i + 1 < self.last and self._joins(i) and self._names(i + 1) and not self._goes_on(i + 2):
            i += 2
        return i

    def _joins(self, i: int) -> bool:
        return self.tokens[i].text in ",/" or self.tokens[i].fold in self.line.joints

    def _goes_on(self, i: int) -> bool:
        """Whether a word stands at a token, so that the number before it is none of a list of stations."""
        return i < self.last and self.tokens[i].kind != "mark" and self.tokens[i].fold not in self.line.joints

    def _counts(self, i: int) -> bool:
        return i < self.last and self.line.at(i, "people", "among", "role", "unnamed") is not None

    def _several(self, i: int) -> bool:
        """Whether a number stands at a token, in digits or words: "3 vans", "два автозака"."""
        return (
            self.first <= i < self.last
            and numeral(self.tokens[i], self.line.pack)
            and (
                self.tokens[i].fold not in self.line.pack.words("articles")  # "un fourgon"
            )
        )

    def _number(self, i: int) -> bool:
        return self.first <= i < self.last and self.tokens[i].kind in ("number", "mixed")

    def _names(self, i: int) -> bool:
        """Whether a number may name a station: 78, 78-й, 12th; no time, no range."""
        if not self._number(i) or i in self.used:
            return False
        digits = re.match(r"\d+(?!.*[.:])", self.tokens[i].text)
        ranged = i > self.first and self.tokens[i - 1].text in "-–—" and self._number(i - 2)
        return digits is not None and len(digits[0]) <= _LONGEST and not ranged

    # ------------------------------------------------------------ names

    def plain(self, i: int) -> bool:
        """Whether a token is a capital word that no word list knows: it may be a part of a name."""
        token = self.tokens[i]
        shouted = token.text.isupper() and len(token.text) < _ACRONYM
        if not token.capital or token.kind != "word" or i in self.used or shouted:
            return False
        known = names(self.line.pack).given(token.text)
        return bool(known) or not self.line.at(i, *_KNOWN)

    def _capitals(self, i: int) -> list[int]:
        """The capital words from a token on, past a full stop: "ул. Мельничная"; a given name ends them."""
        i += i < self.last and self.tokens[i].text in (".", "«", '"')
        run: list[int] = []
        given = names(self.line.pack).given
        while i < self.last and self.plain(i) and not given(self.tokens[i].text) and len(run) < _LONGEST:
            run.append(i)
            i += 1
        return run

    def _capitals_before(self, i: int) -> list[int]:
        run: list[int] = []
        while i - 1 >= self.first and self.plain(i - 1) and len(run) < 2:
            run.append(i - 1)
            i -= 1
        return run

    def _past_small(self, i: int) -> int:
        """Past the small words between "street" and its name: "rue du Moulin"."""
        pack = self.line.pack
        small = pack.words("stops") | pack.words("articles") | pack.words("partitive") | pack.words("objects")
        return next((j for j in range(i, min(self.last, i + _SMALL)) if self.tokens[j].fold not in small | {"."}), i)

    def _written(self, first: int, last: int) -> str:
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]


_KNOWN = """
    station vehicle street role official month weekday detained released still_held charged charges fined
    jailed injured to_court people among caller nobody everybody force befell numbered counted telephone say
    as_of about at_least more_than up_to unnamed article person part_of denied nearly less_than
""".split()
"""Heads of the marks of words that are no part of a name, though they may begin with a capital."""
