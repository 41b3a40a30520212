"""Where: the tree of places of a case, and places with a remark."""

import pytest

from atleast.reckon.places import Atlas, where

from .invented import Tree


@pytest.mark.parametrize(
    "text, reading, apart",
    [
        ("Ruritania", "whole", ()),
        ("Ruritania (outside Strelsau)", "outside", ("Strelsau",)),
        ("Ruritania (outside Strelsau and Zenda)", "outside", ("Strelsau", "Zenda")),
        ("Ruritania (except Strelsau, Zenda)", "outside", ("Strelsau", "Zenda")),
        ("Ruritania (any region not in the list)", "others", ()),
        ("Ruritania (every other region)", "others", ()),
        ("Ruritania (other regions)", "others", ()),
        ("Ruritania (some cities)", "unclear", ()),
        ("Ruritania (regions)", "unclear", ()),
        ("Ruritania (each city)", "unclear", ()),
        ("Ruritania (", "unclear", ()),
    ],
)
def test_what_a_place_text_means(text: str, reading: str, apart: tuple[str, ...]) -> None:
    assert (where(text).reading, where(text).apart) == (reading, apart)


def test_a_known_place_lies_where_the_tree_says_and_another_where_its_commas_say() -> None:
    atlas = Atlas(Tree())

    assert atlas.path("Zenda, Ruritania") == ("Zenda, Ruritania", "Zenda Province, Ruritania", "Ruritania")
    assert atlas.path("Station 7, Zenda, Ruritania")[1:] == atlas.path("Zenda, Ruritania")
    assert Atlas(None).path("Zenda, Ruritania") == ("Zenda, Ruritania", "Ruritania")


def test_a_part_is_found_under_the_name_that_the_tree_knows() -> None:
    atlas = Atlas(Tree())

    assert atlas.named("Zenda", "Ruritania") == "Zenda, Ruritania"
    assert atlas.named("Zenda", "Zenda Province, Ruritania") == "Zenda, Ruritania"
    assert atlas.named("Nowhere", "Ruritania") == "Nowhere, Ruritania"


def test_a_district_that_the_tree_knows_by_its_region_lies_in_the_city_it_is_written_with() -> None:
    old_town = "Old Town, Zenda, Ruritania"
    atlas = Atlas(Tree({**Tree().parents, old_town: "Zenda Province, Ruritania"}))

    assert atlas.path(old_town) == (old_town, *atlas.path("Zenda, Ruritania"))
