"""What was said in one breath and taken back later: it still has to agree with itself."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from .groups import Moved
from .manner import in_heap
from .moments import FINAL
from .places import Atlas
from .results import Figure, Key
from .rules import APART_BY_SCOPE

Breath = tuple[str, str, object]
_ALL = ""


class Breaths:
    """The statements, and the texts, that have to be looked at by themselves, each as figures of one moment.

    A ministry that says 134 and, a day later, 137 has corrected its total. That 90 were released and 48 held of the
    134 was wrong all the same. And what an outlet lists in its own name has to agree with its own total, whoever it
    may have that from. Figures may come and go.
    """

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self._ceilings: dict[tuple[str, Key], int | None] = {}
        self._statements: defaultdict[Breath, list[Figure]] = defaultdict(list)
        self._texts: defaultdict[Breath, list[Figure]] = defaultdict(list)
        self._stirred: dict[Breath, None] = {}
        self._amiss: dict[Breath, tuple[Figure, ...]] = {}

    def change(self, moved: Moved) -> None:
        """Take in how figures changed: as printed, as gathered, and those that their speakers still stand by."""
        for figure in moved.usable.gone:
            self._ceilings.pop((figure.name, figure.key), None)
        self._ceilings.update(((f.name, f.key), f.ceiling) for f in moved.usable.new)
        for figures in moved.usable:
            self._stirred.update((_statement(f), None) for f in figures if _of_statement(f))
        for change, kept, name, lines in (
            (moved.said, _of_statement, _statement, self._statements),
            (moved.printed, _of_text, _text, self._texts),
        ):
            for figures, put in ((change.gone, list[Figure].remove), (change.new, list[Figure].append)):
                for figure in filter(kept, figures):
                    put(lines[name(figure)], figure)
                    self._stirred[name(figure)] = None

    def found(self) -> list[tuple[Figure, ...]]:
        """All in which anything can be amiss: statements, then texts, each in a settled order."""
        for name in self._stirred:
            self._amiss.pop(name, None)
            figures = sorted((self._texts if name[0] == _OF_TEXT else self._statements)[name], key=in_heap)
            lost = name[0] == _OF_TEXT or any(_lost(f, self._ceilings) for f in figures)
            if lost and len({f.key for f in figures}) > 1 and _too_much(figures, self._atlas):
                moment = min(f.moment for f in figures)
                self._amiss[name] = tuple(f._replace(moment=moment) for f in figures)
        self._stirred = {}
        return [self._amiss[name] for name in sorted(self._amiss, key=self._order)]

    def _order(self, name: Breath) -> tuple[object, ...]:
        return (name[0], *in_heap(self._amiss[name][0]))


_OF_STATEMENT, _OF_TEXT = "0", "1"


def _of_statement(figure: Figure) -> bool:
    return figure.named and not figure.others and figure.moment.real[0] != FINAL


def _statement(figure: Figure) -> Breath:
    return _OF_STATEMENT, figure.speaker, figure.moment.real


def _of_text(figure: Figure) -> bool:
    return not figure.named and not figure.others


def _text(figure: Figure) -> Breath:
    return _OF_TEXT, figure.quotes[0].report, None


def _too_much(figures: Sequence[Figure], atlas: Atlas) -> bool:
    """Whether anything can be amiss: the other numbers for a place, and in it, are more than a ceiling of it."""
    inside: Counter[tuple[str, str]] = Counter()
    for figure in figures:
        if figure.floor:
            for place in atlas.path(figure.key.place.partition(" (outside ")[0]):
                inside[place, figure.key.quantity] += figure.floor
                inside[place, _ALL] += figure.floor
    caps = (f for f in figures if f.ceiling is not None)
    return any(inside[_about(cap)] - (cap.floor or 0) > (cap.ceiling or 0) for cap in caps)


def _about(cap: Figure) -> tuple[str, str]:
    """What can be more than a ceiling: of the detained, and of places, everything; of others their own numbers."""
    place, quantity = cap.key.place.partition(" (outside ")[0], cap.key.quantity
    return (place, _ALL) if quantity == "detained" or quantity in APART_BY_SCOPE else (place, quantity)


def _lost(figure: Figure, ceilings: Mapping[tuple[str, Key], int | None]) -> bool:
    return figure.ceiling is not None and ceilings.get((figure.name, figure.key)) is None
