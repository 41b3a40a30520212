"""Mentions of people as counts: of every row, at least how many different people are documented in it.

A row counts all mentions within its place at once, and towns are never added up: a person mentioned in two of them,
of whom nobody has judged, may be one. How documented people join the sums of what others claim is in `joining`.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from atleast.model import Decision, Mention, Report, Span, Trouble

from .differing import Differences, Effort, Least, least
from .heap import Heap
from .judging import Judged, judge
from .moments import Clock, Moment
from .places import Atlas, where
from .reasons import reasons
from .results import Aside, Documented, Figure, Key, Message, Proof, Side, Someone, Term
from .rules import AMONG_BY_ROLE, AMONG_DETAINED, AT_EVENT, BEFELL, OFFICIAL
from .speakers import DOCUMENTED


class Seen(NamedTuple):  # made for every count of every mention
    """One mention as a count sees it: whom it is of, where and by when it befell, and by which rules it counts."""

    person: int
    mention: Mention
    side: Side
    place: str
    moment: Moment
    rules: frozenset[str]


@dataclass(slots=True)
class Crowd:
    """Everybody who is documented in a case, row by row."""

    judged: Judged
    reports: Mapping[str, Report]
    rows: dict[Key, list[Seen]] = field(default_factory=dict)
    shown: set[Key] = field(default_factory=set)
    aside: list[Aside] = field(default_factory=list)
    named: set[int] = field(default_factory=set)
    effort: Effort = field(default_factory=Effort)
    _known: dict[frozenset[int], Least] = field(default_factory=dict)

    @property
    def troubles(self) -> list[Trouble]:
        """What was wrong with the judgements."""
        return self.judged.troubles

    def least(self, people: Iterable[int]) -> Least:
        """The least number of different people among these."""
        some = frozenset(people)
        if len(some) < 2:
            return Least(len(some), tuple(some))
        if some not in self._known:
            self._known[some] = least(Differences(some, self.judged.lists, self.judged.different), self.effort)
        return self._known[some]

    def different(self, one: int) -> Callable[[int], bool]:
        """Whether others are surely different from one."""
        near = self.judged.different.get(one, {})
        slots = {row.list: row.slot for row in self.judged.lists.get(one, ())}
        lists = self.judged.lists

        def differs(other: int) -> bool:
            return other in near or any(slots.get(on, slot) != slot for on, slot, _ in lists.get(other, ()))

        return differs

    def documented(self, seen: Iterable[Seen]) -> Documented:
        """How many different people are seen at least, with the reasons."""
        first = earliest(seen)
        found = self.least(first)
        named = found if self.named.issuperset(found.people) else self.least(self.named.intersection(first))
        return self.told({person: first[person] for person in found.people}, found, named)

    def told(self, some: Mapping[int, Seen], found: Least, named: Least) -> Documented:
        """Those who prove a number, with what sets them apart."""
        someone = sorted((self._someone(seen) for seen in some.values()), key=lambda one: one.mention)
        shown = {person: seen.mention.id for person, seen in some.items()}
        why = reasons(self.judged, self.reports, shown)
        rules = {rule for seen in some.values() for rule in seen.rules} | {j.how for j in why if j.how == "one_list"}
        return Documented(
            found.number, named.number, tuple(someone), why, found.clique, found.exact, rules=tuple(sorted(rules))
        )

    def outside(self, figures: Iterable[Figure], atlas: Atlas) -> None:
        """Lay out the rows of places without some parts, where a figure speaks of one: who is surely in the rest."""
        for figure in figures:
            key = figure.key
            if figure.apart and not key.of and key not in self.rows:
                base = key._replace(place=key.place.partition(" (outside ")[0])
                rest = [s for s in self.rows.get(base, ()) if not _touches(s.place, figure.apart, atlas)]
                if rest:
                    self.rows[key] = rest

    def _someone(self, seen: Seen) -> Someone:
        return Someone(seen.mention.id, seen.mention.report, seen.mention.role, seen.person in self.named)


def _touches(place: str, apart: Iterable[str], atlas: Atlas) -> bool:
    """Whether the place lies in one of the parts, or may hold one."""
    return any(atlas.within(place, part) or atlas.within(part, place) for part in apart)


def earliest(seen: Iterable[Seen]) -> dict[int, Seen]:
    """Of every person the mention that tells of it first."""
    found: dict[int, Seen] = {}
    for one in seen:
        before = found.get(one.person)
        if before is None or (one.moment.hi, one.mention.id) < (before.moment.hi, before.mention.id):
            found[one.person] = one
    return found


def figure(key: Key, seen: Collection[Seen], told: Documented) -> Figure:
    """People who are documented by these mentions, as a figure of the moment by which all of it had befallen them.

    It has no ceiling: nobody documents all.
    """
    moment = max((s.moment for s in seen), key=lambda m: (m.hi, m.lo, m.key))
    side: Side = "authority" if all(s.side == "authority" for s in seen) else "independent"
    name = f"people|{key.quantity}|{key.place}|{key.among}|{side}|{moment.hi.isoformat()}|{told.people}"
    return Figure(
        name, DOCUMENTED, True, "people", side, key, (), False, told.people, None, "at_least", None, True, moment,
        moment.lo == moment.hi, (), told.people, people=told,
    )  # fmt: skip


def proof(key: Key, seen: Iterable[Seen], told: Documented) -> Proof:
    """Why a row is at least as many as are documented in it."""
    ours = {someone.mention for someone in told.someone}
    here = [s for s in seen if s.mention.id in ours]
    rules = {*told.rules, "parts"} if any(s.place != key.place for s in here) else set(told.rules)
    return Proof((Term(figure(key, here, told), told.people),), told.people, tuple(sorted(rules)))


# --- from mentions to rows


def documented(mentions: Iterable[Mention], decisions: Iterable[Decision], heap: Heap) -> Crowd:
    """Everybody who is documented in a case: every mention, as it was judged, in all rows that it counts in."""
    judged = judge(mentions, decisions, heap.reports, heap.rules, heap.clock.zone)
    found = Crowd(judged, heap.reports, aside=list(judged.aside))
    clock = heap.clock
    if clock.day is None:
        clock = replace(clock, day=_day_of(judged.mentions.values(), clock))
    entered = _Entering(heap, clock, found)
    for mention in judged.mentions.values():
        entered.take(mention)
    found.outside(heap.usable, heap.atlas)
    return found


def _day_of(mentions: Iterable[Mention], clock: Clock) -> Span | None:
    """The day on which most people were taken, in a case whose claims tell no day; of equals the earliest."""
    told = (clock.span(h.at) for m in mentions for h in m.happened if h.what in AT_EVENT)
    days = Counter(day for day in told if day is not None)
    return min(days, key=lambda day: (-days[day], day.end - day.start, day)) if days else None


class _Told(NamedTuple):
    """What of a mention decides where it counts; many have it in common."""

    befell: tuple[tuple[str, str | None], ...]
    place: str
    role: str | None
    side: Side
    published: str | None


class _Count(NamedTuple):
    """One count that a mention adds to: since when, by which rules, and in which rows."""

    place: str
    moment: Moment
    rules: frozenset[str]
    rows: tuple[list[Seen], ...]


class _Entering:
    """The entering of mentions into rows."""

    def __init__(self, heap: Heap, clock: Clock, found: Crowd) -> None:
        self.heap, self.clock, self.found = heap, clock, found
        self.country = next((event.country for event in heap.events if event.main), "")
        # What many mentions have in common is worked out once.
        self._once, self._befell = cache(self._counts), cache(clock.befell)

    def take(self, mention: Mention) -> None:
        """Put a mention into the rows of its place and of all that it lies in, or aside with the reason."""
        report = self.heap.reports.get(mention.report)
        side: Side = "authority" if report is not None and report.kind in OFFICIAL else "independent"
        befell = tuple((h.what, h.at) for h in mention.happened)
        published = report.published if report else None
        reason, counts = self._once(_Told(befell, mention.place or "", mention.role, side, published))
        if reason is not None:
            self.found.aside.append(Aside(mention.id, reason))
        person = self.found.judged.person[mention.id]
        if mention.name:
            self.found.named.add(person)
        for count in counts:
            seen = Seen(person, mention, side, count.place, count.moment, count.rules)
            for row in count.rows:
                row.append(seen)

    def _counts(self, told: _Told) -> tuple[Message | None, tuple[_Count, ...]]:
        """All counts that such a mention adds to; and why it adds to none, or to some only."""
        if reason := self._reason(told):
            return reason, ()
        published = self.clock.span(told.published)
        found, late = [], None
        for quantity, (moment, rules) in self._moments(told).items():
            not_yet = self.heap.known.not_yet(moment, published) if self.heap.known else None
            late = not_yet or late
            if not_yet is None:
                found.append(self._count(quantity, told, moment, rules))
        return late, tuple(found)

    def _reason(self, told: _Told) -> Message | None:
        """Why a mention cannot be counted."""
        if not any(what in BEFELL for what, _ in told.befell):
            return Message("aside.nothing_befell")
        if not told.place.strip():
            return Message("aside.no_place")
        place = where(told.place)
        if place.reading in ("unclear", "others"):
            return Message("aside.unclear_place", {"place": told.place})
        top = self.heap.atlas.path(place.place)[-1]
        if self.country and top != self.country and self.heap.atlas.known(top):
            return Message("aside.other_event", {"event": top})
        if not self.heap.chosen.takes(DOCUMENTED, told.side):
            return Message("aside.not_chosen", {"speaker": DOCUMENTED})
        return next(filter(None, (_other_day(what, at, self.clock) for what, at in told.befell)), None)

    def _moments(self, told: _Told) -> dict[str, tuple[Moment, frozenset[str]]]:
        """What is counted, from when, and by which rule."""
        found: dict[str, tuple[Moment, frozenset[str]]] = {}
        rules = self.heap.rules

        def add(quantity: str, at: str | None, by: frozenset[str]) -> None:
            moment = self._befell(at, told.published)
            moment = self.clock.of_event(moment, quantity, over="event_over" in rules)
            if quantity not in found or moment < found[quantity][0]:
                found[quantity] = moment, by

        for what, at in told.befell:
            if what in BEFELL:
                add(what, at, frozenset())
        if "detained" not in found and "among_detained" in rules:
            for what, at in told.befell:
                if what in AMONG_DETAINED:
                    add("detained", at, frozenset({"among_detained"}))
        return found

    def _count(self, quantity: str, told: _Told, moment: Moment, rules: frozenset[str]) -> _Count:
        """The rows of a place and of all that it lies in, of everybody and of the group that the role tells."""
        place = where(told.place).place
        path = self.heap.atlas.path(place) if "parts" in self.heap.rules else (place,)
        groups = ("", *filter(None, [_group(told.role)]))
        for among in groups:
            self.found.shown |= {Key(quantity, path[0], among), Key(quantity, path[-1], among)}
        rows = (self.found.rows.setdefault(Key(quantity, at, among), []) for among in groups for at in path)
        return _Count(place, moment, rules, tuple(rows))


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
