"""The records of a case as they come in, and the reading of those reports that came without claims."""

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from typing import TypeVar

from atleast import read as reading
from atleast import review
from atleast.collect.tables import TABLE
from atleast.model import AtleastError, Claim, Decision, Mention, Record, Report, Trouble

from .workers import in_order

Progress = Callable[[str, int, int], None]
_Kept = TypeVar("_Kept", bound=Record)


@dataclass(slots=True)
class Gathered:
    """The records of a case as they come in, each id once."""

    reports: MutableMapping[str, Report] = field(default_factory=dict)
    claims: dict[str, Claim] = field(default_factory=dict)
    mentions: dict[str, Mention] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    sheets: set[str] = field(default_factory=set)

    def add(self, record: Record | Trouble) -> None:
        match record:
            case Trouble():
                self.troubles.append(record)
            case Report():
                self._keep(self.reports, record)
                if TABLE in record.extra:
                    self.sheets.add(record.id)
            case Claim():
                self._keep(self.claims, record)
            case Mention():
                self._keep(self.mentions, record)
            case Decision():
                self._keep(self.decisions, record)

    def _keep(self, kept: MutableMapping[str, _Kept], record: _Kept) -> None:
        """The first record of an id stays; the same again is nothing new, another one is told."""
        if kept.setdefault(record.id, record) != record:
            self.troubles.append(same_id(record))

    def forget(self) -> None:
        """Drop the claims and mentions of reports whose text is here: it will be read anew."""
        here = {report.id for report in self.reports.values() if report.text} - self.sheets
        self.claims = {name: claim for name, claim in self.claims.items() if claim.report not in here}
        self.mentions = {name: mention for name, mention in self.mentions.items() if mention.report not in here}

    @property
    def claimed(self) -> frozenset[str]:
        """The ids of the reports whose claims came along; a sheet's claims are those of its rows, if it has any."""
        return frozenset(chain((claim.report for claim in self.claims.values()), self.sheets))

    def read(self, jobs: int, progress: Progress | None) -> None:
        """Read the reports that came without claims. Mentions that came along stand for what would be read."""
        claimed, mentioned = self.claimed, {mention.report for mention in self.mentions.values()}
        unread = [report for report in self.reports.values() if report.text and report.id not in claimed]
        for found in _readings(unread, jobs, progress):
            mentions = () if found.report.id in mentioned else found.mentions
            for record in chain[Record | Trouble](found.claims, mentions, found.troubles):
                self.add(record)

    def amiss(self, others: Iterable[str] = ()) -> Iterator[Trouble]:
        """What is wrong with the records once all have come; `others` are the ids of records that are elsewhere."""
        records: list[Claim | Mention] = [*self.claims.values(), *self.mentions.values()]
        yield from misquoted(self.reports, records)
        if self.decisions:
            decisions = self.decisions.values()
            for standing in review.standings(records, decisions):
                yield from standing.troubles
                if standing.record != standing.original:
                    yield from misquoted(self.reports, [standing.record])
            yield from review.strange({*others, *(record.id for record in records)}, decisions)


def misquoted(reports: Mapping[str, Report], records: Iterable[Claim | Mention]) -> Iterator[Trouble]:
    """Every number has a quote: a record whose words do not stand where it says is told."""
    for record in records:
        report = reports.get(record.report)
        if report and report.text and report.text[record.start : record.end] != record.quote:
            there = report.text[record.start : record.end]
            yield Trouble("the quote does not stand in its report", record.id, there[:60], "Check start and end")


def same_id(record: Record) -> Trouble:
    """What to tell of a record that has the id of another."""
    what = f"two {record.record}s have one id; the first was kept"
    return Trouble(what, record.id, remedy="Give one of them another id")


def _readings(reports: Sequence[Report], jobs: int, progress: Progress | None) -> Iterator[reading.Reading]:
    """The reports read alone; those that tell no day or country of their own again, with what the others agree on."""
    alone = list(_each(reports, reading.Setting(), jobs, progress, "read"))
    setting = reading.agreed(alone)
    open_ones = [found.report for found in alone if not found.gist.settled(setting)]
    settled = _each(open_ones, setting, jobs, progress, "again")
    return (found if found.gist.settled(setting) else next(settled) for found in alone)


_WHOLE = reading.Setting("any", "any", "any")
"""A setting that adds nothing to those reports alone that tell day, country and zone themselves."""


def arrivals(
    names: Sequence[str],
    opened: Callable[[str], Report | None],
    gists: MutableMapping[str, reading.Gist],
    progress: Progress | None = None,
) -> Iterator[reading.Reading]:
    """What reports say that come to a case one import after another, each told as soon as no other can change it.

    A report that tells day, country and zone itself is read once, and told at once. The others wait until all were
    read, and take what the reports of the case agree on by then: these, and all that came before. What was told
    before is not told anew, for somebody may have decided about it.

    Args:
        names: The ids of the reports to read, in this order.
        opened: Gives a report by its id; None where it is gone meanwhile.
        gists: What each report of the case told of day, country and zone when it was read; those read now are added.
        progress: Called with the stage ("read", "again"), the steps done and the steps in all.
    """
    later: list[reading.Reading] = []
    for done, name in enumerate(names, 1):
        if report := opened(name):
            found = read_one(report, reading.Setting())
            gists[name] = found.gist
            if found.gist.settled(_WHOLE):
                yield found
            else:
                later.append(found)
        if progress:
            progress("read", done, len(names))
    setting = reading.agreed(gists.values())
    for done, found in enumerate(later, 1):
        yield found if found.gist.settled(setting) else read_one(found.report, setting)
        if progress:
            progress("again", done, len(later))


def _each(
    reports: Sequence[Report], setting: reading.Setting, jobs: int, progress: Progress | None, stage: str
) -> Iterator[reading.Reading]:
    for done, found in enumerate(in_order(partial(read_one, setting=setting), reports, jobs), 1):
        yield found
        if progress:
            progress(stage, done, len(reports))


def read_one(report: Report, setting: reading.Setting) -> reading.Reading:
    """What a report says; a report on which the reader itself fails is told and does not stop the others."""
    try:
        return reading.read(report, setting=setting)
    except AtleastError:
        raise
    except Exception as wrong:
        what = f"the reader failed on this report: {type(wrong).__name__}: {wrong}"
        return reading.Reading(report, troubles=(Trouble(what, report.id, remedy="Please tell us, with the report"),))
