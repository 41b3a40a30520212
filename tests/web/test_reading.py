"""The reading view: a report beside what was read in it, and what people decide about that."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atleast import review
from atleast.model import Claim, Decision, Mention, Report, decode
from atleast.model.vocabulary import REPORT_KINDS
from atleast.web.house.models import Audit, Case
from atleast.web.ledger.models import Entry
from atleast.web.ledger.reading import records
from atleast.web.ledger.writing import append
from atleast.web.reading import words
from atleast.web.reading.texts import Quote, places, runs
from atleast.web.shelf import pieces
from atleast.web.shelf.following import rebuild
from atleast.web.shelf.models import Piece

from .invented import REPORT, TEXT, claim, decision, mention

JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def night(case: Case) -> Case:
    """A report with a claim and a person in it."""
    append(case, [REPORT, claim(), mention()], by="flavia")
    return case


def state(case: Case, name: str = "c1") -> str:
    return str(Piece.objects.get(case=case, name=name).state)


def decide(client: Client, what: str, about: str = "c1", on: str = "", **more: str) -> dict[str, Any]:
    answer = client.post("/strelsau/reports/r1/decide/", {"what": what, "about": about, "on": on, **more}, **JSON)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def undo(client: Client, name: str) -> dict[str, Any]:
    return dict(client.post(f"/strelsau/reports/undo/{name}/", **JSON).json())


def seen(client: Client, name: str = "c1") -> dict[str, Any]:
    page = client.get("/strelsau/reports/r1/", **JSON).json()
    return next(each for each in page["proposals"] if each["id"] == name)


def filled(client: Client, address: str, **changed: str) -> dict[str, str]:
    """The form of a page as a browser would send it back."""
    page = client.get(address, **JSON).json()
    sent = {field["name"]: field["value"] for form in page["forms"] for field in form["fields"]}
    sent |= {f["name"]: f["value"] for form in page["forms"] for row in form["rows"] for f in row["fields"]}
    sent |= {f"{form['prefix']}made": form["made"] for form in page["forms"]}
    if page["doing"] == "edit":
        sent["on"] = page["on"][0][1]
    else:
        sent |= {f"on-{name}": on for name, on in page["on"]} | {"parts": str(page["parts"])}
    return sent | changed


# ── The text ──


@given(st.text("ab\n😀é", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6))
def test_runs_put_together_are_the_text_and_cover_each_quote(text: str, spans: list[tuple[int, int]]) -> None:
    quotes = [Quote(f"c{n}", n, "detained", *sorted(span)) for n, span in enumerate(spans)]
    found = runs(text, quotes)

    assert "".join(run.text for run in found) == text
    for quote in quotes:
        if 0 <= quote.start < quote.end <= len(text):
            words = "".join(run.text for run in found if quote.name in [line.name for line in run.lines])
            assert words == text[quote.start : quote.end]
            assert sum(line.name == quote.name for run in found for line in run.ends) == 1


def test_quotes_that_overlap_are_drawn_at_different_depths() -> None:
    found = runs("abcdef", [Quote("x", 1, "detained", 0, 4), Quote("y", 2, "person", 2, 6)])

    assert [[(line.name, line.lane) for line in run.lines] for run in found] == [[("x", 0)], [("x", 0), ("y", 1)], [("y", 1)]]


def test_words_are_found_whatever_blanks_stand_between_them() -> None:
    assert places("at least\n40 and at least 40", "at  least 40") == [(0, 11), (16, 27)]
    assert places("anything", "  ") == []


# ── The page ──


def test_a_report_shows_its_text_its_quotes_and_what_was_read(night: Case, as_role: Any) -> None:
    page = as_role("reader").get("/strelsau/reports/r1/")
    body = page.content.decode()

    assert "Rassendyll Watch counted" in body
    assert '<span class="q q-detained lane0">at least 40 people detained</span>' in body
    assert "at least 40" in body and "Rudolf Elphberg" in body and "nobody decided yet" in body


def test_offsets_count_code_points_even_behind_an_emoji(case: Case, as_role: Any) -> None:
    text = "😀😀 In Zenda 30 people were detained."
    quote = "30 people were detained"
    start = text.index(quote)
    append(case, [Report("r1", language="en", text=text), Claim("c1", "r1", quote, start, start + len(quote), low=30, high=30)], by="flavia")
    page = as_role("reader").get("/strelsau/reports/r1/", **JSON).json()

    assert [(run["start"], run["text"]) for run in page["text"] if run["lines"]] == [(start, quote)]
    form = as_role("reader").get(f"/strelsau/reports/r1/add/?start={start}&end={start + 2}", **JSON).json()
    assert form["forms"][0]["fields"][0]["value"] == "30"


def test_reading_a_report_that_names_people_is_noted_once_while_it_is_open(night: Case, as_role: Any) -> None:
    reader = as_role("lawyer")
    for _ in range(3):
        reader.get("/strelsau/reports/r1/")
    append(night, [Report("r2", text="Nobody here.")], by="flavia")
    reader.get("/strelsau/reports/r2/")

    assert list(Audit.objects.filter(case=night).values_list("did", "about")) == [("saw a report", "r1")]


def test_a_lawyer_sees_and_does_not_decide(night: Case, as_role: Any) -> None:
    lawyer = as_role("lawyer")

    assert lawyer.get("/strelsau/reports/r1/").status_code == 200
    assert b"/decide/" not in lawyer.get("/strelsau/reports/r1/").content
    assert lawyer.post("/strelsau/reports/r1/decide/", {"what": "accept", "about": "c1"}).status_code == 403
    assert as_role("intake").get("/strelsau/reports/r1/").status_code == 403
    assert as_role("nobody").get("/strelsau/reports/r1/").status_code == 404


def test_the_list_is_filtered_by_what_names_nobody(night: Case, as_role: Any) -> None:
    append(night, [Report("r2", kind="call", language="de", text="x"), Report("r3", publisher="Zenda Post", text="y")], by="flavia")
    reader = as_role("reader")
    ids = lambda query: [line["id"] for line in reader.get(f"/strelsau/reports/?{query}", **JSON).json()["lines"]]  # noqa: E731
    publishers = {c["label"]: c["value"] for c in reader.get("/strelsau/reports/", **JSON).json()["publishers"]["choices"]}

    assert ids("") == ["r3", "r2", "r1"]
    assert ids("kind=call") == ["r2"] and ids("language=en") == ["r1"] and ids("left=1") == ["r1"]
    assert publishers["Zenda Post"].isdecimal() and ids(f"publisher={publishers['Zenda Post']}") == ["r3"]
    assert ids("publisher=99999999999999999999999") == ["r3", "r2", "r1"]


def test_every_field_and_word_has_a_name_here() -> None:
    import dataclasses

    from atleast.model import Happening, vocabulary
    from atleast.web.reading.forms import _NOT_ASKED

    asked = [f for kind in (Claim, Mention, Happening) for f in dataclasses.fields(kind) if f.name not in _NOT_ASKED]

    assert {f.name for f in asked} <= set(words.LABELS)
    assert {f.metadata["help"] for f in asked} <= set(words.HELP)
    for field in asked:
        for word in field.metadata["words"] or ():
            assert words.said(field.name, word), (field.name, word)
    assert set(words._LISTS["kind"]) == set(REPORT_KINDS) and set(words._LISTS["decision"]) == set(vocabulary.DECISIONS)
    assert set(words._LISTS["state"]) == set(review.STATES)


# ── Deciding ──


def test_accepted_rejected_unsure_and_taken_back(night: Case, as_role: Any) -> None:
    reader = as_role("reader")
    first = decide(reader, "accept")
    assert (state(night), first["stands"][0]["by"]) == ("accepted", ["a-reader"])
    decide(reader, "reject", on=seen(reader)["on"], why="it was Zenda")
    assert state(night) == "rejected" and seen(reader)["past"][-1]["why"] == "it was Zenda"
    undo(reader, seen(reader)["undo"]["id"])
    assert state(night) == "accepted"
    undo(reader, first["decision"])
    assert state(night) == "proposed"
    decide(reader, "unsure")
    assert state(night) == "unsure"


def test_the_same_form_sent_twice_is_one_decision(night: Case, as_role: Any) -> None:
    reader = as_role("reader")

    assert decide(reader, "accept")["decision"] == decide(reader, "accept")["decision"]
    assert Entry.objects.filter(case=night, record="decision").count() == 1


def test_two_at_once_never_overwrite_each_other_and_are_told(night: Case, as_role: Any) -> None:
    flavia, sapt = as_role("reader", "flavia"), as_role("reader", "sapt")
    decide(flavia, "accept")
    told = decide(sapt, "reject")

    assert told["stands"][0]["state"] == "disputed" and told["stands"][0]["others"] == ["flavia"]
    for each in (flavia, sapt):
        assert {(o["by"], o["verdict"]) for o in seen(each)["opinions"]} == {("flavia", "right"), ("sapt", "wrong")}
    assert not pieces.Piece.objects.get(case=night, name="c1").counts

    right = next(o for o in seen(sapt)["opinions"] if o["by"] == "flavia")
    assert decide(sapt, "accept", on=right["on"])["stands"][0]["state"] == "accepted"


def test_a_dispute_is_said_on_the_page_at_once(night: Case, as_role: Any) -> None:
    decide(as_role("reader", "flavia"), "accept")
    answer = as_role("reader", "sapt").post("/strelsau/reports/r1/decide/", {"what": "reject", "about": "c1", "on": ""}, follow=True)

    assert "flavia decided otherwise" in answer.content.decode()
    assert "flavia is right" in answer.content.decode()


WHAT = st.sampled_from(["accept", "reject", "unsure", "edit", "undo"])
STEPS = st.lists(st.tuples(st.sampled_from(["flavia", "sapt"]), WHAT, st.integers(38, 42), st.booleans()), max_size=8)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, two=st.booleans())
def test_no_decision_is_ever_lost_whoever_looked_when(case: Case, as_role: Any, steps: Any, two: bool) -> None:
    from django.db import transaction

    clients = {name: as_role("reader", name) for name in ("flavia", "sapt")}
    with transaction.atomic():
        Case.objects.filter(pk=case.pk).update(two_persons=two)
        append(case, [REPORT, claim()], by="flavia")
        looked = {name: seen(client) for name, client in clients.items()}
        made: list[str] = []
        for who, what, number, looks in steps:
            client = clients[who]
            looked[who] = seen(client) if looks else looked[who]
            made += _step(client, what, number, looked[who])
        _, record = next(pair for pair in records(case) if pair[0].name == "c1")
        kept = [each for _, each in records(case) if isinstance(each, Decision)]
        expected = review.standing(record, kept, two=two)
        found = Piece.objects.get(case=case, name="c1")

        assert {each.id for each in kept} == set(made)
        assert (found.state, pieces.standing(found)) == (expected.state, expected.record)
        before = (found.state, found.counts)
        rebuild(case)
        again = Piece.objects.get(case=case, name="c1")
        assert (again.state, again.counts) == before
        transaction.set_rollback(True)


def _step(client: Client, what: str, number: int, looked: dict[str, Any]) -> list[str]:
    if what == "undo":
        done = undo(client, looked["undo"]["id"]) if looked["undo"] else {"decision": None}
    elif what == "edit":
        address = f"/strelsau/reports/r1/c1/edit/?on={looked['on'].replace(' ', '+')}"
        done = client.post(address, filled(client, address, on=looked["on"], low=str(number)), **JSON).json()
    else:
        done = decide(client, what, on=looked["on"])
    return [done["decision"]] if done["decision"] else []


# ── Correcting ──


def test_a_correction_replaces_what_was_changed_and_nothing_else(case: Case, as_role: Any) -> None:
    append(case, [REPORT, claim(extra={"seen_by": "another tool"})], by="flavia")
    reader, address = as_role("reader"), "/strelsau/reports/r1/c1/edit/"
    reader.post(address, filled(reader, address, low="42", note="its own later word"))
    record = pieces.standing(Piece.objects.get(case=case, name="c1"))

    assert isinstance(record, Claim)
    assert (record.low, record.note, record.extra, record.claimant) == (42, "its own later word", {"seen_by": "another tool"}, "Rassendyll Watch")
    made = next(each for _, each in records(case) if isinstance(each, Decision))
    assert dict(made.with_ or {}) == {"low": 42, "note": "its own later word", "on": []}


def test_a_form_that_was_not_changed_accepts(night: Case, as_role: Any) -> None:
    reader, address = as_role("reader"), "/strelsau/reports/r1/m1/edit/"
    reader.post(address, filled(reader, address))

    assert state(night, "m1") == "accepted"


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"low": "many"}, "low"),
        ({"event_date": "yesterday"}, "event_date"),
        ({"quantity": "arrested"}, "quantity"),
        ({"high": "3"}, "high"),
        ({"bound": "exact"}, "high"),
        ({"quote": "nobody said this"}, "quote"),
    ],
)
def test_what_cannot_stand_is_told_beside_its_field(night: Case, as_role: Any, changed: dict[str, str], name: str) -> None:
    reader, address = as_role("reader"), "/strelsau/reports/r1/c1/edit/"
    answer = reader.post(address, filled(reader, address, **changed))

    assert answer.status_code == 422 and state(night) == "proposed"
    assert f'id="{name}-error"' in answer.content.decode() and f'href="#{name}"' in answer.content.decode()


def test_what_befell_a_person_is_corrected_row_by_row(night: Case, as_role: Any) -> None:
    reader, address = as_role("reader"), "/strelsau/reports/r1/m1/edit/"
    reader.post(address, filled(reader, address, **{"station": "", "happened-0-detail": "in Castle Street", "happened-1-what": "released"}))
    record = pieces.standing(Piece.objects.get(case=night, name="m1"))

    assert isinstance(record, Mention)
    assert record.station is None
    assert [(each.what, each.detail) for each in record.happened] == [("detained", "in Castle Street"), ("released", None)]


def test_a_stale_correction_is_a_dispute_about_the_version_that_was_seen(night: Case, as_role: Any) -> None:
    flavia, sapt = as_role("reader", "flavia"), as_role("reader", "sapt")
    address = "/strelsau/reports/r1/c1/edit/"
    stale = filled(sapt, address, low="44")
    flavia.post(address, filled(flavia, address, low="42", place="Zenda, Ruritania"))
    done = sapt.post(address, stale, **JSON).json()

    assert done["stands"][0]["state"] == "disputed"
    assert {(o["by"], o["headline"]) for o in seen(sapt)["opinions"]} == {("flavia", "detained: at least 42"), ("sapt", "detained: at least 44")}


def test_what_was_missed_is_added_from_the_words_of_the_text(night: Case, as_role: Any) -> None:
    reader, address = as_role("reader"), "/strelsau/reports/r1/add/"
    sent = filled(reader, address, quote="taken to station 7", low="1", high="1", record="claim")
    first = reader.post(address, sent, **JSON).json()
    reader.post(address, sent)

    added = pieces.standing(Piece.objects.get(case=night, name=first["stands"][0]["id"]))
    assert isinstance(added, Claim)
    assert (added.quote, TEXT[added.start : added.end], added.readers) == ("taken to station 7", "taken to station 7", ("review",))
    assert Piece.objects.filter(case=night, state="accepted").count() == 1


def test_words_that_stand_twice_are_told_apart_by_their_number(case: Case, as_role: Any) -> None:
    append(case, [Report("r1", text="40 in Zenda, 40 in Strelsau")], by="flavia")
    reader, address = as_role("reader"), "/strelsau/reports/r1/add/"
    wrong = reader.post(address, filled(reader, address, quote="40", nth="3", low="40", high="40"))
    done = reader.post(address, filled(reader, address, quote="40", nth="2", low="40", high="40"), **JSON).json()

    assert wrong.status_code == 422
    assert Piece.objects.get(case=case, name=done["stands"][0]["id"]).start == 13


def test_split_in_parts_that_count_until_it_is_taken_back(night: Case, as_role: Any) -> None:
    reader, address = as_role("reader"), "/strelsau/reports/r1/c1/split/?parts=2"
    done = reader.post(address, filled(reader, address, **{"part-0-low": "30", "part-1-low": "10"}), **JSON).json()
    parts = Piece.objects.filter(case=night, record="claim").exclude(name="c1").order_by("number")

    assert state(night) == "rejected" and [(p.low, p.counts) for p in parts] == [(30, True), (10, True)]
    undo(reader, done["decision"])
    assert state(night) == "proposed" and not any(p.counts for p in parts.all())


def test_merged_into_one(night: Case, as_role: Any) -> None:
    append(night, [claim("c2")], by="flavia")
    reader, address = as_role("reader"), "/strelsau/reports/r1/merge/?of=c1&of=c2"
    reader.post(address, filled(reader, address) | {"of": ["c1", "c2"], "why": "one and the same"})
    made = Piece.objects.filter(case=night, record="claim").exclude(name__in=["c1", "c2"]).get()

    assert (state(night), state(night, "c2"), made.counts) == ("rejected", "rejected", True)
    assert "two or more of the same kind" in reader.get("/strelsau/reports/r1/merge/?of=c1&of=m1").content.decode()


def test_what_counts_different_things_is_not_merged(night: Case, as_role: Any) -> None:
    others = {"c2": {"quantity": "injured"}, "c3": {"among": "minors"}, "c4": {"low": 12, "high": 12, "bound": "exact"}}
    append(night, [claim(id, **more) for id, more in others.items()], by="flavia")
    reader = as_role("reader")
    for other, why in {"c2": "count different things", "c3": "count different people", "c4": "No number fits"}.items():
        address = f"/strelsau/reports/r1/merge/?of=c1&of={other}"
        shown = reader.get(address).content.decode()
        sent = reader.post("/strelsau/reports/r1/merge/", {"of": ["c1", other], "part-0-quantity": "detained"})

        assert why in shown and f"{other}/edit/" in shown and "c1/edit/" in shown and "<textarea" not in shown
        assert sent.status_code == 422 and why in sent.content.decode()
    assert {state(night, name) for name in ("c1", *others)} == {"proposed"}


# ── Many at once ──


def test_tier_a_is_accepted_as_one_decision_and_taken_back_as_one(case: Case, as_role: Any) -> None:
    append(case, [REPORT, *(claim(f"c{n}") for n in range(1, 6)), claim("c6", tier="B"), mention()], by="flavia")
    reader = as_role("reader")
    page = reader.get("/strelsau/reports/bulk/", **JSON).json()
    done = reader.post("/strelsau/reports/bulk/", {"names": page["names"] + " c6 m1"}, **JSON).json()

    assert page["count"] == 5 and len(page["shown"]) == 5
    assert [state(case, f"c{n}") for n in range(1, 7)] == ["accepted"] * 5 + ["proposed"]
    assert Entry.objects.filter(case=case, record="decision").count() == 1
    undo(reader, done["decision"])
    assert {p.state for p in Piece.objects.filter(case=case)} == {"proposed"}


def test_what_somebody_decided_since_it_was_shown_is_left_alone(case: Case, as_role: Any) -> None:
    append(case, [REPORT, claim("c1"), claim("c2")], by="flavia")
    reader = as_role("reader")
    page = reader.get("/strelsau/reports/r1/bulk/", **JSON).json()
    decide(as_role("reader", "sapt"), "reject", "c2")
    done = reader.post("/strelsau/reports/r1/bulk/", {"names": page["names"]}, **JSON).json()

    assert (state(case, "c1"), state(case, "c2"), done["skipped"]) == ("accepted", "rejected", 1)


# ── A second person ──


def test_where_two_are_needed_ones_own_are_told_apart(night: Case, as_role: Any) -> None:
    Case.objects.filter(pk=night.pk).update(two_persons=True)
    flavia, sapt = as_role("reader", "flavia"), as_role("reader", "sapt")
    decide(flavia, "accept")
    decide(flavia, "reject", "m1")
    mine, his = (each.get("/strelsau/reports/waiting/", **JSON).json() for each in (flavia, sapt))

    assert ([p["id"] for p in mine["yours"]], mine["for_you"]) == (["c1", "m1"], [])
    assert ([p["id"] for p in his["for_you"]], his["yours"]) == (["c1", "m1"], [])
    decide(sapt, "accept", on=seen(sapt)["on"])
    assert state(night) == "accepted"


# ── What must not go wrong ──


def test_records_of_another_case_and_report_are_out_of_reach(night: Case, as_role: Any) -> None:
    other = Case.objects.create(slug="zenda", title="Zenda")
    append(other, [REPORT, claim()], by="flavia")
    append(night, [Report("r2", text=TEXT)], by="flavia")
    reader = as_role("reader")

    assert reader.get("/zenda/reports/r1/").status_code == 404
    assert reader.post("/strelsau/reports/r2/decide/", {"what": "accept", "about": "c1"}).status_code == 404
    assert reader.get("/strelsau/reports/r2/c1/edit/").status_code == 404
    assert reader.get("/strelsau/reports/undo/c1/").status_code == 404
    assert reader.post("/strelsau/reports/r1/decide/", {"what": "redact", "about": "c1"}).status_code == 400


def test_sight_that_is_made_up_is_no_sight(night: Case, as_role: Any) -> None:
    decide(as_role("reader", "flavia"), "accept")
    told = decide(as_role("reader", "sapt"), "reject", on="dnothing m1 c1")

    assert told["stands"][0]["state"] == "disputed"


def test_a_decision_from_another_tool_stands_beside_ours(night: Case, as_role: Any) -> None:
    append(night, [decision("d1", "c1", "edit", with_={"low": 41})], by="import")
    page = seen(as_role("reader"))

    assert page["state"] == "edited"
    assert page["changes"] == [{"label": "Smallest number", "before": "40", "after": "41"}]
    assert page["on"] == "d1"


# ── Teaching the reader ──


def test_what_was_got_wrong_is_an_example_without_names(night: Case, as_role: Any) -> None:
    editor, address = as_role("editor"), "/strelsau/reports/r1/c1/edit/"
    editor.post(address, filled(editor, address, low="42"))
    open_ = editor.get("/strelsau/reports/r1/example/", **JSON).json()
    decide(editor, "accept", "m1")
    answer = editor.post("/strelsau/reports/r1/example/")
    found = [decode(line) for line in answer.content.decode().splitlines()]

    assert open_["left"] == 1 and editor.post("/strelsau/reports/r2/example/").status_code == 404
    text, one = found
    assert isinstance(text, Report) and isinstance(one, Claim) and len(found) == 2
    assert "Elphberg" not in answer.content.decode() and "N. A. was taken to station 7" in text.text
    assert (one.low, one.report, text.text[one.start : one.end], one.quote) == (42, text.id, "at least 40 people detained", "at least 40 people detained")
    assert text.title is None and text.id != "r1"
    assert Audit.objects.filter(case=night, did="took out an example", about="r1").count() == 1


def test_an_example_keeps_offsets_true_behind_names_in_other_cases(case: Case, as_role: Any) -> None:
    text = "Ничего не было.\n😀 Рудольфа Эльфберга отпустили. Задержано 30 человек, сказал Рудольф Эльфберг.\nКонец."
    quote, who = "Задержано 30 человек", "Рудольфа Эльфберга"
    at = {quote: text.index(quote), who: text.index(who)}
    kept = [Report("r1", language="ru", text=text), Claim("c1", "r1", quote, at[quote], at[quote] + len(quote), low=30, high=30)]
    append(case, [*kept, Mention("m1", "r1", who, at[who], at[who] + len(who), name=who)], by="flavia")
    editor = as_role("editor")
    decide(editor, "accept")
    decide(editor, "reject", "m1")
    report, one = map(decode, editor.post("/strelsau/reports/r1/example/").content.decode().splitlines())

    assert isinstance(report, Report) and isinstance(one, Claim)
    assert report.text == "😀 N. A. отпустили. Задержано 30 человек, сказал N. A.."
    assert report.text[one.start : one.end] == one.quote == quote


def test_where_nothing_was_wrong_there_is_nothing_to_teach(night: Case, as_role: Any) -> None:
    editor = as_role("editor")
    decide(editor, "accept")

    assert "nothing to teach" in editor.get("/strelsau/reports/r1/example/").content.decode()
    assert editor.post("/strelsau/reports/r1/example/").status_code == 400
    assert as_role("reader").get("/strelsau/reports/r1/example/").status_code == 403


def test_what_waits_comes_in_pages(case: Case, as_role: Any) -> None:
    Case.objects.filter(pk=case.pk).update(two_persons=True)
    case.refresh_from_db()
    append(case, [REPORT, *(claim(f"c{n}") for n in range(60)), *(decision(f"d{n}", f"c{n}") for n in range(60))], by="flavia")
    sapt = as_role("reader")

    first, second = (sapt.get(f"/strelsau/reports/waiting/?page={page}", **JSON).json() for page in (1, 2))

    assert (first["count"], first["pages"]) == (60, 2)
    assert [len(each["for_you"]) for each in (first, second)] == [50, 10]
    assert b"page 2 of 2" in sapt.get("/strelsau/reports/waiting/?page=2").content


def test_whoever_decides_on_a_later_page_of_what_waits_goes_on_there(case: Case, as_role: Any) -> None:
    Case.objects.filter(pk=case.pk).update(two_persons=True)
    case.refresh_from_db()
    append(case, [REPORT, *(claim(f"c{n}") for n in range(60)), *(decision(f"d{n}", f"c{n}") for n in range(60))], by="flavia")
    sapt, here = as_role("reader", "sapt"), "/strelsau/reports/waiting/?page=2"
    shown = sapt.get(here).content.decode()
    agreed = sapt.post("/strelsau/reports/r1/decide/", {"what": "accept", "about": "c55", "on": "d55", "back": "2"})
    own = decision("d60", "c57", by="sapt", with_={"on": []})
    append(case, [own], by="sapt")
    past_own = sapt.post("/strelsau/reports/r1/decide/", {"what": "accept", "about": "c56", "on": "d56", "back": "2"})
    taken = sapt.post(f"/strelsau/reports/undo/{seen(sapt, 'c56')['undo']['id']}/", {"back": "2"})
    corrected = sapt.post(address := "/strelsau/reports/r1/c58/edit/?on=d58", filled(sapt, address) | {"back": "2"})

    assert shown.count('name="back" value="2"') >= 20 and "c58/edit/?back=2" in shown
    assert [agreed["Location"], past_own["Location"]] == [here + "#p-c56", here + "#p-c58"]
    assert taken["Location"] == here + "#p-c56"
    assert corrected["Location"] == here + "#p-c59"


def test_a_moment_is_told_by_the_clock_of_the_case(case: Case, as_role: Any) -> None:
    append(case, [REPORT, claim("c1", as_of="2031-05-03T17:00+00:00")], by="flavia")

    page = as_role("reader").get("/strelsau/reports/r1/").content.decode()

    assert "2031-05-03 19:00</time></dd>" in page
    assert "T17:00+00:00</dd>" not in page


def test_all_that_are_merged_are_shown(case: Case, as_role: Any) -> None:
    append(case, [REPORT, claim("c1"), claim("c2", quote="40 people")], by="flavia")

    page = as_role("reader").get("/strelsau/reports/r1/merge/?of=c1&of=c2").content.decode()

    assert "detained: at least 40</span> · <q dir=\"auto\">40 people</q>" in page
    assert "null" not in page


def test_a_split_says_what_stands_now_and_what_is_added_is_shown_where_it_stands(case: Case, as_role: Any) -> None:
    append(case, [REPORT, claim("c1")], by="flavia")
    reader = as_role("reader")
    start = TEXT.index("station 7")
    page = reader.get(f"/strelsau/reports/r1/add/?start={start}&end={start + 9}").content.decode()
    form = {"of": "c1", "on-c1": "", "parts": "2"}
    part = {"quote": "at least 40 people detained", "quantity": "detained", "bound": "at_least", "place": "Strelsau, Ruritania"}
    form |= {f"part-{n}-{name}": value for n in (0, 1) for name, value in (part | {"low": str(20 + n)}).items()}

    told = reader.post("/strelsau/reports/r1/c1/split/", form, follow=True).content.decode()

    assert "<mark>station 7</mark>" in page
    assert "Noted. 2 readings stand in its place." in told and "It stands as: rejected" not in told


def test_a_report_without_a_title_is_called_by_its_first_words_where_its_kind_is_a_public_one(case: Case, as_role: Any) -> None:
    text = "Rudolf Elphberg was taken to station 7.\nThe van was white."
    append(case, [Report("r1", kind="news", text=text), Report("r2", kind="call", text=text), Report("r3", kind="post", title="Night", text=text)], by="flavia")

    lines = as_role("reader").get("/strelsau/reports/", **JSON).json()["lines"]

    assert {each["id"]: each["title"] for each in lines} == {"r1": "Rudolf Elphberg was taken to station 7.", "r2": "", "r3": "Night"}


def test_in_russian_too_a_kind_is_not_said_twice(night: Case, as_role: Any) -> None:
    page = as_role("reader").get("/strelsau/reports/r1/", HTTP_ACCEPT_LANGUAGE="ru").content.decode()
    head = page.partition('id="h-c1">')[2].partition("</h3>")[0]

    assert head.count("задерж") == 1


def test_help_that_only_says_the_label_again_is_left_out(night: Case, as_role: Any) -> None:
    fields = {each["name"]: each for each in as_role("reader").get("/strelsau/reports/r1/c1/edit/", **JSON).json()["forms"][0]["fields"]}

    assert fields["quantity"]["help"] == "" and fields["low"]["help"]
    assert 'aria-describedby=" quantity' not in as_role("reader").get("/strelsau/reports/r1/c1/edit/").content.decode()
