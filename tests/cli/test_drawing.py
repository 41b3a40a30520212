"""Marks stand under their words, whatever the letters."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from atleast.cli.drawing import Mark, columns, drawn, harmless, lines, padded, wrapped


def test_a_mark_stands_under_its_words() -> None:
    text = "At least 12 people were detained in Bree."

    assert list(drawn(text, [Mark(0, 11, "number"), Mark(24, 32, "quantity"), Mark(36, 40, "place")], 80)) == [
        "At least 12 people were detained in Bree.",
        "───────────             ────────    ────",
        "number                  quantity    place",
    ]


def test_marks_that_would_run_into_one_another_stand_on_rules_of_their_own() -> None:
    assert list(drawn("12 detained", [Mark(0, 2, "number"), Mark(0, 11, "quantity"), Mark(3, 11, "what")], 80)) == [
        "12 detained",
        "───────────",
        "quantity",
        "──",
        "number",
        "   ────────",
        "   what",
    ]


def test_wide_and_combining_characters_keep_marks_in_place() -> None:
    text = "警察 took бе\u0301лый 12"

    assert list(drawn(text, [Mark(0, 2, "who"), Mark(8, 14, "x"), Mark(15, 17, "number")], 80)) == [
        text,
        "────      ───── ──",
        "who       x     number",
    ]


def test_a_mark_over_two_lines_is_labelled_once() -> None:
    assert list(drawn("aaaa bbbb cccc", [Mark(5, 14, "both")], 9)) == [
        "aaaa bbbb",
        "     ────",
        "     both",
        "cccc",
        "────",
    ]


def test_lines_without_marks_can_be_left_out() -> None:
    assert list(drawn("aaaa bbbb", [Mark(5, 9, "b")], 5, all_lines=False)) == ["bbbb", "────", "b"]


def test_a_document_cannot_play_with_the_terminal() -> None:
    text = harmless("\x1b[2J12\u202e detained\x9b\n\t\x07")

    assert len(text) == len("\x1b[2J12\u202e detained\x9b\n\t\x07")
    assert not set(text) & set("\x1b\u202e\x9b\n\t\x07")


def test_wrapped_text_hangs_and_keeps_its_beginning() -> None:
    assert list(wrapped("  one two three four", 11, hang="..")) == ["  one two", "  ..three", "  ..four"]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80), st.integers(4, 30))
def test_lines_hold_every_character_but_the_spaces_at_their_ends(text: str, to: int) -> None:
    text = harmless(text)
    found = list(lines(text, to))

    assert "".join(text[a:b] for a, b in found).replace(" ", "") == text.replace(" ", "")
    assert all(columns(text[a:b]) <= max(to, 2) for a, b in found)
    assert all(text[b:c].strip(" ") == "" for (_, b), (c, _) in pairwise(found))


@given(
    st.text(max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.text("ab", max_size=9)), max_size=5),
    st.integers(4, 40),
)
def test_whatever_the_marks_nothing_breaks(text: str, marks: list[tuple[int, int, str]], to: int) -> None:
    assert all("\n" not in line for line in drawn(text, [Mark(*mark) for mark in marks], to))


def test_padding_counts_columns() -> None:
    assert padded("東京", 6) == "東京  "
