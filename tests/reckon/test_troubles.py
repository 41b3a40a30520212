"""Bad data is shown and never stops the work."""

import pytest

from atleast.model import People
from atleast.reckon import tally

from .invented import NEXT, Tree, at_least, claim, found, reckoned, report
from .test_bounds import bound


@pytest.mark.parametrize(
    "number, what",
    [
        (-4, "a count below zero"),
        ((9, 3), "low is above high"),
        (10**15, "a count larger than any count can be"),
        (2.5, "a count that is not a whole number"),
        (float("inf"), "a count that is not a whole number"),
        (float("nan"), "a count that is not a whole number"),
    ],
)
def test_an_impossible_number_is_trouble(number: object, what: str) -> None:
    result = reckoned(at_least(5), claim(number, bound="range", id="bad"))  # type: ignore[arg-type]

    assert [(t.what, t.where) for t in result.troubles] == [(what, "bad")]
    assert [a.claim for a in result.set_aside] == ["bad"]
    assert bound(result).people == People(5, None)


def test_places_that_lie_in_each_other_are_cut_and_told() -> None:
    circle = Tree({"A, X": "B, X", "B, X": "C, X", "C, X": "A, X"})
    result = tally([at_least(5, "A, X"), at_least(7, "B, X")], places=circle)

    assert len(result.troubles) == 1
    assert "lies in" in result.troubles[0].what
    assert {c.key.place: c.joint.people.low for c in result.cells} == {"A, X": 5, "B, X": 7}


@pytest.mark.parametrize("place", [None, "", "  ", " , , ", "Ruritania (outside Ruritania)", "Zenda, Ruritania (outside Zenda Province, Zenda)", "Ruritania (some cities)", "Ruritania (each city)", "Ruritania (("])
def test_a_place_that_cannot_be_placed_is_set_aside(place: str | None) -> None:
    from dataclasses import replace

    result = reckoned(at_least(5), replace(at_least(50), place=place, id="lost"))

    assert [a.claim for a in result.set_aside] == ["lost"]
    assert bound(result).people == People(5, None)


def test_numbers_of_other_things_are_left_out() -> None:
    assert reckoned(claim(20_000, quantity="other")).cells == ()


def test_one_name_for_two_claims_is_two_claims() -> None:
    result = reckoned(at_least(5, "Zenda", id="x"), at_least(7, "Strelsau", id="x"), at_least(1))

    assert bound(result).people == People(12, None)


def test_progress_is_told_to_the_end() -> None:
    steps: list[tuple[int, int]] = []
    reckoned(at_least(5), progress=lambda done, of: steps.append((done, of)))

    assert steps[-1][0] == steps[-1][1] == len(steps)


@pytest.mark.parametrize("time", ["0001-01-01", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "9999-12-31", "the other day"])
@pytest.mark.parametrize("field", ["at", "day"])
def test_a_time_that_cannot_be_is_trouble(time: str, field: str) -> None:
    result = reckoned(at_least(5), at_least(9, id="bad", **{field: time}))

    assert [(t.what, t.where, t.value) for t in result.troubles] == [("a time that cannot be", "bad", time)]
    assert bound(result).people == People(5, None)


@pytest.mark.parametrize("time", ["0001-01-01T00:00+14:00", "9999-12-31"])
def test_a_report_of_a_time_that_cannot_be_is_of_no_known_time(time: str) -> None:
    told = reckoned(at_least(5), at_least(9, report="odd"), reports=(report("odd", published=time), report("r")))

    assert bound(told).people == People(9, None)


def test_a_place_within_hundreds_of_others_is_cut_and_told() -> None:
    result = reckoned(at_least(5), at_least(9, ", ".join(f"room {n}" for n in range(2000)) + ", Ruritania"))

    assert [t.what for t in result.troubles] == ["a place within too many others"]
    assert bound(result).people == People(5, None)


def test_a_town_of_a_region_that_is_left_out_is_not_left_out_twice() -> None:
    division = claim(10, "Ruritania (outside Zenda Province and Zenda)", at=NEXT)
    result = reckoned(division, claim(30, at=NEXT), at_least(8, "Zenda"), at_least(8, "Zenda Province"))

    assert bound(result, "Zenda Province").people == People(20, 20)
    assert found(result) == []
