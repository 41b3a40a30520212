"""The pages of people: who is listed, what is told of one, who is joined with whom and by whom."""

from typing import Any

import pytest

from atleast.model import Evidence, Happening, Mention, Report
from atleast.web.serving import set_up

from .invented import REPORT, mention

set_up()

from atleast.web.house import contacts  # noqa: E402
from atleast.web.house.models import Account, Audit, Case  # noqa: E402
from atleast.web.ledger.reading import records  # noqa: E402
from atleast.web.ledger.writing import append  # noqa: E402

LATER = Report("r2", publisher="Zenda Post", published="2031-05-04T09:00+02:00", text="Rudolf Elfberg, a minor, is free.")
LIST = Report("l1", kind="list", title="A list", text="Fritz Tarlenheim, Michael Strofzin")
LET_GO = Mention(
    "m2", "r2", "Rudolf Elfberg", 0, 14, name="Rudolf Elfberg", role="minor", place="Zenda, Ruritania",
    happened=(Happening("released", "2031-05-03T21:00+02:00"),),
)  # fmt: skip
HELD = mention("m1", happened=(Happening("detained", "2031-05-03T23:00+02:00"),))
LISTED = (
    Mention("m3", "l1", "Fritz Tarlenheim", 0, 16, name="Fritz Tarlenheim", place="Zenda, Ruritania"),
    Mention("m4", "l1", "Michael Strofzin", 18, 34, name="=Michael Strofzin", place="Zenda, Ruritania"),
)


@pytest.fixture
def told(case: Case) -> Case:
    append(case, [REPORT, LATER, LIST, HELD, LET_GO, *LISTED], by="flavia")
    return case


