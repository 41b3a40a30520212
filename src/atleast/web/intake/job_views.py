"""Background work as people see it: how far it is, what came of it, and how to stop it or go on."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _

from atleast.model import Trouble
from atleast.web import jobs
from atleast.web.house.models import Case, Job
from atleast.web.house.rights import Right
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import report as opened
from atleast.web.pages import asks
from atleast.web.reading.texts import beginning
from atleast.web.shelf.models import Source
from atleast.web.shelf.pieces import summary

from . import saying, troubles

KIND_NAMES = {
    "import": _("Import"),
    "sheet": _("Import of a spreadsheet"),
    "undo": _("Undoing an import"),
}
STAGES = {
    "open": _("opening the file"),
    "look": _("looking at the rows"),
    "collect": _("going through the files"),
    "read": _("reading the reports"),
    "again": _("reading again what tells no day or place itself"),
    "rows": _("adding the rows"),
    "undo": _("rejecting what came in"),
}
_AT_ONCE = 100
_REPORTS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One job in a list."""

    number: int
    kind: str
    state: str
    state_name: str
    files: str
    by: str
    at: datetime
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class JobsPage:
    """The background work of a case, the latest first."""

    template: ClassVar[str] = "intake/jobs.html"
    jobs: tuple[Line, ...]
    part: Any


@dataclass(frozen=True, slots=True)
class Came:
    """What came in of one kind of record: new, and known already; `read` are those that the desk found itself."""

    record: str
    new: int
    known: int
    read: int


@dataclass(frozen=True, slots=True)
class CameReport:
    """A report that came in."""

    name: str
    title: str
    pieces: int


@dataclass(frozen=True, slots=True)
class JobPage:
    """One job: how far it is, what came of it, what was amiss.

    Attributes:
        stage: What is being done, in words.
        percent: How far that is, from 1 to 100; None where it is not known.
        stopping: Whether somebody has cancelled it, and it ends with the piece of work that it is at.
        unread: Reports that wait to be read.
        undone: Records that were rejected, where it undid another job (`undid`).
        sheet: The spreadsheet that it imported, and how many of its rows were in error (`wrong_rows`).
        failed: Why it failed, where it did.
        troubles: What was amiss, this part of it; `amiss` is how many there are in all.
    """

    template: ClassVar[str] = "intake/job.html"
    line: Line
    stage: str
    percent: int | None
    stopping: bool
    came: tuple[Came, ...]
    unread: int
    failed: str
    amiss: int
    troubles: tuple[Trouble, ...]
    reports: tuple[CameReport, ...]
    more_reports: int
    part: Any
    open: bool
    may_resume: bool
    may_undo: bool
    undone: int
    undid: int | None
    sheet: int | None
    wrong_rows: int


@asks(part=(int, "Which page of the list, from 1."))
def jobs_of_case(request: HttpRequest, case: Case) -> JobsPage:
    """The background work of a case."""
    part = Paginator(_mine(request, case), 50).get_page(request.GET.get("part"))
    return JobsPage(tuple(map(_line, part)), part)


def lines(request: HttpRequest, case: Case, *, most: int) -> tuple[Line, ...]:
    """The last jobs of a case that this person may see."""
    return tuple(map(_line, _mine(request, case)[:most]))


