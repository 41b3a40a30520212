"""Sums that come out: figures that agree to the last person.

Each kind of identity looks at the figures that one speaker gave together, or at what he said of one row in turn; no
figure is laid beside more than those.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from .manner import own
from .places import Atlas
from .results import Figure, Hold, Key, Term
from .rules import APART_GROUPS, GROWING, STOCKS

# Of what became of the detained two numbers are added in every way; more only as all that one report tells.
MOST_PARTS = 2
_PEOPLE = ("released", "still_held", "charges", "charged", "to_court", "fined", "jailed")


def holds(figures: Sequence[Figure], atlas: Atlas) -> list[Hold]:
    """Every identity that figures of one moment confirm, in a settled order."""
    sharp = [f for f in figures if f.number and not f.partial and not f.others and f.hedge in (None, "at_least")]
    sharp = sorted((f for f in sharp if f.bound in ("exact", "at_least")), key=lambda f: (not own(f), f.name))
    found: dict[object, Hold] = {}
    every = (
        *_partitions(sharp),
        *_lists(sharp, atlas),
        *_groups(sharp),
        *_growth(figures),
        *_all_free(figures),
        *_fates(figures),
    )
    for hold in every:
        found.setdefault((hold.what, hold.key, tuple(t.value for t in hold.parts), hold.whole.number), hold)
    return sorted(found.values(), key=lambda h: (h.what, h.key, h.claims))


def _term(figure: Figure) -> Term:
    return Term(figure, figure.number or 0)


def _sums_to(parts: Sequence[Figure], whole: Figure) -> bool:
    return len(parts) > 1 and sum(f.number or 0 for f in parts) == whole.number


def _partitions(figures: Sequence[Figure]) -> Iterator[Hold]:
    """A place and what lies outside it, against the whole: 66 + 196 = 262."""
    together: defaultdict[tuple[Key, str], dict[int, Figure]] = defaultdict(dict)
    for f in figures:
        together[f.key, f.moment.key].setdefault(f.number or 0, f)
    for rest in (f for f in figures if len(f.apart) == 1):
        base = rest.key._replace(place=rest.key.place.partition(" (outside ")[0])
        wholes = together.get((base, rest.moment.key), {})
        for number, part in together.get((base._replace(place=rest.apart[0]), rest.moment.key), {}).items():
            if whole := wholes.get(number + (rest.number or 0)):
                yield Hold("hold.partition", whole.key, (_term(part), _term(rest)), whole)


def _lists(figures: Sequence[Figure], atlas: Atlas) -> Iterator[Hold]:
    """The places that a speaker lists together, against the same speaker's figure for the place that holds them."""
    together: defaultdict[tuple[object, ...], dict[str, Figure]] = defaultdict(dict)
    for f in figures:
        if not f.apart:
            told = f.speaker, f.moment.real, f.moment.key, f.key.quantity, f.key.among, f.key.of
            together[told].setdefault(f.key.place, f)
    for by_place in together.values():
        parts: defaultdict[str, list[Figure]] = defaultdict(list)
        for place, figure in sorted(by_place.items()):
            wider = next((w for w in atlas.path(place)[1:] if w in by_place), None)
            if wider is not None:
                parts[wider].append(figure)
        for place in sorted(parts):
            if _sums_to(parts[place], by_place[place]):
                yield Hold("hold.parts", by_place[place].key, tuple(map(_term, parts[place])), by_place[place])


def _groups(figures: Sequence[Figure]) -> Iterator[Hold]:
    """Men and women, minors and adults, against everybody: 94 + 40 = 134."""
    lines: defaultdict[tuple[object, ...], dict[str, Figure]] = defaultdict(dict)
    wholes: dict[tuple[object, ...], Figure] = {}
    for f in figures:
        told = (f.speaker, f.moment.real, f.moment.key, f.key.quantity, f.key.place, f.key.of)
        if f.key.among in APART_GROUPS:
            lines[*told, APART_GROUPS[f.key.among]].setdefault(f.key.among, f)
        elif not f.key.among:
            wholes.setdefault(told, f)
    for (*said, _), groups in lines.items():
        parts = [f for _, f in sorted(groups.items())]
        whole = wholes.get(tuple(said))
        if whole is not None and _sums_to(parts, whole):
            yield Hold("hold.groups", whole.key, tuple(map(_term, parts)), whole)


def _growth(figures: Sequence[Figure]) -> Iterator[Hold]:
    """What was added since, told beside the new total: 271 and 19 more make 290."""
    rows: defaultdict[tuple[str, Key], list[Figure]] = defaultdict(list)
    added: defaultdict[tuple[str, Key, int], list[Figure]] = defaultdict(list)
    for f in figures:
        if f.key.quantity in GROWING and f.number and f.bound in ("exact", "at_least"):
            if f.partial:
                added[f.speaker, f.key, f.number].append(f)
            else:
                rows[f.speaker, f.key].append(f)
    grown = {told[:2] for told in added}
    for (speaker, key), line in rows.items():
        if (speaker, key) not in grown:
            continue
        for before, after in pairwise(sorted(line, key=lambda f: (f.moment.real, f.number or 0, f.name))):
            reports = {q.report for q in after.quotes}
            for more in added.get((speaker, key, (after.number or 0) - (before.number or 0)), ()):
                if reports & {q.report for q in more.quotes}:
                    yield Hold("hold.growth", key, (_term(before), _term(more)), after)


def _all_free(figures: Sequence[Figure]) -> Iterator[Hold]:
    """Some were released, then all: the rest were let go in between (20 + 18 = 38)."""
    rows: defaultdict[tuple[str, Key], list[Figure]] = defaultdict(list)
    for f in figures:
        rows[f.speaker, f.key].append(f)
    for (speaker, key), freed in sorted(rows.items()):
        if key.quantity != "released":
            continue
        nobody = [f for f in rows.get((speaker, key._replace(quantity="still_held")), ()) if f.ceiling == 0]
        for first in freed if nobody else ():
            none = max(nobody, key=lambda f: (f.moment.real, f.name))
            for taken in rows.get((speaker, key._replace(quantity="detained")), ()):
                earlier = first.moment.real[1] < none.moment.real[0]
                if earlier and taken.bound == "exact" and 0 < (first.number or 0) < (taken.number or 0):
                    rest = (taken.number or 0) - (first.number or 0)
                    yield Hold("hold.all_free", key, (_term(first), Term(none, rest)), taken)


def _fates(figures: Sequence[Figure]) -> Iterator[Hold]:
    """What became of the detained, told apart in one report: 6 + 1 = 7."""
    told: defaultdict[tuple[str, str, str, str], dict[Key, Figure]] = defaultdict(dict)
    for f in figures:
        if not f.key.of and f.bound == "exact" and f.number:
            for report in {q.report for q in f.quotes}:
                told[f.speaker, report, f.key.place, f.key.among].setdefault(f.key, f)
    for group in told.values():
        whole = next((f for key, f in group.items() if key.quantity == "detained"), None)
        fates = [f for key, f in sorted(group.items()) if key.quantity in _PEOPLE]
        for parts in _ways(fates) if whole else ():
            if whole and _sums_to(parts, whole) and not {f.key.quantity for f in parts} <= STOCKS:
                yield Hold("hold.fates", whole.key, tuple(map(_term, parts)), whole)


def _ways(fates: Sequence[Figure]) -> Iterator[tuple[Figure, ...]]:
    yield from combinations(fates, MOST_PARTS)
    if len(fates) > MOST_PARTS:
        yield tuple(fates)
