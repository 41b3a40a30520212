"""Addresses of this room."""

from atleast.web.house.rights import Right
from atleast.web.pages import case_path

from . import job_views, views

urlpatterns = [
    case_path("intake/", views.intake, "intake", may=Right.TAKE_IN, methods=("GET", "POST")),
    case_path("jobs/", job_views.jobs_of_case, "jobs", may=Right.TAKE_IN),
    case_path("jobs/<int:job>/", job_views.job, "job", may=Right.TAKE_IN),
    case_path("jobs/<int:job>/stop/", job_views.stop, "job-stop", may=Right.TAKE_IN, methods=("POST",)),
    case_path("jobs/<int:job>/resume/", job_views.resume, "job-resume", may=Right.TAKE_IN, methods=("POST",)),
]
