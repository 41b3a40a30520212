"""Which lines of the word lists match where: the first thing done to a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from atleast.lexicon import Pack
from atleast.lexicon.packs import matches

from .tokens import Token


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of a word list that matched tokens `first` up to but without `last`."""

    label: str
    first: int
    last: int
    source: str  # file:line of the word list
    head: str  # "detained" of the label "detained.verb"
    tail: str  # "verb"


Marks = Mapping[int, Sequence[Mark]]


def marks(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> dict[int, list[Mark]]:
    """All matches in a sentence by the token they begin at, longest first; shorter ones of one label dropped."""
    found: dict[int, list[Mark]] = {}
    for i in range(first, last):
        if tokens[i].kind == "mark" and tokens[i].text != "-":
            continue
        taken: set[str] = set()
        for phrase in pack.starting(tokens[i].fold):
            end = i + len(phrase.elements)
            if phrase.label in taken or end > last:
                continue
            if all(matches(e, tokens[i + n].fold) for n, e in enumerate(phrase.elements) if n):
                taken.add(phrase.label)
                found.setdefault(i, []).append(Mark(phrase.label, i, end, phrase.line.source, phrase.head, phrase.tail))
        if len(found.get(i, ())) > 1:
            found[i] = _nouns_over_verbs(found[i])
    return found


def _nouns_over_verbs(here: list[Mark]) -> list[Mark]:
    """The likelier reading of words that fit several lines.

    "задержанных" fits the stem of the verb too, but is a noun; "drew up" is not "drew".
    """
    nouns = {m.head: m.last for m in here if m.tail in ("person", "noun")}
    longest = max((m.last for m in here if m.tail == "verb"), default=0)
    return [m for m in here if m.tail != "verb" or (m.last == longest and m.last > nouns.get(m.head, m.first))]
