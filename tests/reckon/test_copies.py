"""What copies of a dispatch repeat counts once, with every quote; what they change is shown as a revision."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from atleast import case
from atleast.model import Claim, Copy, Dispatch, Passage, Report, span
from atleast.reckon import Cell, as_plain, say
from atleast.reckon.copies import copied

from .invented import Tree, claim, reckoned, report

TWO, FOUR = "2031-05-01T14:00Z", "2031-05-01T16:00Z"
WIRE, GAZETTE, TIMES = report("wire", published=TWO), report("gazette", published=FOUR), report("times", published=FOUR)


def dispatch(first: str = "wire", *copies: str, agency: str | None = None, end: int = 100) -> Dispatch:
    passage = (Passage(0, end, 0, end),)
    return Dispatch(first, first, TWO, agency, tuple(Copy(name, name, FOUR, 90, 90, passage) for name in copies))


def said(number: int, name: str, *, by: str | None = None, at: int = 10, **more: object) -> Claim:
    return replace(claim(number, "Strelsau", by=by, report=name, **more), start=at, end=at + 7)  # type: ignore[arg-type]


def row(*claims: Claim, of: tuple[Dispatch, ...], **more: object) -> Cell:
    tally = reckoned(*claims, reports=(WIRE, GAZETTE, TIMES), dispatches=of, **more)
    return next(c for c in tally.cells if c.key.place.startswith("Strelsau"))


def test_a_dispatch_on_three_sites_is_one_figure_with_three_quotes() -> None:
    claims = [said(12, name) for name in ("wire", "gazette", "times")]
    cell = row(*claims, of=(dispatch("wire", "gazette", "times"),))

    assert cell.joint.low is not None
    (term,) = cell.joint.low.terms
    assert term.figure.speaker == "wire"
    assert [quote.report for quote in term.figure.quotes] == ["wire", "gazette", "times"]


def test_without_the_rule_each_site_speaks_for_itself() -> None:
    claims = [said(12, name) for name in ("wire", "gazette", "times")]
    cell = row(*claims, of=(dispatch("wire", "gazette", "times"),), without={"copies"})

    assert cell.joint.low is not None
    assert len(cell.joint.low.terms[0].figure.quotes) == 1


def test_a_copy_holds_at_the_moment_of_the_dispatch_and_bounds_nothing_later() -> None:
    """The copy of a noon count at four does not contradict the count of three."""
    claims = [said(12, "wire", by="The Agency"), said(12, "times", by="The Agency"), claim(20, "Strelsau", at="2031-05-01T15:00Z", report="gazette")]
    with_it = reckoned(*claims, reports=(WIRE, GAZETTE, TIMES), dispatches=(dispatch("wire", "times"),))

    assert with_it.contradictions == ()


def test_the_agency_speaks_for_a_dispatch_that_names_nobody() -> None:
    cell = row(said(12, "wire"), said(12, "times"), of=(dispatch("wire", "times", agency="The Agency"),))

    assert cell.joint.low is not None
    assert cell.joint.low.terms[0].figure.speaker == "The Agency"


def test_a_corrected_number_is_a_revision_and_counts_by_itself() -> None:
    claims = said(12, "wire", id="c1"), said(14, "times", id="c2")
    tally = reckoned(*claims, reports=(WIRE, TIMES), dispatches=(dispatch("wire", "times"),))

    (revision,) = tally.revisions
    assert (revision.before.number, revision.after.number, revision.speaker) == (12, 14, "wire")
    assert tally.repeats == {}


def test_a_correction_downwards_takes_the_higher_number_back() -> None:
    claims = said(14, "wire"), said(12, "times")
    tally = reckoned(*claims, reports=(WIRE, TIMES), dispatches=(dispatch("wire", "times"),))

    assert [r.direction for r in tally.revisions] == ["down"]
    assert tally.cells[0].joint.people.low == 12


def test_a_corrected_version_that_is_copied_again_counts_once_too() -> None:
    claims = said(12, "wire", id="c1"), said(14, "gazette", id="c2"), said(14, "times", id="c3")
    tally = reckoned(*claims, reports=(WIRE, GAZETTE, TIMES), dispatches=(dispatch("wire", "gazette", "times"),))

    assert tally.repeats == {"c3": "c2"}
    assert len(tally.revisions) == 1


def test_a_claim_in_a_copys_own_paragraphs_is_its_own() -> None:
    found = copied([said(12, "wire"), said(12, "times", at=500)], [dispatch("wire", "times")])

    assert found.repeats == {}


def test_a_copy_that_lost_the_speaker_repeats_him_and_one_that_names_another_does_not() -> None:
    first = said(12, "wire", by="The Monitor", id="c1")
    lost, other = said(12, "gazette", id="c2"), said(12, "times", by="Strelsau Police", id="c3")
    found = copied([first, lost, other], [dispatch("wire", "gazette", "times")])

    assert found.repeats == {"c2": "c1"}


def test_a_template_filled_for_another_town_is_no_copy_of_the_number() -> None:
    here, there = said(12, "wire", id="c1"), replace(said(12, "times", id="c2"), place="Zenda, Ruritania")

    assert copied([here, there], [dispatch("wire", "times")]).repeats == {}


def test_each_number_of_a_list_repeats_its_own() -> None:
    def two(name: str, a: str, b: str) -> list[Claim]:
        return [said(2, name, id=a, at=10), replace(said(2, name, id=b, at=25), place="Zenda, Ruritania")]

    found = copied([*two("wire", "c1", "c2"), *two("times", "c3", "c4")], [dispatch("wire", "times")])

    assert found.repeats == {"c3": "c1", "c4": "c2"}


def test_a_claim_whose_earliest_was_set_aside_still_counts() -> None:
    claims = replace(said(12, "wire"), place=None), said(12, "times")

    assert row(*claims, of=(dispatch("wire", "times"),)).joint.people.low == 12


def test_what_was_not_yet_copied_is_not_quoted() -> None:
    claims = [said(12, name) for name in ("wire", "times")]
    cell = row(*claims, of=(dispatch("wire", "times"),), at=span("2031-05-01T15:00Z"))

    assert cell.joint.low is not None
    assert [quote.report for quote in cell.joint.low.terms[0].figure.quotes] == ["wire"]


def test_dispatches_are_told_in_words_and_as_plain_values() -> None:
    tally = reckoned(said(12, "wire", id="c1"), said(12, "times", id="c2"), reports=(WIRE, TIMES), dispatches=(dispatch("wire", "times"),))

    assert say(tally.dispatches[0]).splitlines()[0] == "wire: words of wire; later reports that have them too: 1"
    assert as_plain(tally)["repeats"] == {"c2": "c1"}
    assert as_plain(tally)["dispatches"][0]["copies"][0]["report"] == "times"


NAMES = ("wire", "gazette", "times")
SAID = st.builds(
    lambda number, name, by, at: (number, name, by, at),
    st.integers(1, 4), st.sampled_from(NAMES), st.sampled_from([None, "The Monitor", "Strelsau Police"]), st.sampled_from([10, 40, 300]),
)  # fmt: skip


@given(st.lists(SAID, max_size=8), st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing_and_no_quote_is_lost(drawn: list[tuple[int, str, str | None, int]], luck) -> None:  # type: ignore[no-untyped-def]
    claims = [said(number, name, by=by, at=at, id=f"c{n}") for n, (number, name, by, at) in enumerate(drawn)]
    of = (dispatch("wire", "gazette", "times"),)
    found = reckoned(*claims, reports=(WIRE, GAZETTE, TIMES), dispatches=of, places=Tree())
    luck.shuffle(claims)

    assert reckoned(*claims, reports=(WIRE, GAZETTE, TIMES), dispatches=of) == found
    assert all(lead not in found.repeats and claim != lead for claim, lead in found.repeats.items())
    without = reckoned(*claims, reports=(WIRE, GAZETTE, TIMES), dispatches=of, without={"copies"})
    revised = found.revisions or without.revisions  # a copy printed later is a later word of its speaker without the rule
    revised = revised or any(c.what == "text.added" for c in without.contradictions)  # a copy does not print what was added
    assert [c.joint.people.low for c in without.cells] == [c.joint.people.low for c in found.cells] or revised


FIRST = (
    "Police detained 12 people at a rally in Moscow on 4 May 2031, and the square was cleared within an hour.\n\n"
    "By the evening the square had been washed, and the trams ran again as on any other day of the week."
)


def test_from_files_to_figures(tmp_path) -> None:  # type: ignore[no-untyped-def]
    for name, hour, text in (("wire", 14, FIRST), ("gazette", 16, FIRST), ("times", 18, FIRST.replace("12", "14"))):
        head = f"---\npublisher: The {name.title()}\npublished: 2031-05-04T{hour}:00+03:00\nlanguage: en\n---\n"
        (tmp_path / f"{name}.txt").write_text(head + text)
    found = case.read([tmp_path])
    tally = case.reckon(found)

    assert len(found.claims) == 3 and len(tally.repeats) == 1
    assert [(r.before.number, r.after.number) for r in tally.revisions] == [(12, 14)]
    assert isinstance(found.reports[0], Report)
