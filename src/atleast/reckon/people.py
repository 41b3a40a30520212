"""Mentions of people as counts: of every row, at least how many different people are documented in it.

A row counts all mentions within its place at once, and towns are never added up: a person mentioned in two of them,
of whom nobody has judged, may be one. How documented people join the sums of what others claim is in `joining`.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from atleast.model import Decision, Happening, Mention, Report, Span, Trouble

from .differing import Differences, Effort, Least, least
from .heap import Heap
from .judging import Judged, judge
from .moments import Clock, Moment
from .places import Atlas, where
from .reasons import reasons
from .results import Aside, Documented, Figure, Key, Message, Proof, Side, Someone, Term
from .rules import AMONG_BY_ROLE, AMONG_DETAINED, AT_EVENT, BEFELL, OFFICIAL
from .speakers import DOCUMENTED


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention as a count sees it: whom it is of, where and by when it befell, and by which rules it counts."""

    person: int
    mention: Mention
    side: Side
    place: str
    moment: Moment
    rules: frozenset[str] = frozenset()


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

    def different(self, one: int, other: int) -> bool:
        """Whether two people are surely different."""
        judged = self.judged
        if other in judged.different.get(one, ()):
            return True
        rows = {row.list: row.slot for row in judged.lists.get(one, ())}
        return any(rows.get(row.list, row.slot) != row.slot for row in judged.lists.get(other, ()))

    def documented(self, seen: Iterable[Seen]) -> Documented:
        """How many different people are seen at least, with the reasons."""
        first = earliest(seen)
        found = self.least(first)
        return self.told({person: first[person] for person in found.people}, found, self.least(self.named & set(first)))

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


class _Entering:
    """The entering of mentions into rows."""

    def __init__(self, heap: Heap, clock: Clock, found: Crowd) -> None:
        self.heap, self.clock, self.found = heap, clock, found
        self.country = next((event.country for event in heap.events if event.main), "")

    def take(self, mention: Mention) -> None:
        """Put a mention into the rows of its place and of all that it lies in, or aside with the reason."""
        person = self.found.judged.person[mention.id]
        if mention.name:
            self.found.named.add(person)
        report = self.heap.reports.get(mention.report)
        side: Side = "authority" if report is not None and report.kind in OFFICIAL else "independent"
        reason = self._reason(mention)
        if reason is None and not self.heap.chosen.takes(DOCUMENTED, side):
            reason = Message("aside.not_chosen", {"speaker": DOCUMENTED})
        late = None
        place = where(mention.place or "").place
        for quantity, (moment, rules) in ({} if reason else self._counts(mention, report)).items():
            late = self._not_yet(moment, report) or late
            if not self._not_yet(moment, report):
                self._enter(quantity, Seen(person, mention, side, place, moment, rules))
        if reason or late:
            self.found.aside.append(Aside(mention.id, reason or late or Message("aside.later")))

    def _reason(self, mention: Mention) -> Message | None:
        """Why a mention cannot be counted."""
        if not any(h.what in BEFELL for h in mention.happened):
            return Message("aside.nothing_befell")
        if mention.place is None or not mention.place.strip():
            return Message("aside.no_place")
        told = where(mention.place)
        if told.reading in ("unclear", "others"):
            return Message("aside.unclear_place", {"place": mention.place})
        top = self.heap.atlas.path(told.place)[-1]
        if self.country and top != self.country and self.heap.atlas.known(top):
            return Message("aside.other_event", {"event": top})
        return next(filter(None, (_other_day(h, self.clock) for h in mention.happened)), None)

    def _not_yet(self, moment: Moment, report: Report | None) -> Message | None:
        published = self.clock.span(report.published if report else None)
        return self.heap.known.not_yet(moment, published) if self.heap.known else None

    def _counts(self, mention: Mention, report: Report | None) -> dict[str, tuple[Moment, frozenset[str]]]:
        """Each count that the mention adds to, from when, and by which rule."""
        found: dict[str, tuple[Moment, frozenset[str]]] = {}
        rules = self.heap.rules

        def add(quantity: str, at: str | None, by: frozenset[str]) -> None:
            moment = self.clock.of_event(self.clock.befell(at, report), quantity, over="event_over" in rules)
            if quantity not in found or moment < found[quantity][0]:
                found[quantity] = moment, by

        for happening in mention.happened:
            if happening.what in BEFELL:
                add(happening.what, happening.at, frozenset())
        if "detained" not in found and "among_detained" in rules:
            for happening in mention.happened:
                if happening.what in AMONG_DETAINED:
                    add("detained", happening.at, frozenset({"among_detained"}))
        return found

    def _enter(self, quantity: str, seen: Seen) -> None:
        rules = self.heap.rules
        path = self.heap.atlas.path(seen.place) if "parts" in rules else (seen.place,)
        for among in ("", *filter(None, [_group(seen.mention.role)])):
            for place in path:
                self.found.rows.setdefault(Key(quantity, place, among), []).append(seen)
            self.found.shown |= {Key(quantity, path[0], among), Key(quantity, path[-1], among)}


def _other_day(happening: Happening, clock: Clock) -> Message | None:
    """Whether it befell at another event: on another day, or before this one."""
    day, main = clock.span(happening.at), clock.day
    if day is None or main is None or happening.what not in BEFELL:
        return None
    if day.end <= main.start or (happening.what in AT_EVENT and main.end <= day.start):
        return Message("aside.other_event", {"event": happening.at})
    inside = main.start <= day.start and day.end <= main.end
    return Message("aside.longer", {"event": happening.at}) if happening.what in AT_EVENT and not inside else None


def _group(role: str | None) -> str | None:
    """The group that a role puts somebody into: the lawyer of a campaign is among the lawyers.

    >>> _group("lawyer of the mayor's rival"), _group("campaign coordinator"), _group("former student")
    ('lawyers', None, None)
    """
    words = (role or "").casefold().partition(" of ")[0].partition(" for ")[0].split()
    return AMONG_BY_ROLE.get(words[-1]) if words and "former" not in words else None
