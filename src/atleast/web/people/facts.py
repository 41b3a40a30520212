"""What befell somebody, as mentions tell it: fact by fact, when, and which of them cannot all be true.

A vague time stays an interval. Where nothing tells which of two came first, nothing is said of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, tzinfo
from itertools import combinations
from typing import Literal, NamedTuple

from atleast.model import BadRecord, Happening, Mention, Span, span

State = Literal["held", "released", "contradictory", "charged", "unknown"]

IN = frozenset({"detained", "transferred", "jailed"})
"""After this somebody is held."""
OUT = frozenset({"released"})
CHARGED = frozenset({"charged", "hearing", "fined"})
# What happens once: told at two times that do not meet, one of them is wrong, or it happened twice.
_ONCE = frozenset({"detained", "released"})
# Where nothing tells the order of things told of one time, they stand in this one.
_ORDER = ("search", "detained", "transferred", "released", "hearing", "jailed")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that befell somebody, by one mention. `when` is None where no time is told, or none that is known."""

    mention: str
    report: str
    happening: Happening
    when: Span | None

    @property
    def what(self) -> str:
        return self.happening.what


class Clash(NamedTuple):
    """Two facts that cannot both be true, or tell of two occasions.

    `held_after_release`: told as taken or held, surely later than he or she was released, by somebody who does not
    tell of the release. `two_times`: the same thing at two times that do not meet.
    """

    kind: Literal["held_after_release", "two_times"]
    one: Fact
    other: Fact


def facts(mentions: Iterable[Mention], zone: tzinfo = UTC) -> list[Fact]:
    """What befell somebody by these mentions, in the order in which it happened as far as that is told.

    Facts without a time come last; within one time and one mention the order told is kept.
    """
    found = [Fact(m.id, m.report, h, _span(h.at, zone)) for m in mentions for h in m.happened]
    timed = [fact for fact in found if fact.when]
    return [*sorted(timed, key=_order), *(fact for fact in found if not fact.when)]


def _order(fact: Fact) -> tuple[Span, int]:
    assert fact.when is not None
    return fact.when, _ORDER.index(fact.what) if fact.what in _ORDER else len(_ORDER)


def _span(at: str | None, zone: tzinfo) -> Span | None:
    try:
        return span(at, zone=zone)
    except (BadRecord, OverflowError, ValueError):
        return None


def state(told: Sequence[Fact]) -> State:
    """What is known last of somebody.

    `released` stands unless it is told that he or she was surely held later: then `held`, if who tells so knows of the
    release, or it is a sentence; else `contradictory`. `held` says only that no release is told.
    """
    released = [fact for fact in told if fact.what in OUT]
    held = [fact for fact in told if fact.what in IN]
    if not released:
        return "held" if held else "charged" if any(fact.what in CHARGED for fact in told) else "unknown"
    later = [fact for fact in held if all(_before(out, fact) for out in released)]
    if any(_again(fact, released) for fact in later):
        return "held"
    return "contradictory" if later else "released"


def clashes(told: Sequence[Fact]) -> list[Clash]:
    """Facts that cannot all be true, each two of them that say so."""
    found = [
        Clash("held_after_release", out, fact)
        for out in told
        if out.what in OUT
        for fact in told
        if fact.what in IN and _before(out, fact) and not _again(fact, [out])
    ]
    for one, other in combinations(told, 2):
        alike = one.what == other.what and one.what in _ONCE and one.mention != other.mention
        if alike and (_before(one, other) or _before(other, one)):
            found.append(Clash("two_times", one, other))
    return found


def _before(one: Fact, other: Fact) -> bool:
    """Whether one surely came before the other."""
    return one.when is not None and other.when is not None and one.when.before(other.when)


def _again(fact: Fact, released: Iterable[Fact]) -> bool:
    """Whether somebody was held again, as it is told: in one breath with the release, or by a court."""
    return fact.what == "jailed" or any(out.mention == fact.mention for out in released)
