"""What was said in one breath and taken back later: it still has to agree with itself."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from .moments import FINAL
from .places import Atlas
from .results import Figure, Key

Breath = tuple[str, object]
_ALL = ""


def breaths(
    said: Sequence[Figure], printed: Sequence[Figure], usable: Sequence[Figure], atlas: Atlas
) -> Iterator[list[Figure]]:
    """The statements, and the texts, that have to be looked at by themselves, each as figures of one moment.

    A ministry that says 134 and, a day later, 137 has corrected its total. That 90 were released and 48 held of the
    134 was wrong all the same. And what an outlet lists in its own name has to agree with its own total, whoever it
    may have that from.

    Args:
        said: All figures, relays gathered, before any of them was taken back.
        printed: All figures as they were printed.
        usable: Those that their speakers still stand by.
        atlas: What lies in what.
    """
    ceilings = {(f.name, f.key): f.ceiling for f in usable}
    together: defaultdict[Breath, list[Figure]] = defaultdict(list)
    for figure in said:
        if figure.named and not figure.others and figure.moment.real[0] != FINAL:
            together[figure.speaker, figure.moment.real].append(figure)
    for figures in together.values():
        if any(_lost(f, ceilings) for f in figures):
            yield from _one_moment(figures, atlas)
    texts: defaultdict[str, list[Figure]] = defaultdict(list)
    for figure in printed:
        if not figure.named and not figure.others:
            texts[figure.quotes[0].report].append(figure)
    for figures in texts.values():
        yield from _one_moment(figures, atlas)


def _one_moment(figures: Sequence[Figure], atlas: Atlas) -> Iterator[list[Figure]]:
    if len({f.key for f in figures}) > 1 and _too_much(figures, atlas):
        moment = min(f.moment for f in figures)
        yield [f._replace(moment=moment) for f in figures]


def _too_much(figures: Sequence[Figure], atlas: Atlas) -> bool:
    """Whether anything can be amiss: the other numbers for a place, and in it, are more than a ceiling of it."""
    inside: Counter[tuple[str, str]] = Counter()
    for figure in figures:
        if figure.floor:
            for place in atlas.path(figure.key.place):
                inside[place, figure.key.quantity] += figure.floor
                inside[place, _ALL] += figure.floor
    caps = (f for f in figures if f.ceiling is not None)
    return any(inside[_about(cap)] - (cap.floor or 0) > (cap.ceiling or 0) for cap in caps)


def _about(cap: Figure) -> tuple[str, str]:
    """What can be more than a ceiling: of the detained everything that is in them, of others their own numbers."""
    place, quantity = cap.key.place.partition(" (outside ")[0], cap.key.quantity
    return (place, _ALL) if quantity == "detained" else (place, quantity)


def _lost(figure: Figure, ceilings: Mapping[tuple[str, Key], int | None]) -> bool:
    return figure.ceiling is not None and ceilings.get((figure.name, figure.key)) is None
