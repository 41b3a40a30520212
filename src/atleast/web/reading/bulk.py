"""Many at once: accepting what the reader is sure of, after it was shown; taking a decision back about all it was."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from atleast import review
from atleast.model import Decision
from atleast.web.house.models import Case
from atleast.web.ledger.reading import named
from atleast.web.pages import wants_json
from atleast.web.shelf.models import Judgement, Piece, Source
from atleast.web.shelf.pieces import decisions_about

from .deciding import Decided, accept_all, take_back
from .lists import told_of
from .proposals import Past, Proposal, past
from .views import back

_AT_ONCE = 200
_RECENT = 10


@dataclass(frozen=True, slots=True)
class BulkPage:
    """What would be accepted: the claims of tier A that nobody decided about, of one report or of the case.

    `names` are the ids of those that are shown; only these are accepted. `count` is how many there are in all.
    """

    template: ClassVar[str] = "reading/bulk.html"
    report: str
    shown: tuple[Proposal, ...]
    names: str
    count: int
    before: tuple[Past, ...]


def bulk(request: HttpRequest, case: Case, report: str = "") -> Any:
    """Show what would be accepted, and accept it: one decision about all that was shown."""
    if report and not Source.objects.filter(case=case, name=report).exists():
        raise Http404
    ready = Piece.objects.filter(case=case, state="proposed", tier="A")
    ready = ready.filter(report=report).order_by("start") if report else ready.order_by("report", "start")
    if request.method == "POST":
        return _accepted(request, case, report)
    names = list(ready.values_list("name", flat=True)[:_AT_ONCE])
    shown = tuple(told_of(case, names, request.user.username))
    return BulkPage(report, shown, " ".join(names), ready.count(), _before(case, report))


def _accepted(request: HttpRequest, case: Case, report: str) -> Any:
    asked = request.POST.get("names", "").split()[:_AT_ONCE]
    mine = Piece.objects.filter(case=case, tier="A", name__in=asked)
    mine = mine.filter(report=report) if report else mine
    names = [name for _, name in sorted(mine.values_list("number", "name"))]
    done = accept_all(case, names, by=request.user.username)
    if wants_json(request):
        return done
    count = len(done.stands)
    told = ngettext("%(count)s reading accepted.", "%(count)s readings accepted, as one decision.", count)
    messages.success(request, told % {"count": count})
    if done.skipped:
        left = ngettext(
            "%(count)s was decided about since it was shown; it stays as it is.",
            "%(count)s were decided about since they were shown; they stay as they are.",
            done.skipped,
        )
        messages.warning(request, left % {"count": done.skipped})
    return redirect("report", case.slug, report) if report else redirect("bulk", case.slug)


def _before(case: Case, report: str) -> tuple[Past, ...]:
    """The last decisions about many at once that still hold."""
    of_report = Piece.objects.filter(case=case, report=report).values("name")
    judged = Judgement.objects.filter(case=case)
    judged = judged.filter(decision__in=judged.filter(about__in=of_report).values("decision")) if report else judged
    many = judged.values("decision", "number").annotate(count=Count("id")).filter(count__gt=1).order_by("-number")
    names = [row["decision"] for row in many[:_RECENT]]
    found = named(case, names)
    accepts = [each for each in map(found.get, names) if isinstance(each, Decision) and each.what == "accept"]
    return tuple(told for told in (past_of(case, each) for each in accepts) if not told.gone)


def past_of(case: Case, decision: Decision) -> Past:
    """A decision as it is told, with whether it was taken back."""
    bearing = decisions_about(case, [decision.id]).get(decision.id, [])
    return next(past([decision], review.taken_back([decision, *bearing])))


@dataclass(frozen=True, slots=True)
class UndoPage:
    """A decision that is to be taken back, with all that it was about."""

    template: ClassVar[str] = "reading/undo.html"
    past: Past
    shown: tuple[Proposal, ...]
    count: int


def undo(request: HttpRequest, case: Case, decision: str) -> Any:
    """Show what a decision was about, and take it back: about all of it."""
    found = named(case, [decision]).get(decision)
    if not isinstance(found, Decision):
        raise Http404
    if request.method == "POST":
        done = take_back(case, decision, by=request.user.username)
        return done if wants_json(request) else _undone(request, case, done)
    names = list(found.about)[:_AT_ONCE]
    return UndoPage(past_of(case, found), tuple(told_of(case, names, request.user.username)), len(found.about))


def _undone(request: HttpRequest, case: Case, done: Decided) -> Any:
    if done.decision is None:
        messages.warning(request, _("It had been taken back already."))
    else:
        messages.success(request, _("Taken back."))
    about = [each.id for each in done.stands]
    reports = set(Piece.objects.filter(case=case, name__in=about).values_list("report", flat=True))
    if len(reports) == 1:
        return back(request, case, reports.pop(), about[0] if len(about) == 1 else "")
    return redirect("bulk", case.slug) if reports else redirect("reports", case.slug)
