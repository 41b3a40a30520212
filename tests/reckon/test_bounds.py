"""What figures prove of a count, row by row and side by side."""

import pytest

from atleast.model import People
from atleast.reckon import Bound, Tally

from .invented import NEXT, at_least, at_most, claim, found, reckoned


def bound(result: Tally, place: str = "Ruritania", quantity: str = "detained", side: str = "joint", **row: str) -> Bound:
    full = place if place.startswith("Ruritania") else f"{place}, Ruritania"
    cell = result.cell(quantity, full, **row)
    assert cell is not None
    found: Bound = getattr(cell, side)
    return found


def test_a_whole_is_at_least_the_sum_of_its_parts() -> None:
    result = reckoned(at_least(5, "Zenda"), at_least(7, "Tarlenheim"), at_least(1))

    assert bound(result).people == People(12, None)
    assert bound(result).low.total == 12  # type: ignore[union-attr]
    assert bound(result).low.rules == ("parts",)  # type: ignore[union-attr]


def test_a_region_holds_what_its_towns_hold_and_the_country_what_its_regions_do() -> None:
    result = reckoned(at_least(5, "Zenda"), at_least(3, "Hofbau"), at_least(6, "Zenda Province"), at_least(4, "Strelsau"))

    assert bound(result, "Zenda Province").people == People(8, None)
    assert reckoned(at_least(5, "Zenda"), at_least(4, "Strelsau"), at_least(1)).cell("detained", "Ruritania").joint.people.low == 9  # type: ignore[union-attr]


def test_a_part_is_at_most_what_the_other_parts_leave_of_the_whole() -> None:
    result = reckoned(claim(20, at=NEXT), at_least(5, "Zenda"), at_least(12, "Strelsau"))

    assert bound(result, "Zenda").people == People(5, 8)
    assert [(t.value, int(t.times)) for t in bound(result, "Zenda").high.terms] == [(20, 1), (12, -1)]  # type: ignore[union-attr]


def test_the_sides_are_kept_apart_and_joined() -> None:
    result = reckoned(at_least(271), claim(136, by="Interior Ministry", at=NEXT))
    cell = result.cell("detained", "Ruritania")

    assert cell is not None
    assert cell.independent.people == People(271, None)
    assert cell.authority.people == People(136, 136)
    assert cell.joint.people == People(271, 136)
    assert cell.joint.people.contradictory


def test_an_outlet_that_speaks_for_itself_is_independent() -> None:
    assert bound(reckoned(at_least(9, by=None)), side="independent").people == People(9, None)


def test_a_vague_word_proves_nothing_but_is_shown_at_least_as_its_table_says() -> None:
    found = bound(reckoned(claim((24, None), bound="vague", hedge="dozens")))

    assert (found.people, found.roughly) == (People(), People(24, None))


def test_about_proves_nothing_but_is_shown_within_its_tolerance() -> None:
    result = bound(reckoned(claim(40, bound="about", hedge="about")))

    assert not result.people.known
    assert result.roughly == People(32, 48)


def test_nearly_is_no_more_than_its_number() -> None:
    assert bound(reckoned(claim(100, bound="about", hedge="nearly"))).roughly == People(80, 100)


@pytest.mark.parametrize("note", ["named subset", "a lower bound for the city", "during the rally only"])
def test_a_partial_count_bounds_from_below_only(note: str) -> None:
    assert bound(reckoned(claim(3, at=NEXT, note=note))).people == People(3, None)


def test_a_count_over_some_cases_is_part_of_the_count_over_all() -> None:
    result = reckoned(claim(8, of="on the roadway", at=NEXT), at_least(2))

    assert bound(result).people == People(8, None)
    assert bound(result, of="on the roadway").people == People(8, 8)


def test_minors_are_among_all() -> None:
    result = reckoned(at_least(9, "Zenda", among="minors"), at_least(2, "Zenda"), at_most(20, "Zenda", at=NEXT))

    assert bound(result, "Zenda").people == People(9, 20)
    assert bound(result, "Zenda", among="minors").people == People(9, 20)


@pytest.mark.parametrize("quantity", ["released", "still_held", "charged", "to_court", "fined", "jailed"])
def test_what_befalls_the_detained_befalls_people_who_were_detained(quantity: str) -> None:
    assert bound(reckoned(at_least(6, quantity=quantity), at_least(1))).people == People(6, None)


@pytest.mark.parametrize("quantity", ["charges", "injured", "participants", "killed"])
def test_papers_crowds_and_the_hurt_say_nothing_of_the_detained(quantity: str) -> None:
    assert bound(reckoned(at_least(6, quantity=quantity), at_least(1))).people == People(1, None)


def test_released_and_held_at_one_moment_are_different_people() -> None:
    result = reckoned(
        claim(20, quantity="released", at="2031-05-01T20:10Z"), claim(5, quantity="still_held", at="2031-05-01T20:30Z"), at_least(3)
    )

    assert bound(result).people == People(25, None)
    assert "released_not_held" in bound(result).low.rules  # type: ignore[union-attr]


