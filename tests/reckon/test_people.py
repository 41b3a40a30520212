"""People who are documented: how many are surely different, and where that counts."""

import json
from dataclasses import replace

import pytest

from atleast.model import Decision, Report, span
from atleast.reckon import as_plain, lines, say

from .invented import NEXT, PARENTS, Tree, at_least, at_most, claim, reckoned
from .people import judged, known, listed, mention, number

MINISTRY = "Interior Ministry"


def test_two_mentions_that_nobody_judged_may_be_one_person() -> None:
    assert number(known([mention("Flavia"), mention("Sapt", "Strelsau")])) == 1


def test_people_on_one_list_are_different() -> None:
    result = known(listed("Flavia", "Sapt", "Fritz"))

    assert number(result) == 3
    assert number(known(listed("Flavia", "Sapt", "Fritz"), without={"one_list"})) == 1


def test_a_name_that_stands_twice_on_a_list_counts_once() -> None:
    rows = listed("a", "b", "c", name="Fritz")

    assert number(known(rows)) == 1
    assert number(known(rows, judged("different", "a", "b"))) == 2
    other = mention("d", report="list", start=900)
    assert number(known([*rows, other], judged("different", "a", "b"))) == 3


def test_rows_of_a_list_without_names_are_people_too() -> None:
    cell = known([*listed("a", "b", name=None), mention("c", report="list", start=900)]).cell("detained", "Ruritania")

    assert cell is not None and cell.documented is not None
    assert (cell.documented.people, cell.documented.by_name) == (3, 1)
    assert say(cell.documented).splitlines()[0] == "3, of them 1 by name"


def test_what_was_judged_different_counts_twice_and_what_was_judged_the_same_once() -> None:
    two = [mention("Flavia"), mention("Sapt")]

    assert number(known(two, judged("different", "Flavia", "Sapt"))) == 2
    assert number(known(listed("Flavia", "Sapt"), judged("same", "Flavia", "Sapt"))) == 1


def test_a_later_judgement_replaces_the_earlier() -> None:
    two = [mention("a"), mention("b")]
    first = judged("different", "a", "b")

    assert number(known(two, first, judged("unsure", "a", "b", at="2031-05-03T10:00:30Z"))) == 1
    assert number(known(two, first, judged("same", "a", "b", at="2031-05-02T10:00Z"))) == 2


def test_two_lists_are_one_list_until_somebody_judges() -> None:
    other = Report("other", kind="list", publisher="The Prison Watch")
    people = [*listed("a", "b", "c"), *listed("d", "e", report="other")]

    assert number(known(people, reports=(other,))) == 3
    assert number(known(people, *[judged("different", "d", x) for x in "abc"], reports=(other,))) == 4


def test_a_ring_of_differences_needs_three_people_though_no_three_are_all_different() -> None:
    ring = ["a", "b", "c", "d", "e"]
    result = known([mention(x) for x in ring], *[judged("different", x, y) for x, y in zip(ring, ring[1:] + ring[:1], strict=True)])
    cell = result.cell("detained", "Ruritania")

    assert number(result) == 3
    assert cell is not None and cell.documented is not None and not cell.documented.clique
    assert len(cell.documented.judgements) == 5
    assert "All of this does not fit 2 people or fewer." in "\n".join(lines(cell))


def test_judgements_that_contradict_each_other_through_a_chain_are_told_and_do_not_count() -> None:
    three = [mention("a"), mention("b"), mention("c")]
    result = known(three, judged("same", "a", "b"), judged("same", "b", "c"), judged("different", "a", "c"))
    (trouble,) = result.troubles

    assert number(result) == 1
    assert trouble.where == "a, b, c"
    assert "same-b-c" in trouble.value and "different-a-c" in trouble.value


def test_a_chain_that_makes_one_person_of_two_rows_is_told_and_the_rows_count_once() -> None:
    people = [*listed("a", "b"), mention("x")]
    result = known(people, judged("same", "a", "x"), judged("same", "x", "b"))

    assert number(result) == 1
    assert [t.where for t in result.troubles] == ["a, x, b"]
    assert not known(people, judged("same", "a", "b")).troubles


def test_a_contradiction_about_some_leaves_the_others_on_the_list() -> None:
    people = [*listed("a", "b", "c", "d"), mention("x")]

    assert number(known(people, judged("same", "a", "x"), judged("same", "x", "b"))) == 3


def test_two_judgements_of_one_moment_that_disagree_are_told() -> None:
    result = known([mention("a"), mention("b")], judged("same", "a", "b"), judged("different", "a", "b"))

    assert [t.what for t in result.troubles] == ["judged in two ways at one moment"]
    assert number(result) == 1


