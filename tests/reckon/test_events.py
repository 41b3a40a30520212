"""A heap that holds several events: one is reckoned, the others are listed and never mixed in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.model import Claim, People, Report
from atleast.reckon import Tally, say

from .invented import DAY, NEXT, Tree, at_least, claim, found, reckoned, report
from .test_bounds import bound

EARLIER, LATER = "2031-04-03", "2031-05-15"
TWO_LANDS = Tree({"Strelsau, Ruritania": "Ruritania", "Ems, Graustark": "Graustark"})


def names(result: Tally) -> list[tuple[str, int]]:
    return [(event.name, event.claims) for event in result.events]


def why_not(result: Tally) -> dict[str, object]:
    return {a.claim: a.reason.args.get("event") for a in result.set_aside}


def test_the_event_of_most_claims_is_reckoned_and_the_others_are_listed_with_their_counts() -> None:
    result = reckoned(at_least(5), at_least(6), at_least(700, day=EARLIER, id="old"), at_least(1, day=LATER, id="new"))

    assert names(result) == [("2031-05-01, Ruritania", 2), ("2031-04-03, Ruritania", 1), ("2031-05-15, Ruritania", 1)]
    assert [event.main for event in result.events] == [True, False, False]
    assert bound(result).people == People(6, None)
    assert why_not(result) == {"old": "2031-04-03, Ruritania", "new": "2031-05-15, Ruritania"}


def test_a_day_in_another_country_is_another_event() -> None:
    claims = [at_least(5, "Strelsau"), at_least(6, "Strelsau"), at_least(40, "Ems, Graustark", id="abroad")]
    result = reckoned(*claims, places=TWO_LANDS)

    assert names(result) == [("2031-05-01, Ruritania", 2), ("2031-05-01, Graustark", 1)]
    assert [cell.key.place for cell in result.cells] == ["Strelsau, Ruritania"]
    assert why_not(result) == {"abroad": "2031-05-01, Graustark"}


MARCH, STRIKE = "2031-05-01, Ruritania, March of Mothers", "2031-05-01, Ruritania, Miners' strike"


def at_march(number: int, **more: object) -> Claim:
    return replace(at_least(number, **more), extra={"occasion": "March of Mothers"})


def at_strike(number: int, **more: object) -> Claim:
    return replace(at_least(number, **more), extra={"occasion": "Miners' strike"})


def test_two_occasions_of_one_day_are_two_events_and_what_tells_none_is_in_neither() -> None:
    result = reckoned(at_march(5), at_march(6), at_strike(90, id="strike"), at_least(100, id="day"))

    assert names(result) == [(MARCH, 2), ("2031-05-01, Ruritania", 1), (STRIKE, 1)]
    assert bound(result).people == People(6, None)
    assert why_not(result) == {"strike": STRIKE, "day": "2031-05-01, Ruritania"}


def test_the_only_occasion_of_a_day_is_theirs_who_tell_none() -> None:
    result = reckoned(at_march(5), at_least(7), at_least(9, day=None))

    assert names(result) == [(MARCH, 3)]
    assert bound(result).people == People(9, None)


def test_a_report_that_tells_of_one_occasion_only_is_about_it() -> None:
    result = reckoned(at_march(5), at_strike(9, report="s"), at_least(7), at_least(11, report="s", id="strike"))

    assert names(result) == [(MARCH, 2), (STRIKE, 2)]
    assert bound(result).people == People(7, None)


def test_of_a_whole_day_its_occasions_are_parts() -> None:
    """Somebody may have been taken at either, so they are not added up; and a full count of one caps nothing."""
    full = replace(claim(30, at=NEXT), extra={"occasion": "March of Mothers"})
    told = [full, at_strike(12), *(at_least(n, report=f"r{n}") for n in (20, 25, 29))]
    result = reckoned(*told)

    assert names(result) == [("2031-05-01, Ruritania", 5), (MARCH, 1), (STRIKE, 1)]
    assert bound(result).people == People(30, None)
    assert bound(reckoned(*told, event="Miners' strike")).people == People(12, None)
    assert found(reckoned(*told, at_least(35, report="r35"))) == []


@pytest.mark.parametrize("asked", ["2031-04-03, Ruritania", "2031-04-03", " 2031-04-03,  ruritania"])
def test_another_event_can_be_chosen(asked: str) -> None:
    result = reckoned(at_least(5), at_least(6), at_least(700, day=EARLIER), event=asked)

    assert result.day == EARLIER
    assert bound(result).people == People(700, None)
    assert len(result.set_aside) == 2


def test_an_event_that_nobody_speaks_of_is_answered_with_those_that_are() -> None:
    with pytest.raises(ValueError, match=r"no event is called '2031-06-01'.*2031-05-01, Ruritania"):
        reckoned(at_least(5), event="2031-06-01")


def test_a_name_that_several_events_have_is_answered_with_all_of_them() -> None:
    with pytest.raises(ValueError, match=r"several events.*2031-04-03, Ruritania; 2031-05-01, Ruritania"):
        reckoned(at_least(5), at_least(5, day=EARLIER), event="Ruritania")


def test_a_claim_without_a_date_is_of_the_event_that_its_report_is_about() -> None:
    main = [at_least(n, report="main") for n in (5, 6, 7)]
    background = [at_least(700, day=EARLIER, report="old"), at_least(800, day=None, report="old", id="undated")]
    reports = (report("main"), report("old", published="2031-04-20"))
    result = reckoned(*main, *background, reports=reports)

    assert why_not(result)["undated"] == "2031-04-03, Ruritania"
    assert bound(result).people == People(7, None)


def test_background_in_a_report_of_the_day_does_not_carry_its_undated_claims_away() -> None:
    main = [at_least(n, report="main") for n in (5, 6, 7)]
    fresh = [at_least(700, day=EARLIER, report="fresh"), at_least(9, day=None, report="fresh")]
    result = reckoned(*main, *fresh, reports=(report("main"), report("fresh", published=NEXT)))

    assert bound(result).people == People(9, None)


def test_a_total_over_months_is_no_event_however_often_it_is_told() -> None:
    months = [claim(1800, day="2031-01-01/2031-05-02", by=f"Speaker {n}", report=f"m{n}") for n in range(5)]
    result = reckoned(*months, at_least(5), at_least(6))

    assert names(result)[0] == ("2031-05-01, Ruritania", 2)
    assert [(event.name, event.total) for event in result.events[1:]] == [("2031-01-01/2031-05-02, Ruritania", True)]
    assert {a.reason.key for a in result.set_aside} == {"aside.longer"}


def test_an_event_of_two_days_is_told_from_a_total_over_the_month() -> None:
    two_days = f"{DAY}/{NEXT}"
    claims = [at_least(50, day=two_days), at_least(40, day=two_days), at_least(30, day=DAY), claim(900, day="2031-05", id="month")]
    result = reckoned(*claims)

    assert (result.day, bound(result).people) == (two_days, People(50, None))
    assert [(e.day, e.total, e.claims) for e in result.events] == [(two_days, False, 3), ("2031-05", True, 1)]
    assert [a.claim for a in result.set_aside] == ["month"]


def test_a_bare_place_that_nothing_is_known_of_is_no_country_of_its_own() -> None:
    result = reckoned(at_least(5), at_least(6), at_least(3, "Atlantis", id="bare", day=DAY))

    assert len(result.events) == 1


def test_another_event_proves_nothing_and_contradicts_nothing() -> None:
    old = [claim(10, "Strelsau", day=EARLIER, at=EARLIER), claim(3, day=EARLIER, by="City Police", at=EARLIER)]
    result = reckoned(at_least(5), at_least(6), *[replace(c, id=f"o{n}") for n, c in enumerate(old)], at_least(7))

    assert found(result) == []
    assert len(found(reckoned(at_least(5), at_least(6), at_least(7), *old, event=EARLIER))) == 1


@pytest.mark.parametrize("language", ["en", "ru"])
def test_an_event_can_be_said(language: str) -> None:
    result = reckoned(at_least(5), at_least(6), claim(900, day="2031-05"))

    assert [event.name in say(event, language) for event in result.events] == [True, True]


DAYS = st.sampled_from([DAY, NEXT, EARLIER, LATER, "2031-05", f"{DAY}/{NEXT}", None])


@given(st.lists(st.tuples(DAYS, st.sampled_from("abc"), st.sampled_from(["Strelsau", "Ems, Graustark"])), max_size=9), st.randoms(use_true_random=False))
def test_events_do_not_depend_on_the_order_of_claims(told: list[tuple[str | None, str, str]], chance: object) -> None:
    claims = [at_least(n + 1, place, day=day, report=r, id=f"c{n}") for n, (day, r, place) in enumerate(told)]
    reports = tuple(Report(r, published=p) for r, p in zip("abc", (DAY, EARLIER, None), strict=True))
    shuffled: list[Claim] = list(claims)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert reckoned(*claims, reports=reports, places=TWO_LANDS) == reckoned(*shuffled, reports=reports[::-1], places=TWO_LANDS)


def test_a_number_noted_as_background_is_set_aside_and_shown() -> None:
    noted = claim(5400, id="c1", extra={"scope": "context"})
    result = reckoned(noted, claim(271))

    assert bound(result).people == People(271, 271)
    assert [(a.claim, a.reason.key) for a in result.set_aside] == [("c1", "aside.background")]
    assert reckoned(claim(71, quantity="fined", id="c2", extra={"scope": "follow-up"})).set_aside == ()
