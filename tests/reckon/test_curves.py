"""How a count grew through a day, for each side and each claimant."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.model import Claim, People, Report
from atleast.reckon import Curve, as_plain, curve

from .invented import NEXT, Tree, at_least, claim, reckoned, report
from .test_oracle import ROWS, histories
from .test_properties import REPORTS, heaps


def drawn(*claims: Claim, reports: tuple[Report, ...] = (), **more: Any) -> Curve:
    return curve(claims, reports, places=more.pop("places", Tree()), **more)


def hour(number: int, minute: int = 0) -> datetime:
    return datetime(2031, 5, 1, number, minute, tzinfo=UTC)


def steps(track_of: Curve, side: str = "joint") -> list[tuple[str, str]]:
    return [(s.start.isoformat()[11:16] if s.start else "", str(s.people)) for s in getattr(track_of, side).steps]


DAY_OF_IT = [
    at_least(40, at="2031-05-01T14:00Z"),
    at_least(80, at="2031-05-01T16:00Z"),
    claim(124, at="2031-05-01T17:00Z"),
    claim(136, by="Interior Ministry", at=NEXT),
]


def test_a_count_bounds_from_below_afterwards_and_a_full_one_from_above_before() -> None:
    found = drawn(*DAY_OF_IT)

    assert steps(found, "independent") == [
        ("00:00", "at most 124"), ("14:00", "40 to 124"), ("16:00", "80 to 124"), ("17:00", "124"), ("17:01", "at least 124"),
    ]  # fmt: skip
    assert steps(found, "authority") == [("00:00", "at most 136"), ("00:00", "136")]
    assert steps(found)[-2:] == [("17:01", "124 to 136"), ("00:00", "136")]


def test_every_claimant_has_a_curve_and_all_the_numbers_given() -> None:
    found = drawn(*DAY_OF_IT, claim(100, at="2031-05-01T18:00Z"))
    monitor, ministry = found.claimants

    assert (monitor.name, monitor.side, ministry.name, ministry.side) == ("The Monitor", "independent", "Interior Ministry", "authority")
    assert [(f.number, f.stale) for f in monitor.said] == [(40, False), (80, False), (124, True), (100, False)]
    assert monitor.at(hour(16, 30)) == People(80, 100)


def test_a_part_raises_the_curve_of_the_whole_and_takes_from_that_of_another_part() -> None:
    claims = [at_least(20, "Zenda", at="2031-05-01T15:00Z"), claim(50, at="2031-05-01T20:00Z")]

    assert steps(drawn(*claims)) == [("00:00", "at most 50"), ("15:00", "20 to 50"), ("20:00", "50"), ("20:01", "at least 50")]
    assert drawn(*claims, at_least(1, "Strelsau", at="2031-05-01T22:00Z"), place="Strelsau").joint.at(hour(10)) == People(0, 30)


def test_the_curve_is_of_the_widest_place_and_of_detentions_unless_another_row_is_named() -> None:
    claims = [at_least(20, "Zenda"), at_least(9, "Zenda", quantity="released"), at_least(4, "Zenda", among="minors")]

    assert drawn(*claims).key == ("detained", "Ruritania", "", "")
    assert drawn(*claims, quantity="released", place="zenda").key == ("released", "Zenda, Ruritania", "", "")
    assert drawn(*claims, among="minors").joint.steps[-1].people == People(4, None)


def test_a_place_that_nobody_speaks_of_is_answered_with_near_ones() -> None:
    with pytest.raises(ValueError, match=r"no place is called 'Zendar' in these reports\. Known: Zenda"):
        drawn(at_least(20, "Zenda"), place="Zendar")


def test_of_people_held_nothing_is_known_between_two_counts() -> None:
    held = [claim(n, quantity="still_held", at=f"2031-05-01T{h}:00Z") for n, h in ((30, 18), (12, 20))]
    found = drawn(*held, quantity="still_held")

    assert found.momentary
    assert [(s.start, s.end, s.people) for s in found.joint.steps] == [
        (hour(18), hour(18, 1), People(30, 30)),
        (hour(20), hour(20, 1), People(12, 12)),
    ]
    assert found.joint.at(hour(19)) == People()


def test_of_people_held_each_claimant_has_the_moments_of_his_own_counts() -> None:
    held = [claim(n, quantity="still_held", by=by, at=f"2031-05-01T{h}:00Z") for n, h, by in ((30, 18, "The Monitor"), (12, 20, "City Police"))]
    found = drawn(*held, quantity="still_held")

    assert {track.name: [s.people for s in track.steps] for track in found.claimants} == {
        "The Monitor": [People(30, 30)],
        "City Police": [People(12, 12)],
    }


def test_the_curve_of_what_was_known_ends_there() -> None:
    found = drawn(*DAY_OF_IT, at=hour(16, 30))

    assert found.end == hour(16, 31)
    assert steps(found) == [("00:00", "not known"), ("14:00", "at least 40"), ("16:00", "at least 80")]


def test_a_number_of_an_unknown_hour_rises_at_the_end_of_its_day_only() -> None:
    found = drawn(at_least(9), at_least(5, at="2031-05-01T12:00Z", report="b"), reports=(report("r"), report("b")))

    assert steps(found) == [("00:00", "not known"), ("12:00", "at least 5"), ("00:00", "at least 9")]


def test_where_no_time_is_told_at_all_the_curve_is_one_step() -> None:
    found = drawn(at_least(9, day=None))

    assert (found.start, found.end) == (None, None)
    assert [(s.start, s.people) for s in found.joint.steps] == [(None, People(9, None))]


@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/St_Johns", "Europe/Berlin"])
def test_times_are_told_in_the_zone_of_the_case(zone: str) -> None:
    there = ZoneInfo(zone)
    found = drawn(at_least(5, at="2031-05-01T23:30"), claim(9, at="2031-05-02T00:30"), zone=there)

    assert (found.start, found.end) == (datetime(2031, 5, 1, tzinfo=there), datetime(2031, 5, 2, tzinfo=there))
    assert steps(found) == [("00:00", "at most 9"), ("23:30", "5 to 9"), ("00:00", "9")]


def test_a_day_on_which_clocks_are_changed_is_an_hour_longer() -> None:
    there = ZoneInfo("Europe/Berlin")
    found = drawn(at_least(5, at="2031-10-26T02:30+01:00", day="2031-10-26"), zone=there)

    assert found.start and found.end
    assert found.end.astimezone(UTC) - found.start.astimezone(UTC) == timedelta(hours=25)


def test_what_was_set_aside_is_on_no_curve() -> None:
    found = drawn(at_least(5), at_least(6), at_least(700, day="2031-04-03"), excluding=["authority"])

    assert [e.name for e in found.events] == ["2031-05-01, Ruritania", "2031-04-03, Ruritania"]
    assert found.joint.steps[-1].people == People(6, None)


# ── what must hold of every heap ──

TIMED = st.tuples(
    st.sampled_from("CR"), st.integers(0, 2), st.none() | st.integers(0, 4), st.none() | st.integers(0, 4)
).filter(lambda f: f[2:] != (None, None) and (None in f[2:] or f[2] <= f[3]))  # type: ignore[operator]
Timed = tuple[str, int, int | None, int | None]


def spoken(said: Sequence[Timed]) -> list[Claim]:
    return [
        claim((low, high), ROWS[row][1], by=f"Speaker {n}", at=f"2031-05-01T{12 + hour}:00Z", report=f"r{n}")
        for n, (row, hour, low, high) in enumerate(said)
    ]


@given(st.lists(TIMED, min_size=1, max_size=5), st.sampled_from("CR"))
def test_at_every_hour_the_curve_is_what_all_possible_histories_allow(said: list[Timed], row: str) -> None:
    def fits(city: tuple[int, ...], land: tuple[int, ...]) -> bool:
        return all(
            (low is None or low <= (city if r == "C" else land)[h]) and (high is None or (city if r == "C" else land)[h] <= high)
            for r, h, low, high in said
        )

    possible = [(c, r) for c, r in histories() if fits(c, r)]
    if not possible or all(r != row for r, *_ in said):
        return
    found = drawn(*spoken(said), place=ROWS[row][1])
    for h in range(3):
        values = [(c if row == "C" else r)[h] for c, r in possible]
        people = found.joint.at(hour(12 + h))
        assert (people.low or 0) == min(values)
        assert people.high == (max(values) if people.high is not None else None)
        assert people.high is not None or max(values) == 4


@given(heaps())
def test_at_its_end_the_curve_is_at_least_what_the_tally_says(heap: list[Claim]) -> None:
    heap = [c for c in heap if c.place and "(" not in c.place]  # where a whole is divided the tally may say more
    told = reckoned(*heap, reports=REPORTS)
    for cell in told.cells:
        if cell.key.quantity in ("detained", "released", "jailed") and not cell.key.of:
            found = drawn(*heap, reports=REPORTS, quantity=cell.key.quantity, place=cell.key.place, among=cell.key.among)
            for side in ("independent", "authority", "joint"):
                last = getattr(found, side).steps[-1].people
                assert (last.low or 0) == (getattr(cell, side).people.low or 0)


@given(heaps(), st.randoms(use_true_random=False))
def test_a_curve_does_not_depend_on_order_or_repetition(heap: list[Claim], chance: object) -> None:
    shuffled = [*heap, *heap]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert as_plain(drawn(*shuffled, reports=REPORTS)) == as_plain(drawn(*heap, reports=REPORTS[::-1]))


@given(heaps())
def test_a_lower_end_never_falls_and_an_upper_end_never_either(heap: list[Claim]) -> None:
    for quantity, side in product(("detained", "released"), ("independent", "authority", "joint")):
        people = [step.people for step in getattr(drawn(*heap, reports=REPORTS, quantity=quantity), side).steps]
        lows = [p.low or 0 for p in people]
        highs = [p.high if p.high is not None else 10**9 for p in people]

        assert lows == sorted(lows)
        assert highs == sorted(highs)


Fate = tuple[str, int, int | None, int | None]
FATES = st.tuples(
    st.sampled_from(["detained", "released", "still_held"]), st.integers(0, 1), st.none() | st.integers(0, 3), st.none() | st.integers(0, 3)
).filter(lambda f: f[2:] != (None, None) and (None in f[2:] or f[2] <= f[3]))  # type: ignore[operator]


@given(st.lists(FATES, min_size=1, max_size=5))
def test_what_is_proved_of_people_held_is_true_in_every_possible_history(said: list[Fate]) -> None:
    rising = [(a, b) for a in range(4) for b in range(a, 4)]
    worlds = [
        {"detained": d, "released": r, "still_held": h}
        for d, r, h in product(rising, rising, product(range(4), repeat=2))
        if all(r[i] + h[i] <= d[i] for i in (0, 1))
    ]
    possible = [w for w in worlds if all((low is None or low <= w[q][h]) and (high is None or w[q][h] <= high) for q, h, low, high in said)]
    if not possible:
        return
    claims = [
        claim((low, high), "Strelsau", by=f"Speaker {n}", quantity=quantity, at=f"2031-05-01T{12 + h}:00Z", report=f"r{n}")
        for n, (quantity, h, low, high) in enumerate(said)
    ]
    found = drawn(*claims, quantity="still_held", place="Strelsau")
    for step in found.joint.steps:
        assert step.start is not None
        values = [world["still_held"][step.start.hour - 12] for world in possible]
        assert (step.people.low or 0) == min(values)
        assert step.people.high is None or step.people.high >= max(values)
