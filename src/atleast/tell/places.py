"""The numbers of one quantity place by place: what a map shows and the table beside it says."""

from collections.abc import Iterable
from typing import NamedTuple

from atleast.lexicon import coordinates
from atleast.reckon import Bound, Tally

from .tables import said
from .wording import Words


class Town(NamedTuple):
    """A place by its key in the wire form, and how many on either side."""

    place: str
    independent: Bound
    authority: Bound

    @property
    def size(self) -> int:
        """The largest number of either side: its rings reach so far."""
        ends = (n for bound in self[1:] for who in (bound.people, bound.roughly) for n in (who.low, who.high))
        return max((n for n in ends if n is not None), default=0)

    @property
    def counted(self) -> bool:
        """Whether either side has a number, be it a rough one."""
        return any(bound.people.known or bound.roughly.known for bound in self[1:])


def towns(tally: Tally, quantity: str) -> list[Town]:
    """The rows of a quantity that are about everybody, not a group among them; the largest first."""
    rows = (cell for cell in tally.cells if cell.key.quantity == quantity and not cell.key.among and not cell.key.of)
    found = [Town(cell.key.place, cell.independent, cell.authority) for cell in rows]
    return sorted(found, key=lambda town: (-town.size, town.place))


def quantity_title(tally: Tally, quantity: str, words: Words) -> str:
    """What the numbers count, and of which day."""
    name = words.word("quantity", quantity)
    return words("curve.title", row=name, day=tally.day) if tally.day else name


def places_table(told: Iterable[Town], words: Words) -> list[list[str]]:
    """What the map says as a table: the heads, then a row for each place, whether or not it stands on the map."""
    heads = [words("table.place"), words("table.independent"), words("table.authority")]
    return [heads, *([town.place, *(said(bound, words) for bound in town[1:])] for town in told)]


def placed(told: Iterable[Town]) -> tuple[list[tuple[Town, tuple[float, float]]], list[Town]]:
    """The towns that can stand on a map, with latitude and longitude; and those that cannot.

    A number for a region or a country stands at no point of it. What no side gives a number for is not drawn.
    """
    found = [(town, coordinates(town.place) if town.counted else None) for town in told]
    return [(town, at) for town, at in found if at], [town for town, at in found if not at]
