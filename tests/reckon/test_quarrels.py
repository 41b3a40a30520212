"""Which of the figures against a ceiling are worth telling."""

from atleast.reckon import Contradiction

from .invented import NEXT, at_least, claim, found, reckoned, report

MINISTRY, POLICE = "Interior Ministry", "Strelsau Police"


def told(clash: Contradiction) -> tuple[list[int], int]:
    return sorted(t.value for t in clash.below.terms), clash.above.total


def test_a_total_is_told_and_not_its_sum_of_fates() -> None:
    lawyers = [claim(n, "Strelsau", quantity=q, by="Lawyers", kind="lawyer", at=NEXT) for n, q in ((160, "released"), (65, "still_held"), (225, "detained"))]

    assert found(reckoned(*lawyers, claim(204, by=MINISTRY, at=NEXT))) == [([225], [204])]


def test_men_and_women_together_are_no_more_than_all() -> None:
    groups = [claim(333, among="men", at=NEXT), claim(301, among="women", at=NEXT)]

    assert found(reckoned(*groups, claim(620, at=NEXT))) == [([333, 301], [620])]
    assert found(reckoned(*groups, claim(634, at=NEXT))) == []


def test_journalists_may_be_minors_and_are_not_added_to_them() -> None:
    assert found(reckoned(claim(30, among="minors"), claim(30, among="journalists"), claim(40, at=NEXT))) == []


def test_officers_who_were_hurt_are_not_among_the_medics_patients() -> None:
    assert found(reckoned(claim(441, quantity="injured", among="police", by=MINISTRY, at=NEXT), claim(230, quantity="injured", by="Medics", at=NEXT))) == []


def test_an_outlets_own_number_caps_nobody_elses() -> None:
    assert found(reckoned(claim(210, by=None, report="a", at=NEXT), at_least(225), reports=(report("a"),))) == []


def test_other_sources_cap_nobody() -> None:
    assert found(reckoned(claim(270, by="other sources", kind="media", at=NEXT), at_least(321))) == []


def test_an_outlets_own_count_of_a_crowd_is_set_against_nobody() -> None:
    assert found(reckoned(claim(80_000, quantity="participants", by=None), claim(119_000, quantity="participants", by=MINISTRY))) == []


def test_organisers_and_police_who_count_a_crowd_differently_are_told() -> None:
    crowds = [claim(3_500_000, quantity="participants", by="The Union", kind="organisation", at="2031-05-01"), claim(1_080_000, quantity="participants", by=MINISTRY, at="2031-05-01")]

    assert found(reckoned(*crowds)) == [([3_500_000], [1_080_000])]


def test_two_monitors_of_one_evening_may_both_be_right() -> None:
    result = reckoned(claim(45, "Strelsau", by="Open House", report="a"), claim(62, "Strelsau", report="b"), reports=(report("a"), report("b")))

    assert result.contradictions == ()


def test_one_foreign_number_in_a_list_is_told_once() -> None:
    ministry = [claim(79, by=MINISTRY, at=NEXT), claim(42, "Zenda Province", by=MINISTRY, at=NEXT), claim(37, "Strelsau", by=MINISTRY, at=NEXT)]

    assert found(reckoned(*ministry, claim(47, "Zenda", by="Zenda Police", at=NEXT))) == [([47], [42])]


def test_a_list_that_one_speaker_gives_is_told_beside_a_part_of_it() -> None:
    ministry = [claim(79, by=MINISTRY, at=NEXT), claim(42, "Zenda Province", by=MINISTRY, at=NEXT)]
    result = reckoned(*ministry, claim(47, "Zenda", at=NEXT), claim(37, "Strelsau", at=NEXT))

    assert sorted(map(told, result.contradictions)) == [([37, 47], 79), ([47], 42)]


def test_what_is_proved_is_not_told_again_as_a_tension() -> None:
    result = reckoned(at_least(271), claim(136, by=MINISTRY, at=NEXT), claim(300, by="Reporters", kind="media", bound="about", hedge="about"))

    assert [c.kind for c in result.contradictions] == ["dispute"]


def test_the_capital_and_the_rest_say_no_more_than_their_total() -> None:
    ministry = [claim(272, by=MINISTRY, at=NEXT), claim(204, "Strelsau", by=MINISTRY, at=NEXT), claim(68, "Ruritania (outside Strelsau)", by=MINISTRY, at=NEXT)]

    assert found(reckoned(*ministry, claim(627, at=NEXT))) == [([627], [272])]


def test_more_released_a_day_later_is_no_quarrel() -> None:
    later = claim(92, quantity="released", by="Lawyers", kind="lawyer", at="2031-05-03T12:00Z")

    assert found(reckoned(claim(80, quantity="released", by=MINISTRY, at=NEXT), later)) == []


def test_a_tension_that_goes_further_is_told_beside_what_is_proved() -> None:
    police = claim(28, quantity="killed", by=MINISTRY, at="2031-05-02T14:00Z")
    hospital = claim(31, "Strelsau", quantity="killed", by="Hospital", kind="organisation", at="2031-05-02T09:00Z")
    later = claim(45, quantity="killed", by="River TV", kind="media", at="2031-05-02T18:00Z")

    assert [(c.kind, c.gap) for c in reckoned(police, hospital, later).contradictions] == [("dispute", 3), ("tension", 17)]


def test_what_an_outlet_says_of_a_part_is_not_told_where_somebody_named_says_as_much() -> None:
    country = claim(800, by=MINISTRY, at=NEXT)
    monitor, outlet = claim(1030, "Strelsau", at=NEXT), at_least(901, "Strelsau", by=None, report="a")

    assert found(reckoned(country, monitor, outlet, reports=(report("a"),))) == [([1030], [800])]
    assert found(reckoned(country, outlet, reports=(report("a"),))) == [([901], [800])]
