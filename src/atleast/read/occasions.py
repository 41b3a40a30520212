"""Which occasion a number belongs to, where a text tells of two by their names: "at the March of Mothers 30 were …"."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from atleast.lexicon import Pack
from atleast.model import Claim

from .page import Page

_QUOTED = r"[«“„\"](?P<quoted>[^«»“”„\"\n]{3,60})[»”“\"]"
_CAPITAL = r"[^\W\d_a-zа-яё][\w'’-]+"
# Names are one where their words begin alike: «Марш матерей», «Марше матерей».
_STEM = 4


def with_occasions(page: Page, claims: Sequence[Claim]) -> list[Claim]:
    """The claims; those in a sentence that names one occasion are of it, where the text names two or more.

    A text that names one or none speaks of one event, and its day and country tell which.
    """
    named = list(_named(page.report.text, page.pack))
    if len({name for _, name in named}) < 2:
        return list(claims)
    starts = [page.layout.tokens[s.first].start for s in page.layout.sentences]
    here: dict[int, set[str]] = {}
    for at, name in named:
        here.setdefault(bisect_right(starts, at), set()).add(name)
    return [_of(claim, here.get(bisect_right(starts, claim.start), set())) for claim in claims]


def _of(claim: Claim, names: set[str]) -> Claim:
    return replace(claim, extra={**claim.extra, "occasion": next(iter(names))}) if len(names) == 1 else claim


def _named(text: str, pack: Pack) -> Iterator[tuple[int, str]]:
    """Every name of an occasion in a text, with its place; one name has one spelling, the first."""
    spellings: dict[tuple[str, ...], str] = {}
    for pattern in _patterns(pack):
        for match in pattern.finditer(text):
            name = " ".join(next(filter(None, match.groups())).split())
            key = tuple(word[:_STEM].casefold() for word in name.split())
            yield match.start(), spellings.setdefault(key, name)


@cache
def _patterns(known: Pack) -> tuple[re.Pattern[str], ...]:
    """What names an occasion in a language: a name in quotation marks, and a title with capitals."""
    words, links = (known.settings.get(name, ()) for name in ("event_words", "event_links"))
    if not words:
        return ()
    found = [re.compile(rf"\b(?:{'|'.join(words)})\w* {_QUOTED}", re.IGNORECASE)]
    if links:
        heads = "|".join(word.capitalize() for word in words)
        found.append(
            re.compile(
                rf"\b(?P<titled>(?:{heads}) (?:{'|'.join(links)}) (?:the )?{_CAPITAL}(?: (?:and |of )?{_CAPITAL})*)"
            )
        )
    return tuple(found)
