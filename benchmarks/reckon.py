"""Claims against time: how reckoning grows, and how it compares to linear programming from scratch.

    python benchmarks/reckon.py [--claims 100000] [--places 5000]

The heap is made up from a seed: a country of regions and towns, a true count in each town, and speakers who tell
of towns, regions and the country over one day, some of them wrongly, many of them relaying each other. Printed per
doubling of the heap: seconds, claims a second, growth (2.0 is linear), and what was found; then how long it takes
to add one claim to it: until the bounds of all that it touches are known, and until the contradictions are known, too
(of fifty random claims the median and the longest). Seconds are of one core's work. Then HiGHS is given the whole
system of the largest heap at once and asked for both ends of every row of the joint column: where that takes
longer than a minute, of a sample of the rows, which is said.
"""

import argparse
import random
import resource
import statistics
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from atleast.model import Claim, Report
from atleast.reckon import Standing, Tally, curve, exact, tally
from atleast.reckon.bounds import Level
from atleast.reckon.fates import in_order
from atleast.reckon.floor import Floor
from atleast.reckon.heap import Asked, made_ready
from atleast.reckon.rows import Rows
from atleast.reckon.suspects import Suspects

DAY, NEXT = "2031-05-01", "2031-05-02T12:00Z"
QUANTITIES = (*["detained"] * 4, "released", "still_held", "charged", "jailed", "participants")
SPEAKERS = [("Monitor", "monitor"), *((f"{n} Office", "authority") for n in ("Interior", "City", "Road"))] + [
    (f"Paper {n}", "media") for n in range(40)
]
BEARABLE = 60.0
# So many claims are added one by one.
MORE = 50


@dataclass(frozen=True)
class Country:
    """A country, its regions and towns, as a tree of places."""

    above: Mapping[str, str]

    def path(self, key: str) -> tuple[str, ...]:
        """From narrow to wide."""
        found = [key]
        while found[-1] in self.above:
            found.append(self.above[found[-1]])
        return tuple(found) if len(found) > 1 or key == "Ruritania" else ()

    def kind(self, key: str) -> str:
        """What sort of place it is."""
        return {"Ruritania": "country", "Region": "region", "Town": "city"}.get(key.partition(" ")[0], "")


