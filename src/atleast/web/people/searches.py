"""The page that looks for people, claims and reports. What is looked for stands in no address and is kept nowhere."""

from dataclasses import dataclass, replace
from typing import ClassVar

from django.http import HttpRequest

from atleast.lexicon import telephones
from atleast.web.house.models import Case
from atleast.web.house.rights import Right
from atleast.web.pages import note

from .index import keep_up_to_date
from .searching import Results, calls, search

LONGEST = 300


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was looked for and what was found; `stale` while the index is made anew. `number` where a telephone number
    was typed that can be looked for among contacts, by a button."""

    template: ClassVar[str] = "people/search.html"
    query: str
    results: Results
    asked: bool
    stale: bool
    number: bool
    looked: bool


def search_page(request: HttpRequest, case: Case) -> SearchPage:
    """Look for words in names, claims and reports. The query comes by POST, so that it stands in no log or history."""
    query = request.POST.get("query", "")[:LONGEST].strip()
    rights: frozenset[Right] = request.rights
    stale = keep_up_to_date(case, request.user)
    found = search(case, query, rights) if query else Results()
    number = Right.SEE_CONTACTS in rights and telephones.one(query)
    looked = number and request.POST.get("among") == "contacts"
    if looked:
        found = replace(found, calls=calls(case, query))
        note(request, "looked for a number", page="search", count=len(found.calls))
    return SearchPage(query, found, bool(query), stale, number, looked)
