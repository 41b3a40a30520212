"""The outlines of countries, loaded only when somebody draws a map.

`data/outlines/outlines.tsv` is written by `tools/build_outlines.py`: lines that neighbours share, then the rings of
each country made of them.
"""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from itertools import accumulate
from typing import NamedTuple

from ..model.errors import BadLexicon

_UNITS = 1000  # to a degree
Point = tuple[float, float]


class Country(NamedTuple):
    """A country and its rings; a point lies in it if it lies in an odd number of them.

    Attributes:
        name: As Natural Earth writes it, which may differ from the tree of places.
        rings: Closed rings of longitude and latitude in degrees. Longitudes may run on beyond 180.
    """

    name: str
    rings: tuple[tuple[Point, ...], ...]


@cache
def outlines() -> tuple[Country, ...]:
    """Every country with its outline, in order of the names.

    Source: Natural Earth 1:50m, thinned; README.md beside the data says how.

    >>> any(country.name == "Norway" for country in outlines())
    True
    """
    lines: list[tuple[Point, ...]] = []
    found = []
    file = "outlines.tsv"
    text = (files(__package__) / "data" / "outlines" / file).read_text("utf-8")
    for number, row in enumerate(text.splitlines(), 1):
        if row[:1] == "#":
            continue
        try:
            kind, *told = row.split("\t")
            if kind == "l":
                lines.append(_line(told[0]))
            else:
                found.append(Country(told[0], tuple(_ring(ring, lines) for ring in told[1].split("|"))))
        except (ValueError, IndexError) as wrong:
            raise BadLexicon(
                "neither a line nor a country", file=file, line=number, value=row, remedy="Run make outlines"
            ) from wrong
    return tuple(found)


def _line(steps: str) -> tuple[Point, ...]:
    numbers = [int(step) for step in steps.split(" ")]
    across, up = accumulate(numbers[::2]), accumulate(numbers[1::2])
    return tuple((x / _UNITS, y / _UNITS) for x, y in zip(across, up, strict=True))


def _ring(numbers: str, lines: Sequence[tuple[Point, ...]]) -> tuple[Point, ...]:
    walked = (lines[n] if n >= 0 else lines[~n][::-1] for n in map(int, numbers.split(" ")))
    return tuple(point for line in walked for point in line)
