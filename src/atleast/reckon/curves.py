"""How a count grew: what the claims, all that is known today, prove of it at each moment, and who said what when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from atleast.model import Claim, Decision, Dispatch, Mention, People, Report, Span

from .fates import in_order
from .ground import Ground
from .heap import Asked, Heap, Progress, made_ready, steps, uncollected
from .joining import summed
from .moments import shown
from .named import named
from .people import Crowd
from .places import PlaceTree
from .results import Event, Figure, Key
from .rows import Rows
from .rules import STOCKS
from .speakers import near, plain
from .sweeps import Axis, Growing, Momentary, Step


@dataclass(frozen=True, slots=True)
class Track:
    """The curve of a side or a claimant: its steps in order of time, and every number it gave for this very row."""

    name: str
    side: str
    steps: tuple[Step, ...]
    said: tuple[Figure, ...] = ()

    def at(self, moment: datetime) -> People:
        """How many at a moment; not known where no step covers it."""
        here = (s.people for s in self.steps if (s.start or moment) <= moment and (s.end is None or moment < s.end))
        return next(here, People())


@dataclass(frozen=True, slots=True)
class Curve:
    """One row of the table through time: for each side, for both together, for every claimant who says anything of it.

    `momentary` tells that steps are single moments, between which nothing is known. `start` and `end` are those of the
    time that is shown; all that was said later of a count that was complete by then stands at the end.
    """

    key: Key
    day: str | None
    start: datetime | None
    end: datetime | None
    independent: Track
    authority: Track
    joint: Track
    claimants: tuple[Track, ...] = ()
    momentary: bool = False
    events: tuple[Event, ...] = ()
    only: tuple[str, ...] = ()
    excluding: tuple[str, ...] = ()
    rules_off: tuple[str, ...] = ()
    rules_on: tuple[str, ...] = ()


@uncollected()
def curve(
    claims: Iterable[Claim],
    reports: Iterable[Report] = (),
    *,
    quantity: str = "detained",
    place: str | None = None,
    among: str = "",
    mentions: Iterable[Mention] = (),
    decisions: Iterable[Decision] = (),
    dispatches: Sequence[Dispatch] = (),
    places: PlaceTree | None = None,
    at: Span | datetime | None = None,
    hindsight: bool = False,
    event: str | None = None,
    only: Iterable[str] = (),
    excluding: Iterable[str] = (),
    without: Iterable[str] = (),
    using: Iterable[str] = (),
    zone: tzinfo = UTC,
    progress: Progress | None = None,
) -> Curve:
    """How one count grew over the event, as far as all claims together tell today.

    Args:
        claims: The claims of one case, in any order.
        reports: The reports they stand in.
        quantity: What is counted.
        place: Where, by its full name or by its own; None is the widest place of the event.
        among: The group counted; empty is everybody.
        mentions: The people whom the reports mention, as for `tally`; so is everything below but for `at`.
        decisions: What was judged of mentions.
        dispatches: Which reports carry the same words.
        places: What lies in what.
        at: Where the curve ends: only what was known by then is shown.
        hindsight: With `at`, also what was published later.
        event: The event, where there are several.
        only: Names of the claimants to reckon with.
        excluding: Names of claimants to leave out.
        without: Names of rules that are switched off.
        using: Names of rules by law that are switched on, where no law makes them false.
        zone: The zone of dates, and of times that carry none; and the one that the curve's times are told in.
        progress: Called with steps done and steps in all.

    Returns:
        A Curve. At its end it says what the tally says; nothing in it depends on the order of the claims.

    Raises:
        ValueError: A rule, claimant, event or place of that name does not exist; near ones are told.
    """
    step = steps(progress, 4)
    chosen = tuple(only), tuple(excluding), tuple(without), tuple(using)
    asked = Asked(dispatches, places, at, hindsight, event, *chosen, zone)
    heap = made_ready(claims, reports, asked, step)
    key = Key(quantity, _place(heap, quantity, place), among)
    axis = Axis.of(heap, key, at, zone)
    drawn = Momentary(heap, key, axis) if _momentary(heap, key) else Growing(heap, key, axis)
    step()
    crowd = Crowd(heap)
    crowd.change((), [*mentions, *decisions])
    figures = [*heap.usable, *summed(crowd, Ground(Rows(heap.atlas, heap.rules), heap.usable))]
    figures = in_order([*figures, *named(figures, heap.atlas, heap.rules)])
    sides = {side: _side(side, figures, crowd, key, drawn) for side in ("independent", "authority", "joint")}
    claimants = tuple(_claimants(heap, figures, key, drawn))
    step()
    return Curve(
        key=key,
        day=shown(heap.clock.day) if heap.clock.day else None,
        start=axis.start,
        end=axis.end,
        claimants=claimants,
        momentary=_momentary(heap, key),
        events=heap.events,
        only=tuple(sorted(heap.chosen.only or ())),
        excluding=tuple(sorted(heap.chosen.left_out)),
        rules_off=tuple(sorted(heap.rules.off)),
        rules_on=tuple(sorted(heap.rules.on)),
        **sides,
    )


def _side(name: str, figures: Iterable[Figure], crowd: Crowd, key: Key, drawn: "Growing | Momentary") -> Track:
    """The track of a side, or of both: its figures, and the people of the row whom it documents."""
    seen = [s for s in crowd.rows.get(key, ()) if name in ("joint", s.side)]
    people = [crowd.figure(key, crowd.documented(key, seen))] if seen else []
    ours = [f for f in figures if name in ("joint", f.side)]
    return Track(name, name, drawn.steps(in_order([*ours, *people]) if people else ours))


def _momentary(heap: Heap, key: Key) -> bool:
    return key.quantity in STOCKS or "growing" not in heap.rules


def _place(heap: Heap, quantity: str, asked: str | None) -> str:
    """The place of that name; without one, the widest that the count is told of."""
    told = {f.key.place for f in heap.figures if f.key.quantity == quantity} or {f.key.place for f in heap.figures}
    if asked is None:
        tops = sorted((heap.atlas.path(place)[-1] for place in told), key=lambda top: (top != _country(heap), top))
        return tops[0] if tops else _country(heap)
    known = {wider for place in (f.key.place for f in heap.figures) for wider in (place, *heap.atlas.path(place))}
    full = [place for place in known if plain(place) == plain(asked)]
    same = full or [place for place in known if plain(place.partition(", ")[0]) == plain(asked)]
    if len(same) == 1:
        return same[0]
    choice = sorted(same) or near(asked, known) or sorted(told)[:5]
    what = "several places are" if same else "no place is"
    raise ValueError(f"{what} called {asked!r} in these reports. Known: {'; '.join(choice)}")


def _country(heap: Heap) -> str:
    return heap.events[0].country if heap.events else ""


def _claimants(heap: Heap, figures: Iterable[Figure], key: Key, drawn: "Growing | Momentary") -> Iterator[Track]:
    """The tracks of all who say anything of the row or of its parts, those who say most of the row first."""
    usable: dict[str, list[Figure]] = {}
    said: dict[str, list[Figure]] = {}
    for figure in heap.figures:
        said.setdefault(figure.speaker, [])
        if figure.key == key and not figure.others:
            said[figure.speaker].append(figure)
    for figure in figures:
        usable.setdefault(figure.speaker, []).append(figure)
    for name in sorted(said, key=lambda name: (-len(said[name]), name)):
        steps = drawn.alone(usable.get(name, []))
        if said[name] or any(step.people.known for step in steps):
            told = sorted(said[name], key=lambda f: (f.moment.real, f.name))
            yield Track(name, (said[name] or usable[name])[0].side, steps, tuple(told))
