"""Looking up what an erasure would change, as a job: at a hundred thousand entries it takes seconds, and nobody else's
page should wait for it. What was found is kept sealed with the job; it goes when anybody is erased who stands in it."""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from atleast.web import jobs
from atleast.web.house.models import Account, Case, Job
from atleast.web.jobs import Doing
from atleast.web.ledger.models import Entry
from atleast.web.pages import made, plain

from .planning import Plan, plan

KIND = "plan"
"""The kind of jobs that look."""
_KEPT = timedelta(hours=1)


class Looked(NamedTuple):
    """What an erasure would change, and how many entries the case had when that was looked up."""

    plan: Plan
    number: int


def ask(case: Case, mentions: list[str], *, by: Account) -> Job:
    """Ask what erasing the person of these mentions changes. What was looked up long ago is let go of."""
    here = Job.objects.filter(case=case, kind=KIND)
    here.filter(ended_at__lt=timezone.now() - _KEPT).delete()
    for job in here.filter(state__in=(Job.State.WAITING, Job.State.RUNNING), made_by=by):
        if jobs.asked(job).get("mentions") == mentions:
            return job
    return jobs.ask(case, KIND, by=by, mentions=mentions)


def work(doing: Doing) -> None:
    """Look it up, as a job; anew where somebody was erased meanwhile, who may stand in what was found. Asked are
    `mentions`.

    Raises:
        BadRecord: One of these is no mention of the case, or is erased already.
    """
    while not _looked_up(doing):
        pass


def _looked_up(doing: Doing) -> bool:
    case = doing.case
    case.refresh_from_db()
    found = plan(case, doing.asked["mentions"], doing.step)
    with transaction.atomic():
        # Who erases holds the case, too: what is kept from here on is looked through when somebody is erased.
        Case.objects.select_for_update().get(pk=case.pk)
        if Entry.objects.filter(case=case, number__gt=case.number, what="redact").exists():
            return False
        doing.tell(plan=plain(found), number=case.number)
    return True


def looked(job: Job) -> Looked | None:
    """What was found; None as long as nothing was, or where somebody was erased since who stood in it."""
    told = jobs.told(job)
    return Looked(made(Plan, told["plan"]), told["number"]) if "plan" in told else None
