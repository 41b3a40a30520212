"""Where towns stand: kept apart from the tree of places, and loaded only when somebody draws a map.

`data/places/coordinates.tsv` is written by `tools/build_gazetteer.py`: a country on a line of its own, then its towns,
tab between name, latitude and longitude. Regions and countries have none: a number for a whole region stands nowhere.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from ..model.errors import BadLexicon
from .places import gazetteer


def coordinates(key: str) -> tuple[float, float] | None:
    """Latitude and longitude of a town in degrees, to about a kilometre; None for whatever is no known town.

    Source: GeoNames.

    >>> coordinates("Krasnodar, Russia"), coordinates("Krasnodar Krai, Russia")
    ((45.05, 38.98), None)
    """
    place = gazetteer().at(key)
    return _all().get(place.key) if place else None


@cache
def _all() -> Mapping[str, tuple[float, float]]:
    found, country, file = {}, "", "coordinates.tsv"
    text = (files(__package__) / "data" / "places" / file).read_text("utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        name, *told = line.split("\t")
        if line[:1] == "#":
            continue
        if not told:
            country = name
            continue
        try:
            latitude, longitude = map(float, told)
        except ValueError as wrong:
            raise BadLexicon(
                "not the coordinates of a town", file=file, line=number, value=line, remedy="Run make gazetteer"
            ) from wrong
        found[f"{name}, {country}"] = latitude, longitude
    return found