def test_at_most_those_are_held_who_were_detained_and_not_released_by_then() -> None:
    result = reckoned(
        claim(38, at=NEXT),
        claim(20, quantity="released", at="2031-05-01T20:10Z"),
        at_least(1, quantity="still_held", at="2031-05-01T20:30Z"),
    )
    held = bound(result, quantity="still_held")

    assert held.people == People(1, 18)
    assert [(t.value, int(t.times)) for t in held.high.terms] == [(38, 1), (20, -1)]  # type: ignore[union-attr]
    assert "released_not_held" in held.high.rules  # type: ignore[union-attr]


@pytest.mark.parametrize("released", ["2031-05-01T20:40Z", "2031-05-01"])
def test_who_may_have_been_released_after_the_count_of_the_held_may_be_in_it(released: str) -> None:
    claims = [claim(38, at=NEXT), claim(20, quantity="released", at=released), at_least(1, quantity="still_held", at="2031-05-01T20:30Z")]

    assert bound(reckoned(*claims), quantity="still_held").people == People(1, 38)


def test_with_the_rule_off_the_released_are_not_taken_from_the_held() -> None:
    claims = [claim(38, at=NEXT), claim(20, quantity="released", at="2031-05-01T20:10Z"), at_least(1, quantity="still_held", at="2031-05-01T20:30Z")]

    assert bound(reckoned(*claims, without={"released_not_held"}), quantity="still_held").people == People(1, 38)


def test_those_released_in_one_town_and_those_held_in_another_are_different_people() -> None:
    freed, held = "2031-05-01T20:10Z", "2031-05-01T20:30Z"
    result = reckoned(
        claim(20, "Zenda", quantity="released", at=freed),
        claim(6, "Strelsau", quantity="released", at=freed),
        claim(18, "Hofbau", quantity="still_held", at=held),
        claim(30, quantity="still_held", at=held),
        at_least(3),
        at_least(3, "Zenda Province"),
    )
    low = bound(result).low

    assert low is not None
    assert ([t.value for t in low.terms], low.rules) == ([30, 20, 6], ("parts", "released_not_held"))
    assert bound(result, "Zenda Province").people.low == 38


def test_who_was_released_in_any_town_is_not_held_anywhere_in_the_country() -> None:
    result = reckoned(
        claim(50, at=NEXT),
        claim(20, "Zenda", quantity="released", at="2031-05-01T20:10Z"),
        claim(6, "Strelsau", quantity="released", at="2031-05-01T20:20Z"),
        claim(9, "Tarlenheim", quantity="released", at="2031-05-01T20:40Z"),
        at_least(1, quantity="still_held", at="2031-05-01T20:30Z"),
    )
    held = bound(result, quantity="still_held")

    assert held.people == People(1, 24)
    assert [(t.value, int(t.times)) for t in held.high.terms] == [(50, 1), (20, -1), (6, -1)]  # type: ignore[union-attr]
    assert held.high.rules == ("among_detained", "parts", "released_not_held")  # type: ignore[union-attr]


def test_people_released_after_the_count_of_the_held_may_be_the_same() -> None:
    result = reckoned(
        claim(5, quantity="still_held", at="2031-05-01T20:10Z"), claim(20, quantity="released", at="2031-05-01T20:30Z"), at_least(3)
    )

    assert bound(result).people == People(20, None)


def test_in_each_city_with_detentions_somebody_was_detained() -> None:
    result = reckoned(claim(26, quantity="cities", of="detentions", at=NEXT), at_least(3))

    assert bound(result).people == People(26, None)
    assert bound(reckoned(claim(26, quantity="cities", of="rallies_held"), at_least(3))).people == People(3, None)


def test_the_largest_numbers_cap_every_region_not_named() -> None:
    result = reckoned(
        claim(12, "Zenda Province", by="Interior Ministry", report="m", at=NEXT),
        at_most(7, "Ruritania (any region not in the list)", by="Interior Ministry", report="m", at=NEXT),
        at_least(2, "Tarlenheim"),
    )

    assert bound(result, "Marsh Province", side="authority").people == People(0, 7)
    assert bound(result, "Tarlenheim").people == People(2, 7)
    assert bound(result, "Zenda Province").people == People(12, 12)


def test_a_place_and_what_lies_outside_it_make_up_the_whole() -> None:
    result = reckoned(
        claim(30, "Strelsau", at=NEXT), claim(50, "Ruritania (outside Strelsau)", at=NEXT), at_least(10)
    )  # fmt: skip

    assert bound(result).people == People(80, 80)


def test_what_lies_outside_follows_from_the_whole_and_the_part() -> None:
    result = reckoned(claim(30, "Strelsau", at=NEXT), claim(80, at=NEXT), at_least(1, "Ruritania (outside Strelsau)"))

    assert bound(result, "Ruritania (outside Strelsau)").people == People(50, 50)


