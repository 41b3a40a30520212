"""That whoever does a job lives: said every few seconds from a thread beside the work, which may be one long step.

On SQLite it is said by the time of an empty file. The work may hold the database for minutes, with a long transaction
or while it is written anew; who would say it in the database waits as long. All who work on it share one machine. On
PostgreSQL, where workers may be on several, it is said in the row of the job.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection
from django.utils import timezone

if TYPE_CHECKING:
    from .house.models import Job


def beat(job: "Job") -> None:
    """Say that a job is being done.

    Raises:
        DatabaseError: It could not be said now; the next beat says it.
        OSError: As above.
    """
    if connection.vendor == "sqlite":
        _file(job).touch()
    else:
        type(job).objects.filter(pk=job.pk, tries=job.tries).update(alive_at=timezone.now())


def heard(job: "Job") -> datetime | None:
    """When it was last said that a job is being done; None where it never was."""
    try:
        beaten = datetime.fromtimestamp(_file(job).stat().st_mtime, UTC)
    except OSError:
        return job.alive_at
    return max(beaten, job.alive_at or beaten)


def still(job: "Job") -> None:
    """Leave nothing of it once the job has ended."""
    _file(job).unlink(missing_ok=True)


def _file(job: "Job") -> Path:
    folder: Path = settings.ATLEAST_FOLDER.path / "working"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"{job.pk}-{job.tries}"
