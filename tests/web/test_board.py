"""The board shows what reckoning says of the ledger as it stands, however the ledger came to stand so."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atleast import case as work
from atleast.model import Claim, Decision, Mention, Record, Report
from atleast.reckon import as_plain
from atleast.tell import sections
from atleast.web import jobs
from atleast.web.board import parts, reckoning, showing, telling, views
from atleast.web.board.heaps import Kept, gathered
from atleast.web.board.models import Moved, Told, ToldOf
from atleast.web.board.shelf import LAST, NOW, Question, keep, kept
from atleast.web.board.telling import CLASH, REVISION, WHY
from atleast.web.house.models import Account, Case, Job
from atleast.web.ledger.names import new
from atleast.web.ledger.reading import records
from atleast.web.ledger.writing import append
from atleast.web.pages import made, plain
from atleast.web.shelf.following import rebuild
from atleast.web.shelf.models import Reckoned

from .invented import REPORT, TEXT, claim, decision, mention

WATCH, OFFICE = {"claimant": "Rassendyll Watch", "claimant_kind": "monitor"}, {"claimant": "Interior Ministry", "claimant_kind": "authority"}
STRELSAU, RURITANIA = "Strelsau, Ruritania", "Ruritania"


def reading(case: Case) -> work.Reading:
    """The ledger of a case as the command line would have read it."""
    told: dict[type, list[Any]] = {Report: [], Claim: [], Mention: [], Decision: []}
    for _, record in records(case):
        told[type(record)].append(record)
    return work.Reading(*(tuple(told[each]) for each in (Report, Claim, Mention, Decision)))


def at_once(case: Case, **asked: Any) -> dict[str, Any]:
    """What reckoning says of the whole ledger, taken at once. What review left out is told by the report's own page."""
    return told(work.reckon(reading(case), zone=case.tz, two=case.two_persons, **asked))


def told(tally: Any) -> dict[str, Any]:
    return {name: each for name, each in as_plain(tally).items() if name != "set_aside"}


def reckoned(case: Case) -> None:
    """Do the work that waits, as the worker does it."""
    jobs.do.call(reckoning.ask(case).pk)


def exact(low: int, by: dict[str, str], place: str = RURITANIA, **more: Any) -> Claim:
    return claim(new("claim"), low=low, high=low, bound="exact", hedge=None, place=place, **by, **more)


# ── What is shown is what is reckoned ──


ANY_CLAIM = st.builds(
    lambda low, by, place, quantity, as_of: replace(exact(low, by, place), quantity=quantity, as_of=as_of),
    st.integers(1, 60),
    st.sampled_from([WATCH, OFFICE]),
    st.sampled_from([STRELSAU, RURITANIA, "Zenda, Ruritania"]),
    st.sampled_from(["detained", "released", "charged"]),
    st.sampled_from([None, "2031-05-03T20:00+02:00", "2031-05-03T22:00+02:00"]),
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("claim"), ANY_CLAIM),
        st.tuples(st.just("mention"), st.sampled_from([STRELSAU, RURITANIA])),
        st.tuples(st.sampled_from(["accept", "reject", "edit", "unsure", "retract", "same", "different"]), st.integers(0, 30)),
        st.tuples(st.just("report"), st.sampled_from([TEXT, "", "Nothing happened in Zenda. " * 30])),
        st.tuples(st.just("look"), st.none()),
    ),
    min_size=1,
    max_size=14,
)


def step(case: Case, kind: str, what: Any, number: int) -> list[Record]:
    """One thing that somebody does at the desk."""
    there = [record for _, record in records(case) if not isinstance(record, Report)]
    at, by = f"2031-05-04T10:{number:02}+02:00", ("flavia", "sapt")[number % 2]
    about = [record.id for record in there if isinstance(record, Claim | Mention)]
    mentions = [record.id for record in there if isinstance(record, Mention)]
    decided = [record.id for record in there if isinstance(record, Decision)]
    match kind:
        case "claim":
            return [replace(what, id=new("claim"))]
        case "mention":
            return [mention(new("mention"), place=what, name=f"Guard {number}")]
        case "report":
            return [replace(REPORT, id=new("report"), text=what, publisher=f"The Zenda Echo {number}")]
        case "same" | "different" if len(mentions) > 1:
            pair = (mentions[what % len(mentions)], mentions[(what + 1) % len(mentions)])
            return [decision(new("decision"), pair, kind, by, at)]
        case "retract" if decided:
            return [decision(new("decision"), decided[what % len(decided)], kind, by, at)]
        case "edit" if about:
            return [decision(new("decision"), about[what % len(about)], kind, by, at, {"place": STRELSAU})]
        case "accept" | "reject" | "unsure" if about:
            return [decision(new("decision"), about[what % len(about)], kind, by, at)]
    return []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(steps=STEPS, two=st.booleans())
