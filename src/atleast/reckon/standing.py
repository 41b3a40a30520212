"""A heap that stands reckoned: the order of the work, and how it is done again where a claim comes or goes.

Make the heap ready, bound, look for what clashes and for what agrees. What a claim cannot bear on is kept. Where it
may change what is understood of others (the year of the case, its event, who speaks), all is reckoned anew.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from atleast.model import Claim, Decision, Mention, Report, Trouble

from .asking import questions
from .bounds import Table
from .clashes import CLOSELY, Clashes, Found, Look, together
from .groups import Change, Moved
from .heap import Asked, Heap, Progress, Ready, steps, uncollected
from .holds import holds
from .joining import against, raised, summed, without_echoes
from .moments import shown
from .named import Named
from .people import documented
from .readings import Readings
from .results import Aside, Cell, Contradiction, Figure, Key, Tally
from .rows import Rows

_STEPS = 6


class Touched(NamedTuple):
    """What a claim bore on: the rows about which something else may be known now. `anew`: all was reckoned again."""

    keys: tuple[Key, ...] = ()
    anew: bool = False


class Standing:
    """A heap of claims, reckoned. Claims may be added and dropped; what is shown is always that of one `tally`.

    A row is worked out when it is looked at, and so are contradictions.
    """

    def __init__(
        self,
        claims: Iterable[Claim] = (),
        reports: Iterable[Report] = (),
        asked: Asked | None = None,
        mentions: Iterable[Mention] = (),
        decisions: Iterable[Decision] = (),
        look: Look = CLOSELY,
        progress: Progress | None = None,
    ) -> None:
        """The same as for `tally`; `asked` is how the heap is to be looked at."""
        self._asked, self._look, self._step = asked or Asked(), look, steps(progress, _STEPS)
        self._mentions, self._decisions = list(mentions), list(decisions)
        self._reports = list(reports)
        self._reckon(claims)

    # --- claims come and go

    def add(self, claim: Claim, report: Report | None = None) -> Touched:
        """Take in one more claim, with its report if that is new. A claim that is there already changes nothing."""
        if report is not None and self._ready.reports.get(report.id) != report:
            self._reports.append(report)
            if not self._ready.add_report(report):
                return self._anew([*self._ready.claims, claim])
        return Touched() if self._ready.holds(claim) else self._change(claim, 1)

    def drop(self, claim: Claim) -> Touched:
        """Let go of a claim.

        Raises:
            ValueError: The claim is not in the heap.
        """
        if not self._ready.holds(claim):
            raise ValueError(f"claim {claim.id} of report {claim.report} is not in the heap; add it before dropping it")
        return self._change(claim, -1)

    @uncollected()
    def _change(self, claim: Claim, times: int) -> Touched:
        moved = self._ready.change(claim, times)
        if moved is None or not self._take(moved):
            return self._anew(self._ready.claims)
        rows = {self._rows.of(f) for change in moved for figures in change for f in figures}
        keys = {self._rows.keys[row][0] for row in self._rows.above(rows)}
        return Touched(tuple(sorted(filter(self._table.has, keys))))

    # --- reckoning

    def _anew(self, claims: Iterable[Claim]) -> Touched:
        self._reckon(claims)
        return Touched(self._table.keys, anew=True)

    @uncollected()
    def _reckon(self, claims: Iterable[Claim]) -> None:
        """All of it, from the beginning."""
        self._ready = Ready(claims, self._reports, self._asked, self._step)
        heap = self._ready.heap()
        self._rows = Rows(self._ready.atlas, self._ready.rules)
        over = heap.clock.day.end if heap.clock.day else None
        self._table, self._clashes = Table(self._rows), Clashes(self._rows, over)
        self._named = Named(self._ready.atlas, self._ready.rules)
        self._people = documented((), (), heap)
        self._readings = Readings(heap.atlas, heap.rules, over=over)
        self._summed: Sequence[Figure] = ()
        self._take(Moved(Change(new=heap.printed), Change(new=heap.said), Change(new=heap.usable)), heap)

    def _take(self, moved: Moved, heap: Heap | None = None) -> bool:
        """Take in how figures changed; False where all has to be reckoned anew."""
        self._heap = heap
        self._found: Found | None = None
        gone, new = map(list, moved.usable)
        if self._mentions:
            self._people = documented(self._mentions, self._decisions, self.heap)
            before, self._summed = self._summed, summed(self._people, self.heap)
            gone += [f for f in before if f not in self._summed]
            new += [f for f in self._summed if f not in before]
        implied = self._named.change(Change(gone, new))
        if implied is None:
            return False
        self._readings.change(moved.said)
        usable = Change([*gone, *implied.gone], [*new, *implied.new])
        self._table.change(*usable)
        self._clashes.change(moved._replace(usable=usable))
        # A division that nobody speaks of any more would still join its rows.
        return all(self._table.has(f.key) for f in gone if f.apart)

    @property
    def heap(self) -> Heap:
        """The heap as it is made ready to be reckoned with."""
        if self._heap is None:
            self._heap = self._ready.heap()
        return self._heap

    # --- what is known

    def cell(self, key: Key) -> Cell:
        """What is known of one row."""
        return raised([self._table.cell(key)], self._people)[0]

    @property
    @uncollected()
    def contradictions(self) -> tuple[Contradiction, ...]:
        """What cannot all be true, with its readings; what an editor should look at first comes first."""
        found = self._clashing.contradictions
        if self._people.rows:
            above = against(self._people, self.heap.usable)
            found = [*without_echoes(found, above), *above]
        return together(found, self._ready.errors(), self._readings)

    @property
    def _clashing(self) -> Found:
        if self._found is None:
            self._found = self._clashes.found(lambda: (self._usable(), self.heap.said), self._look)
        return self._found

    def _usable(self) -> list[Figure]:
        return [*self.heap.usable, *self._summed]

    @uncollected()
    def tally(self) -> Tally:
        """All that is known."""
        heap, people = self.heap, self._people
        self._step()
        cells = raised(self._table.cells(people.shown), people)
        contradictions = self.contradictions
        self._step()
        agreeing = holds(heap.figures, heap.atlas)
        self._step()
        result = Tally(
            day=shown(heap.clock.day) if heap.clock.day else None,
            cells=cells,
            contradictions=contradictions,
            hidden=self._clashing.hidden,
            stopped=self._clashing.stopped,
            revisions=tuple(heap.log),
            holds=tuple(agreeing),
            questions=questions(cells, self._usable(), self._table.joint.level.floor),
            set_aside=tuple(sorted([*heap.set_aside, *people.aside], key=_claim)),
            troubles=(
                *sorted([*heap.troubles, *people.troubles], key=_where),
                *sorted(heap.atlas.troubles, key=_where),
            ),
            dispatches=tuple(self._asked.dispatches) if "copies" in heap.rules else (),
            repeats=dict(sorted(heap.repeated.repeats.items())),
            rules_off=tuple(sorted(heap.rules.off)),
            rules_on=tuple(sorted(heap.rules.on)),
            events=heap.events,
            only=tuple(sorted(heap.chosen.only or ())),
            excluding=tuple(sorted(heap.chosen.left_out)),
        )
        self._step()
        return result


def _claim(aside: Aside) -> tuple[str, str]:
    return (aside.claim, aside.reason.key)


def _where(trouble: Trouble) -> tuple[str, str]:
    return (trouble.where, trouble.what)
