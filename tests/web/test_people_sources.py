"""Sources: who says it and who publishes it, with what they revised and what clashes."""

from dataclasses import replace
from typing import Any

import pytest

from atleast.web.serving import set_up

from .invented import REPORT, TEXT, claim

set_up()

from atleast.web import jobs  # noqa: E402
from atleast.web.board.reckoning import reckon  # noqa: E402
from atleast.web.house.models import Case, Job  # noqa: E402
from atleast.web.ledger.writing import append  # noqa: E402

LATER = replace(REPORT, id="r2", publisher="Zenda Post", published="2031-05-04T09:00+02:00", text=TEXT)


@pytest.fixture
def told(case: Case) -> Case:
    own = replace(claim("c3", low=3, high=3, bound="exact", hedge=None), claimant=None, claimant_kind=None)
    police = claim("c4", claimant="Strelsau police", claimant_kind="authority", low=None, high=30, bound="at_most")
    later = replace(claim("c2", low=55), report="r2")
    append(case, [REPORT, LATER, claim(), later, own, police], by="flavia")
    return case


def test_who_says_most_comes_first_and_outlets_are_told_apart(told: Case, as_role: Any) -> None:
    page = as_role("reader").get("/strelsau/sources/?format=json").json()

    assert [(each["name"], each["count"]) for each in page["claimants"]] == [("Rassendyll Watch", 2), ("Strelsau police", 1)]
    assert {each["name"]: each["count"] for each in page["publishers"]} == {"The Hentzau Gazette": 1, "Zenda Post": 1}
    assert page["own_voice"] == 1


def test_a_record_tells_what_was_revised_and_what_clashes_once_it_is_reckoned(told: Case, as_role: Any) -> None:
    client = as_role("reader")
    before = client.get("/strelsau/sources/?format=json").json()
    job = Job.objects.create(case=told, kind="reckon")
    reckon(jobs.Doing(job))

    page = client.get("/strelsau/sources/?format=json").json()
    watch = client.get(f"/strelsau/sources/{page['claimants'][0]['key']}/?format=json").json()

    assert before["reckoned"] is None and page["behind"] == 0
    assert page["claimants"][0]["clashes"] == page["claimants"][1]["clashes"] == 1
    assert (watch["first"], watch["last"]) == ("2031-05-03T21:00+02:00", "2031-05-04T09:00+02:00")
    assert len(watch["revisions"]) == page["claimants"][0]["revisions"] == 1
    assert [each["id"] for each in watch["clashes"]]
    assert client.get(f"/strelsau/contradictions/{watch['clashes'][0]['id']}/").status_code == 200


def test_a_publisher_has_a_record_and_nobody_else(told: Case, as_role: Any) -> None:
    client = as_role("reader")
    page = client.get("/strelsau/sources/?format=json").json()
    gazette = next(each for each in page["publishers"] if each["name"] == "The Hentzau Gazette")

    told_of = client.get(f"/strelsau/sources/{gazette['key']}/?format=json").json()

    assert {name for name, _ in told_of["through"]} == {"Rassendyll Watch", "Strelsau police"}
    for key in ("c1", "p1", "x1", "c", f"c{'9' * 19}", f"c{'9' * 40}"):
        assert client.get(f"/strelsau/sources/{key}/").status_code == 404
    assert b"Hentzau" in client.get(f"/strelsau/sources/{gazette['key']}/").content
