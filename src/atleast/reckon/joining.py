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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from atleast.model import People

from .colouring import Least
from .counting import Seen
from .ground import Ground
from .groups import Change
from .moments import FINAL
from .people import Crowd, Met
from .reasons import reasons
from .results import Bound, Cell, Contradiction, Documented, Figure, Judgement, Key, Message, Proof, Side, Term
from .rows import Rows
from .rules import AMONG_DETAINED, STOCKS

# Of one country so many of the longest lists are tried as the people who join sums.
MOST_TRIED = 20
# Of these so many are weighed against all who are mentioned elsewhere.
MOST_WEIGHED = 3


class Joined:
    """People of all places who are surely different, as figures that may be added up. Claims and people may change."""

    def __init__(self, rows: Rows) -> None:
        self.figures: list[Figure] = []
        self._rows = rows
        self._ground: Ground | None = None

    def change(self, crowd: Crowd, usable: Change, claimed: Callable[[], Iterable[Figure]]) -> Change:
        """Look again at the people and at changed claims; how the figures of people changed."""
        crowd.divide(usable.new)
        if self._ground is None and crowd.rows:
            self._ground = Ground(self._rows, claimed())
        elif self._ground is not None and (usable.gone or usable.new):
            self._ground.change(*usable)
        before, self.figures = self.figures, summed(crowd, self._ground) if self._ground else []
        gone, new = [f for f in before if f not in self.figures], [f for f in self.figures if f not in before]
        return Change(gone, new)


def summed(crowd: Crowd, ground: Ground) -> list[Figure]:
    """People of all places who are surely different, as figures that may be added up."""
    if ground.empty:  # with nothing to join, a row's own people prove all
        return []
    within = AMONG_DETAINED if "among_detained" in ground.rules else ()  # dealt out together with the detained
    tops = sorted(key for key in crowd.rows if not key.among and ground.atlas.above(key.place) is None)
    return [f for top in tops if top.quantity not in within for f in _Dealt(crowd, top, ground).figures()]


class _Some(NamedTuple):
    """People who are all different: what they add to claims, and how many of each place may be counted elsewhere."""

    more: int = 0
    people: tuple[str, ...] = ()
    elsewhere: Mapping[str, int] = {}

    def rank(self) -> tuple[int, tuple[str, ...]]:
        """Those who add most come first."""
        return -self.more, self.people


