"""The table of a reckoning, quantity by quantity: its rows in few words, and whole as Markdown and as CSV."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import tzinfo
from itertools import groupby

from atleast.model.vocabulary import QUANTITIES
from atleast.reckon import Bound, Cell, Key, Tally, lines
from atleast.reckon.words import place

from .wording import Words

SIDES = ("independent", "authority", "joint")
_ORDER = {name: number for number, name in enumerate(QUANTITIES)}
# Counts of those who come and go, which are of one moment.
_STOCKS = frozenset({"still_held"})
_DAY = len("10-07")
# A spreadsheet takes a cell that begins with one of these for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def sections(tally: Tally) -> Iterator[tuple[str, list[Cell]]]:
    """The rows of each quantity, the biggest first."""
    ordered = sorted(tally.cells, key=lambda cell: (_ORDER.get(cell.key.quantity, 99), -_size(cell), cell.key))
    for quantity, cells in groupby(ordered, key=lambda cell: cell.key.quantity):
        yield quantity, list(cells)


def _size(cell: Cell) -> int:
    """How big a row is: the most that is proved, on either side or on both."""
    return max(bound.people.low or bound.roughly.low or 0 for bound in _bounds(cell))


def timed(cells: Sequence[Cell]) -> bool:
    """Whether these are counts of those who come and go, each of one moment."""
    return cells[0].key.quantity in _STOCKS


def heads(cells: Iterable[Cell], words: Words) -> list[str]:
    """What stands over the columns: the sides, and who is documented, where that is more than one nameless person."""
    told = [cell.documented for cell in cells if cell.documented is not None]
    documented = [words("table.documented")] if any(one.people > 1 or one.by_name for one in told) else []
    return [words(f"table.{side}") for side in SIDES] + documented


def row(cell: Cell, over: Sequence[str], words: Words, zone: tzinfo) -> Iterator[str]:
    """What stands behind a row's label, under these heads: the bounds, and how many people are documented."""
    yield from (said(bound, words) + (_when(bound, zone) if timed([cell]) else "") for bound in _bounds(cell))
    if len(over) > len(SIDES):
        yield lines(cell.documented, words.language)[0] if cell.documented else ""


def _when(bound: Bound, zone: tzinfo) -> str:
    """When those were counted who come and go: a number of them says nothing without its hour."""
    if bound.moment is None or not bound.moment.shown or not bound.people.known:
        return ""
    first, last = bound.moment.real
    return f" · {first.astimezone(zone):%m-%d %H:%M}" if first == last else f" · {bound.moment.shown[-_DAY:]}"


def _bounds(cell: Cell) -> tuple[Bound, Bound, Bound]:
    return cell.independent, cell.authority, cell.joint


def label(key: Key, words: Words) -> str:
    """A row's own name: the place, among whom, over what."""
    groups = [words.word("among", key.among), words.word("of", key.of)]
    return place(key) + "".join(f" · {group}" for group in groups if group)


def said(bound: Bound, words: Words) -> str:
    """One cell in few words."""
    people, roughly = bound.people, bound.roughly
    if people.contradictory:
        return words("table.contradictory")
    if not people.known:
        told = lines(roughly, words.language)[0]
        return words("people.roughly", people=told) if roughly.known else told
    return lines(people, words.language)[0]


# ── Other formats ──


def markdown(tally: Tally, words: Words, zone: tzinfo) -> Iterator[str]:
    """The table in Markdown, one for each quantity."""
    for quantity, cells in sections(tally):
        yield f"### {_cell(words.word('quantity', quantity))}"
        yield ""
        over = heads(cells, words)
        yield _piped([words("table.place"), *over])
        yield f"|{'---|' * (1 + len(over))}"
        yield from (_piped([_full(cell.key, words), *row(cell, over, words, zone)]) for cell in cells)
        yield ""


def _piped(cells: Iterable[str]) -> str:
    return f"| {' | '.join(map(_cell, cells))} |"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


def _full(key: Key, words: Words) -> str:
    return label(key, words).replace(place(key), key.place, 1)


def spreadsheet(tally: Tally) -> str:
    """The table as CSV: the ends of each interval as numbers, an open end empty, and the claims behind each row.

    Before these stand how many people are documented, and how many of them by name.

    The column names are those of the records and are not translated.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    ends = (f"{side}_{end}" for side in SIDES for end in ("low", "high"))
    table.writerow(["quantity", "place", "among", "of", *ends, "documented", "by_name", "claims"])
    for _, cells in sections(tally):
        table.writerows([safe(value) for value in _record(cell)] for cell in cells)
    return out.getvalue()


def _record(cell: Cell) -> Iterator[str | int | None]:
    yield from (cell.key.quantity, cell.key.place, cell.key.among, cell.key.of)
    for bound in _bounds(cell):
        yield from (bound.people.low, bound.people.high)
    yield from (cell.documented.people, cell.documented.by_name) if cell.documented else (None, None)
    proofs = (proof for bound in _bounds(cell) for proof in (bound.low, bound.high) if proof)
    yield " ".join(sorted({claim for proof in proofs for claim in proof.claims}))


def safe(value: str | int | None) -> str | int | None:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
