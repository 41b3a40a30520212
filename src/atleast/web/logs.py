"""What may stand in a log: where something went wrong and of what kind. Never a value, never a name of a person."""

import logging
import traceback

_QUIET = ("django.request", "django.security", "django.server", "uvicorn", "django_tasks", "atleast", "asyncio")


class NoBodies(logging.Filter):
    """Takes out of each line what the data might have put there: the words of an exception, paths, arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info:
            kind, _, trace = record.exc_info
            places = (f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(trace))
            record.msg = f"{kind.__name__ if kind else 'error'} at {' < '.join(reversed(list(places)))}"
            record.args, record.exc_info, record.exc_text = (), None, None
        elif record.name.startswith("django.request"):
            # An address may hold what somebody looked for.
            record.msg, record.args = f"status {getattr(record, 'status_code', '?')}", ()
        elif not record.name.startswith(_QUIET):
            record.args = ()
        return True
