"""Words as a reader sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atleast.lexicon.glyphs import seen


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("де\u00adся\u00adти", "десяти"),
        ("\u200fdetained\u200e", "detained"),
        ("пoлиция", "полиция"),
        ("полiция", "поліция"),
        ("Мoсквe", "Москве"),
        ("роlice", "police"),
        ("IT-компания", "IT-компания"),
        ("КримSOS", "КримSOS"),
        ("Telegram", "Telegram"),
        ("Şanlıurfa", "Şanlıurfa"),
    ],
)
def test_a_word_is_read_as_it_looks(typed: str, read: str) -> None:
    assert seen(typed) == read


@given(st.text())
def test_what_has_been_put_right_stays_as_it_is(word: str) -> None:
    assert seen(seen(word)) == seen(word)
