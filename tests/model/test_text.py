"""Text is cleaned once; afterwards every offset stays true."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.model import clean

everything = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)  # lone surrogates too


@given(everything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(everything)
def test_clean_text_can_be_stored_anywhere(text: str) -> None:
    stored = clean(text)

    assert stored.encode("utf-8").decode("utf-8") == stored
    assert not {"\x00", "\ufeff", "\r"} & set(stored)
    assert unicodedata.is_normalized("NFC", stored)


@given(everything, st.data())
def test_an_offset_into_clean_text_still_finds_its_quote_after_another_cleaning(text: str, data: st.DataObject) -> None:
    stored = clean(text)
    start = data.draw(st.integers(0, len(stored)))
    end = data.draw(st.integers(start, len(stored)))

    assert clean(stored)[start:end] == stored[start:end]


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("\ufeffFirst", "First"),
        ("sto\x00p", "stop"),
        ("cut \ud83d here", "cut  here"),
        ("и\u0306", "й"),
        ("e\x00\u0301", "é"),
        ("\r\x00\n", "\n"),
    ],
)
def test_only_what_breaks_offsets_or_databases_is_taken_out(raw: str, stored: str) -> None:
    assert clean(raw) == stored


@pytest.mark.parametrize(
    "odd", ["soft\u00adhyphen", "thin\u2009space", "1\u00a0000", "«ёлки»", "zero\u200bwidth", "🚌"]
)
def test_the_documents_own_odd_characters_stay(odd: str) -> None:
    assert clean(odd) == odd
