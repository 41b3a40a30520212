"""All addresses. Those of a case begin with its name; each room has its own list."""

from django.urls import path

from . import cases, entering, live, speaking
from .accounts import urls as accounts
from .board import urls as board
from .forgetting import urls as forgetting
from .hotline import urls as hotline
from .house.rights import Right, Site
from .intake import urls as intake
from .pages import case_path, site_path
from .people import urls as people
from .reading import urls as reading

urlpatterns = [
    site_path("", cases.cases, "cases", may=Site.SIGNED_IN),
    site_path("new/", cases.new_case, "new-case", may=Site.OWNER, methods=("GET", "POST")),
    site_path("enter/<str:token>/", entering.enter, "enter", may=Site.ANYONE, methods=("GET", "POST")),
    site_path("healthy/", cases.healthy, "healthy", may=Site.ANYONE),
    path("i18n/setlang/", speaking.choose, name="set_language"),
    *accounts.urlpatterns,
    case_path("live/", live.live, "live", may=Right.SEE_BOARD),
    *board.urlpatterns,
    *hotline.urlpatterns,
    *intake.urlpatterns,
    *reading.urlpatterns,
    *people.urlpatterns,
    *forgetting.urlpatterns,
]

handler404 = "atleast.web.cases.not_found"
handler400 = "atleast.web.limits.bad_request"
handler500 = "atleast.web.cases.broken"
