"""How one claim stands after what was decided of it: drawn cases, each a small scene of a night."""

from dataclasses import replace

import pytest

from atleast.review import Standing, standing, standings

from .night import CLAIM, COOK, said

TWENTY = replace(CLAIM, low=20, high=20)


def test_a_record_nobody_decided_about_is_a_proposal() -> None:
    assert standing(CLAIM, []) == Standing(CLAIM, CLAIM)


@pytest.mark.parametrize(("what", "state"), [("accept", "accepted"), ("reject", "rejected"), ("unsure", "unsure")])
def test_one_persons_word_stands(what: str, state: str) -> None:
    found = standing(CLAIM, [said("d1", "Rosie", what)])

    assert (found.state, found.by, found.decisions, found.record) == (state, ("Rosie",), ("d1",), CLAIM)


def test_an_edit_replaces_fields_and_keeps_the_original_and_the_quote() -> None:
    found = standing(CLAIM, [said("d1", "Rosie", "edit", low=20, high=20)])

    assert (found.state, found.record, found.original) == ("edited", TWENTY, CLAIM)
    assert found.record.quote == CLAIM.quote


def test_an_edit_of_an_edit_builds_on_what_stood() -> None:
    found = standing(
        CLAIM, [said("d1", "Rosie", "edit", low=20, high=20), said("d2", "Tom", "edit", place="Archet, Eriador")]
    )

    assert found.record == replace(TWENTY, place="Archet, Eriador")


def test_accepting_after_an_edit_accepts_what_stands() -> None:
    found = standing(CLAIM, [said("d1", "Rosie", "edit", low=20, high=20), said("d2", "Tom", "accept")])

    assert (found.state, found.record, found.by) == ("edited", TWENTY, ("Rosie", "Tom"))


def test_an_edit_that_changes_nothing_is_an_acceptance() -> None:
    assert standing(CLAIM, [said("d1", "Rosie", "edit", low=13)]).state == "accepted"


def test_the_later_word_of_one_person_supersedes_the_earlier() -> None:
    found = standing(CLAIM, [said("d1", "Rosie", "accept"), said("d2", "Rosie", "reject")])

    assert (found.state, found.decisions) == ("rejected", ("d2",))


def test_at_one_moment_the_same_persons_words_are_ordered_by_id() -> None:
    now = "2031-05-04T22:00+01:00"

    assert standing(CLAIM, [said("d2", "Rosie", "reject", now), said("d1", "Rosie", "accept", now)]).state == "rejected"


def test_whoever_decides_later_without_saying_what_was_seen_has_seen_it_and_overrules() -> None:
    found = standing(CLAIM, [said("d1", "Rosie", "accept"), said("d2", "Tom", "reject")])

    assert (found.state, found.by, found.on) == ("rejected", ("Tom",), ("d1", "d2"))


def test_two_who_decide_differently_at_one_moment_are_in_dispute() -> None:
    now = "2031-05-04T22:00+01:00"

    assert standing(CLAIM, [said("d1", "Rosie", "accept", now), said("d2", "Tom", "reject", now)]).state == "disputed"


def test_a_decision_on_something_stale_overwrites_nothing_and_shows_both() -> None:
    found = standing(CLAIM, [said("d1", "Rosie", "edit", low=20, high=20), said("d2", "Tom", "accept", on=None)])

    assert (found.state, found.record) == ("disputed", CLAIM)
    assert [(word.by, word.decision, word.record.low) for word in found.words] == [("Rosie", "d1", 20), ("Tom", "d2", 13)]


def test_a_dispute_ends_when_somebody_decides_seeing_both() -> None:
    both = [said("d1", "Rosie", "edit", low=20, high=20), said("d2", "Tom", "accept", on=None)]
    on = standing(CLAIM, both).on

    assert on == ("d1", "d2")
    assert standing(CLAIM, [*both, said("d3", "Robin", "accept", on=[*on])]).record == TWENTY
    assert standing(CLAIM, [*both, said("d3", "Robin", "accept", on=["d2", "d1"])]).record == CLAIM
    assert standing(CLAIM, [*both, said("d3", "Robin", "reject", on=[*on])]).state == "rejected"
    assert standing(CLAIM, [*both, said("d3", "Robin", "reject", on="d2")]).state == "disputed"


