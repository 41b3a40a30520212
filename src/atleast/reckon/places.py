"""Where a figure holds: the tree of places, and places written with a remark in brackets."""

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, Protocol

from atleast.model import Trouble

# A place is written with what it lies in: more names than these were never meant as one place.
_MOST_LEVELS = 20


class PlaceTree(Protocol):
    """What reckoning needs to know of places: from narrow to wide, what each lies in, and what sort of place it is."""

    def path(self, key: str) -> tuple[str, ...]:
        """The place and all that it lies in, narrow to wide; empty when the place is not known."""
        ...

    def kind(self, key: str) -> str:
        """Whether a place is a "country", a "region" or a "city"; empty when the place is not known."""
        ...


@dataclass(slots=True)
class Atlas:
    """The places of one case as a tree. A place the tree does not know lies in what its commas say.

    To the places that were `entered` people were brought in custody: who is held there need not have been detained
    there.
    """

    tree: PlaceTree | None
    troubles: list[Trouble] = field(default_factory=list)
    entered: set[str] = field(default_factory=set)
    _above: dict[str, str | None] = field(default_factory=dict)
    _paths: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def above(self, place: str) -> str | None:
        """The next wider place; None at the top."""
        if place not in self._above:
            self._settle(place)
        return self._above[place]

    def path(self, place: str) -> tuple[str, ...]:
        """The place and all that it lies in, narrow to wide."""
        if place not in self._paths:
            wider = self.above(place)
            self._paths[place] = (place,) if wider is None else (place, *self.path(wider))
        return self._paths[place]

    def within(self, inner: str, outer: str) -> bool:
        """Whether one place is the other or lies in it."""
        return outer in self.path(inner)

    def widest(self, place: str, kind: str) -> str | None:
        """The widest place of a kind that a place is or lies in: of a station the city, of Zelenograd Moscow."""
        return next((wide for wide in reversed(self.path(place)) if self.tree and self.tree.kind(wide) == kind), None)

    def enter(self, place: str) -> None:
        """Take note that people who were detained elsewhere, nobody knows where, were brought to a place."""
        self.entered.update(self.path(place)[:-1])

    def known(self, place: str) -> bool:
        """Whether the tree has the place."""
        return bool(self.tree and self.tree.path(place))

    def named(self, name: str, place: str) -> str:
        """The full name of a part of a place that was called by its own name only."""
        if name.endswith(place):
            return name
        country = place.rpartition(", ")[2]
        spellings = (f"{name}, {place}", f"{name}, {country}")
        known = (full for full in spellings if self.known(full))
        return next(known, spellings[0])

    def _settle(self, place: str) -> None:
        """Fix what a place lies in, and all above it; a circle is cut where it closes, and told."""
        walked: list[str] = []
        while place not in self._above:
            walked.append(place)
            wider = self._wider(place)
            if wider in walked:
                self._circle(place, wider)
                wider = None
            self._above[place] = wider
            if wider is None:
                return
            place = wider

    def _wider(self, place: str) -> str | None:
        known = self.tree.path(place) if self.tree else ()
        _, comma, rest = place.partition(", ")
        if place.count(", ") > _MOST_LEVELS:
            self._trouble("a place within too many others", place, "Name the place and the few that it lies in")
            return None
        if len(known) > 1:  # a district is known by its region; as written it lies in its city
            district = self.tree and self.tree.kind(rest) == "city" and known[1] in self.tree.path(rest)[1:]
            return rest if district else known[1]
        return rest if comma and rest and not known else None

    def _circle(self, place: str, wider: str | None) -> None:
        what = f"{place} lies in {wider}, which lies in it"
        self._trouble(what, place, "Mend the tree of places; it was cut here")

    def _trouble(self, what: str, place: str, remedy: str) -> None:
        self.troubles.append(Trouble(what, value=place, remedy=remedy))


Reading = Literal["whole", "outside", "others", "unclear"]


@dataclass(frozen=True, slots=True)
class Where:
    """A place as a claim writes it: the place itself, and what part of it is meant."""

    place: str
    reading: Reading = "whole"
    apart: tuple[str, ...] = ()


_REMARK = re.compile(r"(?P<place>[^()]+?) \((?P<remark>[^()]+)\)$")
_OUTSIDE = re.compile(
    r"(?:outside(?: of)?|except(?: for)?|excluding|without|other than|apart from|besides) (?P<places>.+)$", re.I
)
_OTHERS = re.compile(
    r"(?:any|each|every|all)?\s*(?:other )?regions?(?: that (?:is|are))?(?: not (?:in the list|named|listed))?$", re.I
)


@lru_cache(maxsize=65536)
def where(text: str) -> Where:
    """What a place text means.

    >>> where("Russia (outside Saint Petersburg)")
    Where(place='Russia', reading='outside', apart=('Saint Petersburg',))
    >>> where("Russia (any region not in the list)").reading, where("Russia (some cities)").reading
    ('others', 'unclear')
    """
    text = " ".join(text.split())
    found = _REMARK.match(text)
    if not found:
        return Where(text) if "(" not in text else Where(text, "unclear")
    place, remark = found["place"], found["remark"].strip()
    if outside := _OUTSIDE.match(remark):
        names = re.split(r",\s*(?:and )?|\s+and\s+", outside["places"])
        return Where(place, "outside", tuple(sorted(filter(None, names))))
    if _OTHERS.match(remark) and re.search(r"\b(other|not)\b", remark, re.I):
        return Where(place, "others")
    return Where(place, "unclear")
