"""One more claim: what is known then is what would be known if everything had been reckoned at once."""

from hypothesis import given, settings
from hypothesis import strategies as st

from atleast.model import Claim
from atleast.reckon import Standing, as_plain, tally
from atleast.reckon.heap import Asked

from .invented import NEXT, Tree, claim, report
from .test_properties import heaps

REPORTS = [report("r"), report("s", publisher="A Paper"), report("t", publisher="The Monitor")]


def standing(claims: list[Claim]) -> Standing:
    return Standing(claims, REPORTS, Asked(places=Tree()))


def at_once(claims: list[Claim]) -> object:
    return as_plain(tally(claims, REPORTS, places=Tree()))


@settings(max_examples=150)
@given(heaps(), st.randoms())
def test_claims_one_by_one_are_the_heap_at_once(heap: list[Claim], chance: object) -> None:
    chance.shuffle(heap)  # type: ignore[attr-defined]
    known = standing([])

    for one in heap:
        known.add(one)
        known.tally()

    assert as_plain(known.tally()) == at_once(heap)


@settings(max_examples=150)
@given(heaps(), st.data())
def test_a_claim_that_was_dropped_leaves_nothing_behind(heap: list[Claim], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(heap))
    known = standing(heap)
    assert as_plain(known.tally()) == at_once(heap)

    known.drop(gone)

    assert as_plain(known.tally()) == at_once([c for c in heap if c != gone])
    known.add(gone)
    assert as_plain(known.tally()) == at_once(heap)


def test_a_claim_tells_which_rows_it_bore_on() -> None:
    known = standing([claim(30), claim(7, "Hofbau, Ruritania"), claim(5, "Strelsau, Ruritania")])

    touched = known.add(claim(9, "Zenda, Ruritania", id="one-more"))

    assert [key.place for key in touched.keys] == ["Ruritania", "Zenda, Ruritania"]
    assert not touched.anew


def test_a_claim_that_moves_the_case_to_another_event_has_all_reckoned_anew() -> None:
    known = standing([claim(30)])
    known.add(claim(12, "Zenda, Ruritania", day=NEXT))

    touched = known.add(claim(14, "Zenda, Ruritania", day=NEXT))

    assert touched.anew
    assert known.tally().day == NEXT