def test_towns_are_not_added_up_unless_the_people_are_different() -> None:
    """Somebody taken in Zenda may be whom another report has in Strelsau."""
    towns = [*listed("a", "b", "c"), *listed("d", "e", report="other", place="Strelsau")]
    other = Report("other", kind="list", published=NEXT)
    result = known(towns, reports=(other,))

    assert [number(result, place) for place in ("Zenda", "Strelsau", "Ruritania")] == [3, 2, 3]
    assert number(known([*listed("a", "b"), mention("c", "Strelsau", report="list", start=900)])) == 3


def test_people_of_one_town_join_what_others_count_in_another() -> None:
    result = known(listed("a", "b", "c"), claims=[at_least(5, "Strelsau", at=NEXT), at_least(1, at=NEXT)])
    cell = result.cell("detained", "Ruritania")

    assert number(result) == 8
    assert cell is not None and cell.joint.low is not None
    assert [t.value for t in cell.joint.low.terms] == [5, 3]
    assert cell.joint.low.terms[1].figure.people is not None
    assert cell.joint.low.rules == ("one_list", "parts")


def test_people_of_two_towns_join_a_sum_only_if_they_are_different() -> None:
    claims = [at_least(5, "Strelsau", at=NEXT), at_least(1, at=NEXT)]
    other = Report("other", kind="list", published=NEXT)
    apart = [*listed("a", "b", "c"), *listed("d", "e", report="other", place="Tarlenheim")]
    together = [*listed("a", "b", "c"), mention("d", "Tarlenheim", report="list", start=800), mention("e", "Tarlenheim", report="list", start=900)]

    assert number(known(apart, claims=claims, reports=(other,))) == 8
    assert number(known(together, claims=claims)) == 10


def test_one_person_in_two_towns_is_one_in_a_sum() -> None:
    people = [*listed("a", "b"), mention("x", "Tarlenheim")]
    result = known(people, judged("same", "a", "x"), claims=[at_least(5, "Strelsau", at=NEXT), at_least(1, at=NEXT)])

    assert number(result) == 7


def test_more_people_than_a_count_has_is_a_contradiction_told_with_the_list() -> None:
    result = known(listed(*"abcdefg"), claims=[claim(5, by=MINISTRY, at=NEXT)])
    (clash,) = result.contradictions
    words = say(clash)

    assert (clash.kind, clash.below.total, clash.above.total, clash.gap) == ("dispute", 7, 5, 2)
    assert {"one_list", "event_over", "parts"} <= set(clash.rules)
    assert "Taken on 1 May" in words and "documented people 7 > 5 Interior Ministry" in words
    assert "документ" in say(clash, "ru") or "известно" in say(clash, "ru")


def test_people_who_are_known_of_later_do_not_contradict_an_earlier_count() -> None:
    late = listed(*"abcdefg", at="2031-05-01T22:00Z")
    result = known(late, claims=[claim(5, by=MINISTRY, at="2031-05-01T20:00Z")])

    assert not [c for c in result.contradictions if c.kind != "tension"]
    assert number(result) == 7


def test_an_older_count_stays_as_it_was_where_no_more_people_are_documented() -> None:
    counted = claim(5, "Zenda", at="2031-05-01T20:00Z")
    alone = reckoned(counted).cell("detained", "Zenda, Ruritania")
    with_people = known(listed("a", "b", at="2031-05-01T22:00Z"), claims=[counted]).cell("detained", "Zenda, Ruritania")

    assert alone is not None and with_people is not None
    assert with_people.joint == alone.joint


def test_a_sum_of_people_and_figures_breaks_a_ceiling_too() -> None:
    result = known(listed("a", "b", "c"), claims=[at_least(5, "Strelsau", at=NEXT), at_most(6, by=MINISTRY, at=NEXT)])

    assert [(c.below.total, c.above.total) for c in result.contradictions] == [(8, 6)]


def test_who_was_jailed_fined_charged_or_released_was_detained_by_its_rule() -> None:
    people = listed("a", "b", what="jailed", at="2031-05-03")

    assert number(known(people)) == 2
    assert number(known(people), quantity="jailed") == 2
    assert number(known(people, without={"among_detained"})) is None
    assert number(known(listed("a", "b", what="transferred"))) is None


