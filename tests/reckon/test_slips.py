"""What relays make of a number, class by class; beside each, what is innocent and looks like it."""

from dataclasses import replace

import pytest

from atleast.model import Claim
from atleast.reckon import say

from .invented import NEXT, at_least, claim, found, reckoned, report
from .test_relays import EIGHT, NINE, slips

MINISTRY = "Interior Ministry"
OWN = report("own", publisher="The Monitor", published=NEXT)
REPORTS = (OWN, report("echo", publisher="The Echo", published=NEXT), report("bugle", publisher="The Bugle", published=NEXT))


def bulletin() -> list[Claim]:
    return [
        at_least(312, report="own", at=EIGHT),
        claim(417, report="own", at=NINE),
        claim(260, "Strelsau", report="own", at=NINE),
        claim(97, "Zenda", report="own", at=NINE),
    ]


def of(*relays: Claim) -> list[tuple[str, int, int]]:
    return slips(reckoned(*bulletin(), *relays, reports=REPORTS))


def test_an_earlier_total_added_to_a_later_one() -> None:
    result = reckoned(*bulletin(), claim(729, report="echo"), reports=REPORTS)
    (clash,) = [c for c in result.contradictions if c.kind == "relay"]

    assert clash.what == "relay.added"
    assert [t.value for t in clash.above.terms] == [417, 312]
    assert "The Echo 729 = 417 + 312+ The Monitor" in say(clash)


def test_a_sum_that_the_count_may_have_passed_on_its_way_is_no_slip() -> None:
    early = [claim(80, report="own", at="2031-05-01T18:00+03:00"), claim(130, report="own", at="2031-05-01T19:00+03:00")]

    assert "relay.added" not in [what for what, _, _ in slips(reckoned(*bulletin(), *early, claim(210, report="echo"), reports=REPORTS))]


def test_a_number_of_the_next_town() -> None:
    assert of(claim(260, "Zenda", report="echo")) == [("relay.other_place", 260, 260)]


def test_the_countrys_total_is_put_into_its_largest_town() -> None:
    assert of(claim(417, "Strelsau", report="echo")) == [("relay.place", 417, 417)]


def test_two_plain_numbers_for_one_minute_even_where_one_is_at_least() -> None:
    assert of(at_least(321, report="echo", at=EIGHT)) == [("relay.two_numbers", 321, 312)]


@pytest.mark.parametrize("relay", [
    at_least(301, report="echo", at=EIGHT, hedge="more_than"), claim(400, report="echo", bound="about", hedge="about"),
    claim(417, report="echo"), at_least(401, report="echo", hedge="more_than"), claim(97, "Zenda", report="echo"),
])  # fmt: skip
def test_fair_roundings_are_no_slips(relay: Claim) -> None:
    assert of(relay) == []


def test_papers_are_told_from_people_also_beside_the_right_number() -> None:
    ministry = [claim(1050, by="Ministry", report="own", at=NEXT), claim(1212, by="Ministry", report="own", at=NEXT, quantity="charges")]
    relays = [claim(1212, by="Ministry", report="echo"), claim(1050, by="Ministry", report="echo")]

    assert slips(reckoned(*ministry, *relays, reports=REPORTS)) == [("relay.papers", 1212, 1212)]


def test_a_companion_of_another_update_is_found_among_counts_of_the_held() -> None:
    held = [
        claim(640, report="own", at=NINE, by="Aid"), claim(593, report="own", at=NINE, by="Aid", quantity="still_held"),
        claim(684, report="own", at="2031-05-02T21:00+03:00", by="Aid"),
        claim(637, report="own", at="2031-05-02T21:00+03:00", by="Aid", quantity="still_held"),
    ]  # fmt: skip
    relays = [claim(684, report="echo", by="Aid"), claim(593, report="echo", by="Aid", quantity="still_held")]

    assert slips(reckoned(*held, *relays, reports=REPORTS)) == [("relay.companion", 593, 637)]


def test_somebody_who_is_only_described_is_no_relay_to_be_credited() -> None:
    assert of(claim(417, by="media reports", kind="media", report="echo")) == []


def test_millions_and_thousands_of_two_outlets() -> None:
    crowd = [claim(5_000_000, quantity="participants", by=None, report="echo"), claim(5_000, quantity="participants", by=None, report="bugle")]

    assert slips(reckoned(*crowd, reports=REPORTS)) == [("relay.thousand", 5_000_000, 5_000)]


