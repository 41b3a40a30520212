"""What each row becomes, with its quote; nothing is sharpened, nobody can be reached through a report, and rows keep their keys."""

from dataclasses import replace
from datetime import date, time
from time import process_time as time_of_process
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast import collect
from atleast.collect import tables
from atleast.collect.tables import Mapping, Row, Sheet
from atleast.model import BadRecord, Claim, Mention, Report, Trouble, encode

from .made import csv_of, xlsx

LIST = csv_of(
    "No;Name;Role;City;Station;Date;Time;Article;Released;Phone;Age",
    "1;Flavia Elphberg;student;Perm;No. 2;04.05.2031;21:05;20.2;yes;+7 912 000 11 22;20",
    "2;Fritz von Tarlenheim;lawyer;Perm;No. 2;04.05.2031;;;05.05.2031 03:10;;33",
    "3;unknown;;Berezniki;;04.05.2031;;;no;;",
)
CANARIES = ("912", "mother", "flavia@example.org", "Baker")


def read(data: bytes, mapping: Mapping | None = None, name: str = "night.csv", **said: Any) -> list[Row]:
    sheet = tables.sheet(name, data)
    return list(tables.rows(sheet, mapping or tables.guess(sheet), report="r", **said))


def guessed(data: bytes, name: str = "night.csv", **changes: Any) -> Mapping:
    return replace(tables.guess(tables.sheet(name, data)), **changes)


def only(*lines: str, **changes: Any) -> Row:
    data = csv_of(*lines)
    (row,) = read(data, guessed(data, **changes))
    return row


def claim(*lines: str, **changes: Any) -> Claim:
    (made,) = only(*lines, **changes).records
    assert isinstance(made, Claim)
    return made


def mention(*lines: str, **changes: Any) -> Mention:
    (made,) = only(*lines, **changes).records
    assert isinstance(made, Mention)
    return made


def test_a_row_with_a_name_is_a_mention_with_what_befell() -> None:
    first, second, third = (row.records[0] for row in read(LIST, zone=ZoneInfo("Asia/Yekaterinburg")))

    assert isinstance(first, Mention) and isinstance(second, Mention) and isinstance(third, Mention)
    assert (first.name, first.role, first.place, first.station) == ("Flavia Elphberg", "student", "Perm, Russia", "No. 2")
    assert [(h.what, h.at, h.detail) for h in first.happened] == [
        ("detained", "2031-05-04T21:05+05:00", None), ("released", None, None), ("charged", None, "20.2"),
    ]  # fmt: skip
    assert [(h.what, h.at) for h in second.happened] == [("detained", "2031-05-04"), ("released", "2031-05-05T03:10+05:00")]
    assert (third.name, [h.what for h in third.happened]) == (None, ["detained"])


def test_a_row_with_numbers_is_a_claim_for_each() -> None:
    row = only("City;Detained;Of them minors;Released;Source;Date;Time", "Perm;more than 100;5-7;;OVD-Info;04.05.2031;22:00")
    whole, minors = row.records

    assert isinstance(whole, Claim) and isinstance(minors, Claim)
    assert (whole.low, whole.high, whole.bound, whole.hedge) == (101, None, "at_least", "more_than")
    assert (minors.low, minors.high, minors.among, minors.quantity) == (5, 7, "minors", "detained")
    assert (whole.claimant, whole.claimant_kind) == ("OVD-Info", "monitor")
    assert (whole.place, whole.event_date, whole.as_of) == ("Perm, Russia", "2031-05-04", "2031-05-04T22:00")


@pytest.mark.parametrize("data", [LIST, csv_of("City,Number,Note", "Bree,12,a", ",,", "Shire,~5,b")])
def test_every_quote_and_every_slot_stands_in_the_text_of_the_report(data: bytes) -> None:
    report, *rest = (r for r in collect.uploaded("night.csv", data) if not isinstance(r, Trouble))

    assert isinstance(report, Report) and report.kind == "list"
    assert rest
    for record in rest:
        assert isinstance(record, Claim | Mention)
        assert report.text[record.start : record.end] == record.quote
        assert all(record.start <= e.start < e.end <= record.end for e in record.evidence)
        name = next((e for e in record.evidence if e.slot == "name"), None)
        assert name is None or report.text[name.start : name.end] in (getattr(record, "name", None), "unknown")


