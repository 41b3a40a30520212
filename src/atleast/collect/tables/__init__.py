"""Spreadsheets (.csv, .xlsx, .ods): what their columns are, and what each of their rows becomes.

`sheets(name, data)` reads a file, `guess(sheet)` tells which column is which field, `rows(sheet, mapping, report=id)`
gives each row with its claims or mention, its key, its contact details and what is wrong with it; nothing is kept, so
it is a dry run as well. `report_of(sheet, rows, report=id)` is the report that they are quoted from, `errors_csv` the
rows in error, `defused` what makes a cell safe in any export. Workbooks rest on python-calamine.
"""

from .exports import defused, errors_csv
from .mapping import FIELDS, Mapping, guess, told
from .rows import TABLE, Row, report_of, rows
from .sheets import LARGEST, Cell, Column, Sheet, sheet, sheets, written

__all__ = [
    "FIELDS",
    "LARGEST",
    "TABLE",
    "Cell",
    "Column",
    "Mapping",
    "Row",
    "Sheet",
    "defused",
    "errors_csv",
    "guess",
    "report_of",
    "rows",
    "sheet",
    "sheets",
    "told",
    "written",
]
