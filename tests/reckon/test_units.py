"""Units stay apart: people, cities, papers. What joins papers to people is the law of the country."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.lexicon.law import laws
from atleast.model import Claim, People
from atleast.reckon import RULES, say
from atleast.reckon.rules import BY_LAW

from .invented import NEXT, at_least, claim, found, reckoned
from .test_bounds import bound

PAPERS = [claim(71, quantity="charges", at=NEXT), at_least(8, quantity="charged"), at_least(80, quantity="charges", among="minors")]


def low(claims: list[Claim], quantity: str, *using: str, place: str = "Ruritania") -> int | None:
    cell = reckoned(*claims, using=using).cell(quantity, place)
    return cell.joint.people.low if cell else None


def test_papers_are_no_people_where_no_law_is_known() -> None:
    claims = [at_least(71, quantity="charges"), at_least(8, quantity="charged"), at_least(1)]

    assert (low(claims, "charges"), low(claims, "charged"), low(claims, "detained")) == (71, 8, 8)
    assert found(reckoned(claim(3, quantity="charges", at=NEXT), at_least(8, quantity="charged"))) == []


def test_a_rule_by_law_can_be_switched_on() -> None:
    claims = [at_least(3, "Zenda", quantity="charges"), at_least(8, "Zenda", quantity="charged"), at_least(1), at_least(1, quantity="charges")]

    assert low(claims, "charges", "charged_has_paper") == 8
    few = [at_least(71, quantity="charges"), at_least(8, quantity="charged"), at_least(1)]
    assert (low(few, "charged", "one_paper_each"), low(few, "detained", "one_paper_each")) == (71, 71)


def test_in_russia_each_person_charged_has_a_paper_and_may_have_two() -> None:
    claims = [at_least(3, "Perm, Russia", quantity="charges"), at_least(2, "Perm, Russia", quantity="charged")]
    papers = [*claims, at_least(5, "Perm, Russia", quantity="charged")]

    assert low(papers, "charges", place="Perm, Russia") == 5
    assert low(claims, "charged", "one_paper_each", place="Perm, Russia") == 2


def test_not_one_paper_and_somebody_charged_cannot_both_be() -> None:
    result = reckoned(claim(0, "Perm, Russia", quantity="charges", by="City Police", at=NEXT), at_least(1, "Perm, Russia", quantity="charged"))
    (clash,) = result.contradictions

    assert found(result, "dispute") == [([1], [0])]
    assert "By law each person charged has a report" in say(clash)
    assert reckoned(*PAPERS, using=["charged_has_paper"], without=["charged_has_paper"]).rules_off == ("charged_has_paper",)


def test_only_rules_by_law_can_be_switched_on() -> None:
    with pytest.raises(ValueError, match=r"no rule that can be switched on is called parts\. Known are charged_has_paper"):
        reckoned(using=["parts"])


def test_every_law_is_of_a_rule_by_law_and_has_its_source() -> None:
    assert {law.rule for law in laws()} <= BY_LAW <= set(RULES)
    assert all(law.source for law in laws())


def test_a_number_of_papers_caps_nobody() -> None:
    told = [claim(6, "Perm, Russia", quantity="charges", at=NEXT), at_least(1, "Perm, Russia", quantity="charged")]

    cell = reckoned(*told).cell("charged", "Perm, Russia")
    assert cell is not None and cell.joint.people == People(1, None)


# One minute after the event, so that all figures speak of one moment.
AFTER = "2031-05-02T12:00Z"
ENDS = st.tuples(st.none() | st.integers(0, 4), st.none() | st.integers(0, 4)).filter(
    lambda pair: pair != (None, None) and (None in pair or pair[0] <= pair[1])  # type: ignore[operator]
)


@pytest.mark.parametrize("rule", sorted(BY_LAW))
@given(said=st.lists(st.tuples(st.sampled_from(["charges", "charged"]), st.sampled_from(["Strelsau", "Ruritania"]), ENDS), min_size=1, max_size=5))
def test_no_bound_of_papers_or_people_is_wrong_and_no_lower_one_loose(rule: str, said: list[tuple[str, str, tuple[int | None, int | None]]]) -> None:
    spoken = [claim(ends, place, quantity=what, by=f"Speaker {n}", at=AFTER, report=f"r{n}") for n, (what, place, ends) in enumerate(said)]
    fewer, more = ("charged", "charges") if rule == "charged_has_paper" else ("charges", "charged")
    pairs = [(a, b) for b in range(9) for a in range(b + 1)]
    worlds = [
        {(fewer, "Strelsau"): a, (more, "Strelsau"): b, (fewer, "Ruritania"): a + c, (more, "Ruritania"): b + d} for a, b in pairs for c, d in pairs
    ]
    possible = [w for w in worlds if all((e[0] or 0) <= w[what, place] and (e[1] is None or w[what, place] <= e[1]) for what, place, e in said)]
    result = reckoned(*spoken, using=[rule])

    # Where the town has few papers, or the country, those elsewhere are of others; that is not looked for (see decision 4).
    elsewhere = bool({(fewer, "Strelsau"), (more, "Ruritania")} & {(what, place) for what, place, ends in said if ends[1] is not None})
    clashes = bool(found(result, "proof", "dispute", "text"))
    assert not (clashes and possible) and (clashes or possible or elsewhere)
    for what, place in {(what, place) for what, place, _ in said} if possible else ():
        people, least = bound(result, place, what).people, min(w[what, place] for w in possible)
        assert (people.low or 0) == least or (elsewhere and (people.low or 0) < least)
        assert people.high is None or people.high >= max(w[what, place] for w in possible)