def test_the_hour_of_the_place_under_the_name_of_greenwich() -> None:
    assert of(at_least(312, report="echo", at="2031-05-01T20:00Z")) == [("relay.zone", 312, 312)]


def test_a_time_that_the_speakers_own_report_gives_is_right() -> None:
    relays = [at_least(312, report="echo", at="2031-05-01T20:00Z"), claim(312, report="bugle", at=EIGHT)]

    assert [what for what, below, _ in of(*relays) if what == "relay.zone"] == ["relay.zone"]


def test_a_number_that_stood_for_hours_has_lost_no_zone() -> None:
    later = at_least(312, report="late", at="2031-05-01T23:00+01:00")
    heap = [at_least(312, report="own", at="2031-05-01T22:03+01:00"), later, at_least(312, report="echo", at="2031-05-01T22:00+01:00")]
    result = reckoned(*heap, reports=(*REPORTS, report("late", publisher="The Monitor", published=NEXT)))

    assert slips(result) == []


def test_the_ministrys_count_added_to_the_monitors() -> None:
    both = [*bulletin(), claim(136, by="Ministry", report="echo", at=NEXT)]
    result = reckoned(*both, claim(553, report="echo"), claim(553, by=None, report="echo", id="headline"), reports=REPORTS)

    assert slips(result) == [("relay.added", 553, 553)]
    assert "headline" in {a.claim for a in result.set_aside}


def test_the_ministrys_number_under_the_monitors_name() -> None:
    ministry = claim(749, by="Ministry", report="bugle", at=NEXT)

    assert slips(reckoned(*bulletin(), ministry, claim(749, report="echo"), reports=REPORTS)) == [("relay.credited", 749, 749)]


def test_about_the_number_of_last_night_is_of_last_night() -> None:
    police = claim(500, by="Police", report="bugle", at=NEXT)
    result = reckoned(*bulletin(), claim(400, report="echo", bound="about", hedge="about"), police, reports=REPORTS)

    assert result.contradictions == ()


def test_a_towns_number_given_for_the_country_caps_nothing() -> None:
    police = [claim(184, "Strelsau", by="Police", report="bugle", at=NEXT), claim(184, by="Police", report="echo")]
    result = reckoned(*police, at_least(201, "Zenda", report="own", at=EIGHT), reports=REPORTS)

    assert result.contradictions == ()


def test_two_updates_of_one_speaker_after_the_event_are_both_right() -> None:
    updates = [claim(667, report="own", at=NEXT), claim(875, report="own", at="2031-05-03")]
    wrong = claim(857, report="echo", at="2031-05-03")
    result = reckoned(*updates, at_least(801, report="bugle", hedge="more_than"), wrong, reports=REPORTS)

    assert slips(result) == [("relay.two_numbers", 857, 875)]


def test_a_thousandth_of_what_the_speaker_wrote_himself() -> None:
    crowd = [claim(300_000, quantity="participants", report="own"), claim(300, quantity="participants", report="echo")]

    assert slips(reckoned(*crowd, reports=REPORTS)) == [("relay.thousand", 300, 300_000)]


def test_more_than_is_a_way_of_saying_at_least_and_adds_nobody() -> None:
    result = reckoned(at_least(312, report="own", at=EIGHT), at_least(313, hedge="more_than", report="echo"), reports=REPORTS)

    assert result.contradictions == ()
    assert [c.joint.people.low for c in result.cells] == [312]


@pytest.mark.parametrize(("number", "told"), [(420, []), (417, [("relay.hedge_gained", 417, 417)])])
def test_about_a_round_number_is_a_way_of_saying_it(number: int, told: list[object]) -> None:
    own = claim(number, report="own", at=NINE)

    assert slips(reckoned(own, claim(number, bound="about", hedge="about", report="echo"), reports=REPORTS)) == told


def test_a_large_number_of_the_next_town_where_the_speaker_gave_none() -> None:
    assert of(claim(263, "Tarlenheim", report="echo")) == []
    own = [*bulletin(), claim(263, "Hofbau", report="own", at=NINE)]
    assert slips(reckoned(*own, claim(263, "Tarlenheim", report="echo"), reports=REPORTS)) == [("relay.other_place", 263, 263)]


