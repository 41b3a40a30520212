"""Ceilings below what is proved of their rows, and the figures to be held against them."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from .beneath import Beneath
from .course import Course
from .results import Figure, Proof
from .rows import Row, Rows

Against = Callable[[], Sequence[Figure]]


@dataclass(frozen=True, slots=True)
class Suspect:
    """A ceiling, how far the floor is above it at most, and how to find the figures to be held against it.

    `assumes` names what has to be assumed; `shown` tells figures that an assumption has moved as they were said.
    """

    ceiling: Figure
    row: Row
    gap: int
    against: Against
    assumes: tuple[str, ...] = ()
    shown: Callable[[], Mapping[Figure, Figure]] = dict
    weight: tuple[object, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", _weight(self))

    @property
    def limit(self) -> int:
        return self.ceiling.ceiling or 0

    def as_said(self, proof: Proof) -> Proof:
        """The proof with the figures as they were said."""
        shown = self.shown()
        return replace(proof, terms=tuple(t._replace(figure=shown.get(t.figure, t.figure)) for t in proof.terms))


def _weight(one: Suspect) -> tuple[object, ...]:
    figure = one.ceiling
    assumed, official = bool(one.assumes), figure.side == "authority"
    return (assumed, not figure.named, not official, -one.gap, figure.name, figure.key, one.assumes)


class Broken:
    """Ceilings below what is proved of their rows by the moment at which they were said."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.course = Course(rows)
        self.beneath = Beneath(rows)
        self.ceilings: defaultdict[Row, list[Figure]] = defaultdict(list)
        self.stirred: set[Row] = set()

    def add(self, figure: Figure, row: Row) -> None:
        """Take in one figure of a row."""
        self.course.add(figure, row)
        self.beneath.add(figure, row)
        if figure.ceiling is not None:
            self.ceilings[row].append(figure)
            self.stirred.add(row)

    def drop(self, figure: Figure, row: Row) -> None:
        """Let go of a figure of a row that was taken in."""
        self.course.drop(figure, row)
        self.beneath.drop(figure, row)
        if figure.ceiling is not None:
            self.ceilings[row].remove(figure)
            self.stirred.add(row)

    def settle(self) -> set[Row]:
        """Take in all that came and went; the rows with ceilings that have to be looked at again."""
        found = (self.stirred | self.course.settle()) & self.ceilings.keys()
        self.stirred = set()
        return found

    def of(self, row: Row) -> Iterator[tuple[Figure, int, Against]]:
        """The broken ceilings of a row, by how much, and how to find what a count at that moment must cover."""
        for figure in self.ceilings.get(row, ()):
            gap = self.course.at(row, figure.moment.hi) - (figure.ceiling or 0)
            if gap > 0:
                yield figure, gap, self.against(row, figure, _covered)

    def against(self, row: Row, ceiling: Figure, fits: Callable[[Figure, Figure], bool]) -> Against:
        """How to find the figures of a row that fit its ceiling."""
        return lambda: self.beneath.largest(row, ceiling, fits)


def _covered(ceiling: Figure, figure: Figure) -> bool:
    return figure.moment.settles(ceiling.moment)


class Laid:
    """Figures that are laid together, and the suspects among them. Figures may come and go."""

    def __init__(
        self, name: Callable[[Figure], Hashable], among: Callable[[Sequence[Figure]], Iterable[Suspect]]
    ) -> None:
        """`name` tells what a figure is laid with, None for nothing; `among` finds the suspects of what is together."""
        self._name, self._among = name, among
        self._together: defaultdict[Hashable, list[Figure]] = defaultdict(list)
        self._stirred: set[Hashable] = set()
        self._found: dict[Hashable, tuple[Suspect, ...]] = {}

    def add(self, figure: Figure) -> None:
        """Take in one figure."""
        self._change(figure, list.append)

    def drop(self, figure: Figure) -> None:
        """Let go of a figure that was taken in."""
        self._change(figure, list.remove)

    def found(self) -> Iterable[Suspect]:
        """All suspects; looked for again only where a figure came or went."""
        for name in self._stirred:
            self._found[name] = tuple(self._among(self._together[name]))
        self._stirred = set()
        return chain.from_iterable(self._found.values())

    def _change(self, figure: Figure, change: Callable[[list[Figure], Figure], None]) -> None:
        name = self._name(figure)
        if name is not None:
            change(self._together[name], figure)
            self._stirred.add(name)
