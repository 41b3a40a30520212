"""Addresses of this room."""

from atleast.web.house.rights import Right
from atleast.web.pages import case_path

from . import exporting, job_views, sheet_views, views

urlpatterns = [
    case_path("intake/", views.intake, "intake", may=Right.TAKE_IN, methods=("GET", "POST")),
    case_path("intake/sheets/<int:sheet>/", sheet_views.sheet, "sheet", may=Right.TAKE_IN, methods=("GET", "POST")),
    case_path("intake/sheets/<int:sheet>/errors.csv", sheet_views.errors, "sheet-errors", may=Right.TAKE_IN),
    case_path("jobs/", job_views.jobs_of_case, "jobs", may=Right.TAKE_IN),
    case_path("jobs/<int:job>/", job_views.job, "job", may=Right.TAKE_IN),
    case_path("jobs/<int:job>/stop/", job_views.stop, "job-stop", may=Right.TAKE_IN, methods=("POST",)),
    case_path("jobs/<int:job>/resume/", job_views.resume, "job-resume", may=Right.TAKE_IN, methods=("POST",)),
    case_path("jobs/<int:job>/undo/", job_views.undo, "job-undo", may=Right.REVIEW, methods=("POST",)),
    case_path("export/", exporting.export, "export", may=Right.EXPORT),
    case_path("export/records.jsonl", exporting.wire, "export-wire", may=Right.EXPORT),
    case_path("export/claims.csv", exporting.claims, "export-claims", may=Right.EXPORT),
    case_path("export/mentions.csv", exporting.mentions, "export-mentions", may=Right.EXPORT),
]
