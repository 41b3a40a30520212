"""Whether and where a report speaks of arrests or rallies: the first look, so that other news costs next to nothing.

The words come from the pack itself: every line of one word that tells of an arrest, a term, a rally or a crowd, and
whatever begins as such a word does. Words of fines and charges, and those that ordinary news is full of ("held",
"events"; the pack's setting `everyday`), count only in a paragraph that speaks of police or a court too.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from atleast.lexicon import Pack, fold
from atleast.lexicon.glyphs import seen
from atleast.lexicon.packs import APOSTROPHES

_SHORT = 1_000
"""Characters. A shorter report is read whatever it says: that costs less than a mistake would."""

_NEAR = 500
"""Characters from a word that tells, within which a paragraph may go on with what was told: "in Tver 12 more"."""

_LISTED = 100
"""Characters. A shorter line may be one of a list; these may be as many as they will."""

_TOPICS = frozenset(("detained", "still_held", "jailed", "rallies", "crowd"))
_DEEDS = frozenset(("fined", "charged", "released"))
_NEVER, _DEED, _AUTHORITY, _TOPIC = range(4)
_TOGETHER = frozenset((_DEED, _AUTHORITY))  # in one paragraph they are as good as a topic
_ROOT, _BENT = 7, 4  # letters of a root at least, and those of an ending at most: protestas, protestaron
_INNER = f"{APOSTROPHES}\u0300-\u036f\\-‑"
_WORD = re.compile(rf"[^\W\d_]+(?:[{_INNER}]+[^\W\d_]+)*")
_JOINTS = re.compile(r"['\-‑]+")
_MOST_KEPT, _LONGEST = 1 << 15, 40  # words kept, and letters of one; the rest is rare and looked up anew


def worth_reading(text: str, pack: Pack) -> frozenset[int]:
    """Which paragraphs of a report can say anything of arrests or rallies, by their number; of a short one all can.

    A long report without one word for either is passed over, whatever it counts: goals, shares, votes. With such a
    word, what is read is its head, which tells of the day and the place, and whatever stands near the word.
    """
    if len(text) < _SHORT:
        return frozenset(range(text.count("\n") + 1))
    lines = text.split("\n") if on_topic(text, pack) else []
    telling = {n for n, line in enumerate(lines) if on_topic(line, pack)}
    return frozenset((*_near(lines, telling, 1), *_near(lines, telling, -1)))


def on_topic(text: str, pack: Pack) -> bool:
    """Whether a text has a word for arrests, rallies or those who take part in them."""
    weigh = _weights(pack).__getitem__
    told = set(map(weigh, text.split()))
    if _TOPIC in told or not told >= _TOGETHER:
        return _TOPIC in told
    return any(_TOGETHER.issubset(map(weigh, paragraph.split())) for paragraph in text.split("\n"))


def _near(lines: Sequence[str], telling: Collection[int], step: int) -> Iterator[int]:
    """The paragraphs that stand near a telling one before them, or with -1 behind them; the head is near, too."""
    left = _NEAR if step > 0 else 0
    for n in range(len(lines))[::step]:
        if n in telling:
            left = _NEAR
        if left > 0:
            yield n
        left -= len(lines[n]) if n not in telling and len(lines[n]) > _LISTED else 0


class _Words:
    """Words, and with a star stems and last parts of compounds: which words they match."""

    def __init__(self, written: Iterable[str]) -> None:
        told = frozenset(written)
        self._whole = frozenset(w for w in told if "*" not in w)
        self._stems = tuple(w[:-1] for w in told if w.endswith("*"))
        self._ends = tuple(w[1:] for w in told if w.startswith("*"))

    def __contains__(self, word: str) -> bool:
        return word in self._whole or word.startswith(self._stems) or word.endswith(self._ends)


class _Weights(dict[str, int]):
    """What is written between two spaces tells of the topic, worked out the first time it is met."""

    def __init__(self, pack: Pack) -> None:
        topics = [*pack.alone(lambda label: label.partition(".")[0] in _TOPICS)]
        self._everyday = _Words(pack.settings.get("everyday", ()))
        telling = (word.strip("*") for word in topics if word.strip("*") not in self._everyday)
        self._topics = _Words([*topics, *(f"{_root(word)}*" for word in telling if len(word) >= _ROOT)])
        self._deeds = _Words(pack.alone(lambda label: label.partition(".")[0] in _DEEDS))
        self._authorities = _Words(pack.alone(lambda label: label.endswith(("police", "court"))))

    def __missing__(self, written: str) -> int:
        folded = [fold(word) for word in _WORD.findall(seen(written))]
        words = {part for word in folded for part in (word, *_JOINTS.split(word))}
        weight = max(map(self._weight, words), default=_NEVER)
        if len(self) < _MOST_KEPT and len(written) <= _LONGEST:
            self[written] = weight
        return weight

    def _weight(self, word: str) -> int:
        everyday = word in self._everyday
        if word in self._topics:
            return _DEED if everyday else _TOPIC
        if word in self._authorities and not everyday:
            return _AUTHORITY
        return _DEED if word in self._deeds else _NEVER


def _root(word: str) -> str:
    return word[: max(_ROOT, len(word) - _BENT)]


@cache
def _weights(pack: Pack) -> _Weights:
    return _Weights(pack)
