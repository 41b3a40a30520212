"""With what is reckoned after review, and what is left out and why."""

from dataclasses import replace

import pytest

from atleast.model import Claim, Decision
from atleast.review import standings, strange, taken_back, usable

from .night import CLAIM, COOK, said

PARTS = (replace(CLAIM, id="c2"), replace(CLAIM, id="c3", low=5, high=5, place="Archet, Eriador"))
SPLIT = said("d1", "Rosie", "reject", into=["c2", "c3"])


def counted(decisions: list[Decision], *claims: Claim, two: bool = False, reviewed: bool = False) -> tuple[list[str], dict[str, str]]:
    """The ids of what counts, and why others do not."""
    found = usable(standings(claims or (CLAIM,), decisions, two=two), reviewed=reviewed)
    return [claim.id for claim in found.claims], {each.standing.original.id: each.why for each in found.left}


def test_proposals_count_unless_only_what_was_reviewed_is_asked_for() -> None:
    assert counted([]) == (["c1"], {})
    assert counted([], reviewed=True) == ([], {"c1": "unchecked"})
    assert counted([said("d1", "Rosie", "accept")], reviewed=True) == (["c1"], {})


@pytest.mark.parametrize(("what", "why"), [("reject", "rejected"), ("unsure", "unsure"), ("redact", "redacted")])
def test_what_is_wrong_or_in_doubt_is_left_out_with_a_reason(what: str, why: str) -> None:
    assert counted([said("d1", "Rosie", what)]) == ([], {"c1": why})


def test_what_waits_for_a_second_person_counts_as_it_came() -> None:
    waiting = [said("d1", "Rosie", "edit", low=20, high=20)]

    assert usable(standings([CLAIM], waiting, two=True)).claims == (CLAIM,)
    assert counted(waiting, two=True, reviewed=True) == ([], {"c1": "unchecked"})
    assert counted([said("d1", "Rosie", "reject")], two=True) == (["c1"], {})


def test_what_is_disputed_does_not_count() -> None:
    assert counted([said("d1", "Rosie", "accept"), said("d2", "Tom", "reject", on=None)]) == ([], {"c1": "disputed"})


def test_what_only_a_model_found_counts_once_accepted() -> None:
    model = replace(CLAIM, readers=("llm:elanor",))

    assert counted([], model) == ([], {"c1": "unreviewed"})
    assert counted([said("d1", "Rosie", "accept")], model, two=True) == ([], {"c1": "unreviewed"})
    assert counted([said("d1", "Rosie", "edit", low=20, high=20)], model) == (["c1"], {})


def test_the_parts_of_a_split_count_in_the_place_of_the_whole_and_never_beside_it() -> None:
    undone = said("d2", "Rosie", "retract", about="d1")

    assert counted([SPLIT], CLAIM, *PARTS) == (["c2", "c3"], {"c1": "rejected"})
    assert counted([SPLIT, undone], CLAIM, *PARTS) == (["c1"], {"c2": "replacement", "c3": "replacement"})
    assert counted([SPLIT], CLAIM, *PARTS, two=True) == (["c1"], {"c2": "replacement", "c3": "replacement"})


def test_the_parts_of_a_part_do_not_count_beside_the_whole() -> None:
    third = replace(CLAIM, id="c4")
    decisions = [SPLIT, said("d2", "Rosie", "reject", about="c2", into=["c4"]), said("d3", "Tom", "retract", about="d1")]

    assert counted(decisions, CLAIM, *PARTS, third)[0] == ["c1"]
    assert counted(decisions[:2], CLAIM, *PARTS, third)[0] == ["c3", "c4"]


def test_a_merged_record_counts_once_all_that_it_joins_are_out() -> None:
    one, other, whole = (replace(CLAIM, id=name) for name in ("c1", "c2", "c3"))
    merged = [said("d1", "Rosie", "reject", about=["c1", "c2"], into=["c3"])]

    assert counted(merged, one, other, whole)[0] == ["c3"]
    assert counted([*merged, said("d2", "Rosie", "accept", about="c2")], one, other, whole)[0] == ["c2"]


def test_mentions_and_claims_come_out_apart_and_in_their_order() -> None:
    found = usable(standings([COOK, *PARTS], [said("d1", "Rosie", "edit", about="m1", role="scullion")]))

    assert found.claims == PARTS and [mention.role for mention in found.mentions] == ["scullion"]


def test_decisions_about_nothing_are_told() -> None:
    found = list(strange({"c1"}, [said("d1", "Rosie", "accept", about="c9"), said("d2", "Rosie", "reject", into=["c8"])]))

    assert [(trouble.where, trouble.value) for trouble in found] == [("d1", "c9"), ("d2", "c8")]


def test_which_decisions_were_taken_back() -> None:
    chain = [said("d1", "Rosie", "accept"), *(said(f"d{n + 1}", "Rosie", "retract", about=f"d{n}") for n in (1, 2, 3))]

    assert [taken_back(chain[:n]) for n in (1, 2, 3, 4)] == [set(), {"d1"}, {"d2"}, {"d1", "d3"}]
