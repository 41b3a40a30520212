"""A heap of claims made ready to be reckoned with: sorted by event, relays gathered, what was taken back marked.

The tally and the curve both start from here, so that they never differ in what they rest on.
"""

import gc
from bisect import insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, tzinfo
from itertools import pairwise

from atleast.model import Claim, Dispatch, Report, Span, Trouble

from .copies import Copied, copied, once
from .corrections import Corrections
from .events import Events
from .figures import Sifted, Speakers, counted, sift
from .groups import Change, Moved
from .known import Known
from .manner import in_heap
from .moments import Clock, by_id
from .places import Atlas, PlaceTree
from .relays import Relays
from .results import Aside, Contradiction, Event, Figure, Message, Revision
from .revisions import Revisions
from .rules import Rules
from .speakers import DOCUMENTED, Chosen

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """How a heap is to be looked at; `tally` says what each of these means."""

    dispatches: Sequence[Dispatch] = ()
    places: PlaceTree | None = None
    at: Span | datetime | None = None
    hindsight: bool = False
    event: str | None = None
    only: Iterable[str] = ()
    excluding: Iterable[str] = ()
    without: Iterable[str] = ()
    using: Iterable[str] = ()
    zone: tzinfo = UTC


@dataclass(frozen=True, slots=True)
class Heap:
    """All figures of the event that is reckoned, as they stand when everything is known, and what was left out.

    Figures that their speakers took back are among them, marked stale; `said` has them all as they were given,
    `printed` as outlets printed them.
    """

    figures: Sequence[Figure]
    atlas: Atlas
    rules: Rules
    clock: Clock
    events: tuple[Event, ...]
    log: Sequence[Revision]
    errors: Sequence[Contradiction]
    set_aside: tuple[Aside, ...]
    troubles: Sequence[Trouble]
    reports: Mapping[str, Report] = field(default_factory=dict)
    known: Known | None = None
    chosen: Chosen = field(default_factory=Chosen)
    repeated: Copied = field(default_factory=Copied)
    said: Sequence[Figure] = ()
    printed: Sequence[Figure] = ()

    @property
    def usable(self) -> list[Figure]:
        """The figures that bounds may rest on."""
        return [f for f in self.figures if not f.stale]


def made_ready(
    claims: Iterable[Claim], reports: Iterable[Report], asked: Asked, step: Callable[[], None] = lambda: None
) -> Heap:
    """The claims of one event as figures. Nothing in it depends on their order; `step` is called twice on the way.

    Raises:
        ValueError: A rule, a claimant or an event of that name does not exist.
    """
    return Ready(claims, reports, asked, step).heap()


