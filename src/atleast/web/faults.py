"""When the machinery gives out: the database is away, or the disk is full. Said plainly; nothing is half written."""

import logging
from typing import Any

from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from .pages import wants_json

_log = logging.getLogger("atleast.faults")
_AGAIN_AFTER = "5"


class Unavailable(MiddlewareMixin):
    """Answers 503, or 507 where the disk is full, in place of a page that could not reach or write its database."""

    def process_exception(self, request: HttpRequest, wrong: Exception) -> HttpResponse | None:
        if full(wrong):
            return _told(request, 507, _("The disk of the desk is full."), wrong)
        if isinstance(wrong, OperationalError | InterfaceError):
            return _told(request, 503, _("The database of the desk does not answer."), wrong)
        return None


def full(wrong: BaseException) -> bool:
    """Whether something failed because there is no room left to write."""
    if isinstance(wrong, DatabaseError):
        return "full" in str(wrong) or getattr(wrong.__cause__, "sqlstate", None) == "53100"
    return isinstance(wrong, OSError) and wrong.errno in (27, 28, 122)


def _told(request: HttpRequest, status: int, what: str, wrong: Exception) -> HttpResponse:
    """A page that needs no database itself."""
    _log.error("status %s", status, exc_info=wrong)
    answer: Any
    if wants_json(request):
        answer = JsonResponse({"error": what}, status=status)
    else:
        direction = "rtl" if translation.get_language_bidi() else "ltr"
        around = {"what": what, "language": translation.get_language() or "en", "direction": direction}
        answer = HttpResponse(render_to_string("unavailable.html", around), status=status)
    answer["Retry-After"] = _AGAIN_AFTER
    answer["Cache-Control"] = "private, no-store"
    return answer
