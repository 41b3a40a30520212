"""The least number of different people, when some pairs are surely different and any other pair may be one person.

That is the chromatic number of the graph of differences. Lists are large cliques and are never written out as pairs.
People who are all different from each other prove as many. Whoever differs from fewer than that can be left out, for
one of so many is always free to be him or her. Where nobody remains, or the rest can be coloured in as many colours,
that is the least number. Else the rest is searched, if it is small; and if that takes too long, the people who are all
different stand as a sound lower bound.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import chain, repeat

from .colouring import SMALL, Knot, Least

# So many cliques are grown, from the longest lists and from the people with the most differences.
_SEEDS = 12
_ROUNDS = 50
Pair = tuple[str, str]


class Differences:
    """Who surely differs from whom: of every list the slot of each person on it, and the pairs that were judged."""

    def __init__(self) -> None:
        self.lists: dict[str, dict[str, str]] = {}
        self.on: dict[str, tuple[str, ...]] = {}
        self.near: defaultdict[str, dict[str, Pair]] = defaultdict(dict)
        self._doubled: set[str] = set()  # lists with several people in one slot, who may be one
        self._several: set[str] = set()  # who is on several lists, or on one of these
        self._most_near = 0
        self._known: dict[frozenset[str], Least] = {}

    # --- people come and go

    def forget(self, one: str) -> None:
        """Let go of a person."""
        for name in self.on.pop(one, ()):
            del self.lists[name][one]
        for other in self.near.pop(one, ()):
            del self.near[other][one]

    def part(self, one: str, other: str, pair: Pair) -> None:
        """Tell two people apart by two of their mentions; of several such pairs the first is kept."""
        self.near[one][other] = self.near[other][one] = min(pair, self.near[one].get(other, pair))

    def settle(self, on: Mapping[str, tuple[str, ...]], lists: Mapping[str, dict[str, str]]) -> list[str]:
        """Take in the lists of people, and the people on lists, each with the slot; who has another slot than before.

        To be called after each change.
        """
        before = {name: self.lists.get(name, {}) for name in lists}
        moved = [p for name in lists for p, slot in lists[name].items() if before[name].get(p, slot) != slot]
        self.on.update(on)
        self.lists.update(lists)
        self._doubled = {name for name, slots in self.lists.items() if len({*slots.values()}) < len(slots)}
        self._several = {p for p, on in self.on.items() if len(on) > 1 or on[0] in self._doubled}
        self._most_near = max(map(len, self.near.values()), default=0)
        self._known.clear()
        return moved

    # --- who differs from whom

    def around(self, one: str, some: Collection[str]) -> set[str]:
        """From whom of some people one differs."""
        found = set(self.near.get(one, ()))
        for name in self.on.get(one, ()):
            slots = self.lists[name]
            found.update((p for p in slots if slots[p] != slots[one]) if name in self._doubled else slots)
        found.discard(one)
        found.intersection_update(some)
        return found

    def on_lists(self, people: Collection[str]) -> list[tuple[str, tuple[str, ...]]]:
        """Of each list those of some people who are surely different, if two or more; the longest list first."""
        found = ((name, self._apart(name, people)) for name, size in self._sizes(people).items() if size > 1)
        return sorted((each for each in found if len(each[1]) > 1), key=lambda each: (-len(each[1]), each[0]))

    def _sizes(self, people: Collection[str]) -> Mapping[str, int]:
        """How many of some people are on each list; in many rows few are on any, in few rows many are on all."""
        if len(people) * 4 < len(self.on):
            return Counter(chain.from_iterable(map(self.on.get, people, repeat(()))))
        some = frozenset(people)
        return {name: len(some.intersection(slots)) for name, slots in self.lists.items()}

    def _apart(self, name: str, people: Collection[str]) -> tuple[str, ...]:
        """Those on a list who are surely different: of each slot the first."""
        slots = self.lists[name]
        here = sorted(_both(slots, people))
        return tuple(sorted({slots[p]: p for p in reversed(here)}.values()) if name in self._doubled else here)

    # --- the least number

    def least(self, people: Iterable[str]) -> Least:
        """The least number of different people among some, with those who prove it. Their order changes nothing."""
        some = frozenset(people)
        if some not in self._known:
            self._known[some] = self._least(some)
        return self._known[some]

    def _least(self, some: frozenset[str]) -> Least:
        sizes = self._sizes(some)
        clique = self._longest(some, sizes)
        rest = self._busy(some, sizes, len(clique))
        if rest and (rest := self._rest(rest, len(clique))):
            clique = min([clique, *self._cliques(rest)], key=lambda found: (-len(found), found))
            rest = self._rest(rest, len(clique))
        if not rest or self._fit(rest, len(clique)):
            return Least(len(clique), clique)
        if len(rest) > SMALL:
            return Least(len(clique), clique, exact=False)
        people = sorted(rest)
        return Knot(people, [self.around(one, rest) for one in people]).least(clique)

    def _longest(self, some: frozenset[str], sizes: Mapping[str, int]) -> tuple[str, ...]:
        """The most people who are different because they are on one list."""
        found: tuple[str, ...] = ()
        for name, size in sorted(sizes.items(), key=lambda each: (-each[1], each[0])):
            if size < 2 or size <= len(found):
                break
            found = max(found, self._apart(name, some), key=len)
        return found or tuple(sorted(some)[:1])

    def _busy(self, some: frozenset[str], sizes: Mapping[str, int], number: int) -> set[str]:
        """Who differs from so many: nobody does who is on one list only and was judged to differ from nobody."""
        maybe = self._several & some
        if self._most_near >= number:
            maybe.update(_both(self.near, some))
        else:
            long = [self.lists[name] for name, size in sizes.items() if size + self._most_near > number]
            maybe.update(one for slots in long for one in slots if one in self.near and one in some)
        found = set()
        for one in maybe:
            on = self.on.get(one, ())
            more = number + len(on) - sum([sizes[name] for name in on])
            if more < 1 or len(_both(self.near.get(one, {}), some)) >= more:
                found.add(one)
        return found

    def _rest(self, some: Iterable[str], number: int) -> set[str]:
        """Who remains when nobody differs from fewer than `number` of the rest: only they can need more people."""
        left = set(some)
        for _ in range(_ROUNDS):
            degrees = self._degrees(left)
            gone = [one for one in left if degrees[one] < number]
            if not gone:
                break
            while gone:
                left.difference_update(gone)
                near = [other for one in gone for other in self.near.get(one, ()) if other in left]
                for other in near:
                    degrees[other] -= 1
                gone = [other for other in near if degrees[other] < number]
        return left

    def _degrees(self, some: Collection[str]) -> dict[str, int]:
        """From how many of some people each of them differs; counted twice, who is both near and on one list."""
        sizes = self._sizes(some)
        found = {p: sum(map(sizes.__getitem__, on := self.on.get(p, ()))) - len(on) for p in some}
        for one in _both(self.near, some):
            found[one] += len(_both(self.near[one], some))
        for name in self._doubled:
            here = _both(self.lists[name], some)
            mates = Counter(map(self.lists[name].__getitem__, here))
            for one in here:
                found[one] += 1 - mates[self.lists[name][one]]
        return found

    def _cliques(self, some: set[str]) -> Iterable[tuple[str, ...]]:
        """People who are all different, grown from the longest lists and from those with the most differences."""
        degrees = self._degrees(some)
        order = sorted(some, key=lambda one: (-degrees[one], one))
        seeds = [on for _, on in self.on_lists(some)[:_SEEDS]] + [(one,) for one in order[:_SEEDS]]
        for seed in seeds:
            clique = set(seed)
            fitting = self.around(min(seed, key=lambda one: (degrees[one], one)), some) - clique
            for one in sorted(fitting, key=lambda one: (-degrees[one], one)):
                if degrees[one] >= len(clique) and clique <= self.around(one, clique):
                    clique.add(one)
            yield tuple(sorted(clique))

    def _fit(self, some: Iterable[str], number: int) -> bool:
        """Whether colouring whoever differs from most first does with so many colours."""
        degrees = self._degrees(set(some))
        colour: dict[str, int] = {}
        used: defaultdict[str, int] = defaultdict(int)
        own: defaultdict[tuple[str, str], int] = defaultdict(int)
        for one in sorted(degrees, key=lambda one: (-degrees[one], one)):
            rows = [(name, self.lists[name][one]) for name in self.on.get(one, ())]
            taken = 0
            for row in rows:
                taken |= used[row[0]] & ~own[row]
            for other in self.near.get(one, ()):
                taken |= colour.get(other, 0)
            colour[one] = free = ~taken & (taken + 1)
            if free >> number:
                return False
            for row in rows:
                used[row[0]] |= free
                own[row] |= free
        return True


def _both(some: Mapping[str, object], others: Collection[str]) -> list[str]:
    """Who is among both; sought in the larger."""
    return [one for one in some if one in others] if len(some) < len(others) else [one for one in others if one in some]
