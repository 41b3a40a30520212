"""A heap that stands reckoned: the order of the work, and how it is done again where a record comes or goes.

Make the heap ready, bound, look for what clashes and for what agrees. What a claim cannot bear on is kept. Where it
may change what is understood of others (the year of the case, its event, who speaks), all is reckoned anew.
"""

from collections.abc import Iterable
from typing import NamedTuple

from atleast.model import Claim, Decision, Mention, Report, Trouble

from .asking import questions
from .bounds import Table
from .clashes import CLOSELY, Clashes, Found, Look, together
from .groups import Change, Moved
from .heap import Asked, Heap, Progress, Ready, steps, uncollected
from .holds import holds
from .joining import Joined, against, raised, without_echoes
from .moments import shown
from .named import Named
from .people import Crowd
from .readings import Readings
from .results import Aside, Cell, Contradiction, Figure, Key, Tally
from .rows import Rows

_STEPS = 6


class Touched(NamedTuple):
    """What a record bore on: the rows about which something else may be known now. `anew`: all was reckoned again.

    Beneath these rows, ceilings may have moved.
    """

    keys: tuple[Key, ...] = ()
    anew: bool = False


class Standing:
    """A heap of claims, mentions and decisions, reckoned. What is shown is always that of one `tally` of all of them.

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
        self._reports = list(reports)
        self._reckon([*claims, *mentions, *decisions])

    # --- records come and go

    def add(self, record: Claim | Mention | Decision, report: Report | None = None) -> Touched:
        """Take in one more record, with its report if that is new. One that is there already changes nothing."""
        if report is not None and self._ready.reports.get(report.id) != report:
            self._reports.append(report)
            if self._people.quotes(report.id) or not self._ready.add_report(report):
                return self._anew([record])
        return Touched() if self._holds(record) else self._change(record, 1)

    def add_report(self, report: Report) -> Touched:
        """Take in a report of which no record is here, or a report as it stands now. The same again changes nothing."""
        if self._ready.reports.get(report.id) == report:
            return Touched()
        self._reports = [each for each in self._reports if each.id != report.id] + [report]
        if self._people.quotes(report.id) or not self._ready.add_report(report):
            return self._anew()
        return Touched()

    def drop(self, record: Claim | Mention | Decision) -> Touched:
        """Let go of a record.

        Raises:
            ValueError: The record is not in the heap.
        """
        if not self._holds(record):
            raise ValueError(f"{record.record} {record.id} is not in the heap; add it before dropping it")
        return self._change(record, -1)

    def _holds(self, record: Claim | Mention | Decision) -> bool:
        return self._ready.holds(record) if isinstance(record, Claim) else self._people.holds(record)

    @uncollected()
    def _change(self, record: Claim | Mention | Decision, times: int) -> Touched:
        if isinstance(record, Claim):
            moved, keys = self._ready.change(record, times), set[Key]()
        else:
            moved, keys = Moved(), self._people.change(*(((), [record]) if times > 0 else ([record], ())))
        usable = self._take(moved, None if isinstance(record, Claim) else self._heap) if moved else None
        if moved is None or usable is None:
            return self._anew()
        rows = {self._rows.of(f) for change in (*moved, usable) for figures in change for f in figures}
        keys |= {self._rows.keys[row][0] for row in self._rows.above(rows)}
        return Touched(tuple(sorted(key for key in keys if self._table.has(key) or key in self._people.rows)))

    # --- reckoning

    def _anew(self, more: Iterable[Claim | Mention | Decision] = ()) -> Touched:
        self._reckon([*self._ready.claims, *self._people.records, *more])
        return Touched(self._table.keys, anew=True)

    @uncollected()
    def _reckon(self, records: Iterable[Claim | Mention | Decision]) -> None:
        """All of it, from the beginning."""
        claims, others = [], []
        for record in records:
            claims.append(record) if isinstance(record, Claim) else others.append(record)
        self._ready = Ready(claims, self._reports, self._asked, self._step)
        heap = self._ready.heap()
        self._rows = Rows(self._ready.atlas, self._ready.rules)
        over = heap.clock.day.end if heap.clock.day else None
        self._table, self._clashes = Table(self._rows), Clashes(self._rows, over)
        self._named = Named(self._ready.atlas, self._ready.rules)
        self._people, self._joined = Crowd(heap), Joined(self._rows)
        self._people.change((), others)
        self._readings = Readings(heap.atlas, heap.rules, over=over)
        self._take(Moved(Change(new=heap.printed), Change(new=heap.said), Change(new=heap.usable)), heap)

    def _take(self, moved: Moved, heap: Heap | None) -> Change | None:
        """Take in how figures changed; with that of people and of places. None where all has to be reckoned anew."""
        self._heap = heap
        self._found: Found | None = None
        people = self._joined.change(self._people, moved.usable, lambda: self.heap.usable)
        usable = Change([*moved.usable.gone, *people.gone], [*moved.usable.new, *people.new])
        implied = self._named.change(usable)
        if implied is None:
            return None
        self._readings.change(moved.said)
        usable = Change([*usable.gone, *implied.gone], [*usable.new, *implied.new])
        self._table.change(*usable)
        self._clashes.change(moved._replace(usable=usable))
        # A division that nobody speaks of any more would still join its rows.
        return usable if all(self._table.has(f.key) for f in usable.gone if f.apart) else None

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
        return [*self.heap.usable, *self._joined.figures]

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
                *sorted([*heap.troubles, *people.judged.troubles], key=_where),
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


def _where(trouble: Trouble) -> tuple[str, str, str]:
    return (trouble.where, trouble.what, trouble.value)
