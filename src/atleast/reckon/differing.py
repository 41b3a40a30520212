"""The least number of different people, when some pairs are surely different and any other pair may be one person.

That is the chromatic number of the graph of differences. Lists are large cliques and are never written out as pairs.
People who are all different from each other prove as many; a colouring in as many colours proves that no fewer fit.
Where the two do not meet, what is left after taking away whoever differs from too few is searched, if it is small;
else the clique stands as a sound lower bound.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# What is left is searched exactly up to so many people,
SMALL = 40
# in at most so many steps for all the rows of a case together.
MOST_STEPS = 400_000
# So many cliques are grown, from the largest lists and from the people with the most differences.
_SEEDS = 12
_ROUNDS = 50


class Row(NamedTuple):
    """A row of a list: people in two slots of one list are different. `mention` is what stands there."""

    list: str
    slot: str
    mention: str


@dataclass(frozen=True, slots=True)
class Least:
    """How many different people there are at least.

    `people` are those who prove it: all different from each other, or, if not `clique`, such that no smaller number
    fits all their differences. `exact` says that the number is the least and not only below it.
    """

    number: int
    people: tuple[int, ...] = ()
    clique: bool = True
    exact: bool = True


@dataclass(slots=True)
class Effort:
    """How many steps of searching are left for a whole case, so that no heap of judgements can hold it up."""

    left: int = MOST_STEPS


class Differences:
    """Who differs from whom, among some people."""

    def __init__(
        self, people: Iterable[int], lists: Mapping[int, Iterable[Row]], near: Mapping[int, Collection[int]]
    ) -> None:
        """People by their numbers; of each the rows on lists, and from whom he or she was judged to differ."""
        here = frozenset(people)
        self.people = sorted(here)
        self.groups = [sorted(on_it) for on_it in on_lists(self.people, lists).values()]
        self.near = {one: found for one in self.people if one in near and (found := here.intersection(near[one]))}
        self.of: defaultdict[int, list[int]] = defaultdict(list)
        self.degree = Counter({one: len(found) for one, found in self.near.items()})
        """From no more people than this does one differ."""
        for number, group in enumerate(self.groups):
            for one in group:
                self.of[one].append(number)
                self.degree[one] += len(group) - 1

    def around(self, one: int) -> set[int]:
        """From whom one differs."""
        found = set(self.near.get(one, ()))
        for number in self.of.get(one, ()):
            found.update(self.groups[number])
        return found - {one}


def on_lists(people: Iterable[int], lists: Mapping[int, Iterable[Row]]) -> dict[str, dict[int, str]]:
    """Of each list those of some people who are surely different, if two or more, each with the mention there."""
    found: defaultdict[str, dict[str, tuple[int, str]]] = defaultdict(dict)
    for person in people:
        for name, slot, mention in lists.get(person, ()):
            slots = found[name]
            if slot not in slots:
                slots[slot] = (person, mention)
    return {name: dict(found[name].values()) for name in sorted(found) if len(found[name]) > 1}


def least(differences: Differences, effort: Effort | None = None) -> Least:
    """The least number of different people, with those who prove it. The same whatever the order of the input."""
    if not differences.people:
        return Least(0)
    clique = _largest(differences)
    if max(differences.degree.values(), default=0) < len(clique):  # whoever is added last finds a colour free
        return Least(len(clique), clique)
    colours = _colours(differences, clique)
    if colours == len(clique):
        return Least(colours, clique)
    core = _core(differences, len(clique))
    if not core:
        return Least(len(clique), clique)
    return _searched(differences, clique, core, effort or Effort())


def _largest(of: Differences) -> tuple[int, ...]:
    """The largest set of people all different from each other that a few greedy tries find."""
    seeds: list[Sequence[int]] = [*sorted(of.groups, key=lambda g: (-len(g), g))[:_SEEDS]]
    judged = sorted(of.near, key=lambda one: (-of.degree[one], one))
    seeds += [[one] for one in judged[:_SEEDS]]
    found = [_grown(of, seed) for seed in seeds] or [tuple(of.people[:1])]
    return min(found, key=lambda clique: (-len(clique), clique))


def _grown(of: Differences, seed: Sequence[int]) -> tuple[int, ...]:
    """The clique with all who can be added to it, those with the most differences first."""
    clique = set(seed)
    narrowest = min(seed, key=lambda one: (of.degree[one], one))
    fitting = of.around(narrowest) - clique
    for one in sorted(fitting, key=lambda one: (-of.degree[one], one)):
        if of.degree[one] >= len(clique) and clique <= of.around(one):
            clique.add(one)
    return tuple(sorted(clique))


def _colours(of: Differences, clique: Sequence[int]) -> int:
    """In how many colours a greedy colouring does, the clique first and then whoever differs from most."""
    used = [0] * len(of.groups)
    colour: dict[int, int] = {}
    first = set(clique)
    rest = (one for one in of.people if one not in first)
    for one in (*clique, *sorted(rest, key=lambda one: (-of.degree[one], one))):
        taken = 0
        for number in of.of.get(one, ()):
            taken |= used[number]
        for other in of.near.get(one, ()):
            taken |= colour.get(other, 0)
        free = ~taken & (taken + 1)
        colour[one] = free
        for number in of.of.get(one, ()):
            used[number] |= free
    return max(colour.values()).bit_length()


def _core(of: Differences, number: int) -> list[int]:
    """Who is left when nobody differs from fewer than `number` of the rest: only they can need more colours."""
    left = set(of.people)
    for _ in range(_ROUNDS):
        sizes = [sum(one in left for one in group) for group in of.groups]
        stay = {
            one
            for one in left
            if sum(sizes[n] - 1 for n in of.of.get(one, ())) + len(left.intersection(of.near.get(one, ()))) >= number
        }
        if stay == left:
            break
        left = stay
    return sorted(left)


# --- searching what is small


def _searched(of: Differences, clique: tuple[int, ...], core: Sequence[int], effort: Effort) -> Least:
    """The exact number where what is left is small and the effort suffices; else the clique."""
    if len(core) > SMALL:
        return Least(len(clique), clique, exact=False)
    small = _Small(of, core, effort)
    larger = max((clique, small.clique()), key=lambda found: (len(found), [-one for one in found]))
    number = small.least(len(larger))
    if number is None:
        return Least(len(larger), larger, exact=False)
    if number <= len(larger):
        return Least(len(larger), larger)
    return Least(number, small.needed(number), clique=False)


class _Small:
    """A small graph of differences, with every neighbourhood as the bits of a number."""

    def __init__(self, of: Differences, core: Sequence[int], effort: Effort) -> None:
        self.core, self.effort = core, effort
        place = {one: n for n, one in enumerate(core)}
        self.near = [sum(1 << place[other] for other in of.around(one) if other in place) for one in core]

    def clique(self) -> tuple[int, ...]:
        """The largest clique, or the largest found before the effort was spent."""
        best: list[int] = []

        def grow(clique: list[int], open_: int) -> None:
            nonlocal best
            if len(clique) > len(best):
                best = list(clique)
            while open_ and len(clique) + open_.bit_count() > len(best) and self._step():
                n = (open_ & -open_).bit_length() - 1
                open_ &= open_ - 1
                grow([*clique, n], open_ & self.near[n])

        grow([], (1 << len(self.core)) - 1)
        return tuple(self.core[n] for n in best)

    def _step(self) -> bool:
        self.effort.left -= 1
        return self.effort.left > 0

    def least(self, low: int) -> int | None:
        """The number of colours needed, known to be `low` or more; None where the effort was spent."""
        everyone = (1 << len(self.core)) - 1
        for number in range(low, len(self.core) + 1):
            fits = self._fits(everyone, number)
            if fits is None:
                return None
            if fits:
                return number
        return len(self.core)

    def needed(self, number: int) -> tuple[int, ...]:
        """Few people who need that many colours: none of them can be spared, as far as the effort goes."""
        kept = (1 << len(self.core)) - 1
        for n in range(len(self.core)):
            if self._fits(kept & ~(1 << n), number - 1) is False:
                kept &= ~(1 << n)
        return tuple(one for n, one in enumerate(self.core) if kept >> n & 1)

    def _fits(self, some: int, number: int) -> bool | None:
        """Whether some people can be coloured in so many colours: the most hemmed in is coloured first."""
        colours = [0] * number

        def place(left: int) -> bool | None:
            if not left:
                return True
            if not self._step():
                return None
            n, free = self._tightest(left, colours)
            for number in free:
                fresh = not colours[number]
                colours[number] |= 1 << n
                done = place(left & ~(1 << n))
                colours[number] &= ~(1 << n)
                if done is not False:
                    return done
                if fresh:  # all unused colours are alike
                    break
            return False

        return place(some)

    def _tightest(self, left: int, colours: Sequence[int]) -> tuple[int, list[int]]:
        """Whom the fewest colours are open to, and which."""
        best: tuple[int, int, int] | None = None
        chosen: list[int] = []
        rest = left
        while rest:
            n = (rest & -rest).bit_length() - 1
            rest &= rest - 1
            free = [number for number, used in enumerate(colours) if not used & self.near[n]]
            rank = (len(free), -(self.near[n] & left).bit_count(), n)
            if best is None or rank < best:
                best, chosen = rank, free
        return (best[2] if best else 0), chosen
