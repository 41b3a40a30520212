"""Spreadsheets: columns mapped and remembered, rows shown before they come, each once, errors kept, contacts apart."""

import csv
import io
from typing import Any

import pytest

from atleast.model import Claim, Mention, Report
from atleast.web.house import contacts
from atleast.web.house.models import Audit, Case, Contact, Job
from atleast.web.intake.models import Spreadsheet
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import records

from .test_intake import NIGHT, done, hand_over, page, uploaded

LIST = "Name;City;Date;Phone\nRudolf Elphberg;Zenda;03.05.2031;+7 912 345-67-89\nFlavia Elphberg;Strelsau;04.05.2031;\nRupert Hentzau;Zenda;99.99.2031;\n"


def keyed(browser: Any, data: str = LIST, name: str = "list.csv") -> str:
    """A spreadsheet handed over: the path of its page."""
    answer = hand_over(browser, uploaded(name, data))
    assert answer.status_code == 302
    return str(answer["Location"])


def chosen(told: dict[str, Any], **more: str) -> dict[str, str]:
    """The form as it stands on the page."""
    return {f"column-{n}": each["field"] for n, each in enumerate(told["columns"])} | more


def imported(browser: Any, where: str, case: Case, **more: str) -> Job:
    told = browser.get(where + "?format=json").json()
    browser.post(where, chosen(told, do="import", **more))
    return done(case)


def of(case: Case, kind: type) -> list[Any]:
    return [record for _, record in records(case) if isinstance(record, kind)]


def test_a_dry_run_shows_what_each_row_becomes_and_keeps_nothing(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    where = keyed(browser)
    told = browser.get(where + "?format=json").json()
    shown = browser.get(where).content.decode()

    assert [(each["heading"], each["field"]) for each in told["columns"]] == [("Name", "name"), ("City", "place"), ("Date", "date"), ("Phone", "phone")]
    assert (told["rows"], told["good"], told["bad"], told["contacts"], told["mentions"]) == (3, 2, 1, 1, 2)
    assert "Flavia Elphberg" in shown and "99.99.2031" in shown
    assert not Entry.objects.exists() and not Contact.objects.exists() and not Job.objects.exists()


def test_rows_come_once_and_contacts_go_nowhere_but_to_the_sealed_ones(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    job = imported(browser, keyed(browser), case)

    people = of(case, Mention)
    assert job.state == "done"
    assert [each.name for each in people] == ["Rudolf Elphberg", "Flavia Elphberg"]
    assert "912" not in of(case, Report)[0].text
    assert contacts.told(case, people[0].id) == ("phone: +7 912 345-67-89",)
    assert [(each["record"], each["new"]) for each in page(browser, job)["came"]] == [("report", 1), ("mention", 2)]


def test_a_list_that_has_grown_gives_only_what_is_new(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    imported(browser, keyed(browser), case)
    imported(browser, keyed(browser), case)
    grown = LIST + "Fritz Tarlenheim;Zenda;04.05.2031;\n"
    job = imported(browser, keyed(browser, grown), case)

    assert [each.name for each in of(case, Mention)] == ["Rudolf Elphberg", "Flavia Elphberg", "Fritz Tarlenheim"]
    assert len(of(case, Report)) == 2
    assert {each["record"]: (each["new"], each["known"]) for each in page(browser, job)["came"]}["mention"] == (1, 2)
    assert Contact.objects.filter(case=case).count() == 1


def test_rows_in_error_are_taken_out_with_their_reasons_and_run_nowhere(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    where = keyed(browser, LIST + "=1+1;Zenda;someday;\n")
    lines = list(csv.reader(io.StringIO(browser.get(where + "errors.csv").content.decode("utf-8-sig"))))

    assert [row[0] for row in lines[1:]] == ["Rupert Hentzau", "'=1+1"]
    assert all(row[-1] for row in lines[1:])
    assert Audit.objects.get(page="sheet-errors").count == 2


def test_a_mended_file_of_errors_gives_the_rows_that_were_missing(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    where = keyed(browser)
    imported(browser, where, case)
    mended = browser.get(where + "errors.csv").content.decode("utf-8-sig").replace("99.99.2031", "05.05.2031")
    imported(browser, keyed(browser, mended, "mended.csv"), case)

    assert [each.name for each in of(case, Mention)] == ["Rudolf Elphberg", "Flavia Elphberg", "Rupert Hentzau"]


def test_how_columns_were_read_is_remembered_by_their_headings(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    odd = "Wer;Wohin\nRudolf Elphberg;Zenda\n"
    where = keyed(browser, odd)
    told = browser.get(where + "?format=json").json()
    browser.post(where, {"column-0": "name", "column-1": "place", "do": "import"})
    done(case)
    again = browser.get(keyed(browser, "WER;Wohin\nFlavia Elphberg;Zenda\n") + "?format=json").json()

    assert not told["remembered"] and again["remembered"]
    assert [each["field"] for each in again["columns"]] == ["name", "place"]


def test_a_mapping_that_cannot_be_is_told_and_what_was_chosen_stays(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    where = keyed(browser)
    told = browser.get(where + "?format=json").json()

    for wrong in ({"column-0": "nobody"}, {"year": "31"}, {"date": "someday"}, {"order": "sideways"}, {"key-3": "on"}):
        assert browser.post(where, chosen(told) | wrong).status_code == 422, wrong


def test_a_spreadsheet_beside_other_files_waits_and_the_rest_comes_in(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    hand_over(browser, uploaded("list.csv", LIST), uploaded("night.txt", NIGHT))
    done(case)

    assert of(case, Claim) and not of(case, Mention)
    assert Spreadsheet.objects.filter(case=case, job=None).count() == 1
    assert "list.csv" in browser.get("/strelsau/intake/").content.decode()


def test_a_workbook_that_is_none_is_told_like_any_other_file(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    hand_over(browser, uploaded("list.xlsx", b"PK\x03\x04 no"))

    assert page(browser, done(case))["amiss"] == 1


def test_the_same_job_begun_twice_brings_nothing_twice(case: Case, as_role: Any) -> None:
    from atleast.web import jobs

    browser = as_role("intake")
    job = imported(browser, keyed(browser), case)
    before = Entry.objects.count()
    jobs.again(job)
    jobs.do.call(job.pk)

    assert Entry.objects.count() == before and Contact.objects.count() == 1
    assert page(browser, job)["came"][1]["new"] == 2


@pytest.mark.parametrize("name", ["somebody-else"])
def test_who_may_not_see_reports_sees_only_his_own_sheets(name: str, case: Case, as_role: Any) -> None:
    where = keyed(as_role("intake"))

    assert as_role("intake", name).get(where).status_code == 404
    assert as_role("reader").get(where).status_code == 200
