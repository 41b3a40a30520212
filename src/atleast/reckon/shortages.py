"""Parts that are too few: a place divided into a part and the rest, which together make less than the whole."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .mends import shortage
from .quarrels import kind
from .results import Contradiction, Figure, Key, Proof, Term
from .rows import Rows

# Who said something of a row, and together with what.
_Then = tuple[str, Key, str]


def shortages(figures: Sequence[Figure], rows: Rows, ever: Sequence[Figure] = ()) -> Iterator[Contradiction]:
    """A place and what lies outside it, both with ceilings, against a figure for the whole that is above their sum.

    Where the whole was divided with a number that was corrected later (66 + 196 = 262, and then 62 for 66), the sum
    was right when it was made: `ever` holds the numbers of then.
    """
    if "outside" not in rows.rules:
        return
    said: defaultdict[Key, list[Figure]] = defaultdict(list)
    for f in figures:
        said[f.key].append(f)
    then: defaultdict[_Then, int] = defaultdict(int)
    for f in ever:
        then[f.speaker, f.key, f.moment.key] = max(then[f.speaker, f.key, f.moment.key], f.ceiling or 0)
    for rest in figures:
        if rest.apart and rest.ceiling is not None:
            base = rest.key._replace(place=rest.key.place.partition(" (outside ")[0])
            for whole in said[base]:
                parts = [_lowest(said[base._replace(place=place)], whole) for place in rest.apart]
                timely = whole.floor is not None and whole.moment.settles(rest.moment) and not _newer(whole, rest)
                if timely and all(parts) and not _came_out(whole, rest, then):
                    yield from _short(whole, [f for f in (*parts, rest) if f])


def _lowest(figures: Iterable[Figure], whole: Figure) -> Figure | None:
    capped = (f for f in figures if f.ceiling is not None and not f.others and whole.moment.settles(f.moment))
    return min(capped, key=lambda f: (f.ceiling or 0, f.name), default=None)


def _newer(whole: Figure, rest: Figure) -> bool:
    """Whether a speaker has told a new total since he divided the old one."""
    return whole.speaker == rest.speaker and whole.moment.real[0] > rest.moment.real[1]


def _came_out(whole: Figure, rest: Figure, then: Mapping[_Then, int]) -> bool:
    """Whether what was said of the part at the moment of the rest, by the same speakers, is enough."""
    if len(rest.apart) > 1:
        return False
    part = whole.key._replace(place=rest.apart[0])
    told = max(then.get((who, part, rest.moment.key), 0) for who in (rest.speaker, whole.speaker))
    return told + (rest.ceiling or 0) >= (whole.floor or 0)


def _short(whole: Figure, parts: Sequence[Figure]) -> Iterator[Contradiction]:
    most = sum(f.ceiling or 0 for f in parts)
    gap = (whole.floor or 0) - most
    if gap > 0:
        below = Proof((Term(whole, whole.floor or 0),), whole.floor or 0, ())
        above = Proof(tuple(Term(f, f.ceiling or 0) for f in parts), most, ("outside",))
        core = tuple(sorted((whole, *parts), key=lambda f: (f.name, f.key)))
        mend = shortage(whole, parts, most, gap)
        yield Contradiction(kind(core), "clash.parts_below_whole", whole.key, below, above, core, gap, (), mend)
