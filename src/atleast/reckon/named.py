"""Places that are named, as counts of places: whoever tells of Zenda and of Strelsau tells of two cities."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from atleast.model import People

from .groups import Change
from .places import Atlas
from .results import Figure, Key
from .rows import besides_one
from .rules import AMONG_DETAINED, COUNTED_PLACES, WITH_DETENTIONS, Rules

_Counted = frozenset[tuple[str, str]]


class Named:
    """What figures of people detained say of the number of cities, and regions, with detentions.

    Each gives one to the number of its city; and, since "detentions in 26 cities" has one person in each, all of its
    people but one to those who come on top of that number. Only for countries in which somebody has counted places.
    """

    def __init__(self, atlas: Atlas, rules: Rules) -> None:
        self._atlas, self._rules = atlas, rules
        self._counts: Counter[tuple[str, str]] = Counter()
        self._begun = False

    def change(self, change: Change) -> Change | None:
        """What goes and comes with figures that go and come; None where countries are counted otherwise than before."""
        if "named_places" not in self._rules:
            return Change()
        before = frozenset(+self._counts)
        self._counts.subtract(map(self._country, filter(_counting, change.gone)))
        self._counts.update(map(self._country, filter(_counting, change.new)))
        counted = frozenset(+self._counts)
        if self._begun and before != counted:
            return None
        self._begun = True
        return Change(self._all(change.gone, counted), self._all(change.new, counted))

    def _country(self, figure: Figure) -> tuple[str, str]:
        return figure.key.quantity, self._atlas.path(figure.key.place)[-1]

    def _all(self, figures: Iterable[Figure], counted: _Counted) -> list[Figure]:
        told = (f for f in figures if counted and _detained(f, self._atlas, self._rules))
        return [found for f in told for found in _implied(f, counted, self._atlas, self._rules)]


def named(figures: Sequence[Figure], atlas: Atlas, rules: Rules) -> Sequence[Figure]:
    """What these figures, and no others, say of the number of cities, and regions, with detentions."""
    found = Named(atlas, rules).change(Change(new=figures))
    return found.new if found else ()


def _counting(figure: Figure) -> bool:
    """Whether a figure counts places with detentions."""
    return figure.key.quantity in COUNTED_PLACES and figure.key.of == WITH_DETENTIONS


def _detained(figure: Figure, atlas: Atlas, rules: Rules) -> bool:
    """Whether a figure proves that somebody was detained at its place."""
    key = figure.key
    befell = (
        key.quantity in AMONG_DETAINED and "among_detained" in rules and not key.of and key.place not in atlas.entered
    )
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
