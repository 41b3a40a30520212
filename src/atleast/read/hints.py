"""A report in a language without word lists: what digits and names allow, every claim a hint."""

import re
from collections.abc import Iterator, Sequence

from atleast.lexicon import bare_pack
from atleast.model import Claim, Evidence, Report

from .page import Page, Setting, page_of
from .tokens import Sentence, Token
from .where import PlaceMark

NOTE = "no word lists for this language: what is counted is not known"
_GROUPED = re.compile(r"\d{1,3}(?:([.,'’\s\u066c])\d{3})(?:\1\d{3})*|\d+")
_MONEY = frozenset("%‰$€£¥₽₴₺§№#")
_YEARS = range(1900, 2101)
_DAYS = range(1, 32)
_AROUND = 3  # words on each side of the number that the quote takes in


def hints(report: Report, setting: Setting | None = None) -> tuple[tuple[Claim, ...], str | None]:
    """The numbers in digits of each sentence that names a place or a registered speaker, and the report's country.

    What is counted, by whom and when stays open: tier C, quantity "other". Years, times, dates, shares, sums of
    money and numbered lists are passed over as far as digits and signs tell them.
    """
    page = page_of(report, bare_pack(report.language or ""), setting or Setting())
    drafts = [hint for n in range(len(page.layout.sentences)) for hint in _hints(page, n)]
    return tuple(drafts), page.country


def _hints(page: Page, n: int) -> Iterator[Claim]:
    sentence, places, voices = page.layout.sentences[n], page.places[n], page.voices[n]
    if not (places or voices):
        return
    spans = [(m.first, m.last) for m in places] + [(v.first, v.last) for v in voices]
    named = {i for first, last in spans for i in range(first, last)}
    for i in range(sentence.first, sentence.last):
        value = None if i in named else _count(page.layout.tokens, i, sentence)
        if value is not None:
            yield _hint(page, sentence, i, value, places)


def _count(tokens: Sequence[Token], i: int, sentence: Sentence) -> int | None:
    """The value of a number in digits that may be a count; None for years, dates, shares and the like."""
    token = tokens[i]
    if token.kind != "number" or not _GROUPED.fullmatch(token.text) or len(token.text) > 12:
        return None
    value = int("".join(c for c in token.text if c.isdecimal()))
    around = {tokens[j].text for j in (i - 1, i + 1) if sentence.first <= j < sentence.last}
    listed = i == sentence.first and around & set(".)")
    if around & _MONEY or listed or (len(token.text) == 4 and value in _YEARS) or _dated(tokens, i, value, sentence):
        return None
    return value if value > 0 else None


def _dated(tokens: Sequence[Token], i: int, value: int, sentence: Sentence) -> bool:
    """Whether a year stands within two words, as in "7 octombrie 2017"."""
    near = range(max(sentence.first, i - 3), min(sentence.last, i + 4))
    years = (t.text for j in near if (t := tokens[j]).kind == "number" and len(t.text) == 4 and t.text.isdecimal())
    return value in _DAYS and any(int(year) in _YEARS for year in years)


def _hint(page: Page, sentence: Sentence, i: int, value: int, places: Sequence[PlaceMark]) -> Claim:
    tokens, report = page.layout.tokens, page.report
    first, last = max(sentence.first, i - _AROUND), min(sentence.last, i + _AROUND + 1)
    start, end = tokens[first].start, tokens[last - 1].end
    keys = {mark.place.key for mark in places}
    place = next(iter(keys)) if len(keys) == 1 else page.country
    return Claim(
        id="",
        report=report.id,
        quote=report.text[start:end],
        start=start,
        end=end,
        quantity="other",
        low=value,
        high=value,
        place=place,
        note=NOTE,
        tier="C",
        evidence=(Evidence("number", tokens[i].start, tokens[i].end, "digits beside a name"),),
    )
