"""What a possible speaker is, and the words that make one speak."""

from collections.abc import Sequence
from typing import NamedTuple

from .marks import Mark, Marks
from .tokens import Token


class Voice(NamedTuple):  # made as often as tokens are
    """A possible speaker at tokens `first` up to `last`. The name may hold {place} or {country} to be filled."""

    name: str
    kind: str
    first: int
    last: int
    how: str
    heads: tuple[str, ...] = ()
    country: str | None = None
    office: str | None = None  # "police", "МВД": whose it is depends on the place spoken of
    outlet: str | None = None  # whose reporter or witness this is
    shorts: tuple[str, ...] = ()  # by which words it is named again: a surname


_CUES = frozenset(
    ("say", "by", "by_monitor", "relay", "citing", "count_of", "by.post", "by.own", "relay.post", "citing.post")
)


def cues(marks: Marks) -> Sequence[Mark]:
    """The words of a sentence that make somebody its source: "said", "according to"."""
    found = marks.among(_CUES)
    return [mark for mark in found if not _a_paper(mark, marks)] if marks.of("charges.unit") else found


def _a_paper(cue: Mark, marks: Marks) -> bool:
    """ "71 reports on offences": papers that are counted, not a verb."""
    return cue.label == "say" and any(m.label == "charges.unit" and m.last > cue.last for m in marks.get(cue.first, ()))


def words_between(tokens: Sequence[Token], first: int, last: int) -> int:
    """How many words, not counting marks, stand between two tokens."""
    return sum(tokens[i].kind != "mark" for i in range(first, last))
