"""From words that somebody points at to claims: what is not literally there, or does not fit together, is refused.

Whoever points (a language model) copies words and names what they count, and nothing else is taken from him. Numbers,
bounds, places, days and speakers are read from the report at the place of those words, by the parsers that the rules
use. A claim says in its evidence where each of its slots stands.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from unicodedata import category

from atleast.lexicon import pack, speakers
from atleast.model import Claim, Evidence, Report, Trouble
from atleast.model.vocabulary import QUANTITIES

from ..days import NO_EVENT
from ..line import Line
from ..marks import Mark
from ..nouns import noun_after
from ..numbers import Amount, amounts
from ..offices import filled
from ..page import Page, Setting, page_of
from ..passage import passage_of
from ..slots import same_outlet
from ..traps import trapped

Span = tuple[int, int]

_LONGEST = 600  # code points; a quote is a sentence or two, not the report
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
_QUOTES = dict.fromkeys(map(ord, "«»„“”‟″"), '"') | dict.fromkeys(map(ord, "‘’‚‛′ʼ"), "'")
_FOLDS = _DASHES | _QUOTES
_PLACES = 1_000  # where words stand that are in every line is not asked
_TAILS = frozenset(("verb", "noun", "person", "unit"))
# What words of the lists may count that do not bear its name.
_COUNTS = {"paper": ("charges",), "crowd": ("participants",), "rallies": ("rallies", "participants")}


@dataclass(frozen=True, slots=True)
class Pointed:
    """What somebody points at: words of a report, and what he takes them to count."""

    quote: str
    number: str
    trigger: str
    quantity: str
    claimant: str | None = None
    place: str | None = None
    date: str | None = None


class _Refused(Exception):
    """Why a claim cannot be made of what was pointed at."""


def grounded(
    report: Report, pointed: Iterable[Pointed], reader: str, setting: Setting | None = None
) -> tuple[tuple[Claim, ...], tuple[Trouble, ...]]:
    """The claims that hold, and for each of the others why it was refused.

    A claim whose trigger no word list knows is a hint (tier C), every other one is to be reviewed (tier B). All bear
    the name of the reader.
    """
    known = pack(report.language) if report.language else None
    if known is None:
        return (), (Trouble("no word lists to check a reader by, so its claims were left out", report.id),)
    page = page_of(report, known, setting or Setting())
    words = _Words(report.text)
    claims: dict[tuple[object, ...], Claim] = {}
    refused = []
    for each in pointed:
        try:
            claim = _claim(page, words, each, reader)
        except _Refused as why:
            refused.append(Trouble(f"a claim of {reader} was refused: {why}", report.id, _short(each.quote)))
        else:
            claims.setdefault((claim.quantity, *(e for e in claim.evidence if e.slot == "number")), claim)
    return tuple(claims.values()), tuple(refused)


def _short(words: str, most: int = 60) -> str:
    shown = " ".join(words[: 2 * most].split())
    return shown if len(shown) <= most else shown[: most - 1] + "…"


# --- where the words stand


class _Words:
    """A text in which copied words are found again, even if the copy smoothed spaces, quotation marks and dashes."""

    def __init__(self, text: str) -> None:
        self.text = text
        kept: list[str] = []
        self._at: list[int] = []
        for at, character in enumerate(text):
            folded = _folded(character)
            if folded and not (folded == " " and kept[-1:] == [" "]):
                kept.append(folded)
                self._at.append(at)
        self._folded = "".join(kept)

    def find(self, words: str, within: Span | None = None) -> Iterator[Span]:
        """Every place where the words stand, whole ones, as offsets into the text itself."""
        start, end = within or (0, len(self.text))
        wanted = " ".join("".join(map(_folded, words)).split())
        at = self._folded.find(wanted, bisect_left(self._at, start)) if wanted else -1
        for _ in range(_PLACES):
            if at < 0 or self._at[at + len(wanted) - 1] >= end:
                return
            if not (self._joined(at) or self._joined(at + len(wanted))):
                yield self._at[at], self._at[at + len(wanted) - 1] + 1
            at = self._folded.find(wanted, at + 1)

    def _joined(self, at: int) -> bool:
        """Whether letters or digits stand on both sides, so that a word would be cut."""
        return 0 < at < len(self._folded) and self._folded[at - 1].isalnum() and self._folded[at].isalnum()


def _folded(character: str) -> str:
    """What a copy may make of a character: one kind of space, of dash and of quotation mark, nothing of the unseen."""
    if character.isspace():
        return " "
    return "" if category(character) == "Cf" else _FOLDS.get(ord(character), character)


def _quote(page: Page, words: _Words, quote: str) -> Span:
    """Where the quote stands; of several places the first that is no headline."""
    if not 0 < len(quote) <= _LONGEST:
        raise _Refused("the quote is empty or far too long")
    found = list(words.find(quote))
    if not found:
        raise _Refused("the quote does not stand in the report")
    return next((span for span in found if not page.layout.headline(span[0])), found[0])


def _inside(words: _Words, part: str, quote: Span, what: str) -> Span:
    found = list(words.find(part, quote))
    if len(found) != 1:
        raise _Refused(f"the {what} stands in the quote {'more than once' if found else 'nowhere'}")
    return found[0]


def _anywhere(words: _Words, part: str, quote: Span, what: str) -> Span:
    """Where words of another slot stand: in the quote, else nearest to it."""
    inside = next(words.find(part, quote), None)
    if inside:
        return inside
    found = sorted(words.find(part), key=lambda span: (abs(span[0] - quote[0]), span))
    if not found:
        raise _Refused(f"the {what} does not stand in the report")
    return found[0]


# --- what they say


def _claim(page: Page, words: _Words, each: Pointed, reader: str) -> Claim:
    if each.quantity not in QUANTITIES or each.quantity == "other":
        raise _Refused("it counts nothing that is counted here")
    quote = _quote(page, words, each.quote)
    number = _whole(page, words, each.number, quote)
    n = next(i for i, s in enumerate(page.layout.sentences) if s.first <= number[0] < s.last)
    line = passage_of(page, n).line
    amount = _amount(line, number)
    trigger = _inside(words, each.trigger, quote, "trigger")
    known = _known(page, trigger, each.quantity)
    noun = noun_after(line, amount)
    slots = [_seen("number", (_start(page, amount.first), _end(page, amount.last)), reader, quote)]
    slots.append(_seen("quantity", trigger, known.source if known else "a word that no list knows", quote))
    place, where = _place(page, words, each.place, quote)
    claimant, kind, who = _claimant(page, words, each.claimant, quote, place)
    day, when = _day(page, words, each.date, quote)
    told = (("place", where), ("claimant", who), ("event_date", when))
    slots += [_seen(slot, found, reader, quote) for slot, found in told if found]
    return Claim(
        id="", report=page.report.id, quote=page.report.text[quote[0] : quote[1]], start=quote[0], end=quote[1],
        claimant=claimant, claimant_kind=kind, quantity=each.quantity,
        among=noun.tail if noun and noun.head == "among" else None, low=_count(amount.low), high=_count(amount.high),
        bound=amount.bound, hedge=amount.hedge, place=place, event_date=day, tier="B" if known else "C",
        readers=(reader,), evidence=tuple(slots),
    )  # fmt: skip


def _seen(slot: str, span: Span, how: str, quote: Span) -> Evidence:
    return Evidence(slot, *span, how, inherited=not quote[0] <= span[0] < quote[1])


def _start(page: Page, token: int) -> int:
    return page.layout.tokens[token].start


def _end(page: Page, token: int) -> int:
    return page.layout.tokens[token - 1].end


def _count(value: float | None) -> int | None:
    if value is not None and value != int(value):
        raise _Refused("the number is no whole number")
    return None if value is None else int(value)


def _tokens(page: Page, span: Span) -> Span:
    """The tokens that a span of the text touches, from the first up to but without the last."""
    tokens = page.layout.tokens
    first = bisect_right(tokens, span[0], key=lambda token: token.end)
    return first, bisect_left(tokens, span[1], lo=first, key=lambda token: token.start)


def _whole(page: Page, words: _Words, number: str, quote: Span) -> Span:
    """The tokens of the number, which must be whole ones: the 2 of "12" is none."""
    aligned = []
    for span in words.find(number, quote):
        first, last = _tokens(page, span)
        if last > first and _start(page, first) >= span[0] and _end(page, last) <= span[1]:
            aligned.append((first, last))
    if len(aligned) != 1:
        raise _Refused(f"the number stands in the quote {'more than once' if aligned else 'nowhere'}")
    return aligned[0]


def _amount(line: Line, number: Span) -> Amount:
    """The one number phrase that the tokens hold, with the hedge that stands before it in the report."""
    found = amounts(line.tokens, line.sentence.first, line.sentence.last, line.marks, line.pack)
    meant = [a for a in found if a.start < number[1] and a.stop > number[0]]
    if len(meant) != 1:
        raise _Refused("the number is none" if not meant else "the number is more than one")
    if not number[0] <= meant[0].start or not meant[0].stop <= number[1]:
        raise _Refused("the number is a part of a longer one")
    if trapped(line, meant[0]):
        raise _Refused("the number is a date, a time, an age or an article of law")
    return meant[0]


def _known(page: Page, trigger: Span, quantity: str) -> Mark | None:
    """The line of the word lists by which the trigger says the quantity; None where no list knows the word."""
    first, last = _tokens(page, trigger)
    marks = [
        mark
        for found in page.marks
        for i in range(first, last)
        for mark in found.get(i, ())
        if mark.tail in _TAILS or mark.head in _COUNTS
    ]
    said = {counted: mark for mark in marks for counted in _COUNTS.get(mark.head, (mark.head,))}
    counted = sorted(said.keys() & QUANTITIES.keys())
    if counted and quantity not in counted:
        raise _Refused(f"the trigger says {', '.join(counted)} and not {quantity}")
    return said.get(quantity)


def _place(page: Page, words: _Words, place: str | None, quote: Span) -> tuple[str | None, Span | None]:
    if place is None:
        return None, None
    span = _anywhere(words, place, quote, "place")
    first, last = _tokens(page, span)
    marks = [m for m in chain.from_iterable(page.places) if m.first < last and m.last > first]
    if not marks:
        return None, None  # no place that the gazetteer knows
    best = max(marks, key=lambda m: (m.last - m.first, -m.first))
    return best.place.key, (_start(page, best.first), _end(page, best.last))


def _claimant(
    page: Page, words: _Words, claimant: str | None, quote: Span, place: str | None
) -> tuple[str | None, str | None, Span | None]:
    """The canonical name of the speaker whom the words name, None where no list tells it, and the words."""
    if claimant is None:
        return None, None, None
    span = _anywhere(words, claimant, quote, "speaker")
    first, last = _tokens(page, span)
    for n, voices in enumerate(page.voices):
        for voice in voices:
            if voice.first < last and voice.last > first:
                name = filled(voice, place, page.country, page.places[n])
                if name and not same_outlet(voice, name, page.report.publisher):
                    return name, voice.kind, span
    found = speakers().named(page.report.text[span[0] : span[1]])
    return (found.name, found.kind, span) if found else (None, None, span)


def _day(page: Page, words: _Words, date: str | None, quote: Span) -> tuple[str | None, Span | None]:
    if date is None:
        return None, None
    first, last = _tokens(page, _anywhere(words, date, quote, "date"))
    days = [d for d in chain.from_iterable(page.dates) if d.first < last and d.last > first and d.how not in NO_EVENT]
    if len(days) != 1 or not days[0].when:
        return None, None
    (day,) = days
    whole = page.day if day.when.startswith("--") and (page.day or "").endswith(day.when[1:]) else day.when
    return whole, (_start(page, day.first), _end(page, day.last))
