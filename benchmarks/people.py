"""People against time: how the least number of different people grows, and how it compares to an integer program.

    python benchmarks/people.py [--mentions 50000] [--lists 200] [--judgements 20000]

The heap is made up from a seed: people who were taken in the towns of a country, lists on which many of them stand
with others, mentions of them in the news, and judgements about pairs of mentions, a few of them wrong. Printed per
doubling of the heap: seconds of one core, growth (2.0 is linear), rows, how many people are documented in the
country, how many of them by name, and how many contradictions among the judgements were told; then how long one more
mention, and one more decision, takes until all rows that it touches are known (of fifty the median and the longest).
Then parts of few people are given to HiGHS as integer programs that colour the differences in as few colours as can
be: its numbers must be the same, and its seconds are printed beside ours.
"""

import argparse
import random
import resource
import time
from collections.abc import Iterator, Sequence
from datetime import UTC
from itertools import combinations
from typing import Any

from atleast.model import Decision, Happening, Mention, Report
from atleast.reckon import Standing, Tally, tally
from atleast.reckon.differing import Differences
from atleast.reckon.heap import Asked
from atleast.reckon.judging import Judged
from atleast.reckon.moments import by_id
from atleast.reckon.rules import Rules
from reckon import Country, country
from reckon import told as spread

DAY, NEXT = "2031-05-01", "2031-05-02T12:00Z"
WRONG = 0.01
# So many records are added one by one.
MORE = 50
# Integer programs of more people than this take HiGHS minutes.
FEW = 14


