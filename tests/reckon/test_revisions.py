"""A later figure of the same speaker replaces the earlier one."""

from atleast.model import People
from atleast.reckon import say

from .invented import NEXT, at_least, claim, found, reckoned, report
from .test_bounds import bound

EIGHT, NINE = "2031-05-01T20:00Z", "2031-05-01T21:00Z"


def test_a_count_that_goes_down_is_a_correction_and_not_a_contradiction() -> None:
    result = reckoned(claim(66, "Strelsau", at=EIGHT), claim(62, "Strelsau", at=NINE))
    (revision,) = result.revisions

    assert (revision.before.number, revision.after.number, revision.direction) == (66, 62, "down")
    assert bound(result, "Strelsau").people == People(62, 62)
    assert result.contradictions == ()
    assert say(revision) == (
        "Strelsau, detained: 66 → 62, The Monitor, 2031-05-01T20:00Z → 2031-05-01T21:00Z (correction)"
    )


def test_a_count_that_goes_up_is_growth() -> None:
    result = reckoned(at_least(262, at=EIGHT), at_least(271, at=NINE))

    assert [(r.before.number, r.after.number, r.direction) for r in result.revisions] == [(262, 271, "up")]
    assert bound(result).people == People(271, None)


def test_after_the_event_a_later_full_count_replaces_the_earlier() -> None:
    result = reckoned(claim(290, at=NEXT), claim(321, at="2031-05-04"))

    assert bound(result).people == People(321, 321)
    assert result.contradictions == ()


def test_a_joint_statement_is_the_later_word_of_who_spoke_alone_before() -> None:
    result = reckoned(claim(290, at=NEXT), claim(321, by="The Monitor and The Bugle", at="2031-05-04"))

    assert [(r.before.number, r.after.number) for r in result.revisions] == [(290, 321)]
    assert found(result) == []


def test_other_speakers_revise_nothing() -> None:
    result = reckoned(claim(66, at=EIGHT), claim(62, by="City Police", at=NINE))

    assert result.revisions == ()
    assert found(result, "dispute") == [([66], [62])]


def test_a_looser_word_later_takes_nothing_back() -> None:
    result = reckoned(at_least(271, at=EIGHT), at_least(251, at=NINE, hedge="more_than"))

    assert result.revisions == ()
    assert bound(result).people == People(271, None)


def test_with_the_rule_off_the_earlier_figure_stands() -> None:
    result = reckoned(claim(66, at=EIGHT), claim(62, at=NINE), without={"last_figure"})

    assert bound(result).people.low == 66


def test_where_a_speaker_never_tells_the_time_the_papers_dates_order_what_was_said() -> None:
    claims = [claim(30, by="City Police", report="a"), claim(25, by="City Police", report="b")]
    result = reckoned(*claims, reports=(report("a"), report("b", published=NEXT)))

    assert [(r.before.number, r.after.number) for r in result.revisions] == [(30, 25)]
    assert result.contradictions == ()
