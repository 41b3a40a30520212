"""Sizes of a crowd: at one hour it has one, over the day it comes and goes."""

from atleast.model import Claim
from atleast.reckon import say

from .invented import claim, found, reckoned, report

SIX, SEVEN = "2031-05-01T18:00Z", "2031-05-01T19:00Z"
POLICE = "Strelsau Police"


def crowd(number: int, by: str | None = POLICE, at: str = SIX, **more: object) -> Claim:
    return claim(number, "Strelsau", quantity="participants", by=by, at=at, **more)


def test_two_sizes_of_a_crowd_at_one_hour_are_told() -> None:
    result = reckoned(crowd(36_000), crowd(140_000, "The Counters"))
    (clash,) = result.contradictions

    assert (clash.kind, found(result)) == ("dispute", [([140_000], [36_000])])
    assert clash.rules == ()
    assert "140000 > 36000" in say(clash)


def test_about_so_many_at_one_hour_is_a_tension() -> None:
    about = crowd(140_000, "The Counters", bound="about", hedge="about")

    assert [(c.kind, c.assumes) for c in reckoned(crowd(36_000), about).contradictions] == [("tension", ("about",))]
    assert reckoned(crowd(120_000), about).contradictions == ()
    assert reckoned(crowd(36_000), about, without={"about"}).contradictions == ()


def test_a_crowd_of_another_hour_or_a_part_of_it_or_an_outlets_own_is_no_quarrel() -> None:
    many = crowd(140_000, "The Counters")

    assert reckoned(crowd(36_000, at=SEVEN), many).contradictions == ()
    assert reckoned(crowd(36_000, note="partial, one square only"), many).contradictions == ()
    assert reckoned(crowd(36_000, None, report="a"), many, reports=(report("a"),)).contradictions == ()
