"""Spreadsheets: which column is which field, decided by a person and remembered; then each row once, as a job.

A row is known again by its key (`collect.tables.Row.key`) among rows under the same headings: a list that was handed
over before and has grown gives only what is new in it.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.db import transaction

from atleast.collect import tables
from atleast.lexicon import fold
from atleast.model import AtleastError, Record, Trouble
from atleast.web import files
from atleast.web.house import contacts
from atleast.web.house.models import Came, Case, Kept
from atleast.web.jobs import Doing
from atleast.web.jobs import told as told_of
from atleast.web.ledger.writing import names_of, take
from atleast.web.vault import vault

from . import importing, troubles
from .models import Columns, Spreadsheet

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods")


@dataclass(frozen=True, slots=True)
class Said:
    """What is kept of a sheet: what its file is called, how its columns are read, what is said of it as a document."""

    file: str
    mapping: tables.Mapping | None
    document: dict[str, str | None]


def keep(
    case: Case, name: str, data: bytes, document: dict[str, str | None], *, by: Any
) -> list[Spreadsheet] | Trouble:
    """Keep a spreadsheet until its columns are mapped: one row a sheet; a Trouble where it holds none."""
    try:
        found = [each for each in tables.sheets(name, data) if isinstance(each, tables.Sheet)]
    except AtleastError as wrong:
        wrong.at(name)
        return Trouble.of(wrong)
    if not found:
        return Trouble("no sheet with anything in it", name, remedy="Open the file and see what is in it")
    kept = files.keep(data)
    made = []
    for at, _ in enumerate(found):
        row = Spreadsheet.objects.create(case=case, file=kept, at=at, made_by=by)
        save(row, Said(name, None, document))
        made.append(row)
    return made


def said(row: Spreadsheet) -> Said:
    """What is kept of a sheet."""
    told = vault().unseal_json(row.sealed, of=f"spreadsheet {row.pk}")
    mapping = tables.Mapping.from_json(told["mapping"]) if told["mapping"] else None
    return Said(told["file"], mapping, told["document"])


def save(row: Spreadsheet, told: Said) -> None:
    """Keep it, sealed."""
    mapping = told.mapping.to_json() if told.mapping else None
    kept = {"file": told.file, "mapping": mapping, "document": told.document}
    row.sealed = vault().seal_json(kept, of=f"spreadsheet {row.pk}")
    row.save(update_fields=["sealed"])


def opened(row: Spreadsheet) -> tables.Sheet:
    """The sheet itself.

    Raises:
        Unreadable: The file is not kept any more, or cannot be read.
    """
    data = files.opened(row.file)
    return tables.sheet(said(row).file, b"" if data is None else data, at=row.at)


# ── Remembered by the headings ──


def remember(case: Case, mapping: tables.Mapping) -> None:
    """Keep how these headings are read, for the next sheet with the same."""
    key = _key(case, mapping.heading_key)
    sealed = vault().seal(mapping.to_json(), of=f"columns {key}")
    Columns.objects.update_or_create(case=case, key=key, defaults={"sealed": sealed})


def mapping_for(case: Case, sheet: tables.Sheet) -> tuple[tables.Mapping, bool]:
    """How the columns of a sheet are read, and whether somebody decided so before; else it is guessed."""
    guessed = tables.guess(sheet)
    key = _key(case, guessed.heading_key)
    row = Columns.objects.filter(case=case, key=key).first()
    if row is None:
        return guessed, False
    kept = tables.Mapping.from_json(vault().unseal(row.sealed, of=f"columns {key}"))
    # In the order of this sheet; a heading that differs in its capitals only is the same one.
    fields, keys = {_plain(at): field for at, field in kept.columns}, set(map(_plain, kept.key))
    columns = tuple((at, fields.get(_plain(at), field)) for at, field in guessed.columns)
    return replace(kept, columns=columns, key=tuple(at for at, _ in columns if _plain(at) in keys)), True


def _plain(heading: str) -> str:
    return " ".join(fold(heading).split())


def _key(case: Case, headings: str) -> str:
    return vault().name(f"{case.pk} columns {headings}".encode())


# ── The import ──


def bring(doing: Doing) -> None:
    """Import the rows of a sheet: those whose key came before are nothing new."""
    told = told_of(doing.job)
    told.pop("failed", None)
    doing.tell(**told)
    row = Spreadsheet.objects.get(case=doing.case, pk=doing.asked["sheet"])
    mapping = tables.Mapping.from_json(doing.asked["mapping"])
    sheet = opened(row)
    name = f"{row.file}-{row.at}"
    made = list(tables.rows(sheet, mapping, report=name, zone=doing.case.tz))
    document = {key: value for key, value in said(row).document.items() if key != "kind"}
    report = tables.report_of(sheet, made, report=name, **document)
    troubles.keep(doing.job, (each for line in made for each in (*line.troubles, *line.doubts)))
    done, lines = 0, iter(made)
    while portion := list(islice(lines, importing.PORTION)):
        _add(doing, row, mapping, report, portion)
        done += len(portion)
        doing.step("rows", done, len(made))
    seen = Counter(record.record for line in made for record in line.records)
    doing.tell(seen=dict(seen), sheet=row.pk, wrong=sum(bool(line.troubles) for line in made))


@transaction.atomic
def _add(doing: Doing, row: Spreadsheet, mapping: tables.Mapping, report: Any, portion: Sequence[tables.Row]) -> None:
    case = Case.objects.select_for_update().get(pk=doing.case.pk)
    keys = {_row_key(case, mapping, line): line for line in portion if line.records}
    known = set(Came.objects.filter(case=case, key__in=list(keys)).values_list("key", flat=True))
    fresh = {key: line for key, line in keys.items() if key not in known}
    if not fresh:
        return
    records: list[Record] = [report, *(record for line in fresh.values() for record in line.records)]
    source = f"sheet {row.file}"
    entries = take(doing.case, records, by=doing.by, source=source)
    importing.note(doing.job, entries)
    names = names_of(case, [record.id for record in records], source=source)
    Kept.objects.get_or_create(case=case, report=names[report.id], defaults={"file": row.file})
    Came.objects.bulk_create([Came(case=case, key=key, name=names[line.records[0].id]) for key, line in fresh.items()])
    for line in fresh.values():
        if line.contact:
            reached = "\n".join(f"{field}: {value}" for field, value in line.contact)
            contacts.keep(case, names[line.records[0].id], reached, by=doing.job.made_by)


def _row_key(case: Case, mapping: tables.Mapping, line: tables.Row) -> str:
    told = json.dumps([mapping.heading_key, *line.key], ensure_ascii=False)
    return vault().name(f"{case.pk} row {told}".encode("utf-8", "surrogatepass"))