def heap(
    mentions: int, lists: int, judgements: int, land: Country, seed: int = 7, more: int = 0
) -> tuple[list[Report], list[Mention], list[Decision]]:
    """So many mentions of half as many people, most of them on lists, and so many judgements of all but the last."""
    chance = random.Random(seed)
    towns = [place for place in land.above if place.startswith("Town")]
    home = [chance.choice(towns) for _ in range(max(1, mentions // 2))]
    reports = [Report(f"list-{n}", kind="list", publisher=f"Hotline {n}", published=NEXT) for n in range(lists)]
    reports += [Report(f"news-{n}", publisher=f"Paper {n}", published=NEXT) for n in range(1 + mentions // 20)]
    on: dict[str, set[int]] = {report.id: set() for report in reports}
    made, who = [], []
    for n in range(mentions + more):
        report = chance.choice(reports[:lists]) if chance.random() < 0.8 else chance.choice(reports[lists:])
        person = chance.randrange(len(home))
        while person in on[report.id]:
            person = chance.randrange(len(home))
        on[report.id].add(person)
        made.append(_mention(n, chance, report, home[person]))
        who.append(person)
    return reports, made, list(_decisions(judgements, chance, who[:mentions]))


def _mention(n: int, chance: random.Random, report: Report, place: str) -> Mention:
    what = chance.choice(["detained", "detained", "fined", "jailed"])
    return Mention(
        f"m{n}",
        report.id,
        "",
        20 * n,
        20 * n,
        name=f"Name {n}" if chance.random() < 0.7 else None,
        role=chance.choice([None, None, None, "journalist"]),
        place=place,
        happened=(Happening(what, DAY),),
    )


def _decisions(judgements: int, chance: random.Random, who: Sequence[int]) -> Iterator[Decision]:
    """Judgements that are true but for a few: half about mentions of one person, half about any two."""
    alike: dict[int, list[int]] = {}
    for n, person in enumerate(who):
        alike.setdefault(person, []).append(n)
    several = [names for names in alike.values() if len(names) > 1]
    for n in range(judgements):
        pair = chance.sample(chance.choice(several) if several and n % 2 else range(len(who)), 2)
        true = who[pair[0]] == who[pair[1]]
        what = "same" if true != (chance.random() < WRONG) else "different"
        yield Decision(f"d{n}", tuple(f"m{p}" for p in pair), "Rassendyll", "2031-05-03T10:00Z", what)


def timed(land: Country, heaped: tuple[list[Report], list[Mention], list[Decision]]) -> tuple[float, Tally]:
    reports, mentions, decisions = heaped
    start = time.process_time()
    result = tally((), reports, mentions=mentions, decisions=decisions, places=land)
    return time.process_time() - start, result


def added(
    land: Country,
    heaped: tuple[list[Report], list[Mention], list[Decision]],
    more: Sequence[Mention] | Sequence[Decision],
) -> list[float]:
    """Seconds that each of some records takes that come one by one to people who stand counted."""
    reports, mentions, decisions = heaped
    standing = Standing((), reports, Asked(places=land), mentions, decisions)
    standing.tally()
    found = []
    for record in more:
        start = time.process_time()
        for key in standing.add(record).keys:
            standing.cell(key)
        found.append(time.process_time() - start)
    return found


# --- beside an integer program


def beside(reports: Sequence[Report], mentions: Sequence[Mention], decisions: Sequence[Decision]) -> None:
    """Print our seconds and those of HiGHS for parts of the heap with few people."""
    judged = Judged(by_id(reports), Rules(), UTC)
    judged.change((), [*mentions, *decisions])
    chance = random.Random(3)
    ours = theirs = 0.0
    tried = 0
    for number, group in enumerate(_parts(judged, chance)):
        if number == 40:
            break
        start = time.process_time()
        found = judged.differences.least(group)
        ours += time.process_time() - start
        start = time.process_time()
        colours = coloured(judged.differences, group)
        theirs += time.process_time() - start
        tried += 1
        assert colours == found.number, f"HiGHS says {colours}, we say {found.number}"
    print(f"{tried} parts of {FEW} people each, the same numbers: {ours:.4f} s; HiGHS {theirs:.2f} s")
    print(f"that is {theirs / max(ours, 1e-9):,.0f} times as long")


def _parts(judged: Judged, chance: random.Random) -> Iterator[list[str]]:
    """People who were judged to differ from somebody, with whom they differ from, and some of their lists."""
    of = judged.differences
    for one in sorted(one for one, near in of.near.items() if near):
        near = sorted(of.near[one])
        others = sorted({other for name in of.on.get(one, ()) for other in of.lists[name]})
        if len(others) >= FEW:
            yield sorted({one, *near[:3], *chance.sample(others, FEW - 4)})


def coloured(of: Differences, people: Sequence[str]) -> int:
    """The least number of colours by an integer program: a colour for everybody, no two who differ in one."""
    import highspy

    solver: Any = highspy.Highs
    highs: Any = solver()
    highs.setOptionValue("output_flag", False)
    most = len(people)
    place = {one: n for n, one in enumerate(people)}
    used = [highs.addBinary(obj=1) for _ in range(most)]
    wears = [[highs.addBinary() for _ in range(most)] for _ in people]
    for colours in wears:
        highs.addConstr(sum(colours) == 1)
    for one, other in combinations(people, 2):
        if other in of.around(one, people):
            for n in range(most):
                highs.addConstr(wears[place[one]][n] + wears[place[other]][n] <= used[n])
    for colours in wears:
        for n in range(most):
            highs.addConstr(colours[n] <= used[n])
    highs.run()
    return round(highs.getObjectiveValue())


def main() -> None:
    asked = argparse.ArgumentParser(description="People against time, and against an integer program.")
    asked.add_argument("--mentions", type=int, default=50_000)
    asked.add_argument("--lists", type=int, default=200)
    asked.add_argument("--judgements", type=int, default=20_000)
    asked.add_argument("--places", type=int, default=1_000)
    args = asked.parse_args()
    land = country(args.places)
    print(f"{args.places:,} places, {args.lists} lists, {args.judgements / args.mentions:.1f} judgements a mention")
    print(
        "mentions  judgements  seconds  growth    rows  documented  by name  contradictory judgements"
        "  one more: mention       decision"
    )
    before, heaped = 0.0, heap(1, 1, 0, land)
    for share in (8, 4, 2, 1):
        mentions, decisions = args.mentions // share, args.judgements // share
        reports, people, judged = heap(mentions, args.lists, decisions, land, more=MORE)
        heaped = reports, people[:mentions], judged
        took, result = timed(land, heaped)
        whole = result.cell("detained", "Ruritania")
        told = whole.documented if whole else None
        assert told is not None
        growth = f"{took / before:.2f}" if before else ""
        print(
            f"{len(heaped[1]):>8,} {len(heaped[2]):>11,} {took:>8.2f} {growth:>7} {len(result.cells):>7,}"
            f" {told.people:>11,} {told.by_name:>8,} {len(result.troubles):>25,}",
            end="",
            flush=True,
        )
        mention = spread(added(land, heaped, people[mentions:]))
        decision = spread(added(land, (reports, people, judged[:-MORE]), judged[-MORE:]))
        print(f"  {mention:>17} {decision:>14}")
        before = took
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")
    beside(*heaped)


if __name__ == "__main__":
    main()
