"""What was said in one breath and taken back later: it still has to agree with itself."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from .moments import FINAL
from .results import Figure, Key

Breath = tuple[str, object]


def superseded(said: Sequence[Figure], usable: Sequence[Figure]) -> Iterator[list[Figure]]:
    """The statements of which a later one has taken something back, each as figures of one moment.

    A ministry that says 134 and, a day later, 137 has corrected its total. That 90 were released and 48 held of the
    134 was wrong all the same.
    """
    ceilings = {(f.name, f.key): f.ceiling for f in usable}
    breaths: defaultdict[Breath, list[Figure]] = defaultdict(list)
    for figure in said:
        if figure.named and not figure.others and figure.moment.real[0] != FINAL:
            breaths[figure.speaker, figure.moment.real].append(figure)
    for together in breaths.values():
        if len({f.key for f in together}) > 1 and any(_lost(f, ceilings) for f in together):
            moment = min(f.moment for f in together)
            yield [f._replace(moment=moment) for f in together]


def _lost(figure: Figure, ceilings: Mapping[tuple[str, Key], int | None]) -> bool:
    return figure.ceiling is not None and ceilings.get((figure.name, figure.key)) is None
