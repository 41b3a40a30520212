"""The least change that mends."""

from atleast.reckon import say

from .invented import NEXT, at_least, claim, reckoned

MINISTRY = "Interior Ministry"


def test_the_least_change_comes_first() -> None:
    (clash,) = reckoned(at_least(57, "Zenda"), claim(56, "Zenda Province", by=MINISTRY, at=NEXT)).contradictions

    assert say(clash.mend[0]) == "Mended if Zenda 57+ (The Monitor) were 56 or fewer"


def test_of_a_sum_the_largest_figure_changes_least() -> None:
    parts = [claim(n, place, by=MINISTRY, at=NEXT) for n, place in ((56, "Zenda Province"), (50, "Marsh Province"))]
    (clash,) = reckoned(claim(100, by=MINISTRY, at=NEXT, report="s"), *parts).contradictions

    assert [say(m) for m in clash.mend] == [
        "Mended if Ruritania 100 (Interior Ministry) were 106 or more",
        "Mended if Zenda Province 56 (Interior Ministry) were 50 or fewer",
        "Mended if the parts together were 6 fewer",
    ]


def test_about_forty_would_have_to_be_about_fifty_two() -> None:
    claims = [claim(40, bound="about", hedge="about", by=MINISTRY, at=NEXT), at_least(62)]
    (clash,) = reckoned(*claims).contradictions
    mended = claim(52, bound="about", hedge="about", by=MINISTRY, at=NEXT)

    assert "Mended if Ruritania ≈40 (Interior Ministry) were 52 or more" in [say(m) for m in clash.mend]
    assert reckoned(mended, claims[1]).contradictions == ()
    assert reckoned(claim(51, bound="about", hedge="about", by=MINISTRY, at=NEXT), claims[1]).contradictions
