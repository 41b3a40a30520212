"""What a report says twice: headlines above the body, the same words again."""

from collections.abc import Sequence
from dataclasses import replace

from atleast.model import Claim, Evidence

from .page import Page


def headed(page: Page, drafts: Sequence[Claim]) -> list[Claim]:
    """The claims, with a speaker for headlines without one: who gives the number below that they round or repeat."""
    headline = page.layout.headline
    below = [c for c in drafts if c.claimant_kind in ("authority", "monitor") and not headline(c.start)]
    return [_as_below(c, below) if c.claimant is None and headline(c.start) else c for c in drafts]


def _as_below(headline: Claim, below: Sequence[Claim]) -> Claim:
    same = next((c for c in below if c.quantity == headline.quantity and _rounds(headline, c)), None)
    if same is None:
        return headline
    words = next((e for e in same.evidence if e.slot == "claimant"), None)
    how = Evidence("claimant", 0, 0, f"who gives the number below: {words.how if words else ''}", inherited=True)
    heard = (*headline.evidence, how)
    return replace(headline, claimant=same.claimant, claimant_kind=same.claimant_kind, tier="B", evidence=heard)


def _rounds(headline: Claim, below: Claim) -> bool:
    """Whether a headline's number is the other or rounds it: "over 260" of 262, "nearly 100" of 97."""
    said, known = headline.low or headline.high, below.low or below.high
    if not said or not known or (headline.bound == "exact" and said != known):
        return False
    return said <= known < 2 * said if headline.bound == "at_least" else 0.9 * said <= known <= 1.1 * said


def without_repeats(page: Page, drafts: Sequence[Claim]) -> list[Claim]:
    """Repetitions left out: a headline that says what the body says, the same words twice."""
    told = [(claim, page.layout.headline(claim.start)) for claim in drafts]
    body = {_figure(claim) for claim, headline in told if not headline}
    kept: dict[tuple[object, ...], Claim] = {}
    for claim, headline in told:
        if not (headline and _figure(claim) in body):
            kept.setdefault((*_figure(claim), claim.place, claim.claimant, claim.event_date, claim.as_of), claim)
    return list(kept.values())


def _figure(claim: Claim) -> tuple[object, ...]:
    return claim.quantity, claim.among, claim.low, claim.high, claim.bound, claim.hedge, claim.of
