"""What stands in a backup: rows of the database in a form that belongs to neither engine, and sealed files.

One JSON value a line: `{"head": …}`, then for each table `{"table": …, "columns": […]}` and its rows as lists, then
`{"file": …, "part": …}` for the pieces of files, and at the end `{"end": …}` with how many there were of each.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model

_PIECE = 1 << 20
_CHUNK = 2_000
_LEFT_OUT = frozenset({"auth", "contenttypes", "sessions", "shelf", "usersessions"})
"""Rooms whose tables a restored desk makes anew, or does without: the shelf, and who is signed in."""
_TABLES_LEFT_OUT = re.compile(r"accounts\.sitting|people\.(edition|member|person|posting|spelling|verdict|word)")
"""The same within other rooms: sessions, and an index that `following.rebuild` makes anew."""


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within stands as at one moment, while others go on writing."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # Not by `atomic`: a desk's transactions take the turn to write, and a reader needs none.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def kept() -> list[type[Model]]:
    """The tables that a backup holds."""
    models = apps.get_models(include_auto_created=True)
    return [
        model
        for model in models
        if model._meta.app_label not in _LEFT_OUT
        and not _TABLES_LEFT_OUT.fullmatch(model._meta.label_lower)
        and model._meta.managed
        and not model._meta.proxy
    ]


def line(value: Any) -> bytes:
    """One line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_written).encode() + b"\n"


def rows(model: type[Model]) -> Iterator[list[Any]]:
    """The rows of a table, in the order in which they were added."""
    columns = [field.attname for field in model._meta.concrete_fields]
    found = model._base_manager.order_by("pk").values_list(*columns)
    for row in found.iterator(chunk_size=_CHUNK):
        yield list(row)


def pieces(path: Path) -> Iterator[str]:
    """What a file holds, in pieces; one of no length for an empty file, none for one that was erased meanwhile."""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield b64encode(piece).decode()
            if not file.tell():
                yield ""
    except FileNotFoundError:
        return


def _written(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return b64encode(bytes(value)).decode()
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
