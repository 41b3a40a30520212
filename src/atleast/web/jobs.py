"""Work in the background: asked for in one process, done in another, told of while it lasts, and done once.

A `Job` is a row that outlives whoever does it. The queue carries only its number, so nothing that names people stands
in it. A job whose process was killed is taken up again; so each kind of work must be one that may be begun twice.
Whoever does a job says every few seconds that he lives, from a thread beside the work: one step of it may take minutes.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import F, QuerySet
from django.db.models.signals import pre_save
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from atleast.model import AtleastError, Trouble

from . import pulse
from .house.models import Account, Case, Job
from .vault import vault

Work = Callable[["Doing"], None]

KINDS: dict[str, Work] = {}
"""What each kind of job does; rooms put theirs here when they are made ready."""
AT_START: list[Callable[[], None]] = []
"""What asks for jobs that are due when a desk starts; rooms put theirs here."""
QUEUES = {"reckon": "reckon"}
"""The queue of a kind, where it is not the common one: short work does not wait behind long work."""


def _without_words(sender: object, instance: Any, **_: object) -> None:
    """What the queue keeps of work that broke: that it did, and not the words of the exception."""
    instance.traceback = ""


pre_save.connect(_without_words, sender=DBTaskResult)

_log = logging.getLogger("atleast.jobs")
_KEPT = timedelta(days=1)
_TOLD_EVERY = 0.3
_BEAT_EVERY = 5.0
"""Seconds; a job that nobody speaks for during six of these is taken up by somebody else (`Job.orphaned`)."""


class Cancelled(Exception):
    """Somebody asked for the job to end, or another process does it by now."""


class Doing:
    """A job while it is done: what was asked, and where to say how far it is."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.case: Case = job.case
        self.asked: dict[str, Any] = asked(job)
        self._said = 0.0

    @property
    def by(self) -> str:
        """The handle of who asked for it."""
        return self.job.made_by.username if self.job.made_by else ""

    def step(self, stage: str, done: int, total: int) -> None:
        """Say how far the work is.

        Raises:
            Cancelled: Somebody asked for it to end, or it was taken up by another process while this one was frozen.
                What was written so far stays.
        """
        now = time.monotonic()
        if now - self._said < _TOLD_EVERY and done != total:
            return
        self._said = now
        mine = _mine(self.job)
        here = mine.update(stage=stage, done=done, total=total, alive_at=timezone.now())
        if not here or mine.filter(stop_asked=True).exists():
            raise Cancelled

    def resumed(self) -> dict[str, Any]:
        """What came of it when it was begun before. What it failed by then is not told any more."""
        before = told(self.job)
        before.pop("failed", None)
        self.tell(**before)
        return before

    def tell(self, **told: Any) -> None:
        """Keep what came of it, sealed."""
        self.job.told = _sealed(self.job, told)
        _mine(self.job).update(told=self.job.told)


def ask(case: Case, kind: str, *, by: Account | None, after: datetime | None = None, **wanted: Any) -> Job:
    """Ask for a job to be done; it begins once this transaction is written, and not before that moment."""
    if kind not in KINDS:
        raise ValueError(f"no job of this kind: {kind}. Known are {', '.join(KINDS)}")
    with transaction.atomic():
        job = Job.objects.create(case=case, kind=kind, made_by=by)
        job.asked = _sealed(job, wanted)
        job.save(update_fields=["asked"])
        transaction.on_commit(lambda: _enqueue(job, after))
    return job


def again(job: Job) -> None:
    """Take up a job that failed, was cancelled or was left by its process; what it did already is not done twice."""
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, stop_asked=False, alive_at=None, ended_at=None)
    _enqueue(job)


def stop(job: Job) -> None:
    """Ask for a job to end; one that has not begun ends at once."""
    Job.objects.filter(pk=job.pk).update(stop_asked=True)
    Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(state=Job.State.CANCELLED, ended_at=timezone.now())


def asked(job: Job) -> dict[str, Any]:
    return _opened(job, job.asked)


def told(job: Job) -> dict[str, Any]:
    """What came of a job, as far as it is known."""
    return _opened(job, job.told)


def take_up_orphans() -> int:
    """Take up the jobs whose process was killed. Returns how many there were."""
    left = [job for job in Job.objects.filter(state=Job.State.RUNNING) if job.orphaned]
    return sum(map(_taken_up, left))


@transaction.atomic
def _taken_up(job: Job) -> bool:
    """Whether it was left to us: whoever did it may have said something while we waited for the database."""
    as_seen = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, tries=job.tries, alive_at=job.alive_at)
    taken = job.orphaned and bool(as_seen.update(state=Job.State.WAITING, alive_at=None))
    if taken:
        _enqueue(job)
    return taken


def waiting(queues: Sequence[str]) -> bool:
    """Whether there is work to do in one of these queues."""
    close_old_connections()
    return bool(DBTaskResult.objects.ready().filter(queue_name__in=queues).exists())


def forget_old() -> None:
    """Drop what the queue remembers of work that ended; the jobs themselves stay."""
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - _KEPT).delete()


def _enqueue(job: Job, after: datetime | None = None) -> None:
    do.using(queue_name=QUEUES.get(job.kind, "intake"), run_after=after).enqueue(job.pk)


@task(queue_name="intake")
def do(number: int) -> None:
    """Do a job, if nobody else does it."""
    begun = {"state": Job.State.RUNNING, "alive_at": timezone.now(), "stage": "", "done": 0, "total": 0}
    mine = Job.objects.filter(pk=number, state=Job.State.WAITING).update(**begun, tries=F("tries") + 1)
    if mine:
        _done(Job.objects.select_related("case", "made_by").get(pk=number))


def _done(job: Job) -> None:
    doing = Doing(job)
    try:
        with _beating(job):
            KINDS[job.kind](doing)
        state = Job.State.DONE
    except Cancelled:
        state = Job.State.CANCELLED
    except AtleastError as wrong:
        doing.tell(**told(job) | {"failed": asdict(Trouble.of(wrong))})
        state = Job.State.FAILED
    except Exception as wrong:
        # Its words may hold what was being read: where it happened is enough, and goes nowhere but here.
        doing.tell(**told(job) | {"failed": type(wrong).__name__})
        _log.exception("a job of kind %s failed", job.kind)
        state = Job.State.FAILED
    _mine(job).update(state=state, ended_at=timezone.now())


def _mine(job: Job) -> QuerySet[Job]:
    """The job, as long as nobody else has begun it since."""
    return Job.objects.filter(pk=job.pk, tries=job.tries)


@contextmanager
def _beating(job: Job) -> Iterator[None]:
    """Within this it is said, again and again, that the job is being done."""
    ended = threading.Event()
    threading.Thread(target=_beat, args=(job, ended), daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        pulse.still(job)


def _beat(job: Job, ended: threading.Event) -> None:
    while not ended.wait(_BEAT_EVERY):
        try:
            pulse.beat(job)
        except (DatabaseError, OSError):
            _log.warning("a job could not say that it is being done")  # the next beat says it
        finally:
            connection.close()


def _sealed(job: Job, words: dict[str, Any]) -> bytes:
    return vault().seal_json(words, of=f"job {job.pk}")


def _opened(job: Job, sealed: bytes) -> dict[str, Any]:
    if not sealed:
        return {}
    found: dict[str, Any] = vault().unseal_json(sealed, of=f"job {job.pk}")
    return found
