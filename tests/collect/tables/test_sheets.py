"""A sheet is read whole, its headings found, and an evil workbook is refused before it is read."""

import io
import time
import zipfile
from datetime import date

import pytest
import xlsxwriter

from atleast.collect import tables
from atleast.collect.tables import Sheet
from atleast.collect.tables.sheets import MOST_COLUMNS, MOST_ROWS
from atleast.model import Trouble, Unreadable

from .made import csv_of, ods, xlsx

FAR = (1_048_575, 16_383)


def headings(name: str, data: bytes) -> list[str]:
    return [column.heading for column in tables.sheet(name, data).columns]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_csv_is_read_by_any_delimiter_and_encoding(mark: str, encoding: str) -> None:
    lines = [("ФИО", "Город"), ("Фродо Бэггинс", "Бри"), ("Сэмуайз Гэмджи", "Хоббитон")] * 3
    found = tables.sheet("night.csv", "\r\n".join(map(mark.join, lines)).encode(encoding))

    assert [column.heading for column in found.columns] == ["ФИО", "Город"]
    assert found.rows[0] == ("Фродо Бэггинс", "Бри")


def test_a_quoted_line_end_is_within_its_cell() -> None:
    found = tables.sheet("a.csv", b'Name,Note\n"Frodo","ring\nbearer; of nine"\nSam,gardener\n')

    assert found.rows == (("Frodo", "ring\nbearer; of nine"), ("Sam", "gardener"))


def test_excel_says_its_delimiter_in_the_first_line() -> None:
    assert headings("a.csv", b"sep=|\nName|City\nFrodo|Bree\n") == ["Name", "City"]


def test_a_csv_of_one_column_is_a_sheet_of_one_column() -> None:
    found = tables.sheet("a.csv", b"Name\nFrodo\nSam\n")

    assert [c.heading for c in found.columns] == ["Name"] and found.rows == (("Frodo",), ("Sam",))


def test_a_quotation_mark_that_never_ends_is_told() -> None:
    with pytest.raises(Unreadable, match="not a table"):
        tables.sheet("a.csv", b'Name,City\n"' + b"Frodo,Bree\n" * 20_000)


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_headings_are_found_below_a_title(form: str) -> None:
    rows = [["People taken in Bree"], [], ["Name", "City"], ["Frodo", "Bree"]]
    data = {"csv": csv_of(*map(",".join, rows)), "xlsx": xlsx(Night=rows), "ods": ods(rows)}[form]
    found = tables.sheet(f"a.{form}", data)

    assert [c.heading for c in found.columns] == ["Name", "City"]
    assert (found.header, found.above, found.rows) == (3, ("People taken in Bree",), (("Frodo", "Bree"),))


def test_two_columns_of_one_heading_are_told_apart() -> None:
    assert headings("a.csv", b"Name,Note,Note\nFrodo,a,b\n") == ["Name", "Note", "Note (2)"]


def test_every_sheet_that_holds_anything_is_read() -> None:
    found = list(tables.sheets("a.xlsx", xlsx(Bree=[["Name"], ["Frodo"]], Empty=[], Shire=[["Name"], ["Sam"]])))

    assert [each.name for each in found if isinstance(each, Sheet)] == ["Bree", "Shire"]


def test_a_formula_is_never_run_its_last_value_is_read() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["City", "Detained"])
        page.write(1, 0, "Bree")
        page.write_formula(1, 1, "=1+1", None, 12)

    assert tables.sheet("a.xlsx", made.getvalue()).rows == (("Bree", 12.0),)


def test_a_value_in_the_farthest_cell_is_refused_before_memory_is_asked_for() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write(0, 0, "Name")
        page.write(*FAR, "x")

    with pytest.raises(Unreadable, match="cells between the first and the last"):
        tables.sheet("a.xlsx", made.getvalue())


def test_a_format_in_the_farthest_cell_is_no_value() -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["Name", "City"])
        page.write_row(1, 0, ["Frodo", "Bree"])
        page.write_blank(*FAR, None, book.add_format({"bold": True}))

    assert tables.sheet("a.xlsx", made.getvalue()).rows == (("Frodo", "Bree"),)


def test_one_value_said_to_be_repeated_a_million_times_is_refused() -> None:
    with pytest.raises(Unreadable, match="cells between the first and the last"):
        tables.sheet("a.ods", ods([["Name"], ["Frodo"]], repeated=(1_000_000, 16_384)))


def tampered(member: str, text: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(Night=[["Name"], ["Frodo"]]))) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == member else old.read(name))
    return made.getvalue()


@pytest.mark.parametrize(
    "xml",
    [
        b"<worksheet><sheetData><row><c",
        b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>',
        b"\x00\x01\x02",
        b"",
    ],
)
def test_a_half_broken_workbook_is_told(xml: bytes) -> None:
    with pytest.raises(Unreadable):
        tables.sheet("a.xlsx", tampered("xl/worksheets/sheet1.xml", xml))


ROWS = (
    b'<row r="1048576"><c r="&#88;FD1048576"><v>1</v></c></row>',
    b'<row r="99999999"><c><v>1</v></c></row>',
    b'<row r="1"><c x="&gt;" r=\'XFD1048576\'><v>1</v></c></row>',
    b'<!-- <c " --><row r="1"><c r="XFD1048576"><is><t>x</t></is></c></row>',
)


@pytest.mark.parametrize("row", ROWS)
def test_a_far_cell_is_found_however_it_is_written(row: bytes) -> None:
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    near = b'<row r="1"><c r="A1"><v>1</v></c></row>'

    with pytest.raises(Unreadable, match="cells between the first and the last"):
        tables.sheet("a.xlsx", tampered("xl/worksheets/sheet1.xml", start + near + row + b"</sheetData></worksheet>"))


@pytest.mark.parametrize("data", [b"PK\x03\x04nonsense", b"\xd0\xcf\x11\xe0" + b"\0" * 600, xlsx(Night=[["Name"]])[:-40], b" "])
def test_a_file_that_is_no_workbook_is_told(data: bytes) -> None:
    with pytest.raises(Unreadable):
        tables.sheet("a.xlsx", data)


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    with pytest.raises(Unreadable, match="bomb"):
        tables.sheet("a.xlsx", _bomb())


def _bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", b" " * 30_000_000)
    return made.getvalue()


def test_too_many_rows_or_columns_are_told() -> None:
    wide, long = (",".join(["a"] * (MOST_COLUMNS + 1)), "\n".join(["a,b"] * (MOST_ROWS + 2)))
    for text in (wide, long):
        (trouble,) = tables.sheets("a.csv", text.encode())

        assert isinstance(trouble, Trouble) and "more than" in trouble.what


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_read_in_bounded_time() -> None:
    data = csv_of("Name;City;Date", *(f"Hobbit {n};Bree;04.05.2031" for n in range(100_000)))
    start = time.process_time()
    found = tables.sheet("a.csv", data)
    made = sum(len(row.records) for row in tables.rows(found, tables.guess(found), report="a"))

    assert made == 100_000
    assert time.process_time() - start < 60  # some 8 s; a slow machine may take longer, a square one never ends


def test_real_dates_are_dates() -> None:
    assert tables.sheet("a.xlsx", xlsx(Night=[["Name", "Date"], ["Frodo", date(2031, 5, 4)]])).rows[0][1] == date(2031, 5, 4)
