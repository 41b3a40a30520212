"""What people decided about the records of a case, and with what is reckoned after it."""

from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, tzinfo
from typing import TYPE_CHECKING, Any

from atleast import review
from atleast.model import Claim, Decision, Mention, unreviewed

if TYPE_CHECKING:
    from atleast import reckon as reckoning

    from .work import Reading

PAIRWISE = frozenset({"same", "different", "unsure"})
"""What may be decided of two mentions: whether they are one person."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A case after review.

    Attributes:
        standings: How each claim and then each mention stands, in the order of the case.
        usable: The records that are reckoned with, and those that are not.
        judgements: What was decided of who is one person, without what was taken back and without those who are not
            reckoned with.
    """

    standings: tuple[review.Standing[Any], ...]
    usable: review.Usable
    judgements: tuple[Decision, ...]


def reviewed(case: "Reading", *, only: bool = False, two: bool = False, zone: tzinfo = UTC) -> Reviewed:
    """A case after review.

    Args:
        case: What was read, and what was decided of it.
        only: Reckon with nothing but what somebody accepted or edited.
        two: Whether a decision holds only when two different people said the same.
        zone: The zone of decisions' times that carry none.
    """
    records: list[Claim | Mention] = [*case.claims, *case.mentions]
    standings = review.standings(records, case.decisions, two=two, zone=zone)
    usable = review.usable(standings, reviewed=only)
    out = {each.standing.original.id for each in usable.left if isinstance(each.standing.original, Mention)}
    claims = {claim.id for claim in case.claims} if case.decisions else ()
    return Reviewed(standings, usable, tuple(judgements(case.decisions, claims=claims, out=out)))


def unseen(claims: Iterable[Claim], decisions: Collection[Decision]) -> frozenset[str]:
    """The ids of the claims that only a language model found and nobody accepted: they go into no export."""
    alone = [claim for claim in claims if unreviewed(claim)]
    return (
        frozenset(s.original.id for s in review.standings(alone, decisions) if unreviewed(s.record))
        if alone
        else frozenset()
    )


def judgements(decisions: Sequence[Decision], *, claims: Container[str], out: Collection[str]) -> Iterator[Decision]:
    """The judgements of pairs that hold.

    Args:
        decisions: All decisions of the case, in any order.
        claims: Ids of claims: to be unsure about claims is to be unsure of a record, and not of who is who.
        out: Ids of mentions that are not reckoned with.
    """
    gone = review.taken_back(decisions)
    for decision in decisions:
        if decision.what not in PAIRWISE or decision.id in gone:
            continue
        about = {*decision.about}
        if decision.what == "unsure" and (len(about) == 1 or all(name in claims for name in about)):
            continue
        if not about.intersection(out):
            yield decision
        elif len(about.difference(out)) > 1:
            yield replace(decision, about=tuple(name for name in decision.about if name not in out))


def with_aside(tally: "reckoning.Tally", left: Sequence[review.Left]) -> "reckoning.Tally":
    """The tally that also tells which records were left out by review, and why."""
    if not left:
        return tally
    aside = [*tally.set_aside, *map(_aside, left)]
    return replace(tally, set_aside=tuple(sorted(aside, key=lambda each: (each.claim, each.reason.key))))


def _aside(left: review.Left) -> "reckoning.Aside":
    from atleast import reckon as reckoning

    one = left.standing
    split = left.why == "rejected" and one.into
    told = {
        "by": ", ".join(one.by),
        "decisions": ", ".join(one.decisions),
        "into": ", ".join(one.into),
        "of": ", ".join(one.instead_of),
        "reader": ", ".join(one.original.readers),
    }
    return reckoning.Aside(one.original.id, reckoning.Message(f"aside.{'replaced' if split else left.why}", told))
