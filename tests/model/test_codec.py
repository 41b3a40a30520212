"""The wire form: what goes out comes back, and what cannot be a record says why."""

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.model import (
    BadRecord,
    Claim,
    Decision,
    Evidence,
    Mention,
    Record,
    Report,
    Trouble,
    decode,
    decode_lines,
    encode,
    record_of,
)

from .strategies import claims, decisions, mentions, records, reports

CLAIM: dict[str, Any] = {
    "record": "claim", "id": "c1", "report": "r1", "quote": "19 detained", "start": 0, "end": 11, "low": 19, "high": 19,
}  # fmt: skip


def claim(**changes: Any) -> str:
    return json.dumps(CLAIM | changes)


def refusal(line: str) -> str:
    """What a person is told about a line that cannot be used."""
    with pytest.raises(BadRecord) as caught:
        decode(line, file="eriador.jsonl", number=7)
    return str(caught.value)


@given(reports)
def test_a_report_comes_back_as_it_went_out(record: Report) -> None:
    assert decode(encode(record)) == record


@given(claims())
def test_a_claim_comes_back_as_it_went_out(record: Claim) -> None:
    assert decode(encode(record)) == record


@given(mentions())
def test_a_mention_comes_back_as_it_went_out(record: Mention) -> None:
    assert decode(encode(record)) == record


@given(decisions)
def test_a_decision_comes_back_as_it_went_out(record: Decision) -> None:
    assert decode(encode(record)) == record


@given(records)
def test_writing_twice_gives_the_same_bytes(record: Record) -> None:
    line = encode(record).encode("utf-8")

    assert encode(decode(line.decode("utf-8"))).encode("utf-8") == line


@given(st.lists(records, max_size=4))
def test_a_record_is_one_line_whatever_its_text_holds(several: list[Record]) -> None:
    text = "\n".join(encode(record) for record in several)

    assert list(decode_lines(text.splitlines())) == several


@given(st.text())
def test_whatever_a_line_holds_it_is_a_record_or_a_bad_record(line: str) -> None:
    with contextlib.suppress(BadRecord):
        decode(line)


@given(
    st.dictionaries(
        st.sampled_from(sorted(CLAIM)), st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.none())
    )
)
def test_a_claim_with_any_field_spoiled_is_a_claim_or_a_bad_record(spoiled: dict[str, Any]) -> None:
    with contextlib.suppress(BadRecord):
        record_of(CLAIM | spoiled)


def test_letters_of_every_script_are_written_as_themselves() -> None:
    line = encode(Report("r1", text="Задержан 321 человек. 北京, عشرات, 🚌"))

    assert "Задержан 321 человек. 北京, عشرات, 🚌" in line


def test_fields_of_other_tools_survive_the_trip() -> None:
    line = claim(score=0.5, tags=["shire", {"deep": None}], optional=False)

    assert (
        json.loads(encode(decode(line))).items()
        >= {"score": 0.5, "tags": ["shire", {"deep": None}], "optional": False}.items()
    )


def test_fields_of_other_tools_inside_a_happening_survive_the_trip() -> None:
    line = json.dumps(
        {
            "record": "mention",
            "id": "m1",
            "report": "r1",
            "quote": "",
            "start": 0,
            "end": 0,
            "happened": [{"what": "fined", "roubles": 500}],
        }
    )

    assert json.loads(encode(decode(line)))["happened"] == [
        {"what": "fined", "at": None, "detail": None, "roubles": 500}
    ]


def test_a_half_character_from_another_tool_can_still_be_written_to_a_file() -> None:
    line = '{"record": "report", "id": "r1", "other": "\\ud83d cut"}'

    assert encode(decode(line)).encode("utf-8")


def test_quiet_fields_are_written_only_when_they_say_something() -> None:
    quiet = json.loads(encode(Claim("c1", "r1", "", 0, 0)))
    loud = json.loads(
        encode(
            Claim(
                "c1",
                "r1",
                "",
                0,
                0,
                relay=("The Prancing Pony",),
                tier="A",
                evidence=(Evidence("low", 0, 1, "digits"),),
            )
        )
    )

    assert not {"relay", "tier", "evidence", "extra"} & set(quiet)
    assert (loud["relay"], loud["tier"], loud["evidence"][0]["slot"]) == (["The Prancing Pony"], "A", "low")


def test_unknown_is_written_as_null_and_not_left_out() -> None:
    row = json.loads(encode(Claim("c1", "r1", "", 0, 0)))

    assert {"claimant", "among", "low", "high", "place", "as_of"} <= {
        key for key, value in row.items() if value is None
    }


def test_with_is_with_on_the_wire() -> None:
    made = decode(
        '{"record": "decision", "id": "d", "about": ["c"], "by": "Ada", "at": "2031", "what": "edit","with": {"low": 3}}'
    )

    assert isinstance(made, Decision)
    assert made.with_ == {"low": 3}
    assert json.loads(encode(made))["with"] == {"low": 3}


