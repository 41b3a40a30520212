"""Places that are named bound the number of places, and are bound by it."""

from functools import cache
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.model import Claim, People
from atleast.reckon import Tally, say

from .invented import NEXT, at_least, claim, found, reckoned
from .test_bounds import bound


def cities(number: int | tuple[int | None, int | None], place: str = "Ruritania", **more: object) -> Claim:
    return claim(number, place, quantity="cities", of="detentions", **more)  # type: ignore[arg-type]


def test_cities_that_are_named_with_somebody_detained_are_counted() -> None:
    claims = [at_least(4, "Zenda"), at_least(1, "Strelsau"), at_least(2, "Tarlenheim"), cities((1, None))]
    low = bound(reckoned(*claims), quantity="cities", of="detentions").low

    assert low is not None
    assert (low.total, low.rules) == (3, ("named_places", "parts"))
    assert say(low).startswith("Strelsau (cities) 1 + Tarlenheim (cities) 1 + Zenda (cities) 1 = 3")


def test_a_station_is_in_its_city_and_a_city_counts_once() -> None:
    stations = ["Station 7, Strelsau, Ruritania", "Station 28, Strelsau, Ruritania", "Strelsau"]
    result = reckoned(*(at_least(3, place) for place in stations), cities((1, None)))

    assert bound(result, quantity="cities", of="detentions").people.low == 1
    assert bound(result, "Strelsau").people.low == 6


@pytest.mark.parametrize(
    "claims",
    [
        [at_least(4, "Zenda Province")],
        [at_least(4, "Nowhere")],
        [claim(0, "Zenda", at=NEXT)],
        [at_least(4, "Ruritania (outside Strelsau)")],
        [claim(4, "Zenda", bound="about", hedge="about")],
        [at_least(4, "Zenda", quantity="injured")],
    ],
)  # fmt: skip
def test_what_proves_nobody_detained_in_a_known_city_counts_none(claims: list[Claim]) -> None:
    assert bound(reckoned(*claims, cities((0, None))), quantity="cities", of="detentions").people.low == 0


def test_a_region_counts_as_one_whatever_is_named_of_it() -> None:
    named = [at_least(4, "Zenda"), at_least(2, "Hofbau"), at_least(9, "Zenda Province"), at_least(1, "Tarlenheim")]
    result = reckoned(*named, claim((1, None), quantity="regions", of="detentions"))

    assert bound(result, quantity="regions", of="detentions").people.low == 2


def test_four_cities_are_named_and_three_are_said_to_be_all() -> None:
    towns = ["Zenda", "Hofbau", "Tarlenheim", "Strelsau"]
    result = reckoned(*(at_least(5, town) for town in towns), cities(3, by="Interior Ministry", at=NEXT))
    (clash,) = result.contradictions

    assert (clash.kind, clash.what, clash.gap) == ("dispute", "clash.more_named", 1)
    assert say(clash).splitlines()[1].endswith("= 4 > 3 Ruritania (cities)")


def test_cities_that_were_named_later_are_growth() -> None:
    early, late = "2031-05-01T18:00Z", "2031-05-01T21:00Z"

    assert found(reckoned(cities(1, at=early), at_least(5, "Zenda", at=early), at_least(5, "Strelsau", at=late))) == []
    assert found(reckoned(cities(1, at=late), at_least(5, "Zenda", at=early), at_least(5, "Strelsau", at=early))) != []


def test_people_of_one_city_come_on_top_of_one_in_each() -> None:
    result = reckoned(cities(26, at=NEXT), at_least(62, "Strelsau"), at_least(21, "Zenda"), at_least(1))
    low = bound(result).low

    assert low is not None
    assert (low.total, low.rules) == (26 + 61 + 20, ("city_has_one", "named_places", "parts"))
    assert "Strelsau (besides one) 61" in say(low)