def test_a_role_puts_people_into_a_group() -> None:
    people = [*listed("a", "b", role="journalist"), mention("c", report="list", start=900, role="coordinator")]
    result = known(people, claims=[claim(1, by=MINISTRY, among="journalists", at=NEXT)])

    assert (number(result), number(result, among="journalists")) == (3, 2)
    assert [(c.below.total, c.above.total) for c in result.contradictions] == [(2, 1)]


def test_people_of_another_day_are_set_aside_and_shown() -> None:
    old = mention("old", at="2031-04-01")
    longer = mention("longer", at="2031-05")
    nowhere = mention("nowhere", place=None)
    unhurt = mention("unhurt", what="confiscated")
    result = known([*listed("a", "b"), old, longer, nowhere, unhurt], claims=[at_least(1)])

    assert number(result) == 2
    assert {a.claim: a.reason.key for a in result.set_aside} == {
        "old": "aside.other_event", "longer": "aside.longer", "nowhere": "aside.no_place", "unhurt": "aside.nothing_befell",
    }  # fmt: skip


def test_without_any_claim_the_day_is_that_of_most_people() -> None:
    result = known([*listed("a", "b"), mention("old", at="2031-04-01")])

    assert [a.claim for a in result.set_aside] == ["old"]


def test_what_was_rejected_or_edited_counts_as_decided() -> None:
    people = listed("a", "b", "c")
    moved = judged("edit", "c", with_={"place": "Strelsau, Ruritania", "report": "news"})
    result = known(people, judged("reject", "a"), moved)

    assert (number(result), number(result, "Zenda"), number(result, "Strelsau")) == (2, 1, 1)
    assert [(a.claim, a.reason.key) for a in result.set_aside] == [("a", "aside.rejected")]
    assert number(known(people, judged("reject", "a"), judged("accept", "a", at="2031-05-04"))) == 3


def test_what_only_a_model_read_counts_once_somebody_accepts_it() -> None:
    people = [*listed("a", "b"), mention("c", report="list", start=900, readers=("llm:any",))]

    assert number(known(people)) == 2
    assert number(known(people, judged("accept", "c"))) == 3


def test_only_what_was_published_by_then_was_known() -> None:
    people = listed("a", "b", at="2031-05-01T18:00Z")
    evening = span("2031-05-01T21:00Z")

    assert number(known(people, at=evening)) is None
    assert [a.reason.key for a in known(people, at=evening).set_aside] == ["aside.told_later"] * 2
    assert number(known(people, at=evening, hindsight=True)) == 2


def test_people_count_by_side_where_claimants_are_chosen() -> None:
    people, claims = listed("a", "b"), [at_least(5, "Strelsau", at=NEXT), at_least(1, at=NEXT)]

    assert number(known(people, claims=claims, only={"The Monitor"})) == 5
    assert number(known(people, claims=claims, only={"documented people"})) == 2
    assert number(known(people, claims=claims, excluding={"authority"})) == 7


def test_people_of_another_country_are_of_another_event() -> None:
    stranger = replace(mention("c", report="list", start=900), place="Praslok, Kravonia")
    lands = Tree({**PARENTS, "Praslok, Kravonia": "Kravonia"})
    result = known([*listed("a", "b"), stranger], claims=[at_least(1)], places=lands)

    assert [(a.claim, a.reason.key) for a in result.set_aside] == [("c", "aside.other_event")]


def test_people_of_a_court_paper_are_on_the_side_of_the_authorities() -> None:
    court = Report("court", kind="court", published=NEXT)
    cell = known([mention("a", report="court")], reports=(court,)).cell("detained", "Ruritania")

    assert cell is not None
    assert (cell.authority.people.low, cell.independent.people.low, cell.joint.people.low) == (1, None, 1)


def test_no_name_is_said_but_only_ids_and_roles() -> None:
    people = [mention(f"m{n}", name=f"Rupert Hentzau {n}", role="lawyer", report="list", start=100 * n) for n in range(4)]
    result = known(people, claims=[claim(2, by=MINISTRY, at=NEXT)])
    words = "\n".join(say(part) for part in (*result.cells, *result.contradictions, *result.set_aside))

    assert "m0 (lawyer)" in words
    assert "Hentzau" not in words + json.dumps(as_plain(result))


@pytest.mark.parametrize(
    "decision",
    [judged("same", "a", "nobody"), judged("same", "a"), judged("same", "a", "b", at="soon"), judged("edit", "a", with_={"happened": 3})],
)
def test_a_decision_that_cannot_be_used_is_told(decision: Decision) -> None:
    result = known(listed("a", "b"), decision)

    assert len(result.troubles) == 1
    assert number(result) == 2
