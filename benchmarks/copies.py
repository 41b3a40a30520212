"""How long it takes to find the copies among many reports, and how many of those that were planted are found.

The reports are made up of random words, with a set of copies of each kind planted among them: word for word, with other
numbers, with an edit in every thirtieth word, shortened to a third, and set between paragraphs of another page. The
peer is datasketch: MinHash and LSH over the same five words in a row, at its threshold of a half, which proposes pairs
and does not say which words are copied. It takes the smaller numbers of reports only. "others" are pairs that were not
planted: two copies of one report for the peer, which does not tell who was first.

usage: python benchmarks/copies.py [REPORTS ...]     default: 20000 100000
"""

import random
import resource
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from atleast.collect import dispatches
from atleast.model import Report

Pair = tuple[str, str]

KINDS = ("whole", "numbers", "edited", "shortened", "amid others")
LENGTH = 280
PLANTED = 5  # in a hundred reports, of each kind
PEER_UP_TO = 20_000
_SYLLABLES = "ba do ri mu ke zo lam tis nor ved pak gul sen har bi to".split()


def main() -> None:
    sizes = [int(each) for each in sys.argv[1:]] or [20_000, 100_000]
    kinds = "".join(f"{kind:>13}" for kind in KINDS)
    print(f"{'':<12}{'reports':>9}{'seconds':>9}{'a second':>10}{'others':>7}{kinds}{'peak MB':>9}")
    for size in sizes:
        reports, planted = corpus(size)
        show("atleast", size, *timed(lambda reports=reports: set(ours(reports))), planted)
        if size <= PEER_UP_TO:
            try:
                show("datasketch", size, *timed(lambda reports=reports: set(theirs(reports))), planted)
            except ImportError:
                print("datasketch   (not installed: make bench)")


def ours(reports: list[Report]) -> Iterator[Pair]:
    for dispatch in dispatches(reports):
        for copy in dispatch.copies:
            yield dispatch.report, copy.report


def theirs(reports: list[Report]) -> Iterator[Pair]:
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=0.5, num_perm=128)
    for report in reports:
        words = report.text.casefold().split()
        sketch = MinHash(num_perm=128)
        sketch.update_batch([" ".join(words[n : n + 5]).encode() for n in range(len(words) - 4)])
        yield from ((earlier, report.id) for earlier in index.query(sketch))
        index.insert(report.id, sketch)


def timed(work: object) -> tuple[float, set[Pair]]:
    start = time.perf_counter()
    found = work()  # type: ignore[operator]
    return time.perf_counter() - start, found


def show(name: str, size: int, seconds: float, found: set[Pair], planted: Mapping[Pair, str]) -> None:
    right = Counter(planted[pair] for pair in found if pair in planted)
    others = len(found - planted.keys())
    all_of = Counter(planted.values())
    kinds = "".join(f"{right[kind] / all_of[kind]:>13.1%}" for kind in KINDS)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:<12}{size:>9}{seconds:>9.1f}{size / seconds:>10.0f}{others:>7}{kinds}{peak:>9}", flush=True)


def corpus(size: int) -> tuple[list[Report], dict[Pair, str]]:
    """Reports in the order of publication, and of which kind each planted pair (earlier, later) is."""
    luck = random.Random(size)
    words = ["".join(luck.choices(_SYLLABLES, k=luck.choice((1, 2, 2, 3)))) for _ in range(6000)]
    weights = [1 / rank for rank in range(8, 6008)]
    each = size * PLANTED // 100
    texts = [_text(luck, words, weights) for _ in range(size - len(KINDS) * each)]
    planted = {}
    reports = [_report(n, text) for n, text in enumerate(texts)]
    for kind in KINDS:
        for source in luck.sample(range(len(texts)), each):
            copy = _report(len(reports), _copied(kind, texts[source], luck, words, weights))
            planted[reports[source].id, copy.id] = kind
            reports.append(copy)
    return reports, planted


def _report(n: int, text: str) -> Report:
    when = datetime(2031, 1, 1, tzinfo=UTC) + timedelta(minutes=n)
    return Report(f"r{n:06}", published=when.isoformat(), text=text)


def _text(luck: random.Random, words: list[str], weights: list[float], length: int = LENGTH) -> str:
    chosen = luck.choices(words, weights, k=luck.randint(length // 2, length * 3 // 2))
    for n in range(5, len(chosen), 40):
        chosen[n] = str(luck.randint(1, 400))
    return " ".join(chosen)


def _copied(kind: str, text: str, luck: random.Random, words: list[str], weights: list[float]) -> str:
    own = text.split()
    if kind == "numbers":
        return " ".join(str(int(word) + 1) if word.isdigit() else word for word in own)
    if kind == "edited":
        return " ".join(luck.choice(words) if not n % 30 and not word.isdigit() else word for n, word in enumerate(own))
    if kind == "shortened":
        return " ".join(own[: len(own) // 3])
    if kind == "amid others":
        return "\n\n".join((_text(luck, words, weights, 2 * LENGTH), text, _text(luck, words, weights, 2 * LENGTH)))
    return text


if __name__ == "__main__":
    main()
