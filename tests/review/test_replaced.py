"""Fields replaced through the wire form, so that all of its checks hold."""

from dataclasses import replace

import pytest

from atleast.model import BadRecord, Evidence
from atleast.review import replaced

from .night import CLAIM, COOK, TEXT


def test_fields_are_replaced_by_their_wire_names_and_the_others_stay() -> None:
    assert replaced(CLAIM, {"low": 20, "hedge": "more_than"}) == replace(CLAIM, low=20, hedge="more_than")
    assert replaced(COOK, {"happened": [{"what": "released"}]}).happened[0].what == "released"


def test_what_belongs_to_the_decision_is_no_field_of_the_record() -> None:
    assert replaced(CLAIM, {"on": "d1"}) == CLAIM == replaced(CLAIM, None)


def test_fields_of_other_tools_are_kept_and_may_be_replaced() -> None:
    assert replaced(replace(CLAIM, extra={"desk": 1}), {"low": 20, "desk": 2}).extra == {"desk": 2}


def test_a_quote_is_put_elsewhere_only_as_a_whole() -> None:
    start = TEXT.index("5 in Archet")
    moved = replaced(CLAIM, {"quote": "5 in Archet", "start": start, "end": start + 11})

    assert TEXT[moved.start : moved.end] == moved.quote == "5 in Archet"


def test_evidence_of_a_replaced_slot_goes_with_it() -> None:
    read = (Evidence("low", 17, 19, "digits"), Evidence("place", 30, 34, "gazetteer"))

    assert replaced(replace(CLAIM, evidence=read), {"low": 20}).evidence == read[1:]


@pytest.mark.parametrize(
    ("with_", "told"),
    [
        ({"low": "many"}, ["claim.low", "'many'", "whole number"]),
        ({"quantity": "detainees"}, ["claim.quantity", "'detainees'"]),
        ({"event_date": "yesterday"}, ["'yesterday'", "2017-10-07"]),
        ({"lwo": 20}, ["'lwo'", "Did you mean low?"]),
        ({"id": "c9"}, ["claim.id", "'c9'", "Reject this record"]),
        ({"start": 9, "end": 51}, ["quote", "9", "together"]),
        ({"quote": "5", "start": 39, "end": 60}, ["start and end"]),
    ],
)
def test_what_cannot_stand_there_is_refused_with_field_value_and_remedy(with_: dict[str, object], told: list[str]) -> None:
    with pytest.raises(BadRecord) as wrong:
        replaced(CLAIM, with_)

    assert all(word in str(wrong.value) for word in told), wrong.value
