"""The order of the work: make the heap ready, bound, clash, and look for what agrees."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo

from atleast.model import Claim, Decision, Dispatch, Mention, Report, Span, Trouble

from .asking import questions
from .bounds import cells
from .clashes import CLOSELY, Clashes, Look, together
from .groups import Change, Moved
from .heap import Asked, Progress, made_ready, steps, uncollected
from .holds import holds
from .joining import against, raised, summed, without_echoes
from .moments import shown
from .named import named, spoken_of
from .people import documented
from .places import PlaceTree
from .readings import Readings
from .results import Aside, Tally
from .rows import Rows

_STEPS = 6


@uncollected()
def tally(
    claims: Iterable[Claim],
    reports: Iterable[Report] = (),
    *,
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
    zone: tzinfo = UTC,
    look: Look = CLOSELY,
    progress: Progress | None = None,
) -> Tally:
    """What the claims jointly imply, row by row, and which of them cannot all be true.

    Args:
        claims: The claims of one case, in any order; repeated ones count once.
        reports: The reports they stand in, for their publishers and times of publication.
        mentions: The people whom the reports mention; each row is at least as many as are surely different.
        decisions: What was judged of mentions: which are right, corrected, one person, two people.
        dispatches: Which reports carry the same words; a claim that several of them print counts once.
        places: What lies in what. Default: atleast's own gazetteer. A place that it does not know
            lies in what its commas say.
        at: Only what was known by then: counted, and published as far as can be told. None is everything.
        hindsight: With `at`, also what was published later of what had been counted by then.
        event: The event to reckon, by its name or a part of it: "2017-10-07", "Russia". Default: the one that most
            claims are about.
        only: Names of the claimants to reckon with ("independent" and "authority" are sides); none is all.
        excluding: Names of claimants to leave out.
        without: Names of rules that are switched off.
        zone: The zone of dates, and of times that carry none.
        look: How closely, and how long, to look for contradictions.
        progress: Called with steps done and steps in all.

    Returns:
        A Tally. Nothing in it depends on the order of the claims.

    Raises:
        ValueError: A rule, a claimant or an event of that name does not exist; those that do are told.
    """
    step = steps(progress, _STEPS)
    asked = Asked(dispatches, places, at, hindsight, event, tuple(only), tuple(excluding), tuple(without), zone)
    heap = made_ready(claims, reports, asked, step)
    people = documented(mentions, decisions, heap)
    usable = [*heap.usable, *summed(people, heap)]
    usable += named(usable, heap.atlas, heap.rules)
    rows = Rows(heap.atlas, heap.rules, usable)
    spoken = spoken_of(usable).union(people.shown)
    table = raised((cell for cell in cells(usable, rows, people.shown) if cell.key in spoken), people)
    step()
    clashes = Clashes(rows)
    clashes.change(Moved(Change(new=heap.printed), Change(new=heap.said), Change(new=usable)))
    found = clashes.found(usable, heap.said, look)
    above = against(people, heap.usable)
    step()
    agreeing = holds(heap.figures, heap.atlas)
    step()
    result = Tally(
        day=shown(heap.clock.day) if heap.clock.day else None,
        cells=table,
        contradictions=together(
            [*without_echoes(found.contradictions, above), *above],
            heap.errors,
            Readings.of(heap.atlas, heap.rules, heap.said),
        ),
        hidden=found.hidden,
        stopped=found.stopped,
        revisions=tuple(heap.log),
        holds=tuple(agreeing),
        questions=questions(table, usable, rows),
        set_aside=tuple(sorted([*heap.set_aside, *people.aside], key=_claim)),
        troubles=(*sorted([*heap.troubles, *people.troubles], key=_where), *sorted(heap.atlas.troubles, key=_where)),
        dispatches=tuple(dispatches) if "copies" in heap.rules else (),
        repeats=dict(sorted(heap.repeated.repeats.items())),
        rules_off=tuple(sorted(heap.rules.off)),
        events=heap.events,
        only=tuple(sorted(heap.chosen.only or ())),
        excluding=tuple(sorted(heap.chosen.left_out)),
    )
    step()
    return result


def _claim(aside: Aside) -> tuple[str, str]:
    return (aside.claim, aside.reason.key)


def _where(trouble: Trouble) -> tuple[str, str]:
    return (trouble.where, trouble.what)
