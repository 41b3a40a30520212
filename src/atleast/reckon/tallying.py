"""The order of the work: sort the claims, gather relays, log revisions, bound, clash."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, tzinfo
from itertools import pairwise

from atleast.model import Claim, Dispatch, Report, Span

from .bounds import cells
from .clashes import clashes, rank
from .copies import Copied, copied, once
from .figures import sift
from .holds import holds
from .moments import Clock, by_id, shown
from .places import Atlas, PlaceTree
from .relays import Sorted, gather
from .results import Aside, Figure, Message, Tally
from .revisions import revise
from .rows import Rows
from .rules import Rules

Progress = Callable[[int, int], None]
_STEPS = 6


def tally(
    claims: Iterable[Claim],
    reports: Iterable[Report] = (),
    *,
    dispatches: Sequence[Dispatch] = (),
    places: PlaceTree | None = None,
    at: Span | datetime | None = None,
    without: Iterable[str] = (),
    zone: tzinfo = UTC,
    progress: Callable[[int, int], None] | None = None,
) -> Tally:
    """What the claims jointly imply, row by row, and which of them cannot all be true.

    Args:
        claims: The claims of one case, in any order; repeated ones count once.
        reports: The reports they stand in, for their publishers and times of publication.
        dispatches: Which reports carry the same words; a claim that several of them print counts once.
        places: What lies in what. Default: atleast's own gazetteer. A place that it does not know
            lies in what its commas say.
        at: Only what was known by then; None is everything.
        without: Names of rules that are switched off.
        zone: The zone of dates, and of times that carry none.
        progress: Called with steps done and steps in all.

    Returns:
        A Tally. Nothing in it depends on the order of the claims.

    Raises:
        ValueError: A rule of that name does not exist.
    """
    rules = Rules.without(without)
    step = _steps(progress)
    by_name = by_id(reports)
    settled = _settled(claims)
    atlas = Atlas(places if places is not None else _gazetteer())
    clock = Clock.of(settled, by_name.values(), zone)
    sifted = sift(settled, by_name, clock, atlas, rules, _span(at))
    step()
    repeated = copied(settled, dispatches) if "copies" in rules else Copied()
    gathered = gather(once(sifted.figures, repeated), atlas, rules)
    figures, log = revise(gathered.figures, rules, repeated.versions)
    step()
    figures = with_others(figures, atlas, rules)
    usable = [f for f in figures if not f.stale]
    rows = Rows(atlas, rules, usable)
    table = cells(usable, rows)
    step()
    found, hidden = clashes(usable, rows)
    step()
    agreeing = holds(figures, atlas)
    step()
    result = Tally(
        day=shown(clock.day) if clock.day else None,
        cells=table,
        contradictions=tuple(sorted([*found, *gathered.errors], key=rank)),
        hidden=hidden,
        revisions=tuple(log),
        holds=tuple(agreeing),
        set_aside=_aside(sifted.aside, gathered, figures),
        troubles=(*sorted(sifted.troubles, key=lambda t: t.where), *sorted(atlas.troubles, key=lambda t: t.what)),
        dispatches=tuple(dispatches) if "copies" in rules else (),
        repeats=dict(sorted(repeated.repeats.items())),
        rules_off=tuple(sorted(rules.off)),
    )
    step()
    return result


def _steps(progress: Progress | None) -> Callable[[], None]:
    done = iter(range(1, _STEPS + 1))
    return lambda: progress(next(done), _STEPS) if progress else None


def _gazetteer() -> PlaceTree | None:
    from atleast.lexicon.places import gazetteer

    return gazetteer()


def _span(at: Span | datetime | None) -> Span | None:
    return Span(at, at) if isinstance(at, datetime) else at


def _settled(claims: Iterable[Claim]) -> list[Claim]:
    """The claims in a settled order, each once."""
    return sorted({_order(c): c for c in claims}.values(), key=_order)


def _order(claim: Claim) -> tuple[str, ...]:
    return (claim.id, claim.report, *(repr(getattr(claim, name)) for name in _FIELDS))


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


def _aside(left: Iterable[Aside], gathered: Sorted, figures: Iterable[Figure]) -> tuple[Aside, ...]:
    """All claims that no bound rests on, with the reason."""
    slips = [Aside(c, Message("aside.relay_error", {"what": what})) for f, what in gathered.doubted for c in f.claims]
    stale = [Aside(c, Message("aside.revised", {"speaker": f.speaker})) for f in figures if f.stale for c in f.claims]
    return tuple(sorted([*left, *slips, *stale], key=lambda a: (a.claim, a.reason.key)))