@pytest.mark.parametrize("language", ["ru", "en"])
def test_numbers_are_bounds_and_never_sharper_than_written(language: str) -> None:
    cells = {
        "ru": {"более 100": (101, None), "не менее 40": (40, None), "около 10": (10, 10), "до 20": (None, 20), "десятки": (20, None), "12 чел.": (12, 12)},
        "en": {"5-7": (5, 7), "~10": (10, 10), ">100": (101, None), "<100": (None, 99), "40+": (40, None), "dozens": (24, None), "1 234": (1234, 1234)},
    }[language]  # fmt: skip
    heading = {"ru": "Город;Задержано", "en": "City;Detained"}[language]
    found = {text: claim(heading, f"Perm;{text}") for text in cells}

    assert {text: (made.low, made.high) for text, made in found.items()} == cells


@pytest.mark.parametrize("cell", ["12.5", "many", "5 (2)", "-3", "7-5", "1/2"])
def test_a_number_that_is_none_stops_its_row_and_is_named(cell: str) -> None:
    row = only("City;Detained", f"Bree;{cell}")

    assert not row.records
    assert (row.troubles[0].value, row.troubles[0].where) == (cell, "night.csv, row 2, column “Detained”")
    assert row.troubles[0].remedy


@pytest.mark.parametrize(
    ("cell", "when"),
    [
        ("2031-05-04", "2031-05-04"), ("04.05.2031", "2031-05-04"), ("4.5.31", "2031-05-04"), ("13/5/31", "2031-05-13"),
        ("4 мая 2031 г.", "2031-05-04"), ("4 мая", "--05-04"), ("04.05", "--05-04"), ("May 4, 2031", "2031-05-04"),
        ("04-05.05.2031", "2031-05-04/2031-05-05"), ("04.05.2031 - 05.05.2031", "2031-05-04/2031-05-05"), ("2031-05", "2031-05"),
        ("47972", "2031-05-04"),
    ],
)  # fmt: skip
def test_days_are_read_in_the_forms_of_spreadsheets(cell: str, when: str) -> None:
    made = claim("Город;Задержано;Дата", f"Бри;3;{cell}")

    assert made.event_date == when


def test_a_day_that_can_be_read_in_two_ways_waits_for_an_answer() -> None:
    lines = "City;Detained;Date", "Bree;3;5/4/31"

    assert only(*lines).troubles[0].what == "day or month first?"
    assert claim(*lines, order="day").event_date == "2031-04-05"
    assert claim(*lines, order="month").event_date == "2031-05-04"


def test_one_date_of_the_column_answers_for_all() -> None:
    assert guessed(csv_of("City,Detained,Date", "Bree,3,5/4/31", "Bree,4,5/14/31")).order == "month"


@pytest.mark.parametrize("cell", [date(1900, 1, 1), time(0, 0), "31.02.2031", "on Saturday"])
def test_a_date_that_is_none_stops_its_row(cell: Any) -> None:
    data = xlsx(Night=[["City", "Detained", "Date"], ["Bree", 3, cell]])
    (row,) = read(data, name="a.xlsx")

    assert not row.records and "Date" in row.troubles[0].where


def test_what_excel_made_of_five_to_seven_is_told() -> None:
    (row,) = read(xlsx(Night=[["City", "Detained"], ["Bree", date(2031, 7, 5)]]), name="a.xlsx")

    assert "5-7" in row.troubles[0].remedy


def test_a_vague_time_is_worth_its_day_and_that_is_told() -> None:
    row = only("City;Detained;Date;Time", "Bree;3;04.05.2031;about 9 pm")

    assert isinstance(row.records[0], Claim) and row.records[0].as_of is None
    assert "only the day" in row.doubts[0].what


def test_times_from_and_to_are_an_interval_over_midnight() -> None:
    assert claim("City;Detained;Date;Time", "Bree;3;04.05.2031;23:00-01:00").as_of == "2031-05-04T23:00/2031-05-05T01:00"


