"""Records that can be merged into one, and those of which one would be lost."""

from dataclasses import replace
from itertools import permutations

import pytest

from atleast.review import apart

from .night import CLAIM, COOK


@pytest.mark.parametrize(
    ("other", "field"),
    [
        (replace(CLAIM, quantity="injured"), "quantity"),
        (replace(CLAIM, among="minors"), "among"),
        (replace(CLAIM, low=14, high=14), "low"),
        (replace(CLAIM, low=14, high=None, bound="at_least"), "low"),
        (replace(CLAIM, low=None, high=12, bound="at_most"), "low"),
        (COOK, "record"),
    ],
)
def test_of_two_counts_it_is_told_in_what_they_differ(other: object, field: str) -> None:
    assert {apart(each) for each in permutations([CLAIM, other, CLAIM])} == {field}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"place": "Eriador"},
        {"as_of": "2031-05-04T22:00+01:00"},
        {"low": 12, "high": None, "bound": "at_least"},
        {"low": 10, "high": 20, "bound": "range"},
        {"low": 15, "high": 15, "bound": "about", "hedge": "nearly"},
        {"low": 24, "high": None, "bound": "vague", "hedge": "dozens"},
        {"low": None, "high": None},
    ],
)
def test_one_count_told_in_two_ways_is_one(more: dict[str, object]) -> None:
    assert apart([CLAIM, replace(CLAIM, id="c2", **more)]) == ""  # type: ignore[arg-type]


def test_people_are_merged_whatever_they_are_called() -> None:
    assert apart([COOK, replace(COOK, id="m2", role=None, name="Barliman Butterbur")]) == ""
