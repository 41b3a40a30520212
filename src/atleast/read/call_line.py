"""A line of a hotline call taken apart: where people are held, times, clauses, and numbers that count nobody.

Such lines have no sentences: "78 отдел: 12 задерж., 3 отпустили". What parts them is punctuation; what belongs to
what is told by nearness. A number that names a station, a van, a flat, an article or a time is used up here, so that
none of them can be taken for a number of people.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .call_words import CallWords
from .line import Line
from .marks import Mark

_CLOCK = re.compile(r"([01]?\d|2[0-3])[:hH]([0-5]\d)$")
_DOTTED = re.compile(r"([01]?\d|2[0-3])\.([0-5]\d)$")
_STOPS = frozenset(",;:()+→")
_ARROWS = frozenset("→⇒➜")
THINGS = ("counted", "block", "measure", "each", "both", "vehicle", "station")  # a number before one counts no people


class Holder(NamedTuple):
    """Where people are held, as written: a station, or a van."""

    first: int
    last: int
    kind: str  # "station" or "vehicle"
    text: str
    source: str


class Clock(NamedTuple):
    """A time of day, "21:40"."""

    first: int
    last: int
    told: str


class Clause(NamedTuple):
    """Tokens `first` up to `last` between two marks of punctuation; `segment` numbers what semicolons part."""

    first: int
    last: int
    segment: int


class CallLine(CallWords):
    """One line of a call, with all that is not a number of people found first."""

    def __init__(self, text: str, line: Line, above: Holder | None = None) -> None:
        super().__init__(text, line)
        self.above = above  # where those are held of whom the line before says so: "station 9:"
        self.clocks = tuple(self._clocks())
        self.used |= {i for clock in self.clocks for i in range(clock.first, clock.last)}
        self.holders = tuple(self._holders())
        self.used |= {i for h in self.holders for i in range(h.first, h.last)}
        self.used |= set(self._numbers_of_things())
        self.clauses = tuple(self._clauses())

    def clause(self, i: int) -> Clause:
        """The clause that a token stands in."""
        return next(c for c in self.clauses if c.first <= i < c.last)

    def segment(self, number: int) -> tuple[int, int]:
        """The tokens of a part between two semicolons."""
        own = [c for c in self.clauses if c.segment == number]
        return own[0].first, own[-1].last

    def near(self, i: int) -> Holder | None:
        """Where those told of at a token are held: in the clause, else before it, else behind it."""
        clause = self.clause(i)
        first, last = self.segment(clause.segment)
        here = [h for h in self.holders if first <= h.first < last]
        own = [h for h in here if clause.first <= h.first < clause.last]
        before = [h for h in here if h.first < i]
        if own:
            return min(own, key=lambda h: abs(h.first - i))
        return before[-1] if before else next(iter(here), self.above)

    def destination(self, holder: Holder) -> Holder | None:
        """Where a van is going to: the station named behind it in the same part."""
        if not self.first <= holder.first < self.last:
            return None
        _, last = self.segment(self.clause(holder.first).segment)
        behind = (h for h in self.holders if h.kind == "station" and holder.last <= h.first < last)
        return next(behind, None) if holder.kind == "vehicle" else None

    @property
    def heads(self) -> Holder | None:
        """The station or van that a line only names, so that the lines below tell of it: "station 9:"."""
        told = self.tokens[self.last - 1].text == ":" or all(i in self.used for i in range(self.first, self.last))
        return self.holders[-1] if self.holders and told else None

    # ------------------------------------------------------------ times

    def _clocks(self) -> Iterator[Clock]:
        for i in self.line.sentence.numbers:
            token = self.tokens[i]
            led = any(m.last == i for m in self.line.marks.of("as_of"))
            if match := _CLOCK.match(token.text) or (_DOTTED.match(token.text) if led else None):
                yield Clock(i, i + 1, f"{int(match[1]):02}:{match[2]}")

    # ------------------------------------------------------------ where they are held

    def _holders(self) -> Iterator[Holder]:
        past = self.first
        for mark in self.line.each("station", "vehicle"):
            first, last = self._named(mark, past)
            counted = first == mark.first and mark.head == "vehicle" and self._several(first - 1)
            if mark.first < past or counted:
                continue
            kind = "vehicle" if mark.head == "vehicle" else "station"
            yield Holder(first, last, kind, self._written(first, last), mark.source)
            past = last
        yield from self._arrows(past)

    def _arrows(self, past: int) -> Iterator[Holder]:
        """ "→ Central": where an arrow leads, though no word says that it is a station."""
        for i in range(max(past, self.first), self.last - 1):
            run = self._capitals(i + 1) if self.tokens[i].text in _ARROWS else []
            if run:
                text = self._written(run[0], run[-1] + 1)
                yield Holder(run[0], run[-1] + 1, "station", text, "where an arrow leads")

    def _named(self, mark: Mark, past: int) -> tuple[int, int]:
        """A station or van with what names it: a number or a name behind, else before it."""
        last = self._past_number(mark.last)
        if last == mark.last and mark.head == "station":
            last = (self._capitals(mark.last) or [last - 1])[-1] + 1
        if last > mark.last:
            return mark.first, last
        first = mark.first
        if mark.head == "station" and first - 1 >= past and self._names(first - 1):
            first -= 1
        elif mark.head == "station":
            first = min([i for i in self._capitals_before(mark.first) if i >= past], default=first)
        return first, last

    # ------------------------------------------------------------ things

    def _numbers_of_things(self) -> Iterator[int]:
        """The numbers that name or count a thing: flat 12, 15 days, 3 vans, art 20.2, a telephone number, an age."""
        for mark in self.line.each("numbered", "article", "article.part", "telephone"):
            yield from self._run_of_digits(mark.last)
        for mark in self.line.each("street"):
            yield from self._house(mark.last)
        for i in self.line.sentence.numbers:
            token, behind = self.tokens[i], self.line.at(i + 1, *THINGS)
            parted = not token.text.isascii() or " " in token.text  # "ОВД 5 120 чел" may be 5120, or 120 in ОВД 5
            unclear = parted and any(m.head in ("station", "vehicle") for m in self.line.marks.ending(i))
            if behind or unclear or self.line.at(i - 1, "each", "before") or token.kind == "mixed":
                yield i
            if (
                self._of_street(i)
                or self._in_brackets(i)
                or re.search(r"\.\d", token.text)
                or re.fullmatch(r"(19|20)\d\d|0\d+|\d{5,}", token.text)
            ):
                yield i

    def _of_street(self, i: int) -> bool:
        """ "на Садовой 14": whether a number stands behind a capital word, and counts nobody."""
        led = i - 2 >= self.first and self.tokens[i - 2].fold in self.line.pack.settings["in_place"]
        return led and self.plain(i - 1) and not self._counts(i + 1)

    def _in_brackets(self, i: int) -> bool:
        around = (self.tokens[j].text for j in (i - 1, i + 1) if self.first <= j < self.last)
        return "".join(around) == "()"

    def _run_of_digits(self, i: int) -> Iterator[int]:
        """Digits, and what joins them, right behind a word: "тел 555-01-42", "ст. 20.2"."""
        while i < self.last and (self._number(i) or self.tokens[i].text in "-–.№:+"):
            yield i
            i += 1

    def _house(self, i: int) -> Iterator[int]:
        """The number of a house: "Mill st 5", "ул. Мельничная 5", "rue du Moulin 5"."""
        i = self._past_small(i)
        i = (self._capitals(i) or [i - 1])[-1] + 1
        if self._number(i) and not self._counts(i + 1):
            yield i

    # ------------------------------------------------------------ clauses

    def _clauses(self) -> Iterator[Clause]:
        first, segment = self.first, 0
        for i in range(self.first, self.last):
            text = self.tokens[i].text
            if i in self.used or not (text in _STOPS or self._ends(i)):
                continue
            yield Clause(first, i + 1, segment)
            first, segment = i + 1, segment + (text == ";" or self._ends(i))
        if first < self.last:
            yield Clause(first, self.last, segment)

    def _ends(self, i: int) -> bool:
        """Whether a full stop ends a part: behind it a capital stands, and before it no short form."""
        if self.tokens[i].text not in ".!?" or i + 1 >= self.last or not self.tokens[i + 1].capital:
            return False
        return self.tokens[i - 1].fold not in self.line.pack.words("abbreviations") and len(self.tokens[i - 1].text) > 2
