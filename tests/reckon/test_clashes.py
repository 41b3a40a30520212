"""Figures that cannot all be true, and figures that can."""

import pytest

from atleast.model import Claim
from atleast.reckon import say, tally

from .invented import NEXT, Tree, at_least, at_most, claim, found, reckoned, report

MINISTRY = "Interior Ministry"
POLICE = "Strelsau Police"


def test_two_full_counts_of_one_row_are_disputed() -> None:
    result = reckoned(at_least(271), claim(136, by=MINISTRY, at=NEXT))
    (clash,) = result.contradictions

    assert (clash.kind, clash.what, clash.gap) == ("dispute", "clash.two_figures", 135)
    assert "The Monitor 271 > 136 Interior Ministry" in say(clash)
    assert len(clash.claims) == 2


def test_a_speaker_whose_parts_exceed_his_whole_cannot_be_right() -> None:
    parts = [claim(n, place, by=MINISTRY, at=NEXT) for n, place in ((56, "Zenda Province"), (50, "Marsh Province"))]
    result = reckoned(claim(100, by=MINISTRY, at=NEXT, report="s"), *parts)

    assert found(result, "proof", "text") == [([56, 50], [100])]


def test_the_parts_of_one_office_and_another_of_the_same_side_are_joined() -> None:
    result = reckoned(
        claim(100, by=MINISTRY, at=NEXT),
        claim(56, "Zenda Province", by=MINISTRY, at=NEXT),
        claim(30, "Marsh Province", by=MINISTRY, at=NEXT),
        claim(38, "Strelsau", by=POLICE, at="2031-05-01T19:30Z"),
    )
    (clash,) = result.contradictions

    assert (clash.kind, clash.what) == ("proof", "clash.sum_above_whole")
    assert found(result) == [([56, 38, 30], [100])]
    assert "Zenda Province 56 + Strelsau 38 + Marsh Province 30 = 124 > 100 Ruritania" in say(clash)


def test_every_figure_of_the_core_is_needed() -> None:
    places = ("Zenda", "Hofbau", "Tarlenheim", "Strelsau")
    claims = [claim(n, place, at="2031-05-01T21:00Z") for n, place in zip((62, 57, 21, 20), places, strict=True)]
    whole = claim(136, by=MINISTRY, at=NEXT)
    (clash,) = reckoned(*claims, whole).contradictions
    core = [c for c in (*claims, whole) if c.id in {claim for f in clash.core for claim in f.claims}]

    assert clash.below.total == 160
    assert sorted(f.number for f in clash.core) == [21, 57, 62, 136]  # type: ignore[type-var]
    assert "62 + Hofbau 57 + Tarlenheim 21 = 140" in say(clash)
    assert reckoned(*core).contradictions
    for spared in core:
        assert not reckoned(*(c for c in core if c is not spared)).contradictions


def test_a_town_may_not_have_more_than_its_region() -> None:
    result = reckoned(claim(21, "Zenda", at="2031-05-01T21:00Z"), claim(12, "Zenda Province", by=MINISTRY, at=NEXT))

    assert [c.what for c in result.contradictions] == ["clash.part_above_whole"]
    assert found(result) == [([21], [12])]


def test_a_region_not_named_may_not_exceed_the_smallest_that_was() -> None:
    result = reckoned(
        claim(12, "Zenda Province", by=MINISTRY, report="m", at=NEXT),
        at_most(7, "Ruritania (any region not in the list)", by=MINISTRY, report="m", at=NEXT),
        claim(38, "Strelsau", by=POLICE, at="2031-05-01T19:30Z"),
        claim(9, "Zenda", at="2031-05-01T19:30Z"),
    )

    assert [(c.what, c.key.place) for c in result.contradictions] == [("clash.above_others", "Strelsau, Ruritania")]
    assert found(result) == [([38], [7])]


def test_a_group_may_not_be_larger_than_all() -> None:
    result = reckoned(claim(9, "Zenda", among="minors"), claim(5, "Zenda", by=POLICE, at=NEXT))

    assert [c.what for c in result.contradictions] == ["clash.group_above_all"]


def test_more_cannot_be_released_than_were_detained() -> None:
    result = reckoned(claim(50, quantity="released", at=NEXT), claim(40, by=POLICE, at=NEXT))

    assert found(result) == [([50], [40])]


def test_released_and_held_together_cannot_exceed_the_detained() -> None:
    result = reckoned(
        claim(35, by=POLICE, at=NEXT),
        claim(20, quantity="released", by=POLICE, at="2031-05-01T20:00Z"),
        claim(18, quantity="still_held", by=POLICE, at="2031-05-01T20:30Z"),
    )

    assert found(result, "proof", "text") == [([20, 18], [35])]


