"""When a figure holds, and what was known when."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from atleast.model import People, Report

from .invented import DAY, NEXT, at_least, claim, found, reckoned, report
from .test_bounds import bound


def test_a_count_that_grows_bounds_from_below_afterwards() -> None:
    result = reckoned(claim(38, at="2031-05-01T19:30Z"), at_least(2, "Zenda", at="2031-05-01T22:00Z"))

    assert bound(result).people == People(38, None)


def test_a_count_that_grows_bounds_from_above_before() -> None:
    result = reckoned(claim(5, by="City Police", at="2031-05-01T22:00Z"), at_least(9, at="2031-05-01T19:00Z"))

    assert found(result, "dispute") == [([9], [5])]
    assert "growing" in result.contradictions[0].rules


def test_growth_is_no_contradiction() -> None:
    result = reckoned(claim(5, by="Town Crier", at="2031-05-01T19:00Z"), at_least(9, at="2031-05-01T22:00Z"))

    assert found(result) == []


def test_a_count_made_after_the_event_is_full() -> None:
    claims = [claim(5, by="City Police", at=NEXT), at_least(9, at="2031-05-03")]

    assert found(reckoned(*claims), "dispute") == [([9], [5])]
    assert found(reckoned(*claims, without={"event_over"}), "dispute") == []


def test_a_day_is_not_sharpened_to_a_moment() -> None:
    result = reckoned(
        claim(5, by="Town Crier", report="a"), at_least(9, by="The Monitor", report="b"), reports=(report("a"), report("b"))
    )

    assert found(result, "dispute", "proof") == []


def test_figures_given_together_are_for_one_moment() -> None:
    together = [claim(50, by="City Police", report="a"), claim(30, "Zenda", by="City Police", report="a"), claim(25, "Strelsau", by="City Police", report="a")]
    result = reckoned(*together, reports=(report("a"),))

    assert found(result, "text") == [([30, 25], [50])]
    assert "said_together" in result.contradictions[0].rules


def test_without_any_times_claims_are_of_the_whole_event() -> None:
    assert found(reckoned(claim(5, by="City Police"), at_least(9)), "dispute") == [([9], [5])]


def test_a_claim_of_an_undated_report_among_dated_ones_is_of_no_known_moment() -> None:
    reports = (Report(id="a", publisher="a"), report("b"))
    result = reckoned(claim(5, by="Town Crier", report="a"), at_least(9, report="b"), reports=reports)

    assert found(result, "dispute", "proof") == []


def test_only_what_was_known_by_then() -> None:
    claims = [claim(5, at="2031-05-01T19:00Z"), claim(9, at="2031-05-01T21:00Z"), claim(30, by="City Police", at=NEXT)]
    at = datetime(2031, 5, 1, 20, tzinfo=UTC)
    result = reckoned(*claims, at=at)

    assert bound(result).people == People(5, 5)
    assert {a.reason.key for a in result.set_aside} == {"aside.later"}


def test_the_same_instant_in_two_zones_is_one_moment() -> None:
    result = reckoned(claim(40, by="City Police", at="2031-05-01T21:00+03:00"), at_least(50, at="2031-05-01T18:00Z"))

    assert found(result, "dispute") == [([50], [40])]


def test_dates_without_zone_are_in_the_zone_of_the_case() -> None:
    night = "2031-05-02T00:30+03:00"
    claims = [claim(5, by="City Police", at=night), at_least(9)]

    assert found(reckoned(*claims, zone=timezone(timedelta(hours=3))), "dispute") == [([9], [5])]
    assert found(reckoned(*claims, zone=UTC), "dispute") == []


def test_dates_without_year_are_of_one_year() -> None:
    result = reckoned(claim(136, by="Interior Ministry", at="--05-02", day="--05-01"), at_least(271, day="--05-01"))

    assert result.day == "--05-01"
    assert found(result, "dispute") == [([271], [136])]


def test_dates_without_year_take_the_year_of_the_case() -> None:
    result = reckoned(claim(136, by="Interior Ministry", at="--05-02", day="--05-01"), at_least(271), at_least(3, day=DAY))

    assert found(result, "dispute") == [([271], [136])]
    assert result.set_aside == ()


@pytest.mark.parametrize("day", ["2031-04-24", "2031-05-03", "2031"])
def test_claims_on_another_day_are_set_aside_and_shown(day: str) -> None:
    result = reckoned(at_least(5), at_least(6), at_least(90, day=day, id="other"))

    assert bound(result).people == People(6, None)
    assert [a.claim for a in result.set_aside] == ["other"]


def test_a_figure_for_a_longer_time_bounds_nothing() -> None:
    result = reckoned(at_least(5), at_least(6), claim(2, day="2031-05-01/2031-05-02", at=NEXT))

    assert bound(result).people == People(6, None)
    assert found(result) == []


def test_a_figure_for_one_day_of_a_longer_event_bounds_from_below() -> None:
    week = "2031-05-01/2031-05-07"
    result = reckoned(at_least(5, day=week), at_least(6, day=week), claim(9, day="2031-05-03", at="2031-05-20"))

    assert bound(result).people == People(9, None)


def test_people_held_the_morning_after_belong_to_the_event() -> None:
    result = reckoned(at_least(1), at_least(4, quantity="still_held", day=NEXT))

    assert bound(result).people == People(4, None)


def test_claims_marked_as_context_are_set_aside() -> None:
    result = reckoned(at_least(5), at_least(1000, day=None, note="earlier rallies of the year", id="other"))

    assert bound(result).people == People(5, None)
    assert [a.claim for a in result.set_aside] == ["other"]


def test_what_is_held_may_fall_without_contradiction() -> None:
    held = [claim(n, quantity="still_held", at=f"2031-05-01T{h}:00Z") for n, h in ((30, 18), (12, 20), (0, 23))]
    result = reckoned(*held, claim(30, at=NEXT))

    assert found(result) == []
    assert bound(result, quantity="still_held").people == People(0, 0)


def test_a_crowd_has_its_peak_and_may_shrink() -> None:
    crowd = [claim(n, quantity="participants", at=f"2031-05-01T{h}:00Z") for n, h in ((300, 14), (900, 16), (50, 22))]
    result = reckoned(*crowd)

    assert found(result) == []
    assert bound(result, quantity="participants").people == People(900, None)


def test_two_sizes_of_one_crowd_are_disputed() -> None:
    result = reckoned(
        claim(700, quantity="participants", by="City Police"), at_least(2000, quantity="participants", by="Marchers")
    )

    assert found(result, "dispute") == [([2000], [700])]
    assert result.contradictions[0].rules == ("crowd",)


def test_a_vague_size_of_a_crowd_is_a_tension_at_most() -> None:
    result = reckoned(
        claim(700, quantity="participants", by="City Police"),
        claim((2000, None), quantity="participants", bound="vague", by="Marchers"),
    )

    assert [(c.kind, c.assumes) for c in result.contradictions] == [("tension", ("about",))]


def test_a_count_over_months_is_set_aside_when_the_day_has_one() -> None:
    day = claim(271, by="Town Crier", day=DAY)
    months = claim(1800, by="Town Crier", day=f"2031-01-01/{NEXT}")
    result = reckoned(months, day)

    assert bound(result).people == People(271, 271)
    assert found(result) == []


# ── zones, and dates that cross midnight ──

OFFSETS = ["+03:00", "+05:30", "+05:45", "-03:30", "-09:30", "+14:00", "Z"]


@pytest.mark.parametrize("offset", OFFSETS)
def test_a_report_after_midnight_about_the_evening_before_counts_the_whole_evening(offset: str) -> None:
    zone = datetime.fromisoformat(f"2031-05-01T00:00{offset}").tzinfo
    night = report("night", published=f"2031-05-02T00:30{offset}")
    evening = report("evening", published=f"2031-05-01T23:30{offset}")
    claims = [claim(5, by="City Police", report="night"), at_least(9, report="evening")]
    result = reckoned(*claims, reports=(night, evening), zone=zone)

    assert result.day == DAY
    assert found(result, "dispute") == [([9], [5])]
    assert result.contradictions[0].rules == ("event_over",)


@pytest.mark.parametrize("offset", OFFSETS)
def test_an_hour_before_midnight_the_evening_is_not_over(offset: str) -> None:
    zone = datetime.fromisoformat(f"2031-05-01T00:00{offset}").tzinfo
    claims = [claim(5, by="Town Crier", at=f"2031-05-01T23:00{offset}"), at_least(9, at=f"2031-05-01T23:30{offset}")]

    assert found(reckoned(*claims, zone=zone)) == []


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "Asia/Kathmandu", "America/St_Johns", "Europe/Moscow", "Pacific/Chatham"])
def test_a_named_zone_reads_dates_and_times_that_carry_none(zone: str) -> None:
    claims = [claim(5, by="City Police", at="2031-05-02T00:30"), at_least(9, at="2031-05-01T23:30")]

    assert found(reckoned(*claims, zone=ZoneInfo(zone)), "dispute") == [([9], [5])]


@pytest.mark.parametrize("day, hour", [("2031-10-26", "2031-10-26T02:30+01:00"), ("2031-03-30", "2031-03-30T03:30+02:00")])
def test_the_night_on_which_clocks_are_changed_keeps_its_order(day: str, hour: str) -> None:
    """In Berlin half past two came twice on the one night and never on the other."""
    zone = ZoneInfo("Europe/Berlin")
    before = "2031-10-26T02:30+02:00" if day == "2031-10-26" else "2031-03-30T01:59+01:00"
    grown = reckoned(claim(5, by="Town Crier", at=before, day=day), at_least(9, at=hour, day=day), zone=zone)
    shrunk = reckoned(claim(5, by="Town Crier", at=hour, day=day), at_least(9, at=before, day=day), zone=zone)

    assert found(grown) == []
    assert found(shrunk, "dispute") == [([9], [5])]


def test_a_day_on_which_clocks_are_changed_is_still_one_day() -> None:
    zone = ZoneInfo("Europe/Berlin")
    claims = [claim(5, by="Town Crier", at="2031-10-26T23:59", day="2031-10-26"), at_least(9, at="2031-10-27T00:00+01:00", day="2031-10-26")]
    result = reckoned(*claims, zone=zone)

    assert result.day == "2031-10-26"
    assert found(result) == []


def test_a_night_without_year_is_of_the_year_of_the_case() -> None:
    night = report("night", published="2031-05-02T00:30+05:30")
    claims = [claim(5, by="City Police", report="night", day="--05-01"), at_least(9, day="--05-01"), at_least(1, day=DAY)]
    result = reckoned(*claims, reports=(night,), zone=timezone(timedelta(hours=5, minutes=30)))

    assert found(result, "dispute") == [([9], [5])]


# ── what was known then ──

NINE = datetime(2031, 5, 1, 21, tzinfo=timezone(timedelta(hours=5, minutes=30)))


def test_what_was_told_later_of_an_earlier_hour_was_not_known_then() -> None:
    claims = [at_least(5, at="2031-05-01T20:00+05:30", report="early"), at_least(9, at="2031-05-01T20:30+05:30", report="late", id="late")]
    reports = (report("early", published="2031-05-01T20:05+05:30"), report("late", published="2031-05-01T23:00+05:30"))

    then, looking_back = (reckoned(*claims, reports=reports, at=NINE, hindsight=back) for back in (False, True))

    assert bound(then).people == People(5, None)
    assert [(a.claim, a.reason.key) for a in then.set_aside] == [("late", "aside.told_later")]
    assert bound(looking_back).people == People(9, None)


def test_a_report_of_an_unknown_hour_of_the_day_proves_nothing_of_nine_in_the_evening() -> None:
    claims = [at_least(5, at="2031-05-01T20:00+05:30"), at_least(9, report="day", id="day")]
    result = reckoned(*claims, reports=(report("day"),), at=NINE, zone=NINE.tzinfo)

    assert bound(result).people == People(5, None)
    assert [(a.claim, a.reason.key) for a in result.set_aside] == [("day", "aside.maybe_later")]


def test_a_report_of_that_day_may_have_been_out_when_what_it_tells_had_been_counted() -> None:
    claims = [at_least(5, at="2031-05-01T20:00+05:30", report="day")]

    assert bound(reckoned(*claims, reports=(report("day"),), at=NINE)).people == People(5, None)


def test_what_was_known_by_the_day_after_holds_counts_made_after_the_event() -> None:
    claims = [at_least(5, at="2031-05-01T20:00Z"), claim(9, at="2031-05-02T10:00Z"), claim(12, at="2031-05-05")]
    result = reckoned(*claims, at=datetime(2031, 5, 3, tzinfo=UTC))

    assert bound(result).people == People(9, 9)


@pytest.mark.parametrize("hour, low", [(19, None), (20, 5), (21, 9)])
def test_the_minute_itself_is_included(hour: int, low: int | None) -> None:
    claims = [at_least(5, at="2031-05-01T20:00Z"), at_least(9, at="2031-05-01T21:00Z")]
    cell = reckoned(*claims, at=datetime(2031, 5, 1, hour, tzinfo=UTC)).cell("detained", "Ruritania")

    assert (cell.joint.people.low if cell else None) == low


def test_what_an_outlet_passes_on_without_its_time_was_counted_at_some_hour_before() -> None:
    lawyers = at_least(5, "Strelsau", by="Lawyers", kind="lawyer", report="bar", at="2031-05-01T20:00Z")
    police = claim(4, "Strelsau", by="Strelsau Police", report="echo")
    evening, later = (report("echo", publisher="The Echo", published=when) for when in ("2031-05-01T22:05Z", "2031-05-03"))

    assert [c.kind for c in reckoned(lawyers, police, reports=(evening,)).contradictions] == ["tension"]
    assert [c.kind for c in reckoned(lawyers, police, reports=(later,)).contradictions] == ["dispute"]
