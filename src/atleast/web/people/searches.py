"""The page that looks for people, claims and reports. What is looked for stands in no address and is kept nowhere."""

from dataclasses import dataclass
from typing import ClassVar

from django.http import HttpRequest

from atleast.web import jobs
from atleast.web.house.models import Case, Job
from atleast.web.house.rights import Right

from .index import outdated
from .searching import Results, search

LONGEST = 300


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was looked for and what was found; `stale` while the index is made anew."""

    template: ClassVar[str] = "people/search.html"
    query: str
    results: Results
    asked: bool
    stale: bool


def search_page(request: HttpRequest, case: Case) -> SearchPage:
    """Look for words in names, claims and reports. The query comes by POST, so that it stands in no log or history."""
    query = request.POST.get("query", "")[:LONGEST].strip()
    rights: frozenset[Right] = request.rights
    stale = _stale(request, case)
    found = search(case, query, rights) if query else Results()
    return SearchPage(query, found, bool(query), stale)


def _stale(request: HttpRequest, case: Case) -> bool:
    """Whether the index was made by other tables; then it is being made anew from now on."""
    if not outdated(case):
        return False
    if not Job.objects.filter(case=case, kind="index", state__in=(Job.State.WAITING, Job.State.RUNNING)).exists():
        jobs.ask(case, "index", by=request.user)
    return True
