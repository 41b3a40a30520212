"""Sums that come out: figures that agree to the last person."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from .places import Atlas
from .results import Figure, Hold, Key, Term
from .rules import STOCKS

# A sum of so many parts at most is looked for; the parts given together are taken whole beside that.
MOST_PARTS = 2
_PEOPLE = ("released", "still_held", "charges", "charged", "to_court", "fined", "jailed")


def holds(figures: Sequence[Figure], atlas: Atlas) -> list[Hold]:
    """Every identity that figures of one moment confirm, in a settled order."""
    sharp = [f for f in figures if f.number and not f.partial and not f.others and f.bound in ("exact", "at_least")]
    found: dict[object, Hold] = {}
    for hold in (*_partitions(sharp), *_lists(sharp, atlas), *_all_free(figures), *_fates(figures)):
        found.setdefault((hold.what, hold.key, tuple(t.value for t in hold.parts), hold.whole.number), hold)
    return sorted(found.values(), key=lambda h: (h.what, h.key, h.claims))


def _term(figure: Figure) -> Term:
    return Term(figure, figure.number or 0)


def _partitions(figures: Sequence[Figure]) -> Iterator[Hold]:
    """A place and what lies outside it, against the whole: 66 + 196 = 262."""
    rows: defaultdict[Key, list[Figure]] = defaultdict(list)
    for f in figures:
        rows[f.key].append(f)
    for rest in figures:
        if len(rest.apart) == 1:
            base = rest.key.place.partition(" (outside ")[0]
            for part in rows[rest.key._replace(place=rest.apart[0])]:
                for whole in rows[rest.key._replace(place=base)]:
                    total = (rest.number or 0) + (part.number or 0)
                    if part.moment.key == rest.moment.key == whole.moment.key and whole.number == total:
                        yield Hold("hold.partition", whole.key, (_term(part), _term(rest)), whole)


def _lists(figures: Sequence[Figure], atlas: Atlas) -> Iterator[Hold]:
    """The parts that a speaker gives together, against the same speaker's whole."""
    together: defaultdict[tuple[str, str, str, str, str], list[Figure]] = defaultdict(list)
    for f in figures:
        if not f.apart:
            together[f.speaker, f.moment.key, f.key.quantity, f.key.among, f.key.of].append(f)
    for group in together.values():
        by_place = {f.key.place: f for f in group}
        for place, whole in sorted(by_place.items()):
            parts = [f for p, f in sorted(by_place.items()) if atlas.above(p) == place]
            if len(parts) > 1 and sum(f.number or 0 for f in parts) == whole.number:
                yield Hold("hold.parts", whole.key, tuple(map(_term, parts)), whole)


def _all_free(figures: Sequence[Figure]) -> Iterator[Hold]:
    """Some were released, then all: the rest were let go in between (20 + 18 = 38)."""
    rows: defaultdict[tuple[str, Key], list[Figure]] = defaultdict(list)
    for f in figures:
        rows[f.speaker, f.key].append(f)
    for (speaker, key), freed in sorted(rows.items()):
        if key.quantity != "released":
            continue
        for first in freed:
            for none in rows[speaker, key._replace(quantity="still_held")]:
                for taken in rows[speaker, key._replace(quantity="detained")]:
                    earlier = first.moment.real[1] < none.moment.real[0] and none.ceiling == 0
                    if earlier and taken.bound == "exact" and 0 < (first.number or 0) < (taken.number or 0):
                        rest = (taken.number or 0) - (first.number or 0)
                        yield Hold("hold.all_free", key, (_term(first), Term(none, rest)), taken)


def _fates(figures: Sequence[Figure]) -> Iterator[Hold]:
    """What became of the detained, told apart in one report: 6 + 1 = 7."""
    told: defaultdict[tuple[str, str, str, str], list[Figure]] = defaultdict(list)
    for f in figures:
        if not f.key.of and f.bound == "exact" and f.number:
            for report in sorted({q.report for q in f.quotes}):
                told[f.speaker, report, f.key.place, f.key.among].append(f)
    for group in told.values():
        fates = sorted((f for f in group if f.key.quantity in _PEOPLE), key=lambda f: f.key)
        for whole in (f for f in group if f.key.quantity == "detained"):
            for parts in combinations(fates, MOST_PARTS):
                kinds = {f.key.quantity for f in parts}
                if (
                    len(kinds) == MOST_PARTS
                    and sum(f.number or 0 for f in parts) == whole.number
                    and not kinds <= STOCKS
                ):
                    yield Hold("hold.fates", whole.key, tuple(map(_term, parts)), whole)