def test_a_sum_over_cities_is_told_plainly_where_their_number_adds_nothing() -> None:
    result = reckoned(cities(2, at=NEXT), at_least(62, "Tarlenheim"), at_least(21, "Zenda"), at_least(1), at_least(1, "Zenda Province"))

    assert [t.value for t in bound(result).low.terms] == [62, 21]  # type: ignore[union-attr]
    assert [t.value for t in bound(result, "Zenda Province").low.terms] == [21]  # type: ignore[union-attr]


def test_cities_leave_room_for_fewer_where_all_are_counted() -> None:
    result = reckoned(claim(30, at=NEXT), cities((2, None), at=NEXT), at_least(25, "Strelsau"))

    assert bound(result, quantity="cities", of="detentions").people == People(2, 6)


def test_nothing_is_told_of_rows_that_nobody_spoke_of() -> None:
    result = reckoned(cities(26, at=NEXT), at_least(62, "Strelsau"))

    assert {(c.key.quantity, c.key.place) for c in result.cells} == {("cities", "Ruritania"), ("detained", "Strelsau, Ruritania")}


MOST = 3
ROWS = {
    "Z": ("detained", "Zenda", None),
    "P": ("detained", "Zenda Province", None),
    "C": ("detained", "Strelsau", None),
    "R": ("detained", "Ruritania", None),
    "nP": ("cities", "Zenda Province", "detentions"),
    "nR": ("cities", "Ruritania", "detentions"),
}


@cache
def worlds() -> tuple[dict[str, int], ...]:
    """People in a town, elsewhere in its province, in the capital, elsewhere; each elsewhere in any number of towns."""
    made = []
    for z, p, c, e in product(range(MOST + 1), repeat=4):
        for more_p, more_e in product(range(p + 1), range(e + 1)):
            towns = (z > 0) + more_p
            made.append({"Z": z, "P": z + p, "C": c, "R": z + p + c + e, "nP": towns, "nR": towns + (c > 0) + more_e})
    return tuple(made)


Said = tuple[str, int | None, int | None]
ENDS = st.tuples(st.none() | st.integers(0, MOST), st.none() | st.integers(0, MOST)).filter(
    lambda pair: pair != (None, None) and (None in pair or pair[0] <= pair[1])  # type: ignore[operator]
)


def _reckoned(said: list[Said]) -> tuple[Tally, list[dict[str, int]], dict[str, People]]:
    spoken = [
        claim((low, high), ROWS[row][1], quantity=ROWS[row][0], of=ROWS[row][2], by=f"Speaker {n}", at=NEXT, report=f"r{n}")
        for n, (row, low, high) in enumerate(said)
    ]
    possible = [w for w in worlds() if all((low or 0) <= w[row] and (high is None or w[row] <= high) for row, low, high in said)]
    result = reckoned(*spoken)
    cells = {row: result.cell(told.quantity, told.place or "", of=told.of or "") for (row, *_), told in zip(said, spoken, strict=True)}
    return result, possible, {row: cell.joint.people for row, cell in cells.items() if cell}


# Nobody says "at most" of the cities of a province: that its five people in at most two towns are three to come on top of
# a number of cities is not found.
SAID = st.builds(lambda row, ends: (row, *ends), st.sampled_from(sorted(ROWS)), ENDS).filter(lambda f: f[0] != "nP" or f[2] is None)


@given(st.lists(SAID, min_size=1, max_size=6))
def test_with_counts_of_cities_no_bound_is_wrong_and_no_contradiction_missed_or_made_up(said: list[Said]) -> None:
    result, possible, people = _reckoned(said)

    assert bool(found(result, "proof", "dispute", "text")) is not bool(possible)
    for row, told in people.items() if possible else ():
        assert (told.low or 0) <= min(w[row] for w in possible)
        assert told.high is None or told.high >= max(w[row] for w in possible)


@given(st.lists(st.tuples(st.sampled_from(sorted(ROWS)), st.integers(0, MOST), st.none()), min_size=1, max_size=6))
def test_figures_that_bound_from_below_prove_as_much_as_can_be_proved(said: list[Said]) -> None:
    _, possible, people = _reckoned(said)

    for row, told in people.items() if possible else ():
        assert told.low == min(w[row] for w in possible)
