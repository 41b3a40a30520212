"""How well the reader does on reports that it was not made for.

`examples/blind-*.jsonl` and `examples/blind-second-*.jsonl` were written, reports and claims together, before the
reader was ever run on them: invented events in some thirty countries, dated 28 years on so that nobody takes them for
what was. The marks below lie a little under what is reached, to tell when something that worked no longer does; they
are no boast. All have been looked at since, to mend word lists and rules; the second sets less.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from atleast import read
from atleast.model import Claim, Report, decode

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
LEVELS = ("value", "bound", "place", "claimant")
MARKS = {
    # F1 over the whole set, by level: each level asks for all that stands left of it too
    "blind-en": (0.95, 0.95, 0.82, 0.70),
    "blind-ru": (0.93, 0.91, 0.84, 0.62),
    "blind-second-en": (0.89, 0.89, 0.82, 0.62),
    "blind-second-ru": (0.80, 0.80, 0.66, 0.56),
    "blind-be": (0.95, 0.95, 0.93, 0.89),
    "blind-de": (0.97, 0.97, 0.96, 0.92),
    "blind-es": (0.94, 0.94, 0.85, 0.79),
    "blind-fr": (0.95, 0.95, 0.84, 0.75),
    "blind-it": (0.87, 0.87, 0.83, 0.76),
    "blind-nl": (0.95, 0.95, 0.89, 0.72),
    "blind-pl": (0.92, 0.92, 0.82, 0.75),
    "blind-pt": (0.94, 0.94, 0.93, 0.84),
    "blind-tr": (0.97, 0.97, 0.96, 0.82),
    "blind-uk": (0.95, 0.95, 0.90, 0.77),
    "blind-second-de": (0.97, 0.97, 0.85, 0.66),
    "blind-second-tr": (0.97, 0.97, 0.96, 0.95),
}

Expected = dict[str, Any]


@cache
def written(name: str) -> tuple[tuple[Report, ...], tuple[Expected, ...]]:
    """The reports of a set, and the claims that a person found in them."""
    rows = [json.loads(line) for line in (EXAMPLES / f"{name}.jsonl").read_text("utf-8").splitlines()]
    reports = (decode(json.dumps(row)) for row in rows if row["record"] == "report")
    return tuple(r for r in reports if isinstance(r, Report)), tuple(row for row in rows if row["record"] == "claim")


@cache
def found(name: str) -> tuple[Claim, ...]:
    return tuple(claim for report in written(name)[0] for claim in read.claims(report))


def agreement(expected: Expected, claim: Claim) -> int:
    """On how many levels, in order, a claim is the expected one."""
    wanted = [
        (expected["quantity"], expected["low"] or expected["high"]) == (claim.quantity, claim.low or claim.high),
        expected["bound"] == claim.bound,
        expected["place"] == claim.place,
        expected["claimant"] == claim.claimant,
    ]
    return next((n for n, holds in enumerate(wanted) if not holds), len(wanted))


def paired(expected: Sequence[Expected], claims: Sequence[Claim], level: int) -> tuple[int, int, int]:
    """How many claims are right at a level, how many were found, how many are asked for; optional ones cost nothing."""
    left, right, free = list(claims), 0, 0
    for wanted in sorted(expected, key=lambda row: bool(row.get("optional"))):
        hit = next((c for c in left if c.report == wanted["report"] and agreement(wanted, c) >= level), None)
        if hit is not None:
            left.remove(hit)
            right, free = right + (not wanted.get("optional")), free + bool(wanted.get("optional"))
    return right, len(claims) - free, sum(not row.get("optional") for row in expected)


@pytest.mark.parametrize(("name", "level"), [(name, level) for name in MARKS for level in LEVELS])
def test_reports_of_other_events_are_read_no_worse_than_before(name: str, level: str) -> None:
    n = LEVELS.index(level)
    right, told, asked = paired(written(name)[1], found(name), n + 1)

    assert 2 * right / (told + asked) >= MARKS[name][n], f"{right} right of {told} told and {asked} asked for"


@pytest.mark.parametrize("name", MARKS)
def test_every_expected_claim_quotes_its_report(name: str) -> None:
    reports, expected = written(name)
    texts = {report.id: report.text for report in reports}

    assert [row["id"] for row in expected if row["quote"] not in told(row, texts[row["report"]])] == []


def told(row: Expected, text: str) -> str:
    """The stretch of a report that a claim is said to quote; all of it where that is left open."""
    return text[row.get("start") : row.get("end")]