def test_a_case_that_stays_reckoned_says_what_reckoning_all_at_once_says(case: Case, steps: list[tuple[str, Any]], two: bool) -> None:
    with transaction.atomic():
        case.two_persons = two
        case.save()
        append(case, [REPORT, exact(12, WATCH)], by="flavia")
        warm = Kept(Case.objects.get(pk=case.pk))
        for number, (kind, what) in enumerate(steps):
            append(case, step(case, kind, what, number), by="flavia")
            if kind == "look":
                warm.catch_up()
        warm.catch_up()

        assert told(warm.tally()) == at_once(case)
        assert told(gathered(case).standing().tally()) == at_once(case)
        assert told(gathered(case, reviewed=True).standing().tally()) == at_once(case, only_reviewed=True)
        assert plain(warm.records.curve()) == plain(gathered(case).curve())
        transaction.set_rollback(True)


def test_the_pages_show_what_was_reckoned(case: Case, as_role: Any) -> None:
    append(case, [REPORT, exact(40, WATCH), exact(31, OFFICE), exact(25, WATCH, STRELSAU), mention()], by="flavia")
    reckoned(case)

    tally = work.reckon(reading(case), zone=case.tz)
    page = as_role("reader").get("/strelsau/?format=json").json()
    rows = as_role("reader").get("/strelsau/places/?format=json").json()

    cells = {parts.row_id(cell.key): cell for cell in tally.cells}
    shown = {row["id"]: row for section in rows["sections"] for row in section["rows"]}
    assert set(shown) == set(cells) and rows["found"] == page["all_places"] == len(cells)
    for name, row in shown.items():
        for side in row["sides"]:
            people = getattr(cells[name], side["side"]).people
            assert (side["low"], side["high"], side["contradictory"]) == (people.low, people.high, people.contradictory)
    assert [each["id"] for each in page["clashes"]] == [parts.clash_id(each) for each in tally.contradictions]
    assert page["lag"] == {"number": 5, "of": 5, "stuck": False}


def test_a_rejected_claim_moves_the_figure_once_it_is_reckoned_again(case: Case, as_role: Any) -> None:
    high = exact(40, WATCH)
    append(case, [REPORT, high, exact(31, WATCH, STRELSAU)], by="flavia")
    reckoned(case)
    append(case, [decision(new("decision"), high.id, "reject")], by="flavia")

    reader = as_role("reader")
    before = reader.get("/strelsau/?format=json").json()
    reckoned(case)
    after = reader.get("/strelsau/?format=json").json()

    assert (before["lag"]["number"], before["lag"]["of"]) == (3, 4)
    assert "reckoning" in reader.get("/strelsau/").content.decode() or after["lag"]["number"] == 4
    assert (lowest(before), lowest(after)) == (40, 31)


def lowest(page: dict[str, Any]) -> int:
    low: int = next(side["low"] for side in page["leads"][0]["sides"] if side["side"] == "joint")
    return low


def test_what_is_kept_opens_as_what_was_put_in(case: Case) -> None:
    append(case, [REPORT, exact(40, WATCH), exact(31, OFFICE), mention()], by="flavia")
    found = gathered(case)
    tally = found.standing().tally()
    rows = dict(sections(tally))
    told = {"en": parts.told(tally, rows, "en", lambda place: None)}
    front = parts.front(tally, rows, told, version="1", number=4, moments=[])

    opened = made(parts.Front, json.loads(json.dumps(plain(front))))

    assert opened.told["en"] == told["en"]
    assert [parts.unpacked(row).key for row in opened.places] == [parts.unpacked(row).key for row in front.places]
    assert [showing._intervals(parts.unpacked(row)) for row in opened.leads] == [showing._intervals(cell) for cell in parts.leading(rows)]


