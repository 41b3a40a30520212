"""The text of a report, cut where quotes begin and end, so that each quote can be underlined where it stands."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LANES = 4
"""How many lines may be drawn under one word; of more quotes than that, the last share a line."""


_BEGINNING = 60


def beginning(text: str) -> str:
    """The first words of a text: its first line that is not empty, of at most 60 characters.

    >>> beginning("\\n  Twelve taken.  \\nIn Bree.")
    'Twelve taken.'
    """
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= _BEGINNING else line[: _BEGINNING - 1] + "…"


@dataclass(frozen=True, slots=True)
class Quote:
    """Where the quote of a proposal stands. `form` is how it is underlined; offsets count code points."""

    name: str
    number: int
    form: str
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line under some words: of which proposal, in which form and what that is called, how far below the words."""

    name: str
    number: int
    form: str
    lane: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Some words of the text that the same quotes cover; `ends` are the quotes that end behind them."""

    start: int
    text: str
    lines: tuple[Line, ...] = ()
    ends: tuple[Line, ...] = ()


def runs(text: str, quotes: Iterable[Quote]) -> tuple[Run, ...]:
    """The whole text in runs; put together again they are the text.

    >>> [(run.text, [line.number for line in run.lines]) for run in runs("ab", [Quote("c", 1, "detained", 1, 2)])]
    [('a', []), ('b', [1])]
    """
    quotes = [each for each in quotes if 0 <= each.start < each.end <= len(text)]
    lines = dict(zip(quotes, _lines(quotes), strict=True))
    cuts = sorted({0, len(text), *(each.start for each in quotes), *(each.end for each in quotes)})
    opening: dict[int, list[Quote]] = {}
    for each in quotes:
        opening.setdefault(each.start, []).append(each)
    found, covering = list[Run](), list[Quote]()
    for start, end in pairwise(cuts):
        covering = [each for each in covering if each.end > start] + opening.get(start, [])
        over = tuple(sorted((lines[each] for each in covering), key=lambda line: (line.lane, line.number)))
        found.append(Run(start, text[start:end], over, tuple(lines[each] for each in covering if each.end == end)))
    return tuple(found)


def _lines(quotes: Sequence[Quote]) -> list[Line]:
    """Each quote's line: quotes that overlap are drawn at different depths."""
    taken: list[int] = []
    lanes: dict[int, int] = {}
    for place in sorted(range(len(quotes)), key=lambda place: (quotes[place].start, -quotes[place].end)):
        lane = next((lane for lane, end in enumerate(taken) if end <= quotes[place].start), len(taken))
        taken[lane : lane + 1] = [quotes[place].end]
        lanes[place] = min(lane, LANES - 1)
    return [Line(each.name, each.number, each.form, lanes[place], each.label) for place, each in enumerate(quotes)]


def places(text: str, words: str) -> list[tuple[int, int]]:
    """Where words stand in a text, in its order; blanks and line ends between them may be others than were typed."""
    parts = words.split()
    if not parts:
        return []
    pattern = r"\s+".join(map(re.escape, parts))
    return [found.span() for found in re.finditer(pattern, text)]
