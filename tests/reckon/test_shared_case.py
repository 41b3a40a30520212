"""The annotated case of 7 October 2017, which lies beside the repository and not in it."""

from functools import cache
from pathlib import Path

import pytest

from atleast.model import Claim, Report, decode_lines
from atleast.reckon import Contradiction, Tally, say, tally

CASE = Path(__file__).resolve().parents[3] / "shared" / "cases" / "2017-10-07"
RUSSIA = "Russia"
PETERSBURG = "Saint Petersburg, Russia"

pytestmark = pytest.mark.skipif(not CASE.is_dir(), reason="the shared case is not beside this repository")


def _records(name: str) -> list[object]:
    return list(decode_lines((CASE / name).read_text("utf-8").splitlines(), file=name))


@cache
def case(only: str = "") -> Tally:
    claims = [c for c in _records("claims.jsonl") if isinstance(c, Claim) and (not only or c.report == only)]
    return tally(claims, [r for r in _records("reports.jsonl") if isinstance(r, Report)])


def clashes(result: Tally, place: str, limit: int, quantity: str = "detained") -> list[Contradiction]:
    return [c for c in result.contradictions if c.key.place == place and c.above.total == limit and c.key.quantity == quantity]


def test_the_ministrys_country_against_its_own_regions_and_the_polices_petersburg() -> None:
    sums = [c for c in clashes(case(), RUSSIA, 136) if c.below.total == 144]

    assert [sorted(t.value for t in c.below.terms) for c in sums] == [[7, 7, 12, 24, 38, 56]]
    assert sums[0].kind == "proof"
    assert "= 144 > 136 Russia" in say(sums[0])


def test_the_ceiling_of_seven_against_petersburgs_thirty_eight() -> None:
    found = [c for c in clashes(case(), PETERSBURG, 7) if c.below.total == 38]

    assert [(c.kind, c.what) for c in found] == [("proof", "clash.above_others")]


def test_four_cities_of_the_monitor_against_the_ministrys_country() -> None:
    found = [c for c in clashes(case(), RUSSIA, 136) if c.below.total == 160]

    assert [sorted(t.value for t in c.below.terms) for c in found] == [[20, 21, 57, 62]]


@pytest.mark.parametrize("region, most, city", [("Krasnodar Krai, Russia", 12, 21), ("Yaroslavl Oblast, Russia", 56, 57)])
def test_a_city_above_its_region(region: str, most: int, city: int) -> None:
    assert [c.below.total for c in clashes(case(), region, most)] == [city]


def test_all_released_against_three_days_of_arrest() -> None:
    found = [c for c in clashes(case(), RUSSIA, 0, "still_held") if "jailed_are_held" in c.assumes]

    assert [{t.figure.key.place for t in c.below.terms} for c in found] == [{"Krasnodar, Russia"}]


def test_petersburg_from_sixty_six_to_sixty_two_is_a_revision_and_no_contradiction() -> None:
    down = [(r.before.number, r.after.number) for r in case().revisions if r.key.place == PETERSBURG and r.direction == "down"]
    numbers = [{t.value for p in (c.below, c.above) for t in p.terms} for c in case().contradictions if c.kind != "relay"]

    assert down == [(66, 62)]
    assert {66, 62} not in numbers


@pytest.mark.parametrize("parts, whole", [((66, 196), 262), ((18, 20), 38), ((1, 6), 7)])
def test_sums_that_agree_are_told_and_not_flagged(parts: tuple[int, ...], whole: int) -> None:
    holds = {(tuple(sorted(t.value for t in h.parts)), h.whole.number) for h in case().holds}
    flagged = {(tuple(sorted(t.value for t in c.below.terms)), c.above.total) for c in case().contradictions}

    assert (tuple(sorted(parts)), whole) in holds
    assert (tuple(sorted(parts)), whole) not in flagged


def test_relays_that_went_wrong_are_no_disputes() -> None:
    slips = {(c.what, c.below.total) for c in case().contradictions if c.kind == "relay"}

    assert {("relay.companion", 12), ("relay.companion", 25), ("relay.place", 271), ("relay.place", 270)} <= slips
    assert {("relay.two_numbers", 235), ("relay.hedge_gained", 67), ("relay.zone", 271), ("relay.credited", 271)} <= slips


def test_another_day_is_set_aside() -> None:
    days = {a.reason.args.get("day") for a in case().set_aside}

    assert {"2017-10-14", "2017-10-06"} <= days


def test_the_seed_report_alone() -> None:
    result = case("rferl-kremlin-released")
    cell = result.cell("detained", RUSSIA)

    assert cell is not None
    assert str(cell.independent.people) == "at least 271"
    assert str(cell.authority.people) == "136"
    assert cell.joint.people.contradictory
    (clash,) = result.contradictions
    assert "at least 271 cases" in say(clash)
    assert "136 demonstrators were taken into custody" in say(clash)
    assert clash.kind == "dispute"
