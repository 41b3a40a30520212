"""Where towns stand."""

import math

from atleast.lexicon import coordinates, gazetteer
from atleast.tell.windows import angle


def test_every_town_stands_somewhere_and_no_region_or_country_does() -> None:
    placed = {kind: [coordinates(place.key) is not None for place in gazetteer() if place.kind == kind] for kind in ("city", "region", "country")}

    assert all(placed["city"])
    assert not any(placed["region"]) and not any(placed["country"])


def test_a_town_is_found_however_its_key_is_written() -> None:
    assert coordinates("krasnodar, Krasnodar Krai, russia") == coordinates("Krasnodar, Russia") is not None
    assert coordinates("Zenda, Ruritania") is None


def test_distances_are_those_of_the_globe() -> None:
    """Moscow to Saint Petersburg is 634 km by air, London to Sydney 16,990."""
    for one, two, told in (("Moscow, Russia", "Saint Petersburg, Russia", 634), ("London, United Kingdom", "Sydney, Australia", 16_990)):
        here, there = coordinates(one), coordinates(two)
        assert here and there
        assert math.isclose(angle(*here, *there) * 6371, told, rel_tol=0.01)
