"""What a transaction leaves behind: freed pages, the write-ahead log, words in memory. And other processes' memory."""

import functools
import gc
import threading
import time
from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Max

_EVERY = 3.0
_TRIES, _BETWEEN = 50, 0.2

caches: list[Callable[[], object]] = []
"""What else keeps words in memory: called when somebody was erased."""


def forget_words() -> None:
    """Empty every cache of this process that keeps words of texts: those that hold only so many."""
    # What was frozen, to be passed over by the collector, is passed over by `get_objects`, too.
    gc.unfreeze()
    for found in gc.get_objects():
        if type(found) is functools._lru_cache_wrapper and _ours(found):
            found.cache_clear()
    for clear in caches:
        clear()


def _ours(cache: Any) -> bool:
    return cache.cache_parameters()["maxsize"] is not None and str(cache.__module__).startswith("atleast.")


def watch() -> None:
    """Begin to empty this process's caches whenever another one erased somebody. For as long as the process lives."""
    threading.Thread(target=_watching, daemon=True).start()


def _watching() -> None:
    seen = _latest()
    while True:
        time.sleep(_EVERY)
        now = _latest()
        if now is not None and now != seen:
            forget_words()
        seen = seen if now is None else now


def _latest() -> int | None:
    """The last erasure that anybody made; None where the database does not answer."""
    from .models import Trace

    try:
        return int(Trace.objects.aggregate(last=Max("pk"))["last"] or 0)
    except DatabaseError:
        return None
    finally:
        close_old_connections()


def overwrite() -> list[str]:
    """See to it that what was erased is in none of the database's files. Returns what could not be done.

    Within a transaction there is nothing to be done yet.
    """
    if connection.in_atomic_block:
        return []
    return _sqlite() if connection.vendor == "sqlite" else _postgresql()


def _sqlite() -> list[str]:
    with connection.cursor() as cursor:
        try:
            cursor.execute("VACUUM")
        except DatabaseError:
            return ["The database could not be written anew, since others were using it. Run atleast forget --finish."]
        for _ in range(_TRIES):
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_rest = cursor.fetchone()
            if not busy:
                return []
            time.sleep(_BETWEEN)
    return ["The file desk.sqlite3-wal still holds what was erased. Stop the desk and run atleast forget --finish."]


def _postgresql() -> list[str]:
    left = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            try:
                cursor.execute(f"VACUUM FULL {connection.ops.quote_name(model._meta.db_table)}")
            except DatabaseError:
                left.append(f"The table {model._meta.db_table} could not be written anew: VACUUM FULL it.")
        try:
            cursor.execute("CHECKPOINT")
        except DatabaseError:
            left.append("PostgreSQL has not written its checkpoint yet; it does so within minutes.")
    return left
