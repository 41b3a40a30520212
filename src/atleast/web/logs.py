"""What may stand in a log: where something went wrong and of what kind. Never a value, never a name of a person."""

import logging
import re
import sys
import threading
import traceback
from types import TracebackType

_QUIET = ("django.request", "django.security", "django.server", "uvicorn", "django_tasks", "atleast", "asyncio")

_PLACES = re.compile(r"%(\(\w+\))?[-#0 +]*\d*(\.\d+)?[a-zA-Z]")


class NoBodies(logging.Filter):
    """Takes out of each line what the data might have put there: the words of an exception, paths, arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            kind, _, trace = record.exc_info
            record.msg = _where(kind, trace)
            record.args, record.exc_info, record.exc_text = (), None, None
        elif record.name.startswith("django.request"):
            # An address may hold what somebody looked for.
            record.msg, record.args = f"status {getattr(record, 'status_code', '?')}", ()
        elif not record.name.startswith(_QUIET):
            record.msg, record.args = _PLACES.sub("…", str(record.msg)), ()
        return True


def _where(kind: type[BaseException] | None, trace: TracebackType | None) -> str:
    """What kind of thing went wrong, and where, the innermost place first; not a word of it."""
    places = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(trace)]
    return f"{kind.__name__ if kind else 'error'} at {' < '.join(reversed(places))}"


def watch_over_exceptions() -> None:
    """What ends a process or a thread is noted as everything else is: its words go nowhere."""
    log = logging.getLogger("atleast")

    def ended(kind: type[BaseException], wrong: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, KeyboardInterrupt):
            log.critical("", exc_info=(kind, wrong, trace))

    sys.excepthook = ended
    threading.excepthook = lambda told: ended(told.exc_type, told.exc_value or told.exc_type(), told.exc_traceback)
