"""Spreadsheets: columns mapped and remembered, rows shown before they come, each once, errors kept, contacts apart."""

import csv
import io
import sys
from typing import Any

import pytest

from atleast.collect import tables
from atleast.model import Claim, Mention, Report
from atleast.web import files, jobs
from atleast.web.house import contacts
from atleast.web.house.models import Audit, Case, Contact, Job
from atleast.web.intake import looking
from atleast.web.intake.models import Spreadsheet
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import records

from ..collect.tables.made import xlsx
from .test_intake import NIGHT, done, hand_over, page, uploaded

LIST = "Name;City;Date;Phone\nRudolf Elphberg;Zenda;03.05.2031;+7 912 345-67-89\nFlavia Elphberg;Strelsau;04.05.2031;\nRupert Hentzau;Zenda;99.99.2031;\n"


def keyed(browser: Any, data: str | bytes = LIST, name: str = "list.csv") -> str:
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


# ── Long lists ──


def long(rows: int) -> str:
    lines = (f"Rudolf Elphberg {n};Zenda;{'99.99.2031' if n % 10 == 9 else '03.05.2031'};\n" for n in range(rows))
    return "Name;City;Date;Phone\n" + "".join(lines)


def shown(browser: Any, where: str) -> dict[str, Any]:
    told: dict[str, Any] = browser.get(where + "?format=json").json()
    return told


def test_of_a_long_list_the_first_rows_are_shown_at_once_and_a_job_looks_at_the_rest(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "AT_ONCE", 20)
    browser = as_role("intake")
    where = keyed(browser, long(95))
    first, errors = shown(browser, where), browser.get(where + "errors.csv")
    done(case)
    whole = shown(browser, where)

    assert (first["rows"], first["looking"]["looked"], first["total"], first["looking"]["open"]) == (20, 20, 95, True)
    assert errors.status_code == 302
    assert (whole["rows"], whole["good"], whole["bad"], whole["looking"]) == (95, 86, 9, None)
    assert len(browser.get(where + "errors.csv").content.decode().splitlines()) == 10
    assert not Entry.objects.exists() and not shown(browser, "/strelsau/jobs/")["jobs"]


def test_a_large_file_is_opened_by_a_job_and_shows_rows_before_all_were_looked_at(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "SMALL", 100)
    monkeypatch.setattr(looking, "_TELL_EVERY", 10)
    monkeypatch.setattr(jobs, "_TOLD_EVERY", 0.0)
    browser = as_role("intake")
    where = keyed(browser, long(95))
    before, seen = shown(browser, where), []
    step = jobs.Doing.step

    def watched(doing: Any, stage: str, at: int, total: int) -> None:
        step(doing, stage, at, total)
        told = shown(browser, where)
        seen.append((stage, told["rows"], len(told["first"])))

    monkeypatch.setattr(jobs.Doing, "step", watched)
    done(case)

    assert not before["opened"] and before["looking"]["open"]
    assert seen[:3] == [("open", 0, 0), ("look", 0, 0), ("look", 10, 9)]
    assert shown(browser, where)["rows"] == 95


def test_columns_that_are_mapped_otherwise_are_looked_at_anew_and_what_is_old_is_not_shown(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "SMALL", 100)
    browser = as_role("intake")
    where = keyed(browser, long(95))
    done(case)
    told = shown(browser, where)
    browser.post(where, chosen(told) | {"column-2": "ignored", "do": "look"})
    between, old = shown(browser, where), Job.objects.latest("id")
    browser.post(where, chosen(told) | {"column-2": "ignored", "column-1": "ignored", "do": "look"})
    jobs.do.call(old.pk)
    done(case)
    after = shown(browser, where)

    assert told["bad"] == 9
    assert (between["rows"], [each["field"] for each in between["columns"]]) == (0, ["name", "place", "ignored", "phone"])
    assert Job.objects.get(pk=old.pk).state == "cancelled"
    assert (after["bad"], after["good"], [each["field"] for each in after["columns"]]) == (0, 95, ["name", "ignored", "ignored", "phone"])


def test_a_long_list_can_be_imported_before_all_of_it_was_looked_at(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "AT_ONCE", 20)
    monkeypatch.setattr("atleast.web.intake.importing.PORTION", 7)
    browser = as_role("intake")
    where = keyed(browser, long(95))
    job = imported(browser, where, case)
    told, people, (report,) = shown(browser, where), of(case, Mention), of(case, Report)

    assert job.state == "done" and len(people) == 86
    assert all(report.text[each.start : each.end] == each.quote for each in people)
    assert (told["rows"], told["bad"], told["looking"]) == (95, 9, None)
    assert [each.state for each in Job.objects.filter(kind="look")] == ["cancelled"]
    assert page(browser, job)["wrong_rows"] == 9 and browser.get(where + "errors.csv").status_code == 200


def test_each_sheet_of_a_workbook_waits_and_one_that_cannot_be_read_is_told(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    two = {"Night": [["Name", "City"], ["Rudolf", "Zenda"]], "Day": [["Name", "City"], ["Flavia", "Zenda"]]}
    browser = as_role("intake")
    at_once = shown(browser, keyed(browser, xlsx(**two, Wide=[["a"] * 301]), "list.xlsx"))
    monkeypatch.setattr(looking, "SMALL", 10)
    where = keyed(browser, xlsx(**two), "other.xlsx")
    jobs.do.call(Job.objects.filter(kind="look").latest("id").pk)
    later = shown(browser, where)

    assert at_once["sheet"] == "Night" and [each["file"] for each in at_once["others"]] == ["list.xlsx · Day"]
    assert "300 columns" in at_once["beside"][0]["what"]
    assert later["sheet"] == "Night" and [each["file"] for each in later["others"]] == ["other.xlsx"]


def test_a_list_that_nobody_wants_is_let_go_with_its_file(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    where = keyed(browser)
    file = Spreadsheet.objects.get().file
    answer = browser.post(where, {"do": "let go"})

    assert answer["Location"] == "/strelsau/intake/"
    assert not Spreadsheet.objects.exists() and files.opened(file) is None
    assert browser.get(where).status_code == 404


def test_a_list_that_was_imported_is_not_let_go(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    where = keyed(browser)
    imported(browser, where, case)
    browser.post(where, {"do": "let go"})

    assert files.opened(Spreadsheet.objects.get().file)


def test_a_list_that_is_too_large_says_what_would_work(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for where in (tables, sys.modules[tables.Sheet.__module__]):
        monkeypatch.setattr(where, "LARGEST", 1_000)
    browser = as_role("intake")
    hand_over(browser, uploaded("list.csv", long(95)))
    (told,) = page(browser, done(case))["troubles"]

    assert "a spreadsheet larger than" in told["what"] and "Split it into several files" in told["remedy"]


def test_a_number_is_shown_no_sharper_than_it_was_written(case: Case, as_role: Any) -> None:
    browser = as_role("intake")
    shown_ = shown(browser, keyed(browser, "City;Detained\nPerm;~20\nTomsk;more than 100\nOmsk;5-7\nTver;12\n"))

    assert [line["becomes"][0].split(" · ")[0] for line in shown_["first"]] == ["detained: ~20", "detained: 101+", "detained: 5-7", "detained: 12"]
