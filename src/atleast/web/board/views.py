"""The first page of a case, and the pages behind it: places, proofs, contradictions, revisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from threading import Lock
from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from atleast.model import BadRecord, Trouble
from atleast.reckon import Cell
from atleast.tell import Words, style
from atleast.web.house.models import Case, Job
from atleast.web.house.rights import Right
from atleast.web.pages import PAGED, asks
from atleast.web.speaking import spoken

from . import parts, reckoning, showing, telling
from .shelf import LAST, NOW, VERSION, Question, kept
from .telling import CLASH, REVISION, WHY

_MOMENTS = 200
_PAGE, _LISTED = 200, 100
_SLOW = timedelta(seconds=15)
_answering = Lock()


# ── What is asked, and how far its answer is ──


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment that can be asked for."""

    at: str
    shown: datetime
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What a page was asked: by which moment, of which records; and what else could be asked."""

    at: str
    reviewed: bool
    query: str
    error: str = ""
    title: str = ""
    moments: tuple[Moment, ...] = ()
    step: int = 0


@dataclass(frozen=True, slots=True)
class Lag:
    """On how many records of how many the page rests; `stuck` if nobody takes up the work."""

    number: int
    of: int
    stuck: bool = False

    @property
    def behind(self) -> bool:
        return self.number < self.of


@dataclass(frozen=True, slots=True)
class BoardPage:
    """The event at a glance."""

    template: ClassVar[str] = "board/board.html"
    asked: Asked
    lag: Lag
    reckoned_at: str = ""
    day: str | None = None
    lead: parts.Why | None = None
    leads: tuple[showing.Row, ...] = ()
    places: tuple[showing.Row, ...] = ()
    documented: bool = False
    all_places: int = 0
    clashes: tuple[parts.Clash, ...] = ()
    all_clashes: int = 0
    hidden: tuple[str, ...] = ()
    questions: tuple[parts.Asking, ...] = ()
    revisions: tuple[parts.Revised, ...] = ()
    all_revisions: int = 0
    curve: parts.Picture | None = None
    curve_number: int = 0
    map: parts.Picture | None = None
    changes: showing.Changes | None = None


@dataclass(frozen=True, slots=True)
class PlacesPage:
    """All rows, quantity by quantity; or those of one quantity, or of places whose names hold some letters."""

    template: ClassVar[str] = "board/places.html"
    asked: Asked
    lag: Lag
    quantities: tuple[tuple[str, str, int], ...]
    quantity: str
    find: str
    sections: tuple[showing.Section, ...]
    found: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class RowPage:
    """One row with its whole proof; `why` is None while it is being worked out."""

    template: ClassVar[str] = "board/row.html"
    asked: Asked
    lag: Lag
    row: showing.Row
    why: parts.Why | None


@dataclass(frozen=True, slots=True)
class ClashesPage:
    """All contradictions, what an editor should look at first comes first."""

    template: ClassVar[str] = "board/contradictions.html"
    asked: Asked
    lag: Lag
    clashes: tuple[parts.Clash, ...]
    hidden: tuple[str, ...]
    found: int
    page: int
    pages: int

    @property
    def first(self) -> int:
        """Which of all contradictions stands first on this page."""
        return (self.page - 1) * _LISTED + 1


@dataclass(frozen=True, slots=True)
class ClashPage:
    """One contradiction with all its quotes."""

    template: ClassVar[str] = "board/contradiction.html"
    asked: Asked
    lag: Lag
    clash: parts.Clash


@dataclass(frozen=True, slots=True)
class RevisionsPage:
    """Which speakers gave later figures in the place of earlier ones."""

    template: ClassVar[str] = "board/revisions.html"
    asked: Asked
    lag: Lag
    revisions: tuple[parts.Revised, ...]
    found: int
    page: int
    pages: int


_QUESTION: dict[str, tuple[Any, str]] = {
    "at": (str, "As known at a moment: 2031-05-03 or 2031-05-03T21:00."),
    "only": (("reviewed",), "Only with what somebody has reviewed."),
}


@asks(**_QUESTION)
def board(request: HttpRequest, case: Case) -> BoardPage | HttpResponse:
    """How the case stands, or stood as known at a moment."""
    if "step" in request.GET:
        return _stepped(request, case)
    question, error = _question(request, case)
    found = _front(case, question)
    if found is None:
        return BoardPage(_asked(case, question, error, ()), _lag(case, 0))
    language = spoken()
    words, told = Words(language), found.told[language]
    drawn = kept(case, question, "curve", Mapping[str, parts.Picture])
    here = question == NOW and request.user.is_authenticated
    by_whom = Right.SEE_HISTORY in request.rights
    rows = showing.with_beside(found, words, case.tz)
    return BoardPage(
        _asked(case, question, error, found.moments),
        _lag(case, found.number),
        found.reckoned_at,
        found.day,
        told.lead,
        tuple(showing.shown(parts.unpacked(each), words, case.tz) for each in found.leads),
        rows,
        any(row.documented for row in rows),
        sum(found.rows.values()),
        told.clashes,
        len(found.clashes),
        told.hidden,
        told.questions,
        told.revisions,
        found.revisions,
        drawn[1][language] if drawn else None,
        drawn[0] if drawn else 0,
        told.map,
        showing.changes(case, request.user, found, words, by_whom=by_whom) if here else None,
    )


@asks(
    **_QUESTION,
    quantity=(str, "What is counted, such as detained."),
    find=(str, "Letters of a place."),
    **PAGED,
)
def places(request: HttpRequest, case: Case) -> PlacesPage:
    """All rows of the table."""
    question, error = _question(request, case)
    front = _needed(case, question)
    number, rows = kept(case, question, "rows", Any) or (0, [])
    words, quantity, find = Words(spoken()), request.GET.get("quantity", ""), request.GET.get("find", "").strip()
    wanted = [r for r in rows if quantity in ("", r[0][0]) and find.casefold() in r[0][1].casefold()]
    some, page, pages = _page_of(request, wanted, _PAGE)
    cells = map(parts.unpacked, some)
    grouped = groupby(cells, key=lambda cell: cell.key.quantity)
    sections = tuple(_section(name, tuple(each), words, case) for name, each in grouped)
    quantities = tuple((name, words.word("quantity", name), count) for name, count in front.rows.items())
    asked = _asked(case, question, error, front.moments)
    return PlacesPage(asked, _lag(case, number), quantities, quantity, find, sections, len(wanted), page, pages)


def _section(quantity: str, cells: tuple[Cell, ...], words: Words, case: Case) -> showing.Section:
    rows = tuple(showing.shown(cell, words, case.tz) for cell in cells)
    return showing.Section(quantity, words.word("quantity", quantity), rows, any(row.documented for row in rows))


@asks(**_QUESTION)
def row(request: HttpRequest, case: Case, key: str) -> RowPage:
    """The proof of one row."""
    question, error = _question(request, case)
    front, language = _needed(case, question), spoken()
    number, rows = kept(case, question, "rows", Any) or (0, [])
    cell = next((c for c in map(parts.unpacked, rows) if parts.row_id(c.key) == key), None)
    if cell is None:
        raise Http404
    told = showing.shown(cell, Words(language), case.tz)
    why = _why(case, question, key, language, front.number)
    return RowPage(_asked(case, question, error, front.moments), _lag(case, number), told, why)


def _page_of(request: HttpRequest, things: Sequence[Any], size: int) -> tuple[Sequence[Any], int, int]:
    """Those of many things that stand on the page that is asked for, its number, and how many pages there are."""
    page = Paginator(things, size).get_page(max(1, _whole(request.GET.get("page", ""), 1)))
    return page.object_list, page.number, page.paginator.num_pages


@asks(**_QUESTION, **PAGED)
def contradictions(request: HttpRequest, case: Case) -> ClashesPage:
    """All contradictions."""
    question, error = _question(request, case)
    front = _needed(case, question)
    clashes = telling.told(case, question, CLASH)
    some, page, pages = _page_of(request, clashes, _LISTED)
    asked, hidden = _asked(case, question, error, front.moments), front.told[spoken()].hidden
    said = telling.said(case, some, spoken())
    return ClashesPage(asked, _lag(case, _rests_on(case, question)), said, hidden, clashes.count(), page, pages)


@asks(**_QUESTION)
def contradiction(request: HttpRequest, case: Case, key: str) -> ClashPage:
    """One contradiction; gone once its figures can all be true."""
    question, error = _question(request, case)
    front = _needed(case, question)
    found = telling.said(case, telling.told(case, question, CLASH).filter(about=key)[:1], spoken())
    if not found:
        raise Http404
    asked = _asked(case, question, error, front.moments)
    return ClashPage(asked, _lag(case, _rests_on(case, question)), found[0])


@asks(**_QUESTION, **PAGED)
def revisions(request: HttpRequest, case: Case) -> RevisionsPage:
    """All revisions, the latest first."""
    question, error = _question(request, case)
    front = _needed(case, question)
    revisions = telling.told(case, question, REVISION)
    some, page, pages = _page_of(request, revisions, _LISTED)
    asked = _asked(case, question, error, front.moments)
    said = telling.said(case, some, spoken())
    return RevisionsPage(asked, _lag(case, _rests_on(case, question)), said, revisions.count(), page, pages)


def seen(request: HttpRequest, case: Case) -> HttpResponse:
    """Note that somebody has seen the board, as it was when he or she pressed the button."""
    front = _needed(case, NOW)
    if _whole(request.POST.get("number", ""), -1) != front.number:
        messages.warning(request, _("The board has moved since. Look once more, then press again."))
    else:
        showing.mark(case, request.user, front)
        messages.success(request, _("Noted. From now on the board tells what is new since this moment."))
    return redirect("board", case=case.slug)


def pictures(request: HttpRequest) -> HttpResponse:
    """The rules of style of charts and maps."""
    answer = HttpResponse(style(), content_type="text/css; charset=utf-8")
    answer["Cache-Control"] = "public, max-age=600"
    return answer


# ── Asking ──


def _question(request: HttpRequest, case: Case) -> tuple[Question, str]:
    """What is asked, and what is wrong with it; a moment that is none is left out."""
    # A plus that was typed into an address comes as a space.
    at, reviewed = request.GET.get("at", "").strip().replace(" ", "+"), request.GET.get("only") == "reviewed"
    question = Question(at, reviewed)
    try:
        if at and question.span(case) is None:
            return Question("", reviewed), _("A time needs its year. Write 2017-10-07T21:00 or 2017-10-07.")
    except BadRecord as wrong:
        return Question("", reviewed), str(Trouble.of(wrong))
    return question, ""


def _stepped(request: HttpRequest, case: Case) -> HttpResponse:
    """The slider sends which of the moments was chosen."""
    question, _error = _question(request, case)
    front = _front(case, Question("", question.reviewed))
    moments = _thinned(front.moments) if front else ()
    step = _whole(request.GET["step"], -1)
    at = moments[step] if 0 <= step < len(moments) else ""
    answer = redirect("board", case=case.slug)
    answer["Location"] += _query(Question(at, question.reviewed))
    return answer


def _whole(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else otherwise


def _query(question: Question) -> str:
    told = {name: value for name, value in (("at", question.at), ("only", question.reviewed and "reviewed")) if value}
    return f"?{urlencode(told)}" if told else ""


def _asked(case: Case, question: Question, error: str, known: tuple[str, ...]) -> Asked:
    """The question again, with the moments that the slider goes through."""
    found = _moments(_thinned(known), question.at)
    step = next((n for n, each in enumerate(found) if each.chosen), len(found))
    words = Words(spoken())
    title = words("reckon.known_at", at=question.at) if question.at else ""
    return Asked(question.at, question.reviewed, _query(question), error, title, found, step)


@lru_cache(maxsize=64)
def _moments(known: tuple[str, ...], chosen: str) -> tuple[Moment, ...]:
    return tuple(Moment(at, datetime.fromisoformat(at), at == chosen) for at in known)


def _thinned(moments: tuple[str, ...]) -> tuple[str, ...]:
    """So many moments as can be chosen from, evenly; the last one always."""
    if len(moments) <= _MOMENTS:
        return moments
    return tuple(moments[round(n * (len(moments) - 1) / (_MOMENTS - 1))] for n in range(_MOMENTS))


def _lag(case: Case, number: int) -> Lag:
    """How far the answer is. Work that waits while other work of its kind is done will have its turn."""
    if number >= case.number:
        return Lag(number, case.number)
    jobs, late = Job.objects.filter(case=case, kind="reckon"), timezone.now() - _SLOW
    waits = jobs.filter(state=Job.State.WAITING, made_at__lt=late).exists()
    stuck = waits and (reckoning.rested(case) or late) <= late and not jobs.filter(state=Job.State.RUNNING).exists()
    return Lag(number, case.number, stuck)


# ── Answers ──


def _front(case: Case, question: Question) -> parts.Front | None:
    """The answer as it is kept; a small case is reckoned at once where nothing is, a large one in the background."""
    found = _kept_front(case, question)
    if found and (found.number >= case.number):
        return found
    if question == NOW and (found or not reckoning.small(case)):
        if not Job.objects.filter(case=case, kind="reckon", state__in=(Job.State.WAITING, Job.State.RUNNING)).exists():
            reckoning.ask(case)
        return found
    if not reckoning.small(case):
        reckoning.ask(case, "snapshot", at=question.at, reviewed=question.reviewed)
        return found
    with _answering:
        again = _kept_front(case, question)
        if again is None or again.number < case.number:
            reckoning.answer(case, question)
    return _kept_front(case, question)


def _kept_front(case: Case, question: Question) -> parts.Front | None:
    found = kept(case, question, "", parts.Front)
    return found[1] if found and found[1].version == VERSION else None


def _needed(case: Case, question: Question) -> parts.Front:
    found = _front(case, question)
    if found is None:
        raise Http404
    return found


def _rests_on(case: Case, question: Question) -> int:
    """On how many entries rests what is told at length."""
    return (kept(case, question, LAST, Any) or (0, None))[0]


def _why(case: Case, question: Question, key: str, language: str, number: int) -> parts.Why | None:
    """The proof of a row; of a row beyond those that are worded at once it is asked for."""
    found = telling.said(case, telling.told(case, question, WHY).filter(about=key)[:1], language)
    if found:
        why: parts.Why = found[0]
        return why if _rests_on(case, question) >= number else None
    alone = kept(case, question, f"why {key}", Mapping[str, parts.Why])
    if question == NOW and (alone is None or alone[0] < number):
        reckoning.ask(case, row=key)
    return alone[1][language] if alone and alone[0] >= number else None
