"""The list of reports, and of what waits for a second person or is in dispute."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from atleast.model import Report
from atleast.model.vocabulary import REPORT_KINDS
from atleast.web.house.models import Case
from atleast.web.ledger.reading import named
from atleast.web.pages import PAGED, asks
from atleast.web.rows import parts
from atleast.web.shelf.models import Piece, Source
from atleast.web.shelf.pieces import summary

from .proposals import Proposal, proposal, standings
from .texts import beginning
from .words import said

_PAGE = 50
# Reports of these kinds are called by their first words where they have no title. Whoever is named in the first words
# of a call, a list or a note is seen by those who open it, which is noted.
_PUBLIC = frozenset({"news", "statement", "bulletin", "post"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Headed:
    """What stands above a report, and in its line of the list."""

    id: str
    title: str
    publisher: str
    published: str
    kind: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(Headed):
    """One report in the list.

    `title` is its first words where it has none and is of a public kind; `left` are the readings that nobody decided
    about, `disputed` those in dispute.
    """

    readings: int
    left: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that a list can be filtered by; `value` names nobody."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing that the list can be filtered by."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """The reports of a case, the newest first, in pages of 50."""

    template: ClassVar[str] = "reading/reports.html"
    lines: tuple[Line, ...]
    kinds: Filter
    publishers: Filter
    languages: Filter
    only_left: bool
    count: int
    number: int
    pages: int
    query: str
    left: int
    ready: int
    waiting: int
    disputed: int


@asks(
    kind=(tuple(REPORT_KINDS), "Which kind of report."),
    publisher=(int, "The number of a publisher, as the page tells it."),
    language=(str, "In which language: a tag such as ru."),
    left=(("1",), "Only those in which something is left to be decided."),
    **PAGED,
)
def reports(request: HttpRequest, case: Case) -> ReportsPage:
    """The reports of a case, filtered as asked."""
    every = Source.objects.filter(case=case)
    asked = {name: request.GET.get(name, "") for name in ("kind", "publisher", "language", "left")}
    pages = Paginator(_filtered(every, asked), _PAGE)
    page = pages.get_page(request.GET.get("page"))
    # One walk through one index tells all that can be chosen from.
    there = list(every.values_list("kind", "language", "publisher").annotate(last=Max("number")).order_by())
    pieces = Piece.objects.filter(case=case)
    states = dict(pieces.values_list("state").annotate(count=Count("id")).order_by())
    return ReportsPage(
        lines=_lines(case, list(page.object_list)),
        kinds=Filter("kind", _choices({kind: said("kind", kind) for kind, *_ in there if kind}, asked["kind"])),
        publishers=Filter("publisher", _choices(_publishers(every, there), asked["publisher"])),
        languages=Filter("language", _choices({word: word for _, word, *_ in there if word}, asked["language"])),
        only_left=bool(asked["left"]),
        count=pages.count,
        number=page.number,
        pages=pages.num_pages,
        query=urlencode({name: value for name, value in asked.items() if value}),
        left=states.get("proposed", 0),
        ready=pieces.filter(state="proposed", tier="A").count(),
        waiting=states.get("waiting", 0),
        disputed=states.get("disputed", 0),
    )


def _filtered(every: QuerySet, asked: Mapping[str, str]) -> QuerySet:
    found = every.filter(left__gt=0) if asked["left"] else every
    for name in ("kind", "language"):
        found = found.filter(**{name: asked[name]}) if asked[name] else found
    if asked["publisher"].isdecimal() and len(asked["publisher"]) < 20:
        found = found.filter(publisher=int(asked["publisher"]))
    return found.order_by("-number")


def _lines(case: Case, sources: list[Source]) -> tuple[Line, ...]:
    names = [source.name for source in sources]
    told = {source.name: summary(source) for source in sources}
    untitled = [each.name for each in sources if not told[each.name]["title"] and each.kind in _PUBLIC]
    begins = {name: beginning(text) for name, text in _texts(case, untitled).items()}
    counted = Piece.objects.filter(case=case, report__in=names, state="disputed").values_list("report")
    disputed = dict(counted.annotate(count=Count("id")).order_by())
    return tuple(
        _line(source, told[source.name], begins.get(source.name, ""), disputed.get(source.name, 0))
        for source in sources
    )


def _line(source: Source, told: Mapping[str, str | None], begins: str, disputed: int) -> Line:
    return Line(
        id=source.name,
        title=told["title"] or begins,
        publisher=told["publisher"] or "",
        published=told["published"] or "",
        kind=said("kind", source.kind),
        language=source.language,
        readings=source.pieces,
        left=source.left,
        disputed=disputed,
    )


def _texts(case: Case, names: list[str]) -> dict[str, str]:
    return {name: record.text for name, record in named(case, names).items() if isinstance(record, Report)}


def _choices(labels: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    """What can be chosen, by what it is called."""
    found = (Choice(value, label, value == chosen) for value, label in labels.items())
    return tuple(sorted(found, key=lambda choice: (choice.label.casefold(), choice.value)))


def _publishers(every: QuerySet, there: Iterable[tuple[Any, ...]]) -> dict[str, str]:
    """The publishers by their names; what stands in the address is a number that tells nothing."""
    last = {publisher: number for _, _, publisher, number in there if publisher is not None}
    found = (source for part in parts(last.values()) for source in every.filter(number__in=part))
    return {str(source.publisher): summary(source)["publisher"] or "" for source in found}


# ── What waits ──


@dataclass(frozen=True, slots=True)
class WaitingPage:
    """What waits for a second person, what waits for somebody else than whoever looks, and what is in dispute, in pages
    of 50; `count` is how many there are on all of them."""

    template: ClassVar[str] = "reading/waiting.html"
    two_persons: bool
    for_you: tuple[Proposal, ...]
    yours: tuple[Proposal, ...]
    disputed: tuple[Proposal, ...]
    count: int
    number: int
    pages: int


@asks(**PAGED)
def waiting(request: HttpRequest, case: Case) -> WaitingPage:
    """All that somebody has to look at a second time; one's own is told apart."""
    pages = Paginator(_all_waiting(case).values_list("name", flat=True), _PAGE)
    page = pages.get_page(request.GET.get("page"))
    told = told_of(case, list(page.object_list), request.user.username)
    waits = [each for each in told if each.state == "waiting"]
    return WaitingPage(
        two_persons=case.two_persons,
        for_you=tuple(each for each in waits if not each.mine),
        yours=tuple(each for each in waits if each.mine),
        disputed=tuple(each for each in told if each.state == "disputed"),
        count=pages.count,
        number=page.number,
        pages=pages.num_pages,
    )


