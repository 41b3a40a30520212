"""Figures by group, and what becomes of each group: worked out again only where a figure came or went."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

from .results import Contradiction, Figure, Revision
from .sources import in_heap


class Change(NamedTuple):
    """Figures that went and figures that came."""

    gone: Sequence[Figure] = ()
    new: Sequence[Figure] = ()


class Moved(NamedTuple):
    """How figures changed: as they were printed, as relays were gathered, and those that bounds may rest on."""

    printed: Change = Change()
    said: Change = Change()
    usable: Change = Change()


class Outcome(NamedTuple):
    """What became of a group: its figures, those nobody should rest on with the reason, errors, and changes."""

    figures: Sequence[Figure]
    doubted: Sequence[tuple[Figure, str]] = ()
    errors: Sequence[Contradiction] = ()
    log: Sequence[Revision] = ()


class Groups:
    """Figures by group. A figure that is alone in its group stays as it is."""

    def __init__(self, name: Callable[[Figure], Hashable], work: Callable[[Sequence[Figure]], Outcome]) -> None:
        self._name, self._work = name, work
        self._members: defaultdict[Hashable, list[Figure]] = defaultdict(list)
        self._outcomes: dict[Hashable, Outcome] = {}

    def change(self, change: Change) -> Change:
        """Let go of some figures and take in others; how what became of them differs from before."""
        stirred: dict[Hashable, Sequence[Figure]] = {}
        for figures, put in ((change.gone, list[Figure].remove), (change.new, list[Figure].append)):
            for figure in figures:
                name = self._name(figure)
                if name not in stirred:
                    stirred[name] = self._figures(name)
                put(self._members[name], figure)
        gone: list[Figure] = []
        new: list[Figure] = []
        for name, before in stirred.items():
            after = self._again(name)
            gone += [f for f in before if f not in after]
            new += [f for f in after if f not in before]
        return Change(gone, new)

    def figures(self) -> Iterator[Figure]:
        """What became of all figures, group by group."""
        for name in self._members:
            yield from self._figures(name)

    def outcomes(self) -> Iterable[Outcome]:
        """What became of the groups of more than one figure."""
        return self._outcomes.values()

    def _figures(self, name: Hashable) -> Sequence[Figure]:
        outcome = self._outcomes.get(name)
        return outcome.figures if outcome else tuple(self._members.get(name, ()))

    def _again(self, name: Hashable) -> Sequence[Figure]:
        members = self._members[name]
        if len(members) < 2:
            self._outcomes.pop(name, None)
            return members
        members.sort(key=in_heap)
        outcome = self._outcomes[name] = self._work(members)
        return outcome.figures
