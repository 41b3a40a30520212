"""How far contradictions are looked for, and what is said where that ended."""

from atleast.model import Claim
from atleast.reckon import Look, say

from .invented import NEXT, at_least, claim, reckoned


def quarrels() -> list[Claim]:
    places = ("Zenda", "Hofbau", "Tarlenheim", "Strelsau")
    return [c for n, place in enumerate(places, 5) for c in (claim(n, place, by="Town Police", at=NEXT), at_least(9 * n, place))]


def test_all_is_looked_at_where_the_budget_allows() -> None:
    result = reckoned(*quarrels())

    assert (len(result.contradictions), result.hidden, result.stopped) == (4, 0, None)


def test_a_budget_of_ceilings_shows_the_weightiest_and_counts_the_rest() -> None:
    result = reckoned(*quarrels(), look=Look(ceilings=2))

    assert [c.gap for c in result.contradictions] == [64, 56]
    assert result.hidden >= 2
    assert result.stopped and say(result.stopped) == "Stopped after the budget of broken ceilings: 2"


def test_no_time_is_no_look() -> None:
    result = reckoned(*quarrels(), look=Look(seconds=0))

    assert result.contradictions == ()
    assert result.hidden >= 4
    assert result.stopped and "seconds" in say(result.stopped)


def test_a_budget_of_figures_ends_the_look_too() -> None:
    result = reckoned(*quarrels(), look=Look(figures=0))

    assert len(result.contradictions) == 1
    assert result.stopped and say(result.stopped, "ru") == "Поиск остановлен: просмотрено чисел — 0"


def test_a_ceiling_that_is_broken_twice_is_hidden_once() -> None:
    statement = [claim(n, quantity=q, by="Town Police", at=NEXT, report="s") for n, q in ((40, "detained"), (30, "released"), (20, "still_held"))]
    rough = claim(70, by="Aid", kind="organisation", bound="about", hedge="about", at=NEXT)
    result = reckoned(*statement, rough, look=Look(ceilings=0))

    assert result.hidden == 1