def country(places: int) -> Country:
    """A country of that many places: about thirty towns to a region."""
    regions = [f"Region {n}, Ruritania" for n in range(max(1, places // 31))]
    towns = [f"Town {n}, Ruritania" for n in range(places - len(regions) - 1)]
    return Country(dict.fromkeys(regions, "Ruritania") | {t: regions[n % len(regions)] for n, t in enumerate(towns)})


def heap(size: int, land: Country, seed: int = 7) -> tuple[list[Claim], list[Report]]:
    """So many claims about the country, and the reports they stand in."""
    chance = random.Random(seed)
    places = ["Ruritania", *land.above]
    truth = {place: chance.choice([0, 0, 1, 2, 3, 5, 8, 13, 40]) for place in land.above if place.startswith("Town")}
    count = {place: sum(n for town, n in truth.items() if place in land.path(town)) for place in places}
    names = [f"r{n}" for n in range(1 + size // 8)]
    reports = [Report(name, publisher=chance.choice(SPEAKERS)[0], published=_minute(chance)) for name in names]
    return [_claim(n, chance, places, count, reports) for n in range(size)], reports


def _minute(chance: random.Random) -> str:
    return f"{DAY}T{chance.randint(10, 23):02}:{chance.choice('0123')}0Z"


def _claim(
    n: int, chance: random.Random, places: Sequence[str], count: Mapping[str, int], reports: Sequence[Report]
) -> Claim:
    speaker, kind = chance.choice(SPEAKERS)
    place = chance.choice(places) if chance.random() < 0.97 else "Ruritania"
    number = int(count[place] * chance.uniform(0.3, 1.0 if chance.random() < 0.98 else 1.3))
    bound = chance.choice(["at_least", "at_least", "exact", "vague", "about"])
    official = NEXT if kind == "authority" else None
    return Claim(
        id=f"c{n}",
        report=chance.choice(reports).id,
        quote="",
        start=0,
        end=0,
        claimant=speaker,
        claimant_kind=kind,
        quantity=chance.choice(QUANTITIES),
        low=number,
        high=number if bound in ("exact", "about") else None,
        bound=bound,
        place=place,
        event_date=DAY,
        as_of=chance.choice([None, _minute(chance), _minute(chance), official]),
    )


def timed(claims: Sequence[Claim], reports: Sequence[Report], land: Country) -> tuple[float, Tally]:
    start = time.process_time()
    result = tally(claims, reports, places=land)
    return time.process_time() - start, result


@dataclass(frozen=True)
class Added:
    """Seconds until one more claim is reckoned: its bounds, and with them all contradictions."""

    bounds: float
    everything: float


def added(claims: Sequence[Claim], more: Sequence[Claim], reports: Sequence[Report], land: Country) -> list[Added]:
    """How long each of some claims takes that come one by one to a heap that stands reckoned."""
    standing = Standing(claims, reports, Asked(places=land))
    standing.tally()
    found = []
    for claim in more:
        start = time.process_time()
        touched = standing.add(claim)
        for key in touched.keys:
            standing.cell(key)
        bounds = time.process_time() - start
        standing.contradictions  # noqa: B018
        found.append(Added(bounds, time.process_time() - start))
    return found


def told(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1000:,.0f} / {max(seconds) * 1000:,.0f} ms"


def from_scratch(claims: Sequence[Claim], reports: Sequence[Report], land: Country, rows: int) -> tuple[float, int]:
    """Seconds that HiGHS takes for both ends of every joint row, and how many of them were really solved.

    Ceilings that are broken are left out: of a contradiction there is no optimum.
    """
    ready = made_ready(claims, reports, Asked(places=land))
    usable = ready.usable
    graph = Rows(ready.atlas, ready.rules, usable)
    broken = {one.ceiling.name for one in Suspects(graph, usable).weightiest(len(usable))[0]}
    usable = [f._replace(ceiling=None) if f.name in broken else f for f in usable]
    level = Level(Floor(graph, in_order(usable)))
    everything = range(len(graph.keys))
    start = time.perf_counter()
    solver = exact.Solver(everything, exact.system(level.floor, everything, level.settled))
    built = time.perf_counter() - start
    solved, start = 0, time.perf_counter()
    for row in random.Random(1).sample(everything, len(everything)):
        if time.perf_counter() - start > BEARABLE:
            break
        solver.most(row, -1)
        solver.most(row)
        solved += 1
    return built + (time.perf_counter() - start) * rows / max(1, solved), solved


def sizes(most: int) -> Iterator[int]:
    size = most
    found = [size]
    while size > 2000:
        size //= 2
        found.append(size)
    yield from reversed(found)


def main() -> None:
    asked = argparse.ArgumentParser(description="Claims against time, and against linear programming from scratch.")
    asked.add_argument("--claims", type=int, default=100_000)
    asked.add_argument("--places", type=int, default=5_000)
    args = asked.parse_args()
    land = country(args.places)
    print(f"{args.places:,} places")
    print("  claims  seconds  a second  growth    rows  contradictions  not looked at  one more: bounds    everything")
    before, result = 0.0, Tally()
    for size in sizes(args.claims):
        claims, reports = heap(size + MORE, land)
        claims, more = claims[:size], claims[size:]
        took, result = timed(claims, reports, land)
        growth = f"{took / before:.2f}" if before else ""
        print(
            f"{size:>8,} {took:>8.2f} {size / took:>9,.0f} {growth:>7} {len(result.cells):>7,}"
            f" {len(result.contradictions):>15,} {result.hidden:>14,}",
            end="",
            flush=True,
        )
        one = added(claims, more, reports, land)
        print(f"  {told([a.bounds for a in one]):>16}  {told([a.everything for a in one]):>12}")
        before = took
    start = time.perf_counter()
    drawn = curve(claims, reports, places=land)
    took_curve = time.perf_counter() - start
    tracks = f"{len(drawn.joint.steps):,} steps, {len(drawn.claimants):,} claimants"
    print(f"the curve of the country, {size:,} claims: {took_curve:.2f} s, {tracks}")
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    rows = len(result.cells)
    whole, solved = from_scratch(claims, reports, land, rows)
    sample = "" if solved >= rows else f" (worked out from {solved:,} rows that were solved in {BEARABLE:.0f} s)"
    print(f"HiGHS from scratch, both ends of {rows:,} joint rows: {whole:,.1f} s{sample}")
    print(f"that is {whole / before:,.1f} times as long as the whole tally")


if __name__ == "__main__":
    main()
