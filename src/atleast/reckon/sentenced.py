"""Who was released and who was sentenced to arrest, told in one statement: together no more than were detained."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from .broken import Suspect
from .results import Figure
from .rows import Rows

_Statement = tuple[str, object, str, str]
_TOLD = frozenset({"detained", "released", "jailed"})


class Sentenced:
    """Statements that tell of the detained, the released and the jailed of a place. Figures may come and go.

    Whoever is released may be sentenced later. So only what is told in one breath is laid together, and only as long
    as a term of arrest is taken to be served.
    """

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._told: defaultdict[_Statement, list[Figure]] = defaultdict(list)
        self._stirred: set[_Statement] = set()
        self._found: dict[_Statement, tuple[Suspect, ...]] = {}

    def add(self, figure: Figure) -> None:
        """Take in one figure."""
        self._change(figure, list.append)

    def drop(self, figure: Figure) -> None:
        """Let go of a figure that was taken in."""
        self._change(figure, list.remove)

    def found(self) -> Iterable[Suspect]:
        """Every count of the detained that is too low for its own statement."""
        for name in self._stirred:
            told = self._told[name]
            capped = (f for f in told if f.key.quantity == "detained" and f.ceiling is not None)
            self._found[name] = tuple(s for f in capped for s in self._of(f, told))
        self._stirred = set()
        return chain.from_iterable(self._found.values())

    def _change(self, figure: Figure, change: Callable[[list[Figure], Figure], None]) -> None:
        key = figure.key
        if key.quantity in _TOLD and figure.named and not (key.of or figure.apart or figure.others):
            name = figure.speaker, figure.moment.real, key.place, key.among
            change(self._told[name], figure)
            self._stirred.add(name)

    def _of(self, cap: Figure, told: Sequence[Figure]) -> Iterator[Suspect]:
        if "jailed_are_held" not in self._rows.rules or "released_not_held" not in self._rows.rules:
            return
        freed, jailed = (
            max((f for f in told if f.key.quantity == quantity and f.floor), key=_size, default=None)
            for quantity in ("released", "jailed")
        )
        if freed is None or jailed is None:
            return
        gap = _size(freed)[0] + _size(jailed)[0] - (cap.ceiling or 0)
        if gap > 0 and max(_size(freed), _size(jailed))[0] <= (cap.ceiling or 0):
            held = jailed._replace(key=jailed.key._replace(quantity="still_held"), moment=cap.moment)
            shown = {freed._replace(moment=cap.moment): freed, held: jailed}
            yield Suspect(cap, self._rows.of(cap), gap, lambda: [*shown], ("jailed_are_held",), lambda: shown)


def _size(figure: Figure) -> tuple[int, str]:
    return figure.floor or 0, figure.name