def test_parts_that_make_less_than_the_whole_they_divide() -> None:
    result = reckoned(at_least(100), claim(30, "Strelsau", by=POLICE, at=NEXT), claim(50, "Ruritania (outside Strelsau)", by=POLICE, at=NEXT))
    (clash,) = [c for c in result.contradictions if c.what == "clash.parts_below_whole"]

    assert clash.gap == 20
    assert "Ruritania 100 > 30 Strelsau + 50 Ruritania (outside Strelsau) = 80" in say(clash)


@pytest.mark.parametrize(
    "claims",
    [
        [claim(66, "Strelsau", at=NEXT), claim(196, "Ruritania (outside Strelsau)", at=NEXT), claim(262, at=NEXT)],
        [claim(38, at="2031-05-01T19:30Z"), claim(20, quantity="released", at="2031-05-01T20:10Z"), claim(0, quantity="still_held", at="2031-05-01T20:30Z")],
        [claim(7, at=NEXT), claim(6, quantity="charges", at=NEXT), claim(1, quantity="charged", at=NEXT)],
        [at_least(100, bound="vague"), at_least(271), at_most(300, by=MINISTRY, at=NEXT)],
        [claim(136, at=NEXT), claim(71, quantity="charges", at=NEXT), claim(60, quantity="to_court", at=NEXT)],
        [claim(5, quantity="charges", at=NEXT), claim(3, at=NEXT)],
        [claim(5, quantity="injured", at=NEXT), claim(3, at=NEXT)],
        [claim(2, "Zenda", at=NEXT, note="named subset"), claim(9, "Zenda", at=NEXT)],
        [claim(26, quantity="cities", of="detentions", at=NEXT), claim(80, quantity="cities", of="rallies_held", at=NEXT), claim(90, at=NEXT)],
        [claim(26, quantity="rallies", of="unauthorised", at=NEXT), claim(35, quantity="rallies", of="authorised", at=NEXT)],
        [claim(3970, quantity="participants", of="unauthorised rallies", at=NEXT), claim(1800, quantity="participants", of="authorised rallies", at=NEXT)],
        [claim(40, bound="about"), claim(45, at=NEXT)],
        [claim(10, "Zenda", at=NEXT), claim(10, "Hofbau", at=NEXT), claim(20, "Zenda Province", at=NEXT), claim(20, at=NEXT)],
    ],
)  # fmt: skip
def test_figures_that_agree_are_not_flagged(claims: list) -> None:  # type: ignore[type-arg]
    assert reckoned(*claims).contradictions == ()


@pytest.mark.parametrize(
    "parts, whole",
    [
        ([claim(66, "Strelsau", at=NEXT), claim(196, "Ruritania (outside Strelsau)", at=NEXT)], claim(262, at=NEXT)),
        ([claim(10, "Zenda", at=NEXT), claim(10, "Hofbau", at=NEXT)], claim(20, "Zenda Province", at=NEXT)),
        ([claim(6, quantity="charges"), claim(1, quantity="charged")], claim(7)),
    ],
)  # fmt: skip
def test_sums_that_come_out_are_told(parts: list, whole: object) -> None:  # type: ignore[type-arg]
    (hold,) = reckoned(*parts, whole).holds  # type: ignore[arg-type]

    assert sorted(t.value for t in hold.parts) == sorted(c.low for c in parts)
    assert hold.whole.number == whole.low  # type: ignore[attr-defined]
    assert "=" in say(hold)


def test_all_released_against_a_term_of_arrest_is_a_tension() -> None:
    claims = [claim(1, "Zenda", quantity="jailed", at="2031-05-01T21:00Z"), claim(0, quantity="still_held", by=MINISTRY, at=NEXT)]
    (clash,) = reckoned(*claims).contradictions

    assert (clash.kind, clash.assumes) == ("tension", ("jailed_are_held",))
    assert clash.below.terms[0].figure.key.quantity == "jailed"
    assert reckoned(*claims, without={"jailed_are_held"}).contradictions == ()


def test_all_released_before_the_term_was_given_is_no_tension() -> None:
    result = reckoned(
        claim(0, quantity="still_held", by=MINISTRY, at="2031-05-01T20:00Z"), claim(1, quantity="jailed", at="2031-05-01T21:00Z")
    )

    assert result.contradictions == ()


def test_somebody_held_after_all_were_released_is_a_tension() -> None:
    result = reckoned(
        claim(0, "Strelsau", quantity="still_held", by=POLICE, at="2031-05-01T20:30Z"),
        claim(2, "Strelsau", quantity="still_held", day=NEXT),
        claim(3, "Strelsau"),
    )

    assert [(c.kind, c.assumes) for c in result.contradictions] == [("tension", ("released_stay_free",))]


