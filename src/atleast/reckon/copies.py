"""A dispatch that many print is one voice: what its copies repeat is one figure, what they change is a revision.

A claim stands in a copied passage when most of its quote does. It repeats the claim that stands in the same words of
the earliest report when it gives the same number; with another number it is a later version of that claim. A claim in
a copy's own paragraphs is its own.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from atleast.model import Claim, Copy, Dispatch, Passage

from .results import Figure

# Reports are laid beside each other word by word; a few characters are lost where numbers differ in length.
_SLACK = 12


@dataclass(frozen=True, slots=True)
class Copied:
    """Which claims stand in copied words: every one with the claim that had them first.

    `repeats` leads from a claim to the first one that gave the same number in the same words; `versions` from each
    claim of a family in which the number was changed to the first of the family; `voices` from claims to who speaks in
    those that name nobody.
    """

    repeats: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    voices: Mapping[str, str] = field(default_factory=dict)


def copied(claims: Iterable[Claim], dispatches: Iterable[Dispatch]) -> Copied:
    """Which of the claims are in copied passages, and what they say there."""
    by_report: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_report[claim.report].append(claim)
    for told in by_report.values():
        told.sort(key=lambda c: (c.start, c.end, c.id))
    families: defaultdict[str, list[Claim]] = defaultdict(list)
    repeats: dict[str, str] = {}
    voices: dict[str, str] = {}
    for dispatch in dispatches:
        first = by_report[dispatch.report]
        for copy in dispatch.copies:
            for claim, original in _beside(by_report[copy.report], copy, first):
                family = families[original.id] = families[original.id] or [original]
                voices[claim.id] = voices[original.id] = dispatch.voice
                same = next((c for c in family if _same(claim, c)), None)
                if same is None:
                    family.append(claim)
                elif same.id != claim.id:
                    repeats[claim.id] = same.id
    versions = {c.id: family[0].id for family in families.values() if len(family) > 1 for c in family}
    return Copied(repeats, versions, voices)


def _beside(claims: Sequence[Claim], copy: Copy, first: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Each claim of a copy that stands in a copied passage, with the claim of the earliest report in the same words."""
    starts = [passage.start for passage in copy.passages]
    for claim in claims:
        at = bisect_right(starts, (claim.start + claim.end) // 2) - 1
        if at < 0 or claim.end <= claim.start or not _mostly(claim, copy.passages[at]):
            continue
        where = _there(claim.start, copy.passages[at])
        alike = [c for c in first if _alike(claim, c) and abs(c.start - where) <= _SLACK + claim.end - claim.start]
        if alike:
            yield (
                claim,
                min(alike, key=lambda c: (c.place != claim.place, not _same(claim, c), abs(c.start - where), c.id)),
            )


def _mostly(claim: Claim, passage: Passage) -> bool:
    inside = min(claim.end, passage.end) - max(claim.start, passage.start)
    return 2 * inside >= claim.end - claim.start


def _there(at: int, passage: Passage) -> int:
    """Where a place in a copied passage lies in the earliest report."""
    share = (at - passage.start) / max(1, passage.end - passage.start)
    return passage.first + round(share * (passage.last - passage.first))


def _alike(claim: Claim, original: Claim) -> bool:
    """Whether both count the same thing, and the later one names no other speaker or place.

    A copy may have lost a name, or the place that a dateline told.
    """
    counted = (claim.quantity, claim.among, claim.of) == (original.quantity, original.among, original.of)
    return counted and claim.claimant in (None, original.claimant) and _meet(claim.place, original.place)


def _meet(one: str | None, other: str | None) -> bool:
    return not one or not other or f", {one}".endswith(f", {other}") or f", {other}".endswith(f", {one}")


def _same(one: Claim, other: Claim) -> bool:
    return (one.low, one.high, one.bound, one.hedge) == (other.low, other.high, other.bound, other.hedge)


def once(figures: Sequence[Figure], found: Copied) -> list[Figure]:
    """The figures with every copied claim counted once, under the moment and the name it was first given.

    Figures come one for each claim. Quotes are all kept, the earliest first.
    """
    if not found.repeats and not found.voices:
        return list(figures)
    here = {figure.name: figure for figure in figures}
    quoted: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        lead = found.repeats.get(figure.name)
        if lead in here:
            quoted[lead].append(figure)
    kept = []
    for figure in figures:
        if found.repeats.get(figure.name) not in here:
            voice = found.voices.get(figure.name)
            speaker = voice if voice and not figure.named else figure.speaker
            again = sorted(quoted[figure.name], key=lambda f: (f.moment.real, f.name))
            quotes = (*figure.quotes, *(q for f in again for q in f.quotes))
            kept.append(figure._replace(speaker=speaker, quotes=quotes))
    return kept