def test_no_contact_gets_into_text_or_records_and_all_are_handed_over() -> None:
    data = csv_of(
        "Write to Baker +7 912 333 44 55;;;;",
        "Name;Phone;Address;E-mail;Mother's name;Note;???",
        "Flavia;+7 912 000 11 22;12 Baker Street;flavia@example.org;her mother;call 8 (912) 111-22-33;8-912-000-00-00",
    ).replace(b"Baker +7", b"us +7")
    records = [r for r in collect.uploaded("night.csv", data) if not isinstance(r, Trouble)]
    (row,) = read(data)

    assert not [word for word in CANARIES if any(word in encode(r) for r in records)]
    assert not [word for word in CANARIES if word in " ".join(row.key)]
    assert {value for _, value in row.contact} == {
        "+7 912 000 11 22", "12 Baker Street", "flavia@example.org", "her mother", "8 (912) 111-22-33", "8-912-000-00-00",
    }  # fmt: skip


@pytest.mark.parametrize("article", ["20.2 19.3 20.2 ч.5", "20.2 ч. 8, 19.3 ч. 1, 20.2.2", "04.05.2031 03:10"])
def test_articles_and_times_are_no_phones(article: str) -> None:
    assert article in only("Name;Article", f"Flavia;{article}").text


@pytest.mark.parametrize("phone", ["06 12 34 56 78", "+375 29 123-45-67", "8(912)0001122", "0151 23456789"])
def test_phones_within_a_remark_are_taken_out(phone: str) -> None:
    row = only("Name;Note", f"Flavia;call {phone} at night")

    assert row.text == "Name: Flavia · Note: call [contact] at night" and row.contact == (("contact", phone),)


@pytest.mark.parametrize("column", ["Number", "Detained", "Released"])
def test_a_name_and_a_number_of_people_in_one_row_are_told(column: str) -> None:
    assert "a name and a number" in only(f"Name;{column}", "Flavia;12").troubles[0].what


def test_a_sum_is_a_detail_of_a_fine() -> None:
    (taken, fined) = mention("Name;Fined", "Flavia;10000").happened

    assert (taken.what, fined.what, fined.detail) == ("detained", "fined", "10000")


def test_what_is_not_read_stands_nowhere() -> None:
    records = [r for r in collect.uploaded("a.csv", csv_of("Name;Passport;Date of birth", "Flavia;4509 123456;01.02.2003")) if not isinstance(r, Trouble)]

    assert len(records) == 2
    assert not any("4509" in encode(r) or "2003" in encode(r) for r in records)


def test_what_was_guessed_is_told() -> None:
    told = [str(t) for t in collect.uploaded("a.csv", "ФИО;Телефон;Цвет\nФродо;;red\n".encode()) if isinstance(t, Trouble)]

    assert told[0] == "a.csv: column “ФИО” was read as name. Map the columns if that is wrong"
    assert "goes into no record" in told[1] and "is not read" in told[2]


def test_a_merged_cell_gives_its_place_to_all_its_rows_and_its_number_to_one() -> None:
    import io

    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["City", "Station", "Detained"])
        page.merge_range(1, 0, 2, 0, "Perm")
        page.write_column(1, 1, ["one", "two"])
        page.merge_range(1, 2, 2, 2, 12)
    first, second = read(made.getvalue(), name="a.xlsx")

    assert isinstance(first.records[0], Claim) and first.records[0].place == "Perm, Russia"
    assert not second.records and second.text == "City: Perm · Station: two"


def test_empty_rows_are_passed_over_and_numbers_stay_those_of_the_spreadsheet() -> None:
    assert [row.number for row in read(csv_of("Name,City", ",", "Frodo,Bree", "", "Sam,Bree"))] == [3, 5]


def test_a_row_that_says_nothing_is_told() -> None:
    assert only("Name;City", ";Bree").troubles[0].what == "nobody named and nothing counted"
    assert only("Name;Phone", ";+7 912 000 11 22").troubles[0].what.startswith("nothing but a contact")


def test_a_total_is_of_the_place_that_the_mapping_tells() -> None:
    lines = "City;Detained", "Total;130"

    assert claim(*lines, place="Russia").place == "Russia"
    assert "unknown place" in only(*lines).doubts[0].what


def test_a_sheet_of_unknown_columns_is_told_once() -> None:
    told = list(collect.uploaded("a.csv", csv_of("Colour;Shape", *["red;round"] * 50)))

    assert [t.what for t in told if isinstance(t, Trouble)][-1].startswith("no column with names or numbers")
    assert len(told) == 3


