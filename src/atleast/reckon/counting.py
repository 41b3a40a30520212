"""In which counts a mention is: what befell the person, where and by when, and why it may not count."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from atleast.model import Mention, Report, Span

from .heap import Heap
from .moments import Clock, Moment
from .places import where
from .results import Key, Message, Side
from .rules import AMONG_BY_ROLE, AMONG_DETAINED, AT_EVENT, BEFELL, OFFICIAL
from .speakers import DOCUMENTED


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """Mentions that a count sees alike: where and when it befell them, by which rules, and in which rows they are."""

    mentions: set[str]
    side: Side
    place: str
    moment: Moment
    rules: frozenset[str]
    keys: tuple[Key, ...]


class Told(NamedTuple):
    """What of a mention decides where it counts; many have it in common."""

    befell: tuple[tuple[str, str | None], ...]
    place: str
    role: str | None
    side: Side
    published: str | None


class Entered(NamedTuple):
    """In which counts mentions are, by quantity; and why they are in none, or in some only."""

    counts: Mapping[str, Seen]
    reason: Message | None


def tell(mention: Mention, report: Report | None) -> Told:
    """What of a mention decides where it counts."""
    side: Side = "authority" if report is not None and report.kind in OFFICIAL else "independent"
    befell = tuple([(h.what, h.at) for h in mention.happened])
    return Told(befell, mention.place or "", mention.role, side, report.published if report else None)


def day_of(groups: Mapping[Told, set[str]], clock: Clock) -> Span | None:
    """The day on which most people were taken, in a case whose claims tell no day; of equals the earliest."""
    days: Counter[Span] = Counter()
    for told, names in groups.items():
        for what, at in told.befell:
            if what in AT_EVENT and (day := clock.span(at)) is not None:
                days[day] += len(names)
    return min(days, key=lambda day: (-days[day], day.end - day.start, day)) if days else None


class Counting:
    """The counts of one event. What many mentions tell alike is worked out once."""

    def __init__(self, heap: Heap, clock: Clock) -> None:
        self._heap, self._clock = heap, clock
        self._country = next((event.country for event in heap.events if event.main), "")
        self._when = cache(self._moments)

    def enter(self, told: Told, mentions: set[str]) -> Entered:
        """The counts of mentions that tell the same: those of their place and of all that it lies in."""
        published = self._clock.span(told.published)
        counts: dict[str, Seen] = {}
        reason = self._reason(told)
        for quantity, (moment, rules) in self._when(told.befell, told.published).items() if reason is None else ():
            not_yet = self._heap.known.not_yet(moment, published) if self._heap.known else None
            reason = not_yet or reason
            if not_yet is None:
                place = where(told.place).place
                keys = self._rows_of(quantity, place, told.role)
                counts[quantity] = Seen(mentions, told.side, place, moment, rules, keys)
        return Entered(counts, reason)

    def _reason(self, told: Told) -> Message | None:
        """Why a mention cannot be counted."""
        if not any(what in BEFELL for what, _ in told.befell):
            return Message("aside.nothing_befell")
        if not told.place.strip():
            return Message("aside.no_place")
        place = where(told.place)
        if place.reading in ("unclear", "others"):
            return Message("aside.unclear_place", {"place": told.place})
        top = self._heap.atlas.path(place.place)[-1]
        if self._country and top != self._country and self._heap.atlas.known(top):
            return Message("aside.other_event", {"event": top})
        if not self._heap.chosen.takes(DOCUMENTED, told.side):
            return Message("aside.not_chosen", {"speaker": DOCUMENTED})
        return next(filter(None, (_other_day(what, at, self._clock) for what, at in told.befell)), None)

    def _moments(
        self, befell: tuple[tuple[str, str | None], ...], published: str | None
    ) -> dict[str, tuple[Moment, frozenset[str]]]:
        """What is counted, from when, and by which rule."""
        found: dict[str, tuple[Moment, frozenset[str]]] = {}
        rules = self._heap.rules

        def add(quantity: str, at: str | None, by: frozenset[str]) -> None:
            moment = self._clock.befell(at, published)
            moment = self._clock.of_event(moment, quantity, over="event_over" in rules)
            if quantity not in found or moment < found[quantity][0]:
                found[quantity] = moment, by

        for what, at in befell:
            if what in BEFELL:
                add(what, at, frozenset())
        if "detained" not in found and "among_detained" in rules:
            for what, at in befell:
                if what in AMONG_DETAINED:
                    add("detained", at, frozenset({"among_detained"}))
        return found

    def _rows_of(self, quantity: str, place: str, role: str | None) -> tuple[Key, ...]:
        """The rows of a place and of all that it lies in, of everybody and of the group that the role tells."""
        path = self._heap.atlas.path(place) if "parts" in self._heap.rules else (place,)
        groups = ("", *filter(None, [_group(role)]))
        return tuple(Key(quantity, at, among) for among in groups for at in path)


def _other_day(what: str, at: str | None, clock: Clock) -> Message | None:
    """Whether it befell at another event: on another day, or before this one."""
    day, main = clock.span(at), clock.day
    if day is None or main is None or what not in BEFELL:
        return None
    if day.end <= main.start or (what in AT_EVENT and main.end <= day.start):
        return Message("aside.other_event", {"event": at})
    inside = main.start <= day.start and day.end <= main.end
    return Message("aside.longer", {"event": at}) if what in AT_EVENT and not inside else None


def _group(role: str | None) -> str | None:
    """The group that a role puts somebody into: the lawyer of a campaign is among the lawyers.

    >>> _group("lawyer of the mayor's rival"), _group("campaign coordinator"), _group("former student")
    ('lawyers', None, None)
    """
    words = (role or "").casefold().partition(" of ")[0].partition(" for ")[0].split()
    return AMONG_BY_ROLE.get(words[-1]) if words and "former" not in words else None