def test_an_official_figure_of_the_day_below_the_monitors_is_a_tension() -> None:
    claims = [claim(15, by=POLICE, report="a"), at_least(40, report="b")]
    reports = (report("a"), report("b"))
    result = reckoned(*claims, reports=reports)

    assert [(c.kind, c.assumes) for c in result.contradictions] == [("tension", ("last_word",))]
    assert reckoned(*claims, reports=reports, without={"last_word"}).contradictions == ()


def test_about_forty_against_at_least_sixty_two_is_at_most_a_tension() -> None:
    result = reckoned(claim(40, bound="about", by=POLICE, at=NEXT), at_least(62))

    assert [(c.kind, c.assumes) for c in result.contradictions] == [("tension", ("about",))]


def test_two_numbers_for_one_thing_inside_one_text() -> None:
    result = reckoned(claim(235, by=None, report="a"), claim(130, by=None, report="a"), reports=(report("a", publisher="The Bugle"),))

    assert [c.kind for c in result.contradictions] == ["text"]
    assert found(result, "text") == [([235], [130])]


def test_the_ministrys_figure_is_told_once_however_often_it_is_relayed() -> None:
    relays = [claim(136, by=MINISTRY, at=NEXT, report=f"r{n}") for n in range(12)]
    result = reckoned(*relays, at_least(271))
    (clash,) = result.contradictions

    assert len(clash.claims) == 13
    assert "11" in say(clash)


def test_what_would_mend_it_is_told() -> None:
    (clash,) = reckoned(at_least(271), claim(136, by=MINISTRY, at=NEXT)).contradictions

    assert [say(m) for m in clash.mend] == [
        "Mended if Ruritania 271+ (The Monitor) were 136 or fewer",
        "Mended if Ruritania 136 (Interior Ministry) were 271 or more",
    ]


def test_official_and_wider_contradictions_come_first() -> None:
    result = reckoned(
        claim(30, "Zenda", by=None, report="x"), claim(20, "Zenda", by="Town Crier", at=NEXT),
        claim(12, "Strelsau", by=POLICE, at=NEXT), at_least(13, "Strelsau"),
        claim(5, "Tarlenheim", by=POLICE, at=NEXT), at_least(50, "Tarlenheim"),
    )  # fmt: skip

    assert [c.gap for c in result.contradictions] == [45, 1, 10]


def test_no_claims_make_an_empty_tally() -> None:
    result = tally([], places=Tree())

    assert result.cells == result.contradictions == ()
    assert result.day is None


def test_a_headline_that_fits_none_of_the_numbers_in_its_body() -> None:
    body = [claim(262, by="The Monitor", report="a"), claim(136, by=MINISTRY, report="a", at=NEXT)]
    result = reckoned(claim(300, by=None, report="a"), *body, reports=(report("a", publisher="The Bugle"),))

    assert [(c.what, c.below.total, c.above.total) for c in result.contradictions if c.kind == "text"] == [("text.own_and_quoted", 300, 262)]
    assert "The Bugle 300 ≠ 262 The Monitor" in say(next(c for c in result.contradictions if c.kind == "text"))


def test_a_headline_that_rounds_down_fits() -> None:
    result = reckoned(at_least(201, by=None, report="a", hedge="more_than"), claim(262, report="a"), reports=(report("a", publisher="The Bugle"),))

    assert result.contradictions == ()


def test_two_offices_that_disagree_on_the_day_are_in_tension() -> None:
    offices = [claim(40, by=MINISTRY, report="a"), claim(55, "Strelsau", by=POLICE, report="b")]
    result = reckoned(*offices, reports=(report("a"), report("b")))

    assert [(c.kind, c.assumes) for c in result.contradictions] == [("tension", ("last_word",))]


def test_a_division_whose_part_was_corrected_later_was_right_when_it_was_made() -> None:
    eight, nine = "2031-05-01T20:00Z", "2031-05-01T21:00Z"
    result = reckoned(
        claim(66, "Strelsau", at=eight), at_least(262, at=eight), claim(62, "Strelsau", at=nine), at_least(271, at=nine),
        claim(196, "Ruritania (outside Strelsau)", by="Aid", at=eight),
    )  # fmt: skip

    assert result.contradictions == ()


def test_a_sum_above_its_own_total_is_not_told_again_against_another_speakers() -> None:
    groups = [claim(640, among="men", at=NEXT), claim(510, among="women", at=NEXT)]
    result = reckoned(*groups, claim(1100, at=NEXT), claim(1100, by="City Police", at=NEXT))

    assert [(c.below.total, {t.figure.speaker for t in c.above.terms}) for c in result.contradictions] == [(1150, {"The Monitor"})]


def test_parts_that_fall_short_of_their_own_total_are_told_beside_anothers_lower_total() -> None:
    division = [claim(1906, at=NEXT), claim(730, "Strelsau", at=NEXT), claim(1046, "Ruritania (outside Strelsau)", at=NEXT)]
    result = reckoned(*division, claim(1554, by="Interior Ministry", at=NEXT))

    assert ("text", "clash.parts_below_whole") in {(c.kind, c.what) for c in result.contradictions}


