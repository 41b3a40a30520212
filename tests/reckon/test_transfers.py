"""People moved to another place of custody: they are not held where they were, and need not have been detained where they are."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.model import Claim, People
from atleast.reckon import as_plain, say

from .invented import NEXT, Tree, at_least, claim, found, reckoned
from .test_bounds import bound
from .test_standing import at_once, standing

EIGHT, NINE = "2031-05-01T20:00Z", "2031-05-01T21:00Z"


def moved(number: int, way: str, place: str = "Zenda", **more: object) -> Claim:
    """So many transferred "out" of a place, or "in", or nobody tells where from and where to."""
    return at_least(number, place, quantity="other", of=f"transferred {way}".strip(), **{"at": EIGHT, **more})


def test_still_held_are_the_detained_without_those_released_and_those_moved_out() -> None:
    result = reckoned(
        claim(38, "Zenda", at=NEXT), at_least(20, "Zenda", quantity="released", at=EIGHT), moved(5, "out"),
        claim((None, 30), "Zenda", quantity="still_held", at=NINE),
    )  # fmt: skip

    held = bound(result, "Zenda", "still_held")
    assert held.people == People(0, 13)
    assert held.high is not None and [(t.value, int(t.times)) for t in held.high.terms] == [(38, 1), (20, -1), (5, -1)]
    assert held.high.rules == ("among_detained", "released_not_held")


def test_those_moved_out_come_on_top_of_those_released_and_those_held() -> None:
    told = [at_least(20, "Zenda", quantity="released", at=EIGHT), moved(5, "out"), at_least(9, "Zenda", quantity="still_held", at=NINE)]

    assert bound(reckoned(*told, at_least(1, "Zenda")), "Zenda").people == People(34, None)
    assert found(reckoned(*told, claim(33, "Zenda", at=NEXT, by="City Police"))) == [([20, 9, 5], [33])]
    assert found(reckoned(*told, claim(34, "Zenda", at=NEXT, by="City Police"))) == []


def test_who_was_moved_within_a_country_is_still_held_in_it() -> None:
    told = [moved(5, "out"), at_least(9, quantity="still_held", at=NINE), at_least(1)]

    assert bound(reckoned(*told)).people == People(9, None)


def test_who_is_held_where_people_were_brought_need_not_have_been_detained_there() -> None:
    held = [at_least(30, "Zenda", quantity="still_held", at=NINE), claim(20, "Zenda", at=NEXT, by="City Police"), at_least(1)]
    brought = reckoned(*held, moved(12, "in"))

    assert found(reckoned(*held)) == [([30], [20])]
    assert found(brought) == []
    assert bound(brought).people == People(30, None)  # wherever in the country that was
    assert bound(brought, "Zenda").people == People(20, 20)


def test_who_was_brought_to_a_place_was_detained_in_its_country() -> None:
    result = reckoned(moved(12, "in"), moved(7, "in", "Hofbau"), moved(9, "", "Strelsau"), at_least(1), at_least(1, "Strelsau"))

    assert bound(result).people == People(12, None)  # those brought to one town may be those brought to the other
    assert bound(result, "Strelsau").people == People(1, None)  # nobody tells where those were detained


def test_towns_are_named_for_detentions_where_nobody_was_brought_only() -> None:
    tree = Tree({"Zenda, Ruritania": "Ruritania", "Hofbau, Ruritania": "Ruritania"})
    told = [claim((0, None), quantity="cities", of="detentions"), at_least(3, "Zenda", quantity="still_held"), at_least(2, "Hofbau")]

    assert bound(reckoned(*told, places=tree), quantity="cities", of="detentions").people.low == 2
    assert bound(reckoned(*told, moved(3, "in"), places=tree), quantity="cities", of="detentions").people.low == 1


@pytest.mark.parametrize("way", ["", "out", "in"])
def test_transfers_one_by_one_are_as_all_at_once(way: str) -> None:
    told = [moved(5, way), at_least(9, "Zenda", quantity="still_held", at=NINE), at_least(20, "Zenda", quantity="released", at=EIGHT), claim(33, "Zenda", at=NEXT)]
    known = standing([])
    for one in (*told[1:], told[0]):
        known.add(one)

    assert as_plain(known.tally()) == at_once(told)
    known.drop(told[0])
    assert as_plain(known.tally()) == at_once(told[1:])


@pytest.mark.parametrize("language, told", [("en", "moved out to another place of custody"), ("ru", "увезены в другое место содержания")])
def test_transfers_are_said(language: str, told: str) -> None:
    cell = reckoned(moved(5, "out"), at_least(9)).cell("moved_out", "Zenda, Ruritania")

    assert cell is not None and told in say(cell, language)


FATES = ("detained", "released", "still_held", "moved_out")
ENDS = st.tuples(st.none() | st.integers(0, 3), st.none() | st.integers(0, 3)).filter(
    lambda pair: pair != (None, None) and (None in pair or pair[0] <= pair[1])  # type: ignore[operator]
)


@given(st.lists(st.tuples(st.sampled_from(FATES), ENDS), min_size=1, max_size=5))
def test_with_people_moved_out_no_bound_is_wrong_and_no_lower_one_loose(said: list[tuple[str, tuple[int | None, int | None]]]) -> None:
    worlds = [dict(zip(FATES, (n, *fate), strict=True)) for n in range(10) for fate in product(range(4), repeat=3) if sum(fate) <= n]
    possible = [w for w in worlds if all((low or 0) <= w[what] and (high is None or w[what] <= high) for what, (low, high) in said)]
    spoken = [
        claim(ends, "Zenda", by=f"Speaker {n}", report=f"r{n}", at="2031-05-02T12:00Z", **({"quantity": "other", "of": "transferred out"} if what == "moved_out" else {"quantity": what}))
        for n, (what, ends) in enumerate(said)
    ]  # fmt: skip
    result = reckoned(*spoken, at_least(0, "Zenda"))

    assert bool(found(result, "proof", "dispute", "text")) is not bool(possible)
    for what in {what for what, _ in said} if possible else ():
        people = bound(result, "Zenda", what).people
        assert (people.low or 0) == min(w[what] for w in possible)
        assert people.high is None or people.high >= max(w[what] for w in possible)