def test_a_table_in_a_zip_is_read() -> None:
    import io
    import zipfile

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("lists/night.csv", LIST)

    assert len([r for r in collect.uploaded("night.zip", made.getvalue()) if isinstance(r, Mention)]) == 3


@pytest.mark.parametrize("cell", ["a" * 90_000, "1" * 90_000, "- " * 45_000, "a@" * 45_000, "1." * 45_000])
def test_a_very_long_cell_costs_no_more_than_its_length(cell: str) -> None:
    start = time_of_process()
    only("Name;Date;Time;Number", f"{cell};{cell};{cell};{cell}")
    only("City;Number", f"{cell};{cell}")

    assert time_of_process() - start < 5  # a tenth of a second; a quadratic one takes minutes


def test_nothing_by_which_somebody_can_be_reached_is_printed_into_a_log() -> None:
    sheet = tables.sheet("night.csv", LIST)

    assert "912" not in repr(sheet) + repr(read(LIST)) + repr(tables.guess(sheet))


# ── Keys ──


def keys(data: bytes, **changes: Any) -> list[tuple[str, ...]]:
    return [row.key for row in read(data, guessed(data, **changes))]


def test_the_same_sheet_again_gives_the_same_keys_and_one_changed_row_one_new_key() -> None:
    before, after = keys(LIST), keys(LIST.replace(b"von Tarlenheim", b"of Tarlenheim"))

    assert keys(LIST) == before and len(set(before)) == 3
    assert len(set(after) - set(before)) == 1


def test_columns_in_another_order_and_a_new_phone_give_the_same_keys() -> None:
    assert keys(csv_of("Name;City;Phone", "Frodo;Bree;1")) == keys(csv_of("Phone;City;Name", "2;Bree;Frodo"))


def test_rows_that_are_the_same_are_told_apart_in_order() -> None:
    first, second, third = keys(csv_of("Name;City", "Frodo;Bree", "Frodo;Bree", "Sam;Bree"))

    assert second == (*first, "#2") and third != first


@pytest.mark.parametrize("column", ["Phone", "No", "Nothing"])
def test_a_contact_or_a_column_that_is_not_read_tells_no_row_from_another(column: str) -> None:
    with pytest.raises(BadRecord, match="no column to know a row by"):
        guessed(LIST, key=(column,))


def test_chosen_key_columns_alone_tell_rows_apart() -> None:
    data, other = csv_of("Name;Note", "Frodo;a"), csv_of("Name;Note", "Frodo;b")

    assert keys(data, key=("Name",)) == keys(other, key=("Name",))
    assert keys(data) != keys(other)


# ── Mappings ──


def test_a_mapping_is_remembered_by_its_headings_and_comes_back_from_json() -> None:
    mapping = guessed(LIST, key=("Name",), order="day", place="Perm, Russia", year=2031)

    assert Mapping.from_json(mapping.to_json()) == mapping
    assert mapping.heading_key == guessed(csv_of("city;NAME;role;no;station;date;time;article;released;phone;age", "a;b;c;d;e;f;g;h;i;j;k")).heading_key
    assert mapping.heading_key != guessed(csv_of("Name;City", "a;b")).heading_key


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"columns": 3}', '{"columns": [["a", "b"]]}', '{"columns": [["a", "name"]], "x": 1}', '{"columns": [], "order": "year"}'])
def test_a_mapping_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(BadRecord):
        Mapping.from_json(text)


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=("C",)), max_size=12), min_size=3, max_size=3), max_size=6))
def test_whatever_stands_in_the_cells_each_row_becomes_something_or_says_why(cells: list[list[str]]) -> None:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows([["Name", "Detained", "Date"], *cells])
    for found in tables.sheets("a.csv", out.getvalue().encode("utf-8", "replace")):
        assert isinstance(found, Sheet)
        mapping = tables.guess(found)
        made = list(tables.rows(found, mapping, report="r"))
        report = tables.report_of(found, made, report="r")

        assert all(bool(row.records) != bool(row.troubles) for row in made)
        assert len({row.key for row in made}) == len(made)
        assert all(report.text[r.start : r.end] == r.quote for row in made for r in row.records)
