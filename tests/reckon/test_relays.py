"""Relays told from their source: what they add (nothing), and what they get wrong."""

from datetime import datetime

import pytest

from atleast.model import Claim, People, Report
from atleast.reckon import Tally, curve, say

from .invented import NEXT, Tree, at_least, at_most, claim, found, reckoned, report
from .test_bounds import bound

EIGHT, NINE = "2031-05-01T20:00+03:00", "2031-05-01T21:00+03:00"
REPORTS = (
    report("own", publisher="The Monitor", published=NEXT),
    report("bugle", publisher="The Bugle"),
    report("echo", publisher="The Echo"),
    report("post", publisher="The Post", published=NEXT),
)


def own() -> list[Claim]:
    """The Monitor's own bulletin: two updates, an hour apart; the capital was corrected downwards."""
    return [
        at_least(262, report="own", at=EIGHT),
        claim(27, quantity="cities", of="detentions", report="own", at=EIGHT),
        claim(66, "Strelsau", report="own", at=EIGHT),
        claim(54, "Zenda", report="own", at=EIGHT),
        at_least(271, report="own", at=NINE),
        claim(26, quantity="cities", of="detentions", report="own", at=NINE),
        claim(62, "Strelsau", report="own", at=NINE),
        claim(57, "Zenda", report="own", at=NINE),
    ]


def with_relays(*claims: Claim) -> Tally:
    return reckoned(*own(), *claims, reports=REPORTS)


def slips(result: Tally) -> list[tuple[str, int, int]]:
    return [(c.what, c.below.total, c.above.total) for c in result.contradictions if c.kind == "relay"]


def test_the_bulletin_alone_contradicts_nothing() -> None:
    assert with_relays().contradictions == ()


def test_a_relay_changes_no_bound() -> None:
    alone = with_relays()
    relays = [at_least(271, report="bugle"), at_least(262, report="echo"), claim(66, "Strelsau", report="echo"), claim(57, "Zenda", report="post")]
    relayed = with_relays(*relays)

    assert [(c.key, c.joint.people) for c in relayed.cells] == [(c.key, c.joint.people) for c in alone.cells]
    assert relayed.contradictions == ()


def test_an_undated_relay_of_a_number_that_was_taken_back_is_stale_too() -> None:
    result = with_relays(claim(66, "Strelsau", report="echo", id="stale"))

    assert bound(result, "Strelsau").people.low == 62
    assert "stale" in {a.claim for a in result.set_aside}
    assert found(result) == []


def test_two_outlets_and_two_numbers_for_one_moment() -> None:
    assert slips(with_relays(claim(235, report="echo", at=EIGHT))) == [("relay.two_numbers", 235, 262)]


def test_a_number_of_another_update_beside_this_one() -> None:
    result = with_relays(claim(271, report="post"), claim(12, quantity="cities", of="detentions", report="post"))

    assert ("relay.companion", 12, 26) in slips(result)
    assert found(result) == []


def test_a_companion_number_of_the_same_update_is_right() -> None:
    assert slips(with_relays(at_least(262, report="post"), claim(27, quantity="cities", of="detentions", report="post"))) == []


def test_a_hedge_that_was_lost() -> None:
    assert slips(with_relays(claim(271, report="post"))) == [("relay.hedge_lost", 271, 271)]


def test_a_hedge_that_was_added() -> None:
    assert slips(with_relays(at_least(67, "Strelsau", report="echo", hedge="more_than"))) == [("relay.hedge_gained", 67, 66)]


def test_more_than_two_hundred_and_sixty_is_a_fair_rounding() -> None:
    assert slips(with_relays(at_least(261, report="echo", hedge="more_than"))) == []


def test_a_headline_that_drops_its_more_than() -> None:
    result = reckoned(claim(260, report="echo"), at_least(261, report="echo", hedge="more_than"), reports=REPORTS)

    assert slips(result) == [("relay.hedge_lost", 260, 261)]
    assert bound(result).people == People(261, None)


def test_the_countrys_total_put_into_a_city() -> None:
    result = with_relays(claim(271, "Strelsau", by=None, report="bugle"))

    assert slips(result) == [("relay.place", 271, 271)]
    assert bound(result, "Strelsau").people.low == 62


