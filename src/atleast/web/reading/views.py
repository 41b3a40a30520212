"""A report with what was read in it, and the decisions about that."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBadRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from atleast.model import Report
from atleast.web.house.models import Audit, Case
from atleast.web.house.rights import Right
from atleast.web.ledger.reading import report as found_report
from atleast.web.pages import note, wants_json
from atleast.web.shelf.models import Piece, Source

from .deciding import SAID, Decided, decide
from .lists import Headed, waiting_at
from .proposals import Proposal, proposals, quotes
from .texts import Run, runs
from .words import said

_AUDITED_AGAIN = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of quote: how it is underlined, what it is called, how many there are."""

    form: str
    label: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(Headed):
    """A report: its text with the quotes in it, and what was read, in the order of the text.

    `left` counts what whoever looks could still decide about, `ready` what could be accepted in bulk, `next` is the
    id of the next report with something left. `text` is empty where it was erased.
    """

    template: ClassVar[str] = "reading/report.html"
    url: str
    erased: bool
    text: tuple[Run, ...]
    kinds: tuple[Kind, ...]
    proposals: tuple[Proposal, ...]
    left: int
    ready: int
    next: str
    two_persons: bool
    may_decide: bool
    may_export: bool


def report(request: HttpRequest, case: Case, report: str) -> ReportPage:
    """A report with its proposals. That somebody read it is noted where it names people."""
    source = Source.objects.filter(case=case, name=report).first()
    if source is None:
        raise Http404
    record = found_report(case, report) or Report(report)
    found = proposals(case, record, request.user.username)
    if any(each.record == "mention" for each in found):
        _noted(request, case, report)
    return ReportPage(
        id=report,
        title=record.title or "",
        publisher=record.publisher or "",
        published=record.published or "",
        kind=said("kind", record.kind),
        language=record.language or "",
        url=record.url or "",
        erased=not record.text,
        text=runs(record.text, quotes(found)) if record.text else (),
        kinds=_kinds(found),
        proposals=found,
        left=sum(each.open for each in found),
        ready=sum(each.state == "proposed" and each.tier == "A" for each in found),
        next=_next(case, source),
        two_persons=case.two_persons,
        may_decide=Right.REVIEW in request.rights,
        may_export=Right.EXPORT in request.rights,
    )


def _kinds(found: Sequence[Proposal]) -> tuple[Kind, ...]:
    count = Counter(each.form for each in found if each.found)
    return tuple(Kind(form, said("form", form), number) for form, number in count.items())


def _next(case: Case, source: Source) -> str:
    """The next report with something left: the one that came before this one, or the newest."""
    left = Source.objects.filter(case=case, left__gt=0).exclude(pk=source.pk).order_by("-number")
    found = left.filter(number__lt=source.number).first() or left.first()
    return found.name if found else ""


def _noted(request: HttpRequest, case: Case, report: str) -> None:
    """Note the reading of a report that names people: once for as long as it stays open before the same eyes."""
    since = timezone.now() - _AUDITED_AGAIN
    noted = Audit.objects.filter(account=request.user, case=case, page="report", about=report[:64], at__gt=since)
    if not noted.exists():
        note(request, "saw a report", page="report", about=report)


# ── Deciding ──


def decided(request: HttpRequest, case: Case, report: str) -> Any:
    """Accept, reject or leave unsure one proposal, as it was seen."""
    what, about = request.POST.get("what", ""), request.POST.get("about", "")
    if not Source.objects.filter(case=case, name=report).exists() or (about and piece(case, report, about) is None):
        raise Http404
    if what not in SAID or not about:
        return HttpResponseBadRequest(_("Nothing was decided: say what, and about which reading."))
    why = request.POST.get("why", "").strip()
    done = decide(case, what, {about: seen(request)}, by=request.user.username, with_={"why": why} if why else None)
    if wants_json(request):
        return done
    tell(request, done)
    return back(request, case, report, about)


def piece(case: Case, report: str, name: str) -> Piece | None:
    """A claim or mention of a report of this case."""
    return Piece.objects.filter(case=case, report=report, name=name).first()


def seen(request: HttpRequest) -> tuple[str, ...]:
    """The decisions that whoever decides had before the eyes."""
    return tuple(request.POST.get("on", "").split())


def tell(request: HttpRequest, done: Decided) -> None:
    """Say at once what came of a decision; names no one but reviewers."""
    for stood in done.stands:
        if stood.others:
            told = _("In dispute: %(others)s decided otherwise, and you had not seen it. Look at both versions.")
            messages.warning(request, told % {"others": ", ".join(stood.others)})
        else:
            messages.success(request, _("Noted. It stands as: %(state)s.") % {"state": said("state", stood.state)})


def back(request: HttpRequest, case: Case, report: str, about: str = "") -> HttpResponseRedirect:
    """To where the decision was made: `back` is the page of what waits, or the report where there is none."""
    here = request.POST.get("back", "")
    if here.isdecimal():
        return HttpResponseRedirect(waiting_at(case, int(here[:9]), about, request.user.username))
    return HttpResponseRedirect(reverse("report", args=[case.slug, report]) + (f"#p-{about}" if about else ""))