@pytest.mark.parametrize(("kind", "told"), [("lawyer", [("relay.credited", 206, 206)]), ("media", [])])
def test_a_number_of_the_lawyers_bulletin_under_an_agencys_name(kind: str, told: list[object]) -> None:
    bar = claim(206, by="City Bar", kind=kind, report="bar", at=NINE)
    agency = claim(206, by="Agency North", kind="media", report="echo")

    assert slips(reckoned(bar, agency, reports=(*REPORTS, report("bar", publisher="City Bar", published=NEXT)))) == told


def test_more_than_a_number_that_somebody_counted_exactly_is_a_hedge_gained_and_no_dispute() -> None:
    counts = [claim(1100, by=MINISTRY, report="own", at=NEXT), claim(1100, by="Lawyers", kind="lawyer", report="echo", at=NEXT)]
    headline = at_least(1101, by=None, report="bugle", hedge="more_than")
    body = claim(1100, by=MINISTRY, report="bugle")
    apart, beside = (reckoned(*counts, *more, reports=REPORTS) for more in ([headline], [headline, body]))

    assert apart.contradictions == ()
    assert [(c.kind, c.what) for c in beside.contradictions] == [("relay", "relay.hedge_gained")]
    assert {str(cell.joint.people) for cell in (*apart.cells, *beside.cells)} == {"1100"}


def test_more_than_an_odd_number_is_a_hedge_gained_wherever_it_stands() -> None:
    assert of(at_least(418, by=None, report="echo", hedge="more_than")) == [("relay.hedge_gained", 418, 417)]
    assert of(at_least(411, by=None, report="echo", hedge="more_than")) == []


def test_a_small_total_is_told_from_the_number_of_its_town_where_both_were_given_together() -> None:
    journalists = [claim(n, place, among="journalists", report="own", at=NEXT) for n, place in ((11, "Ruritania"), (8, "Strelsau"), (3, "Zenda"))]
    relay = claim(11, "Strelsau", among="journalists", report="echo")

    assert slips(reckoned(*journalists, relay, reports=REPORTS)) == [("relay.place", 11, 11)]
    assert found(reckoned(*journalists, relay, reports=REPORTS), "proof", "dispute") == []
    assert slips(reckoned(journalists[0], relay, reports=REPORTS)) == []


@pytest.mark.parametrize("when, told", [(EIGHT, []), (NEXT, [("relay.place", 7, 7)])])
def test_a_total_below_ten_may_have_been_reached_in_one_town_until_all_was_over(when: str, told: list[object]) -> None:
    journalists = [claim(n, place, among="journalists", report="own", at=when) for n, place in ((7, "Ruritania"), (5, "Strelsau"))]

    assert slips(reckoned(*journalists, claim(7, "Strelsau", among="journalists", report="echo"), reports=REPORTS)) == told


def test_a_total_of_an_organisation_is_found_in_a_town_where_others_counted_fewer() -> None:
    aid = claim(417, by="Aid", kind="organisation", report="own", at=NEXT)
    others = claim(340, "Strelsau", by="Strelsau Police", report="own", at=NEXT)
    relay = claim(417, "Strelsau", by="Aid", kind="organisation", report="echo")
    reports = (report("own", publisher="Aid", published=NEXT), *REPORTS[1:])

    assert slips(reckoned(aid, others, relay, reports=reports)) == [("relay.place", 417, 417)]
    assert slips(reckoned(aid, replace(others, low=400, high=400), relay, reports=reports)) == []


def test_an_agencys_own_count_under_the_ministrys_name() -> None:
    counts = [claim(174, by="The Agency", kind="media", report="agency", at=NEXT), claim(147, by=MINISTRY, report="ministry", at="2031-05-03T12:00Z")]
    reports = (report("agency", publisher="The Agency", published=NEXT), report("ministry", publisher=MINISTRY, published="2031-05-03"), *REPORTS)
    relay = claim(174, by=MINISTRY, report="late")

    assert slips(reckoned(*counts, relay, reports=(*reports, report("late", published="2031-05-03")))) == [("relay.credited", 174, 174)]


def test_the_hour_of_the_place_under_another_citys_name() -> None:
    assert of(claim(417, report="echo", at="2031-05-01T21:00+02:00")) == [("relay.zone", 417, 417)]
    assert of(claim(417, report="echo", at="2031-05-01T20:00+02:00")) == []


