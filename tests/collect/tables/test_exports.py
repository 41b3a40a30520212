"""What goes out again can be opened in a spreadsheet program without running anything."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.collect import tables

from .made import csv_of

EVIL = ("=cmd|' /C calc'!A0", '=HYPERLINK("http://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1")


@pytest.mark.parametrize("cell", EVIL)
def test_a_cell_that_would_be_run_is_shown_instead(cell: str) -> None:
    assert tables.defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Bree", "12", "a=b", "O'Hara", "'=1"])
def test_other_cells_are_left_alone(cell: str) -> None:
    assert tables.defused(cell) == cell


@given(st.text())
def test_nothing_defused_begins_a_formula_and_twice_is_once(cell: str) -> None:
    safe = tables.defused(cell)

    assert not safe.lstrip().startswith(("=", "+", "-", "@")) and not safe.startswith(("\t", "\r", "\n"))
    assert tables.defused(safe) == safe


def test_rows_in_error_come_back_with_their_reasons_and_can_be_handed_in_again() -> None:
    sheet = tables.sheet("a.csv", csv_of("City;=Detained;Date", "Bree;=2+3;04.05.2031", "Shire;5;04.05.2031", "Bree;3;5/4/31").replace(b";=D", b";D"))
    made = list(tables.rows(sheet, tables.guess(sheet), report="r"))
    out = tables.errors_csv(sheet, made)
    head, first, second = csv.reader(io.StringIO(out.removeprefix("\ufeff")))

    assert head == ["City", "Detained", "Date", "row", "why it was not read"]
    assert first[:4] == ["Bree", "'=2+3", "04.05.2031", "2"] and "not a number of people" in first[4]
    assert second[3] == "4" and "day or month first?" in second[4]

    again = tables.sheet("a.csv", out.replace("'=2+3", "5").replace("5/4/31", "2031-05-04").encode())
    mended = list(tables.rows(again, tables.guess(again), report="r"))
    assert [len(row.records) for row in mended] == [1, 1]
    assert mended[1].text == "City: Bree · Detained: 3 · Date: 2031-05-04"


def test_a_sheet_without_errors_gives_headings_alone() -> None:
    sheet = tables.sheet("a.csv", csv_of("City;Detained", "Bree;3"))

    assert len(tables.errors_csv(sheet, tables.rows(sheet, tables.guess(sheet), report="r")).splitlines()) == 1
