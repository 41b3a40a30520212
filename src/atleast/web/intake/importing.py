"""An import: files that were handed over become records, in portions, each in a transaction of its own.

First the files are gone through and their records added to the ledger (`collect`), then those reports are read that
came without claims (`read`, `again`). Whatever was added is noted in the transaction that adds it; so an import that
was cancelled or killed goes on where it was, and neither doubles nor loses anything.
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from atleast import case as work
from atleast import collect
from atleast import read as reading
from atleast.collect.tables import TABLE
from atleast.model import Claim, Decision, Mention, Record, Report, Trouble
from atleast.web import files
from atleast.web.forgetting.models import noticed
from atleast.web.house.models import Case, Job, Kept
from atleast.web.jobs import Doing
from atleast.web.jobs import asked as asked_of
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import opened as opened_entry
from atleast.web.ledger.reading import report as opened
from atleast.web.ledger.writing import differing, names_of, reserved, take
from atleast.web.rows import parts, together
from atleast.web.vault import vault

from . import troubles
from .models import Brought, Gist, Spreadsheet, Unread

PORTION = 400
"""Records in one transaction: few enough that nobody who writes waits for long, enough to be fast."""
_AT_MOST = 2.0
"""Seconds of reading after which what was read is added, however little it is."""


def bring(doing: Doing) -> None:
    """Do an import, or go on with one.

    Asked are `files`, each with the `name` that its sender gives it, its kept `file`, its `size` and perhaps the `url`
    at which it was found; and `said`, what holds for documents that do not say it themselves.
    """
    told = doing.resumed()
    if "seen" not in told:
        seen = _Collecting(doing).all()
        doing.tell(seen=seen)
        _tidy(doing)
    _read(doing)
    troubles.keep(doing.job, _about_nothing(doing))


# ── Going through the files ──


@dataclass(slots=True)
class _Collecting:
    doing: Doing
    seen: Counter[str] = field(default_factory=Counter)
    ids: set[str] = field(default_factory=set)
    decisions: list[Decision] = field(default_factory=list)
    # Under which source the ids of documents are counted, by the id of their report.
    documents: dict[str, str] = field(default_factory=dict)

    def all(self) -> dict[str, int]:
        """Add the records of all files. Decisions come last: what they are about is there by then."""
        asked, before = self.doing.asked["files"], 0
        total = sum(each["size"] for each in asked)
        for each in asked:
            data = files.opened(each["file"])
            if data is None:
                troubles.keep(self.doing.job, [_gone(each["name"])])
                continue
            for part in collect.parts(each["name"], data):
                if isinstance(part, Trouble):
                    troubles.keep(self.doing.job, [part])
                else:
                    self._part(part, each, before, total)
            before += each["size"]
            self.doing.step("collect", before, total)
        for portion in parts(self.decisions, PORTION):
            self._add([self._bound(each) for each in portion], "", "")
        return dict(self.seen)

    def _part(self, part: collect.Part, asked: dict[str, Any], before: int, total: int) -> None:
        name = files.keep(part.data)
        within = 0

        def count(done: int, _: int) -> None:
            nonlocal within
            within = done if part.name == asked["name"] else 0

        found = collect.uploaded(part.name, part.data, **self.doing.asked["said"], ids=self.ids, progress=count)
        reports: dict[str, Report] = {}
        for portion in parts(found, PORTION):
            records = [_with_link(each, asked) for each in portion if not isinstance(each, Trouble)]
            amiss = [each for each in portion if isinstance(each, Trouble)]
            reports |= {each.id: each for each in records if isinstance(each, Report)}
            amiss += noticed(self.doing.case, (each for each in records if isinstance(each, Report)))
            amiss += work.misquoted(reports, (each for each in records if isinstance(each, Claim | Mention)))
            self.decisions += [each for each in records if isinstance(each, Decision)]
            source = "" if part.wire else name
            self.documents |= {} if part.wire else dict.fromkeys(reports, source)
            troubles.keep(self.doing.job, amiss)
            self._add([each for each in records if not isinstance(each, Decision)], source, name)
            self.doing.step("collect", before + within, total)

    def _add(self, records: Sequence[Record], source: str, file: str) -> None:
        self.seen.update(record.record for record in records)
        added = add(self.doing, records, source=source, file=file)
        if len(added) < len(records):
            changed = differing(self.doing.case, records, source=source)
            troubles.keep(self.doing.job, map(work.same_id, changed))

    def _bound(self, decision: Decision) -> Decision:
        """A decision with our ids of what documents of this import say.

        A document has its id from its file's name, and what is read of it has that id with a number.
        """
        sources = {about: self.documents.get(about.partition("#")[0]) for about in decision.about}
        found = {about: reserved(self.doing.case, about, source) for about, source in sources.items() if source}
        return replace(decision, about=tuple(found.get(each, each) for each in decision.about))


def _gone(name: str) -> Trouble:
    return Trouble("this file is not kept any more", name, remedy="Hand it over again")


def _with_link(record: Record | Trouble, asked: dict[str, Any]) -> Record:
    """A report with the link at which somebody found it; what its page says of itself is kept beside it."""
    assert not isinstance(record, Trouble)
    link = asked.get("url")
    if not link or not isinstance(record, Report) or record.url == link:
        return record
    own = {"own_url": record.url} if record.url else {}
    return replace(record, url=link, extra={**record.extra, **own})


def _tidy(doing: Doing) -> None:
    """Let go of files from which nothing came, and of zips, whose files are kept one by one."""
    let_go({each["file"] for each in doing.asked["files"]}, but=doing.job)


def let_go(names: set[str], *, but: Job | None = None) -> None:
    """Erase those of these files that nothing needs: no report, no sheet that waits, no job that has not ended well."""
    needed = set(Kept.objects.filter(file__in=names).values_list("file", flat=True))
    needed |= set(Spreadsheet.objects.filter(file__in=names).values_list("file", flat=True))
    left = Job.objects.filter(kind__in=("import", "sheet")).exclude(state=Job.State.DONE)
    for job in left.exclude(pk=but.pk) if but else left:
        needed |= {each["file"] for each in asked_of(job).get("files", [])}
    for name in names - needed:
        files.erase(name)


# ── Adding ──


@together
def add(doing: Doing, records: Sequence[Record], *, source: str, file: str, read: bool = False) -> list[Entry]:
    """Add records of a job to the ledger, with a note of it, of the file they came in, and of what is to be read."""
    entries = take(doing.case, records, by=doing.by, source=source)
    note(doing.job, entries, read=read)
    fresh = [entry.name for entry in entries if entry.record == "report"]
    if file:
        kept = [Kept(case=doing.case, report=name, file=file) for name in fresh]
        Kept.objects.bulk_create(kept, ignore_conflicts=True)
    _wait(doing, records, entries, source)
    return entries


def note(job: Job, entries: Sequence[Entry], *, read: bool = False) -> None:
    """Note that these entries, one after another, came with a job."""
    if entries:
        first, last = entries[0].number, entries[-1].number
        if not job.brought.filter(last=first - 1, read=read).update(last=last):
            Brought.objects.create(job=job, first=first, last=last, read=read)


def _wait(doing: Doing, records: Sequence[Record], entries: Sequence[Entry], source: str) -> None:
    """Put the new reports whose claims did not come along among those to be read."""
    claimed = {entry.report for entry in entries if entry.record == "claim"}
    Unread.objects.filter(job=doing.job, report__in=claimed).delete()
    wanted = [each.id for each in records if isinstance(each, Report) and each.text and TABLE not in each.extra]
    names = names_of(doing.case, wanted, source=source)
    fresh = {entry.name for entry in entries}
    to_read = [name for each in wanted if (name := names.get(each, each)) in fresh]
    said = set(_said(doing.case, "claim", to_read))
    waiting = [Unread(job=doing.job, report=name, source=source) for name in to_read if name not in said]
    Unread.objects.bulk_create(waiting, ignore_conflicts=True)


def _said(case: Case, record: str, reports: Sequence[str]) -> Iterator[str]:
    """Those of these reports of which there are claims, or mentions."""
    found = Entry.objects.filter(case=case, record=record, report__in=reports)
    yield from found.values_list("report", flat=True).distinct().order_by()


# ── Reading ──


def _read(doing: Doing) -> None:
    """Read the reports that wait for it, and add what was read as soon as no other report can change it."""
    names = list(doing.job.unread.values_list("report", flat=True))
    gists = _gists(doing.case)
    found: list[reading.Reading] = []
    begun = time.monotonic()
    arrived = work.arrivals(names, lambda name: opened(doing.case, name), gists, doing.step)
    for each in arrived:
        found.append(each)
        if sum(map(_size, found)) >= PORTION or time.monotonic() - begun > _AT_MOST:
            _add_read(doing, found)
            found, begun = [], time.monotonic()
    _add_read(doing, found)
    # What is left was erased since it came, or read by another process.
    doing.job.unread.all().delete()


def _size(found: reading.Reading) -> int:
    return 1 + len(found.claims) + len(found.mentions)


@together
def _add_read(doing: Doing, found: Sequence[reading.Reading]) -> None:
    Case.objects.select_for_update().get(pk=doing.case.pk)
    waiting = doing.job.unread.filter(report__in=[each.report.id for each in found])
    sources = dict(waiting.values_list("report", "source"))
    mentioned = set(_said(doing.case, "mention", list(sources)))
    here = [each for each in found if each.report.id in sources]
    for source in dict.fromkeys(sources.values()):
        some = [each for each in here if sources[each.report.id] == source]
        records = [record for each in some for record in _as_outside(each, each.report.id not in mentioned)]
        add(doing, records, source=source, file="", read=True)
    troubles.keep(doing.job, (_placed(trouble, each.report) for each in here for trouble in each.troubles))
    Gist.objects.bulk_create([_sealed_gist(doing.case, each) for each in here], ignore_conflicts=True)
    waiting.delete()


def _as_outside(found: reading.Reading, with_mentions: bool) -> Iterator[Claim | Mention]:
    """What was read, under the ids that it has outside: a decision that came along may name them."""
    outside = str(found.report.extra.get("came_as", found.report.id))
    records: list[Claim | Mention] = [*found.claims, *(found.mentions if with_mentions else ())]
    for each in records:
        yield replace(each, id=outside + each.id.removeprefix(found.report.id))


def _placed(trouble: Trouble, report: Report) -> Trouble:
    """A trouble of a report under the name that people know it by."""
    return replace(trouble, where=report.title or str(report.extra.get("came_as", report.id)))


def _about_nothing(doing: Doing) -> Iterator[Trouble]:
    """The decisions that came along and are about records that are not here."""
    for brought in doing.job.brought.filter(read=False):
        numbers = (brought.first, brought.last)
        for entry in Entry.objects.filter(case=doing.case, number__range=numbers, record="decision").order_by("number"):
            decision = opened_entry(entry)
            about = set(decision.about) if isinstance(decision, Decision) else set()
            there = set(Entry.objects.filter(case=doing.case, name__in=about).values_list("name", flat=True))
            for name in sorted(about - there):
                yield Trouble("a decision about a record that is not here", entry.name, name, "Import what it is about")


# ── What the reports of a case agree on ──


def _gists(case: Case) -> dict[str, reading.Gist]:
    """What each report of the case told of day, country and zone when it was read."""
    rows = Gist.objects.filter(case=case).values_list("report", "sealed")
    return {report: _opened_gist(vault().unseal_json(sealed, of=f"gist {report}")) for report, sealed in rows}


def _opened_gist(told: dict[str, Any]) -> reading.Gist:
    return reading.Gist(**told | {"offsets": tuple(told["offsets"])})


def _sealed_gist(case: Case, found: reading.Reading) -> Gist:
    name = found.report.id
    return Gist(case=case, report=name, sealed=vault().seal_json(asdict(found.gist), of=f"gist {name}"))
