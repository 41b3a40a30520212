"""Addresses of this room."""

from atleast.web.house.rights import Right, Site
from atleast.web.pages import case_path, site_path

from . import views

urlpatterns = [
    site_path("pictures.css", views.pictures, "pictures", may=Site.ANYONE),
    case_path("", views.board, "board", may=Right.SEE_BOARD),
    case_path("places/", views.places, "places", may=Right.SEE_BOARD),
    case_path("places/<str:key>/", views.row, "row", may=Right.SEE_BOARD),
    case_path("contradictions/", views.contradictions, "contradictions", may=Right.SEE_BOARD),
    case_path("contradictions/<str:key>/", views.contradiction, "contradiction", may=Right.SEE_BOARD),
    case_path("revisions/", views.revisions, "revisions", may=Right.SEE_BOARD),
    case_path("seen/", views.seen, "seen", may=Right.SEE_BOARD, methods=("POST",)),
]
