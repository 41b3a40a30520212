"""How fast reports are read on one core, how much memory that takes and how soon it starts; beside two peers.

Two piles of reports. *Dense*: the English and Russian reports of the shared case where it stands beside the project,
else the examples of the tests; short, and every one tells of arrests. *Mixed*: what a newsroom's feed brings, 4 reports
in 100 of them dense (half of those set into a long page), the rest other news of 1.5 to 3 kB, made up by `news`.

The peers read the same in the same run, in turn, round by round: spaCy's blank pipeline, which splits words and does
nothing else, and natasha (Russian, dense), which finds the names with a small neural model and no numbers.
CPU seconds of one core; median of the rounds, since other work on the machine only ever slows a round down.

usage: python benchmarks/read.py [ROUNDS]
"""

import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import news

# One core for everybody: else threads that natasha's numpy leaves spinning are counted as our time.
os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

from atleast import collect, read
from atleast.model import Report

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "cases" / "2017-10-07" / "reports.jsonl"
EXAMPLES = sorted((ROOT / "tests" / "examples").glob("blind-*.jsonl"))
LANGUAGES = ("en", "ru")
MIXED, TELLING = 5_000, 0.04
LIMITS = {"dense": 600, "mixed": 5_000, "megabytes": 200, "seconds": 0.5}
Work = Callable[[], object]


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    reports = dense()
    print(f"one core, median of {rounds} rounds\n")
    print(f"{'reports per second':<20}{'reports':>8}{'kB each':>9}{'atleast':>9}{'kB/s':>8}{'spaCy':>8}{'natasha':>9}")
    for language in (*LANGUAGES, "both"):
        chosen = [r for r in reports if language in (r.language, "both")]
        print(row(f"dense, {language}", chosen, rounds, {name: each(chosen) for name, each in PEERS.items()}))
    feed = mixed(reports)
    print(row("mixed, both", feed, rounds, {"spaCy": spacy_over(feed)}))
    told = sum(bool(read.read(r).claims) for r in feed)
    print(f"\nof the mixed {len(feed)}, {told} tell something; the limits are {LIMITS['dense']} and {LIMITS['mixed']}")
    print(f"memory at its peak over the mixed pile: {peak():.0f} MB (limit {LIMITS['megabytes']})")
    for name, words in {"atleast --help": ["--help"], "atleast read of one report": ["read", "{report}"]}.items():
        print(f"{name}: {started(words, rounds):.2f} s from start to end (limit {LIMITS['seconds']})")


# ── The piles ──


def dense() -> list[Report]:
    """The short reports that tell of arrests."""
    source = [SHARED] if SHARED.exists() else EXAMPLES
    return [r for r in collect.reports(source) if isinstance(r, Report) and r.language in LANGUAGES]


def mixed(telling: Sequence[Report], seed: int = 7) -> list[Report]:
    """A feed in which few reports tell of arrests, in an order drawn by chance."""
    chance = Random(seed)
    feed = []
    for n in range(round(MIXED * TELLING)):
        one = chance.choice(telling)
        page = "\n".join((one.text, news.report(chance, one.language or ""))) if n % 2 else one.text
        feed.append(replace(one, id=f"telling-{n}", text=page))
    share = (MIXED - len(feed)) // len(LANGUAGES)
    for language in LANGUAGES:
        other = enumerate(news.reports(share, language, seed))
        feed += [Report(f"{language}-{n}", language=language, text=text) for n, text in other]
    chance.shuffle(feed)
    return feed


# ── Rates ──


def row(name: str, reports: Sequence[Report], rounds: int, peers: Mapping[str, Work | None]) -> str:
    """One line of the table: how fast all are over the same reports, in turn, round by round."""
    size = sum(len(r.text.encode()) for r in reports) / 1000
    runs: dict[str, Work] = {"atleast": lambda: [read.read(r) for r in reports]}
    runs |= {peer: work for peer, work in peers.items() if work}
    times: dict[str, list[float]] = {who: [] for who in runs}
    for _ in range(rounds + 1):
        for who, work in runs.items():
            times[who].append(seconds(work))
    rate = {who: len(reports) / statistics.median(taken[1:]) for who, taken in times.items()}  # the first warms up
    ours = rate["atleast"]
    told = f"{name:<20}{len(reports):>8}{size / len(reports):>9.2f}{ours:>9.0f}{ours * size / len(reports):>8.0f}"
    for peer, width in (("spaCy", 8), ("natasha", 9)):
        told += f"{rate[peer]:>{width}.0f}" if peer in rate else f"{'–':>{width}}"
    ratios = (f"{ours / rate[peer]:.2f} × {peer}" for peer in rate if peer != "atleast")
    return f"{told}   {', '.join(ratios)}".rstrip()


def seconds(work: Work) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def spacy_over(reports: Sequence[Report]) -> Work | None:
    """spaCy's blank pipelines; None where it is not installed (`make bench` installs it)."""
    try:
        import spacy
    except ImportError:
        return None
    tokenizers = {language: spacy.blank(language) for language in LANGUAGES}
    return lambda: [tokenizers[r.language or ""](r.text) for r in reports]


def natasha_over(reports: Sequence[Report]) -> Work | None:
    """natasha's names; None where it is not installed or the reports are not Russian."""
    if {r.language for r in reports} != {"ru"}:
        return None
    try:
        from natasha import Doc, NewsEmbedding, NewsNERTagger, Segmenter
    except ImportError:
        return None
    segmenter, tagger = Segmenter(), NewsNERTagger(NewsEmbedding())

    def names(text: str) -> object:
        doc = Doc(text)
        doc.segment(segmenter)
        doc.tag_ner(tagger)
        return doc.spans

    return lambda: [names(r.text) for r in reports]


PEERS = {"spaCy": spacy_over, "natasha": natasha_over}


# ── Memory and start, each in a process of its own ──


def peak() -> float:
    """Megabytes that a fresh process has held at most when it has read the mixed pile."""
    told = subprocess.run([sys.executable, __file__, "--peak"], check=True, capture_output=True, text=True)
    return float(told.stdout)


def peaked() -> float:
    for report in mixed(dense()):
        read.read(report)
    status = Path("/proc/self/status")
    if status.exists():  # what getrusage tells there is also of the process that started this one
        return int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)


def started(words: Sequence[str], rounds: int) -> float:
    """Seconds on the clock that a command takes, from start to end."""
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.txt"
        report.write_text("---\nlanguage: en\n---\nPolice in Minsk detained 40 people on Sunday.", "utf-8")
        command = [sys.executable, "-m", "atleast", *(word.format(report=report) for word in words)]
        return statistics.median(_timed(command) for _ in range(rounds))


def _timed(command: Sequence[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


if __name__ == "__main__":
    if sys.argv[1:] == ["--peak"]:
        print(peaked())
    else:
        main()
