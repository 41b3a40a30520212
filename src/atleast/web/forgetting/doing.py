"""Erasing a person, in one transaction; then what no transaction covers: files, the database's own files, memory."""

import gzip
import io
import json
import re
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction

from atleast.model import AtleastError, Decision, Stopped, encode
from atleast.web import files
from atleast.web.house.models import Case, Contact, Job, Kept
from atleast.web.ledger.checking import Progress
from atleast.web.ledger.models import Entry
from atleast.web.ledger.names import new
from atleast.web.ledger.writing import append, moment, sealed_as
from atleast.web.shelf.following import rebuild
from atleast.web.shelf.models import Reckoned
from atleast.web.vault import vault

from . import remains
from .models import traced
from .names import Name
from .planning import changes, name_of

Room = Callable[[Case, Name, set[str]], int]

rooms: list[Room] = []
"""What else may name people: each takes the case, the name and the ids of the records that were changed or erased,
takes the person out of what it keeps, and says from how many places. Called within the transaction."""

keepers: list[Callable[[Case], Iterable[str]]] = []
"""Which further files a room keeps for a case: a file in which the name is found is erased."""

DERIVING = frozenset({"curve", "index", "reckon", "snapshot"})
"""Kinds of jobs that add nothing to the ledger."""
_PATIENCE, _LOOK = 10.0, 0.2

_FILE = re.compile("[0-9a-f]{40}")
_MOST_READ = 200 << 20


@dataclass(slots=True)
class Erased:
    """What was done.

    Attributes:
        decision: The id of the decision that says so. It names who decided and when, and nobody else.
        changed: How many entries of the ledger were blackened.
        files: How many kept files were erased.
        places: From how many other places the person was taken: contacts, jobs, drafts.
        left: What could not be done, in sentences for a person.
    """

    decision: str
    changed: int = 0
    files: int = 0
    places: int = 0
    left: list[str] = field(default_factory=list)


def erase(case: Case, mentions: Sequence[str], *, by: str, progress: Progress) -> Erased:
    """Erase the person of these mentions from a case, and leave a tombstone: who decided it, and when.

    Raises:
        BadRecord: One of these is no mention of the case, or is erased already.
        Stopped: An import or another job goes on in this case, which might bring the name again.
    """
    _wait(case)
    with transaction.atomic():
        locked = Case.objects.select_for_update().get(pk=case.pk)
        if _busy(case):
            raise Stopped("work goes on in this case", remedy="Wait until it has ended, or cancel it")
        name = name_of(locked, mentions)
        done = Erased(_decided(locked, mentions, by))
        touched = {*mentions}
        for entry, record in list(changes(locked, mentions, name, progress)):
            done.changed += record is not None
            touched.add(entry.name)
            body = vault().seal(encode(record), of=sealed_as(entry.name)) if record else None
            Entry.objects.filter(pk=entry.pk).update(body=body, salt=None, redacted=done.decision)
        gone = _files(locked, name, touched)
        done.places = _contacts(locked, name, mentions) + _jobs(locked, name)
        done.places += sum(room(locked, name, touched) for room in rooms)
        Reckoned.objects.filter(case=locked).delete()
        traced(locked, done.decision, name.words)
        rebuild(locked, progress)
        case.number = locked.number
    done.files = len(gone)
    for file in gone:
        files.erase(file)
    remains.forget_words()
    done.left = remains.overwrite()
    return done


def _busy(case: Case) -> bool:
    """Whether something goes on that might bring the name again, or keep what it knew before: an import, a reckoning
    that has begun. A reckoning that waits will find the case without the name."""
    jobs = Job.objects.filter(case=case)
    waiting = jobs.filter(state=Job.State.WAITING).exclude(kind__in=DERIVING)
    return waiting.exists() or any(not job.orphaned for job in jobs.filter(state=Job.State.RUNNING))


def _wait(case: Case) -> None:
    """Let short work end first."""
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and not connection.in_atomic_block and _busy(case):
        time.sleep(_LOOK)


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


def opened(sealed: bytes, of: str) -> Any:
    """What was sealed, as JSON where it is; what cannot be opened holds nothing that anybody could read."""
    try:
        text = vault().unseal(sealed, of=of)
    except AtleastError:
        return ""
    try:
        return json.loads(text)
    except ValueError:
        return text


# ── Files ──


def _files(case: Case, name: Name, touched: set[str]) -> set[str]:
    """Let go of the files of reports in which the name stood, and of others that hold it. Gives those that no other
    case needs: they are to be erased."""
    kept = list(Kept.objects.filter(case=case))
    named = {each.file for each in kept if each.report in touched}
    rest = ({each.file for each in kept} | _of_jobs(case) | _of_rooms(case)) - named
    named |= {file for file in rest if _holds(file, name)}
    Kept.objects.filter(case=case, file__in=named).delete()
    return named - set(Kept.objects.filter(file__in=named).values_list("file", flat=True))


def _of_rooms(case: Case) -> set[str]:
    return set().union(*(files_of(case) for files_of in keepers))


def _of_jobs(case: Case) -> set[str]:
    """Files that a job of this case tells of, such as rows that could not be read."""
    found: set[str] = set()
    for job in Job.objects.filter(case=case):
        for sealed in (job.asked, job.told):
            found |= set(_FILE.findall(json.dumps(opened(sealed, f"job {job.pk}")))) if sealed else set()
    return found


def _holds(file: str, name: Name) -> bool:
    data = files.opened(file)
    return data is not None and any(name.holds(text) for text in _texts(data))


def _texts(data: bytes) -> Iterator[str]:
    """What can be read in a file without knowing its form: the text of it, or of the files packed in it."""
    if data[:4] == b"PK\x03\x04":
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                for member in packed.infolist():
                    with packed.open(member) as file:
                        yield from _texts(file.read(_MOST_READ))
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
            return
    elif data[:2] == b"\x1f\x8b":
        with gzip.open(io.BytesIO(data)) as file:
            yield from _texts(file.read(_MOST_READ))
    elif data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        yield data.decode("utf-16", "replace")
    else:
        yield data.decode("utf-8", "replace")
        if not data.isascii():
            yield data.decode("cp1251", "replace")
