"""A knot of a few people who differ from each other: in how few colours it can be coloured, by search.

Whoever differs gets another colour: people of one colour may be one person.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

# A knot is searched exactly up to so many people,
SMALL = 40
# in at most so many steps.
MOST_STEPS = 20_000


@dataclass(frozen=True, slots=True)
class Least:
    """How many different people there are at least.

    `people` are those who prove it: all different from each other, or, if not `clique`, such that no smaller number
    fits all their differences. `exact` says that the number is the least and not only below it.
    """

    number: int
    people: tuple[str, ...] = ()
    clique: bool = True
    exact: bool = True


class Knot:
    """A few people, from whom each differs as the bits of a number, and the steps that may be spent on them."""

    def __init__(self, people: Sequence[str], around: Iterable[Iterable[str]]) -> None:
        """The people, and from whom of them each differs."""
        self.people, self.left = people, MOST_STEPS
        place = {one: n for n, one in enumerate(people)}
        self.near = [sum(1 << place[other] for other in others) for others in around]

    def least(self, clique: tuple[str, ...]) -> Least:
        """The least number, known to be that of the clique or more; where the steps do not suffice, what is proved."""
        clique = max(clique, self._clique(), key=len)
        number, everyone = len(clique), (1 << len(self.people)) - 1
        while (fits := self._fits(everyone, number)) is False:
            number += 1
        if fits is None or number == len(clique):
            return Least(len(clique), clique, exact=fits is not None)
        return Least(number, self._needed(number), clique=False)

    def _clique(self) -> tuple[str, ...]:
        """The largest clique, or the largest found before the steps were spent."""
        best: list[int] = []

        def grow(clique: list[int], open_: int) -> None:
            nonlocal best
            if len(clique) > len(best):
                best = clique
            while open_ and len(clique) + open_.bit_count() > len(best) and self._step():
                n = (open_ & -open_).bit_length() - 1
                open_ &= open_ - 1
                grow([*clique, n], open_ & self.near[n])

        grow([], (1 << len(self.people)) - 1)
        return tuple(self.people[n] for n in best)

    def _step(self) -> bool:
        self.left -= 1
        return self.left > 0

    def _needed(self, number: int) -> tuple[str, ...]:
        """Few people who need that many colours: none of them can be spared, as far as the steps go."""
        kept = (1 << len(self.people)) - 1
        for n in range(len(self.people)):
            if self._fits(kept & ~(1 << n), number - 1) is False:
                kept &= ~(1 << n)
        return tuple(one for n, one in enumerate(self.people) if kept >> n & 1)

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
        open_ = {n: [c for c, used in enumerate(colours) if not used & self.near[n]] for n in _bits(left)}
        n = min(open_, key=lambda n: (len(open_[n]), -(self.near[n] & left).bit_count(), n))
        return n, open_[n]


def _bits(some: int) -> Iterator[int]:
    while some:
        yield (some & -some).bit_length() - 1
        some &= some - 1
