"""Mentions of people as counts: of every row, at least how many different people are documented in it.

A row counts all mentions within its place at once, and towns are never added up: a person mentioned in two of them,
of whom nobody has judged, may be one. How documented people join the sums of what others claim is in `joining`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from atleast.model import Decision, Mention

from .colouring import Least
from .counting import Counting, Entered, Seen, Told, day_of, tell
from .heap import Heap
from .judging import Judged
from .reasons import reasons
from .results import Aside, Documented, Figure, Judgement, Key, Proof, Side, Someone, Term
from .speakers import DOCUMENTED


class Met(NamedTuple):
    """A person by one mention, as a count sees it."""

    mention: str
    seen: Seen


class Crowd:
    """Everybody who is documented in a case, row by row. Mentions and decisions may come and go."""

    def __init__(self, heap: Heap) -> None:
        self.rows: dict[Key, list[Seen]] = {}
        self.judged = Judged(heap.reports, heap.rules, heap.clock.zone)
        self._heap, self._clock = heap, heap.clock
        self._counting = Counting(heap, heap.clock)
        self._told: dict[str, Told] = {}
        self._groups: dict[Told, set[str]] = {}
        self._entered: dict[Told, Entered] = {}
        self._apart: dict[Key, tuple[str, ...]] = {}

    @property
    def aside(self) -> list[Aside]:
        """The mentions that count nowhere, or not in all, and why."""
        told = ((name, self._entered[told].reason) for told, names in self._groups.items() for name in names)
        return [
            *self.judged.decided.aside.values(),
            *(Aside(name, reason) for name, reason in told if reason is not None),
        ]

    @property
    def shown(self) -> set[Key]:
        """The rows that are shown for their people's sake: those of the places told, and of the countries."""
        seen = (seen for entered in self._entered.values() for seen in entered.counts.values())
        tops = {key.place for key in self.rows if self._heap.atlas.above(key.place) is None}
        return {key for each in seen for key in each.keys if key.place == each.place or key.place in tops}

    @property
    def records(self) -> Iterator[Mention | Decision]:
        """All mentions and decisions."""
        return self.judged.decided.records

    def holds(self, record: Mention | Decision) -> bool:
        """Whether the very record is there."""
        return self.judged.decided.holds(record)

    def quotes(self, report: str) -> bool:
        """Whether somebody is mentioned in a report."""
        return any(mention.report == report for mention in self.judged.mentions.values())

    def row(self, key: Key) -> Sequence[Seen]:
        """What counts in a row; of a place without some parts, what surely lies in the rest."""
        apart = self._apart.get(key)
        if apart is None or key in self.rows:
            return self.rows.get(key, ())
        return [s for s in self.rows.get(_whole(key), ()) if not any(self._touch(s.place, part) for part in apart)]

    def _touch(self, one: str, other: str) -> bool:
        return self._heap.atlas.within(one, other) or self._heap.atlas.within(other, one)

    def divide(self, figures: Iterable[Figure]) -> None:
        """Take note of the places without some parts that figures speak of."""
        self._apart.update((f.key, f.apart) for f in figures if f.apart and not f.key.of)

    # --- how many

    def people(self, row: Iterable[Seen]) -> frozenset[str]:
        """Who is seen."""
        mentions = chain.from_iterable(seen.mentions for seen in row)
        return frozenset(map(self.judged.person.__getitem__, mentions))

    def least(self, people: Iterable[str]) -> Least:
        """The least number of different people among these."""
        return self.judged.differences.least(people)

    def documented(self, key: Key, row: Sequence[Seen]) -> Documented:
        """How many different people are seen at least, with the reasons."""
        people, named = self.people(row), self.judged.named
        found = self.least(people)
        by_name = found if named.issuperset(found.people) else self.least(named & people)
        first = self._first(key.quantity, row, found.people)
        why = reasons(self.judged, {person: met.mention for person, met in first.items()})
        return self.told(first, found, by_name, why)

    def _first(self, quantity: str, row: Iterable[Seen], people: Iterable[str]) -> dict[str, Met]:
        """Of each of the people the mention in the row that tells of it first."""
        here = {*row}
        found = {}
        for one in people:
            met = (Met(name, seen) for name in self.judged.members(one) if (seen := self.seen(name, quantity)) in here)
            found[one] = min(met, key=lambda met: (met.seen.moment.hi, met.mention))
        return found

    def seen(self, mention: str, quantity: str) -> Seen | None:
        """A mention as a count sees it, if it does."""
        return self._entered[self._told[mention]].counts.get(quantity)

    def told(self, some: Mapping[str, Met], found: Least, named: Least, why: Sequence[Judgement]) -> Documented:
        """Those who prove a number, with what sets them apart."""
        someone = sorted((self._someone(person, met) for person, met in some.items()), key=lambda one: one.mention)
        rules = {rule for met in some.values() for rule in met.seen.rules} | {j.how for j in why if j.how == "one_list"}
        return Documented(
            found.number,
            named.number,
            tuple(someone),
            tuple(why),
            found.clique,
            found.exact,
            rules=tuple(sorted(rules)),
        )

    def _someone(self, person: str, met: Met) -> Someone:
        mention = self.judged.mentions[met.mention]
        return Someone(mention.id, mention.report, mention.role, person in self.judged.named)

    def figure(self, key: Key, told: Documented) -> Figure:
        """Documented people as a figure of the moment by which all of it had befallen them.

        It has no ceiling: nobody documents all.
        """
        here = [seen for one in told.someone if (seen := self.seen(one.mention, key.quantity))]
        moment = max((s.moment for s in here), key=lambda m: (m.hi, m.lo, m.key))
        side: Side = "authority" if all(s.side == "authority" for s in here) else "independent"
        name = f"people|{key.quantity}|{key.place}|{key.among}|{side}|{moment.hi.isoformat()}|{told.people}"
        return Figure(
            name, DOCUMENTED, True, "people", side, key, (), False, told.people, None, "at_least", None, True, moment,
            moment.lo == moment.hi, (), told.people, people=told,
        )  # fmt: skip

    def proof(self, key: Key, told: Documented) -> Proof:
        """Why a row is at least as many as are documented in it."""
        places = {seen.place for one in told.someone if (seen := self.seen(one.mention, key.quantity))}
        rules = {*told.rules, "parts"} if places != {key.place} else told.rules
        return Proof((Term(self.figure(key, told), told.people),), told.people, tuple(sorted(rules)))

    # --- from mentions to rows

    def change(self, gone: Iterable[Mention | Decision], new: Iterable[Mention | Decision]) -> set[Key]:
        """Let go of some mentions and decisions and take in others; the rows on which that bears."""
        names = self.judged.change(gone, new)
        keys = set(self._keys(names))
        for name in names:
            self._leave(name)
        for name in names & self.judged.mentions.keys():
            mention = self.judged.mentions[name]
            self._told[name] = told = tell(mention, self.judged.reports.get(mention.report))
            self._groups.setdefault(told, set()).add(name)
        day = self._heap.clock.day or day_of(self._groups, self._clock)
        if day != self._clock.day:  # nothing can be known of another day's rows
            keys |= self.rows.keys()
            self._clock = replace(self._clock, day=day)
            self.rows.clear()
            self._entered.clear()
            self._counting = Counting(self._heap, self._clock)
        for told, mentions in self._groups.items():
            if told not in self._entered:
                entered = self._entered[told] = self._counting.enter(told, mentions)
                for seen in entered.counts.values():
                    for key in seen.keys:
                        self.rows.setdefault(key, []).append(seen)
        keys.update(self._keys(names))
        return keys.union(key for key in self._apart if _whole(key) in keys)

    def _keys(self, names: Iterable[str]) -> Iterator[Key]:
        """The rows that mentions are in."""
        for told in {self._told[name] for name in names if name in self._told}:
            for seen in self._entered[told].counts.values():
                yield from seen.keys

    def _leave(self, name: str) -> None:
        told = self._told.pop(name, None)
        if told is None:
            return
        self._groups[told].remove(name)
        if not self._groups[told]:
            del self._groups[told]
            for seen in self._entered.pop(told).counts.values():
                for key in seen.keys:
                    self.rows[key].remove(seen)
                    if not self.rows[key]:
                        del self.rows[key]


def _whole(key: Key) -> Key:
    """The row of a place with the parts that it leaves out."""
    return key._replace(place=key.place.partition(" (outside ")[0])