def test_from_a_later_total_an_earlier_number_of_a_part_takes_nothing() -> None:
    five, eight = "2031-05-01T17:00Z", "2031-05-01T20:00Z"
    apart = at_least(16, "Ruritania (outside Strelsau)", at=five)
    grown = reckoned(claim(1, "Strelsau", at=five), claim(40, at=eight), apart)
    at_once = reckoned(claim(1, "Strelsau", at=eight), claim(40, at=eight), apart)

    assert bound(grown, "Ruritania (outside Strelsau)").people == People(16, 39)
    assert bound(at_once, "Ruritania (outside Strelsau)").people == People(39, 39)
    told = bound(at_once, "Ruritania (outside Strelsau)").moment
    assert told is not None and told.shown == eight


def test_a_ceiling_that_comes_from_the_whole_is_of_the_moment_at_which_the_whole_was_counted() -> None:
    result = reckoned(claim(40, by="City Police", at="2031-05-01T20:00Z"), at_least(3, "Zenda", at="2031-05-01T19:00Z"))
    cell = result.cell("detained", "Zenda, Ruritania")

    assert cell is not None and cell.authority.people == People(0, 40)
    assert cell.authority.moment is not None and cell.authority.moment.shown == "2031-05-01T20:00Z"


def test_towns_elsewhere_lie_outside() -> None:
    result = reckoned(at_least(4, "Zenda"), at_least(3, "Tarlenheim"), at_least(1, "Ruritania (outside Strelsau)"))

    assert bound(result, "Ruritania (outside Strelsau)").people == People(7, None)


def test_outside_a_town_the_rest_of_its_province_counts() -> None:
    result = reckoned(at_least(4, "Hofbau"), at_least(9, "Zenda"), at_least(1, "Ruritania (outside Zenda)"))

    assert bound(result, "Ruritania (outside Zenda)").people == People(4, None)


def test_a_place_nobody_knows_lies_in_what_its_commas_say() -> None:
    result = reckoned(at_least(4, "Station 7, Strelsau, Ruritania"), at_least(1, "Strelsau"), at_least(2))

    assert bound(result, "Strelsau").people == People(4, None)
    assert bound(result).people == People(4, None)


def test_nothing_is_subtracted_from_a_whole_that_is_contradictory() -> None:
    result = reckoned(claim(10, at=NEXT), claim(9, "Zenda"), claim(8, "Strelsau"), at_least(1, "Tarlenheim"))

    assert bound(result).people == People(18, 10)
    assert bound(result, "Tarlenheim").people.high == 10


@pytest.mark.parametrize(
    "rule, claims",
    [
        ("parts", [at_least(5, "Zenda"), at_least(7, "Tarlenheim"), at_least(1)]),
        ("among", [at_least(5, among="minors"), at_least(1)]),
        ("scope", [at_least(5, of="on the roadway"), at_least(1)]),
        ("among_detained", [at_least(5, quantity="jailed"), at_least(1)]),
        ("city_has_one", [at_least(5, quantity="cities", of="detentions"), at_least(1)]),
        ("outside", [claim(5, "Ruritania (outside Strelsau)"), at_least(1)]),
    ],
)  # fmt: skip
def test_a_rule_that_is_switched_off_proves_nothing(rule: str, claims: list) -> None:  # type: ignore[type-arg]
    with_it, without = bound(reckoned(*claims)), bound(reckoned(*claims, without={rule}))

    assert with_it.people.low > without.people.low == 1  # type: ignore[operator]


def test_a_rule_of_that_name_does_not_exist() -> None:
    with pytest.raises(ValueError, match=r"no rule of reckoning is called gravity\. Known are parts"):
        reckoned(without={"gravity"})


def test_of_two_proofs_of_one_bound_the_one_with_fewer_claims_is_told() -> None:
    towns = [claim(n, place) for n, place in ((3, "Zenda"), (4, "Tarlenheim"), (5, "Strelsau"))]
    proof = bound(reckoned(*towns, claim(7, "Ruritania (outside Strelsau)"), at_least(1))).low

    assert proof is not None and sorted(t.value for t in proof.terms) == [5, 7]


def test_a_sum_of_towns_needs_no_word_of_what_lies_outside_the_capital() -> None:
    towns = [claim(n, place, by="City Police") for n, place in ((3, "Zenda"), (5, "Strelsau"))]
    proof = bound(reckoned(*towns, claim(1, "Ruritania (outside Strelsau)"), at_least(1)), side="authority").low

    assert proof is not None and proof.rules == ("parts",)


@pytest.mark.parametrize("note", ["only on the roadway of one street", "the roadway only", "only those seen by one reporter"])
def test_a_partial_scope_bounds_from_below_only(note: str) -> None:
    result = reckoned(claim(11, "Strelsau", by="City Police", at=NEXT, note=note), at_least(18, "Strelsau"))

    assert found(result) == []
    assert bound(result, "Strelsau").people == People(18, None)
