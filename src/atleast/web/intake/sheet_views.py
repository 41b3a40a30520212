"""A spreadsheet between its upload and its import: which column is which, and what each row would become."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from atleast.collect import tables
from atleast.model import AtleastError, Claim, Mention, Trouble
from atleast.web import jobs
from atleast.web.house.models import Case
from atleast.web.house.rights import Right
from atleast.web.pages import answered, note

from . import sheets
from .columns import COUNTED, FIELD_NAMES, ORDERS, choices, mapped
from .models import Spreadsheet

_SHOWN = 50


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
class SheetPage:
    """A sheet, how it is read, and what its rows become: a dry run, nothing is kept of it.

    Attributes:
        remembered: Whether these headings were mapped before, and this is how.
        wrong: What of the mapping cannot be.
        rows: How many there are; `good` become something, `bad` are in error, `contacts` tell how to reach somebody.
        first: The first rows that become something. `errors`: all that do not.
    """

    template: ClassVar[str] = "intake/sheet.html"
    number: int
    file: str
    sheet: str
    doubt: str
    remembered: bool
    wrong: str
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
    job: int | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """A sheet whose columns nobody has looked at."""

    number: int
    file: str


def sheet(request: HttpRequest, case: Case, sheet: int) -> SheetPage:
    """The columns of a sheet and what its rows become; or its import, once it is asked for."""
    row = one(request, case, sheet)
    try:
        opened = sheets.opened(row)
    except AtleastError:
        raise Http404 from None
    mapping, remembered = _mapping(case, row, opened)
    if request.method != "POST":
        return _page(row, opened, mapping, remembered)
    try:
        mapping = mapped(opened, mapping, request.POST)
    except AtleastError as wrong:
        return answered(request, _page(row, opened, mapping, remembered, str(wrong)), 422)
    told = sheets.said(row)
    sheets.save(row, sheets.Said(told.file, mapping, told.document))
    if request.POST.get("do") != "import":
        return redirect("sheet", case=case.slug, sheet=row.pk)
    sheets.remember(case, mapping)
    asked = [{"name": told.file, "file": row.file}]
    job = jobs.ask(case, "sheet", by=request.user, sheet=row.pk, mapping=mapping.to_json(), files=asked)
    row.job = job
    row.save(update_fields=["job"])
    return redirect("job", case=case.slug, job=job.pk)


def errors(request: HttpRequest, case: Case, sheet: int) -> HttpResponse:
    """The rows that become nothing, with their reasons, as CSV that can be mended and handed over again."""
    row = one(request, case, sheet)
    try:
        opened = sheets.opened(row)
    except AtleastError:
        raise Http404 from None
    mapping, _ = _mapping(case, row, opened)
    made = [each for each in tables.rows(opened, mapping, report="") if each.troubles]
    note(request, "took rows in error out", page="sheet-errors", count=len(made))
    answer = HttpResponse(tables.errors_csv(opened, made), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rows-in-error-{row.pk}.csv"'
    return answer


def one(request: HttpRequest, case: Case, number: int) -> Spreadsheet:
    """A sheet of this case that this person may see: who may not see reports sees his own."""
    found = get_object_or_404(Spreadsheet, case=case, pk=number)
    if Right.SEE_REPORTS not in request.rights and found.made_by_id != request.user.pk:
        raise Http404
    return found


def waiting(request: HttpRequest, case: Case) -> tuple[Waiting, ...]:
    """The sheets that wait for somebody to say which column is which."""
    found = Spreadsheet.objects.filter(case=case, job=None)
    if Right.SEE_REPORTS not in request.rights:
        found = found.filter(made_by=request.user)
    return tuple(Waiting(each.pk, sheets.said(each).file) for each in found[:20])


def _mapping(case: Case, row: Spreadsheet, opened: tables.Sheet) -> tuple[tables.Mapping, bool]:
    kept = sheets.said(row).mapping
    return (kept, False) if kept else sheets.mapping_for(case, opened)


def _page(
    row: Spreadsheet, opened: tables.Sheet, mapping: tables.Mapping, remembered: bool, wrong: str = ""
) -> SheetPage:
    made = list(tables.rows(opened, mapping, report="r"))
    fields = dict(mapping.columns)
    good = [each for each in made if each.records]
    bad = [each for each in made if each.troubles]
    records = [record for each in good for record in each.records]
    return SheetPage(
        number=row.pk,
        file=opened.file,
        sheet=opened.name,
        doubt=opened.doubt,
        remembered=remembered,
        wrong=wrong,
        columns=tuple(
            Column(c.heading, fields.get(c.heading, "ignored"), c.samples, c.heading in mapping.key)
            for c in opened.columns
        ),
        choices=choices(),
        orders=tuple((key, str(name)) for key, name in ORDERS.items()),
        counted=tuple((key, str(FIELD_NAMES[key])) for key in COUNTED),
        mapping=mapping,
        rows=len(made),
        good=len(good),
        bad=len(bad),
        claims=sum(isinstance(record, Claim) for record in records),
        mentions=sum(isinstance(record, Mention) for record in records),
        contacts=sum(bool(each.contact) for each in made),
        first=tuple(RowLine(each.number, tuple(_becomes(each)), each.doubts) for each in good[:_SHOWN]),
        errors=tuple(RowLine(each.number, (), each.troubles) for each in bad),
        job=row.job_id,
    )


def _becomes(row: tables.Row) -> Iterator[str]:
    """What a row becomes, in a line for each record."""
    for record in row.records:
        if isinstance(record, Claim):
            of = str(FIELD_NAMES.get(record.quantity, record.quantity))
            group = str(FIELD_NAMES.get(record.among or "", record.among or ""))
            told = (f"{of}: {_number(record)}", group, record.place, record.event_date, record.claimant)
        else:
            befell = ", ".join(str(FIELD_NAMES.get(each.what, each.what)) for each in record.happened)
            told = (record.name or record.role or "—", befell, record.place, record.station, "")
        yield " · ".join(each for each in told if each)


def _number(claim: Claim) -> str:
    low, high = claim.low, claim.high
    if low == high:
        return str(low)
    return f"{'' if low is None else low}–{'' if high is None else high}"
