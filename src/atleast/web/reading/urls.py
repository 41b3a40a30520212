"""Addresses of this room."""

from atleast.web.house.rights import Right
from atleast.web.pages import case_path

from . import bulk, correcting, examples, lists, views

_BOTH = ("GET", "POST")

urlpatterns = [
    case_path("reports/", lists.reports, "reports", may=Right.SEE_REPORTS),
    case_path("reports/waiting/", lists.waiting, "waiting", may=Right.SEE_REPORTS, audited="saw what waits"),
    case_path("reports/bulk/", bulk.bulk, "bulk", may=Right.REVIEW, methods=_BOTH),
    case_path("reports/undo/<str:decision>/", bulk.undo, "undo", may=Right.REVIEW, methods=_BOTH),
    case_path("reports/<str:report>/", views.report, "report", may=Right.SEE_REPORTS),
    case_path("reports/<str:report>/decide/", views.decided, "decide", may=Right.REVIEW, methods=("POST",)),
    case_path("reports/<str:report>/bulk/", bulk.bulk, "bulk-report", may=Right.REVIEW, methods=_BOTH),
    case_path("reports/<str:report>/add/", correcting.added, "add", may=Right.REVIEW, methods=_BOTH),
    case_path("reports/<str:report>/merge/", correcting.merge, "merge", may=Right.REVIEW, methods=_BOTH),
    case_path("reports/<str:report>/example/", examples.example, "example", may=Right.EXPORT, methods=_BOTH),
    case_path("reports/<str:report>/<str:piece>/edit/", correcting.edit, "edit", may=Right.REVIEW, methods=_BOTH),
    case_path("reports/<str:report>/<str:piece>/split/", correcting.split, "split", may=Right.REVIEW, methods=_BOTH),
]
