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
from atleast.web.people.agreeing import agreement  # noqa: E402

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


ROWS = [
    [["detained", "Strelsau, Ruritania", "", ""], [[50, None], [None, 30], [50, 30]], None],
    [["detained", "Zenda, Ruritania", "", ""], [[9, 7], [None, None], [9, 7]], None],
    [["still_held", "Strelsau, Ruritania", "", ""], [[None, None], [0, 3], [0, 3]], None],
]
"""What the independent, the authority and both prove, row by row."""


def figure(kind: str = "monitor", **more: Any) -> Any:
    return claim(claimant_kind=kind, **{"low": None, "high": None, "hedge": None, "as_of": None} | more)


@pytest.mark.parametrize(
    ("said", "agree", "of"),
    [
        (figure(low=30, bound="at_least"), 1, 1),
        (figure(low=31, bound="at_least"), 0, 1),
        (figure(low=28, high=28, bound="exact", as_of="2031-05-03T12:00+02:00"), 1, 1),
        (figure(low=28, high=28, bound="about"), 0, 0),
        (figure("authority", low=60, high=60, bound="exact"), 1, 1),
        (figure("authority", low=40, high=40, bound="exact"), 0, 1),
        (figure("authority", low=40, high=40, bound="exact", as_of="2031-05-03T12:00+02:00"), 0, 0),
        (figure("authority", low=8, high=8, bound="exact", place="Zenda, Ruritania"), 0, 0),
        (figure(low=5, high=5, bound="exact", quantity="still_held"), 0, 0),
        (figure(low=5, high=5, bound="exact", place="Hentzau, Ruritania"), 0, 0),
    ],
)
def test_a_figure_is_held_against_what_the_other_side_proves(said: Any, agree: int, of: int) -> None:
    found = agreement([said, replace(said, id="again", report="r2")], ROWS)

    assert (found.agree, found.of, found.few) == (agree, of, True)


def test_a_share_is_told_only_of_enough_figures(told: Case, as_role: Any) -> None:
    client = as_role("reader")
    key = client.get("/strelsau/sources/?format=json").json()["claimants"][0]["key"]
    assert client.get(f"/strelsau/sources/{key}/?format=json").json()["agreement"] is None
    reckon(jobs.Doing(Job.objects.create(case=told, kind="reckon")))

    few = client.get(f"/strelsau/sources/{key}/").content.decode()
    append(told, [claim(f"c{n}", low=n) for n in range(10, 14)], by="flavia")
    many = client.get(f"/strelsau/sources/{key}/?format=json").json()

    assert "Only 2 figures can be held against" in few and "too few to say" in few
    assert many["agreement"] == {"agree": 4, "of": 6}
    assert "<strong>4 of 6</strong> figures agree" in client.get(f"/strelsau/sources/{key}/").content.decode()
