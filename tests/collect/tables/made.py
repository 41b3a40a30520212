"""Spreadsheets made for the tests."""

import io
from datetime import date, datetime, time
from typing import Any

import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def csv_of(*rows: str) -> bytes:
    return "\n".join(rows).encode()


def xlsx(**sheets: list[list[Any]]) -> bytes:
    """A workbook: each sheet a list of rows. Dates and times are formatted as such, everything else is written as it is."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}) as book:
        day, clock = (book.add_format({"num_format": form}) for form in ("dd.mm.yyyy", "hh:mm"))
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for y, row in enumerate(rows):
                for x, cell in enumerate(row):
                    if isinstance(cell, datetime | date | time):
                        page.write_datetime(y, x, cell, clock if isinstance(cell, time) else day)  # type: ignore[arg-type]
                    else:
                        page.write(y, x, cell)
    return made.getvalue()


def ods(rows: list[list[str]], *, repeated: tuple[int, int] | None = None) -> bytes:
    """An .ods; with `repeated` its last row is one cell that is said to stand there so many times down and across."""
    book, table = OpenDocumentSpreadsheet(), Table(name="Night")
    for row in rows:
        line = TableRow()
        for cell in row:
            line.addElement(_cell(cell))
        table.addElement(line)
    if repeated:
        line = TableRow(numberrowsrepeated=repeated[0])
        line.addElement(_cell("x", numbercolumnsrepeated=repeated[1]))
        table.addElement(line)
    book.spreadsheet.addElement(table)
    made = io.BytesIO()
    book.write(made)
    return made.getvalue()


def _cell(text: str, **said: int) -> TableCell:
    cell = TableCell(valuetype="string", **said)
    cell.addElement(P(text=text))
    return cell