@pytest.mark.parametrize(
    "when", ["2031", "2031-05", "2031-05-04", "--05-04", "2031-05-04T21:00+03:00", "2031-05-04/2031-05-06"]
)
def test_a_partial_date_stays_as_partial_as_it_was(when: str) -> None:
    made = decode(claim(event_date=when))

    assert isinstance(made, Claim)
    assert made.event_date == when


def test_a_whole_number_may_be_written_with_a_point() -> None:
    made = decode(claim(low=19.0, high=2.5))

    assert isinstance(made, Claim)
    assert (made.low, made.high) == (19, 2.5)
    assert isinstance(made.low, int)


def test_text_is_cleaned_on_the_way_in() -> None:
    made = decode('{"record": "report", "id": "r1", "text": "cafe\\u0301\\u0000\\r\\n"}')

    assert isinstance(made, Report)
    assert made.text == "café\n"


def test_a_negative_count_is_kept_because_it_is_trouble_in_the_data_and_not_in_the_line() -> None:
    made = decode(claim(low=-3))

    assert isinstance(made, Claim)
    assert made.low == -3


def test_an_error_names_file_line_value_and_remedy() -> None:
    said = refusal(claim(quantity="detaned"))

    assert said == "eriador.jsonl:7: claim.quantity is not one of its words (found 'detaned'). Did you mean detained?"


def test_an_error_lists_the_words_when_none_is_near() -> None:
    said = refusal(claim(bound="???"))

    assert said.endswith("(found '???'). Known are exact, at_least, at_most, about, range, vague")


def test_a_missing_field_is_named() -> None:
    said = refusal('{"record": "claim", "id": "c1"}')

    assert "claim without report" in said
    assert said.endswith("Add the field report")


def test_a_wrong_word_inside_a_happening_is_named() -> None:
    said = refusal(
        json.dumps(
            {
                "record": "mention",
                "id": "m1",
                "report": "r1",
                "quote": "",
                "start": 0,
                "end": 0,
                "happened": [{"what": "fine"}],
            }
        )
    )

    assert "happening.what is not one of its words (found 'fine'). Did you mean fined?" in said


def test_an_unknown_kind_of_record_is_told_the_known_ones() -> None:
    assert "unknown kind of record (found 'clam'). Known are report, claim, mention, decision" in refusal(
        '{"record": "clam"}'
    )
    assert "unknown kind of record" in refusal('{"record": ["claim"]}')


@pytest.mark.parametrize("line", ["", "not json", "[1, 2]", '"claim"', "{" * 9, "[" * 100_000, "9" * 5000])
def test_a_line_that_is_no_json_object_is_refused_in_plain_words(line: str) -> None:
    assert refusal(line).startswith("eriador.jsonl:7: not a ")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("low", "19"), ("low", True), ("low", float("nan")), ("high", float("inf")), ("start", 0.5), ("start", None),
        ("quote", 3), ("relay", "The Prancing Pony"), ("relay", [None]), ("evidence", [3]),
        ("evidence", {}), ("place", ["Bree"]),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_refused(field: str, value: object) -> None:
    said = refusal(claim(**{field: value}))

    assert f"claim.{field} has the wrong type" in said
    assert "Write " in said


def test_numbers_too_large_to_be_numbers_are_refused() -> None:
    assert "claim.low has the wrong type" in refusal(claim(low=19).replace('"low": 19', '"low": 1e999'))


@pytest.mark.parametrize("field", ["event_date", "as_of"])
def test_a_date_that_is_none_is_told_how_to_write_one(field: str) -> None:
    said = refusal(claim(**{field: "7 October"}))

    assert "not a date or time (found '7 October'). Write 2017-10-07" in said


def test_offsets_must_span_the_quote() -> None:
    assert "start and end do not span the quote" in refusal(claim(end=12))
    assert "start and end do not span the quote" in refusal(claim(start=-5, end=6))


def test_one_bad_line_is_kept_as_trouble_and_the_rest_goes_on() -> None:
    lines = [claim(), "", "nonsense", claim(id="c2")]

    first, trouble, last = decode_lines(lines, file="eriador.jsonl")

    assert isinstance(first, Claim)
    assert isinstance(last, Claim)
    assert isinstance(trouble, Trouble)
    assert str(trouble) == "eriador.jsonl:3: not a line of JSON (found 'nonsense'). Each line must hold one JSON object"


def test_a_byte_order_mark_before_the_first_line_is_passed_over() -> None:
    assert isinstance(decode("\ufeff" + claim()), Claim)


def test_long_values_are_shortened_in_messages() -> None:
    assert len(refusal(claim(quantity="very " * 1000))) < 500