def test_a_number_credited_to_somebody_who_passed_it_on() -> None:
    result = with_relays(at_least(271, by="The Herald", kind="media", report="echo"))

    assert slips(result) == [("relay.credited", 271, 271)]


def test_a_time_whose_zone_was_lost() -> None:
    result = with_relays(at_least(271, report="post", at="2031-05-01T18:00+03:00"))

    assert slips(result) == [("relay.zone", 271, 271)]
    assert [r.after.moment.shown for r in result.revisions if r.key.place == "Ruritania" and r.key.quantity == "detained"] == [NINE]


def test_a_number_off_by_a_thousand() -> None:
    crowd = [claim(30, quantity="participants", by="City Police", report="echo"), claim(30_000, quantity="participants", by=None, report="bugle")]

    assert slips(reckoned(*crowd, reports=REPORTS)) == [("relay.thousand", 30_000, 30)]


def test_papers_made_into_people() -> None:
    ministry = [
        claim(136, by="Interior Ministry", report="bugle", at=NEXT),
        claim(71, by="Interior Ministry", report="bugle", at=NEXT, quantity="charges"),
    ]
    wrong = claim(71, by="Interior Ministry", report="post")

    assert slips(reckoned(*ministry, wrong, reports=REPORTS)) == [("relay.papers", 71, 71)]


def test_what_stands_beside_a_slip_is_doubted() -> None:
    garbled = [claim(57, "Zenda", report="post"), claim(26, "Strelsau", report="post"), claim(26, "Tarlenheim", report="post", id="beside")]
    result = with_relays(*garbled)

    assert ("relay.companion", 26, 62) in slips(result)
    assert "beside" in {a.claim for a in result.set_aside}
    assert "Beside" not in say(next(a for a in result.set_aside if a.claim == "beside"))


def test_one_speaker_under_two_names_is_one() -> None:
    result = with_relays(at_least(271, by="a watchdog (The Monitor)", report="post"))

    assert {f.speaker for c in result.cells for p in (c.joint.low,) if p for f in (t.figure for t in p.terms)} == {"The Monitor"}


def test_with_the_rule_off_every_relay_counts() -> None:
    result = reckoned(*own(), claim(271, "Strelsau", by=None, report="bugle"), reports=REPORTS, without={"relay"})

    assert bound(result, "Strelsau").people.low == 271


@pytest.mark.parametrize("number", [7, 20, 100])
def test_small_and_round_numbers_of_others_are_their_own(number: int) -> None:
    monitor = at_least(number, report="own", at=NINE)
    herald = at_least(number, by="The Herald", kind="media", report="echo")

    assert slips(reckoned(monitor, herald, reports=REPORTS)) == []


def test_a_ceiling_is_no_relay() -> None:
    result = reckoned(at_most(7, "Ruritania (other regions)", by="Interior Ministry", at=NEXT), reports=(Report(id="r"),))

    assert result.contradictions == ()


# ── printed again ──

EVENING, LATER = "2031-05-01T20:00+03:00", "2031-05-04"
PRINTS = (
    report("bugle", publisher="The Bugle", published=EVENING),
    report("post", publisher="The Post", published="2031-05-01T22:00+03:00"),
    report("echo", publisher="The Echo", published=LATER),
)


def printed(number: int, name: str, **more: object) -> Claim:
    """What the police are said to have counted, without a time."""
    return claim(number, by="City Police", report=name, **more)  # type: ignore[arg-type]


def test_a_number_that_is_printed_again_days_later_is_of_its_first_print() -> None:
    said = [printed(40, "bugle"), at_least(50, report="post"), printed(40, "echo")]
    result = reckoned(*said, reports=PRINTS)

    assert found(result, "dispute", "proof") == []
    assert bound(result).people == People(50, None)
    assert len(found(reckoned(said[1], said[2], reports=PRINTS), "dispute")) == 1  # printed once, it is of that day


def test_a_stale_number_that_is_printed_again_takes_nothing_back() -> None:
    result = reckoned(printed(40, "bugle"), printed(45, "post"), printed(40, "echo"), reports=PRINTS)

    assert [(r.before.number, r.after.number, r.why) for r in result.revisions] == [(40, 45, "")]
    assert bound(result).people.low == 45


