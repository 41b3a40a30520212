"""What to ask next: only what could change something, and by how much."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.reckon import Question, Tally, say

from .invented import NEXT, at_least, claim, reckoned


def asked(result: Tally, kind: str) -> list[Question]:
    return [q for q in result.questions if q.words.key == f"ask.{kind}"]


def test_a_whole_that_nobody_bounds_from_above_is_asked_for_first() -> None:
    result = reckoned(at_least(50), at_least(20, "Strelsau"))

    assert result.questions[0].words.key == "ask.ceiling"
    assert not asked(reckoned(claim(50, at=NEXT), at_least(20, "Strelsau")), "ceiling")


def test_people_in_no_place_that_was_counted_are_asked_for() -> None:
    (question,) = asked(reckoned(at_least(50), at_least(20, "Strelsau"), at_least(7, "Zenda")), "unplaced")

    assert question.room == 23
    assert "23 of 50 are in no place" in say(question)


def test_a_part_raises_the_whole_by_what_it_has_above_the_room() -> None:
    (question,) = asked(reckoned(at_least(50), at_least(20, "Strelsau")), "open")

    assert (question.key.place, question.room, question.most) == ("Strelsau, Ruritania", 30, None)
    assert "by what it has above 50" in say(question)


def test_a_part_with_a_ceiling_raises_the_whole_no_further() -> None:
    result = reckoned(at_least(25), at_least(20, "Strelsau"), claim((None, 32), "Strelsau", by="City Police", at=NEXT))
    (question,) = asked(result, "part")

    assert (question.room, question.most) == (5, 7)


def test_a_part_that_can_raise_nothing_is_not_asked_for() -> None:
    result = reckoned(at_least(50), claim(20, "Strelsau", at=NEXT))

    assert not [q for q in result.questions if q.key.place == "Strelsau, Ruritania"]


def test_rough_words_ask_for_a_number() -> None:
    result = reckoned(at_least(3, "Zenda"), claim((24, None), "Strelsau", bound="vague", hedge="dozens"))
    (question,) = asked(result, "rough")

    assert question.key.place == "Strelsau, Ruritania"
    assert "only rough words so far (at least 24)" in say(question)


def test_a_number_that_has_grown_old_is_asked_for_again() -> None:
    result = reckoned(at_least(50, at="2031-05-01T21:00Z"), at_least(20, "Strelsau", at="2031-05-01T15:00Z"))

    assert asked(result, "later")


def test_two_numbers_that_cannot_both_be_true_are_asked_about_and_not_called_missing() -> None:
    result = reckoned(at_least(271), claim(136, by="Interior Ministry", at=NEXT))

    assert not asked(result, "ceiling")
    assert "136 (Interior Ministry) stands against at least 271" in say(asked(result, "settle")[0])


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_question_can_be_said(language: str) -> None:
    result = reckoned(
        at_least(50, at="2031-05-01T21:00Z"), at_least(20, "Strelsau", at="2031-05-01T15:00Z"), at_least(9, "Hofbau"),
        claim((24, None), "Zenda", bound="vague", hedge="dozens"), claim((3, 8), "Tarlenheim", at=NEXT), claim(30, by="Interior Ministry", at=NEXT),
    )  # fmt: skip

    for question in result.questions:
        assert "{" not in say(question, language) and "None" not in say(question, language)


@given(whole=st.integers(1, 29), here=st.integers(0, 9), there=st.integers(0, 9), told=st.integers(0, 29))
def test_the_room_is_what_a_number_must_pass_to_raise_the_whole(whole: int, here: int, there: int, told: int) -> None:
    said = [at_least(whole), at_least(here, "Zenda"), at_least(there, "Strelsau")]
    questions = [q for q in reckoned(*said).questions if q.key.place == "Zenda, Ruritania"]
    before, after = (r.cell("detained", "Ruritania") for r in (reckoned(*said), reckoned(*said, at_least(told, "Zenda"))))

    assert before is not None and after is not None
    for question in questions:
        raised = max(0, told - (here + question.room))
        assert (after.joint.people.low or 0) - (before.joint.people.low or 0) == raised


def test_what_a_part_must_exceed_counts_every_sum_that_it_is_in() -> None:
    """The country outside its capital is told apart: a station of the capital raises the country past the capital's own number."""
    capital = [claim(20, "Strelsau", of="one offence"), claim((12, None), "Fifth Station, Strelsau, Ruritania"), claim((7, None), "Third Station, Strelsau, Ruritania")]
    asked = reckoned(*capital, claim((42, None), "Ruritania (outside Strelsau)"), at_least(9, "Hofbau")).questions

    fifth = next(q for q in asked if q.key.place.startswith("Fifth"))
    assert fifth.room == 1 and fifth.words.args["above"] == 13
