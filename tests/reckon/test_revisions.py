"""A later figure of the same speaker replaces the earlier one."""

from dataclasses import replace

from atleast.model import Claim, People, Report
from atleast.reckon import say

from .invented import DAY, NEXT, at_least, claim, found, reckoned, report
from .test_bounds import bound

EIGHT, NINE = "2031-05-01T20:00Z", "2031-05-01T21:00Z"


def test_a_count_that_goes_down_is_a_correction_and_not_a_contradiction() -> None:
    result = reckoned(claim(66, "Strelsau", at=EIGHT), claim(62, "Strelsau", at=NINE))
    (revision,) = result.revisions

    assert (revision.before.number, revision.after.number, revision.direction) == (66, 62, "down")
    assert bound(result, "Strelsau").people == People(62, 62)
    assert result.contradictions == ()
    assert say(revision) == (
        "Strelsau, detained: 66 → 62, The Monitor, 2031-05-01T20:00Z → 2031-05-01T21:00Z (correction: a count that only grows went down)"
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


def test_a_count_that_grows_later_is_no_correction_but_after_the_event_it_is() -> None:
    growth = reckoned(at_least(262, at=EIGHT), at_least(271, at=NINE))
    over = reckoned(claim(290, at=NEXT), claim(321, at="2031-05-04"))

    assert [(r.correction, r.why) for r in growth.revisions] == [(False, "")]
    assert [(r.correction, r.why) for r in over.revisions] == [(True, "event_over")]
    assert say(over.revisions[0]).endswith("(correction: the event was over)")


TWO = (report("a", publisher="The Monitor", published=NINE), report("b", publisher="The Monitor", published="2031-05-01T23:00Z"))


def test_a_higher_number_for_the_same_earlier_moment_that_is_published_later_corrects_the_past() -> None:
    result = reckoned(claim(62, report="a", at=EIGHT), claim(66, report="b", at=EIGHT), reports=TWO)
    (revision,) = result.revisions

    assert (revision.before.number, revision.after.number, revision.why) == (62, 66, "same_moment")
    assert bound(result).people == People(66, 66)
    assert result.contradictions == ()
    assert "2031-05-01T20:00Z → 2031-05-01T20:00Z (correction: of the same moment, published later)" in say(revision)


def test_a_lower_number_for_the_same_moment_takes_the_earlier_back_of_stocks_and_crowds_too() -> None:
    for quantity, at in (("detained", EIGHT), ("still_held", EIGHT), ("participants", DAY)):
        told = [claim(66, report="a", at=at, quantity=quantity), claim(62, report="b", at=at, quantity=quantity)]
        result = reckoned(*told, reports=TWO)

        assert [(r.before.number, r.after.number) for r in result.revisions] == [(66, 62)]
        assert [a.reason.key for a in result.set_aside] == ["aside.revised"]
        assert result.contradictions == ()


def test_two_numbers_that_relays_give_for_one_moment_are_a_slip_and_no_correction() -> None:
    papers = (report("a", published=NINE), report("b", published="2031-05-01T23:00Z"))
    result = reckoned(claim(62, report="a", at=EIGHT), claim(66, report="b", at=EIGHT), reports=papers)

    assert result.revisions == ()
    assert [c.what for c in result.contradictions] == ["relay.two_numbers"]


def test_people_held_at_two_moments_are_two_counts_and_no_revision() -> None:
    result = reckoned(claim(66, report="a", at=EIGHT, quantity="still_held"), claim(62, report="b", at=NINE, quantity="still_held"), reports=TWO)

    assert result.revisions == ()
    assert bound(result, quantity="still_held").people == People(62, 62)


def in_text(text: str, quote: str, name: str, outlet: str = "The Monitor", **more: object) -> tuple[Claim, Report]:
    """A claim whose quote stands in the text of its report."""
    start = text.index(quote)
    told = replace(claim(int(quote.split()[-1]), "Strelsau", report=name, **more), quote=quote, start=start, end=start + len(quote))  # type: ignore[arg-type]
    return told, replace(report(name, publisher=outlet), text=text, language="en")


CALLED = "Night in Strelsau.\nThe figures were later revised. In Strelsau 71"


def test_a_number_that_its_speaker_calls_revised_corrects_the_past_in_these_words() -> None:
    told, text = in_text(CALLED, "In Strelsau 71", "b", at=NINE)
    (revision,) = reckoned(claim(66, "Strelsau", at=EIGHT), told, reports=(text,)).revisions

    assert (revision.direction, revision.why, revision.called) == ("up", "called", "figures were later revised")
    assert say(revision).endswith("(correction, called “figures were later revised”)")


def test_a_relay_that_calls_a_number_for_one_moment_revised_passes_on_a_correction() -> None:
    told, text = in_text(CALLED, "In Strelsau 71", "b", at=EIGHT, outlet="The Echo")
    papers = (report("a", published=EIGHT), replace(text, published=NEXT))
    result = reckoned(claim(66, "Strelsau", report="a", at=EIGHT), told, reports=papers)

    assert [r.why for r in result.revisions] == ["called"]
    assert result.contradictions == ()


def test_what_another_speaker_revised_in_the_same_paragraph_is_not_said_of_this_number() -> None:
    text = "The ministry revised its figures: Ministry 40. In Strelsau 71"
    other, _ = in_text(text, "Ministry 40", "b", by="Interior Ministry", at=NINE)
    told, paper = in_text(text, "In Strelsau 71", "b", at=NINE)
    result = reckoned(claim(66, "Strelsau", at=EIGHT), told, other, reports=(paper,))

    assert [(r.speaker, r.why) for r in result.revisions] == [("The Monitor", "")]


def test_a_reviewers_note_calls_a_number_corrected() -> None:
    result = reckoned(claim(66, at=EIGHT), claim(70, at=NINE, note="refined by the monitor itself; seen twice"))

    assert [r.called for r in result.revisions] == ["refined by the monitor itself"]
