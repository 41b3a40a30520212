"""Measure the reader on the annotated case and write docs/reference/reading-quality.md and read/data/quality.json.

The case stands beside the repository in ../shared with its scorer; without it nothing is written.

    python tools/build_quality.py              write both
    python tools/build_quality.py --check      exit 1 when they say something else than a new measurement
"""

import argparse
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
CASE = SHARED / "cases" / "2017-10-07"
PAGE = ROOT / "docs" / "reference" / "reading-quality.md"
DATA = ROOT / "src" / "atleast" / "read" / "data" / "quality.json"
sys.path.insert(0, str(ROOT / "src"))

from atleast import read  # noqa: E402
from atleast.lexicon import languages  # noqa: E402
from atleast.model import encode, record_of  # noqa: E402

Row = dict[str, Any]
LEVELS = ("value and quantity", "with its bound", "with its place", "with its claimant", "with its day: the full tuple")


@dataclass(slots=True)
class Share:
    """How many of how many were right."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        self.right, self.of = self.right + right, self.of + 1

    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval of the share (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927)."""
        z, n, p = 1.96, self.of, self.right / self.of
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return (middle - half) / (1 + z * z / n), (middle + half) / (1 + z * z / n)

    def told(self) -> str:
        if not self.of:
            return "–"
        low, high = self.interval()
        return f"{self.right} of {self.of} ({self.right / self.of:.0%}; {low:.0%}–{high:.0%})"


@dataclass(slots=True)
class Measured:
    """What the reader got right on the case."""

    scores: Mapping[str, Any]
    tiers: dict[str, Share] = field(default_factory=dict)
    doubts: dict[str, Share] = field(default_factory=dict)
    by_language: dict[str, dict[str, Share]] = field(default_factory=dict)
    reports: Counter[str] = field(default_factory=Counter)


def measure() -> Measured:
    """The reader run over the case as `atleast read --again` runs it, and held against the annotated claims."""
    scorer = _scorer()
    rows = [row for row in _rows("reports.jsonl") if row["language"] in languages()]
    names = {row["id"] for row in rows}
    gold = [row for row in _rows("claims.jsonl") if row["report"] in names]
    reports = [record_of(row) for row in rows]
    setting = read.agreed([read.read(report) for report in reports])
    found = [json.loads(encode(c)) for report in reports for c in read.read(report, setting=setting).claims]
    made = Measured(scorer.score(rows, gold, found), reports=Counter(row["language"] for row in rows))
    for row in rows:
        for claim, right in _judged(scorer, row, gold, found):
            made.tiers.setdefault(claim["tier"], Share()).add(right)
            own = made.by_language.setdefault(row["language"], {})
            own.setdefault(claim["tier"], Share()).add(right)
            for doubt in _doubts(claim):
                made.doubts.setdefault(doubt, Share()).add(right)
    return made


def _judged(scorer: ModuleType, report: Row, gold: Sequence[Row], found: Sequence[Row]) -> Iterator[tuple[Row, bool]]:
    """Each claim found in a report, and whether its full tuple is right; those that are optional are left out."""
    here = [claim for claim in found if claim["report"] == report["id"]]
    told = [scorer.prepare(g, report["publisher"], gold=True) for g in gold if g["report"] == report["id"]]
    owner = scorer.match(told, [scorer.prepare(claim, report["publisher"]) for claim in here], 5)
    for n, claim in enumerate(here):
        if n not in owner or not told[owner[n]]["optional"]:
            yield claim, n in owner


def _doubts(claim: Row) -> list[str]:
    return [evidence["how"] for evidence in claim.get("evidence", ()) if evidence["slot"] == "tier"]


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_reading", SHARED / "tools" / "score_reading.py")
    assert spec and spec.loader
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def _rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (CASE / name).read_text("utf-8").splitlines()]


def page(made: Measured) -> str:
    """The measurement as a page of the reference."""
    total = sum(share.of for share in made.tiers.values())
    return "\n".join([*_HEAD, *_levels(made), *_tiers(made, total), *_by_doubt(made), *_TAIL]) + "\n"


def _levels(made: Measured) -> Iterator[str]:
    yield "## How much is found and right"
    yield ""
    yield "F1 at each level; each level asks for all before it. Quantity, number and bound are the first two."
    yield ""
    yield "| language | reports | " + " | ".join(LEVELS) + " |"
    yield "|---|---:|" + "---:|" * len(LEVELS)
    for name, scores in [*made.scores["by_language"].items(), ("all", made.scores["overall"])]:
        count = made.reports[name] if name != "all" else made.reports.total()
        yield f"| {name} | {count} | " + " | ".join(f"{level['f1']:.3f}" for level in scores.values()) + " |"
    yield ""


def _tiers(made: Measured, total: int) -> Iterator[str]:
    yield "## What a tier is worth"
    yield ""
    yield "How many claims of each tier are right in the full tuple, with the 95 % interval of the share."
    yield ""
    yield "| language | A | B | share of A |"
    yield "|---|---|---|---:|"
    for name, tiers in [*sorted(made.by_language.items()), ("all", made.tiers)]:
        a, b = tiers.get("A", Share()), tiers.get("B", Share())
        yield f"| {name} | {a.told()} | {b.told()} | {a.of / max(1, a.of + b.of):.0%} |"
    yield ""


def _by_doubt(made: Measured) -> Iterator[str]:
    yield "## What holds a claim back"
    yield ""
    yield "A claim is in tier A when nothing gives reason to doubt it; `atleast explain` names what does."
    yield ""
    yield "| doubt | right in spite of it |"
    yield "|---|---|"
    for doubt, share in sorted(made.doubts.items(), key=lambda kv: (-kv[1].of, kv[0])):
        yield f"| {doubt} | {share.told()} |"
    yield ""


_HEAD = [
    "# How well it reads",
    "",
    "<!-- Written by tools/build_quality.py; do not edit. -->",
    "",
    "Measured on the reports of 7 October 2017 that were annotated by hand, in the languages that have word lists.",
    "**This is text that the authors have seen**: on reports of other events expect less. Names, numbers and dates are",
    "compared exactly; a claimant under another name is wrong.",
    "",
]
_TAIL = [
    "Tier C is not in the tables: hints in languages without word lists, where what is counted stays open.",
    "",
    "`atleast read --tiers` shows how the claims of your own reports fall into tiers, beside these shares.",
]


def data(made: Measured) -> str:
    """What `atleast read --tiers` shows beside the user's own claims."""
    tiers = {name: {"right": share.right, "of": share.of} for name, share in sorted(made.tiers.items())}
    return json.dumps({"case": "7 October 2017", "tiers": tiers}, indent=1) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    if not CASE.is_dir():
        print(f"{CASE.relative_to(ROOT.parent)} is not here: nothing measured, nothing written", file=sys.stderr)
        return 0
    made = measure()
    wanted = {PAGE: page(made), DATA: data(made)}
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    for path in stale:
        if check:
            print(f"{path.relative_to(ROOT)} is not what a new measurement gives: run make docs", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted[path], "utf-8")
    return int(check and bool(stale))


if __name__ == "__main__":
    raise SystemExit(main())
