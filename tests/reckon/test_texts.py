"""One text against itself."""

from atleast.model import Claim, Report
from atleast.reckon import say

from .invented import NEXT, at_least, claim, reckoned, report

BUGLE = report("a", publisher="The Bugle", published=NEXT)
MINISTRY = "Interior Ministry"


def texts(*claims: Claim, reports: tuple[Report, ...] = (BUGLE,)) -> list[tuple[str, list[int]]]:
    result = reckoned(*claims, reports=reports)
    return [(c.what, [c.below.total, *(t.value for t in c.above.terms)]) for c in result.contradictions if c.kind == "text"]


def test_a_headline_above_the_only_number_of_the_body() -> None:
    headline = at_least(201, by=None, report="a", hedge="more_than", note="headline")

    assert texts(headline, claim(134, by=MINISTRY, report="a")) == [("text.own_and_quoted", [201, 134])]


def test_a_headline_is_known_by_the_title_too() -> None:
    titled = Report(id="a", publisher="The Bugle", published=NEXT, title="so many seized")
    heard = at_least(180, report="b")
    claims = (claim(180, by=None, report="a"), claim(134, by=MINISTRY, report="a"), heard)

    assert texts(*claims, reports=(titled, report("b"))) == [("text.own_and_quoted", [180, 134])]
    assert texts(*claims, reports=(BUGLE, report("b"))) == []


def test_a_headline_that_adds_what_two_speakers_counted() -> None:
    body = [claim(580, by=MINISTRY, report="a"), claim(620, report="a")]
    result = reckoned(claim(1200, by=None, report="a"), *body, reports=(BUGLE,))
    (clash,) = [c for c in result.contradictions if c.kind == "text"]

    assert clash.what == "text.added"
    assert "The Bugle 1200 = 620 + 580" in say(clash)
    assert "c" in {a.claim[0] for a in result.set_aside}


def test_a_headline_that_fits_one_of_the_two_is_right() -> None:
    assert texts(at_least(301, by=None, report="a", hedge="more_than"), at_least(310, report="a"), claim(272, by=MINISTRY, report="a")) == []


def test_upwards_of_the_number_quoted_is_a_way_of_speaking() -> None:
    assert texts(at_least(263, by=None, report="a", hedge="more_than"), claim(262, report="a")) == []


def test_a_headline_may_not_go_beyond_at_least() -> None:
    headline = at_least(1001, by=None, report="a", hedge="more_than", note="headline")

    assert texts(headline, at_least(866, report="a", hedge="at_least")) == [("text.own_and_quoted", [1001, 866])]
    assert texts(at_least(801, by=None, report="a", hedge="more_than", note="headline"), at_least(866, report="a", hedge="at_least")) == []
