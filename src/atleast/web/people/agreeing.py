"""Whether a speaker's figures agree with what the other side's figures prove now.

Its own side would agree with itself: a figure helps to prove what it is held against. Only counts that never fall are
compared, so that an early low figure that was right at its hour is not held against its speaker.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from atleast.model import Claim, People
from atleast.reckon.places import where
from atleast.reckon.rules import GROWING
from atleast.web.board.parts import SIDES

FEW = 5
"""Of fewer figures no share is told: one more would turn it over."""
_FROM_BELOW, _FROM_ABOVE = frozenset({"exact", "at_least", "range", "vague"}), frozenset({"exact", "at_most", "range"})


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many of a speaker's figures the other side's figures bear on now, and how many of these agree with them."""

    agree: int = 0
    of: int = 0

    @property
    def few(self) -> bool:
        """Whether they are too few to say."""
        return self.of < FEW


def agreement(claims: Iterable[Claim], rows: Sequence[Any]) -> Agreement:
    """How a speaker's figures agree with the other side now.

    A lower bound agrees unless the other side proves fewer. An upper bound of the whole agrees unless the other side
    proves more; it is not looked at where the figure tells an hour, since more may have been taken later. A row in
    which the other side contradicts itself says nothing. The same figure printed twice is one.

    Args:
        rows: The rows of the table, as the board keeps them.
    """
    proved = {tuple(key): bounds for key, bounds, _ in rows}
    figures = {_figure(claim): claim for claim in claims if claim.quantity in GROWING}
    told = [_agrees(claim, other) for key, claim in figures.items() if (other := _other(claim, key[0], proved))]
    return Agreement(sum(each is True for each in told), sum(each is not None for each in told))


def _figure(claim: Claim) -> tuple[tuple[str, ...], Any]:
    key = (claim.quantity, where(claim.place or "").place, claim.among or "", claim.of or "")
    return key, (claim.low, claim.high, claim.bound, claim.as_of, claim.event_date)


def _other(claim: Claim, key: tuple[str, ...], proved: Mapping[tuple[str, ...], Sequence[Any]]) -> People | None:
    """What the other side proves of the row of a claim; None where it proves nothing, or contradicts itself."""
    if key not in proved:
        return None
    side = "independent" if claim.claimant_kind == "authority" else "authority"
    low, high, *_ = proved[key][SIDES.index(side)]
    people = People(low, high)
    return people if people.known and not people.contradictory else None


def _agrees(claim: Claim, other: People) -> bool | None:
    """Whether a figure can be true beside what the other side proves; None where that does not bear on it."""
    ends = []
    if claim.bound in _FROM_BELOW and claim.low is not None and other.high is not None:
        ends.append(claim.low <= other.high)
    if claim.bound in _FROM_ABOVE and claim.high is not None and claim.as_of is None and other.low:
        ends.append(claim.high >= other.low)
    return all(ends) if ends else None
