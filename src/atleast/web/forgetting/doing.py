"""Erasing a person: what changes is looked up while others go on, then written in one transaction; then what no
transaction covers: files, the database's own files, memory."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from atleast.model import Decision, Stopped, encode
from atleast.web import files, jobs
from atleast.web.board import reckoning
from atleast.web.house.models import Account, Audit, Case, Contact, Job
from atleast.web.jobs import Doing
from atleast.web.ledger.checking import Progress
from atleast.web.ledger.models import Entry
from atleast.web.ledger.names import new
from atleast.web.ledger.reading import records
from atleast.web.ledger.writing import append, moment, sealed_as
from atleast.web.shelf.following import renew
from atleast.web.vault import vault

from . import remains
from .kept import holds, kept_files, let_go, opened
from .models import traced
from .names import Name
from .planning import Change, changes, name_of

Room = Callable[[Case, Name, set[str]], int]

rooms: list[Room] = []
"""What else may name people: each takes the case, the name and the ids of the records that were changed or erased,
takes the person out of what it keeps, and says from how many places. Called within the transaction."""

DERIVING = frozenset({"curve", "index", "plan", "reckon", "snapshot"})
"""Kinds of jobs that add nothing to the ledger."""
KIND = "forget"
"""The kind of jobs that erase."""
_PATIENCE, _LOOK = 10.0, 0.2


@dataclass(slots=True)
class Erased:
    """What was done.

    Attributes:
        decision: The id of the decision that says so. It names who decided and when, and nobody else.
        changed: How many entries of the ledger were blackened.
        files: The kept files that are erased.
        places: From how many other places the person was taken: contacts, jobs, drafts.
        left: What could not be done, in sentences for a person.
    """

    decision: str
    changed: int = 0
    files: list[str] = field(default_factory=list)
    places: int = 0
    left: list[str] = field(default_factory=list)


class Looked(NamedTuple):
    """What an erasure will change, looked up while others go on writing: as the case was with `number` entries."""

    number: int
    name: Name
    changes: tuple[Change, ...]
    files: frozenset[str]
    clean: frozenset[str]


def erase(case: Case, mentions: Sequence[str], *, by: str, progress: Progress, job: Job | None = None) -> Erased:
    """Erase the person of these mentions from a case, and leave a tombstone: who decided it, and when.

    Others go on meanwhile: what changes is looked up first, and written in one short transaction.

    Args:
        by: The handle of who decided it.
        job: The job that does it, where one does. It waits for as long as other work goes on in the case; and when
            it was killed and is begun again, what was written is not written twice.

    Raises:
        BadRecord: One of these is no mention of the case, or is erased already.
        Stopped: An import or another job goes on in this case, which might bring the name again.
    """
    while (done := _written_before(job)) is None:
        _wait(case, job, progress)
        found = _looked(case, mentions, progress)
        progress("write", 0, 0)
        with transaction.atomic():
            locked = Case.objects.select_for_update().get(pk=case.pk)
            if _written_before(job) is None and not busy(case, job):
                done = _written(locked, mentions, _caught_up(locked, mentions, found), by)
                _keep(job, done)
                case.number = locked.number
                break
    progress("finish", 0, 0)
    for file in done.files:
        files.erase(file)
    remains.forget_words()
    done.left = remains.overwrite()
    _keep(job, done)
    return done


def work(doing: Doing) -> None:
    """Erase a person, as a job. Asked are `mentions`."""
    erase(doing.case, doing.asked["mentions"], by=doing.by, progress=doing.step, job=doing.job)


def _written_before(job: Job | None) -> Erased | None:
    """What this job wrote before its process was killed."""
    told = jobs.told(Job.objects.get(pk=job.pk)) if job else {}
    return Erased(**{f.name: told[f.name] for f in fields(Erased)}) if "decision" in told else None


def _keep(job: Job | None, done: Erased) -> None:
    if job:
        Doing(job).tell(**asdict(done))


def busy(case: Case, job: Job | None) -> bool:
    """Whether something goes on that might bring the name again, or keep what it knew before: an import, a reckoning
    that has begun. A reckoning that waits will find the case without the name."""
    others = Job.objects.filter(case=case)
    if job is None:
        waiting = others.filter(state=Job.State.WAITING).exclude(kind__in=DERIVING)
        if waiting.exists():
            return True
    else:
        # What waits behind a job would wait for ever if that waited for it. Of two that erase, the first goes first.
        others = others.filter(Q(kind=KIND, pk__lt=job.pk) | ~Q(kind=KIND))
    return any(not each.orphaned for each in others.filter(state=Job.State.RUNNING))


def _wait(case: Case, job: Job | None, progress: Progress) -> None:
    """Let other work end first: for a job, however long that lasts.

    Raises:
        Stopped: It did not end.
    """
    until = time.monotonic() + _PATIENCE
    while busy(case, job):
        if not job and (connection.in_atomic_block or time.monotonic() > until):
            raise Stopped("work goes on in this case", remedy="Wait until it has ended, or cancel it")
        progress("wait", 0, 0)
        time.sleep(_LOOK)


def _looked(case: Case, mentions: Sequence[str], progress: Progress) -> Looked:
    case.refresh_from_db()
    name = name_of(case, mentions)
    found = tuple(changes(case, mentions, name, progress))
    holding: set[str] = set()
    clean: set[str] = set()
    there = sorted(kept_files(case))
    for number, file in enumerate(there, 1):
        (holding if holds(file, name) else clean).add(file)
        progress("files", number, len(there))
    return Looked(case.number, name, found, frozenset(holding), frozenset(clean))


def _caught_up(case: Case, mentions: Sequence[str], found: Looked) -> Looked:
    """The same with what came since; all anew where that says that somebody else is meant, or that one was erased."""
    since = [record for _, record in records(case, kind="decision", after=found.number)]
    name = name_of(case, mentions, after=found.number, before=found.name)
    if name != found.name or any(isinstance(each, Decision) and each.what == "redact" for each in since):
        return _looked(case, mentions, _unseen)
    more = changes(case, mentions, name, _unseen, after=found.number)
    fresh = {file for file in kept_files(case) - found.files - found.clean if holds(file, name)}
    return found._replace(changes=(*found.changes, *more), files=found.files | fresh)


def _unseen(stage: str, done: int, total: int) -> None:
    """Nobody looks: others wait for us."""


def _written(case: Case, mentions: Sequence[str], found: Looked, by: str) -> Erased:
    """Write all of it, within a transaction that holds the case."""
    done = Erased(_decided(case, mentions, by))
    for entry, record in found.changes:
        done.changed += record is not None
        entry.body = vault().seal(encode(record), of=sealed_as(entry.name)) if record else None
        Entry.objects.filter(pk=entry.pk).update(body=entry.body, salt=None, redacted=done.decision)
    renew(case, [entry for entry, _ in found.changes])
    touched = {*mentions, *(entry.name for entry, _ in found.changes)}
    done.files = sorted(let_go(case, found.files, touched))
    done.places = _contacts(case, found.name, mentions) + _jobs(case, found.name)
    done.places += sum(room(case, found.name, touched) for room in rooms)
    reckoning.forget(case)
    traced(case, done.decision, found.name.words)
    who = Account.objects.filter(username=by).first()
    Audit.objects.create(account=who, case=case, did="erased a person", page="forget", about=done.decision)
    return done


def _decided(case: Case, mentions: Sequence[str], by: str) -> str:
    last = Entry.objects.filter(case=case).latest("number").at
    at = moment(last).astimezone(case.tz).isoformat(timespec="seconds")
    decision = Decision(new("decision"), tuple(mentions), by, at, "redact")
    append(case, [decision], by=by)
    return decision.id


def _contacts(case: Case, name: Name, mentions: Iterable[str]) -> int:
    """Contacts of the person go, and every other one in which the name stands."""
    there = list(Contact.objects.filter(case=case))
    gone = [c.pk for c in there if c.about in mentions or name.holds(opened(c.sealed, f"contact {c.about}"))]
    Contact.objects.filter(pk__in=gone).delete()
    return len(gone)


def _jobs(case: Case, name: Name) -> int:
    count = 0
    for job in Job.objects.filter(case=case):
        for column in ("asked", "told"):
            sealed = getattr(job, column)
            if sealed and name.holds(opened(sealed, f"job {job.pk}")):
                setattr(job, column, b"")
                count += 1
        job.save(update_fields=["asked", "told"])
    return count
