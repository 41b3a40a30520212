"""The outlines of countries."""

import math
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from atleast.lexicon import Country, coordinates, gazetteer, outlines

AROUND = (-360, 0, 360)
EARTH = 6371.0


def holds(country: Country, latitude: float, longitude: float) -> bool:
    """Whether a point lies in a country: a ray to the east crosses its rings an odd number of times."""
    crossed = sum(crosses(ring, latitude, longitude + turn) for ring in country.rings for turn in AROUND)
    return crossed % 2 == 1


def crosses(ring: Sequence[tuple[float, float]], latitude: float, longitude: float) -> int:
    edges = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(
        (ay > latitude) != (by > latitude) and longitude < ax + (latitude - ay) / (by - ay) * (bx - ax)
        for (ax, ay), (bx, by) in edges
    )


def of(name: str) -> Country:
    return next(country for country in outlines() if country.name == name)


def area(country: Country) -> float:
    """In square kilometres; holes are walked the other way round and count against it."""
    return abs(sum(swept(ring) for ring in country.rings)) * EARTH**2


def swept(ring: Sequence[tuple[float, float]]) -> float:
    edges = zip(ring, (*ring[1:], ring[0]), strict=True)
    return sum(
        math.radians((bx - ax + 180) % 360 - 180) * (math.sin(math.radians(ay)) + math.sin(math.radians(by))) / 2
        for (ax, ay), (bx, by) in edges
    )


def test_the_rings_are_closed() -> None:
    ends = [(ring[0], ring[-1]) for country in outlines() for ring in country.rings]

    assert len(ends) > 1000
    assert all((ax - bx) % 360 == pytest.approx(0) and ay == by for (ax, ay), (bx, by) in ends)


@pytest.mark.parametrize(("name", "told"), [("France", 641_000), ("Kazakhstan", 2_725_000), ("Belarus", 207_600), ("Chile", 756_000)])
def test_a_country_is_as_large_as_it_is(name: str, told: float) -> None:
    assert area(of(name)) == pytest.approx(told, rel=0.03)


def near(country: Country, latitude: float, longitude: float) -> bool:
    """Whether a country is at most some fifteen kilometres off: on the coast a thinned outline leaves towns in the sea."""
    return any(holds(country, latitude + up, longitude + on) for up in (0, -0.13, 0.13) for on in (0, -0.13, 0.13))


def test_capitals_lie_in_their_countries() -> None:
    capitals = [(country, gazetteer().capital(country.name)) for country in outlines()]
    tried = [(country, coordinates(capital.key)) for country, capital in capitals if capital]
    missed = [country.name for country, at in tried if at and not near(country, *at)]

    assert len(tried) > 150
    assert set(missed) <= {"Kiribati", "Monaco", "Nauru", "Vatican"}, "too small to be drawn"


def test_crimea_lies_in_ukraine_as_it_does_in_the_tree_of_places() -> None:
    for town in ("Simferopol, Ukraine", "Kerch, Ukraine", "Yalta, Ukraine"):
        at = coordinates(town)
        assert at
        assert not holds(of("Russia"), *at)
    assert holds(of("Ukraine"), 45.3, 34.1) and holds(of("Ukraine"), 46.15, 33.7) and holds(of("Ukraine"), 50.45, 30.52)


@pytest.mark.slow
def test_the_committed_outlines_are_what_their_source_gives() -> None:
    if not shutil.which("npm") or subprocess.run(["npm", "view", "world-atlas@2.0.2", "version"], capture_output=True).returncode:
        pytest.skip("npm cannot fetch the package here")
    tool = Path(__file__).parents[2] / "tools" / "build_outlines.py"
    done = subprocess.run([sys.executable, tool, "--check"], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout + done.stderr
