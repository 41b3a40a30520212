"""Figures by group, and what becomes of each group: worked out again only where a figure came or went."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .manner import in_heap
from .results import Contradiction, Figure, Revision


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


@dataclass(slots=True, eq=False)
class _Group:
    members: list[Figure] = field(default_factory=list)
    outcome: Outcome | None = None

    @property
    def figures(self) -> Sequence[Figure]:
        """What became of its figures."""
        return self.outcome.figures if self.outcome else tuple(self.members)


class Groups:
    """Figures by group. A figure that is alone in its group stays as it is."""

    def __init__(self, name: Callable[[Figure], Hashable], work: Callable[[Sequence[Figure]], Outcome]) -> None:
        self._name, self._work = name, work
        self._groups: defaultdict[Hashable, _Group] = defaultdict(_Group)

    def change(self, change: Change) -> Change:
        """Let go of some figures and take in others; how what became of them differs from before."""
        stirred: dict[_Group, Sequence[Figure]] = {}
        for figures, put in ((change.gone, list[Figure].remove), (change.new, list[Figure].append)):
            for figure in figures:
                group = self._groups[self._name(figure)]
                if group not in stirred:
                    stirred[group] = group.figures
                put(group.members, figure)
        gone: list[Figure] = []
        new: list[Figure] = []
        for group, before in stirred.items():
            after = self._again(group)
            gone += [f for f in before if f not in after]
            new += [f for f in after if f not in before]
        return Change(gone, new)

    def figures(self) -> Iterator[Figure]:
        """What became of all figures, group by group."""
        for group in self._groups.values():
            yield from group.figures

    def outcomes(self) -> Iterable[Outcome]:
        """What became of the groups of more than one figure."""
        return (group.outcome for group in self._groups.values() if group.outcome)

    def _again(self, group: _Group) -> Sequence[Figure]:
        group.outcome = None
        if len(group.members) > 1:
            group.members.sort(key=in_heap)
            group.outcome = self._work(group.members)
        return group.figures