def listed(client: Any, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/strelsau/people/?format=json&{query}").json()
    return found


def names(page: dict[str, Any]) -> set[str]:
    return {each["id"] for each in page["people"]}


def test_the_list_tells_people_and_how_many_they_are_at_least(told: Case, as_role: Any) -> None:
    page = listed(as_role("reader"))

    assert names(page) == {"m1", "m2", "m3", "m4"}
    assert page["people"][0]["id"] == "m2"
    assert page["least"] == 2


@pytest.mark.parametrize(
    ("query", "who"),
    [
        ("state=released", {"m2"}),
        ("state=held", {"m1"}),
        ("what=released", {"m2"}),
        ("minor=yes", {"m2"}),
        ("undecided=yes", {"m1", "m2"}),
        ("since=2031-05-04", {"m2"}),
        ("named=no", set()),
        ("state=nonsense&page=99&place=abc&station=9999999999999999999", {"m1", "m2", "m3", "m4"}),
    ],
)
def test_the_list_is_narrowed_down(told: Case, as_role: Any, query: str, who: set[str]) -> None:
    assert names(listed(as_role("reader"), query)) == who


def test_the_list_is_narrowed_down_to_a_place_without_naming_it_in_the_address(told: Case, as_role: Any) -> None:
    client = as_role("reader")
    zenda = next(each for each in listed(client)["places"] if each["words"] == "Zenda, Ruritania")

    assert zenda["people"] == 3
    assert names(listed(client, f"place={zenda['value']}")) == {"m2", "m3", "m4"}


def test_two_are_joined_and_parted_again_and_both_stay_in_the_ledger(told: Case, as_role: Any) -> None:
    lawyer = as_role("lawyer")
    page = lawyer.get("/strelsau/people/m1/?format=json").json()
    assert [each["person"]["id"] for each in page["alike"]] == ["m2"]

    lawyer.post("/strelsau/people/m1/judge/", {"what": "same", "other": "m2", "on": page["alike"][0]["on"]})
    joined = lawyer.get("/strelsau/people/m2/?format=json").json()
    lawyer.post(f"/strelsau/people/m1/undo/{joined['judged'][0]['decision']}/")

    assert joined["id"] == "m1" and len(joined["mentions"]) == 2
    assert joined["person"]["state"] == "contradictory" and len(joined["clashes"]) == 1
    assert sum(bool(each["clashes"]) for each in joined["facts"]) == 2
    assert names(listed(lawyer)) == {"m1", "m2", "m3", "m4"}
    assert [record.what for _, record in records(told, kind="decision")] == ["same", "retract"]  # type: ignore[union-attr]


def test_who_was_judged_to_be_somebody_else_is_suggested_no_more(told: Case, as_role: Any) -> None:
    lawyer = as_role("lawyer")

    lawyer.post("/strelsau/people/m1/judge/", {"what": "unsure", "other": "m2"})
    unsure = lawyer.get("/strelsau/people/m1/?format=json").json()
    lawyer.post("/strelsau/people/m1/judge/", {"what": "different", "other": "m2", "on": unsure["alike"][0]["on"]})
    different = lawyer.get("/strelsau/people/m1/?format=json").json()

    assert unsure["alike"] and unsure["alike"][0]["on"] == unsure["judged"][0]["decision"]
    assert not different["alike"]
    assert not names(listed(lawyer, "undecided=yes"))
    assert listed(lawyer)["least"] == 2


def test_each_fact_shows_its_quote_and_leads_to_its_report(told: Case, as_role: Any) -> None:
    page = as_role("reader").get("/strelsau/people/m1/").content.decode()

    assert "<mark>Rudolf Elphberg</mark> was taken to station 7." in page
    assert "/strelsau/reports/r1/#p-m1" in page
    assert "The Hentzau Gazette" in page
    assert "judge/" not in page


def test_contacts_are_shown_to_few_and_each_look_is_noted(told: Case, as_role: Any) -> None:
    contacts.keep(told, "m1", "Flavia, +420 555 0101", by=Account.objects.create(username="rassendyll"))
    reader, lawyer = as_role("reader"), as_role("lawyer")

    assert reader.get("/strelsau/people/m1/contacts/").status_code == 403
    for client in (reader, lawyer):
        assert b"555" not in client.get("/strelsau/people/m1/").content
    assert b"555 0101" in lawyer.get("/strelsau/people/m1/contacts/").content
    assert b"555 0101" in lawyer.get("/strelsau/people/m1/contacts/").content
    assert Audit.objects.filter(did="saw contact details", about="m1").count() == 2
    assert Audit.objects.filter(did="saw a person", about="m1").count() == 2


def test_people_are_taken_out_safely_and_it_is_noted(told: Case, as_role: Any) -> None:
    assert as_role("lawyer").get("/strelsau/people/export/").status_code == 403

    answer = as_role("editor").get("/strelsau/people/export/?state=unknown")

    rows = answer.content.decode("utf-8-sig").splitlines()
    assert len(rows) == 3
    assert any(row.startswith("m4,'=Michael Strofzin,") for row in rows)
    assert Audit.objects.get(did="took out people").count == 2


def test_a_judgement_about_others_is_not_taken_back_from_here(told: Case, as_role: Any) -> None:
    lawyer = as_role("lawyer")
    lawyer.post("/strelsau/people/m1/judge/", {"what": "same", "other": "m2"})
    decision = next(record.id for _, record in records(told, kind="decision") if record)

    lawyer.post(f"/strelsau/people/m3/undo/{decision}/")

    assert len(names(listed(lawyer))) == 3
    assert lawyer.post("/strelsau/people/m1/judge/", {"what": "nonsense", "other": "m2"}).status_code == 400


def test_a_fact_is_told_by_the_sentence_it_was_read_from(case: Case, as_role: Any) -> None:
    text = "Rudolf Elphberg, a clerk, spoke. On Friday, Mr. Elphberg was fined.\nThe rally went on."
    fined = Happening("fined", "2031-05-02")
    at = text.index("fined")
    read = Mention("m1", "r1", "Rudolf Elphberg", 0, 15, name="Rudolf Elphberg", happened=(fined,), evidence=(Evidence("happened", at, at + 5, "a rule"),))
    append(case, [Report("r1", language="en", text=text, published="2031-05-03"), read], by="flavia")

    page = as_role("reader").get("/strelsau/people/m1/?format=json").json()

    (fact,) = page["facts"]
    assert "".join(bit["words"] for bit in fact["told"]) == "On Friday, Mr. Elphberg was fined."
    assert [bit["words"] for bit in fact["told"] if bit["marked"]] == ["fined"]
    assert (fact["day"], fact["clock"], fact["source"]) == ("2 May 2031", "", "a press report")


def test_a_report_whose_text_is_gone_leaves_the_quote(case: Case, as_role: Any) -> None:
    append(case, [Report("r1", kind="call"), mention("m1", happened=(Happening("detained"),))], by="flavia")

    (fact,) = as_role("reader").get("/strelsau/people/m1/?format=json").json()["facts"]

    assert fact["told"] == [{"words": "Rudolf Elphberg", "marked": True}]
    assert fact["when"] == "no time is told"


def test_a_day_is_not_told_as_midnight(case: Case, as_role: Any) -> None:
    append(case, [Report("r1", published="2031-05-03"), Report("r2", published="2031-05-04T07:30+02:00")], by="flavia")
    append(case, [mention("m1"), Mention("m2", "r2", "Fritz", 0, 5, name="Fritz Tarlenheim")], by="flavia")

    page = as_role("reader").get("/strelsau/people/").content.decode()

    assert ">2031-05-03</time>" in page and ">2031-05-04 07:30</time>" in page