def test_one_of_the_two_may_end_a_dispute_by_a_change_of_mind() -> None:
    both = [said("d1", "Rosie", "edit", low=20, high=20), said("d2", "Tom", "accept", on=None)]

    assert standing(CLAIM, [*both, said("d3", "Tom", "accept", on="d1")]).record == TWENTY


def test_two_at_once_who_say_the_same_agree() -> None:
    same = [said("d1", "Rosie", "edit", low=20, high=20), said("d2", "Tom", "edit", low=20, high=20, on=None)]

    assert (standing(CLAIM, same).state, standing(CLAIM, same).by) == ("edited", ("Rosie", "Tom"))


def test_a_clock_that_went_back_does_not_undo_what_was_decided_in_sight_of_it() -> None:
    late = [said("d5", "Rosie", "accept", on=None), said("d1", "Tom", "reject", on="d5")]

    assert standing(CLAIM, late).state == "rejected"
    assert standing(CLAIM, [late[0], said("d1", "Rosie", "reject", on="d5")]).state == "rejected"


def test_decisions_that_name_one_another_as_seen_are_in_dispute() -> None:
    circle = [said("d1", "Rosie", "accept", on="d2"), said("d2", "Tom", "reject", on="d1")]

    assert standing(CLAIM, circle).state == "disputed"


# --- taking back


def test_a_retract_takes_a_decision_back_and_a_retract_of_it_brings_it_again() -> None:
    undone = [said("d1", "Rosie", "reject"), said("d2", "Rosie", "retract", about="d1")]
    again = said("d3", "Rosie", "retract", about="d2")

    assert standing(CLAIM, undone) == Standing(CLAIM, CLAIM)
    assert standing(CLAIM, [*undone, again]).state == "rejected"


def test_what_was_overruled_stands_again_once_the_other_is_taken_back() -> None:
    found = standing(
        CLAIM, [said("d1", "Rosie", "accept"), said("d2", "Tom", "reject"), said("d3", "Tom", "retract", about="d2")]
    )

    assert (found.state, found.by) == ("accepted", ("Rosie",))


def test_ones_own_correction_goes_out_of_ones_later_ones_when_taken_back() -> None:
    own = [said("d1", "Rosie", "edit", low=20, high=20), said("d2", "Rosie", "edit", place="Archet, Eriador")]

    assert standing(CLAIM, [*own, said("d3", "Rosie", "retract", about="d1")]).record == replace(CLAIM, place="Archet, Eriador")


def test_whoever_accepted_a_correction_still_stands_by_it_when_its_maker_does_not() -> None:
    found = standing(
        CLAIM,
        [said("d1", "Rosie", "edit", low=20, high=20), said("d2", "Tom", "accept"), said("d3", "Rosie", "retract", about="d1")],
    )

    assert (found.record, found.by) == (TWENTY, ("Tom",))


def test_an_acceptance_after_a_correction_was_taken_back_is_of_the_original() -> None:
    found = standing(
        CLAIM,
        [said("d1", "Rosie", "edit", low=20, high=20), said("d2", "Rosie", "retract", about="d1"), said("d3", "Tom", "accept")],
    )

    assert (found.state, found.record) == ("accepted", CLAIM)


def test_retracts_in_a_circle_take_nothing_back() -> None:
    circle = [said("d2", "Tom", "retract", about=["d3", "d1"]), said("d3", "Tom", "retract", about="d2")]

    assert standing(CLAIM, [said("d1", "Rosie", "accept"), *circle]).state == "accepted"


def test_a_record_may_bear_the_name_of_a_decision() -> None:
    (found,) = standings([replace(CLAIM, id="d1")], [said("d1", "Rosie", "reject", about="d1")])

    assert found.state == "rejected"


# --- two persons


def test_where_two_are_demanded_one_waits_and_changes_nothing() -> None:
    found = standing(CLAIM, [said("d1", "Rosie", "edit", low=20, high=20)], two=True)

    assert (found.state, found.record, found.words[0].record) == ("waiting", CLAIM, TWENTY)


def test_the_same_person_twice_is_one() -> None:
    assert standing(CLAIM, [said("d1", "Rosie", "reject"), said("d2", "Rosie", "reject")], two=True).state == "waiting"


def test_two_people_who_agree_are_enough() -> None:
    found = standing(CLAIM, [said("d1", "Rosie", "edit", low=20, high=20), said("d2", "Tom", "accept")], two=True)

    assert (found.state, found.record, found.by) == ("edited", TWENTY, ("Rosie", "Tom"))


