"""Erasing a person, in two steps: first what will happen, then that it happens; both in the background."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atleast.model import BadRecord
from atleast.web import jobs
from atleast.web.house.models import Case, Job
from atleast.web.intake.saying import failure
from atleast.web.pages import answered, note

from . import looking
from .doing import KIND, busy
from .looking import Looked
from .planning import Plan, meant

STAGES = {
    "wait": gettext_lazy("waiting until other work in this case has ended"),
    "forget": gettext_lazy("looking for the name in every record"),
    "files": gettext_lazy("looking for the name in the kept files"),
    "write": gettext_lazy("erasing"),
    "finish": gettext_lazy("erasing files, and writing the database anew"),
}


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What erasing a person changes, before anything is; as long as it is looked up, how far that is.

    Attributes:
        stage: What is being done, in words.
        percent: How far that is, from 0 to 100; None where it is not known.
        failed: Why it could not be looked up, where it could not.
        plan: What was found; None before that.
        since: How many records came into the case since then. They are looked through when the person is erased.
        again: Where it is looked up once more.
        refused: Why it cannot be done now.
    """

    template: ClassVar[str] = "forgetting/forget.html"
    state_name: str
    stage: str
    percent: int | None
    open: bool
    failed: str
    plan: Plan | None
    since: int
    again: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class ErasingPage:
    """An erasure: how far it is, and what was done.

    Attributes:
        stage: What is being done, in words.
        percent: How far that is, from 0 to 100; None where it is not known.
        failed: Why it failed, where it did.
        may_go_on: Whether it ended before anything was erased, and may be begun again.
        decision: The tombstone: the id of the decision that says that somebody was erased.
        changed: How many records had words covered.
        files: How many kept files were erased.
        places: From how many other places the person was taken.
        left: What could not be done, in sentences.
    """

    template: ClassVar[str] = "forgetting/erasing.html"
    job: int
    state: str
    state_name: str
    stage: str
    percent: int | None
    open: bool
    may_go_on: bool
    failed: str
    decision: str
    changed: int
    files: int
    places: int
    left: tuple[str, ...]


def forget(request: HttpRequest, case: Case, mention: str) -> Any:
    """Look up what erasing the person of this mention changes, and of those named by `also`."""
    chosen = list(dict.fromkeys([mention, *request.GET.getlist("also")]))
    try:
        meant(case, chosen)
    except BadRecord as wrong:
        raise Http404 from wrong
    return redirect("forget-plan", case=case.slug, job=looking.ask(case, chosen, by=request.user).pk)


def planned(request: HttpRequest, case: Case, job: int) -> PlanPage:
    """What erasing a person changes; asked for once more, with `sure`, it is done."""
    found = get_object_or_404(Job, case=case, pk=job, kind=looking.KIND)
    looked = looking.looked(found)
    mentions = jobs.asked(found).get("mentions")
    if not mentions or (looked is None and found.state == Job.State.DONE):
        raise Http404
    page: Any = _planned(found, case, mentions, looked)
    if looked and request.method == "POST" and "sure" in request.POST:
        page = _asked(request, case, mentions, page)
    elif looked:
        note(request, "saw a person", page="forget-plan", about=mentions[0])
    return page


def _planned(job: Job, case: Case, mentions: list[str], looked: Looked | None) -> PlanPage:
    first, *more = mentions
    also = urlencode({"also": more}, doseq=True)
    return PlanPage(
        state_name=str(Job.State(job.state).label),
        stage=str(STAGES.get(job.stage, "")),
        percent=_percent(job),
        open=job.open,
        failed=failure(jobs.told(job).get("failed", "")),
        plan=looked.plan if looked else None,
        since=case.number - looked.number if looked else 0,
        again=reverse("forget", args=(case.slug, first)) + (f"?{also}" if also else ""),
    )


def _percent(job: Job) -> int | None:
    return min(100, 100 * job.done // job.total) if job.total else None


def _asked(request: HttpRequest, case: Case, mentions: list[str], page: PlanPage) -> Any:
    if busy(case, None):
        refused = _("An import or other work goes on in this case. Wait until it has ended, then erase the person.")
        return answered(request, replace(page, refused=refused), 409)
    note(request, "asked to erase a person", page="forget", about=mentions[0], count=len(mentions))
    job = jobs.ask(case, KIND, by=request.user, mentions=mentions)
    return redirect("erasing", case=case.slug, job=job.pk)


def erasing(request: HttpRequest, case: Case, job: int) -> ErasingPage:
    """How far an erasure is. `do=stop` ends it before anything is erased, `do=again` begins it once more."""
    found = get_object_or_404(Job, case=case, pk=job, kind=KIND)
    match request.POST.get("do"):
        case "stop" if found.open:
            jobs.stop(found)
        case "again" if found.state in _ENDED:
            jobs.again(found)
    if request.method == "POST":
        answer: Any = redirect("erasing", case=case.slug, job=job)
        return answer
    return _how_far(found)


_ENDED = (Job.State.FAILED, Job.State.CANCELLED)


def _how_far(job: Job) -> ErasingPage:
    told = jobs.told(job)
    state = Job.State(job.state)
    return ErasingPage(
        job=job.pk,
        state=state.value,
        state_name=str(state.label),
        stage=str(STAGES.get(job.stage, "")),
        percent=_percent(job),
        open=job.open,
        may_go_on=state in _ENDED,
        failed=failure(told.get("failed", "")),
        decision=str(told.get("decision", "")),
        changed=int(told.get("changed", 0)),
        files=len(told.get("files", ())),
        places=int(told.get("places", 0)),
        left=tuple(told.get("left", ())),
    )
