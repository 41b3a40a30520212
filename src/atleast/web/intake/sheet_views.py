"""A spreadsheet between its upload and its import: which column is which, and what each row would become."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language

from atleast.collect import tables
from atleast.model import AtleastError, Claim, Mention, Trouble, decode
from atleast.web import jobs
from atleast.web.hotline.correcting import typed_number
from atleast.web.house.models import Case
from atleast.web.house.rights import Right
from atleast.web.pages import answered, note

from . import importing, looking, saying, sheets
from .columns import COUNTED, FIELD_NAMES, ORDERS, choices, mapped
from .models import Spreadsheet

_UNSEEN = looking.Look("", "", (), tables.Mapping(()), False, 0)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, what it is taken for, some of its values, and whether it tells rows apart."""

    heading: str
    field: str
    samples: tuple[str, ...]
    key: bool


@dataclass(frozen=True, slots=True)
class RowLine:
    """One row: what it becomes, or why it becomes nothing."""

    number: int
    becomes: tuple[str, ...]
    troubles: tuple[Trouble, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet whose columns nobody has looked at."""

    number: int
    file: str


@dataclass(frozen=True, slots=True)
class Looking:
    """How many rows were looked at so far, and `percent`, None where it is not known. `failed`: why it ended."""

    looked: int
    percent: int | None
    open: bool
    failed: str


@dataclass(frozen=True, slots=True)
class SheetPage:
    """A sheet, how it is read, and what its rows become: a dry run, nothing is kept of it.

    Attributes:
        looking: How far it is, where not all rows were looked at; None where they were.
        wrong: What of the mapping cannot be.
        opened: Whether the file was opened. `remembered`: whether these headings were mapped before, and this is how.
        beside: What of the file could not be read, such as another sheet.
        total: Rows of the sheet.
        rows: How many there are; `good` become something, `bad` are in error, `contacts` tell how to reach somebody.
        first: The first rows that become something. `errors`: the first that do not.
        others: The other sheets of its file that wait. `job`: the import of this one.
    """

    template: ClassVar[str] = "intake/sheet.html"
    number: int
    file: str
    wrong: str
    looking: Looking | None
    opened: bool
    sheet: str
    doubt: str
    remembered: bool
    beside: tuple[Trouble, ...]
    total: int
    columns: tuple[Column, ...]
    choices: tuple[tuple[str, str], ...]
    orders: tuple[tuple[str, str], ...]
    counted: tuple[tuple[str, str], ...]
    mapping: Any
    rows: int
    good: int
    bad: int
    claims: int
    mentions: int
    contacts: int
    first: tuple[RowLine, ...]
    errors: tuple[RowLine, ...]
    others: tuple[Waiting, ...]
    job: int | None


def sheet(request: HttpRequest, case: Case, sheet: int) -> SheetPage:
    """The columns of a sheet and what its rows become; or its import, once it is asked for."""
    row = one(request, case, sheet)
    if request.method != "POST":
        return _page(request, row)
    if request.POST.get("do") == "let go" and not row.job:
        _let_go(row)
        return redirect("intake", case=case.slug)
    told, seen = sheets.said(row), looking.seen(row)
    try:
        if seen:
            mapping = mapped(seen.columns, told.mapping or seen.mapping, request.POST)
            sheets.save(row, sheets.Said(told.file, mapping, told.document))
        if not seen or request.POST.get("do") != "import":
            looking.begin(row, by=request.user)
            return redirect("sheet", case=case.slug, sheet=row.pk)
    except AtleastError as wrong:
        return answered(request, _page(request, row, saying.fault(wrong)), 422)
    return redirect("job", case=case.slug, job=_imported(request, row, mapping).pk)


def _imported(request: HttpRequest, row: Spreadsheet, mapping: tables.Mapping) -> Any:
    """The job that imports the rows of a sheet."""
    looking.leave(row)
    sheets.remember(row.case, mapping)
    asked = [{"name": sheets.said(row).file, "file": row.file}]
    wanted = {"sheet": row.pk, "mapping": mapping.to_json(), "files": asked, "language": get_language()}
    with transaction.atomic():
        row.job = jobs.ask(row.case, "sheet", by=request.user, **wanted)
        row.save(update_fields=["job"])
    return row.job


def _let_go(row: Spreadsheet) -> None:
    """Keep a sheet no longer that was not imported, nor its file, where nothing else came of it."""
    looking.leave(row)
    row.delete()
    importing.let_go({row.file})


def errors(request: HttpRequest, case: Case, sheet: int) -> HttpResponse:
    """The rows that become nothing, with their reasons, as CSV that can be mended and handed over again."""
    row = one(request, case, sheet)
    seen, lines = looking.seen(row), looking.errors(row)
    if seen is None or not lines:
        return redirect("sheet", case=case.slug, sheet=row.pk)
    note(request, "took rows in error out", page="sheet-errors", count=seen.bad)
    answer = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rows-in-error-{row.pk}.csv"'
    return answer


def one(request: HttpRequest, case: Case, number: int) -> Spreadsheet:
    """A sheet of this case that this person may see: who may not see reports sees his own."""
    found = get_object_or_404(Spreadsheet.objects.select_related("case", "looking", "job"), case=case, pk=number)
    if Right.SEE_REPORTS not in request.rights and found.made_by_id != request.user.pk:
        raise Http404
    return found


def waiting(request: HttpRequest, case: Case, **only: Any) -> tuple[Waiting, ...]:
    """The sheets that wait for somebody to say which column is which."""
    found = Spreadsheet.objects.filter(case=case, job=None, **only)
    if Right.SEE_REPORTS not in request.rights:
        found = found.filter(made_by=request.user)
    return tuple(Waiting(each.pk, _called(each)) for each in found[:20])


def _called(row: Spreadsheet) -> str:
    """The file and the sheet."""
    seen, file = looking.seen(row), sheets.said(row).file
    return f"{file} · {seen.sheet}" if seen and seen.sheet else file


def _page(request: HttpRequest, row: Spreadsheet, wrong: str = "") -> SheetPage:
    told = sheets.said(row)
    seen = looking.seen(row) or _UNSEEN
    mapping = told.mapping or seen.mapping
    fields = dict(mapping.columns)
    return SheetPage(
        number=row.pk,
        file=told.file,
        wrong=wrong,
        looking=None if seen.done else _how_far(row, seen),
        opened=seen is not _UNSEEN,
        sheet=seen.sheet,
        doubt=saying.said(seen.doubt),
        remembered=seen.remembered,
        beside=tuple(map(saying.trouble, seen.beside)),
        total=seen.total,
        columns=tuple(
            Column(c.heading, fields.get(c.heading, "ignored"), c.samples, c.heading in mapping.key)
            for c in seen.columns
        ),
        choices=choices(),
        orders=tuple((key, str(name)) for key, name in ORDERS.items()),
        counted=tuple((key, str(FIELD_NAMES[key])) for key in COUNTED),
        mapping=mapping,
        rows=seen.rows,
        good=seen.good,
        bad=seen.bad,
        claims=seen.claims,
        mentions=seen.mentions,
        contacts=seen.contacts,
        first=tuple(_lines(seen.first)),
        errors=tuple(_lines(seen.errors)),
        others=tuple(each for each in waiting(request, row.case, file=row.file) if each.number != row.pk),
        job=row.job_id,
    )


def _how_far(row: Spreadsheet, seen: looking.Look) -> Looking:
    job = row.looking
    if job is None:
        return Looking(seen.looked, None, False, "")
    percent = min(100, 100 * job.done // job.total) if job.total else None
    return Looking(max(job.done, seen.looked), percent, job.open, saying.failure(jobs.told(job).get("failed", "")))


def _lines(lines: Iterable[looking.Line]) -> Iterator[RowLine]:
    for each in lines:
        yield RowLine(each.number, tuple(map(_becomes, each.records)), tuple(map(saying.trouble, each.troubles)))


def _becomes(line: str) -> str:
    """What a record says, in short."""
    record = decode(line)
    told: tuple[str | None, ...]
    if isinstance(record, Claim):
        of = str(FIELD_NAMES.get(record.quantity, record.quantity))
        group = str(FIELD_NAMES.get(record.among or "", record.among or ""))
        told = (f"{of}: {typed_number(record)}", group, record.place, record.event_date, record.claimant)
    else:
        assert isinstance(record, Mention)
        befell = ", ".join(str(FIELD_NAMES.get(each.what, each.what)) for each in record.happened)
        told = (record.name or record.role or "—", befell, record.place, record.station)
    return " · ".join(each for each in told if each)
