"""The sample case: what the reader finds in it, against what a person found in it.

`examples/sample-claims.jsonl` was written by hand, in the wire form. A field that is left out there is not judged;
a claim marked `optional` (a headline that repeats the body, a number of days or roubles) costs nothing either way.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from atleast import case, collect, reckon
from atleast.model import Claim, Report, Trouble, decode_lines
from atleast.reckon.results import Contradiction, Tally

ROOT = Path(__file__).resolve().parents[1]
CASE = ROOT / "cases" / "2017-10-07"
EXPECTED = ROOT / "tests" / "examples" / "sample-claims.jsonl"
NAMES = sorted(path.stem for path in CASE.glob("*.txt"))
JUDGED = ("quantity", "among", "low", "high", "bound", "hedge", "place", "claimant", "event_date", "as_of", "of")

Expected = Mapping[str, Any]


@cache
def reports() -> Mapping[str, Report]:
    """The reports of the case, by the names of their files."""
    found = [report for report in collect.reports([CASE]) if isinstance(report, Report)]
    return {Path(report.id).stem: report for report in found}


@cache
def whole() -> case.Reading:
    """The case as `atleast reckon` reads it."""
    return case.read([CASE])


@cache
def expected() -> tuple[Expected, ...]:
    return tuple(json.loads(line) for line in EXPECTED.read_text("utf-8").splitlines())


@pytest.fixture(params=["as read", "by hand"])
def tally(request: pytest.FixtureRequest) -> Tally:
    """What follows from the claims that the reader finds, and from those that a person found."""
    return _tally(request.param)


@cache
def _tally(found: str) -> Tally:
    if found == "as read":
        return case.reckon(whole())
    lines = (line for line in EXPECTED.read_text("utf-8").splitlines() if '"optional"' not in line)
    return reckon.tally([c for c in decode_lines(lines) if isinstance(c, Claim)], reports().values())


def test_every_file_of_the_case_is_a_report_and_nothing_is_amiss() -> None:
    troubles = [str(record) for record in collect.reports([CASE]) if isinstance(record, Trouble)]

    assert troubles == []
    assert sorted(reports()) == NAMES
    assert len(NAMES) >= 15


@pytest.mark.parametrize("name", NAMES)
def test_every_head_says_who_published_what_and_whence_the_facts_come(name: str) -> None:
    report = reports()[name]

    assert report.publisher
    assert report.language in ("en", "ru")
    assert report.url
    assert re.fullmatch(r"Facts from: .+; restated in our own words", report.extra["source"])


@pytest.mark.parametrize("name", NAMES)
def test_every_report_is_as_short_as_it_is_said_to_be(name: str) -> None:
    assert 60 <= len(reports()[name].text.split()) <= 150


@pytest.mark.parametrize("wanted", expected(), ids=lambda wanted: wanted["id"])
def test_every_expected_claim_quotes_its_report(wanted: Expected) -> None:
    text = reports()[wanted["report"]].text

    assert text[wanted["start"] : wanted["end"]] == wanted["quote"]


@pytest.mark.parametrize("name", NAMES)
def test_the_reader_finds_the_expected_claims_and_no_others(name: str) -> None:
    found = [claim for claim in whole().claims if claim.report == reports()[name].id]
    wanted = [claim for claim in expected() if claim["report"] == name]
    missed = [claim for claim in _unmet(wanted, found) if not claim.get("optional")]

    assert [_told(claim) for claim in missed] == []
    assert [f"{claim.quote}: {claim.quantity} {claim.low}..{claim.high}" for claim in found] == []


def _unmet(wanted: Iterable[Expected], found: list[Claim]) -> list[Expected]:
    """The expected claims that none of the found ones meets; each that meets one is taken out of `found`."""
    unmet = []
    for each in sorted(wanted, key=len, reverse=True):
        match = next((claim for claim in found if _meets(each, claim)), None)
        found.remove(match) if match else unmet.append(each)
    return unmet


def _meets(wanted: Expected, found: Claim) -> bool:
    return all(_same(field, wanted[field], getattr(found, field)) for field in JUDGED if field in wanted)


def _same(field: str, wanted: Any, found: Any) -> bool:
    """A time may lack the zone that its text lacks; a speaker may go by name, by office or by both."""
    if field == "as_of" and wanted and found:
        return found == wanted or found == wanted.removesuffix("+03:00")
    if field == "claimant" and wanted and found:
        return found == wanted or found in wanted.rstrip(")").split(" (")
    return bool(wanted == found)


def _told(wanted: Expected) -> str:
    return f"{wanted['quote']}: " + ", ".join(f"{f}={wanted[f]}" for f in JUDGED if wanted.get(f) is not None)


def test_the_table_has_ten_places_and_three_moments(tally: Tally) -> None:
    places = {cell.key.place for cell in tally.cells if cell.key.quantity == "detained"}
    moments = {figure.moment.shown for revision in tally.revisions for figure in (revision.before, revision.after)}

    assert len(places) >= 10
    assert len(moments) >= 3


def clashes(tally: Tally, *numbers: int) -> list[Contradiction]:
    """The contradictions in which all these figures stand against each other."""
    found = []
    for each in tally.contradictions:
        said = [term.value for term in (*each.below.terms, *each.above.terms)]
        if not Counter(numbers) - Counter(said):
            found.append(each)
    return found


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param((321, 136), id="the ministry's country against the monitor's"),
        pytest.param((56, 24, 12, 7, 7, 136), id="the ministry's regions and Petersburg's police against its country"),
        pytest.param((38, 7), id="Petersburg's police against the ceiling on every region not named"),
        pytest.param((57, 56), id="Yaroslavl against its region"),
        pytest.param((21, 12), id="Krasnodar against its krai"),
        pytest.param((62, 57, 21, 20, 136), id="four cities of the monitor against the ministry's country"),
        pytest.param((24, 14), id="the mayor of Yekaterinburg against the monitor"),
        pytest.param((0, 1), id="nobody in Moscow against one"),
    ],
)
def test_figures_that_cannot_all_be_true_are_shown(tally: Tally, numbers: tuple[int, ...]) -> None:
    assert clashes(tally, *numbers)


def test_all_released_against_a_jail_term_is_a_tension_because_it_rests_on_an_assumption(tally: Tally) -> None:
    found = [each for each in tally.contradictions if "jailed_are_held" in each.assumes]

    assert found
    assert {each.kind for each in found} == {"tension"}


def test_relays_that_drift_are_told_apart_from_disputes(tally: Tally) -> None:
    relays = [each for each in tally.contradictions if each.kind == "relay"]
    quotes = " ".join(quote.words for each in relays for figure in each.core for quote in figure.quotes)

    assert "более 66" in quotes
    assert "12 cities" in quotes


def test_a_running_count_that_goes_down_is_a_revision_and_no_contradiction(tally: Tally) -> None:
    down = [(r.key.place, r.before.number, r.after.number) for r in tally.revisions if r.direction == "down"]

    assert ("Saint Petersburg, Russia", 66, 62) in down
    assert not [each for each in clashes(tally, 66, 62) if each.kind != "relay"]


@pytest.mark.parametrize("numbers", [(66, 196, 262), (20, 18, 38), (6, 1, 7)])
def test_sums_that_agree_are_not_flagged(tally: Tally, numbers: tuple[int, ...]) -> None:
    *parts, whole = numbers

    assert [h for h in tally.holds if sorted(t.value for t in h.parts) == sorted(parts) and h.whole.number == whole]
    assert not clashes(tally, *numbers)
