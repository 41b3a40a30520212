"""The order of the work: what is read, what is left as it came, and in which zone times are."""

from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest

from atleast import case
from atleast.model import BadRecord, Claim, Decision, Mention, Record, Report, encode

TEXT = "Police detained 12 people in Moscow on May 4, the ministry said."
REPORT = Report("bree", publisher="The Prancing Pony", language="en", published="2031-05-04T21:00+03:00", text=TEXT)
CLAIM = Claim("c1", "bree", "detained 12 people", 7, 25, low=13, high=13, place="Moscow, Russia", note="by hand")


def written(path: Path, *records: Record) -> Path:
    path.write_text("\n".join(map(encode, records)))
    return path


def test_a_report_without_claims_is_read(tmp_path: Path) -> None:
    found = case.read([written(tmp_path / "a.jsonl", REPORT)])

    assert [(c.quantity, c.low, c.high, c.report) for c in found.claims] == [("detained", 12, 12, "bree")]
    assert not found.empty


def test_claims_that_came_along_are_not_read_again_unless_asked(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", REPORT, CLAIM)

    assert case.read([path]).claims == (CLAIM,)
    assert [c.low for c in case.read([path], again=True).claims] == [12]


def test_claims_stay_when_their_report_cannot_be_read_again(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jsonl", replace(REPORT, text=""), CLAIM)

    assert case.read([path], again=True).claims == (CLAIM,)


def test_mentions_that_came_along_stand_for_those_that_would_be_read(tmp_path: Path) -> None:
    mention = Mention("m1", "bree", "12 people", 16, 25)
    found = case.read([written(tmp_path / "a.jsonl", REPORT, mention)])

    assert found.mentions == (mention,) and len(found.claims) == 1


def test_claims_may_come_before_their_report_and_in_another_file(tmp_path: Path) -> None:
    claims, reports = written(tmp_path / "a.jsonl", CLAIM), written(tmp_path / "b.jsonl", REPORT)

    assert case.read([claims, reports]).claims == (CLAIM,)


def test_the_same_record_twice_is_one_and_another_of_its_id_is_told(tmp_path: Path) -> None:
    found = case.read([written(tmp_path / "a.jsonl", REPORT, REPORT, CLAIM, replace(CLAIM, low=1))])

    assert found.reports == (REPORT,) and found.claims == (CLAIM,)
    assert [(t.where, "two claims have one id" in t.what) for t in found.troubles] == [("c1", True)]


def test_a_quote_that_is_not_in_its_report_is_told(tmp_path: Path) -> None:
    found = case.read([written(tmp_path / "a.jsonl", REPORT, replace(CLAIM, start=8, end=26))])

    assert [(t.where, t.value) for t in found.troubles] == [("c1", "etained 12 people ")]


def test_mentions_and_what_was_judged_of_them_reach_the_reckoning() -> None:
    found = case.read([Path(__file__).resolve().parents[2] / "cases" / "people-on-lists"])
    whole = case.reckon(found).cell("detained", "Russia")
    unjudged = case.reckon(replace(found, decisions=())).cell("detained", "Russia")

    assert not found.troubles
    assert whole and whole.documented and unjudged and unjudged.documented
    assert (whole.joint.people.low, whole.documented.people, whole.documented.by_name) == (10, 8, 7)
    assert unjudged.documented.people == 7


def decided(what: str, number: int = 1, about: str = "c1", by: str = "Barliman", **with_: object) -> Decision:
    return Decision(f"d{number}", (about,), by, f"2031-05-05T09:{number:02}+03:00", what, with_ or None)


def least(found: case.Reading, **asked: Any) -> int | None:
    cell = case.reckon(found, **asked).cell("detained", "Moscow, Russia")
    return cell.joint.people.low if cell else None


def test_decisions_about_claims_change_the_result_and_not_the_records(tmp_path: Path) -> None:
    def night(*decisions: Decision) -> case.Reading:
        found = case.read([written(tmp_path / "a.jsonl", REPORT, CLAIM, *decisions)])
        assert found.claims == (CLAIM,) and found.decisions == decisions and not found.troubles
        return found

    edited = decided("edit", low=12, high=12)

    assert least(night()) == 13
    assert least(night(edited)) == 12
    assert least(night(edited, decided("retract", 2, "d1"))) == 13
    assert least(night(decided("reject"))) is None
    assert least(night(edited), two=True) == 13
    assert least(night(edited, decided("accept", 2, by="Bob")), two=True) == 12
    assert least(night(), only_reviewed=True) is None
    assert least(night(decided("accept")), only_reviewed=True) == 13


def test_what_review_leaves_out_is_set_aside_with_the_reason(tmp_path: Path) -> None:
    found = case.read([written(tmp_path / "a.jsonl", REPORT, CLAIM, decided("reject"))])

    assert [(aside.claim, aside.reason.key, aside.reason.args["by"]) for aside in case.reckon(found).set_aside] == [
        ("c1", "aside.rejected", "Barliman")
    ]
    assert not case.curve(found).claimants and case.curve(replace(found, decisions=())).claimants


def test_decisions_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    wrong = (decided("edit", low="many"), decided("accept", 2, "c9"), decided("edit", 3, low=12, quote="x", start=0, end=1))
    found = case.read([written(tmp_path / "a.jsonl", REPORT, CLAIM, *wrong)])

    assert [(trouble.where, trouble.value[:12]) for trouble in found.troubles] == [("d1", "claim.low ha"), ("c1", "P"), ("d2", "c9")]


def test_what_only_a_model_found_is_reckoned_with_and_exported_once_somebody_accepted_it(tmp_path: Path) -> None:
    model = replace(CLAIM, readers=("llm:elanor",))
    proposed = case.read([written(tmp_path / "a.jsonl", REPORT, model)])
    accepted = case.read([path := written(tmp_path / "a.jsonl", REPORT, model, decided("accept"))])

    assert (least(proposed), least(accepted)) == (None, 13)
    assert case.unseen(proposed.claims, ()) == {"c1"} and not case.unseen(accepted.claims, accepted.decisions)
    for records, there in (([REPORT, model], False), ([REPORT, model, decided("accept")], True)):
        pile = case.pile([written(path, *records)])
        assert (encode(model) in pile.lines()) is there
        pile.close()


def test_judgements_of_a_pair_survive_the_review_of_one_of_it() -> None:
    people = case.read([Path(__file__).resolve().parents[2] / "cases" / "people-on-lists"])
    gone = replace(people, decisions=(*people.decisions, decided("reject", 41, "watch-list#m3")))
    back = replace(gone, decisions=(*gone.decisions, decided("retract", 42, "d41")))

    assert [name for d in case.reviewed(gone).judgements for name in d.about if name == "watch-list#m3"] == []
    assert not case.reckon(gone).troubles
    assert len(case.reviewed(back).judgements) == len(people.decisions)


def test_a_report_in_a_language_without_word_lists_is_told(tmp_path: Path) -> None:
    found = case.read([written(tmp_path / "a.jsonl", replace(REPORT, language="sjn"))])

    assert all(claim.tier == "C" for claim in found.claims) and found.troubles[0].where == "bree"


def test_nothing_at_all_is_empty(tmp_path: Path) -> None:
    assert case.read([tmp_path]).empty
    assert case.read([]).empty


def test_progress_names_the_stage(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    found = case.read([written(tmp_path / "a.jsonl", REPORT)], progress=lambda *step: told.append(step))
    case.reckon(found, progress=lambda *step: told.append(step))

    assert list(dict.fromkeys(stage for stage, *_ in told)) == ["collect", "read", "reckon"]
    assert all(0 < done <= total for _, done, total in told)


def test_the_zone_of_a_case_is_the_one_most_of_its_times_are_in() -> None:
    reports = tuple(
        Report(str(n), published=when)
        for n, when in enumerate(["2031-05-04T21:00+03:00", "2031-05-04T21:00+03:00", "2031-05-04T21:00Z", "2031", None])
    )

    assert case.own_zone(case.Reading(reports)).utcoffset(None) == timedelta(hours=3)
    assert case.own_zone(case.Reading(reports[2:])).utcoffset(None) == timedelta(0)
    assert case.own_zone(case.Reading(reports[3:])) is UTC


def test_of_two_zones_in_equal_use_the_choice_does_not_depend_on_the_order() -> None:
    reports = (Report("a", published="2031-05-04T21:00+03:00"), Report("b", published="2031-05-04T21:00+05:00"))

    assert case.own_zone(case.Reading(reports)) == case.own_zone(case.Reading(reports[::-1]))


def test_what_was_known_then_leaves_out_what_came_later() -> None:
    early = replace(CLAIM, id="c0", report="bywater", low=5, high=None, bound="at_least", as_of="2031-05-04T14:00+03:00", event_date="2031-05-04")
    late = replace(CLAIM, low=12, high=None, bound="at_least", as_of="2031-05-04T21:00+03:00", event_date="2031-05-04")
    whole = case.Reading((REPORT, replace(REPORT, id="bywater", published="2031-05-04T14:30+03:00")), (early, late))

    then, now = (case.reckon(whole, at=at).cell("detained", "Moscow, Russia") for at in ("2031-05-04T15:00+03:00", None))

    assert then and now
    assert (then.joint.people.low, now.joint.people.low) == (5, 12)


@pytest.mark.parametrize("at", ["--05-04", "later", "15:00"])
def test_a_moment_that_cannot_be_placed_is_the_callers_mistake(at: str) -> None:
    with pytest.raises(BadRecord):
        case.reckon(case.Reading(), at=at)


def test_a_report_that_names_no_day_takes_the_one_on_which_the_others_agree(tmp_path: Path) -> None:
    dated = [replace(REPORT, id=f"r{n}", published=None, text=TEXT.replace("May 4", "May 4, 2031")) for n in range(3)]
    bare = replace(REPORT, id="bare", published=None, text=TEXT.replace(" on May 4", ""))

    alone = case.read([written(tmp_path / "a.jsonl", bare)])
    among = case.read([written(tmp_path / "b.jsonl", *dated, bare)])

    assert [c.event_date for c in alone.claims] == [None]
    assert [c.event_date for c in among.claims] == ["2031-05-04"] * 4
