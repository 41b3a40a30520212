"""How sure the reader is of what it read: `atleast read --tiers`."""

from collections import Counter
from collections.abc import Iterable, Iterator

from atleast import read
from atleast.case import Reading, reviewed
from atleast.model import Claim
from atleast.model.vocabulary import TIERS
from atleast.tell import Words

from .drawing import wrapped


def summary(case: Reading, words: Words, to: int) -> Iterator[str]:
    """How many claims are in each tier, what holds them back, and how often such claims were right."""
    graded = [claim for claim in case.claims if claim.tier]
    yield from ("", words("tiers.title"), "")
    for tier, count in sorted(Counter(claim.tier or "" for claim in graded).items()):
        share, meaning = round(100 * count / len(graded)), words.word("tier", tier)
        told = words("tiers.line", tier=tier, meaning=meaning, count=count, share=share)
        yield from wrapped(f"  {told}", to, hang="     ")
    if len(graded) < len(case.claims):
        yield from wrapped(f"  {words('tiers.ungraded', count=len(case.claims) - len(graded))}", to, hang="     ")
    yield from _doubts(graded, words, to)
    yield from _decided(case, words, to)
    yield from ("", *wrapped(words("tiers.measured"), to), "")
    for tier, (right, of) in sorted(read.measured().items()):
        yield f"  {words('tiers.right', tier=tier, right=right, of=of, share=round(100 * right / of))}"
    yield ""


def _doubts(graded: Iterable[Claim], words: Words, to: int) -> Iterator[str]:
    told = Counter(e.how for claim in graded for e in claim.evidence if e.slot == "tier")
    if told:
        yield from ("", words("tiers.doubts"), "")
    for doubt, count in sorted(told.items(), key=lambda item: (-item[1], item[0])):
        yield from wrapped(f"  {count:>6}  {doubt}", to, hang="          ")


def _decided(case: Reading, words: Words, to: int) -> Iterator[str]:
    """What the team itself decided: how many claims of each tier it accepted as they stood."""
    states = {"accepted": True, "edited": False, "rejected": False}
    graded = [(s.original.tier, s.state) for s in reviewed(case).standings if isinstance(s.original, Claim)]
    judged = [(tier, states[state]) for tier, state in graded if tier and state in states]
    if judged:
        yield from ("", words("tiers.decided"), "")
    for tier in [tier for tier in TIERS if any(tier == t for t, _ in judged)]:
        own = [right for t, right in judged if t == tier]
        share = round(100 * sum(own) / len(own))
        yield f"  {words('tiers.right', tier=tier, right=sum(own), of=len(own), share=share)}"
