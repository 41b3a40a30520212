"""How many reports a second the reader reads on one core, beside a bare tokenizer over the same text.

The texts are the English and Russian reports of the shared case where it stands beside the project, else the sample
case. The peer is spaCy's blank pipeline, which splits words and does nothing else: a reader near it is fast enough.

usage: python benchmarks/read.py [ROUNDS]
"""

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from atleast import collect, read
from atleast.model import Report

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "cases" / "2017-10-07" / "reports.jsonl"
SAMPLE = ROOT / "cases" / "2017-10-07"
LANGUAGES = ("en", "ru")


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    source = SHARED if SHARED.exists() else SAMPLE
    reports = [r for r in collect.reports([source]) if isinstance(r, Report) and r.language in LANGUAGES]
    print(f"{len(reports)} reports, {source.name}, median of {rounds} rounds, one core")
    print(f"{'':<10}{'reports':>8}{'kB each':>9}{'reports/s':>11}{'kB/s':>8}{'spaCy/s':>9}{'ratio':>7}")
    for language in (*LANGUAGES, "both"):
        chosen = [r for r in reports if language in (r.language, "both")]
        print(row(language, chosen, rounds))


def row(language: str, reports: Sequence[Report], rounds: int) -> str:
    """One line of the table: how fast both are over the same reports, in turn, round by round."""
    size = sum(len(r.text.encode()) for r in reports) / 1000
    peer = tokenizers()
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(seconds(lambda: [read.read(report) for report in reports]))
        theirs.append(seconds(lambda: [peer[r.language or ""](r.text) for r in reports]) if peer else float("nan"))
    mine, other = statistics.median(ours), statistics.median(theirs)
    rate = len(reports) / mine
    told = f"{len(reports) / other:>9.0f}{other / mine:>7.2f}" if peer else "  (spaCy is not installed: make bench)"
    return f"{language:<10}{len(reports):>8}{size / len(reports):>9.2f}{rate:>11.0f}{size / mine:>8.0f}{told}"


def tokenizers() -> dict[str, Callable[[str], object]]:
    """spaCy's blank pipelines by language; empty where it is not installed."""
    try:
        import spacy
    except ImportError:
        return {}
    return {language: spacy.blank(language) for language in LANGUAGES}


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


if __name__ == "__main__":
    main()
