"""The order of the work over one case: collect, read, reckon. The only place where the verbs meet."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import partial
from itertools import chain, count
from typing import TypeVar

from atleast import collect
from atleast import read as reading
from atleast import reckon as reckoning
from atleast.model import BadRecord, Claim, Decision, Dispatch, Mention, Record, Report, Span, Trouble, span

Progress = Callable[[str, int, int], None]
_Kept = TypeVar("_Kept", bound=Record)


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
        progress: Called with the stage ("collect", "read"), the steps done and the steps in all.

    Returns:
        A Reading, its records in the order in which they came.

    Raises:
        BadRecord: `published` is no date.
    """
    gathered = _Gathered()
    told = partial(progress, "collect") if progress else None
    for record in collect.reports(paths, published=published, publisher=publisher, language=language, progress=told):
        gathered.add(record)
    if again:
        gathered.forget()
    gathered.read(partial(progress, "read") if progress else None)
    return gathered.whole()


def reckon(
    case: Reading,
    *,
    at: str | Span | None = None,
    zone: tzinfo | None = None,
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> reckoning.Tally:
    """What the claims of a case jointly imply, and which of them cannot all be true.

    Args:
        case: What was read.
        at: Only what was known by then; None is everything.
        zone: The zone of times that carry none. Default: the one that most reports are written in.
        without: Names of rules that are switched off.
        progress: Called with the stage ("reckon"), the steps done and the steps in all.

    Raises:
        BadRecord: `at` is no time, or one without a year.
        ValueError: A rule of that name does not exist.
    """
    zone = zone or own_zone(case)
    return reckoning.tally(
        case.claims,
        case.reports,
        dispatches=dispatches(case),
        at=_moment(at, zone) if isinstance(at, str) else at,
        zone=zone,
        without=without,
        progress=partial(progress, "reckon") if progress else None,
    )


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


@dataclass(slots=True)
class _Gathered:
    """The records of a case as they come in, each id once."""

    reports: dict[str, Report] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)

    def add(self, record: Record | Trouble) -> None:
        match record:
            case Trouble():
                self.troubles.append(record)
            case Report():
                self._keep(self.reports, record)
            case Claim():
                self._keep(self.claims, record)
            case Mention():
                self._keep(self.mentions, record)
            case Decision():
                self._keep(self.decisions, record)

    def _keep(self, kept: dict[str, _Kept], record: _Kept) -> None:
        """The first record of an id stays; the same again is nothing new, another one is told."""
        if kept.setdefault(record.id, record) != record:
            kind = record.record
            self.troubles.append(
                Trouble(f"two {kind}s have one id; the first was kept", record.id, remedy="Give one of them another id")
            )

    def forget(self) -> None:
        """Drop the claims and mentions of reports whose text is here: it will be read anew."""
        here = {report.id for report in self.reports.values() if report.text}
        self.claims = {name: claim for name, claim in self.claims.items() if claim.report not in here}
        self.mentions = {name: mention for name, mention in self.mentions.items() if mention.report not in here}

    def read(self, progress: collect.Progress | None) -> None:
        """Read the reports that came without claims. Mentions that came along stand for what would be read."""
        claimed = {claim.report for claim in self.claims.values()}
        mentioned = {mention.report for mention in self.mentions.values()}
        unread = [report for report in self.reports.values() if report.text and report.id not in claimed]
        for found in _readings(unread, progress):
            mentions = () if found.report.id in mentioned else found.mentions
            for record in chain[Record | Trouble](found.claims, mentions, found.troubles):
                self.add(record)

    def whole(self) -> Reading:
        return Reading(
            tuple(self.reports.values()),
            tuple(self.claims.values()),
            tuple(self.mentions.values()),
            tuple(self.decisions.values()),
            (*self.troubles, *self._misquoted(), *self._undecided()),
        )

    def _misquoted(self) -> Iterator[Trouble]:
        """Every number has a quote: a record whose words do not stand where it says is told."""
        for record in chain[Claim | Mention](self.claims.values(), self.mentions.values()):
            report = self.reports.get(record.report)
            if report and report.text and report.text[record.start : record.end] != record.quote:
                there = report.text[record.start : record.end]
                yield Trouble("the quote does not stand in its report", record.id, there[:60], "Check start and end")

    def _undecided(self) -> Iterator[Trouble]:
        if self.decisions:
            yield Trouble(
                f"{len(self.decisions)} decisions are kept but do not change the result yet",
                remedy="Take rejected claims out of the file, or replace edited ones",
            )


def _readings(reports: Sequence[Report], progress: collect.Progress | None) -> list[reading.Reading]:
    """The reports read alone; those that tell no day or country of their own again, with what the others agree on."""
    steps = count(1)

    def read(report: Report, setting: reading.Setting) -> reading.Reading:
        found = reading.read(report, setting=setting)
        if progress:
            progress(min(next(steps), len(reports)), len(reports))
        return found

    alone = [read(report, reading.Setting()) for report in reports]
    setting = reading.agreed(alone)
    return [found if found.settled(setting) else read(found.report, setting) for found in alone]
