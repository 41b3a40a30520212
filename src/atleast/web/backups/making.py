"""Making a backup while the desk runs, and proving it right afterwards."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from atleast.model import Stopped
from atleast.web.house.models import Case
from atleast.web.ledger.models import Entry

from . import lines
from .restoring import proved
from .sealing import Opener, recipients, write

Progress = Callable[[str, int, int], None]
_NAME = "desk-%Y-%m-%dT%H%M%SZ.backup"
_LIKE = "desk-????-??-??T??????Z.backup"
_SETTINGS = ("ATLEAST_HOSTS", "ATLEAST_HTTPS", "ATLEAST_FORCE_MFA")


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and proved.

    Attributes:
        path: Where it lies.
        size: In bytes.
        counts: Rows by table, and files.
        links: The last link of each case's ledger, in hex, by the name of the case.
    """

    path: Path
    size: int
    counts: dict[str, int]
    links: dict[str, str]


def named(folder: Path, at: datetime | None = None) -> Path:
    """What a backup made now is called in a folder."""
    return folder / (at or datetime.now(UTC)).strftime(_NAME)


def prune(folder: Path, keep: int) -> list[Path]:
    """Take away all but the newest backups of a folder, by their names. Returns those that are gone."""
    old = sorted(folder.glob(_LIKE))[: -keep or None]
    for path in old:
        path.unlink()
    return old


def make(path: Path, *, to: Sequence[str] = (), passphrase: str = "", progress: Progress) -> Backup:
    """Write a backup of the desk and prove it: open it again, count it, and go along the chains of its ledgers.

    Nothing of it is ever on the disk in the clear. A file of that name is replaced once the new one is proved.

    Args:
        to: age recipients who can open it.
        passphrase: What opens it, instead or as well.

    Raises:
        Stopped: The database belongs to another version of the desk, the disk is full, or what was written is not
            what stands in the desk.
    """
    part = path.with_name(path.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "r+b") as out:
            identity = write(out, _all(progress), recipients(to), passphrase)
            out.flush()
            os.fsync(out.fileno())
        found = proved(part, Opener(identity), progress)
        if found.troubles:
            raise Stopped("the backup is not in order", value=str(found.troubles[0]), remedy="Run atleast check")
        part.replace(path)
    except OSError as wrong:
        raise Stopped("the backup cannot be written", file=str(path), value=wrong.strerror) from wrong
    finally:
        part.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size, found.counts, found.links)


def _all(progress: Progress) -> Iterator[bytes]:
    with lines.one_moment():
        total = Entry.objects.count()
        counts: Counter[str] = Counter()
        yield lines.line({"head": _head()})
        for model in lines.kept():
            label = model._meta.label_lower
            yield lines.line({"table": label, "columns": [f.attname for f in model._meta.concrete_fields]})
            for row in lines.rows(model):
                counts[label] += 1
                if label == "ledger.entry":
                    progress("backup", counts[label], total)
                yield lines.line(row)
        yield from _files(counts)
        yield lines.line({"end": dict(counts)})


def _files(counts: Counter[str]) -> Iterator[bytes]:
    folder = Path(settings.ATLEAST_FOLDER.files)
    for path in sorted(folder.glob("*/*")):
        if path.suffix == ".part":
            continue
        name, there = path.relative_to(folder).as_posix(), False
        for piece in lines.pieces(path):
            yield lines.line({"file": name, "part": piece})
            there = True
        counts["files"] += there


def _head() -> dict[str, Any]:
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes()
    if executor.migration_plan(newest):
        raise Stopped("the database is older than this atleast", remedy="Start the desk once, then make the backup")
    return {
        "atleast": version("atleast"),
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": [list(node) for node in newest],
        "settings": {name: os.environ[name] for name in _SETTINGS if os.environ.get(name)},
        "key": settings.ATLEAST_KEY.hex(),
        "entries": Entry.objects.count(),
        "cases": {str(case.pk): case.slug for case in Case.objects.all()},
    }
