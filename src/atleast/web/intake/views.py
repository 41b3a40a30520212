"""Taking in: files, folders, zips, pasted text, a link with its saved page."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from atleast.web import files, jobs
from atleast.web.house.models import Case
from atleast.web.pages import answered

from . import looking, sheets
from .forms import TakeInForm
from .job_views import Line, lines
from .models import Spreadsheet
from .sheet_views import Waiting, waiting


@dataclass(frozen=True, slots=True)
class IntakePage:
    """Where reports, lists and calls come in.

    Attributes:
        form: Pasted text and what is said of documents.
        errors: What was wrong with what was handed over as a whole.
        most: How many bytes may be handed over at once, and how many files.
        waiting: Spreadsheets whose columns nobody has looked at.
        recent: The last imports.
    """

    template: ClassVar[str] = "intake/intake.html"
    form: Any
    errors: tuple[str, ...]
    most_bytes: int
    most_files: int
    waiting: tuple[Waiting, ...]
    recent: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class _Handed:
    name: str
    data: bytes
    url: str = ""


def intake(request: HttpRequest, case: Case) -> IntakePage:
    """The page where things are handed over; what is handed over is kept sealed at once and read in the background."""
    form = TakeInForm(request.POST if request.method == "POST" else None, case=case)
    if request.method != "POST":
        return _page(request, case, form, ())
    valid = form.is_valid()
    handed = _handed(request, form) if valid else []
    errors = _amiss(form, handed) if valid else ()
    if not valid or errors:
        return answered(request, _page(request, case, form, errors), 422)
    said = {name: form.cleaned_data[name] or None for name in form.said}
    return _taken(request, case, handed, said)


def _taken(request: HttpRequest, case: Case, handed: list[_Handed], said: dict[str, str | None]) -> Any:
    """Spreadsheets wait until somebody has looked at their columns; everything else is imported."""
    mapped: list[Spreadsheet] = []
    asked: list[dict[str, Any]] = []
    for each in handed:
        kept = looking.keep(case, each.name, each.data, said, by=request.user) if _is_sheet(each.name) else None
        if isinstance(kept, list):
            mapped += kept
        else:
            # One that cannot be read is handed on all the same: the import tells why.
            file = files.keep(each.data)
            asked.append({"name": each.name, "file": file, "size": len(each.data), "url": each.url})
    if mapped and not asked:
        return redirect("sheet", case=case.slug, sheet=mapped[0].pk)
    job = jobs.ask(case, "import", by=request.user, files=asked, said=said)
    if mapped:
        messages.info(request, _("The spreadsheets wait until you say which column is which."))
        return redirect("intake", case=case.slug)
    return redirect("job", case=case.slug, job=job.pk)


def _is_sheet(name: str) -> bool:
    return name.lower().endswith(sheets.SUFFIXES)


def _page(request: HttpRequest, case: Case, form: TakeInForm, errors: tuple[str, ...]) -> IntakePage:
    most = settings.FILE_UPLOAD_MAX_MEMORY_SIZE, settings.DATA_UPLOAD_MAX_NUMBER_FILES
    return IntakePage(form, errors, *most, waiting(request, case), lines(request, case, most=5))


def _handed(request: HttpRequest, form: TakeInForm) -> list[_Handed]:
    """What was handed over, as the person calls it. In a folder, hidden files are passed over."""
    url, text = form.cleaned_data["url"], form.cleaned_data["text"]
    found = [_read(each) for each in request.FILES.getlist("files")]
    found += [_read(each) for each in request.FILES.getlist("folder") if not (each.name or "").startswith(".")]
    if text.strip():
        found.append(_Handed(_("pasted text"), text.encode("utf-8", "surrogatepass")))
    return [_Handed(each.name, each.data, url) for each in found]


def _read(file: UploadedFile) -> _Handed:
    return _Handed(file.name or _("a file without a name"), file.read())


def _amiss(form: TakeInForm, handed: list[_Handed]) -> tuple[str, ...]:
    if form.cleaned_data["url"] and len(handed) > 1:
        return (_("A link belongs to one document. Hand that one over by itself."),)
    if form.cleaned_data["url"] and not handed:
        return (_("The desk opens no links. Save the page and add its file, or paste its text, with the link."),)
    if not handed:
        return (_("There is nothing here yet. Choose files, or paste text."),)
    if empty := [each.name for each in handed if not each.data]:
        return (_("This file is empty: %(name)s") % {"name": empty[0]},) if len(empty) == len(handed) else ()
    return ()