def test_a_number_that_is_called_a_correction_is_said_anew() -> None:
    corrected = printed(40, "echo", note="corrected from 45")
    result = reckoned(printed(40, "bugle"), printed(45, "post"), corrected, reports=PRINTS)

    assert [(r.before.number, r.after.number, r.why) for r in result.revisions] == [(40, 45, ""), (45, 40, "called")]


def test_a_relay_that_tells_its_own_day_is_not_moved_to_another() -> None:
    """The count of the third day is the same number as the count of the first."""
    week = "2031-05-01/2031-05-04"
    said = [printed(40, "bugle", day=week), printed(40, "echo", day=week, at="2031-05-03"), at_least(50, day=week, at="2031-05-02T09:00Z", by="The Marchers")]

    assert found(reckoned(*said, reports=PRINTS), "dispute") == [([50], [40])]


def test_the_first_print_leads_the_quotes() -> None:
    result = reckoned(printed(40, "echo", id="a"), printed(40, "bugle", id="b"), reports=PRINTS)
    proof = bound(result).low

    assert proof is not None
    assert [q.report for q in proof.terms[0].figure.quotes] == ["bugle", "echo"]


def test_more_than_twenty_is_said_of_twenty_one_and_not_of_nineteen() -> None:
    heap = [at_least(19, report="own", at=EIGHT), at_least(21, report="own", at=NINE), at_least(21, report="echo", hedge="more_than")]
    drawn = curve(heap, REPORTS, places=Tree())

    assert drawn.joint.at(datetime.fromisoformat(EIGHT)) == People(19, None)


def test_a_relay_of_an_exact_number_has_lost_no_hedge_though_the_speaker_said_at_least_later() -> None:
    heap = [claim(23, "Zenda", report="own", at=EIGHT), at_least(23, "Zenda", report="own", at=NINE), claim(23, "Zenda", report="echo")]

    assert slips(reckoned(*heap, reports=REPORTS)) == []
    assert slips(reckoned(*heap[1:], reports=REPORTS)) == [("relay.hedge_lost", 23, 23)]


def test_two_roundings_of_one_number_are_no_slip() -> None:
    own_word = claim(663, by="Interior Ministry", report="own", at=NEXT)
    rounded = claim(660, by="Interior Ministry", report="bugle", at=NEXT, bound="about", hedge="about")
    other = at_least(661, by="Interior Ministry", report="post", hedge="more_than")

    assert slips(reckoned(own_word, rounded, other, reports=REPORTS)) == []
    assert slips(reckoned(rounded, other, reports=REPORTS)) == []


BULLETIN = (report("own", publisher="The Monitor", published="2031-05-01T21:03+03:00"), report("echo", publisher="The Echo", published=NEXT))


def test_a_bulletin_of_nine_is_out_some_minutes_later() -> None:
    bulletin = at_least(117, "Strelsau", report="own")

    assert slips(reckoned(bulletin, at_least(711, "Strelsau", report="echo", at=NINE), reports=BULLETIN)) == [("relay.two_numbers", 711, 117)]
    assert slips(reckoned(bulletin, claim(117, "Strelsau", report="echo", at=NINE), reports=BULLETIN)) == [("relay.hedge_lost", 117, 117)]
    assert slips(reckoned(bulletin, at_least(104, "Strelsau", report="echo", at=NINE), reports=BULLETIN)) == []  # it may have grown


def test_a_relay_without_a_time_that_gives_less_than_its_speaker_had_counted_is_of_an_earlier_hour() -> None:
    late = report("late", publisher="The Courier", published="2031-05-05")
    counted = at_least(271, report="own", at=NINE)
    result = reckoned(counted, claim(265, report="echo"), claim(265, report="late"), reports=(*REPORTS, *PRINTS[2:], late))

    assert result.contradictions == ()
    assert bound(result).people == People(271, None)


def test_a_number_below_what_its_speaker_had_counted_is_disputed_where_it_tells_its_time() -> None:
    result = reckoned(at_least(271, at=NINE), claim(265, report="echo", at=NEXT), reports=REPORTS)

    assert [(r.before.number, r.after.number, r.why) for r in result.revisions] == [(271, 265, "fell")]