def waiting_at(case: Case, page: int, about: str, by: str) -> str:
    """Where whoever decided on a page of what waits goes on: at that record if it still waits, else at the next one."""
    piece = Piece.objects.filter(case=case, name=about).first()
    if piece is not None and piece.state not in ("waiting", "disputed"):
        further = _all_waiting(case).filter(number__gt=piece.number).values_list("name", flat=True)[:_PAGE]
        about = next((name for name, (each, _) in standings(case, further).items() if by not in each.by), "")
    return reverse("waiting", args=[case.slug]) + f"?page={page}" + (f"#p-{about}" if about else "")


def _all_waiting(case: Case) -> QuerySet:
    return Piece.objects.filter(Q(state="waiting") | Q(state="disputed"), case=case).order_by("number")


def told_of(case: Case, names: list[str], by: str) -> list[Proposal]:
    """These records as proposals, out of the reports in which they stand; numbered as they come."""
    stands = standings(case, names)
    wanted = {each.record.report for each, _ in stands.values()}
    texts = {name: record for name, record in named(case, wanted).items() if isinstance(record, Report)}
    found = [stands[name] for name in names if name in stands]
    return [
        proposal(each, past, texts.get(each.record.report, Report(each.record.report)), number, by)
        for number, (each, past) in enumerate(found, 1)
    ]