# ── Asking ──


def test_however_many_changes_wait_the_case_is_asked_for_once(case: Case) -> None:
    first = reckoning.ask(case)

    assert reckoning.ask(case) == first
    assert Job.objects.filter(case=case).count() == 1
    jobs.do.call(first.pk)
    assert reckoning.ask(case) != first


def test_a_change_asks_for_the_case_once_it_is_written(desk: None) -> None:
    from django.test import TestCase

    with transaction.atomic():
        made = Case.objects.create(slug="zenda", title="Zenda")
        with TestCase.captureOnCommitCallbacks(execute=True):
            append(made, [REPORT, claim()], by="flavia")
            append(made, [claim(new("claim"))], by="flavia")
        assert [job.state for job in Job.objects.filter(case=made, kind="reckon")] == [Job.State.WAITING]
        transaction.set_rollback(True)


def test_the_board_as_known_at_a_moment_is_what_was_reckoned_for_it(case: Case, as_role: Any) -> None:
    early, late = "2031-05-03T20:00+02:00", "2031-05-03T22:00+02:00"
    first = replace(REPORT, id="r2", published=early, text="")
    append(case, [REPORT, first, replace(exact(12, WATCH, as_of=early), report="r2"), exact(40, WATCH, as_of=late)], by="flavia")
    reckoned(case)
    reader = as_role("reader")

    now, then = (reader.get(f"/strelsau/?format=json{at}").json() for at in ("", f"&at={early}"))

    assert (lowest(now), lowest(then)) == (40, 12)
    assert early in [each["at"] for each in now["asked"]["moments"]]
    assert reader.get("/strelsau/?step=0")["Location"].endswith("at=2031-05-03T20%3A00%2B02%3A00")
    assert "What was known at" in reader.get(f"/strelsau/?at={early}").content.decode()


def test_a_moment_that_is_none_is_told_and_the_board_shown_as_it_stands(case: Case, as_role: Any) -> None:
    append(case, [REPORT, exact(12, WATCH)], by="flavia")

    page = as_role("reader").get("/strelsau/?format=json&at=yesterday").json()

    assert "yesterday" in page["asked"]["error"] and lowest(page) == 12


def test_every_page_says_of_which_moment_it_is_by_the_clock_of_the_case(case: Case, as_role: Any) -> None:
    append(case, [REPORT, claim("c1", as_of="2031-05-03T17:00+00:00")], by="flavia")
    for path in ("", "places/", "contradictions/", "revisions/"):
        shown = as_role("reader").get(f"/strelsau/{path}?at=2031-05-03T18:00:00%2B00:00").content.decode()
        said = shown.partition('<p class="asked">')[2].partition("</strong>")[0]

        assert "2031-05-03 20:00" in said and "Back to now" in shown, path


def test_only_what_was_reviewed_counts_where_that_is_asked(case: Case, as_role: Any) -> None:
    sure = exact(12, WATCH)
    append(case, [REPORT, sure, exact(40, WATCH, STRELSAU), decision(new("decision"), sure.id)], by="flavia")

    page = as_role("reader").get("/strelsau/?format=json&only=reviewed").json()

    assert lowest(page) == 12


def test_a_large_case_is_answered_in_the_background(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reckoning, "SMALL", 0)
    append(case, [REPORT, exact(12, WATCH)], by="flavia")
    reader = as_role("reader")

    making = reader.get("/strelsau/?at=2031-05-04").content.decode()
    jobs.do.call(Job.objects.get(case=case, kind="snapshot").pk)

    assert "Load the page again" in making
    assert lowest(reader.get("/strelsau/?format=json&at=2031-05-04").json()) == 12


# ── Proofs ──


def test_every_figure_leads_to_its_quote(case: Case, as_role: Any) -> None:
    one = exact(40, WATCH)
    append(case, [REPORT, one, exact(31, OFFICE)], by="flavia")
    reckoned(case)
    reader = as_role("reader")
    page = reader.get("/strelsau/?format=json").json()

    row = reader.get(f"/strelsau/places/{page['leads'][0]['id']}/?format=json").json()
    clash = reader.get(f"/strelsau/contradictions/{page['clashes'][0]['id']}/?format=json").json()

    quotes = [q["claim"] for side in row["why"]["sides"] for s in side["sums"] for f in s["figures"] for q in f["quotes"]]
    assert one.id in quotes
    assert one.id in [quote["claim"] for figure in clash["clash"]["figures"] for quote in figure["quotes"]]
    assert "at least 40 people detained" in reader.get(f"/strelsau/contradictions/{clash['clash']['id']}/").content.decode()


