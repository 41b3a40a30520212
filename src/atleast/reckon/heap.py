"""A heap of claims made ready to be reckoned with: sorted by event, relays gathered, what was taken back marked.

The tally and the curve both start from here, so that they never differ in what they rest on.
"""

import gc
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
from .figures import sift
from .groups import Change
from .known import Known
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
    rules = Rules.without(asked.without)
    by_name = by_id(reports)
    settled = _settled(claims)
    atlas = Atlas(asked.places if asked.places is not None else _gazetteer())
    clock = Clock.of(settled, by_name.values(), asked.zone)
    events = Events(settled, by_name, clock, atlas, asked.event)
    clock = replace(clock, day=events.main.span)
    known = Known.by(asked.at, hindsight=asked.hindsight)
    sifted = sift(settled, by_name, clock, atlas, rules, events, known)
    step()
    repeated = copied(settled, asked.dispatches) if "copies" in rules else Copied()
    corrections = Corrections.of(settled, by_name, clock)
    relays, revisions = Relays(atlas, rules, corrections), Revisions(rules, corrections, repeated.versions)
    revisions.change(relays.change(Change(new=once(sifted.figures, repeated))))
    gathered, figures = relays.figures(), revisions.figures()
    speakers = {DOCUMENTED, *sifted.speakers, *(f.speaker for f in figures)}
    chosen = Chosen.of(speakers, asked.only, asked.excluding)
    kept = [f for f in figures if chosen(f)]
    step()
    return Heap(
        figures=with_others(kept, atlas, rules),
        atlas=atlas,
        rules=rules,
        clock=clock,
        events=events.listed,
        log=[change for change in revisions.log() if chosen(change.before)],
        errors=[error for error in relays.errors() if all(map(chosen, error.core))],
        set_aside=_aside([*sifted.aside, *_not_chosen(figures, chosen)], relays.doubted(), kept),
        troubles=sifted.troubles,
        reports=by_name,
        known=known,
        chosen=chosen,
        repeated=repeated,
        said=[f for f in gathered if chosen(f)],
        printed=[f for f in sifted.figures if chosen(f)],
    )


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


def _settled(claims: Iterable[Claim]) -> list[Claim]:
    """The claims in a settled order, each once."""
    named: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        named[claim.id, claim.report].append(claim)
    return [claim for name in sorted(named) for claim in _different(named[name])]


def _different(claims: Sequence[Claim]) -> Sequence[Claim]:
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
