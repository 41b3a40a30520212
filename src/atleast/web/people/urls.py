"""Addresses of this room."""

from atleast.web.house.rights import Right
from atleast.web.pages import case_path

from . import searches

urlpatterns = [
    case_path("search/", searches.search_page, "search", may=Right.SEE_BOARD, methods=("GET", "POST")),
]
