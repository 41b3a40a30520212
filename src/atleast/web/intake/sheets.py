"""Spreadsheets that came in: what is kept of each sheet, and how its columns are read, remembered by their headings."""

from dataclasses import dataclass, replace
from typing import Any

from atleast.collect import tables
from atleast.lexicon import fold
from atleast.web import files
from atleast.web.house.models import Case
from atleast.web.vault import vault

from .models import Columns, Spreadsheet

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xlsm", ".ods")


@dataclass(frozen=True, slots=True)
class Said:
    """What is kept of a sheet: what its file is called, how its columns are read, what is said of it as a document."""

    file: str
    mapping: tables.Mapping | None
    document: dict[str, str | None]


def new(case: Case, name: str, file: str, at: int, document: dict[str, str | None], *, by: Any) -> Spreadsheet:
    """Note that a sheet came in: the one at this place of a file that is kept."""
    row = Spreadsheet.objects.create(case=case, file=file, at=at, made_by=by)
    save(row, Said(name, None, document))
    return row


def others(row: Spreadsheet, count: int, *, by: Any) -> list[Spreadsheet]:
    """The other sheets of a file that holds so many, noted now; those that wait already are not noted again."""
    there = Spreadsheet.objects.filter(case=row.case, file=row.file, job=None).values_list("at", flat=True)
    told, missing = said(row), sorted(set(range(count)) - set(there))
    return [new(row.case, told.file, row.file, at, told.document, by=by) for at in missing]


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


def mapping_of(row: Spreadsheet, sheet: tables.Sheet) -> tuple[tables.Mapping, bool]:
    """How the columns of a sheet are read by what was said of it, and whether it is as somebody decided before."""
    kept = said(row).mapping
    return (kept, False) if kept else mapping_for(row.case, sheet)


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