def test_an_older_total_beside_what_a_later_update_told_for_the_first_time() -> None:
    later = [claim(520, report="own", at="2031-05-01T23:00+03:00"), claim(125, quantity="charges", report="own", at="2031-05-01T23:00+03:00")]
    papers = claim(125, quantity="charges", report="echo")

    assert of(*later, claim(417, report="echo"), papers) == [("relay.companion", 417, 520)]
    assert of(*later, claim(520, report="echo"), papers) == []
    assert of(*later, claim(417, report="echo")) == []


def test_a_lower_number_than_an_office_ever_gave_printed_on_a_later_day() -> None:
    office = claim(19, quantity="killed", by=MINISTRY, report="own", at=NEXT)
    late = report("late", published="2031-05-04")
    relays = [claim(n, quantity="killed", by=MINISTRY, report="late") for n in (11, 23)]

    assert [slips(reckoned(office, relay, reports=(*REPORTS, late))) for relay in relays] == [[("relay.two_numbers", 11, 19)], []]


@pytest.mark.parametrize("number, told", [(730, [("relay.other_place", 730, 730)]), (750, [])])
def test_a_number_of_the_next_province_need_not_be_odd_but_no_round_one(number: int, told: list[object]) -> None:
    there, here = claim(number, "Zenda Province", report="own", at=NINE), claim(number, "Marsh Province", report="echo")

    assert slips(reckoned(there, here, reports=REPORTS)) == told


@pytest.mark.parametrize("earlier, later, total, told", [(133, 877, 1010, ["relay.added"]), (100, 500, 600, [])])
def test_a_round_sum_of_odd_totals_was_added(earlier: int, later: int, total: int, told: list[str]) -> None:
    own = [claim(earlier, report="own", at=EIGHT), claim(later, report="own", at=NINE)]

    assert [what for what, _, _ in slips(reckoned(*own, claim(total, report="echo"), reports=REPORTS))] == told


def test_two_places_that_are_rounded_to_one_number_are_not_one_put_for_the_other() -> None:
    ours = [at_least(84, "Zenda", report="own", at=NINE), at_least(88, "Strelsau", report="own", at=NINE)]
    rounded = [at_least(81, place, report="echo", hedge="more_than", at=at) for place, at in (("Zenda", None), ("Strelsau", NINE))]

    assert slips(reckoned(*ours, *rounded, reports=REPORTS)) == []


def test_any_two_totals_added_where_the_speaker_never_comes_so_far() -> None:
    totals = [at_least(n, report="own", at=f"2031-05-01T{hour}:00+03:00") for n, hour in ((67, 15), (259, 20), (263, 21), (280, 23))]
    papers = (OWN, report("echo", publisher="The Echo", published="2031-05-01T21:30+03:00"))

    assert slips(reckoned(*totals, at_least(326, report="echo"), reports=papers)) == [("relay.added", 326, 326)]
    assert slips(reckoned(*totals[:3], at_least(326, report="echo"), reports=papers)) == []  # it may be an update that nobody kept


def test_a_number_of_a_bulletin_that_tells_no_hour_under_an_agencys_name() -> None:
    papers = (report("own", publisher="The Monitor", published="2031-05-01T21:03+03:00"), report("echo", publisher="The Echo", published=NEXT))
    result = reckoned(at_least(211, report="own"), at_least(211, by="The Agency", kind="media", report="echo"), reports=papers)

    assert slips(result) == [("relay.credited", 211, 211)]


@pytest.mark.parametrize("number, told", [(4170, [("relay.two_numbers", 4170, 417)]), (4000, [])])
def test_a_nought_too_many(number: int, told: list[object]) -> None:
    assert of(claim(number, report="echo")) == told


def test_a_headline_that_drops_the_more_than_of_somebody_whom_its_text_quotes() -> None:
    quoted, headline = at_least(401, report="echo", hedge="more_than"), claim(400, by=None, report="echo")

    assert of(quoted, headline) == [("relay.hedge_lost", 400, 401)]
    assert of(quoted, headline, claim(400, by="Ministry", report="bugle", at=NEXT)) == []


def test_dozens_at_two_hours_have_lost_no_zone() -> None:
    hours = [claim((24, None), "Zenda", bound="vague", hedge="dozens", report=name, at=at) for name, at in (("echo", "2031-05-01T22:30+01:00"), ("bugle", "2031-05-01T23:30+01:00"))]

    assert slips(reckoned(*hours, reports=REPORTS)) == []
