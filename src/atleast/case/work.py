"""The order of the work over one case: collect, read, review, reckon."""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import partial
from typing import TYPE_CHECKING, Any

from atleast import collect
from atleast.model import BadRecord, Claim, Decision, Dispatch, Mention, Report, Span, Trouble, span

from .gathering import Gathered, Progress
from .reviewing import Reviewed, reviewed, with_aside

if TYPE_CHECKING:
    from atleast import reckon as reckoning


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reports of a case say, and what was amiss on the way."""

    reports: tuple[Report, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()
    decisions: tuple[Decision, ...] = ()
    troubles: tuple[Trouble, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing at all could be read: neither a report nor a record of one."""
        return not (self.reports or self.claims or self.mentions or self.decisions)


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    published: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    again: bool = False,
    jobs: int = 1,
    progress: Progress | None = None,
) -> Reading:
    """The reports of files and folders, and every claim and mention in them.

    A report whose claims come along in the wire form is not read again: somebody may have corrected them.

    Args:
        paths: Files, folders, "-" for standard input.
        published: When a report was published, where it does not say so itself.
        publisher: Who published it, where it does not say so itself.
        language: Its language, where it does not say so itself.
        again: Read such reports too; what is read then takes the place of the claims that came along.
        jobs: How many processes read. The answer does not depend on it.
        progress: Called with the stage ("collect", "read", "again"), the steps done and the steps in all.

    Returns:
        A Reading, its records in the order in which they came.

    Raises:
        BadRecord: `published` is no date.
    """
    gathered = Gathered()
    told = partial(progress, "collect") if progress else None
    for record in collect.reports(paths, published=published, publisher=publisher, language=language, progress=told):
        gathered.add(record)
    if again:
        gathered.forget()
    gathered.read(jobs, progress)
    return Reading(
        tuple(gathered.reports.values()),
        tuple(gathered.claims.values()),
        tuple(gathered.mentions.values()),
        tuple(gathered.decisions.values()),
        (*gathered.troubles, *gathered.amiss()),
    )


def reckon(
    case: Reading,
    *,
    at: str | Span | None = None,
    zone: tzinfo | None = None,
    seconds: float | None = None,
    only_reviewed: bool = False,
    two: bool = False,
    progress: Progress | None = None,
    **asked: Any,
) -> "reckoning.Tally":
    """What the claims and mentions of a case jointly imply, and which of them cannot all be true.

    Args:
        case: What was read.
        at: Only what was known by then; None is everything.
        zone: The zone of times that carry none. Default: the one that most reports are written in.
        seconds: How long to look for contradictions; None is to the end.
        only_reviewed: Reckon with nothing but what somebody accepted or edited.
        two: Whether a decision about a record holds only when two different people said the same.
        progress: Called with the stage ("reckon"), the steps done and the steps in all.
        asked: What else `reckon.tally` can be asked: `hindsight`, `event`, `only`, `excluding`, `without`,
            `using`.

    Raises:
        BadRecord: `at` is no time, or one without a year.
        ValueError: A rule, a claimant or an event of that name does not exist.
    """
    told = partial(progress, "reckon") if progress else None
    from atleast import reckon as reckoning  # here, for who only reads has no use for it

    look, zone = reckoning.Look(seconds=seconds), zone or own_zone(case)
    seen = reviewed(case, only=only_reviewed, two=two, zone=zone)
    tally = reckoning.tally(
        seen.usable.claims, case.reports, look=look, progress=told, **_asked(case, seen, at, zone), **asked
    )
    return with_aside(tally, seen.usable.left)


def curve(
    case: Reading,
    *,
    at: str | Span | None = None,
    zone: tzinfo | None = None,
    only_reviewed: bool = False,
    two: bool = False,
    progress: Progress | None = None,
    **asked: Any,
) -> "reckoning.Curve":
    """How one count of a case grew through its event; all that is asked means what it means to `reckon`.

    Args:
        case: What was read.
        at: Where the curve ends: only what was known by then.
        zone: The zone of times that carry none, and of the curve. Default: the one that most reports are written in.
        only_reviewed: As for `reckon`.
        two: As for `reckon`.
        progress: Called with the stage ("reckon"), the steps done and the steps in all.
        asked: What else `reckon.curve` can be asked: `quantity`, `place`, `among`, and what `reckon` takes.

    Raises:
        BadRecord: `at` is no time, or one without a year.
        ValueError: A rule, a claimant, an event or a place of that name does not exist.
    """
    told = partial(progress, "reckon") if progress else None
    from atleast import reckon as reckoning

    zone = zone or own_zone(case)
    seen = reviewed(case, only=only_reviewed, two=two, zone=zone)
    return reckoning.curve(seen.usable.claims, case.reports, progress=told, **_asked(case, seen, at, zone), **asked)


def _asked(case: Reading, seen: Reviewed, at: str | Span | None, zone: tzinfo) -> dict[str, Any]:
    """What reckoning has to be told of a case: who is in it, its dispatches, its zone, and the moment in it."""
    return {
        "mentions": seen.usable.mentions,
        "decisions": seen.judgements,
        "dispatches": dispatches(case),
        "at": _moment(at, zone) if isinstance(at, str) else at,
        "zone": zone,
    }


def dispatches(case: Reading) -> tuple[Dispatch, ...]:
    """Which reports of a case carry the same words, the earliest of each first."""
    return collect.dispatches(case.reports)


def own_zone(case: Reading) -> tzinfo:
    """The zone that most times of a case are written in; UTC where none tells. Of equals, the westernmost."""
    times = [r.published for r in case.reports] + [c.as_of for c in case.claims]
    offsets = Counter(offset for time in times if (offset := _offset(time)) is not None)
    if not offsets:
        return UTC
    return timezone(min(offsets, key=lambda offset: (-offsets[offset], offset)))


def _offset(time: str | None) -> timedelta | None:
    try:
        return datetime.fromisoformat((time or "").partition("/")[0]).utcoffset()
    except ValueError:
        return None


def _moment(at: str, zone: tzinfo) -> Span:
    found = span(at, zone=zone)
    if found is None:
        raise BadRecord("a time without a year", value=at, remedy="Write 2017-10-07T21:00+03:00 or 2017-10-07")
    return found
