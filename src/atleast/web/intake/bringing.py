"""The import of a sheet: each of its rows once.

A row is known again by its key (`collect.tables.Row.key`) among rows under the same headings: a list that was handed
over before and has grown gives only what is new in it. The rows are gone through twice, first to count them and to lay
out the report that quotes them, then to add them: so no more than a portion of what they become is held in memory.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import translation

from atleast.collect import tables
from atleast.model import Record, Report
from atleast.web.house import contacts
from atleast.web.house.models import Came, Case, Kept
from atleast.web.jobs import Doing
from atleast.web.ledger.models import Entry
from atleast.web.ledger.writing import names_of, take
from atleast.web.rows import parts
from atleast.web.vault import vault

from . import importing, sheets, troubles
from .looking import Tally, through
from .models import Spreadsheet


def bring(doing: Doing) -> None:
    """Import the rows of a sheet: those whose key came before are nothing new."""
    doing.resumed()
    doing.step("open", 0, 0)
    with translation.override(doing.asked.get("language")):
        _bring(doing)


def _bring(doing: Doing) -> None:
    row = Spreadsheet.objects.get(case=doing.case, pk=doing.asked["sheet"])
    mapping, sheet, name = tables.Mapping.from_json(doing.asked["mapping"]), sheets.opened(row), f"{row.file}-{row.at}"
    tally = Tally(sheet, mapping)

    def made() -> Iterator[tables.Row]:
        return tables.rows(sheet, mapping, report=name, zone=doing.case.tz)

    document = {key: value for key, value in sheets.said(row).document.items() if key != "kind"}
    report = tables.report_of(sheet, _told(doing, through(doing, row, tally, made())), report=name, **document)
    done = 0
    for portion in parts(made(), importing.PORTION):
        _add(doing, row, mapping, report, portion)
        done += len(portion)
        doing.step("rows", done, tally.rows)
    seen = {"claim": tally.claims, "mention": tally.mentions}
    doing.tell(seen={kind: count for kind, count in seen.items() if count}, sheet=row.pk, wrong=len(tally.bad))


def _told(doing: Doing, rows: Iterable[tables.Row]) -> Iterator[tables.Row]:
    """The rows, and kept what is wrong or doubtful with them."""
    for portion in parts(rows, importing.PORTION):
        troubles.keep(doing.job, (each for row in portion for each in (*row.troubles, *row.doubts)))
        yield from portion


@transaction.atomic
def _add(
    doing: Doing, row: Spreadsheet, mapping: tables.Mapping, report: Report, portion: Sequence[tables.Row]
) -> None:
    case = Case.objects.select_for_update().get(pk=doing.case.pk)
    keys = {_row_key(case, mapping, line): line for line in portion if line.records}
    known = set(Came.objects.filter(case=case, key__in=list(keys)).values_list("key", flat=True))
    fresh = {key: line for key, line in keys.items() if key not in known}
    if not fresh:
        return
    source = f"sheet {row.file}"
    # A report is as long as its sheet: it is handed on once, and not with each portion.
    records: list[Record] = [] if _here(case, report, source) else [report]
    records += [record for line in fresh.values() for record in line.records]
    entries = take(doing.case, records, by=doing.by, source=source)
    importing.note(doing.job, entries)
    names = names_of(case, [report.id, *(record.id for record in records)], source=source)
    Kept.objects.get_or_create(case=case, report=names[report.id], defaults={"file": row.file})
    Came.objects.bulk_create([Came(case=case, key=key, name=names[line.records[0].id]) for key, line in fresh.items()])
    for line in fresh.values():
        if line.contact:
            reached = "\n".join(f"{field}: {value}" for field, value in line.contact)
            contacts.keep(case, names[line.records[0].id], reached, by=doing.job.made_by)


def _here(case: Case, report: Report, source: str) -> bool:
    name = names_of(case, [report.id], source=source).get(report.id)
    return name is not None and Entry.objects.filter(case=case, name=name).exists()


def _row_key(case: Case, mapping: tables.Mapping, line: tables.Row) -> str:
    told: Any = json.dumps([mapping.heading_key, *line.key], ensure_ascii=False)
    return vault().name(f"{case.pk} row {told}".encode("utf-8", "surrogatepass"))