class _Dealt:
    """The people of one country, each at one place: who of them may be added up, in every count that they are in."""

    def __init__(self, crowd: Crowd, top: Key, ground: Ground) -> None:
        self._crowd, self._top, self._ground = crowd, top, ground
        self._there: defaultdict[str, set[str]] = defaultdict(set)
        self._at: dict[str, str] = {}
        for seen in sorted(crowd.rows[top], key=lambda s: (-len(ground.atlas.path(s.place)), s.place), reverse=True):
            people = crowd.people([seen])
            self._there[seen.place] |= people
            if ground.joins(seen):  # in the end everybody is at the narrowest place
                self._at.update(dict.fromkeys(people, seen.place))
        self._people = frozenset[str]().union(*self._there.values())

    def figures(self) -> Iterator[Figure]:
        """The chosen people as figures that may be added up."""
        some = self._chosen()
        met: dict[str, str] = {}
        rows: defaultdict[Key, dict[str, Met]] = defaultdict(dict)
        for person in some.people:
            counts = sorted(self._counts(person), key=_early)
            met[person] = counts[0].mention
            for each in counts:
                for key in each.seen.keys:
                    if key.place in some.elsewhere:
                        rows[key].setdefault(person, each)
        why = reasons(self._crowd.judged, met)
        for key in sorted(rows):
            yield from self._growing(key, rows[key], why, some.elsewhere[key.place])

    def _counts(self, person: str) -> Iterator[Met]:
        """The counts that somebody is in at his or her place."""
        within = AMONG_DETAINED if self._top.quantity == "detained" else ()
        for mention in self._crowd.judged.members(person):
            for quantity in (self._top.quantity, *within):
                seen = self._crowd.seen(mention, quantity)
                if seen is not None and seen.place == self._at[person] and self._ground.joins(seen):
                    yield Met(mention, seen)

    def _chosen(self) -> _Some:
        """Those of the people, all different from each other, who add most to what claims prove of their places."""
        once = self._at.keys() - set(self._counted_twice())
        whole = self._crowd.least(once)
        tried = [on_it for _, on_it in self._crowd.judged.differences.on_lists(once)[:MOST_TRIED]]
        tried += [whole.people] if whole.clique else []
        empty = {place for place in self._there if not self._ground.proved(self._top, place)}
        tried += [(alone,) for alone in [min((p for p in once if self._at[p] in empty), default=None)] if alone]
        tried.sort(key=lambda some: (-self._gain(some, {}), some))
        return min(map(self._weighed, tried[:MOST_WEIGHED]), key=_Some.rank, default=_Some())

    def _counted_twice(self) -> Iterator[str]:
        """Those who are mentioned in several places and may be counted by claims in another one, too."""
        once: set[str] = set()
        several: set[str] = set()
        for people in self._there.values():
            several |= once & people
            once |= people
        for person in several & self._at.keys():
            places = [place for place, people in self._there.items() if person in people]
            at = self._at[person]
            if self._ground.rivals(dict.fromkeys(places, 1), [at])[at]:
                yield person

    def _gain(self, some: Iterable[str], elsewhere: Mapping[str, int]) -> int:
        """How many people more than claims prove of the places where these were."""
        count = Counter(self._at[person] for person in some)
        return sum(max(0, n - elsewhere.get(p, 0) - self._ground.proved(self._top, p)) for p, n in count.items())

    def _weighed(self, ours: tuple[str, ...]) -> _Some:
        """What a set of people adds, less those who may be somebody who is mentioned where claims count people too."""
        others = self._people.difference(ours)
        different: Collection[str] = others
        for one in ours:
            different = self._crowd.judged.differences.around(one, different)
        maybe = others.difference(different)
        elsewhere = self._ground.rivals(
            {place: len(people & maybe) for place, people in self._there.items()}, {self._at[one] for one in ours}
        )
        return _Some(self._gain(ours, elsewhere), ours, elsewhere)

    def _growing(self, key: Key, met: Mapping[str, Met], why: Sequence[Judgement], elsewhere: int) -> Iterator[Figure]:
        """How many of the chosen a row had by each moment at which somebody set a ceiling, and in the end."""
        ours = sorted(met, key=lambda person: _early(met[person]))
        cut = [bisect_left(self._ground.cuts, met[person].seen.moment.hi) for person in ours]
        for stop in range(1 + elsewhere, len(ours) + 1):
            if stop == len(ours) or cut[stop - 1] < cut[stop]:
                named = max(0, len(self._crowd.judged.named.intersection(ours[:stop])) - elsewhere)
                some = {person: met[person] for person in ours[:stop]}
                told = self._crowd.told(some, Least(stop - elsewhere), Least(named), why)
                yield self._crowd.figure(key, replace(told, elsewhere=elsewhere))


def _early(met: Met) -> tuple[datetime, str]:
    return met.seen.moment.hi, met.mention


# --- the table


def raised(cells: Iterable[Cell], crowd: Crowd) -> tuple[Cell, ...]:
    """The table with the people who are documented in each row."""
    return tuple(_raised(cell, row, crowd) if (row := crowd.row(cell.key)) else cell for cell in cells)


def _named(proof: Proof) -> Proof:
    rules = {rule for term in proof.terms if term.figure.people for rule in term.figure.people.rules}
    return replace(proof, rules=tuple(sorted({*proof.rules, *rules}))) if rules else proof


def _raised(cell: Cell, row: Sequence[Seen], crowd: Crowd) -> Cell:
    told = crowd.documented(cell.key, row)

    def side(name: Side, bound: Bound) -> Bound:
        some = [seen for seen in row if seen.side == name]
        if some:
            bound = _more(bound, crowd, cell.key, told if len(some) == len(row) else crowd.documented(cell.key, some))
        return bound

    independent, authority = side("independent", cell.independent), side("authority", cell.authority)
    return Cell(cell.key, independent, authority, _more(cell.joint, crowd, cell.key, told), told)


def _more(bound: Bound, crowd: Crowd, key: Key, told: Documented) -> Bound:
    """The bound, raised where more people are documented. A ceiling that was said before they were is none for them."""
    if told.people <= (bound.people.low or 0):
        return bound
    why = crowd.proof(key, told)
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
        if f.ceiling is None or f.key.quantity in STOCKS or (f.key, f.speaker) in found:
            continue
        here = [seen for seen in crowd.row(f.key) if seen.moment.settles(f.moment)]
        if sum(len(seen.mentions) for seen in here) > f.ceiling < crowd.least(crowd.people(here)).number:
            found[f.key, f.speaker] = _clash(f, crowd.proof(f.key, crowd.documented(f.key, here)))
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
