"""Intervals: of people, both ends included; of time, the end left out."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.model import BadRecord, People, Span, span

MOSCOW = timezone(timedelta(hours=3))
VLADIVOSTOK = timezone(timedelta(hours=10))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (People(19, None), "at least 19"),
        (People(19, 19), "19"),
        (People(19, 24), "19 to 24"),
        (People(None, 7), "at most 7"),
        (People(0, 7), "at most 7"),
        (People(0, 0), "0"),
        (People(), "not known"),
        (People(0, None), "not known"),
        (People(271, 136), "contradictory"),
    ],
)
def test_a_count_prints_as_a_person_would_say_it(people: People, said: str) -> None:
    assert str(people) == said


def test_a_count_of_none_is_known_and_an_open_one_from_none_is_not() -> None:
    assert People(0, 0).known
    assert not People(0, None).known


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_count_contradicts_itself_only_when_its_low_is_above_its_high(low: int, high: int) -> None:
    assert People(low, high).contradictory == (low > high)
    assert not People(low, None).contradictory
    assert not People(None, high).contradictory


@pytest.mark.parametrize(
    ("when", "start", "end"),
    [
        ("2017", "2017-01-01T00:00+00:00", "2018-01-01T00:00+00:00"),
        ("2017-10", "2017-10-01T00:00+00:00", "2017-11-01T00:00+00:00"),
        ("2017-12", "2017-12-01T00:00+00:00", "2018-01-01T00:00+00:00"),
        ("2017-10-07", "2017-10-07T00:00+00:00", "2017-10-08T00:00+00:00"),
        ("2016-02-29", "2016-02-29T00:00+00:00", "2016-03-01T00:00+00:00"),
        ("2017-10-07T21:00Z", "2017-10-07T21:00+00:00", "2017-10-07T21:01+00:00"),
        ("2017-10-07T21:00:59.5+03:00", "2017-10-07T18:00+00:00", "2017-10-07T18:01+00:00"),
        ("2017-10-07T21:00+0300", "2017-10-07T18:00+00:00", "2017-10-07T18:01+00:00"),
        ("2017-10-07/2017-10-08", "2017-10-07T00:00+00:00", "2017-10-09T00:00+00:00"),
        ("2017-10-07T20:00+03:00/2017-10-08T00:10+03:00", "2017-10-07T17:00+00:00", "2017-10-07T21:11+00:00"),
        ("2017-10-07/2017-10-07T21:00+00:00", "2017-10-07T00:00+00:00", "2017-10-07T21:01+00:00"),
    ],
)
def test_a_vague_time_covers_all_that_it_may_mean(when: str, start: str, end: str) -> None:
    assert span(when) == Span(at(start), at(end))


def test_a_date_means_the_day_of_its_own_zone() -> None:
    there = span("2017-10-07", zone=VLADIVOSTOK)

    assert there == Span(at("2017-10-06T14:00+00:00"), at("2017-10-07T14:00+00:00"))


def test_a_time_that_carries_a_zone_keeps_it() -> None:
    assert span("2017-10-07T21:00+03:00", zone=VLADIVOSTOK) == span("2017-10-07T21:00", zone=MOSCOW)


def test_a_day_on_which_the_clocks_change_is_still_that_day() -> None:
    paris = ZoneInfo("Europe/Paris")
    day = span("2017-10-29", zone=paris)

    assert day is not None
    assert str(day) == "2017-10-29"
    assert day.end.astimezone(UTC) - day.start.astimezone(UTC) == timedelta(hours=25)


@pytest.mark.parametrize("when", [None, "--10-07", "--02-29", "--10-07/--10-08", "2017-10-07/--10-08"])
def test_a_day_without_a_year_cannot_be_placed(when: str | None) -> None:
    assert span(when) is None


@pytest.mark.parametrize(
    "when",
    [
        "", "yesterday", "7.10.2017", "2017-13", "2017-02-29", "2017-10-7", "17-10-07", "--13-01", "--02-30",
        "--10-07T21:00",
        "2017-10-07T25:00+03:00", "2017-10-07T24:00", "2017-10-07T21:60", "2017-10-07T21", "2017-10-07 21:00",
        "2017-10-07T21:00+99:00",
        "0000", "9999-12-31", "9999-12-31T23:59Z", "2017-10-07\n", "٢٠١٧", "/", "2017/", "/2017",
        "2017-10-07/2017-10-08/2017-10-09",
        "2017-10-08/2017-10-07", "2017-10-08T00:00Z/2017-10-07", "2017-10-07T21:00Z/2017-10-07T20:59Z", "2018/2017-12",
    ],
)  # fmt: skip
def test_what_is_no_date_or_runs_backwards_is_refused_with_a_remedy(when: str) -> None:
    with pytest.raises(BadRecord) as caught:
        span(when)

    assert repr(when)[:20] in str(caught.value)
    assert "Write 2017-10-07" in str(caught.value)


def test_a_long_chain_of_slashes_is_refused_and_not_followed() -> None:
    with pytest.raises(BadRecord):
        span("2017/" * 100_000)


@given(st.text(alphabet="0123456789-/:T+Z ", max_size=30) | st.text(max_size=10))
def test_any_text_is_a_time_or_a_bad_record(text: str) -> None:
    try:
        found = span(text)
    except BadRecord:
        return

    assert found is None or found.start < found.end


moments = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1)).map(
    lambda t: t.replace(second=0, microsecond=0, tzinfo=MOSCOW)
)
spans = st.builds(lambda t, minutes: Span(t, t + timedelta(minutes=minutes)), moments, st.integers(1, 5000))


@given(spans, spans)
def test_of_two_spans_one_comes_before_the_other_or_they_meet(one: Span, other: Span) -> None:
    assert [one.before(other), other.before(one), one.meets(other)].count(True) == 1
    assert one.meets(other) == other.meets(one)


@given(spans)
def test_a_moment_or_a_day_reads_back_as_itself(one: Span) -> None:
    moment = Span(one.start, one.start + timedelta(minutes=1))
    midnight = one.start.replace(hour=0, minute=0)
    day = Span(midnight, midnight + timedelta(days=1))

    assert span(str(moment), zone=MOSCOW) == moment
    assert span(str(day), zone=MOSCOW) == day


def test_a_day_and_night_that_begins_in_the_evening_is_not_printed_as_a_date() -> None:
    watch = Span(at("2017-10-07T21:00+03:00"), at("2017-10-08T21:00+03:00"))

    assert str(watch) == "2017-10-07T21:00+03:00/2017-10-08T21:00+03:00"
