"""A telephone number is found however it is written, and no other is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.lexicon.telephones import LEAST, one, tail, tails, told

WRITTEN = ["+7 495 555-01-22", "8 (495) 555-01-22", "84955550122", "007 495 5550122", "(495) 555 01 22", "555-01-22", "8\u2011495\u2011555\u201101\u201122"]


@pytest.mark.parametrize("asked", WRITTEN)
@pytest.mark.parametrize("kept", WRITTEN)
def test_a_number_is_found_however_it_is_written(asked: str, kept: str) -> None:
    assert one(asked)
    assert told(asked, f"Flavia, {kept}, after six")
    assert tail(asked) in tails(f"Flavia, {kept}, after six")


@pytest.mark.parametrize("other", ["+7 499 555-01-22", "8 (495) 555-01-23", "0122", "+420 555 01 22 11"])
def test_another_number_is_not_found(other: str) -> None:
    assert not told(other, "+7 495 555-01-22")


@pytest.mark.parametrize("text", ["0122", "station 78", "Flavia", "", "555-01-22 Flavia", "40 people, 12 minors"])
def test_what_is_no_number_is_not_looked_for(text: str) -> None:
    assert not one(text)


@given(st.text("0123456789", min_size=LEAST, max_size=15), st.integers(0, 5), st.text("0123456789 -().+,", max_size=12))
def test_whatever_stands_beside_a_number_it_is_found(number: str, at: int, beside: str) -> None:
    text = f"Flavia {number[:at]} {number[at:]}, {beside}"

    assert told(number, text) and tail(number) in tails(text)