def test_a_proof_beyond_those_worded_at_once_is_worked_out_when_somebody_asks(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "EAGER", 1)
    append(case, [REPORT, exact(40, WATCH), replace(exact(31, OFFICE), quantity="released")], by="flavia")
    reckoned(case)
    reader = as_role("reader")
    last = reader.get("/strelsau/places/?format=json").json()["sections"][-1]["rows"][-1]["id"]

    asked = reader.get(f"/strelsau/places/{last}/?format=json").json()
    jobs.do.call(Job.objects.get(case=case, kind="reckon", state=Job.State.WAITING).pk)

    assert asked["why"] is None
    assert reader.get(f"/strelsau/places/{last}/?format=json").json()["why"]["key"] == last


# ── Since you last looked ──


def test_the_board_of_a_large_case_moves_before_its_proofs_do_and_shows_no_old_proof_beside_a_new_figure(
    case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    append(case, [REPORT, exact(12, WATCH)], by="flavia")
    reckoned(case)
    monkeypatch.setattr(reckoning, "CURVED", 0)
    seen: list[tuple[list[str], Any, Any]] = []

    def watched(*asked: Any) -> None:
        keep(*asked)
        board = as_role("reader").get("/strelsau/?format=json").json()
        row = as_role("reader").get(f"/strelsau/places/{board['leads'][0]['id']}/?format=json").json()
        seen.append((sorted(asked[4]), board["lag"]["number"], row["why"] and row["why"]["sides"][0]["line"]))

    monkeypatch.setattr(reckoning, "keep", watched)
    append(case, [exact(15, WATCH)], by="flavia")
    reckoned(case)

    assert [parts for parts, *_ in seen] == [["", "rows"], ["told"]]
    assert [number for _, number, _ in seen] == [3, 3]
    assert seen[0][2] is None and "15" in seen[1][2]


def test_after_a_reckoning_the_worker_rests_as_long_as_it_took(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    append(case, [REPORT, exact(12, WATCH)], by="flavia")
    reckoned(case)
    Reckoned.objects.filter(case=case).update(seconds=20.0)
    asked: list[Any] = []
    monkeypatch.setattr(jobs, "_enqueue", lambda job, after=None: asked.append(after))

    with transaction.atomic():
        append(case, [exact(15, WATCH)], by="flavia")
        reckoning.ask(case, row="a row")
    for run in connection.run_on_commit:
        run[1]()
    made_at = Reckoned.objects.get(case=case, asked=LAST).made_at

    assert {None, made_at + timedelta(seconds=20)} == set(asked)


def test_while_an_import_lasts_the_worker_rests_longer(case: Case) -> None:
    append(case, [REPORT, exact(12, WATCH)], by="flavia")
    reckoned(case)
    Reckoned.objects.filter(case=case).update(seconds=2.0)
    made_at = Reckoned.objects.get(case=case, asked=LAST).made_at
    assert reckoning.rested(case) == made_at + timedelta(seconds=2)

    Job.objects.create(case=case, kind="import", state=Job.State.RUNNING)

    assert reckoning.rested(case) == made_at + timedelta(seconds=16)


def test_what_is_drawn_once_for_all_is_drawn_in_the_language_and_at_the_number_of_each(case: Case, as_role: Any) -> None:
    append(case, [REPORT, exact(12, WATCH)], by="flavia")
    reckoned(case)
    pages = [as_role(role).get("/strelsau/", headers={"accept-language": language}).content.decode() for role in ("reader", "editor") for language in ("en", "ru")]
    assert pages[0].count("What cannot all be true") == pages[2].count("What cannot all be true") == 1
    assert pages[1].count("What cannot all be true") == pages[3].count("What cannot all be true") == 0

    append(case, [exact(15, WATCH)], by="flavia")
    reckoned(case)

    assert "at least 15" in as_role("reader").get("/strelsau/", headers={"accept-language": "en"}).content.decode()


def test_the_board_tells_what_moved_since_somebody_said_to_have_seen_it(case: Case, as_role: Any) -> None:
    append(case, [REPORT, exact(12, WATCH)], by="flavia")
    reckoned(case)
    editor = as_role("editor")

    assert editor.get("/strelsau/?format=json").json()["changes"]["at"] is None
    editor.post("/strelsau/seen/", {"number": "2"})
    append(case, [claim(new("claim"), place=RURITANIA)], by="sapt")
    reckoned(case)
    changes = editor.get("/strelsau/?format=json").json()["changes"]

    assert changes["number"] == 2
    assert [each["before"] for each in changes["shifts"]] == ["12"] * 2 and "at least 40" in changes["shifts"][-1]["after"]
    assert changes["came"] == [{"record": "claim", "count": 1, "by": "sapt"}]


def test_who_may_not_see_who_did_what_is_not_told_it(case: Case, as_role: Any) -> None:
    append(case, [REPORT, exact(12, WATCH)], by="flavia")
    reckoned(case)
    reader = as_role("intake")
    reader.post("/strelsau/seen/", {"number": "2"})
    append(case, [exact(40, WATCH)], by="sapt")

    assert "sapt" not in reader.get("/strelsau/").content.decode()


def test_a_board_that_moved_under_the_button_is_not_taken_for_seen(case: Case, as_role: Any) -> None:
    append(case, [REPORT, exact(12, WATCH)], by="flavia")
    reckoned(case)
    reader = as_role("reader")

    reader.post("/strelsau/seen/", {"number": "1"})

    assert reader.get("/strelsau/?format=json").json()["changes"]["at"] is None


# ── Who may, and what lies on the disk ──


def test_nobody_is_named_by_what_the_board_keeps(case: Case, as_role: Any) -> None:
    append(case, [REPORT, exact(12, WATCH), mention()], by="flavia")
    reckoned(case)
    as_role("reader").post("/strelsau/seen/", {"number": "3"})

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            stored = b" ".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for row in cursor.fetchall() for v in row)
            assert b"Elphberg" not in stored and b"Rassendyll Watch" not in stored, table


KINDS = (WHY, CLASH, REVISION)


def _all_kept(case: Case) -> dict[str, Any]:
    """All that is kept, but for when it was reckoned."""
    found = {part: kept(case, NOW, part, Any) for part in ("", "rows", LAST, "curve")}
    assert found[""] and found[""][1].pop("reckoned_at")
    told = {f"told {kind}": [*telling.told(case, NOW, kind).values_list("name", "about", "place")] for kind in KINDS}
    said = {f"said {kind}": telling.said(case, telling.told(case, NOW, kind), "ru") for kind in KINDS}
    of = {"of": sorted(ToldOf.objects.filter(case=case).values_list("kind", "name", "claimant", "claim"))}
    return found | told | said | of


def test_the_board_made_anew_is_what_it_was(case: Case) -> None:
    append(case, [REPORT, exact(12, WATCH), exact(9, OFFICE), mention()], by="flavia")
    reckoned(case)
    before = _all_kept(case)

    rebuild(case)
    assert not Reckoned.objects.filter(case=case).exists()
    reckoned(case)

    assert _all_kept(case) == before


def test_a_board_that_says_something_else_than_its_claims_is_found(case: Case) -> None:
    append(case, [REPORT, exact(12, WATCH), exact(9, OFFICE), mention()], by="flavia")
    assert reckoning.differing(case) == []
    reckoned(case)
    assert reckoning.differing(case) == []

    number, rows = kept(case, NOW, "rows", Any) or (0, None)
    keep(case, NOW, number, 0.1, {"rows": rows[:-1]})

    assert reckoning.differing(case) == ["rows"]

    Told.objects.filter(case=case, kind=CLASH).delete()

    assert reckoning.differing(case) == [CLASH, "rows"]


def test_one_more_claim_writes_only_what_it_changes(case: Case) -> None:
    here, there = (f"{town}, Ruritania" for town in ("Strelsau", "Zenda"))
    append(case, [REPORT, *(exact(n, who, place=place) for place in (here, there) for n, who in ((12, WATCH), (9, OFFICE)))], by="flavia")
    reckoned(case)
    before = {(row.kind, row.name): row.body for row in Told.objects.filter(case=case)}

    append(case, [exact(30, WATCH, place=there, as_of="2031-05-04T09:00+02:00")], by="flavia")
    reckoned(case)
    after = {(row.kind, row.name): row.body for row in Told.objects.filter(case=case)}

    stayed = before.keys() & after.keys()
    # Sealed anew it would be other bytes.
    assert {kind for kind, _ in stayed} == {WHY, CLASH} and all(after[key] == before[key] for key in stayed)
    assert before.keys() - after.keys() and after.keys() - before.keys()
    assert _all_kept(case) == _made_anew(case)


def _made_anew(case: Case) -> dict[str, Any]:
    rebuild(case)
    reckoned(case)
    return _all_kept(case)


def test_an_answer_that_another_process_keeps_meanwhile_doubles_nothing(case: Case) -> None:
    append(case, [REPORT, exact(12, WATCH), exact(9, OFFICE)], by="flavia")
    records = gathered(case)
    every = telling.Names()(telling.things(records.standing().tally(), ()))
    writes = [telling.changing(case, NOW, every, records.claimant) for _ in range(2)]

    for write in writes:
        keep(case, NOW, records.number, 0.1, {LAST: {}}, write)

    assert {(each.kind, each.name) for each in telling.told(case, NOW, CLASH)} == set(every)
    assert ToldOf.objects.filter(case=case).count() == 2


def test_what_moved_is_remembered_for_a_while_only(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reckoning, "REMEMBERED", 2)
    append(case, [REPORT, exact(12, WATCH)], by="flavia")
    for _ in range(4):
        append(case, [exact(12, WATCH)], by="flavia")

    assert min(Moved.objects.filter(case=case).values_list("number", flat=True)) == 4


def test_a_stranger_finds_no_board(case: Case, as_role: Any) -> None:
    Account.objects.create(username="rupert")

    assert [as_role("nobody").get(f"/strelsau/{page}").status_code for page in ("", "places/", "contradictions/", "revisions/")] == [404] * 4


def test_questions_have_names_of_their_own_that_tell_nothing(case: Case) -> None:
    codes = {Question("2031-05-03", True).code, Question("2031-05-03").code, Question("", True).code, NOW.code}

    assert len(codes) == 4 and all(len(code + "why " + "0" * 16) <= 40 and "2031" not in code for code in codes)


def test_an_answer_that_rests_on_less_takes_the_place_of_none(case: Case) -> None:
    keep(case, NOW, 7, 0.1, {"rows": [7]})
    keep(case, NOW, 5, 0.1, {"rows": [5]})

    assert kept(case, NOW, "rows", Any) == (7, [7])


def test_what_was_asked_long_ago_is_dropped_and_the_board_stays(case: Case) -> None:
    append(case, [REPORT, exact(12, WATCH)], by="flavia")
    reckoned(case)
    reckoning.answer(case, Question("2031-05-04"))
    Reckoned.objects.filter(case=case).update(made_at=datetime(2031, 1, 1, tzinfo=UTC) - timedelta(days=9000))

    reckoned(case)

    assert kept(case, Question("2031-05-04"), "", Any) is None
    assert kept(case, NOW, "", Any) is not None


def test_long_lists_come_in_pages_in_their_order(case: Case, as_role: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "_LISTED", 2)
    towns = [f"{name}, Ruritania" for name in ("Strelsau", "Zenda", "Hofbau", "Tarlenheim", "Hentzau")]
    told = [exact(number, by, town) for town in towns for number, by in ((40, WATCH), (31, OFFICE))]
    append(case, [REPORT, *told], by="flavia")
    reckoned(case)
    reader = as_role("reader")
    board = reader.get("/strelsau/?format=json").json()
    pages = [reader.get(f"/strelsau/contradictions/?page={page}&format=json").json() for page in (1, 2, 3, 99)]

    assert [each["id"] for page in pages[:3] for each in page["clashes"]] == [each["id"] for each in board["clashes"]]
    assert pages[0]["found"] == 5 and pages[0]["pages"] == 3 and pages[3] == pages[2]
    last = reader.get("/strelsau/contradictions/?page=3").content.decode()
    assert 'start="5"' in last and 'href="?page=2"' in last and 'rel="next"' not in last
