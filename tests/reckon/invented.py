"""A country that is on no map, and short ways to say what was claimed about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from atleast.model import Claim, Report
from atleast.reckon import Contradiction, Tally, tally

DAY = "2031-05-01"
NEXT = "2031-05-02"

# Ruritania: two provinces with towns in them, and a capital that is a province of its own.
PARENTS: Mapping[str, str] = {
    "Zenda, Ruritania": "Zenda Province, Ruritania",
    "Hofbau, Ruritania": "Zenda Province, Ruritania",
    "Tarlenheim, Ruritania": "Marsh Province, Ruritania",
    "Zenda Province, Ruritania": "Ruritania",
    "Marsh Province, Ruritania": "Ruritania",
    "Strelsau, Ruritania": "Ruritania",
}


@dataclass(frozen=True)
class Tree:
    """A tree of places that is told in a table of parents."""

    parents: Mapping[str, str] = field(default_factory=lambda: PARENTS)

    def path(self, key: str) -> tuple[str, ...]:
        if key not in self.parents and key not in self.parents.values():
            return ()
        found = [key]
        while found[-1] in self.parents and len(found) < 20:
            found.append(self.parents[found[-1]])
        return tuple(found)

    def kind(self, key: str) -> str:
        if key not in self.parents:
            return "country" if key in self.parents.values() else ""
        return "region" if " Province" in key else "city"


_numbers = count(1)


def report(name: str, *, publisher: str | None = None, published: str | None = DAY) -> Report:
    return Report(id=name, publisher=publisher or name, published=published)


def claim(
    number: int | tuple[int | None, int | None],
    place: str = "Ruritania",
    *,
    by: str | None = "The Monitor",
    kind: str | None = None,
    quantity: str = "detained",
    bound: str | None = None,
    report: str = "r",
    at: str | None = None,
    day: str | None = DAY,
    **more: Any,
) -> Claim:
    """A claim in few words. Claimants whose name holds "Police" or "Ministry" are authorities."""
    low, high = number if isinstance(number, tuple) else (number, number)
    if bound is None:
        bound = "exact" if low == high else "at_least" if high is None else "at_most" if low is None else "range"
    if kind is None and by is not None:
        kind = "authority" if "Police" in by or "Ministry" in by else "monitor"
    name = more.pop("id", None) or f"c{next(_numbers):04}"
    full = place if place.startswith("Ruritania") or ", " in place else f"{place}, Ruritania"
    return Claim(
        id=name, report=report, quote="so many", start=0, end=7, claimant=by, claimant_kind=kind, quantity=quantity,
        low=low, high=high, bound=bound, place=full, event_date=day, as_of=at, **more,
    )  # fmt: skip


def reckoned(*claims: Claim, reports: tuple[Report, ...] = (), **more: Any) -> Tally:
    return tally(claims, reports, places=more.pop("places", Tree()), **more)


def at_least(*args: Any, **more: Any) -> Claim:
    number, *rest = args
    return claim((number, None), *rest, **more)


def at_most(*args: Any, **more: Any) -> Claim:
    number, *rest = args
    return claim((None, number), *rest, **more)


def numbers(clash: Contradiction) -> tuple[list[int], list[int]]:
    """The numbers on either side of a contradiction, largest first."""
    below = sorted((t.value for t in clash.below.terms), reverse=True)
    return below, sorted((t.value for t in clash.above.terms), reverse=True)


def found(result: Tally, *kinds: str) -> list[tuple[list[int], list[int]]]:
    """The contradictions of these kinds (all but relay errors when none is named), by their numbers."""
    return [numbers(c) for c in result.contradictions if c.kind in kinds or (not kinds and c.kind != "relay")]
