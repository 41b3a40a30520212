"""Dutch: what the youngest word lists read, in sentences of invented events."""

import pytest

from atleast import read


def given(text: str) -> list[str]:
    return list(read.trial(text, "nl").claims)


@pytest.mark.parametrize(
    "text",
    [
        "De politie hield in Utrecht drie betogers aan.",
        "De politie hield in Utrecht drie betogers aan wegens vernieling.",
        "In Utrecht pakte de politie op het plein drie betogers op na rellen.",
        "In Utrecht, waar de politie drie betogers aanhield, bleef het rustig.",
    ],
)
def test_the_second_half_of_a_split_verb_ends_its_clause_or_stands_before_a_preposition(text: str) -> None:
    assert given(text) == ["detained 3 in Utrecht, Netherlands"]


def test_police_among_the_injured_are_counted_when_the_verb_stands_behind_them() -> None:
    assert given("Vijftien mensen, onder wie drie agenten, raakten in Brussel gewond.") == [
        "injured 15 in Brussels, Belgium",
        "injured 3 among police in Brussels, Belgium",
    ]


def test_police_who_stand_by_are_not_among_the_detained() -> None:
    assert given("Vijftien mensen, onder wie drie agenten, werden in Brussel aangehouden.") == [
        "detained 15 in Brussels, Belgium"
    ]


def test_cars_with_an_apostrophe_are_nobody() -> None:
    assert given("In Gent zitten twee mensen vast. Er werden 12 auto's in brand gestoken.") == [
        "still_held 2 in Gent, Belgium"
    ]
