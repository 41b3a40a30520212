"""Which lines of the word lists match where: the first thing done to a sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from atleast.lexicon import Pack
from atleast.lexicon.packs import Phrase, matches

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
    halves: list[Mark] = []
    for i in range(first, last):
        if tokens[i].kind == "mark" and tokens[i].text != "-":
            continue
        taken: set[str] = set()
        for phrase in _starting(tokens[i], pack):
            if phrase.gap:
                halves += _split(tokens, i, last, phrase, pack)
                continue
            end = i + len(phrase.elements)
            if phrase.label in taken or end > last:
                continue
            if end == i + 1 or all(matches(e, tokens[i + n].fold) for n, e in enumerate(phrase.elements) if n):
                taken.add(phrase.label)
                found.setdefault(i, []).append(Mark(phrase.label, i, end, phrase.line.source, phrase.head, phrase.tail))
        if len(found.get(i, ())) > 1:
            found[i] = _nouns_over_verbs(found[i])
    for half in halves:
        found.setdefault(half.first, []).append(half)
    return found


_APART = 30  # tokens between the halves of a split verb, at most


def _starting(token: Token, pack: Pack) -> Sequence[Phrase]:
    """The phrases that may begin at a token, those that begin with its ending included."""
    begun = pack.starting(token.fold)
    return (*pack.starting(f"'{token.ending}"), *begun) if token.ending else begun


def _split(tokens: Sequence[Token], i: int, last: int, phrase: Phrase, pack: Pack) -> list[Mark]:
    """Both halves of a verb such as "nahm ... fest", the second of which ends its clause; nothing if one is missing."""
    head, tail = phrase.elements[: phrase.gap], phrase.elements[phrase.gap :]
    start, size = i + len(head), len(tail)
    if start > last or not all(matches(e, tokens[i + n].fold) for n, e in enumerate(head)):
        return []
    for j in range(start, min(last, start + _APART) - size + 1):
        if tokens[j].text in ";:":
            return []
        if all(matches(e, tokens[j + n].fold) for n, e in enumerate(tail)) and _closed(tokens, j + size, last, pack):
            spans = ((i, start), (j, j + size))
            return [Mark(phrase.label, a, b, phrase.line.source, phrase.head, phrase.tail) for a, b in spans]
    return []


def _closed(tokens: Sequence[Token], at: int, last: int, pack: Pack) -> bool:
    """Whether a clause ends before token `at`: with the sentence, a mark, or a word such as "and"."""
    joining = (*pack.settings["conjunctions"], *pack.settings["joints"])
    return at >= last or tokens[at].kind == "mark" or tokens[at].fold in joining


def _nouns_over_verbs(here: list[Mark]) -> list[Mark]:
    """The likelier reading of words that fit several lines.

    "задержанных" fits the stem of the verb too, but is a noun; "drew up" is not "drew".
    """
    nouns = {m.head: m.last for m in here if m.tail in ("person", "noun")}
    longest = max((m.last for m in here if m.tail == "verb"), default=0)
    return [m for m in here if m.tail != "verb" or (m.last == longest and m.last > nouns.get(m.head, m.first))]
