"""The window of a map."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.tell.windows import angle, flat, globe, window

LATITUDES = st.floats(-85, 85)
LONGITUDES = st.floats(-180, 180)
PLACES = st.lists(st.tuples(LATITUDES, LONGITUDES), min_size=1, max_size=8)


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_there_and_back_is_the_same_place(latitude: float, longitude: float, middle: float, meridian: float) -> None:
    if angle(latitude, longitude, middle, meridian) < 3:
        back = globe(*flat(latitude, longitude, middle, meridian), middle, meridian)

        assert angle(*back, latitude, longitude) < 1e-4


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_areas_are_kept(latitude: float, longitude: float, middle: float, meridian: float) -> None:
    if angle(latitude, longitude, middle, meridian) < 2.5:
        step = 0.01
        x, y = flat(latitude, longitude, middle, meridian)
        east, north = flat(latitude, longitude + step, middle, meridian), flat(latitude + step, longitude, middle, meridian)
        drawn = (east[0] - x) * (north[1] - y) - (east[1] - y) * (north[0] - x)

        assert drawn == pytest.approx(math.radians(step) ** 2 * math.cos(math.radians(latitude)), rel=0.01)


@given(LATITUDES, LONGITUDES)
def test_the_antipode_is_as_far_as_any_place_can_be(latitude: float, longitude: float) -> None:
    assert angle(-latitude, longitude + 180, latitude, longitude) == pytest.approx(math.pi, abs=1e-4)


@given(PLACES)
def test_every_place_stands_on_the_paper_within_its_border(places: list[tuple[float, float]]) -> None:
    paper = window(places, 720, 280, 560, 84)

    for place in places:
        x, y = paper.at(*place)
        assert 83 <= x <= 637 and 83 <= y <= paper.high - 83
    assert 280 <= paper.high <= 560


def test_the_antimeridian_is_no_edge_of_the_world() -> None:
    here, there = (-16.8, 179.99), (-16.8, -179.99)
    paper = window([here, there], 720, 280, 560, 84)

    assert math.dist(paper.at(*here), paper.at(*there)) < 5
    assert paper.at(*here)[0] < paper.at(*there)[0], "west is on the left"


@given(PLACES)
def test_what_is_drawn_of_a_ring_stays_on_the_paper_and_its_margin(places: list[tuple[float, float]]) -> None:
    paper = window([(50, 30), (55, 40)], 720, 280, 560, 84)
    ring = [(longitude, latitude) for latitude, longitude in places]

    assert all(-20.1 <= x <= 740.1 and -20.1 <= y <= paper.high + 20.1 for x, y in paper.drawn(ring))


def test_a_country_round_the_whole_window_covers_it() -> None:
    paper = window([(50.0, 30.0)], 720, 280, 560, 84)
    corners = paper.drawn([(10.0, 35.0), (50.0, 35.0), (50.0, 60.0), (10.0, 60.0)])

    assert {(round(x), round(y)) for x, y in corners} >= {(-20, -20), (740, -20), (740, round(paper.high) + 20), (-20, round(paper.high) + 20)}
