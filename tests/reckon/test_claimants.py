"""Whose word is taken: sides, and any chosen set of claimants."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from atleast.model import Claim, People, Report
from atleast.reckon import Key, Tally, as_plain, say

from .invented import DAY, NEXT, at_least, claim, found, reckoned
from .test_bounds import bound
from .test_properties import REPORTS, heaps

HEAP = [
    at_least(271, by="The Monitor", id="m"),
    claim(136, by="Interior Ministry", at=NEXT, id="i"),
    at_least(200, "Strelsau", by="The Herald", kind="media", id="h"),
]


def test_each_interval_says_whose_figures_prove_it() -> None:
    result = reckoned(*HEAP)

    assert bound(result).claimants == ("Interior Ministry", "The Monitor")
    assert bound(result, side="independent").claimants == ("The Monitor",)
    assert "Claimants: Interior Ministry, The Monitor" in say(result.cells[0])
    assert as_plain(result)["cells"][0]["joint"]["claimants"] == ["Interior Ministry", "The Monitor"]


@pytest.mark.parametrize("name", ["The Herald", "the herald", " The  Herald "])
def test_one_claimant_can_be_reckoned_alone(name: str) -> None:
    result = reckoned(*HEAP, only=[name])

    assert result.only == ("The Herald",)
    assert bound(result, "Strelsau").people == People(200, None)
    assert result.cell("detained", "Ruritania") is None
    assert {a.claim: a.reason.key for a in result.set_aside} == {"m": "aside.not_chosen", "i": "aside.not_chosen"}


def test_several_claimants_can_be_chosen_and_one_left_out() -> None:
    both = reckoned(*HEAP, only=["The Monitor", "The Herald"])

    assert bound(both).people == bound(reckoned(*HEAP, excluding=["Interior Ministry"])).people == People(271, None)
    assert found(both) == []


def test_a_side_can_be_chosen_by_its_name() -> None:
    assert bound(reckoned(*HEAP, only=["authority"])).people == People(136, 136)
    assert bound(reckoned(*HEAP, excluding=["authority"])).people == People(271, None)


def test_a_claimant_who_does_not_speak_is_answered_with_near_names() -> None:
    with pytest.raises(ValueError, match=r"no claimant is called 'monitor' in these reports\. Near are: The Monitor"):
        reckoned(*HEAP, only=["monitor"])
    with pytest.raises(ValueError, match=r"Near are: Interior Ministry"):
        reckoned(*HEAP, excluding=["Interier Ministry"])


def test_a_claimant_who_had_not_spoken_by_then_is_known_all_the_same() -> None:
    result = reckoned(*HEAP, only=["Interior Ministry"], at=datetime(2031, 5, 1, 10, tzinfo=UTC))

    assert result.cells == ()


def test_a_relay_is_known_for_one_even_when_its_source_alone_is_asked_for() -> None:
    echo = claim(271, by=None, report="echo", id="e", bound="at_least")
    result = reckoned(*HEAP, echo, only=["The Monitor"])

    assert {a.claim for a in result.set_aside} == {"i", "h"}
    assert bound(result).claimants == ("The Monitor",)


@given(heaps(), st.sampled_from(["The Monitor", "City Police", "Interior Ministry", "The Herald", "authority"]))
def test_leaving_a_claimant_out_never_raises_a_lower_bound(heap: list[Claim], name: str) -> None:
    everybody = reckoned(*heap, reports=REPORTS)
    if name != "authority" and name not in {c.claimant for c in heap}:
        return
    fewer = reckoned(*heap, reports=REPORTS, excluding=[name])

    for cell in fewer.cells:
        all_of_it = everybody.cell(*cell.key[:2], among=cell.key.among, of=cell.key.of)
        assert all_of_it is not None
        if cell.key.quantity != "still_held":  # a stock is shown at another moment then
            assert (cell.joint.people.low or 0) <= (all_of_it.joint.people.low or 0)


@given(heaps())
def test_a_relay_that_tells_no_time_changes_no_bound(heap: list[Claim]) -> None:
    """Of a statement whose hour is known, or that was made after the event."""
    relays = [replace(c, id=f"{c.id}-relay", report="relay", as_of=None) for c in heap if c.claimant and c.as_of not in (None, DAY)]
    told = reckoned(*heap, reports=REPORTS)
    assume(len(told.events) == 1)  # how often a thing is told may decide which event the heap is about
    assume(all(left.reason.key != "aside.relay_error" for left in told.set_aside))  # a second relay clears a suspect
    echo = Report(id="relay", publisher="The Echo", published="2031-05-03")
    relayed = reckoned(*heap, *relays, reports=(*REPORTS, echo))

    assert intervals(relayed) == intervals(told)


def intervals(result: Tally) -> dict[Key, tuple[People, People, People]]:
    return {c.key: (c.independent.people, c.authority.people, c.joint.people) for c in result.cells}


def test_a_relay_of_a_crowds_size_at_one_hour_is_not_its_size_over_the_day() -> None:
    hour = claim(300, quantity="participants", at="2031-05-01T14:00Z", id="c")
    relay = replace(hour, id="relay", report="relay", as_of=None)
    result = reckoned(hour, relay, reports=(Report(id="relay", publisher="The Echo", published=NEXT),))

    assert bound(result, quantity="participants").people == People(300, None)


@given(heaps(), st.sampled_from(["The Monitor", "City Police", "Interior Ministry", "The Herald"]))
def test_leaving_a_claimant_out_never_lowers_an_upper_bound_of_the_same_moment(heap: list[Claim], name: str) -> None:
    heap = [replace(c, as_of=f"{NEXT}T12:00Z") for c in heap]
    whole = reckoned(*heap, reports=REPORTS)
    crossed = [c.key for c in whole.cells if c.joint.people.high is not None and (c.joint.people.low or 0) > c.joint.people.high]
    assume(not (whole.contradictions or crossed))  # nothing is subtracted from a contradictory whole, until one side is left out
    assume(name in {c.claimant for c in heap})
    for cell in reckoned(*heap, reports=REPORTS, excluding=[name]).cells:
        before = whole.cell(*cell.key[:2], among=cell.key.among, of=cell.key.of)
        assert before is not None
        for now, then in ((cell.joint, before.joint), (cell.independent, before.independent), (cell.authority, before.authority)):
            if now.people.high is not None:
                assert then.people.high is not None
                assert then.people.high <= now.people.high
