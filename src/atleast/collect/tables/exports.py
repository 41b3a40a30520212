"""Out again: rows that could not be read, as CSV that no spreadsheet program runs anything of."""

import csv
from collections.abc import Callable, Iterable
from io import StringIO

from atleast.model import Trouble

from .rows import Row
from .sheets import Sheet

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")
REASON = "why it was not read"


def defused(cell: str) -> str:
    """A cell that a spreadsheet program shows and does not run.

    A cell that begins with = + - @ (also after blanks, and in their full-width forms), a tab or a line end gets an
    apostrophe in front: programs take what follows for text, and nothing of it is lost. NUL is taken out, for some
    programs stop there. Numbers such as -3 get one, too: whoever adds them up must see what was written.

    >>> defused("=1+1"), defused("+7 912"), defused("Bree")
    ("'=1+1", "'+7 912", 'Bree')
    """
    bare = cell.replace("\x00", "")
    return f"'{bare}" if bare.startswith(_STARTS) or bare.lstrip().startswith(_STARTS) else bare


def _reason(trouble: Trouble) -> str:
    return f"{trouble.what}. {trouble.remedy}".strip(". ")


def errors_csv(sheet: Sheet, made: Iterable[Row], *, reason: Callable[[Trouble], str] = _reason) -> str:
    """The rows that could not be read, each with its reasons, under the headings of the sheet.

    The cells are as they were, but defused; mended, the file can be handed in again as it is: the column of reasons
    is none that is read. Only the rows in error are in it, those that were read are not.

    Args:
        sheet: The sheet.
        made: Its rows, or those of them that are in error.
        reason: The words for what is wrong with a row; by default those of the trouble itself.

    Returns:
        CSV with a byte order mark, so that Excel knows it for UTF-8; only headings where no row is in error.
    """
    out = StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    write([*(defused(column.heading) for column in sheet.columns), "row", REASON])
    for row in made:
        if row.troubles:
            cells = [row.cells[c.at] if c.at < len(row.cells) else "" for c in sheet.columns]
            reasons = "; ".join(map(reason, row.troubles))
            write([*map(defused, cells), str(row.number), defused(reasons)])
    return "\ufeff" + out.getvalue()
