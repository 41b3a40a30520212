"""Sums that come out are told."""

from atleast.model import Claim
from atleast.reckon import Tally, say

from .invented import NEXT, at_least, claim, reckoned, report


def agreeing(result: Tally) -> list[tuple[str, list[int], int | None]]:
    return [(h.what, sorted(t.value for t in h.parts), h.whole.number) for h in result.holds]


def test_towns_in_their_provinces_add_up_to_the_country() -> None:
    towns = [claim(30, "Zenda", at=NEXT), claim(20, "Tarlenheim", at=NEXT), claim(50, "Strelsau", at=NEXT)]

    assert agreeing(reckoned(*towns, claim(100, at=NEXT))) == [("hold.parts", [20, 30, 50], 100)]


def test_provinces_and_their_towns_are_not_added_to_each_other() -> None:
    said = [claim(30, "Zenda", at=NEXT), claim(50, "Zenda Province", at=NEXT), claim(50, "Strelsau", at=NEXT), claim(20, "Hofbau", at=NEXT)]

    assert agreeing(reckoned(*said, claim(100, at=NEXT))) == [("hold.parts", [50, 50], 100), ("hold.parts", [20, 30], 50)]


def test_men_and_women_make_everybody() -> None:
    groups = [claim(94, "Strelsau", among="men", at=NEXT), claim(40, "Strelsau", among="women", at=NEXT)]

    assert agreeing(reckoned(*groups, claim(134, "Strelsau", at=NEXT))) == [("hold.groups", [40, 94], 134)]


def test_twenty_more_than_an_hour_ago() -> None:
    said = [claim(271, report="a", at="2031-05-01T20:00Z"), claim(291, report="b", at="2031-05-01T21:00Z"), claim(20, report="b", at="2031-05-01T21:00Z", note="in addition")]
    result = reckoned(*said, reports=(report("a"), report("b")))

    assert agreeing(result) == [("hold.growth", [20, 271], 291)]
    assert "271 + Ruritania 20 = 291" in say(result.holds[0])


def test_all_fates_that_one_report_tells() -> None:
    fates = [claim(n, quantity=q, at=NEXT) for n, q in ((71, "fined"), (19, "jailed"), (44, "released"))]

    assert agreeing(reckoned(*fates, claim(134, at=NEXT))) == [("hold.fates", [19, 44, 71], 134)]


def test_what_two_speakers_say_is_no_identity() -> None:
    towns: list[Claim] = [claim(30, "Zenda", at=NEXT), claim(70, "Strelsau", at=NEXT), at_least(100, by="Interior Ministry")]

    assert agreeing(reckoned(*towns)) == []


def test_an_organisation_with_the_ministrys_number_is_a_second_witness() -> None:
    said = [claim(134, by="Interior Ministry", at=NEXT, report="a"), claim(134, by="Legal Aid", kind="organisation", at="2031-05-02T12:00Z", report="b")]
    cell = reckoned(*said, reports=(report("a"), report("b", publisher="Legal Aid"))).cell("detained", "Ruritania")

    assert cell is not None
    assert str(cell.independent.people) == "134"


def test_officers_and_others_who_were_hurt_make_all_who_were() -> None:
    hurt = [claim(n, quantity="injured", among=who, by="Hospital", kind="organisation", at=NEXT) for n, who in ((23, "police"), (10, "civilians"), (33, None))]

    assert [(h.what, sorted(t.value for t in h.parts), h.whole.number) for h in reckoned(*hurt).holds] == [("hold.groups", [10, 23], 33)]
