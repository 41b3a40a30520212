"""Telephone numbers in a text, however they are written: +7 495 123-45-67, 8 (495) 123-45-67, 1234567.

No table of countries: a number is its digits, and what stands before a local number (a country, an area, the 8 or 0
that is dialled first) may be told or not. So it is found by its last `LEAST` digits, and compared from the end.
"""

import re
from collections.abc import Iterator

LEAST = 7
"""Fewer digits tell nobody apart: the last four of a number are those of thousands."""

_BETWEEN = r"[\s().·/\-\u2010-\u2015]{0,3}"
_NUMBER = re.compile(rf"(?P<plus>\+\s?)?\(?\d(?:{_BETWEEN}\d){{{LEAST - 1},}}")
_ONE = re.compile(rf"\s*{_NUMBER.pattern}\s*")


def one(text: str) -> bool:
    """Whether a text is a telephone number and nothing else.

    >>> one("8 (495) 123-45-67"), one("4567"), one("station 78")
    (True, False, False)
    """
    return _ONE.fullmatch(text) is not None


def tails(text: str) -> frozenset[str]:
    """What to store with a text so that each number in it is found by `tail`: every `LEAST` digits in a row.

    Two numbers that only a space parts are read as one row of digits, and both are found in it.

    >>> sorted(tails("Flavia: +420 555 01 01 22"))
    ['0555010', '2055501', '4205550', '5010122', '5501012', '5550101']
    """
    return frozenset(row[at : at + LEAST] for _, row in _rows(text) for at in range(len(row) - LEAST + 1))


def tail(number: str) -> str:
    """What to look for among the stored `tails`; empty where it is no number."""
    return next((row[-LEAST:] for _, row in _rows(number)), "")


def told(number: str, text: str) -> bool:
    """Whether a text tells this number.

    >>> [told(each, "+7 (495) 123-45-67") for each in ("8 495 1234567", "123-45-67", "0074951234567", "8 499 1234567")]
    [True, True, True, False]
    """
    asked = {way for plus, row in _rows(number) for way in _ways(plus, row)}
    return any(
        each in row or any(each.endswith(way) for way in _ways(plus, row))
        for plus, row in _rows(text)
        for each in asked
    )


def _rows(text: str) -> Iterator[tuple[bool, str]]:
    """The rows of digits that may be numbers, each with whether a plus stands before it."""
    for found in _NUMBER.finditer(text):
        yield bool(found["plus"]), "".join(str(int(each)) for each in found[0] if each.isdecimal())


def _ways(plus: bool, row: str) -> set[str]:
    """A number as it stands, and without what is dialled before it: 00, 0, or the 8 of eleven digits."""
    ways = {row}
    if not plus:
        ways |= {row.removeprefix("00"), row.removeprefix("0")}
        if len(row) == 11:
            ways.add(row.removeprefix("8"))
    return {way for way in ways if len(way) >= LEAST}
