"""Erasing a person, in two steps: first what will happen, then that it happens, in the background."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atleast.model import BadRecord
from atleast.web import jobs
from atleast.web.house.models import Case, Job
from atleast.web.intake.saying import failure
from atleast.web.pages import answered, note

from .doing import KIND, busy
from .planning import Called, Plan, plan

STAGES = {
    "wait": gettext_lazy("waiting until other work in this case has ended"),
    "forget": gettext_lazy("looking for the name in every record"),
    "files": gettext_lazy("looking for the name in the kept files"),
    "write": gettext_lazy("erasing"),
    "finish": gettext_lazy("erasing files, and writing the database anew"),
}


@dataclass(frozen=True, slots=True)
class ForgetPage:
    """What erasing the person of these mentions changes, before anything is.

    Attributes:
        mentions: Those to be erased.
        called: Others of somebody who is called so.
        found: The words that will be covered, as they are written, and how often.
        spared: Names of other people that stay.
        reports: So many reports have words covered; claims, other mentions and decisions say them.
        claims: As above.
        others: As above.
        decisions: As above.
        in_title: Whether the name stands in the title of the case.
        files: How many kept files are erased with these reports.
        sheets: How many spreadsheets wait and are dropped.
        refused: Why it cannot be done now.
    """

    template: ClassVar[str] = "forgetting/forget.html"
    mentions: tuple[Called, ...]
    called: tuple[Called, ...]
    found: tuple[tuple[str, int], ...]
    spared: tuple[str, ...]
    reports: int
    claims: int
    others: int
    decisions: int
    in_title: bool
    files: int
    sheets: int
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


def forget(request: HttpRequest, case: Case, mention: str) -> ForgetPage:
    """What erasing the person of this mention changes; asked for once more, it is done."""
    chosen = [mention, *(request.POST if request.method == "POST" else request.GET).getlist("also")]
    chosen = list(dict.fromkeys(chosen))
    try:
        planned = plan(case, chosen, _unseen)
    except BadRecord as wrong:
        raise Http404 from wrong
    if request.method != "POST" or "sure" not in request.POST:
        return _page(planned)
    return _asked(request, case, planned)


def _asked(request: HttpRequest, case: Case, planned: Plan) -> Any:
    if busy(case, None):
        refused = _("An import or other work goes on in this case. Wait until it has ended, then erase the person.")
        return answered(request, _page(planned, refused), 409)
    mentions = [each.mention for each in planned.mentions]
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
        percent=min(100, 100 * job.done // job.total) if job.total else None,
        open=job.open,
        may_go_on=state in _ENDED,
        failed=failure(told.get("failed", "")),
        decision=str(told.get("decision", "")),
        changed=int(told.get("changed", 0)),
        files=len(told.get("files", ())),
        places=int(told.get("places", 0)),
        left=tuple(told.get("left", ())),
    )


def _page(plan: Plan, refused: str = "") -> ForgetPage:
    return ForgetPage(
        mentions=plan.mentions,
        called=plan.called,
        found=plan.found,
        spared=plan.spared,
        reports=plan.reports,
        claims=plan.claims,
        others=plan.others,
        decisions=plan.decisions,
        in_title=plan.in_title,
        files=plan.files,
        sheets=plan.sheets,
        refused=refused,
    )


def _unseen(stage: str, done: int, total: int) -> None:
    """Nobody looks at how far it is."""