class Ready:
    """A heap that claims come to and go from. Only what a claim can bear on is looked at again."""

    def __init__(
        self,
        claims: Iterable[Claim],
        reports: Iterable[Report],
        asked: Asked,
        step: Callable[[], None] = lambda: None,
    ) -> None:
        self.rules = Rules.without(asked.without, asked.using)
        self.reports = dict(by_id(reports))
        self.atlas = Atlas(asked.places if asked.places is not None else _gazetteer())
        self._asked = asked
        self._claims = _by_name(claims)
        settled = [claim for name in sorted(self._claims) for claim in self._claims[name]]
        clock = Clock.of(settled, self.reports.values(), asked.zone)
        self._years = {int(c.event_date[:4]) for c in settled if c.event_date and c.event_date[:4].isdigit()}
        self._events = Events(settled, self.reports, clock, self.atlas, asked.event)
        self.clock = replace(clock, day=self._events.main.span)
        self.known = Known.by(asked.at, hindsight=asked.hindsight)
        self._speakers = Speakers(settled)
        self._sifted = self._sift(settled)
        for figure in self._sifted.figures:
            if figure.key.quantity == "moved_in" and figure.number:
                self.atlas.enter(figure.key.place)
        self._open = sum(f.others for f in self._sifted.figures)
        step()
        self._repeated = copied(settled, asked.dispatches) if "copies" in self.rules else Copied()
        self._corrections = Corrections.of(settled, self.reports, self.clock)
        self._relays = Relays(self.atlas, self.rules, self._corrections)
        self._revisions = Revisions(self.rules, self._corrections, self._repeated.versions)
        said = self._relays.change(Change(new=once(self._sifted.figures, self._repeated)))
        self._revisions.change(said)
        voices = {DOCUMENTED, *self._sifted.speakers, *(f.speaker for f in said.new)}
        self.chosen = Chosen.of(voices, asked.only, asked.excluding)
        self._caps = self._others()
        self._told: defaultdict[str, list[Figure]] | None = None
        step()

    def heap(self) -> Heap:
        """The heap as it stands."""
        chosen, figures = self.chosen, self._revisions.figures()
        kept = [f for f in figures if chosen(f)]
        doubted = self._relays.doubted()
        return Heap(
            figures=with_others(kept, self.atlas, self.rules),
            atlas=self.atlas,
            rules=self.rules,
            clock=self.clock,
            events=self._events.listed,
            log=[change for change in self._revisions.log() if chosen(change.before)],
            errors=self.errors(),
            set_aside=_aside([*self._sifted.aside, *_not_chosen(figures, chosen)], doubted, kept),
            troubles=self._sifted.troubles,
            reports=self.reports,
            known=self.known,
            chosen=chosen,
            repeated=self._repeated,
            said=[f for f in self._relays.figures() if chosen(f)],
            printed=[f for f in self._sifted.figures if chosen(f)],
        )

    @property
    def claims(self) -> list[Claim]:
        """All claims, each once."""
        return [claim for alike in self._claims.values() for claim in alike]

    def holds(self, claim: Claim) -> bool:
        """Whether the very claim is in the heap."""
        return claim in self._claims.get((claim.id, claim.report), ())

    def add_report(self, report: Report) -> bool:
        """Take in a report of a new name; False where claims may hang on it."""
        if report.id in self.reports or (report.published and not self.clock.dated) or self._of_report(report.id):
            return False
        self.reports[report.id] = report
        return True

    def errors(self) -> list[Contradiction]:
        """What relays and headlines got wrong."""
        return [error for error in self._relays.errors() if all(map(self.chosen, error.core))]

    def change(self, claim: Claim, times: int) -> Moved | None:
        """Take in one more claim (1) or let go of one (-1); how figures changed.

        None where what is understood of other claims may hang on this one: the heap has to be made ready anew.
        """
        others = [f for f in self._of_report(claim.report) if f.name != claim.id]
        context = (
            self._alone(claim, times),
            self._events.change(claim, times),
            self._speakers.change(claim, times),
            self._corrections.change(claim, times, others),
        )
        if not all(context):
            return None
        sifted = self._sift([claim])
        self._put(sifted, times)
        printed = Change(new=sifted.figures) if times > 0 else Change(gone=sifted.figures)
        said = self._relays.change(printed)
        revised = self._revisions.change(said)
        if revised is None:
            return None
        return Moved(self._chosen(printed), self._chosen(said), self._usable(self._chosen(revised)))

    def _alone(self, claim: Claim, times: int) -> bool:
        """Whether the year, the copies and the choice of claimants of the case do not hang on a claim."""
        claims = self._claims[claim.id, claim.report]
        (claims.append if times > 0 else claims.remove)(claim)
        year = (claim.event_date or "")[:4]
        dispatches = {name for d in self._asked.dispatches for name in (d.report, *(c.report for c in d.copies))}
        asked = (*self._asked.only, *self._asked.excluding)
        return (
            len(claims) == max(times, 0)
            and counted(claim) != "moved_in"
            and (claim.quantity == "other" or not year.isdigit() or {int(year)} == self._years)
            and claim.report not in dispatches
            and not asked
        )

    def _sift(self, claims: Sequence[Claim]) -> Sifted:
        return sift(claims, self.reports, self.clock, self.atlas, self.rules, self._events, self.known, self._speakers)

    def _put(self, sifted: Sifted, times: int) -> None:
        """Keep, or forget, what became of one claim."""
        told = self._sifted
        for figure in sifted.figures:
            self._open += times * figure.others
            for line in (told.figures, self._of_report(figure.quotes[0].report)):
                if times > 0:
                    insort(line, figure, key=in_heap)
                else:
                    line.remove(figure)
        for aside in sifted.aside:
            (told.aside.append if times > 0 else told.aside.remove)(aside)
        for trouble in sifted.troubles:
            (told.troubles.append if times > 0 else told.troubles.remove)(trouble)

    def _of_report(self, report: str) -> list[Figure]:
        """The figures of one report, as printed."""
        if self._told is None:
            self._told = defaultdict(list)
            for figure in self._sifted.figures:
                self._told[figure.quotes[0].report].append(figure)
        return self._told[report]

    def _chosen(self, change: Change) -> Change:
        return Change(*([f for f in figures if self.chosen(f)] for figures in change))

    def _usable(self, change: Change) -> Change:
        """The change of what bounds may rest on. A cap on "any region not named" is laid out anew."""
        gone, new = ([f for f in figures if not f.stale and not f.others] for figures in change)
        before, self._caps = self._caps, self._others()
        gone += [f for f in before if f not in self._caps]
        return Change(gone, [*new, *(f for f in self._caps if f not in before)])

    def _others(self) -> list[Figure]:
        """The caps on "any region not named", one for every such region."""
        if not self._open:
            return []
        kept = [f for f in self._revisions.figures() if self.chosen(f)]
        return [f for f in with_others(kept, self.atlas, self.rules) if f.others and not f.stale]


