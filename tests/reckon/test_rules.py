"""Every rule has a page, and does something that stops when it is switched off."""

from pathlib import Path

import pytest

from atleast.model import Claim, Copy, Dispatch, Passage
from atleast.reckon import ASSUMPTIONS, RULES
from atleast.reckon.rules import BY_LAW
from atleast.reckon.words import templates

from .invented import DAY, NEXT, at_least, at_most, claim, reckoned, report
from .people import LIST, listed

PAGES = Path(__file__).resolve().parents[2] / "docs" / "reference" / "rules"
MINISTRY, POLICE = "Interior Ministry", "Strelsau Police"
EIGHT, NINE = "2031-05-01T20:00Z", "2031-05-01T21:00Z"

# For each rule claims of which it makes something: a bound, a contradiction, a revision.
AT_WORK: dict[str, list[Claim]] = {
    "parts": [at_least(21, "Zenda"), at_least(38, "Strelsau"), at_least(1)],
    "outside": [claim(66, "Strelsau", at=NEXT), claim(196, "Ruritania (outside Strelsau)", at=NEXT), at_least(1)],
    "others": [
        claim(56, "Zenda Province", by=MINISTRY, report="m", at=NEXT),
        at_most(7, "Ruritania (any region not in the list)", by=MINISTRY, report="m", at=NEXT),
        claim(38, "Strelsau", at=NEXT),
    ],
    "growing": [at_least(9, at="2031-05-01T19:00Z"), claim(5, by=POLICE, at="2031-05-01T22:00Z")],
    "event_over": [claim(136, by=MINISTRY, at=NEXT), at_least(271, at="2031-05-03")],
    "crowd": [at_least(2000, quantity="participants"), claim(700, quantity="participants", by=POLICE)],
    "said_together": [claim(50, by=POLICE, report="a"), claim(30, "Zenda", by=POLICE, report="a"), claim(25, "Strelsau", by=POLICE, report="a")],
    "among": [at_least(9, "Zenda", among="minors"), at_least(1, "Zenda")],
    "scope": [at_least(8, of="on the roadway"), at_least(1)],
    "among_detained": [at_least(60, quantity="to_court"), at_least(1)],
    "released_not_held": [claim(20, quantity="released", at=EIGHT), claim(5, quantity="still_held", at=NINE), at_least(1)],
    "city_has_one": [claim(26, quantity="cities", of="detentions"), at_least(1)],
    "named_places": [at_most(1, quantity="cities", of="detentions", at=NEXT), at_least(4, "Zenda"), at_least(5, "Strelsau")],
    "charged_has_paper": [at_least(8, quantity="charged"), at_least(1, quantity="charges")],
    "one_paper_each": [at_least(8, quantity="charges"), at_least(1, quantity="charged")],
    "last_figure": [claim(66, "Strelsau", at=EIGHT), claim(62, "Strelsau", at=NINE)],
    "relay": [claim(271, by="The Monitor", report="b", at=NINE), claim(271, by=None, report="c")],
    "about": [claim(40, by=POLICE, bound="about", at=NEXT), at_least(62)],
    "last_word": [claim(15, by=POLICE, report="a"), at_least(40, report="b")],
    "same_day": [
        claim(0, quantity="still_held", by=MINISTRY, at=NEXT),
        at_least(4, quantity="still_held", at=NEXT),
    ],
    "copies": [claim(12, "Zenda", by=None, report="a"), claim(12, "Zenda", by=None, report="b")],
    "one_list": [at_least(1)],
    "jailed_are_held": [claim(1, "Zenda", quantity="jailed", at=NINE), claim(0, quantity="still_held", by=MINISTRY, at=NEXT)],
    "held_grow_fewer": [
        claim(60, quantity="still_held", by=MINISTRY, at="2031-05-02T10:00Z"),
        at_least(90, "Strelsau", quantity="still_held", at="2031-05-02T18:00Z"),
    ],
    "released_stay_free": [claim(0, quantity="still_held", by=POLICE, at=EIGHT), at_least(2, quantity="still_held", day=NEXT), at_least(2, day=DAY)],
}  # fmt: skip


@pytest.mark.parametrize("rule", [*RULES, *ASSUMPTIONS])
def test_a_rule_does_something_until_it_is_switched_off(rule: str) -> None:
    reports = tuple(report(name) for name in "abcm")
    copied = Dispatch("a", "a", DAY, None, (Copy("b", "b", DAY, 100, 100, (Passage(0, 7, 0, 7),)),))
    dispatches = (copied,) if rule == "copies" else ()
    reports += (LIST,) if rule == "one_list" else ()
    mentions = listed("Flavia", "Sapt") if rule == "one_list" else []
    using = {rule} & BY_LAW
    with_it = reckoned(*AT_WORK[rule], reports=reports, mentions=mentions, dispatches=dispatches, using=using)
    without = reckoned(*AT_WORK[rule], reports=reports, mentions=mentions, dispatches=dispatches, without={rule}, using=using)

    assert without.rules_off == (rule,)
    assert (with_it.cells, with_it.contradictions, with_it.revisions) != (without.cells, without.contradictions, without.revisions)


@pytest.mark.parametrize("rule", ["parts", "said_together", "event_over", "growing", "crowd", "others", "among_detained", "named_places"])
def test_a_proof_names_the_rules_that_it_rests_on(rule: str) -> None:
    result = reckoned(*AT_WORK[rule], reports=tuple(report(name) for name in "abcm"))
    proofs = [p for c in result.cells for b in (c.independent, c.authority, c.joint) for p in (b.low, b.high) if p]

    assert rule in {r for p in proofs for r in p.rules} | {r for c in result.contradictions for r in c.rules}


@pytest.mark.parametrize("rule", ASSUMPTIONS)
def test_no_bound_rests_on_an_assumption(rule: str) -> None:
    result = reckoned(*AT_WORK[rule], reports=tuple(report(name, published=NEXT if name == "r" else DAY) for name in "abr"))

    assert {c.kind for c in result.contradictions} == {"tension"}
    for cell in result.cells:
        for bound in (cell.independent, cell.authority, cell.joint):
            assert not {r for p in (bound.low, bound.high) if p for r in p.rules} & set(ASSUMPTIONS)


@pytest.mark.parametrize("rule", [*RULES, *ASSUMPTIONS])
def test_every_rule_has_a_page_that_begins_with_its_sentence(rule: str) -> None:
    page = (PAGES / f"{rule}.md").read_text("utf-8")

    assert page.startswith(f"# {rule}\n\n> {templates()[f'rule.{rule}']}\n")
    assert f"--without {rule}" in page
    assert "## When it is false" in page
    assert f"({rule}.md)" in (PAGES / "README.md").read_text("utf-8")


def test_there_is_no_page_without_a_rule() -> None:
    assert {page.stem for page in PAGES.glob("*.md")} - {"README"} == {*RULES, *ASSUMPTIONS}
