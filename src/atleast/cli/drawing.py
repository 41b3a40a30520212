"""Text for a terminal: how wide it is, where it wraps, and marks drawn under its words."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from shutil import get_terminal_size

NARROWEST, WIDEST = 40, 120
# What moves the cursor, clears the screen or turns the writing round must not come out of somebody's document.
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text with a word to be written under it."""

    start: int
    end: int
    label: str


def width() -> int:
    """Columns to write in: those of the terminal, within reason; eighty where there is none."""
    return max(NARROWEST, min(get_terminal_size().columns, WIDEST))


def harmless(text: str) -> str:
    """The text, character for character, without those that would play with the terminal."""
    return _TURNING.sub("\u200b", _CONTROL.sub(" ", text))


def columns(text: str) -> int:
    """How many columns a text takes: wide characters two, combining and unseen ones none.

    >>> columns("東京"), columns("е\\u0301"), columns("a\\u200b")
    (4, 1, 1)
    """
    return len(text) if text.isascii() else sum(map(_column, text))


def _column(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def padded(text: str, to: int) -> str:
    """The text with spaces behind it, as wide as asked."""
    return text + " " * max(0, to - columns(text))


def lines(text: str, to: int, then: int | None = None) -> Iterator[tuple[int, int]]:
    """Where the lines of a wrapped text begin and end: the first `to` columns wide, the others `then`.

    Broken at spaces; a word too long is cut.
    """
    start = room = 0
    space = -1
    for at, character in enumerate(text):
        room += _column(character)
        if character == " ":
            space = at
        if room > to and at > start:
            end = space if space > start else at
            yield start, end
            start = end + (space == end)
            space, room, to = -1, columns(text[start : at + 1]), then or to
    if start < len(text):
        yield start, len(text)


def wrapped(text: str, to: int, *, hang: str = "") -> Iterator[str]:
    """The text in lines; all but the first begin with `hang`. Spaces at its own beginning stay."""
    text = harmless(text)
    own = text[: len(text) - len(text.lstrip(" "))]
    rest, room, first = text[len(own) :], max(10, to - columns(own)), True
    for start, end in lines(rest, room, room - columns(hang)):
        yield own + ("" if first else hang) + rest[start:end].rstrip(" ")
        first = False


def drawn(text: str, marks: Sequence[Mark], to: int, *, all_lines: bool = True) -> Iterator[str]:
    """The text in lines, under each of them its marks: a rule, and below it the label.

    Marks that would run into one another stand on rules of their own, the longer nearer the text.
    `all_lines` off leaves out the lines that hold no mark.
    """
    text = harmless(text)
    for start, end in lines(text, to):
        here = [m for m in marks if m.start < end and m.end > start]
        if here or all_lines:
            yield text[start:end]
        for level in _levels(text, start, end, here):
            yield _row((at, "─" * wide) for at, wide, _ in level)
            if any(label for *_, label in level):
                yield _row((at, label) for at, _, label in level)


Placed = tuple[int, int, str]


def _levels(text: str, start: int, end: int, marks: Iterable[Mark]) -> list[list[Placed]]:
    """The marks of one line with their columns, level by level; on each there is room for rule and label."""
    levels: list[list[Placed]] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end, m.label)):
        at = columns(text[start : max(mark.start, start)])
        wide = max(1, columns(text[max(mark.start, start) : min(mark.end, end)]))
        placed = at, wide, mark.label if mark.start >= start else ""
        fitting = (level for level in levels if _after(level[-1]) <= at)
        level = next(fitting, None)
        if level is None:
            levels.append([placed])
        else:
            level.append(placed)
    return levels


def _after(placed: Placed) -> int:
    at, wide, label = placed
    return at + max(wide, columns(label)) + 1


def _row(pieces: Iterable[tuple[int, str]]) -> str:
    row = ""
    for at, piece in pieces:
        row = padded(row, at) + piece
    return row.rstrip(" ")