def test_two_people_who_correct_differently_dispute_until_a_third_sides_with_one() -> None:
    differing = [said("d1", "Rosie", "accept"), said("d2", "Tom", "edit", low=20, high=20)]

    assert standing(CLAIM, differing, two=True).state == "disputed"
    assert standing(CLAIM, [*differing, said("d3", "Robin", "accept")], two=True).record == TWENTY


def test_one_person_can_doubt_what_two_agreed_on_and_two_overrule_it() -> None:
    agreed = [said("d1", "Rosie", "accept"), said("d2", "Tom", "accept")]
    doubted = [*agreed, said("d3", "Robin", "reject")]

    assert standing(CLAIM, doubted, two=True).state == "disputed"
    assert standing(CLAIM, [*doubted, said("d4", "Mat", "reject")], two=True).state == "rejected"
    assert standing(CLAIM, [*doubted, said("d4", "Tom", "accept")], two=True).record == CLAIM


def test_who_could_not_tell_does_not_stand_in_the_way_of_two_who_can() -> None:
    found = [said("d1", "Rosie", "unsure"), said("d2", "Tom", "accept"), said("d3", "Robin", "accept")]

    assert [standing(CLAIM, found[:n], two=True).state for n in (1, 2, 3)] == ["unsure", "waiting", "accepted"]


# --- split and merge, and what cannot be used


def test_a_split_names_what_took_the_place_both_ways() -> None:
    split = said("d1", "Rosie", "reject", into=["c3", "c2"])

    assert standing(CLAIM, [split]).into == ("c2", "c3")
    assert standing(replace(CLAIM, id="c2"), [split]) == Standing(replace(CLAIM, id="c2"), replace(CLAIM, id="c2"), instead_of=("c1",))


def test_whoever_confirms_a_split_agrees_with_it_and_another_split_does_not() -> None:
    split = said("d1", "Rosie", "reject", into=["c2", "c3"])

    assert standing(CLAIM, [split, said("d2", "Tom", "reject")], two=True).into == ("c2", "c3")
    assert standing(CLAIM, [split, said("d2", "Tom", "reject", into=["c4"], on=None)]).state == "disputed"


def test_an_edit_that_makes_no_record_is_told_and_decides_nothing() -> None:
    found = standing(CLAIM, [said("d1", "Rosie", "edit", low="many")])

    assert (found.state, found.record) == ("proposed", CLAIM)
    assert [(trouble.where, "claim.low" in trouble.value) for trouble in found.troubles] == [("d1", True)]


def test_a_decision_of_a_day_whose_year_nobody_knows_is_told() -> None:
    found = standing(CLAIM, [said("d1", "Rosie", "reject", "--05-04")])

    assert (found.state, found.troubles[0].where) == ("proposed", "d1")


def test_unsure_of_two_mentions_is_about_the_pair_and_of_one_about_itself() -> None:
    assert standing(COOK, [said("d1", "Rosie", "unsure", about=["m1", "m2"])]).state == "proposed"
    assert standing(COOK, [said("d1", "Rosie", "unsure", about="m1")]).state == "unsure"


def test_what_is_erased_is_erased_whoever_accepted_it() -> None:
    found = standing(CLAIM, [said("d1", "Rosie", "accept"), said("d2", "Tom", "redact"), said("d3", "Mat", "accept")], two=True)

    assert (found.state, found.by) == ("redacted", ("Tom",))


def test_what_only_a_model_found_is_somebodys_once_a_person_accepts_it() -> None:
    model = replace(CLAIM, readers=("llm:elanor",))

    assert standing(model, [said("d1", "Rosie", "accept")]).record.readers == ("llm:elanor", "review")
    assert standing(model, [said("d1", "Rosie", "unsure")]).record == model


def test_one_bulk_acceptance_may_name_what_was_seen_of_each_record() -> None:
    other = replace(CLAIM, id="c2")
    bulk = said("d2", "Tom", "accept", about=["c1", "c2"], on={"c1": None, "c2": "d1"})
    edits = [said("d1", "Rosie", "edit", about=["c1", "c2"], low=20, high=20), bulk]

    assert [standing(each, edits).state for each in (CLAIM, other)] == ["disputed", "edited"]
