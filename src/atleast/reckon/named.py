"""Places that are named, as counts of places: whoever tells of Zenda and of Strelsau tells of two cities."""

from collections.abc import Iterable, Iterator, Sequence

from atleast.model import People

from .places import Atlas
from .results import Figure, Key
from .rows import besides_one
from .rules import AMONG_DETAINED, COUNTED_PLACES, WITH_DETENTIONS, Rules

_Counted = frozenset[tuple[str, str]]


def named(figures: Sequence[Figure], atlas: Atlas, rules: Rules) -> list[Figure]:
    """What figures of people detained say of the number of cities, and regions, with detentions.

    Each gives one to the number of its city; and, since "detentions in 26 cities" has one person in each, all of its
    people but one to those who come on top of that number. Only for countries in which somebody has counted places.
    """
    if "named_places" not in rules:
        return []
    counted = frozenset(
        (f.key.quantity, atlas.path(f.key.place)[-1])
        for f in figures
        if f.key.quantity in COUNTED_PLACES and f.key.of == WITH_DETENTIONS
    )
    return [found for f in figures if counted and _detained(f, rules) for found in _implied(f, counted, atlas, rules)]


def _detained(figure: Figure, rules: Rules) -> bool:
    """Whether a figure proves that somebody was detained at its place."""
    key = figure.key
    befell = key.quantity in AMONG_DETAINED and "among_detained" in rules and not key.of
    everybody = (not key.of or "scope" in rules) and (not key.among or "among" in rules)
    return bool(figure.floor and not figure.apart and everybody and (key.quantity == "detained" or befell))


def _implied(figure: Figure, counted: _Counted, atlas: Atlas, rules: Rules) -> Iterator[Figure]:
    country = atlas.path(figure.key.place)[-1]
    for quantity, kind in COUNTED_PLACES.items():
        place = atlas.widest(figure.key.place, kind) if (quantity, country) in counted else None
        if place is not None:
            yield _as(figure, Key(quantity, place, "", WITH_DETENTIONS), 1)
            if (figure.floor or 0) > 1 and "city_has_one" in rules:
                yield _as(figure, besides_one(quantity, place), (figure.floor or 0) - 1)


def _as(figure: Figure, key: Key, floor: int) -> Figure:
    return figure._replace(key=key, floor=floor, ceiling=None, roughly=People(), implied="named_places")


def spoken_of(figures: Iterable[Figure]) -> set[Key]:
    """The rows that figures speak of in their own words."""
    return {f.key for f in figures if not f.implied}
