"""The forms that make or replace records: edit, add, split, merge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from django.contrib import messages
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from atleast import review
from atleast.model import Claim, Mention, Report
from atleast.web.house.models import Case
from atleast.web.ledger.names import new, ours
from atleast.web.ledger.reading import report as found_report
from atleast.web.pages import answered, wants_json

from .deciding import Decided, add, decide, put_in_place
from .forms import Form, Quoting, differing, form, record, whole
from .proposals import Stands, headline, standings
from .views import back, tell
from .words import said

_MOST_PARTS = 8
_AROUND = 400
_BY_HAND = ("review",)


@dataclass(frozen=True, slots=True)
class Other:
    """Another record that is to be merged: its id, in few words what it says, and its quote."""

    id: str
    headline: str
    quote: str


@dataclass(frozen=True, slots=True)
class CorrectingPage:
    """One or several forms for records of a report. `doing` is edit, add, split or merge.

    `others` are merged with the first; where that cannot be, there are no forms, and all of them stand here.
    """

    template: ClassVar[str] = "reading/correcting.html"
    doing: str
    report: str
    title: str
    language: str
    piece: str
    on: tuple[tuple[str, str], ...]
    before: str
    words: str
    behind: str
    forms: tuple[Form, ...]
    parts: int
    why: str
    error: str
    others: tuple[Other, ...]


def edit(request: HttpRequest, case: Case, report: str, piece: str) -> Any:
    """Correct a record: the fields that differ from the version that was seen are replaced."""
    text, stands = _found(case, report, [piece])
    found = stands[piece]
    on = tuple((request.POST if request.method == "POST" else request.GET).get("on", " ".join(found.on)).split())
    base = _version(found, on)
    asked = form(base)
    if request.method != "POST":
        return _page("edit", text, [asked], [found], on={piece: on})
    asked, made = record(asked, text, base, request.POST)
    if made is None:
        return _again(request, _page("edit", text, [asked], [found], on={piece: on}))
    changed = differing(base, made)
    known = not on or any(word.decision == on[0] for word in found.words)
    if not known:
        # The version that was seen is gone: say all that was typed, so that it comes out whatever stood before.
        changed = whole(made) | changed
    done = decide(case, "edit" if changed else "accept", {piece: on}, by=request.user.username, with_=changed)
    return _done(request, case, report, done, piece)


def added(request: HttpRequest, case: Case, report: str) -> Any:
    """Add what the reader missed: words of the report, and what they say."""
    text, _stands = _found(case, report, [])
    given = request.POST if request.method == "POST" else request.GET
    kind = "mention" if given.get("record") == "mention" else "claim"
    name = given.get("made", "")
    name = name if ours(name) and name[0] == kind[0] else new(kind)
    base = _empty(kind, name, text, *_selected(given))
    asked = form(base, made=name)
    if request.method != "POST":
        return _page("add", text, [asked], [], at=(base.start, base.end))
    asked, made = record(asked, text, base, request.POST)
    if made is None:
        return _again(request, _page("add", text, [asked], [], at=(base.start, base.end)))
    return _done(request, case, report, add(case, [made], by=request.user.username), name)


def split(request: HttpRequest, case: Case, report: str, piece: str) -> Any:
    """Put several records in the place of one."""
    text, stands = _found(case, report, [piece])
    given = request.POST if request.method == "POST" else request.GET
    parts = min(max(int(given.get("parts", "2")) if given.get("parts", "2").isdecimal() else 2, 2), _MOST_PARTS)
    return _replacing(request, case, text, "split", [stands[piece]], parts)


def merge(request: HttpRequest, case: Case, report: str) -> Any:
    """Put one record in the place of several of the same kind."""
    given = request.POST if request.method == "POST" else request.GET
    names = list(dict.fromkeys(given.getlist("of")))
    text, stands = _found(case, report, names)
    found = [stands[name] for name in names]
    if error := _apart(found):
        page = replace(_page("merge", text, [], found), error=error, words="", others=tuple(map(_other, found)))
        return answered(request, page, 422 if request.method == "POST" else 200)
    return _replacing(request, case, text, "merge", found, 1)


def _apart(found: Sequence[Stands]) -> str:
    """Why these cannot be merged; nothing where they can."""
    why = "record" if len(found) < 2 else review.apart(each.record for each in found)
    if not why:
        return ""
    if why == "record":
        return _("Choose two or more of the same kind: numbers with numbers, people with people.")
    told = {
        "quantity": _("These count different things, so one of the counts would be lost."),
        "among": _("These count different people, so one of the counts would be lost."),
        "low": _("No number fits all of these, so one of the counts would be lost."),
    }
    remedy = _("If each was said, leave them as they are. If one was misread, correct or reject it.")
    return f"{told[why]} {remedy}"


def _other(stands: Stands) -> Other:
    """A record in few words: what it says, and among whom."""
    record = stands.record
    among = said("among", record.among) if isinstance(record, Claim) and record.among else ""
    return Other(record.id, ", ".join(filter(None, (headline(record), among))), record.quote)


def _replacing(request: HttpRequest, case: Case, text: Report, doing: str, found: Sequence[Stands], parts: int) -> Any:
    bases = [_copy(request, found[0].record, number) for number in range(parts)]
    asked = [form(base, f"part-{number}-", made=base.id) for number, base in enumerate(bases)]
    on = {each.original.id: tuple(request.POST.get(f"on-{each.original.id}", "").split()) for each in found}
    why = request.POST.get("why", "").strip()
    if request.method != "POST":
        return _page(doing, text, asked, found, on={each.original.id: each.on for each in found})
    filled = [record(one, text, base, request.POST) for one, base in zip(asked, bases, strict=True)]
    made = [each for _form, each in filled if each is not None]
    if len(made) < len(filled):
        return _again(request, replace(_page(doing, text, [one for one, _ in filled], found, on=on), why=why))
    done = put_in_place(case, on, made, by=request.user.username, why=why)
    return _done(request, case, text.id, done, made[0].id, made=len(made))


def _found(case: Case, report: str, names: Sequence[str]) -> tuple[Report, dict[str, Stands]]:
    """The report and the records of an address, as they stand; 404 where one of them is not there."""
    text = found_report(case, report)
    stands = {name: each for name, (each, _) in standings(case, names).items() if each.record.report == report}
    if text is None or set(names) != set(stands):
        raise Http404
    return text, stands


def _version(stands: Stands, on: Sequence[str]) -> Quoting:
    """The version that was seen: that of the decision named first; else the record as it stands."""
    seen = next((word.record for word in stands.words if on and word.decision == on[0]), None)
    return seen or (stands.record if on else stands.original)


def _empty(kind: str, name: str, text: Report, start: int, end: int) -> Quoting:
    """A record with nothing in it but the words."""
    quote = text.text[start:end]
    if kind == "mention":
        return Mention(name, text.id, quote, start, start + len(quote), readers=_BY_HAND)
    return Claim(name, text.id, quote, start, start + len(quote), readers=_BY_HAND)


def _selected(given: Mapping[str, str]) -> tuple[int, int]:
    """The words that were selected, as offsets; nothing where none were."""
    start, end = given.get("start", ""), given.get("end", "")
    return (int(start), int(end)) if start.isdecimal() and end.isdecimal() else (0, 0)


def _copy(request: HttpRequest, record: Quoting, number: int) -> Quoting:
    """The record under a new id: what was read of it stays as far as it is not corrected."""
    sent = request.POST.get(f"part-{number}-made", "")
    name = sent if ours(sent) and sent[0] == record.record[0] else new(record.record)
    return replace(record, id=name, readers=_BY_HAND, evidence=())


def _page(
    doing: str,
    text: Report,
    forms: Sequence[Form],
    found: Sequence[Stands],
    *,
    on: dict[str, tuple[str, ...]] | None = None,
    at: tuple[int, int] = (0, 0),
) -> CorrectingPage:
    record = found[0].record if found else None
    start, end = (record.start, record.end) if record else at
    return CorrectingPage(
        doing=doing,
        report=text.id,
        title=text.title or "",
        language=text.language or "",
        piece=record.id if record else "",
        on=tuple((name, " ".join(seen)) for name, seen in (on or {}).items()),
        before=("…" if start > _AROUND else "") + text.text[max(0, start - _AROUND) : start],
        words=text.text[start:end],
        behind=text.text[end : end + _AROUND] + ("…" if len(text.text) > end + _AROUND else ""),
        forms=tuple(forms),
        parts=len(forms),
        others=tuple(map(_other, found[1:])),
        why="",
        error="",
    )


def _again(request: HttpRequest, page: CorrectingPage) -> Any:
    """The page once more, with what has to be put right."""
    return answered(request, page, status=422)


def _done(request: HttpRequest, case: Case, report: str, done: Decided, about: str, made: int = 0) -> Any:
    """Tell what came of it; `made` is how many readings were put in the place of others."""
    if wants_json(request):
        return done
    if made and not any(each.others for each in done.stands):
        told = ngettext("Noted. %(n)s reading stands in its place.", "Noted. %(n)s readings stand in its place.", made)
        messages.success(request, told % {"n": made})
    else:
        tell(request, done)
    return back(request, case, report, about)
