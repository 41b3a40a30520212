"""What two readers are worth together: agreement is the only thing that makes a claim surer."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from atleast.model import Claim, Evidence, Mention, Report, unreviewed
from atleast.model.records import RULES

from ..reader import Reading
from ..told import brief
from .names import akin


class Reader(Protocol):
    """Anything that reads a report: the whole of what a further reader has to be."""

    @property
    def id(self) -> str:
        """The name that stays on what it found: "llm:<model>", "ner:natasha"."""

    @property
    def reads(self) -> str:
        """What it looks for: "claims" or "mentions". That it missed one of those says something."""

    def __call__(self, report: Report) -> Reading:
        """What the report says. Every record quotes the report literally and bears the reader's name.

        Raises:
            NoAnswer: It cannot read this report; what the rules read of it stands as it is.
        """


def joined(rules: Reading, other: Reading, reader: Reader) -> Reading:
    """The reading of the rules and that of another reader as one, in the order of the text.

    A claim that both read, slot by slot, is tier A. One that only one of them read, or read in full, is to be reviewed.
    Where both read one number and differ, both claims are kept, each with a note of what the other is. People named by
    both are confirmed, those named by the other reader are added.
    """
    claims = _claims(rules.claims, other.claims, reader.id) if reader.reads == "claims" else rules.claims
    mentions = _mentions(rules.mentions, other.mentions, reader.id) if reader.reads == "mentions" else rules.mentions
    return replace(rules, claims=tuple(claims), mentions=tuple(mentions), troubles=(*rules.troubles, *other.troubles))


# --- claims

_SLOTS = ("place", "claimant", "event_date")


def _claims(own: Sequence[Claim], others: Sequence[Claim], reader: str) -> list[Claim]:
    ruled = [claim for claim in own if not unreviewed(claim)]  # what two models agree on is still a proposal
    kept = {claim.id: _reviewed(claim) for claim in own}
    disputed: dict[str, Claim] = {}
    agreed: set[str] = set()
    added: list[Claim] = []
    for n, claim in enumerate(others, 1):
        same_number = [each for each in ruled if _one_number(each, claim)]
        same = [each for each in same_number if not _differ(each, claim)]
        for each in same:
            agreed.add(each.id)
            tier = "A" if _agree(each, claim) else kept[each.id].tier
            kept[each.id] = replace(each, tier=tier, readers=(*(each.readers or (RULES,)), reader))
        if not same:
            for each in same_number:
                disputed[each.id] = claim
            note = f"the rules read {'; '.join(map(brief, same_number))}" if same_number else None
            added.append(replace(claim, id=f"{claim.report}#{reader.partition(':')[0]}{n}", note=note))
    for name, claim in disputed.items():
        if name not in agreed:
            before = kept[name].note
            kept[name] = replace(kept[name], note="; ".join(filter(None, (before, f"{reader} read {brief(claim)}"))))
    return sorted((*kept.values(), *added), key=lambda c: (c.start, c.end, RULES in c.readers, c.id))


def _reviewed(claim: Claim) -> Claim:
    return replace(claim, tier=max(claim.tier or "B", "B"))


def _one_number(one: Claim, other: Claim) -> bool:
    a, b = (_evidence(claim, "number") for claim in (one, other))
    return a is not None and b is not None and a.start < b.end and b.start < a.end


def _evidence(claim: Claim, slot: str) -> Evidence | None:
    return next((e for e in claim.evidence if e.slot == slot), None)


def _differ(own: Claim, other: Claim) -> bool:
    """Whether two claims of one number cannot both be right: another count, or another value in a slot of both."""
    counted = ("quantity", "low", "high", "bound")
    if any(getattr(own, slot) != getattr(other, slot) for slot in counted) or (other.among or own.among) != own.among:
        return True
    return any(_pointed(own, other, slot) is False for slot in _SLOTS)


def _agree(own: Claim, other: Claim) -> bool:
    """Whether two claims that do not differ are one tuple: nothing is left out that stands in words of its own."""
    whole = all(_pointed(own, other, slot) or not _told(own, slot) for slot in _SLOTS)
    return whole and own.among == other.among


def _pointed(own: Claim, other: Claim, slot: str) -> bool | None:
    """Whether a slot is the same for both, by its value or by the words it was read from; None where one is open."""
    a, b = _evidence(own, slot), _evidence(other, slot)
    if a and b and a.start < b.end and b.start < a.end:
        return True  # the same words: what they mean is for the rules to say
    values = getattr(own, slot), getattr(other, slot)
    return None if None in values else values[0] == values[1]


def _told(claim: Claim, slot: str) -> bool:
    found = _evidence(claim, slot)
    return found is not None and not found.inherited


# --- people


def _mentions(own: Sequence[Mention], others: Sequence[Mention], reader: str) -> list[Mention]:
    kept = {mention.id: mention for mention in own}
    added: list[Mention] = []
    for mention in others:
        same = [each for each in own if each.start < mention.end and mention.start < each.end]
        told = [each for each in (*own, *added) if each.name and mention.name and akin(each.name, mention.name)]
        for each in same:
            if each in told:
                kept[each.id] = replace(each, readers=(*(each.readers or (RULES,)), reader))
        if not (same or told):
            added.append(replace(mention, id=f"{mention.report}#{reader.partition(':')[0]}{len(added) + 1}"))
    return sorted((*kept.values(), *added), key=lambda m: (m.start, m.end, m.id))