def test_more_held_after_the_event_than_were_held_before_is_a_tension() -> None:
    ministry = claim(60, quantity="still_held", by=MINISTRY, at="2031-05-02T10:00Z", report="m")
    later = at_least(90, "Strelsau", quantity="still_held", at="2031-05-02T18:00Z")
    (clash,) = reckoned(ministry, later).contradictions

    assert (clash.kind, clash.what, clash.assumes) == ("tension", "clash.held_grew", ("held_grow_fewer",))
    assert reckoned(ministry, later, without={"held_grow_fewer"}).contradictions == ()


@pytest.mark.parametrize(
    "later",
    [
        claim(90, quantity="still_held", at="2031-05-01T19:00Z"),  # while the event lasted
        claim(90, quantity="still_held", by=MINISTRY, at="2031-05-02T18:00Z"),  # the same speaker knows more by then
        claim(50, quantity="still_held", at="2031-05-02T18:00Z"),
    ],
)
def test_held_people_who_may_well_be_so_many_are_no_tension(later: Claim) -> None:
    earlier = "2031-05-01T18:00Z" if later.as_of == "2031-05-01T19:00Z" else "2031-05-02T10:00Z"

    assert reckoned(claim(60, quantity="still_held", by=MINISTRY, at=earlier, report="m"), later).contradictions == ()


def test_of_two_monitors_neither_answers_for_all_who_are_held() -> None:
    monitors = [claim(60, quantity="still_held", at="2031-05-02T10:00Z"), claim(90, quantity="still_held", by="Open House", at="2031-05-02T18:00Z")]

    assert reckoned(*monitors).contradictions == ()


def test_a_division_says_no_more_than_its_speakers_own_total() -> None:
    division = [claim(730, "Strelsau", at=NEXT), claim(1046, "Ruritania (outside Strelsau)", at=NEXT)]
    result = reckoned(claim(1906, at=NEXT), *division, claim(1554, by=MINISTRY, at=NEXT))
    alone = reckoned(*division, claim(1554, by=MINISTRY, at=NEXT))

    assert found(result, "dispute") == [([1906], [1554])]
    assert found(alone, "dispute") == [([1046, 730], [1554])]


def test_a_statement_that_contradicts_itself_comes_before_what_needs_another_word_and_nameless_ones_last() -> None:
    fates = [claim(n, "Zenda", quantity=q, by=POLICE, report="s", at=NEXT) for n, q in ((40, "detained"), (30, "released"), (15, "still_held"))]
    reports = (report("s", publisher=POLICE), report("x"))
    nameless = claim(90, "Hofbau", by=None, report="x"), claim(12, "Hofbau", by=MINISTRY, at=NEXT)
    result = reckoned(*fates, claim(136, by=MINISTRY, at=NEXT), at_least(271), *nameless, reports=reports)

    assert [(c.kind, c.gap) for c in result.contradictions] == [("text", 5), ("dispute", 135), ("dispute", 78)]


def test_a_later_full_count_of_another_office_is_a_dispute_and_no_proof() -> None:
    first, second = claim(480, by=MINISTRY, at="2031-05-02T09:00Z"), claim(512, by="Chief Police", at="2031-05-03T09:00Z")
    (clash,) = reckoned(first, second).contradictions
    (proof,) = reckoned(claim(512, by=MINISTRY, at="2031-05-02T09:00Z"), claim(480, by="Chief Police", at="2031-05-03T09:00Z")).contradictions

    assert (clash.kind, proof.kind) == ("dispute", "proof")
    assert any("of a moment before" in say(m) for m in clash.readings)


def test_released_and_sentenced_people_of_one_statement_are_in_tension_with_its_total() -> None:
    fates = [claim(n, "Zenda", quantity=q, by=POLICE, report="s", at=NEXT) for n, q in ((61, "detained"), (58, "released"), (7, "jailed"))]
    (clash,) = reckoned(*fates).contradictions

    assert (clash.kind, clash.what, clash.assumes) == ("tension", "clash.group_above_all", ("jailed_are_held",))
    assert found(reckoned(*fates)) == [([58, 7], [61])]
    assert {t.figure.key.quantity for t in clash.below.terms} == {"released", "jailed"}
    assert reckoned(*fates, without={"jailed_are_held"}).contradictions == ()


def test_released_people_may_be_sentenced_days_later() -> None:
    first = [claim(n, "Zenda", quantity=q, by=POLICE, at=NEXT) for n, q in ((61, "detained"), (58, "released"))]

    assert reckoned(*first, claim(7, "Zenda", quantity="jailed", by=POLICE, at="2031-05-04")).contradictions == ()
