"""With which records may be reckoned."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from atleast.model import Claim, Mention, unreviewed

from .standings import Standing

WHY = MappingProxyType(
    {
        "rejected": "wrong, as somebody decided",
        "redacted": "erased",
        "disputed": "people disagree about it",
        "unsure": "somebody looked and could not tell",
        "replacement": "it was to take the place of a record that stands again, or is in doubt",
        "unreviewed": "only a language model found it, and nobody accepted it",
        "unchecked": "nobody accepted it, and only what was accepted was asked for",
    }
)
_One = Standing[Claim | Mention]


@dataclass(frozen=True, slots=True)
class Left:
    """A record that is not reckoned with, and why not: one of `WHY`."""

    standing: _One
    why: str


@dataclass(frozen=True, slots=True)
class Usable:
    """What is reckoned with, as it stands, in the order given; and what is not."""

    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    left: tuple[Left, ...] = ()


def usable(standings: Iterable[_One], *, reviewed: bool = False) -> Usable:
    """What may be reckoned with.

    Proposals count, and so does what waits for a second person: as it came, for one person alone changes nothing.
    What is disputed, or what somebody looked at and could not tell, does not: "at least" has to hold without what is
    in doubt. A record put in the place of others counts once all of those are out, so that nothing counts twice.

    Args:
        standings: How the records stand: all of them, for a record may stand in the place of another.
        reviewed: Only with what was accepted or edited.
    """
    standings = list(standings)
    by_id: defaultdict[str, list[_One]] = defaultdict(list)
    if any(each.instead_of for each in standings):
        for each in standings:
            by_id[each.original.id].append(each)
    claims, mentions, left = list[Claim](), list[Mention](), list[Left]()
    for each in standings:
        if why := _why(each, by_id, reviewed):
            left.append(Left(each, why))
        elif isinstance(each.record, Claim):
            claims.append(each.record)
        else:
            mentions.append(each.record)
    return Usable(tuple(claims), tuple(mentions), tuple(left))


def _why(each: _One, by_id: Mapping[str, Sequence[_One]], reviewed: bool) -> str:
    """Why a record is not reckoned with; "" where it is."""
    if each.state in ("rejected", "redacted", "disputed", "unsure"):
        return each.state
    if each.instead_of and not _in_place(each, by_id):
        return "replacement"
    if unreviewed(each.record):
        return "unreviewed"
    return "unchecked" if reviewed and each.state not in ("accepted", "edited") else ""


def _in_place(each: _One, by_id: Mapping[str, Sequence[_One]]) -> bool:
    """Whether all records in whose place it was put are out, and all in whose place those were put."""
    passed, left = {each.original.id}, [each]
    while left:
        one = left.pop()
        for origin in (origin for name in one.instead_of for origin in by_id.get(name, ())):
            if origin.state != "redacted" and one.original.id not in origin.into:
                return False
            if origin.original.id not in passed:
                passed.add(origin.original.id)
                left.append(origin)
    return True
