"""Names of people in Russian, found by natasha: surnames that stand alone, initials, foreign names.

Only its finder of names is used, never its syntax, and only on paragraphs that tell of arrests. That something befell
the person is decided by the word lists: a deed must stand near, and nobody counts who only speaks or is an official.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from atleast.lexicon import fold, pack
from atleast.model import Evidence, Happening, Mention, NoAnswer, Report

from ..gate import on_topic
from ..marks import Mark
from ..page import Page, Setting, page_of
from ..passage import Passage, passage_of
from ..predicates import negated, predicate_cost
from ..reader import Reading
from ..where import PlaceMark, nearest

Finder = Callable[[str], Iterable[tuple[int, int]]]
"""Text in, the spans of the names of persons out."""

_LANGUAGE = "ru"
_LONGEST = 4_000  # characters of a paragraph; what is longer is a table
_BEFALLS = frozenset(("detained", "released", "charged", "fined", "jailed", "injured"))
_NEAR = 8.0  # how near the deed must stand, in the measure of `predicate_cost`


@dataclass(frozen=True, slots=True)
class NamesReader:
    """Finds people in Russian reports by their names; other languages it leaves alone.

    Attributes:
        setting: What the case says of the day and country, for reports that do not.
    """

    setting: Setting = field(default_factory=Setting)
    id: str = "ner:natasha"
    reads: str = "mentions"

    def __call__(self, report: Report) -> Reading:
        """The people whom natasha names and of whom the report says that something befell them; no claims.

        Raises:
            NoAnswer: natasha is not installed.
        """
        finder = natasha()
        known = pack(_LANGUAGE)
        if report.language != _LANGUAGE or known is None:
            return Reading(report)
        paragraphs = [(at, text) for at, text in _paragraphs(report.text) if on_topic(text, known)]
        names = [(at + start, at + end) for at, text in paragraphs for start, end in finder(text)]
        page = page_of(report, known, self.setting) if names else None
        return Reading(report, mentions=tuple(_mentions(page, names, self.id)) if page else ())


@cache
def natasha() -> Finder:
    """natasha's finder of names, loaded once (a second, and some 200 MB)."""
    try:
        from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter
    except ImportError as wrong:
        raise NoAnswer("natasha is not installed", remedy="Install it: pip install 'atleast[ru-ner]'") from wrong
    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def persons(text: str) -> list[tuple[int, int]]:
        doc: Any = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return [(found.start, found.stop) for found in doc.spans if found.type == "PER"]

    return persons


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for paragraph in text.split("\n"):
        if len(paragraph) <= _LONGEST:
            yield at, paragraph
        at += len(paragraph) + 1


def _mentions(page: Page, names: Iterable[tuple[int, int]], reader: str) -> Iterator[Mention]:
    sentences = page.layout.sentences
    for start, end in names:
        n = next((n for n, s in enumerate(sentences) if s.start <= start and end <= s.end), None)
        if n is None or sentences[n].paragraph in page.layout.headings:
            continue
        passage = passage_of(page, n)
        touched = [i for i in range(sentences[n].first, sentences[n].last) if _within(passage, i, start, end)]
        deed = _deed(passage, touched[0], touched[-1] + 1) if touched else None
        if deed:
            yield _mention(passage, (start, end), (touched[0], touched[-1] + 1), deed, reader)


def _within(passage: Passage, i: int, start: int, end: int) -> bool:
    token = passage.tokens[i]
    return token.start < end and token.end > start


def _deed(passage: Passage, first: int, last: int) -> Mark | None:
    """What befell the person at these tokens; None for somebody who speaks, or is named beside no deed."""
    line = passage.line
    if any(v.first < last and v.last > first for v in passage.voices) or _speaks(passage, first, last):
        return None
    agents = line.pack.settings.get("agents", ())
    if any(line.tokens[i].fold in agents for i in range(max(line.sentence.first, first - 2), first)):
        return None
    marks = (m for i in range(line.sentence.first, line.sentence.last) for m in line.marks.get(i, ()))
    deeds = [m for m in marks if m.head in _BEFALLS and m.tail in ("verb", "person") and not negated(line, m)]
    costs = [(predicate_cost(line, m, first, last), m.first, m) for m in deeds]
    near = [each for each in costs if each[0] <= _NEAR]
    return min(near, key=lambda each: each[:2])[2] if near else None


def _speaks(passage: Passage, first: int, last: int) -> bool:
    """Whether a word of saying stands beside the name, a word or two off, and no comma between them."""
    near = range(max(passage.sentence.first, first - 3), min(passage.sentence.last, last + 2))
    says = [m for i in near for m in passage.marks.get(i, ()) if m.label == "say"]
    between = (range(m.last, first) if m.last <= first else range(last, m.first) for m in says)
    return any(len(gap) <= 2 and all(passage.tokens[i].kind != "mark" for i in gap) for gap in between)


def _mention(passage: Passage, span: tuple[int, int], tokens: tuple[int, int], deed: Mark, reader: str) -> Mention:
    page, words = passage.page, passage.tokens
    cities = [m for m in passage.happened_in if m.place.kind != "country"]
    place: PlaceMark | None = nearest(tokens, cities, page.layout)
    evidence = [Evidence("name", *span, reader)]
    evidence.append(Evidence("happened", words[deed.first].start, words[deed.last - 1].end, deed.source))
    if place:
        evidence.append(Evidence("place", words[place.first].start, words[place.last - 1].end, place.how))
    name = page.report.text[slice(*span)]
    return Mention(
        id="", report=page.report.id, quote=name, start=span[0], end=span[1], name=" ".join(name.split()),
        place=place.place.key if place else None, happened=(Happening(deed.head, page.day),),
        readers=(reader,), evidence=tuple(evidence),
    )  # fmt: skip


def akin(one: str, other: str) -> bool:
    """Whether two Russian names may be of one person: the last words differ in their endings at most.

    >>> akin("Ивана Лужинского", "Лужинский"), akin("Лужинского", "Лугового")
    (True, False)
    """
    a, b = (fold(name.split()[-1]) if name.split() else "" for name in (one, other))
    stem = max(4, min(len(a), len(b)) - 3)
    return bool(a and b) and a[:stem] == b[:stem]
