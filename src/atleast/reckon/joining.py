"""How documented people join what is claimed: in sums, in the table, and where they contradict a ceiling.

In a sum over places people of two towns count twice only if they are surely different. So for each country one set of
people who are all different from each other is chosen, and dealt out to the places where they were mentioned. These
numbers may be added up with each other, and with what others claim of other places as a monitor's counts may: by
`parts` a person is counted in one place, unless he or she is mentioned in two. Whoever may be somebody who is
mentioned elsewhere is therefore taken off, where claims count people there too. What all the people of a row prove
beyond that stays in its row.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, pairwise
from types import MappingProxyType
from typing import NamedTuple

from atleast.model import People

from .bounds import Level
from .differing import Least, on_lists
from .fates import in_order
from .floor import Floor
from .heap import Heap
from .moments import FINAL
from .people import Crowd, Seen, earliest, figure, proof
from .places import Atlas
from .results import Bound, Cell, Contradiction, Documented, Figure, Key, Message, Proof, Side, Term
from .rows import Rows
from .rules import AMONG_DETAINED, STOCKS, Rules

# Of one country so many of the longest lists are tried as the people who join sums.
MOST_TRIED = 20
# Of these so many are weighed against all who are mentioned elsewhere.
MOST_WEIGHED = 3


def summed(crowd: Crowd, heap: Heap) -> list[Figure]:
    """People of all places who are surely different, as figures that may be added up."""
    if not crowd.rows or not heap.usable:  # with nothing to join, a row's own people prove all
        return []
    ground = _Ground.of(heap.usable, heap.atlas, heap.rules)
    tops = sorted({key for key in crowd.rows if not key.among and heap.atlas.above(key.place) is None})
    return [f for key in tops if not _within_another(key, heap.rules) for f in _dealt(crowd, key, ground)]


def _within_another(key: Key, rules: Rules) -> bool:
    """Whether the people of a count are people of the count of the detained, with whom they are dealt out."""
    return key.quantity in AMONG_DETAINED and "among_detained" in rules


@dataclass(frozen=True, slots=True)
class _Ground:
    """What claims alone say of places: what they prove, where they set ceilings, where they divide a whole.

    `settled` is when the ceilings that are the latest word on a place were said; `cuts` are the times of all.
    """

    atlas: Atlas
    low: Mapping[Key, int]
    counted: frozenset[str]
    capped: frozenset[str]
    settled: Mapping[str, datetime]
    cuts: Sequence[datetime]

    @classmethod
    def of(cls, figures: Sequence[Figure], atlas: Atlas, rules: Rules) -> "_Ground":
        low: dict[Key, int] = {}
        settled: dict[str, datetime] = {}
        for some in (figures, [f for f in figures if f.side == "independent"]):
            rows = Rows(atlas, rules, some)
            level = Level(Floor(rows, in_order(some)))
            for row, value in level.low.items():
                key = rows.keys[row][0]
                low[key] = max(value, low.get(key, 0))
            for row, said in level.floor.said.items():
                for f in said:
                    if f.ceiling is not None and f.key.quantity not in STOCKS and level.settled(row, f):
                        settled[_base(f)] = min(f.moment.lo, settled.get(_base(f), FINAL))
        capped = {_base(f) for f in figures if f.apart or f.ceiling is not None}
        cuts = sorted({f.moment.lo for f in figures if f.ceiling is not None})
        counted = frozenset(key.place for key, value in low.items() if value)
        return cls(atlas, low, counted, frozenset(capped), settled, cuts)

    def proved(self, top: Key, place: str) -> int:
        """The least that claims prove of the place."""
        return self.low.get(top._replace(place=place), 0)

    def rivals(self, others: Mapping[str, int], places: Iterable[str]) -> dict[str, int]:
        """For each place how many of those mentioned elsewhere matter, if they are counted in both places.

        They do where claims count people in the part of the country that the two places do not share, or where a
        ceiling or a division is over both.
        """
        inside: Counter[str] = Counter()
        for other, count in others.items():
            for place in self.atlas.path(other):
                inside[place] += count
        beside: Counter[str] = Counter()
        for place in inside:
            if place in self.counted and (above := self.atlas.above(place)) is not None:
                beside[above] += inside[place]
        return {place: self._rivals(place, others, inside, beside) for place in places}

    def _rivals(
        self, place: str, others: Mapping[str, int], inside: Mapping[str, int], beside: Mapping[str, int]
    ) -> int:
        found = 0
        path = self.atlas.path(place)
        for n, (part, whole) in enumerate(pairwise(path), 1):
            if not self.capped.isdisjoint(path[n:]):
                found += inside[whole] - inside[part] - others.get(whole, 0)
            else:
                found += beside[whole] - (inside[part] if part in self.counted else 0)
        return found

    def late(self, seen: Seen) -> bool:
        """Whether the ceiling over a place was said before this was known: what is newer must not loosen it."""
        if not self.settled:
            return False
        return any(seen.moment.hi > self.settled.get(place, FINAL) for place in self.atlas.path(seen.place))


def _base(figure: Figure) -> str:
    """The place of a figure, with the parts that it leaves out."""
    return figure.key.place.partition(" (outside ")[0]


def _dealt(crowd: Crowd, top: Key, ground: _Ground) -> Iterator[Figure]:
    """The chosen people of one country, each at one place, in every count that they are in there."""
    at: dict[int, Seen] = {}
    for seen in crowd.rows[top]:
        if seen.side == "independent" and not ground.late(seen):
            before = at.setdefault(seen.person, seen)
            if before is not seen and _narrow(seen, ground.atlas) < _narrow(before, ground.atlas):
                at[seen.person] = seen
    some = _chosen(crowd, at, top, ground)
    chosen = {person: at[person] for person in some.people}
    why = crowd.told(chosen, Least(len(chosen)), Least(0))
    quantities = {top.quantity, *AMONG_DETAINED} if top.quantity == "detained" else {top.quantity}
    for key in sorted(k for k in crowd.rows if k.place in some.elsewhere and k.quantity in quantities):
        there = (s for s in crowd.rows[key] if s.person in chosen and s.place == chosen[s.person].place)
        ours = earliest(s for s in there if s.side == "independent" and not ground.late(s))
        yield from _growing(crowd, key, list(ours.values()), why, some.elsewhere[key.place], ground.cuts)


def _narrow(seen: Seen, atlas: Atlas) -> tuple[int, str, str]:
    """The narrower place first."""
    return (-len(atlas.path(seen.place)), seen.place, seen.mention.id)


class _Some(NamedTuple):
    """People who are all different: what they add to claims, and how many of each place may be counted elsewhere."""

    more: int = 0
    people: tuple[int, ...] = ()
    elsewhere: Mapping[str, int] = MappingProxyType({})


def _chosen(crowd: Crowd, at: Mapping[int, Seen], top: Key, ground: _Ground) -> _Some:
    """Those of the people, all different from each other, who add most to what claims prove of their places."""
    places: defaultdict[int, set[str]] = defaultdict(set)
    for seen in crowd.rows[top]:
        places[seen.person].add(seen.place)
    several = {p: Counter(there) for p, there in places.items() if len(there) > 1 and p in at}
    twice = {p for p, there in several.items() if ground.rivals(there, [at[p].place])[at[p].place]}
    once = {p: s for p, s in at.items() if p not in twice}
    whole = crowd.least(once)
    lists = sorted(on_lists(sorted(once), crowd.judged.lists).items(), key=lambda each: (-len(each[1]), each[0]))
    tried: list[Collection[int]] = [on_it for _, on_it in lists[:MOST_TRIED]]
    tried += [whole.people] if whole.clique else []
    alone = (person for person in sorted(once) if not ground.proved(top, once[person].place))
    tried += [[person] for person in islice(alone, 1)]
    tried.sort(key=lambda some: (-_gain(once, some, top, ground, {}), sorted(some)))
    found = (_some(crowd, once, frozenset(some), places, top, ground) for some in tried[:MOST_WEIGHED])
    return min(found, key=lambda some: (-some.more, some.people), default=_Some())


def _gain(at: Mapping[int, Seen], some: Iterable[int], top: Key, ground: _Ground, elsewhere: Mapping[str, int]) -> int:
    """How many people more than claims prove of the places where these were."""
    count = Counter(at[person].place for person in some)
    return sum(max(0, n - elsewhere.get(p, 0) - ground.proved(top, p)) for p, n in count.items())


def _some(
    crowd: Crowd,
    at: Mapping[int, Seen],
    ours: Collection[int],
    places: Mapping[int, Collection[str]],
    top: Key,
    ground: _Ground,
) -> _Some:
    """What a set of people adds, less those who may be somebody who is mentioned where claims count people too."""
    differs = [crowd.different(one) for one in ours]
    open_: Counter[str] = Counter()
    for person, there in places.items() if ground.counted or ground.capped else ():
        if person not in ours and not all(differ(person) for differ in differs):
            for place in there:
                open_[place] += 1
    here = sorted({at[person].place for person in ours})
    elsewhere = ground.rivals(open_, here)
    return _Some(_gain(at, ours, top, ground, elsewhere), tuple(sorted(ours)), elsewhere)


def _growing(
    crowd: Crowd,
    key: Key,
    ours: Sequence[Seen],
    why: Documented,
    elsewhere: int,
    cuts: Sequence[datetime],
) -> Iterator[Figure]:
    """How many of the chosen a row had by each moment at which somebody set a ceiling, and in the end."""
    ours = sorted(ours, key=lambda s: (s.moment.hi, s.mention.id))
    cut = [bisect_left(cuts, s.moment.hi) for s in ours]
    for stop in range(1 + elsewhere, len(ours) + 1):
        if stop == len(ours) or cut[stop - 1] < cut[stop]:
            told = crowd.told({s.person: s for s in ours[:stop]}, Least(stop - elsewhere), Least(0))
            named = max(0, sum(one.named for one in told.someone) - elsewhere)
            rules = tuple(sorted({*told.rules, *{"one_list"}.intersection(why.rules)}))
            told = replace(told, by_name=named, judgements=why.judgements, elsewhere=elsewhere, rules=rules)
            yield figure(key, ours[:stop], told)


# --- the table


def raised(cells: Iterable[Cell], crowd: Crowd) -> tuple[Cell, ...]:
    """The table with the people who are documented in each row."""
    if not crowd.rows:
        return tuple(cells)
    return tuple(_raised(cell, crowd) if cell.key in crowd.rows else cell for cell in cells)


def _named(proof: Proof) -> Proof:
    rules = {rule for term in proof.terms if term.figure.people for rule in term.figure.people.rules}
    return replace(proof, rules=tuple(sorted({*proof.rules, *rules}))) if rules else proof


def _raised(cell: Cell, crowd: Crowd) -> Cell:
    seen = crowd.rows[cell.key]
    told = crowd.documented(seen)

    def side(name: Side, bound: Bound) -> Bound:
        some = [s for s in seen if s.side == name]
        if not some:
            return bound
        return _more(bound, cell.key, some, told if len(some) == len(seen) else crowd.documented(some))

    independent, authority = side("independent", cell.independent), side("authority", cell.authority)
    return Cell(cell.key, independent, authority, _more(cell.joint, cell.key, seen, told), told)


def _more(bound: Bound, key: Key, seen: Sequence[Seen], told: Documented) -> Bound:
    """The bound, raised where more people are documented. A ceiling that was said before they were is none for them."""
    if told.people <= (bound.people.low or 0):
        return bound
    why = proof(key, seen, told)
    moment = why.terms[0].figure.moment
    if bound.high is not None and not all(moment.settles(t.figure.moment) for t in bound.high.terms if t.times > 0):
        return Bound(People(told.people, None), why, None, moment)
    return replace(
        bound, people=People(told.people, bound.people.high), low=why, moment=bound.moment or moment, roughly=People()
    )


# --- what cannot be true


def against(crowd: Crowd, figures: Iterable[Figure]) -> list[Contradiction]:
    """Every ceiling that is below the number of people documented by its moment; of each speaker and row the lowest."""
    found: dict[tuple[Key, str], Contradiction] = {}
    for f in sorted(figures, key=lambda f: (f.ceiling or 0, f.name)):
        seen = crowd.rows.get(f.key, ())
        if f.ceiling is None or f.key.quantity in STOCKS or len(seen) <= f.ceiling:
            continue
        here = [s for s in seen if s.moment.settles(f.moment)]
        if (f.key, f.speaker) not in found and crowd.least(s.person for s in here).number > f.ceiling:
            found[f.key, f.speaker] = _clash(f, proof(f.key, here, crowd.documented(here)))
    return list(found.values())


def _clash(ceiling: Figure, below: Proof) -> Contradiction:
    limit = ceiling.ceiling or 0
    people = below.terms[0].figure
    timely = "event_over" if ceiling.moment.lo == FINAL else "growing"
    below = replace(below, rules=tuple(sorted({*below.rules, timely})))
    above = Proof((Term(ceiling, limit),), limit, ("others",) if ceiling.others else ())
    core = tuple(sorted((people, ceiling), key=lambda f: (f.name, f.key)))
    gap = below.total - limit
    mend = (Message("mend.raise", {"to": below.total, "figure": ceiling}), Message("mend.fewer_people", {"gap": gap}))
    return Contradiction("dispute", "clash.people_above", ceiling.key, below, above, core, gap, (), mend)


def without_echoes(found: Iterable[Contradiction], told: Sequence[Contradiction]) -> list[Contradiction]:
    """The contradictions but for those that only say less well what all the documented people of a row show."""
    known = {(clash.key, clash.above.terms[0].figure.speaker) for clash in told}
    return [
        replace(clash, below=_named(clash.below), above=_named(clash.above))
        for clash in found
        if (clash.key, clash.above.terms[0].figure.speaker) not in known
        or any(term.figure.people is None for term in clash.below.terms)
    ]
