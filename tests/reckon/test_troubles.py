"""Bad data is shown and never stops the work."""

import pytest

from atleast.model import People
from atleast.reckon import tally

from .invented import Tree, at_least, claim, reckoned
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


@pytest.mark.parametrize("place", [None, "", "  ", "Ruritania (some cities)", "Ruritania (each city)", "Ruritania (("])
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