@contextmanager
def uncollected() -> Iterator[None]:
    """Without looking for circles of records, of which there are none: it would take as long as the reckoning."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def steps(progress: Progress | None, of: int) -> Callable[[], None]:
    """What is called after each of so many steps, to tell how far the work is."""
    done = iter(range(1, of + 1))
    return lambda: progress(next(done), of) if progress else None


def _gazetteer() -> PlaceTree | None:
    from atleast.lexicon.places import gazetteer

    return gazetteer()


def _by_name(claims: Iterable[Claim]) -> defaultdict[tuple[str, str], list[Claim]]:
    """The claims by name and report, each once."""
    named: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        named[claim.id, claim.report].append(claim)
    return defaultdict(list, {name: _different(alike) for name, alike in named.items()})


def _different(claims: list[Claim]) -> list[Claim]:
    """Claims of one name without repetitions, in a settled order."""
    if len(claims) == 1:
        return claims
    bodies = {tuple(repr(getattr(claim, name)) for name in _FIELDS): claim for claim in claims}
    return [bodies[body] for body in sorted(bodies)]


_FIELDS = [name for name in Claim.__slots__ if name not in ("id", "report", "evidence", "extra")]


def with_others(figures: Sequence[Figure], atlas: Atlas, rules: Rules) -> list[Figure]:
    """A cap on "any region not named" as one cap for every such region that anybody speaks of."""
    kept = [f for f in figures if not f.others]
    if "others" not in rules or len(kept) == len(figures):
        return kept
    regions: defaultdict[str, set[str]] = defaultdict(set)
    for place in sorted({f.key.place for f in kept if not f.apart}):
        path = atlas.path(place)
        for inner, outer in pairwise(path):
            regions[outer].add(inner)
    for cap in (f for f in figures if f.others):
        reports = {q.report for q in cap.quotes}
        named = {
            place
            for f in kept
            if f.speaker == cap.speaker
            and f.key.quantity == cap.key.quantity
            and reports & {q.report for q in f.quotes}
            for place in atlas.path(f.key.place)
        }
        kept += [
            cap._replace(key=cap.key._replace(place=region), floor=None, low=None)
            for region in sorted(regions[cap.key.place] - named)
        ]
    return kept


def _not_chosen(figures: Iterable[Figure], chosen: Chosen) -> list[Aside]:
    """The claims of claimants that were not asked for."""
    left = (f for f in figures if not chosen(f))
    return [Aside(c, Message("aside.not_chosen", {"speaker": f.speaker})) for f in left for c in f.claims]


def _aside(
    left: Iterable[Aside], doubted: Iterable[tuple[Figure, str]], figures: Iterable[Figure]
) -> tuple[Aside, ...]:
    """All claims that no bound rests on, with the reason."""
    slips = [Aside(c, Message("aside.relay_error", {"what": what})) for f, what in doubted for c in f.claims]
    stale = [Aside(c, Message("aside.revised", {"speaker": f.speaker})) for f in figures if f.stale for c in f.claims]
    return tuple(sorted([*left, *slips, *stale], key=lambda a: (a.claim, a.reason.key)))
