"""Ceilings below what is proved of their rows, and the figures to be held against them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

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
