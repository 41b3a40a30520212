"""Contradictions on invented nights: how many planted errors are found, and how much is called false that is true.

    python benchmarks/contradictions.py [--nights 12] [--seed 1] [--class relay.zone] [--show]

A night is made up from a seed (`tests/reckon/nights.py`): a country, every person taken in it, and what monitors,
offices, lawyers and outlets say of it, all of it true. First the true nights are reckoned: whatever is flagged is
false, and every bound must enclose what really happened; then the same nights as far as outlets tell them. Tensions
are counted apart: they say what they assume, and what they assume is false on these nights. Then one error is planted
in a night, of every class in turn (`tests/reckon/planted.py`): a number is changed as a relay or an office would get
it wrong. Printed per class:

    planted     nights in which there was an occasion for it
    found       of these, where a contradiction of the right kind names the planted claim
    class       of those found, where it has the right name
    rank        the place of the first that does so among all that is told, median and worst
    beside      contradictions that came with it and do not name the planted claim, of all nights

--show prints what was told where an error was not found, or where something false came with it.
"""

import argparse
import random
import statistics
import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.reckon.nights import LARGE, Night, Size, night, reckon, strays, unseen
from tests.reckon.planted import CLASSES, Planted

from atleast.reckon import Contradiction, Tally, say

MEDIUM = Size(4, 16, 300, 14, 1.0)


# --- what comes of it


@dataclass
class Score:
    """What became of the errors of one class."""

    planted: int = 0
    named: int = 0
    ranks: list[int] = field(default_factory=list)
    beside: Counter[str] = field(default_factory=Counter)

    def line(self, name: str) -> str:
        middle = f"{statistics.median(self.ranks):g} / {max(self.ranks)}" if self.ranks else "–"
        false = ", ".join(f"{what} {times}" for what, times in self.beside.most_common())
        counts = f"{self.planted:>8}{len(self.ranks):>7}{self.named:>7}  {middle:>9}  {self.beside.total():>6}"
        return f"{name:<34}{counts}  {false}".rstrip()


def identity(clash: Contradiction) -> tuple[str, str, tuple[object, ...]]:
    """What a contradiction is about, whoever else repeats its figures."""
    return clash.kind, clash.what, tuple(sorted((f.speaker, f.key, f.number or 0) for f in clash.core))


def weigh(score: Score, name: str, before: Tally, told: Night, planted: Planted, *, show: bool) -> None:
    """Reckon a night with an error in it and note what was told of it."""
    _, kinds, names = CLASSES[name]
    after = reckon(planted.into(told)).contradictions
    known = {identity(c) for c in before.contradictions}
    hits = [n for n, c in enumerate(after, 1) if planted.claim.id in c.claims and c.kind in kinds]
    fresh = [c for c in after if identity(c) not in known and planted.claim.id not in c.claims]
    score.planted += 1
    score.ranks += hits[:1]
    score.named += any(after[n - 1].what in names for n in hits)
    score.beside.update(f"{c.kind} {c.what}" for c in fresh)
    if show and (not any(after[n - 1].what in names for n in hits) or fresh):
        print(f"\n--- {name}: {planted.claim.claimant} {planted.claim.bound} {planted.claim.low} {planted.claim.place} "
              f"{planted.claim.as_of} [{planted.claim.id} for {planted.instead}]")  # fmt: skip
        for clash in (c for c in after if planted.claim.id in c.claims or c in fresh):
            print(f"{'*' if planted.claim.id in clash.claims else '!'} {say(clash)}")


def true_nights(what: str, nights: Iterable[Night], *, show: bool) -> None:
    """What is told of nights in which nothing is false."""
    claims, wrong, flagged = 0, 0, Counter[str]()
    for told in nights:
        result = reckon(told)
        claims += len(told.claims)
        wrong += sum(1 for _ in strays(result, told.world))
        flagged.update(f"{c.kind} {c.what}" for c in result.contradictions)
        for clash in result.contradictions if show else ():
            if clash.kind != "tension":
                print(say(clash))
    false = sum(times for what, times in flagged.items() if not what.startswith("tension"))
    print(f"{what}, {claims:,} claims: {false} false, {1000 * false / claims:.2f} per 1,000 claims")
    for what, times in sorted(flagged.items()):
        print(f"  {what:<34}{times:>6}  {1000 * times / claims:.2f} per 1,000 claims")
    print(f"bounds that do not enclose the truth: {wrong}")


def main() -> None:
    asked = argparse.ArgumentParser(
        description="Planted errors found, and true claims called false, on invented nights."
    )
    asked.add_argument("--nights", type=int, default=12)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--class", dest="only", choices=sorted(CLASSES))
    asked.add_argument("--show", action="store_true")
    args = asked.parse_args()
    seeds = range(args.seed, args.seed + args.nights)
    if not args.only:
        true_nights(f"{len(seeds)} true nights", (night(seed, LARGE) for seed in seeds), show=args.show)
        half = (unseen(night(seed, LARGE)) for seed in seeds)
        true_nights("the same without the own reports of half of those who speak", half, show=args.show)
    scores = {name: Score() for name in CLASSES if args.only in (None, name)}
    for seed in seeds:
        told = night(seed, MEDIUM)
        before = reckon(told)
        for name, score in scores.items():
            chance = random.Random(f"{seed} {name}")
            occasions = list(CLASSES[name][0](told, chance))
            if occasions:
                weigh(score, name, before, told, chance.choice(occasions), show=args.show)
    print(f"{'one error planted':<34}{'planted':>8}{'found':>7}{'class':>7}  {'rank':>9}  {'beside':>6}")
    for name, score in scores.items():
        print(score.line(name))


if __name__ == "__main__":
    main()