@asks(part=(int, "Which page of what was wrong, from 1."))
def job(request: HttpRequest, case: Case, job: int) -> JobPage:
    """One job."""
    found = one(request, case, job)
    told = jobs.told(found)
    part = Paginator(range(found.amiss.count()), _AT_ONCE).get_page(request.GET.get("part"))
    reports, more = _reports(case, found)
    state = found.state
    return JobPage(
        line=_line(found),
        stage=str(STAGES.get(found.stage, "")),
        percent=(min(100, 100 * found.done // found.total) or None) if found.total else None,
        stopping=found.open and found.stop_asked,
        came=() if found.kind == "undo" else tuple(_came(case, found, told.get("seen", {}))),
        unread=found.unread.count(),
        failed=saying.failure(told.get("failed", "")),
        amiss=part.paginator.count,
        troubles=tuple(map(saying.trouble, troubles.told(found, start=max(0, part.start_index() - 1), most=_AT_ONCE))),
        reports=reports,
        more_reports=more,
        part=part,
        open=found.open,
        may_resume=state in (Job.State.FAILED, Job.State.CANCELLED),
        may_undo=not found.open and found.kind != "undo" and Right.REVIEW in request.rights and found.brought.exists(),
        undone=int(told.get("undone", 0)),
        undid=jobs.asked(found).get("job"),
        sheet=told.get("sheet"),
        wrong_rows=int(told.get("wrong", 0)),
    )


def stop(request: HttpRequest, case: Case, job: int) -> Any:
    """Ask for a job to end. What it did stays."""
    found = one(request, case, job)
    if found.open:
        jobs.stop(found)
    return redirect("job", case=case.slug, job=found.pk)


def resume(request: HttpRequest, case: Case, job: int) -> Any:
    """Go on with a job that was cancelled or failed."""
    found = one(request, case, job)
    if found.state in (Job.State.FAILED, Job.State.CANCELLED):
        jobs.again(found)
    return redirect("job", case=case.slug, job=found.pk)


def undo(request: HttpRequest, case: Case, job: int) -> Any:
    """Reject everything that came with a job, in a job of its own."""
    found = one(request, case, job)
    if found.open or found.kind == "undo":
        return redirect("job", case=case.slug, job=found.pk)
    asked = jobs.ask(case, "undo", by=request.user, job=found.pk)
    return redirect("job", case=case.slug, job=asked.pk)


def one(request: HttpRequest, case: Case, number: int) -> Job:
    """A job of this case that this person may see."""
    found = get_object_or_404(Job.objects.select_related("made_by"), case=case, pk=number, kind__in=KIND_NAMES)
    if not _may_see(request, found):
        raise Http404
    return found


def _may_see(request: HttpRequest, job: Job) -> bool:
    """Who may not see reports sees what he or she handed over, and no more."""
    return Right.SEE_REPORTS in request.rights or job.made_by_id == request.user.pk


def _mine(request: HttpRequest, case: Case) -> Any:
    found = Job.objects.filter(case=case, kind__in=KIND_NAMES).select_related("made_by")
    return found if Right.SEE_REPORTS in request.rights else found.filter(made_by=request.user)


def _line(job: Job) -> Line:
    asked = jobs.asked(job)
    named = [str(each.get("name", "")) for each in asked.get("files", [])]
    files = ", ".join(named[:3]) + (" …" if len(named) > 3 else "")
    by = job.made_by.username if job.made_by else ""
    kind = str(KIND_NAMES.get(job.kind, job.kind))
    state = Job.State(job.state)
    return Line(job.pk, kind, state.value, str(state.label), files, by, job.made_at, job.done, job.total)


def _came(case: Case, job: Job, seen: dict[str, int]) -> list[Came]:
    """What came with a job: counted in the ledger, so that what was done twice is counted once."""
    new: Counter[str] = Counter()
    read: Counter[str] = Counter()
    for each in job.brought.all():
        entries = Entry.objects.filter(case=case, number__range=(each.first, each.last)).order_by()
        counts = dict(entries.values_list("record").annotate(Count("id")))
        (read if each.read else new).update(counts)
    kinds = [kind for kind in ("report", "claim", "mention", "decision") if new[kind] or read[kind] or seen.get(kind)]
    return [Came(kind, new[kind], max(0, seen.get(kind, 0) - new[kind]), read[kind]) for kind in kinds]


def _title(case: Case, source: Source) -> str:
    """What a report is called; one without a title by its first words."""
    if title := summary(source)["title"]:
        return title
    report = opened(case, source.name)
    return beginning(report.text) if report else ""


def _reports(case: Case, job: Job) -> tuple[tuple[CameReport, ...], int]:
    """The first reports that came with a job, and how many more there are."""
    found: list[CameReport] = []
    count = 0
    for each in job.brought.filter(read=False):
        sources = Source.objects.filter(case=case, number__range=(each.first, each.last)).order_by("number")
        count += sources.count()
        for source in sources[: _REPORTS - len(found)]:
            found.append(CameReport(source.name, _title(case, source), source.pieces))
    return tuple(found), count - len(found)
