"""How sure the reader is of a claim: what gives reason to doubt one of its slots.

A claim that nothing gives reason to doubt is in tier A. Which doubts count was chosen by how often claims that have
them are right; `docs/reference/reading-quality.md` shows it, measured.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files

from .line import Frame
from .passage import Passage, Thread
from .shapes import shape
from .slots import Locus, Slot
from .who import Source

_APART = re.compile(r"cost ([1-9]\d*)")
_HARD = frozenset(("participants", "rallies", "charged", "to_court"))
"""What is told of in so many ways that a number of it is seldom certain."""


@shape
class Grounds:
    """A claim with all that it was read from."""

    passage: Passage
    frame: Frame
    made: Sequence[Frame]  # all of the sentence
    source: Source | None
    locus: Locus
    who: Slot
    day: Slot
    thread: Thread  # as it was before this sentence


def doubts(grounds: Grounds) -> tuple[str, ...]:
    """Why a claim should be looked at before it is accepted, in words; empty for tier A."""
    return (*_of_number(grounds), *_of_place(grounds), *_of_speaker(grounds), *_of_day(grounds))


def _of_number(grounds: Grounds) -> Iterator[str]:
    frame = grounds.frame
    if frame.quantity in _HARD:
        yield f"numbers of {frame.quantity.replace('_', ' ')} are told in many ways"
    if _APART.search(frame.how):
        yield "words stand between the number and what is said of it"
    if frame.listed:
        yield "what is counted was told earlier in the list"
    if len(grounds.made) > 1:
        yield "several numbers in one sentence"


def _of_place(grounds: Grounds) -> Iterator[str]:
    locus, page = grounds.locus, grounds.passage.page
    if locus.place is None:
        yield "no place is known"
    elif locus.mark is None and not grounds.thread.place:
        yield "the place is that of the report as a whole"
    elif locus.mark and locus.mark.how == "adjective":
        yield "the place is told by an adjective only"
    elif locus.mark and not locus.mark.located:
        yield "no word puts what is counted into the place that is named"
    if page.abroad:
        yield "the report names several countries"


def _of_speaker(grounds: Grounds) -> Iterator[str]:
    source, page = grounds.source, grounds.passage.page
    if source is None:
        if any(v.kind != "media" for here in page.voices for v in here) or page.voice:
            yield "no source is named beside it, though others speak in the report"
        return
    how = source.voice.how
    if grounds.who.value is None:
        yield "the source is not named in full"
    elif source.inherited:
        yield "the source is carried over from another sentence"
    elif how.startswith(("a name", "the name of")):
        yield "the source is known by the shape of its name only"
    elif "taken up" in how:
        yield "the source is taken up again by another word"
    elif source.relay:
        yield "the source is told of by another"
    elif "{" in source.voice.name:
        yield "the source's full name is worked out from the place"


def _of_day(grounds: Grounds) -> Iterator[str]:
    day, page = grounds.day, grounds.passage.page
    if day.value is None:
        yield "no day is known"
    elif page.many_days and day.evidence and day.evidence[0].inherited:
        yield "the report names several days"


@cache
def measured() -> Mapping[str, tuple[int, int]]:
    """Of each tier, how many claims were right in the full tuple, and of how many, on the annotated case.

    `tools/build_quality.py` measures it; the case is the rallies of 7 October 2017, a text that the authors know.
    """
    told = json.loads((files(__package__) / "data" / "quality.json").read_text("utf-8"))
    return {tier: (share["right"], share["of"]) for tier, share in told["tiers"].items()}
