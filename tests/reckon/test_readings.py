"""The readings of the words that would remove a contradiction."""

from atleast.model import Claim
from atleast.reckon import Contradiction, say

from .invented import NEXT, at_least, claim, reckoned, report

MINISTRY, POLICE = "Interior Ministry", "Strelsau Police"
NINE = "2031-05-01T21:00Z"
REPORTS = (report("a", publisher="Interior Ministry"), report("b", publisher="The Monitor"), report("echo", publisher="The Echo"))


def only(*claims: Claim) -> Contradiction:
    (clash,) = reckoned(*claims, reports=REPORTS).contradictions
    return clash


def read(clash: Contradiction) -> list[str]:
    return [say(m) for m in clash.readings]


def test_the_country_without_the_capital_that_others_counted() -> None:
    clash = only(
        claim(100, by=MINISTRY, at=NEXT, report="a"), claim(56, "Zenda Province", by=MINISTRY, at=NEXT, report="a"),
        claim(40, "Marsh Province", by=MINISTRY, at=NEXT, report="a"), claim(38, "Strelsau", by=POLICE, at="2031-05-01T19:30Z", report="a"),
    )  # fmt: skip

    assert "Removed if Ruritania 100 (Interior Ministry) leaves out Strelsau" in read(clash)
    assert "Removed if Ruritania 100 (Interior Ministry) is of a moment before 2031-05-01T19:30Z" in read(clash)
    assert any("A whole is at least the sum of its separate parts" in line for line in read(clash))


def test_a_reading_that_does_not_remove_it_is_not_told() -> None:
    clash = only(
        claim(100, by=MINISTRY, at=NEXT, report="a"), claim(80, "Zenda", report="b", at=NINE), claim(60, "Tarlenheim", report="b", at=NINE),
        claim(55, "Strelsau", report="b", at=NINE),
    )  # fmt: skip

    assert not any("leaves out" in line for line in read(clash))


def test_a_hedge_is_only_lost_by_a_relay() -> None:
    relayed = only(at_least(271, report="b"), claim(136, by=MINISTRY, at=NEXT, report="echo"))
    own = only(at_least(271, report="b"), claim(136, by=MINISTRY, at=NEXT, report="a"))

    assert any("“more than”" in line for line in read(relayed))
    assert not any("“more than”" in line for line in read(own))


def test_an_about_that_was_lost_mends_a_small_gap_and_not_a_wide_one() -> None:
    near = only(claim(57, "Zenda", report="echo", at=NINE), claim(56, "Zenda Province", by=MINISTRY, at=NEXT, report="a"))
    far = only(claim(90, "Zenda", report="echo", at=NINE), claim(56, "Zenda Province", by=MINISTRY, at=NEXT, report="a"))

    assert any("“about”" in line for line in read(near))
    assert not any("“about”" in line for line in read(far))


def test_people_may_be_papers_where_the_same_number_is_told_of_papers() -> None:
    charges = claim(160, by=MINISTRY, quantity="charges", at=NEXT, report="a")
    clash = only(charges, claim(160, report="b", at=NINE), claim(134, by=MINISTRY, at=NEXT, report="a"))

    assert "Removed if Ruritania 160 (The Monitor) counts papers: the same number is told of them" in read(clash)


def test_how_far_an_about_would_have_to_reach() -> None:
    clash = only(claim(40, bound="about", hedge="about", by=MINISTRY, at=NEXT, report="a"), at_least(62, report="b"))

    assert "Removed if Ruritania ≈40 (Interior Ministry) may lie 55 % from its number" in read(clash)


def test_a_group_may_have_been_counted_apart() -> None:
    clash = only(claim(9, "Zenda", among="minors", report="b"), claim(5, "Zenda", by=POLICE, at=NEXT, report="a"))

    assert "Removed if this does not hold here: A group is part of everybody." in read(clash)


def test_slips_have_their_readings_too() -> None:
    clash = only(claim(262, report="b", at=NINE), claim(235, report="echo", at=NINE))

    assert read(clash) == ["Removed if Ruritania 235 (The Monitor) is of another moment"]


def test_readings_are_said_in_russian() -> None:
    clash = only(at_least(271, report="b"), claim(136, by=MINISTRY, at=NEXT, report="echo"))

    assert all(say(m, "ru").startswith("Снялось бы") for m in clash.readings)
