"""Which lines of the word lists match where: the first thing done to a sentence."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from atleast.lexicon import Pack
from atleast.lexicon.packs import Element, Phrase, matches

from .shapes import shape
from .tokens import Token


@shape
class Mark:
    """A line of a word list that matched tokens `first` up to but without `last`."""

    label: str
    first: int
    last: int
    source: str  # file:line of the word list
    head: str  # "detained" of the label "detained.verb"
    tail: str  # "verb"


class Marks(dict[int, list[Mark]]):
    """The marks of a sentence by the token they begin at, those of one token in the order in which they are likelier.

    Attributes:
        all: All of them in order.
        of: Those with this head or label, in order.
        ending: Those that end right before a token, in order.
    """

    __slots__ = ("_among", "all", "ending", "of")

    def __init__(self, found: Mapping[int, list[Mark]]) -> None:
        super().__init__(found)
        self.all = [mark for i in sorted(found) for mark in found[i]]
        self._among: dict[frozenset[str], list[Mark]] = {}
        told: defaultdict[str, tuple[Mark, ...]] = defaultdict(tuple)
        ending: defaultdict[int, tuple[Mark, ...]] = defaultdict(tuple)
        for mark in self.all:
            told[mark.head] += (mark,)
            if mark.tail:
                told[mark.label] += (mark,)
            ending[mark.last] += (mark,)
        self.of: Callable[[str], tuple[Mark, ...]] = told.__getitem__
        self.ending: Callable[[int], tuple[Mark, ...]] = ending.__getitem__

    def among(self, labels: frozenset[str]) -> Sequence[Mark]:
        """Those with one of these labels, in order."""
        found = self._among.get(labels)
        if found is None:
            found = self._among[labels] = [mark for mark in self.all if mark.label in labels]
        return found


def marks(tokens: Sequence[Token], first: int, last: int, pack: Pack) -> Marks:
    """All matches in a sentence by the token they begin at, longest first; shorter ones of one label dropped."""
    found: dict[int, list[Mark]] = {}
    halves: list[Mark] = []
    for i in range(first, last):
        token = tokens[i]
        if token.kind == "mark" and token.text != "-":
            continue
        behind = tokens[i + 1].fold if i + 1 < last else ""
        phrases = pack.leading(token.fold, behind)
        if token.ending:
            phrases = (*pack.leading(f"'{token.ending}", behind), *phrases)
        if phrases:
            here, split = _matched(tokens, i, last, phrases, pack)
            halves += split
            if here:
                found[i] = _nouns_over_verbs(here) if len(here) > 1 else here
    for half in halves:
        found.setdefault(half.first, []).append(half)
    return Marks(found)


def _matched(
    tokens: Sequence[Token], i: int, last: int, phrases: Sequence[Phrase], pack: Pack
) -> tuple[list[Mark], list[Mark]]:
    """What of those phrases stands at a token, and both halves of what is split."""
    here: list[Mark] = []
    halves: list[Mark] = []
    labels: list[str] = []
    for phrase in phrases:
        if phrase.gap:
            halves += _split(tokens, i, last, phrase, pack)
            continue
        elements, label = phrase.elements, phrase.label
        end = i + len(elements)
        if end > last or label in labels:
            continue
        if end <= i + 2 or _fits(elements, tokens, i):
            here.append(Mark(label, i, end, phrase.line.source, phrase.head, phrase.tail))
            labels.append(label)
    return here, halves


def _fits(elements: Sequence[Element], tokens: Sequence[Token], i: int) -> bool:
    """Whether the words behind token `i` match the elements behind the second; so far the pack has looked."""
    for n in range(2, len(elements)):  # noqa: SIM110 - a generator takes twice the time, and this is asked most often
        if not matches(elements[n], tokens[i + n].fold):
            return False
    return True


_APART = 30  # tokens between the halves of a split verb, at most


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
    """Whether a clause could end before token `at`: with the sentence, a mark, or before a word such as "and".

    Before a preposition too: "hield drie mensen aan | wegens diefstal", "nahmen teil | an". Not before an article,
    since then the half is itself a preposition: "hield aan het plein drie mensen".
    """
    if at >= last or tokens[at].kind == "mark":
        return True
    known, word = pack.settings, tokens[at].fold
    if word in known["conjunctions"] or word in known["joints"]:
        return True
    return word in known["stops"] and word not in known["articles"] and word not in known["definite"]


def _nouns_over_verbs(here: list[Mark]) -> list[Mark]:
    """The likelier reading of words that fit several lines.

    "задержанных" fits the stem of the verb too, but is a noun; "drew up" is not "drew".
    """
    wished = max((m.last for m in here if m.head == "wish"), default=0)  # "serbest bırakılması talebiyle"
    here = [m for m in here if m.tail != "verb" or m.last >= wished]
    verbs = [m.last for m in here if m.tail == "verb"]
    if not verbs:
        return here
    nouns, longest = {m.head: m.last for m in here if m.tail in ("person", "noun")}, max(verbs)
    return [m for m in here if m.tail != "verb" or (m.last == longest and m.last > nouns.get(m.head, m.first))]
