"""Nights that are made up whole: nothing true is called false, and every bound encloses what really happened."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from atleast.reckon import curve, say

from .nights import SMALL, encloses, night, reckon, strays, unseen

SEEDS = st.integers(0, 9_999)


@given(SEEDS)
@example(156)  # a number that stood for as many hours as the zone is from Greenwich
@settings(max_examples=25)
def test_where_everybody_tells_the_truth_nothing_is_proved_false(seed: int) -> None:
    told = night(seed, SMALL)
    flagged = [clash for clash in reckon(told).contradictions if clash.kind != "tension"]

    assert [say(clash) for clash in flagged] == []


@given(SEEDS, st.sampled_from([None, 15, 17, 19, 21.5, 23.5]), st.booleans())
@example(6, 19, True)  # a ceiling that a row has from its country was shown for no time
@example(10, 21.5, False)  # the capital had as many as at five, the country as many as at eight
@example(4, 23.5, False)
@settings(max_examples=25)
def test_every_bound_encloses_the_truth(seed: int, hour: float | None, hindsight: bool) -> None:
    told = night(seed, SMALL)
    result = reckon(told, at=told.world.when(hour) if hour else None, hindsight=hindsight)

    assert list(strays(result, told.world)) == []


@given(SEEDS, st.data())
@settings(max_examples=25)
def test_every_curve_encloses_the_truth(seed: int, data: st.DataObject) -> None:
    told = night(seed, SMALL)
    world, place = told.world, data.draw(st.sampled_from(sorted({c.place or "" for c in told.claims if "(" not in (c.place or "")})))
    drawn = curve(told.claims, told.reports, places=world, zone=world.start.tzinfo, place=place)

    for when in (world.when(half / 2) for half in range(26, 80)):
        truth = world.count("detained", place, when)
        for track in (drawn.joint, drawn.independent, drawn.authority):
            assert encloses(track.at(when), truth, truth), (track.name, when)


@given(SEEDS)
@example(194)  # what the police had counted at some hour was printed hours later, and lawyers had counted more by then
@settings(max_examples=25)
def test_where_nobody_kept_what_was_passed_on_no_figure_is_proved_false_and_no_bound_is_wrong(seed: int) -> None:
    told = unseen(night(seed, SMALL))
    result = reckon(told)

    assert [say(clash) for clash in result.contradictions if clash.kind in ("proof", "dispute", "text")] == []
    assert list(strays(result, told.world)) == []
