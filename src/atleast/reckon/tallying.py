"""What a heap of claims implies, all at once."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, tzinfo

from atleast.model import Claim, Decision, Dispatch, Mention, Report, Span

from .clashes import CLOSELY, Look
from .heap import Asked, Progress, uncollected
from .places import PlaceTree
from .results import Tally
from .standing import Standing


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
    using: Iterable[str] = (),
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
        using: Names of rules by law that are switched on, where no law makes them false.
        zone: The zone of dates, and of times that carry none.
        look: How closely, and how long, to look for contradictions.
        progress: Called with steps done and steps in all.

    Returns:
        A Tally. Nothing in it depends on the order of the claims.

    Raises:
        ValueError: A rule, a claimant or an event of that name does not exist; those that do are told.
    """
    chosen = tuple(only), tuple(excluding), tuple(without), tuple(using)
    asked = Asked(dispatches, places, at, hindsight, event, *chosen, zone)
    return Standing(claims, reports, asked, mentions, decisions, look, progress).tally()
