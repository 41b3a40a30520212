"""Which source goes on speaking: sentences that name none and are plainly still what the last one said."""

from collections.abc import Sequence
from dataclasses import replace

from .line import PEOPLE, Frame
from .marks import Mark
from .nouns import noun_after
from .parts import partitive
from .passage import Passage, Thread
from .tokens import Token
from .who import Source

_OFFICIAL = frozenset(("rallies", "regions", "charges", "to_court", "police_bodies", "released", "still_held", "fined"))
"""What only the authorities count, so that their next sentence is still theirs."""

_COUNTED = frozenset(("detained", "released", "still_held", "jailed", "charges", "charged"))
"""What monitors of arrests count."""


def carried(thread: Thread, made: Sequence[Frame], passage: Passage) -> list[Source]:
    """The source of the sentence before, when this one plainly goes on with what it said."""
    source, near = thread.source, thread.source is not None
    if source is None and thread.last and (len(thread.spoken) == 1 or thread.last.voice.kind == "monitor"):
        source = replace(thread.last, strong=thread.announced)  # a text with one source, or a monitor, goes on with it
    if made and (speaking := _speaking_on(passage, thread)):
        return [replace(speaking, first=passage.sentence.first, last=passage.sentence.last, inherited=True)]
    if source is None or not made or _by_another(passage, source):
        return []
    if not _goes_on(source, made, passage, thread, near):
        return []
    return [replace(source, first=passage.sentence.first, last=passage.sentence.last, inherited=True)]


_NEXT = 3  # sentences between the two halves of a quotation, at most


def _speaking_on(passage: Passage, thread: Thread) -> Source | None:
    """Whoever was quoted last, for a sentence that stands in quotation marks and names nobody."""
    quoted, first, said_in = passage.page.quoted, passage.sentence.first, thread.heard_in
    if passage.n - said_in > _NEXT or not any(a <= first < b for a, b in quoted):
        return None
    then = passage.page.layout.sentences[said_in]
    return thread.last if any(then.first < b and a < then.last for a, b in quoted) else None


def _by_another(passage: Passage, source: Source) -> bool:
    """Whether the sentence names a source that nobody knows: "по данным журналистов", "according to residents"."""
    stems = tuple(head[:_STEM] for head in source.voice.heads)
    cues = (m for here in passage.marks.values() for m in here if m.label == "by" and m.last - m.first > 1)
    named = (passage.tokens[m.last] for m in cues if m.last < passage.sentence.last)
    named = (
        token for token in named if token.fold not in passage.page.layout.words("in_place")
    )  # "по данным на 15:40"
    named = (token for token in named if not _counted(passage, token))  # "в списке задержанных 390 имён"
    unnamed = any(m.head == "others" or _unheard(passage, m) for here in passage.marks.values() for m in here)
    return unnamed or any(token.kind == "word" and not token.fold.startswith(stems) for token in named)


def _elsewhere(passage: Passage, source: Source, thread: Thread) -> bool:
    """Whether a sentence is about another city than that of the office that spoke: "courts of A …. In B three …"."""
    seats = {key for key in thread.everywhere if source.voice.name.startswith(key.split(",")[0])}
    cities = {m.place.key for m in passage.places if m.place.kind == "city" and m.located}
    return bool(seats and cities) and not seats & cities


def _counted(passage: Passage, token: Token) -> bool:
    """Whether a word tells of people who are counted, and names nobody."""
    at = passage.tokens.index(token, passage.sentence.first, passage.sentence.last)
    return any(m.tail in ("person", "noun") for m in passage.marks.get(at, ()))


def _unheard(passage: Passage, cue: Mark) -> bool:
    """ "según el mandatario": whether a plain "according to" leads to somebody whom nobody knows."""
    words, fold = passage.page.layout.words, passage.tokens[cue.first].fold
    plain = cue.label == "by" and cue.last - cue.first == 1 and fold in words("stops")
    return plain and not any(fold in words(name) for name in ("in_place", "objects", "not_counting"))


_STEM = 4  # letters by which a word for a body is known in any case: "portalu" of a "portal"


def _bare(passage: Passage, frame: Frame) -> bool:
    """Whether a number has no noun, and is one of those told of just before."""
    return frame.amount.bound == "exact" and noun_after(passage.line, frame.amount) is None and frame.quantity in PEOPLE


def _goes_on(source: Source, made: Sequence[Frame], passage: Passage, thread: Thread, near: bool) -> bool:
    """Whether a sentence without a speaker of its own is still what the last one said.

    It is when that speaker is quoted at length, when it only goes on with a list or with a part of the number
    before ("nine of them minors"), when it counts what only such speakers count, or when it stays where it was
    and counts nothing a reporter could count on the spot.
    """
    if source.voice.kind == "authority" and _elsewhere(passage, source, thread):
        return False
    if source.strong or all(f.listed for f in made) or (near and all(partitive(passage.line, f.amount) for f in made)):
        return True
    if near and all(_bare(passage, f) for f in made):  # "Thirty-nine have been released while eight remain"
        return True
    if near and all(f.among and f.amount.bound == "exact" for f in made):  # "Among those taken were seven minors."
        return True
    kind = source.voice.kind
    if kind == "authority" and any(f.quantity in _OFFICIAL for f in made):
        return True
    if kind == "monitor" and all(
        f.of == "detentions" or (f.quantity in _COUNTED and f.amount.bound != "vague") for f in made
    ):
        return True
    sharp = all(f.quantity != "participants" and f.amount.bound != "vague" for f in made)
    stays = all(m.place.kind == "country" or m.place.key in thread.everywhere for m in passage.places)
    return near and kind in ("authority", "monitor") and sharp and stays
