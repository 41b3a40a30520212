"""The table of a reckoning, drawn for a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from itertools import zip_longest

from atleast.reckon import Cell, Key, Tally, lines
from atleast.tell import Words, heads, label, row, sections, timed

from .drawing import columns, padded, wrapped

_GAP = 2


def text(tally: Tally, words: Words, to: int, zone: tzinfo, *, why: bool = False) -> Iterator[str]:
    """The table for a terminal; with `why`, every row's proofs under it."""
    parts = [([words.word("quantity", quantity), *heads(cells, words)], cells) for quantity, cells in sections(tally)]
    rows = {
        cell.key: [label(cell.key, words), *row(cell, head[1:], words, zone)] for head, cells in parts for cell in cells
    }
    sizes = {wider: _widths(_alike(parts, rows, wider), to) for wider in (False, True) if _alike(parts, rows, wider)}
    for head, cells in parts:
        wide = sizes[timed(cells)]
        yield ""
        yield from _row(head, wide)
        yield (" " * _GAP).join("─" * each for each in wide[: len(head)])
        for cell in cells:
            yield from _row(rows[cell.key], wide)
            yield from _proofs(cell, words, to) if why else ()
    if not rows:
        yield from ("", words("table.nothing"))


def _alike(
    parts: Iterable[tuple[list[str], list[Cell]]], rows: Mapping[Key, list[str]], wider: bool
) -> list[list[str]]:
    """The lines that share their widths: those with a time in each column stand wider than the others."""
    return [line for head, cells in parts if timed(cells) is wider for line in (head, *(rows[c.key] for c in cells))]


def _proofs(cell: Cell, words: Words, to: int) -> Iterator[str]:
    for line in lines(cell, words.language):
        yield from wrapped(f"    {line}", to, hang="  ")
    yield ""


def _widths(rows: Sequence[Sequence[str]], to: int) -> list[int]:
    """A width for each column: the numbers take what they need, the names the rest."""
    needed = [max(map(columns, column)) for column in zip_longest(*rows, fillvalue="")]
    left = to - sum(needed[1:]) - _GAP * len(needed[1:])
    return [min(needed[0], max(left, 12)), *needed[1:]]


def _row(row: Sequence[str], wide: Sequence[int]) -> Iterator[str]:
    first, *rest = wrapped(row[0], wide[0], hang="  ") if row[0] else [""]
    cells = (" " * _GAP).join(padded(cell, size) for cell, size in zip(row[1:], wide[1:], strict=False))
    yield f"{padded(first, wide[0])}{' ' * _GAP}{cells}".rstrip()
    yield from rest
