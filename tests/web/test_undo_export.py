"""An import is undone by decisions; what is taken out is all there is, noted, and runs nowhere."""

import csv
import io
from typing import Any

from asgiref.sync import async_to_sync

from atleast.web.house.models import Audit, Case
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import records
from atleast.web.ledger.writing import append
from atleast.web.shelf.models import Piece

from .invented import REPORT, claim, decision, mention
from .test_intake import NIGHT, done, hand_over, page, uploaded, wire


def taken_out(browser: Any, path: str) -> str:
    answer = browser.get(f"/strelsau/export/{path}")
    assert answer.status_code == 200

    async def whole() -> bytes:
        return b"".join([chunk async for chunk in answer.streaming_content])

    return async_to_sync(whole)().decode()


def test_all_that_came_with_an_import_is_rejected_and_nothing_else(case: Case, as_role: Any) -> None:
    reader = as_role("reader")
    hand_over(reader, uploaded("night.txt", NIGHT))
    done(case)
    before = set(Piece.objects.filter(case=case).values_list("name", flat=True))
    hand_over(reader, uploaded("day.jsonl", wire(REPORT, claim(), mention())))
    job = done(case)

    answer = reader.post(f"/strelsau/jobs/{job.pk}/undo/")
    undone = done(case)

    assert answer["Location"] == f"/strelsau/jobs/{undone.pk}/"
    assert page(reader, undone)["undone"] == 2
    assert (page(reader, undone)["undid"], page(reader, undone)["came"]) == (job.pk, [])
    states = dict(Piece.objects.filter(case=case).values_list("name", "state"))
    assert {state for name, state in states.items() if name in before} == {"proposed"}
    assert {state for name, state in states.items() if name not in before} == {"rejected"}
    assert Entry.objects.filter(case=case, record="decision").count() == 1


def test_undoing_twice_decides_once(case: Case, as_role: Any) -> None:
    reader = as_role("reader")
    hand_over(reader, uploaded("day.jsonl", wire(REPORT, claim(), mention())))
    job = done(case)
    for _ in range(2):
        reader.post(f"/strelsau/jobs/{job.pk}/undo/")
        done(case)

    assert Entry.objects.filter(case=case, record="decision").count() == 1


def test_what_somebody_accepted_before_is_rejected_too(case: Case, as_role: Any) -> None:
    reader = as_role("reader")
    hand_over(reader, uploaded("day.jsonl", wire(REPORT, claim())))
    job = done(case)
    name = Piece.objects.get(case=case).name
    append(case, [decision("daaaaaaaaaaaaaaaaaa", name, "accept", by="sapt", at="2020-05-04T10:00+02:00")], by="sapt")
    reader.post(f"/strelsau/jobs/{job.pk}/undo/")
    done(case)

    assert Piece.objects.get(case=case).state == "rejected"


def test_who_only_takes_in_cannot_undo(case: Case, as_role: Any) -> None:
    intake = as_role("intake")
    hand_over(intake, uploaded("day.jsonl", wire(REPORT, claim())))
    job = done(case)

    assert intake.post(f"/strelsau/jobs/{job.pk}/undo/").status_code == 403
    assert not page(intake, job)["may_undo"]


def test_what_is_taken_out_makes_the_same_case_again(case: Case, as_role: Any) -> None:
    editor = as_role("editor")
    hand_over(editor, uploaded("day.jsonl", wire(REPORT, claim(), mention())), uploaded("night.txt", NIGHT))
    done(case)
    lines = taken_out(editor, "records.jsonl")

    other = Case.objects.create(slug="zenda", title="Zenda")
    from atleast.web.house.models import Membership

    Membership.objects.create(case=other, account_id=int(editor.session["_auth_user_id"]), role="editor")
    editor.post("/zenda/intake/", {"files": [uploaded("strelsau.jsonl", lines)]})
    done(other)

    assert {record for _, record in records(other)} == {record for _, record in records(case)}
    assert Audit.objects.get(page="export-wire").count == lines.count("\n")


def test_no_cell_of_a_table_is_run(case: Case, as_role: Any) -> None:
    evil = claim(claimant='=HYPERLINK("http://hentzau.example")', note="@SUM(A1)")
    append(case, [REPORT, evil, claim("c2", claimant="\t=1+1"), mention(name="-2+3")], by="flavia")
    append(case, [decision("d1", "c2", "reject")], by="flavia")
    editor = as_role("editor")

    claims = list(csv.DictReader(io.StringIO(taken_out(editor, "claims.csv").lstrip("\ufeff"))))
    mentions = list(csv.DictReader(io.StringIO(taken_out(editor, "mentions.csv").lstrip("\ufeff"))))

    assert [row["claimant"] for row in claims] == ["'" + str(evil.claimant)]
    assert claims[0]["note"] == "'@SUM(A1)" and claims[0]["low"] == "40" and claims[0]["high"] == ""
    assert [row["name"] for row in mentions] == ["'-2+3"]
    assert [each.count for each in Audit.objects.filter(did="took records out").order_by("id")] == [1, 1]
