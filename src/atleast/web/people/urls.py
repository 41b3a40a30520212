"""Addresses of this room."""

from atleast.web.house.rights import Right
from atleast.web.pages import case_path

from . import listing, person_pages, searches, sources

_BOTH, _POST = ("GET", "POST"), ("POST",)
_PERSON = "people/<str:mention>/"

urlpatterns = [
    case_path("sources/", sources.sources, "sources", may=Right.SEE_REPORTS),
    case_path("sources/<str:source>/", sources.source, "source", may=Right.SEE_REPORTS),
    case_path("search/", searches.search_page, "search", may=Right.SEE_BOARD, methods=_BOTH),
    case_path("people/", listing.people, "people", may=Right.SEE_PEOPLE, audited="saw the people"),
    case_path("people/export/", listing.export, "people-export", may=Right.EXPORT),
    case_path(_PERSON, person_pages.person, "person", may=Right.SEE_PEOPLE, audited="saw a person"),
    case_path(f"{_PERSON}judge/", person_pages.judge, "person-judge", may=Right.LINK_PEOPLE, methods=_POST),
    case_path(f"{_PERSON}undo/<str:decision>/", person_pages.undo, "person-undo", may=Right.LINK_PEOPLE, methods=_POST),
    case_path(
        f"{_PERSON}contacts/",
        person_pages.contacts_page,
        "person-contacts",
        may=Right.SEE_CONTACTS,
        audited="saw contact details",
    ),
]
